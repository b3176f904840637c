"""Both engines make the same bytes in another folder, time zone, language and order of sets; test_release asks it of all that is released."""

from __future__ import annotations

from pathlib import Path

import pytest
from elsewhere import elsewhere

from generator.offline import FOLDER, ZIP


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_same_data_gives_the_same_site_on_another_machine(stocked: Path, engine: str, request: pytest.FixtureRequest) -> None:
    first: Path = request.getfixturevalue("site" if engine == "mkdocs" else "zensical_site")
    elsewhere("build", "--offline", "--engine", engine, "--root", str(stocked))
    for folder in (first.name, FOLDER):
        here = {path.relative_to(first.parent): path.read_bytes() for path in (first.parent / folder).rglob("*") if path.is_file()}
        there = {path.relative_to(stocked): path.read_bytes() for path in (stocked / folder).rglob("*") if path.is_file()}
        assert here.keys() == there.keys()
        assert [path for path, content in here.items() if there[path] != content] == []
    assert (stocked / ZIP).read_bytes() == (first.parent / ZIP).read_bytes()
