"""Both engines make the same bytes in another folder, time zone, language and order of sets; test_release asks it of all that is released."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site.offline import FOLDER, ZIP
from site_tests.support.another_machine import elsewhere
from site_tests.support.files import contents


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_same_data_gives_the_same_site_on_another_machine(project_with_handouts: Path, engine: str, request: pytest.FixtureRequest) -> None:
    first: Path = request.getfixturevalue("site" if engine == "mkdocs" else "zensical_site")
    elsewhere("build", "--offline", "--engine", engine, "--root", str(project_with_handouts))
    for folder in (first.name, FOLDER):
        here, there = contents(first.parent / folder), contents(project_with_handouts / folder)
        assert here.keys() == there.keys()
        assert [path for path, content in here.items() if there[path] != content] == []
    assert (project_with_handouts / ZIP).read_bytes() == (first.parent / ZIP).read_bytes()
