"""Scripts: the types that their comments state hold on each page, among all scripts that the page loads."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from site_tests import ROOT
from site_tests.support.nonempty import nonempty

ASSETS = ROOT / "theme" / "assets"
TSC = Path(sys.prefix) / "typescript" / "node_modules" / "typescript" / "bin" / "tsc"
GENERATED = ROOT / "site_tests" / "typescript" / "generated.d.ts"
LATER = {"base/playbook.js": "search/suggestions.js"}
"""Scripts that another one loads when they are needed."""
LANGUAGE = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals", "--target", "es2022", "--lib", "es2023,dom,dom.iterable")


def _loaded(site: Path) -> dict[frozenset[str], str]:
    """The scripts of theme/assets that pages load, each set with one page that does."""
    sets: dict[frozenset[str], str] = {}
    for page in sorted(site.rglob("index.html")):
        scripts = re.findall(r'<script src="[./]*/?assets/([\w/-]+\.js)"', page.read_text(encoding="utf-8"))
        scripts += [LATER[script] for script in scripts if script in LATER]
        sets.setdefault(frozenset(script for script in scripts if (ASSETS / script).exists()), str(page.relative_to(site)))
    return sets


def _errors(*scripts: str | Path) -> str:
    """What TypeScript finds wrong in scripts that one page loads; empty where they are right."""
    found = subprocess.run([TSC, *LANGUAGE, GENERATED, *scripts], cwd=ASSETS, capture_output=True, text=True, check=False)
    return found.stdout + found.stderr


def test_the_types_of_what_a_page_loads_hold(site: Path) -> None:
    errors = {page: _errors(*sorted(scripts)) for scripts, page in _loaded(site).items()}
    assert {page: found for page, found in errors.items() if found} == {}


def test_each_script_is_loaded_by_some_page(site: Path) -> None:
    scripts = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js")}
    assert scripts == frozenset().union(*_loaded(site))


def test_what_another_script_loads_is_named_there() -> None:
    assert [loaded for script, loaded in LATER.items() if f'"{loaded}"' not in (ASSETS / script).read_text(encoding="utf-8")] == []


def test_each_script_asks_for_that_check() -> None:
    for path in nonempty(sorted(ASSETS.rglob("*.js"))):
        assert path.read_text(encoding="utf-8").startswith("// @ts-check\n"), path


def test_that_check_finds_a_script_that_a_page_lacks() -> None:
    assert "Cannot find name 'playbookFiles'" in _errors("base/playbook.js", "forms/drawing.js")
