"""Both engines make the same bytes in another folder, time zone, language and order of sets; test_release asks it of all that is released."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from generator.site import engine
from generator.site.offline import FOLDER, ZIP
from site_tests.support.another_machine import elsewhere
from site_tests.support.files import contents
from site_tests.support.project import built, copy_project, stock


@pytest.mark.parametrize("chosen", get_args(engine.Engine))
def test_the_same_data_gives_the_same_site_on_another_machine(
    small_edition: Path, small_project: Path, tmp_path: Path, chosen: engine.Engine
) -> None:
    first = small_edition
    if chosen != "mkdocs":
        first = built(stock(copy_project(tmp_path / "first", small_edition), small_edition), chosen).parent
    elsewhere("build", "--offline", "--engine", chosen, "--root", str(small_project))
    for folder in ("site", FOLDER):
        here, there = contents(first / folder), contents(small_project / folder)
        assert here.keys() == there.keys()
        assert [path for path, content in here.items() if there[path] != content] == []
    assert (small_project / ZIP).read_bytes() == (first / ZIP).read_bytes()
