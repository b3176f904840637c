"""Real things to test in: a Chromium, and a folder served as a site."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from site_tests import ROOT

CHROMIUM = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
"""The same engine without a window: it opens a page in half the time, and shows no PDF. Where CHROMIUM is set, it is not used."""
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
PHONE: ViewportSize = {"width": 375, "height": 700}
WIDE: ViewportSize = {"width": 1280, "height": 800}

_EDITION = yaml.safe_load((ROOT / "data" / "playbook.yml").read_text(encoding="utf-8"))
VERSION, DAY = str(_EDITION["version"]), str(_EDITION["date"])
"""The version and the day of the edition, which the next one raises."""

Open = Callable[..., Page]
"""Opens a page by its address in the site, or whole; with options for the browser's context."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line."""


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """A folder on this machine: 'http://127.0.0.1:1234/'."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def free_port() -> int:
    """One that no program listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def launch(playwright: Playwright, *, quick: bool = False) -> Browser:
    """A real Chromium; when it has to be quick, its headless shell where there is one."""
    names = (SHELL, *CHROMIUM) if quick and "CHROMIUM" not in os.environ else CHROMIUM
    program = next((found for name in names if (found := shutil.which(name))), None)
    assert program, "no Chromium: run ./setup.sh test, or set CHROMIUM to its path"
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The full browser, as readers have it."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
