"""The project copied to a folder of its own, built there once for all tests that look at the result."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from generator.checks.checked_edition import Edition, check
from generator.site import build, engine
from site_tests import ROOT
from site_tests.support.chromium import WIDE, Open, launch, served
from site_tests.support.office import Convert
from site_tests.support.project import built, copy_project, once, silent, stock
from site_tests.support.small_edition import cut

pytest_plugins = ["site_tests.support.leaving_out", "pytester"]

# Tests start many programs: without bytecode on the disk each of them would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Several browsers share the machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The committed data, which must be without problems."""
    found = check(ROOT)
    assert isinstance(found, Edition), found
    return found


@pytest.fixture
def own_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coroutines run in a thread of their own: in the tests' thread Playwright's loop is running."""
    run = asyncio.run

    def in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(run, work).result()

    monkeypatch.setattr(asyncio, "run", in_a_thread)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """A real office, with a profile that nobody has changed."""
    program = shutil.which("soffice")
    assert program, "no LibreOffice: run ./setup.sh test"
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"

    def convert(files: Iterable[Path], kind: str, to: Path, *options: str) -> None:
        command = [program, profile, "--headless", *options, "--convert-to", kind, "--outdir", str(to), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return convert


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may spoil."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def small_edition(tmp_path_factory: pytest.TempPathFactory, finished_handouts: Path) -> Path:
    """The project cut to one practice, with its handouts and its site, which no test may change; handouts that are the same are taken over."""
    return once(tmp_path_factory, "small", lambda root: built(stock(cut(copy_project(root)), finished_handouts), "mkdocs"))


@pytest.fixture
def small_project(tmp_path: Path, small_edition: Path) -> Path:
    """A copy of it that a test may spoil, with its handouts and without its site."""
    return stock(copy_project(tmp_path / "project", small_edition), small_edition)


@pytest.fixture(scope="session")
def finished_handouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with all handouts; those that an earlier build left are taken over, as every build does."""

    def make(root: Path) -> None:
        copy_project(root)
        if (left := ROOT / "build" / "handouts").is_dir():
            shutil.copytree(left, root / "build" / "handouts")
        found = check(root)
        assert isinstance(found, Edition), found
        build.handouts(root, found, silent)

    return once(tmp_path_factory, "finished_handouts", make)


@pytest.fixture
def same_handouts(finished_handouts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds take the handouts of the project as it is: pages are looked at, and no sheet need be made for a changed text."""
    found = check(finished_handouts)
    assert isinstance(found, Edition), found
    stock = build.handouts(finished_handouts, found, silent)
    monkeypatch.setattr(build, "handouts", lambda *_: stock)


def _built_once(factory: pytest.TempPathFactory, finished_handouts: Path, chosen: engine.Engine) -> Path:
    return once(factory, chosen, lambda root: built(stock(copy_project(root), finished_handouts), chosen)) / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, finished_handouts: Path) -> Path:
    """The whole site as MkDocs builds it."""
    return _built_once(tmp_path_factory, finished_handouts, "mkdocs")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory, finished_handouts: Path) -> Path:
    """The whole site as Zensical builds it."""
    return _built_once(tmp_path_factory, finished_handouts, "zensical")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built site on this machine: 'http://127.0.0.1:1234/'."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; a process may start it once."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium, without a window where it has a headless shell."""
    found = launch(playwright, quick=True)
    yield found
    found.close()


@pytest.fixture(scope="session")
def full_browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser that readers have, for what its shell cannot show."""
    found = launch(playwright)
    yield found
    found.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Open]:
    """Pages in contexts of their own, closed after the test; in the full browser where the test is marked so."""
    contexts = []
    chosen: Browser = request.getfixturevalue("full_browser") if request.node.get_closest_marker("full_browser") else browser

    def open_page(where: str, **options: Any) -> Page:
        contexts.append(chosen.new_context(**({"viewport": WIDE, "reduced_motion": "reduce"} | options)))
        page = contexts[-1].new_page()
        page.goto(where if "://" in where else address + where)
        return page

    yield open_page
    for context in contexts:
        context.close()
