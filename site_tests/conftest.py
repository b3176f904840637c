"""The project copied to a folder of its own, built there once for all tests that look at the result."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from real import WIDE, Open, launch, served

from generator import build, engine
from generator.edition import Edition, check
from generator.retirement import live_addresses

pytest_plugins = ["leaving_out", "pytester"]

ROOT = Path(__file__).parent.parent
# Tests start many programs: without bytecode on the disk each of them would compile all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Several browsers share the machine.
expect.set_options(timeout=20_000)

PARTS = ("data", "content", "theme")
FILES = ("mkdocs.yml", "CITATION.cff")


def copy_project(to: Path) -> Path:
    """The parts of the project that a build reads."""
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part)
    for file in FILES:
        shutil.copy(ROOT / file, to)
    return to


def list_addresses(project: Path) -> None:
    """Add what a test added to a project to its list of addresses, as 'playbook new' does."""
    path = project / "data" / "permalinks.txt"
    found = check(project, with_stubs=True)
    assert isinstance(found, Edition), found
    every = {*path.read_text(encoding="utf-8").splitlines(), *live_addresses(found.catalog, found.routes)}
    path.write_text("".join(f"{address}\n" for address in sorted(every)), encoding="utf-8")


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


class Convert(Protocol):
    """Opens files in one LibreOffice and saves them in another format into a folder."""

    def __call__(self, files: Iterable[Path], kind: str, to: Path, *options: str) -> None: ...


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


@contextmanager
def silent(what: str, number: int) -> Iterator[Callable[[], None]]:
    """Progress that nobody hears."""
    yield lambda: None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may spoil."""
    return copy_project(tmp_path / "project")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whichever worker comes first fills, and the others use."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (done := folder.with_suffix(".done")).exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with all handouts; those that an earlier build left are taken over, as every build does."""

    def make(root: Path) -> None:
        copy_project(root)
        if (left := ROOT / "build" / "handouts").is_dir():
            shutil.copytree(left, root / "build" / "handouts")
        found = check(root)
        assert isinstance(found, Edition), found
        build.handouts(root, found, silent)

    return once(tmp_path_factory, "pressed", make)


@pytest.fixture
def same_handouts(pressed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds take the handouts of the project as it is: pages are looked at, and no sheet need be made for a changed text."""
    found = check(pressed)
    assert isinstance(found, Edition), found
    stock = build.handouts(pressed, found, silent)
    monkeypatch.setattr(build, "handouts", lambda *_: stock)


@pytest.fixture
def stocked(project: Path, pressed: Path) -> Path:
    """A copy of the project that a test may spoil, where the handouts are made already."""
    return stock(project, pressed)


def stock(root: Path, pressed: Path) -> Path:
    """Give a copy of the project the finished handouts."""
    shutil.copytree(pressed / "build" / "handouts", root / "build" / "handouts", copy_function=os.link)
    return root


def built(root: Path, chosen: engine.Engine) -> Path:
    """The site of a project and its offline copy."""
    found = check(root)
    assert isinstance(found, Edition), found
    assert build.build(root, found, chosen, lambda message: None, silent, with_offline=True) == []
    return root / "site"


def _built_once(factory: pytest.TempPathFactory, pressed: Path, chosen: engine.Engine) -> Path:
    return once(factory, chosen, lambda root: built(stock(copy_project(root), pressed), chosen)) / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pressed: Path) -> Path:
    """The whole site as MkDocs builds it."""
    return _built_once(tmp_path_factory, pressed, "mkdocs")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory, pressed: Path) -> Path:
    """The whole site as Zensical builds it."""
    return _built_once(tmp_path_factory, pressed, "zensical")


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
