"""Whatever stands in a data file is read or told as a problem: never a traceback, never a hang; the same examples in each run."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog import load
from generator.checks.checked_edition import Edition, check
from generator.problems import Problem, report
from generator.project import yaml_reader
from generator.site import build, engine
from site_tests import ROOT
from site_tests.support.odd_input import bounded, mangled, misshapen
from site_tests.support.project import copy_project

FILES = tuple(sorted(path.relative_to(ROOT / "data").as_posix() for path in (ROOT / "data").rglob("*.yml")))
CONTENTS = {name: (ROOT / "data" / name).read_bytes() for name in FILES}
VALUES = {name: source.value for name in FILES if (source := yaml_reader.read(name, CONTENTS[name])[0])}


def written(value: Any) -> bytes:
    """As JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project; a file is read again only where its bytes changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "read", functools.lru_cache(maxsize=None)(yaml_reader.read))
        yield copy_project(tmp_path_factory.mktemp("bytes") / "project")


def checked(root: Path, name: str, content: bytes) -> Edition | list[Problem]:
    """What the check says with this content in that file; the file is as it was afterwards."""
    (root / "data" / name).write_bytes(content)
    try:
        return check(root)
    finally:
        (root / "data" / name).write_bytes(CONTENTS[name])


def told(problems: list[Problem]) -> None:
    """Each problem has a place, words and a way out, and can be printed."""
    assert problems
    assert all(problem.mark.line >= 1 and problem.message and problem.hint for problem in problems)
    for form in ("text", "github", "json"):
        assert report(problems, form)


@settings(bounded, max_examples=150)
@given(st.data())
def test_no_bytes_make_the_loader_fail(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FILES))
    source, problems = yaml_reader.read(name, data.draw(mangled(CONTENTS[name])))
    if problems:
        told(problems)
    assert source or problems


@settings(bounded, max_examples=100)
@given(st.data())
def test_no_shape_of_a_file_makes_the_check_or_the_pages_fail(root: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(tuple(VALUES)))
    found = checked(root, name, written(data.draw(misshapen(VALUES[name]))))
    if isinstance(found, Edition):
        assert build.documents(root, found, {}).files
        assert engine.configuration(root, found.catalog, found.routes, root / "site")
    else:
        told(found)


LARGE = 200_000
"""Bytes; what takes the square of its size would take hours."""


@pytest.mark.parametrize(
    "content",
    [
        b"tools: [" + b"1," * (LARGE // 2) + b"]",
        b"tools:\n" + b"- id: [\n" * (LARGE // 8),
        b"tools: " + b"[a," * (LARGE // 3),
        b"tools: " + b"{a: " * (LARGE // 5) + b"}" * (LARGE // 5),
        b"tools: " + b'["]", ' * (LARGE // 6),
        b"a: &a [x, x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b"*%c," % (97 + n) * 9) for n in range(20)),
        b"".join(b"k%d: 1\n" % number for number in range(LARGE // 11)),
        b"tools: |\n" + b" \n" * (LARGE // 2),
        b"tools:\n" + b"- {id: x, id: x}\n" * (LARGE // 17),
    ],
    ids=["broken items", "open brackets", "deep list", "deep mappings", "hidden depth", "aliases of aliases", "keys", "blank lines", "doubled keys"],
)
def test_a_large_file_ends_in_problems(root: Path, content: bytes) -> None:
    found = checked(root, "tools.yml", content + b"\n")
    assert not isinstance(found, Edition)
    assert any(problem.mark.file == "data/tools.yml" for problem in found)


def test_anchors_of_a_real_file_are_told_where_they_stand(root: Path) -> None:
    """A program that writes YAML makes anchors of what stands twice."""
    twice = VALUES["tools.yml"]["tools"][0]
    found = checked(root, "tools.yml", yaml.safe_dump({"tools": [twice, twice]}).encode())
    assert not isinstance(found, Edition)
    assert {problem.code for problem in found if problem.mark.file == "data/tools.yml"} == {"yaml-anchor"}


@pytest.mark.parametrize("name", ["playbook.yml", "guides/planning-template.yml", "figures.yml"])
def test_numbers_beyond_all_use_are_told(root: Path, name: str) -> None:
    def huge(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: huge(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [huge(inner) for inner in value]
        return 10**17 if isinstance(value, int | float) and not isinstance(value, bool) else value

    assert load.FILES[name]
    found = checked(root, name, written(huge(VALUES[name]) | {"title": 10**17}))
    assert not isinstance(found, Edition)
    told(found)
