"""Reads data/ into a catalog; the only module that opens a file there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator import explain, model, yaml_source
from generator.catalog import Catalog, Place
from generator.problems import Mark, Problem
from generator.yaml_source import Source

FILES: dict[str, type[model.Record]] = {
    "playbook.yml": model.Edition,
    "introduction.yml": model.IntroductionFile,
    "domains.yml": model.DomainFile,
    "tools.yml": model.ToolFile,
    "resources.yml": model.ResourceFile,
    "glossary.yml": model.GlossaryFile,
    "errata.yml": model.ErratumFile,
    "sources.yml": model.DocumentFile,
    "search.yml": model.SynonymFile,
    "source-map/playbook.yml": model.SourceMap,
}
"""The files of data/ that must be there, and what each one holds."""

PRACTICES = "practices"


@dataclass(frozen=True)
class Loaded:
    """What could be read: a catalog when the frame of the edition is there, and the problems."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Read and validate all of `root`/data; every problem of shape is found in one pass."""
    data = root / "data"
    problems: list[Problem] = []
    records: dict[str, model.Record] = {}
    everything: list[model.Record] = []
    places: dict[int, Place] = {}
    broken: set[str] = set()
    for name, shape in _expected(data):
        read, found = _read(data / name, f"data/{name}")
        if read:
            record, source, misshapen = _validate(read, shape)
            found += misshapen
            if record:
                records[name] = record
                for path, nested in _walk(record, ()):
                    everything.append(nested)
                    places[id(nested)] = Place(source, path)
        if found:
            broken.add(name)
        problems += found
    problems += _strangers(data)
    return Loaded(_catalog(records, everything, places, frozenset(broken)), tuple(problems))


def _expected(data: Path) -> Iterator[tuple[str, type[model.Record]]]:
    yield from FILES.items()
    for path in sorted((data / PRACTICES).glob("*.yml")):
        yield f"{PRACTICES}/{path.name}", model.Practice


def _read(path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None, [Problem(Mark(name), "missing-file", "", "the file is not there", "bring it back from git: git checkout -- " + name)]
    except OSError as error:
        return None, [Problem(Mark(name), "unreadable-file", "", f"cannot be read: {error.strerror}", "look at its owner and permissions")]
    return yaml_source.read(name, content)


def _strangers(data: Path) -> Iterator[Problem]:
    """A YAML file that nothing reads would be edited in vain."""
    known = {data / name for name, _ in _expected(data)}
    for path in sorted([*data.rglob("*.yml"), *data.rglob("*.yaml")]):
        if path not in known:
            name = f"data/{path.relative_to(data).as_posix()}"
            yield Problem(Mark(name), "unknown-file", "", "no part of the site reads this file", "data/README.md lists the files; mind '.yml'")


def _validate(source: Source, shape: type[model.Record]) -> tuple[model.Record | None, Source, list[Problem]]:
    """The record, the source that its paths belong to, and what is wrong.

    Where something is wrong, what is broken is taken out and the rest read again, so that rules can speak of it in the same run.
    """
    found: list[Problem] = []
    while True:
        try:
            return shape.model_validate_json(json.dumps(source.value)), source, found
        except ValidationError as error:
            errors = error.errors(include_url=False)
            # Taking something out can leave a list too short: only the first reading speaks of what is in the file.
            found = found or explain.problems(source, shape, errors)
            broken = {_removable(source.value, detail) for detail in errors}
            if () in broken:
                return None, source, found
            for path in _outermost_last_first(broken):
                source = source.without(path)


def _removable(value: Any, error: Any) -> yaml_source.Path:
    """The smallest thing whose removal takes the error away: an unknown field, else the nearest list item; () if there is none."""
    path = [part for part in error["loc"] if part != "[key]"]
    if error["type"] == "extra_forbidden" or "[key]" in error["loc"]:
        return tuple(path)
    while path and not isinstance(path[-1], int):
        path.pop()
    return tuple(path)


def _outermost_last_first(paths: set[yaml_source.Path]) -> list[yaml_source.Path]:
    """Without those inside others; later list items before earlier ones, so that no removal moves the next."""
    outer = [path for path in paths if not any(path[:length] in paths for length in range(1, len(path)))]
    return sorted(outer, key=lambda path: [(isinstance(part, int), part if isinstance(part, int) else 0, str(part)) for part in path], reverse=True)


def _walk(record: model.Record, path: yaml_source.Path) -> Iterator[tuple[yaml_source.Path, model.Record]]:
    """Each record in `record` with the path at which it stands in the file."""
    yield path, record
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        key = (*path, field.alias or name)
        if isinstance(value, dict):
            for inner, items in value.items():
                yield from _walk_list(items, (*key, inner))
        elif isinstance(value, tuple):
            yield from _walk_list(value, key)


def _walk_list(items: Sequence[Any], path: yaml_source.Path) -> Iterator[tuple[yaml_source.Path, model.Record]]:
    for index, item in enumerate(items):
        if isinstance(item, model.Record):
            yield from _walk(item, (*path, index))


def _catalog(records: dict[str, model.Record], everything: list[model.Record], places: dict[int, Place], broken: frozenset[str]) -> Catalog | None:
    """The index of what was read; None when a file of the frame has nothing to show."""
    if any(name not in records for name in ("playbook.yml", "source-map/playbook.yml")):
        return None

    def listed(name: str, field: str) -> tuple[Any, ...]:
        return getattr(records[name], field) if name in records else ()

    def keyed(items: Sequence[Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in items:
            found.setdefault(item.id, item)
        return found

    edition, source_map = records["playbook.yml"], records["source-map/playbook.yml"]
    assert isinstance(edition, model.Edition)
    assert isinstance(source_map, model.SourceMap)
    return Catalog(
        edition=edition,
        paragraphs=listed("introduction.yml", "paragraphs"),
        domains=keyed(listed("domains.yml", "domains")),
        practices=keyed([record for record in records.values() if isinstance(record, model.Practice)]),
        tools=keyed(listed("tools.yml", "tools")),
        resources=keyed(listed("resources.yml", "resources")),
        terms=keyed(listed("glossary.yml", "terms")),
        errata=keyed(listed("errata.yml", "errata")),
        documents=keyed(listed("sources.yml", "sources")),
        synonyms=listed("search.yml", "synonyms"),
        source_map=source_map,
        records=tuple(everything),
        places=places,
        broken=broken,
    )
