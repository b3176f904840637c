"""The project cut to one practice or a few: a valid edition with every kind of page, built in a fifth of the time.

It is for tests of how a site is built, put in its place and served; what is in it is tested in the whole one. It is cut from the data as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.problems import Problem
from generator.project import yaml_reader
from site_tests.support.nonempty import nonempty
from site_tests.support.project import list_addresses

_NAMES = re.compile(r"(?:rubric\.)?(\d[a-z]|d\d)\b")
"""A record of a practice or a domain, by its id, or what points to one."""
_POINTERS = ("id", "cell", "about", "domain", "from", "to")
"""The fields that say of which record an item of a list is."""


def cut(project: Path, practices: Sequence[str] = ("1a",)) -> Path:
    """Leave these practices of a copy of the project, and of the rest what can stand without the others."""
    data = project / "data"
    for folder in ("practices", "guides/leadership"):
        for path in nonempty(sorted((data / folder).glob("*.yml"))):
            if not path.name.startswith(tuple(practices)):
                path.unlink()
    names = {*practices, *(f"d{practice[0]}" for practice in practices)}
    for path in nonempty(sorted(data.rglob("*.yml"))):
        _rewrite(path, lambda value: _kept(value, names))
    (data / "permalinks.txt").write_text("", encoding="utf-8")
    _without_what_now_points_nowhere(project)
    list_addresses(project)
    addresses = set((data / "permalinks.txt").read_text(encoding="utf-8").splitlines())
    _rewrite(data / "search-score.yml", lambda score: score | {"misses": list(_misses(score["misses"], addresses))})
    result = CliRunner().invoke(main, ["coverage", "--write", "--root", str(project)])
    assert result.exit_code == 0, result.output
    return project


def _rewrite(path: Path, change: Any) -> None:
    """Save a file's changed value, each text on one line; a file with the same value stays as it was written."""
    source, _ = yaml_reader.read(path.name, path.read_bytes())
    assert source, path
    if (value := change(source.value)) != source.value:
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100_000), encoding="utf-8")


def _goes(value: Any, names: Set[str]) -> bool:
    """Whether this is the id of a record of another practice or domain than these, or an item that is or points to one."""
    if isinstance(value, dict):
        return any(_goes(value[field], names) for field in _POINTERS if isinstance(value.get(field), str))
    found = _NAMES.match(value) if isinstance(value, str) else None
    return found is not None and found[1] not in names


def _kept(value: Any, names: Set[str]) -> Any:
    """A value without the items of lists that go; an item also goes when a list of its own has nothing left."""
    if isinstance(value, dict):
        return {key: _kept(inner, names) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    items = [(item, _kept(item, names)) for item in value if not _goes(item, names)]
    return [kept for item, kept in items if not isinstance(item, dict) or all(kept[key] != [] or item[key] == [] for key in item)]


def _misses(misses: Iterable[dict[str, Any]], addresses: Set[str]) -> Iterator[dict[str, Any]]:
    """What the search missed, as far as it is still here."""
    for miss in misses:
        found = {key: [address for address in miss[key] if address in addresses] for key in ("wanted", "got")}
        if found["wanted"]:
            yield miss | found


def _without_what_now_points_nowhere(project: Path) -> None:
    """Take out each item of a list that the check complains of, and each link of a text, until it complains of none."""
    while problems := _problems(project):
        items = defaultdict(set)
        for problem in problems:
            if problem.code == "unknown-link" and problem.mark.file.startswith("content/"):
                _unlink(project / problem.mark.file, problem.message.split("'")[1])
            else:
                items[problem.mark.file].add(_item(problem))
        for file, paths in items.items():
            _rewrite(project / file, lambda value, paths=paths: _without(value, (), paths))


def _unlink(path: Path, target: str) -> None:
    """Leave the words of links to a record."""
    text = path.read_text(encoding="utf-8")
    without = re.sub(rf"\[([^\]]*)\]\({re.escape(target)}\)", r"\1", text)
    assert without != text or target not in text, (
        f"the small edition cannot be cut; mend site_tests/support/small_edition.py: {target} in {path.name}"
    )
    path.write_text(without, encoding="utf-8")


def _problems(project: Path) -> list[Problem]:
    """What the check says, but of addresses: they are listed at last."""
    found = check(project)
    return [] if isinstance(found, Edition) else [problem for problem in found if problem.code not in ("address-missing", "addresses-missing")]


def _item(problem: Problem) -> tuple[str | int, ...]:
    """The innermost item of a list that a problem is about."""
    path: list[str | int] = [int(index) if index else name for index, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", problem.path)]
    while path and not isinstance(path[-1], int):
        path.pop()
    assert path, f"the small edition cannot be cut; mend site_tests/support/small_edition.py: {problem}"
    return tuple(path)


def _without(value: Any, at: tuple[str | int, ...], paths: Iterable[tuple[str | int, ...]]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, (*at, key), paths) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, (*at, index), paths) for index, inner in enumerate(value) if (*at, index) not in paths]
    return value
