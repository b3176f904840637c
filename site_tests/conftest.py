"""The project copied to a folder of its own, built there once for all tests that look at the result."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator import build, engine
from generator.edition import Edition, check

ROOT = Path(__file__).parent.parent
PARTS = ("data", "content", "theme")
CHROMIUM = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def copy_project(to: Path) -> Path:
    """The parts of the project that a build reads."""
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part)
    shutil.copy(ROOT / "mkdocs.yml", to)
    return to


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The committed data, which must be without problems."""
    found = check(ROOT)
    assert isinstance(found, Edition), found
    return found


@contextmanager
def silent(what: str, number: int) -> Iterator[Callable[[], None]]:
    """Progress that nobody hears."""
    yield lambda: None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may spoil."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with all handouts, made from nothing."""
    root = copy_project(tmp_path_factory.mktemp("pressed") / "project")
    found = check(root)
    assert isinstance(found, Edition), found
    build.handouts(root, found, silent)
    return root


@pytest.fixture
def stocked(project: Path, pressed: Path) -> Path:
    """A copy of the project that a test may spoil, where the handouts are made already."""
    return _stock(project, pressed)


def _stock(root: Path, pressed: Path) -> Path:
    shutil.copytree(pressed / "build" / "handouts", root / "build" / "handouts", copy_function=os.link)
    return root


def _built(root: Path, chosen: engine.Engine) -> Path:
    found = check(root)
    assert isinstance(found, Edition), found
    build.build(root, found, chosen, lambda message: None, silent)
    return root / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pressed: Path) -> Path:
    """The whole site as MkDocs builds it."""
    return _built(_stock(copy_project(tmp_path_factory.mktemp("mkdocs") / "project"), pressed), "mkdocs")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory, pressed: Path) -> Path:
    """The whole site as Zensical builds it."""
    return _built(_stock(copy_project(tmp_path_factory.mktemp("zensical") / "project"), pressed), "zensical")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Requests are not worth a line."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built site on this machine: 'http://127.0.0.1:1234/'."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert program, "no Chromium: run ./setup.sh test, or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()
