"""`playbook serve`: a saved change is checked, written to build/ and shown; a mistake is told and the last good state stays.

A dead link is told after the pages are shown, and stops nothing. No change of a file and no refusal of the system ends the server.
"""

from __future__ import annotations

import errno
import gc
import shutil
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import watchfiles

from generator.checks.checked_edition import Edition, check
from generator.handouts import HandoutError
from generator.output import folders
from generator.output.templates import mistake
from generator.problems import refusal, report
from generator.progress import Progress
from generator.site import build, engine, link_check
from generator.site.preview_server import Preview

WATCHED = ("data", "content", "theme", "mkdocs.yml")
PREVIEW, NEXT = "build/preview", "build/preview-next"
"""What is shown, and where all pages are built before they are."""
WHOLE = ("theme/overrides", "mkdocs.yml", "build/mkdocs.yml")
"""What every page depends on: after a change there all are built again."""

_QUIET = 20
"""Milliseconds without a change after which a save is whole."""
_LOOK = 250
"""Milliseconds after which we look whether what is watched is still in its place."""
_AGAIN = 40
"""After so many looks what the system refused is tried again."""


class PortError(Exception):
    """The port is taken."""


def serve(root: Path, port: int, say: Callable[[str], None], progress: Progress) -> None:
    """Serve until interrupted."""
    try:
        server = Preview(root / PREVIEW, port)
    except OSError as error:
        why = "another program uses it" if error.errno == errno.EADDRINUSE else "the system does not give it"
        other = port + 1 if 1024 <= port < 65535 else 8000
        raise PortError(f"cannot serve on port {port}: {error.strerror}\nhint: {why}; choose another: playbook serve --port {other}") from error
    with server:
        shown = _Shown(root, server, say, progress)
        moments = _moments(root, lambda: shown.refused)
        next(moments)
        shown.refresh()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"serving on {server.address} (Ctrl+C ends it)")
        # Garbage is collected between two changes, when nobody waits for a page.
        gc.disable()
        for is_changed in moments:
            shown.refresh(again=not is_changed)
            gc.collect()


def _moments(root: Path, refused: Callable[[], bool]) -> Iterator[bool]:
    """When to look at the files: at first, after each change (True), and now and then while something is refused (False).

    What changes between two moments counts too. A folder that is taken away and brought back, or a file that is replaced, is watched anew.
    """
    looks = 0
    while True:
        watched, is_new = _watched(root), True
        try:
            for changes in watchfiles.watch(*watched, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True, raise_interrupt=False):
                looks += 1
                if changes or is_new:
                    yield True
                elif refused() and looks % _AGAIN == 0:
                    yield False
                is_new = False
                if _watched(root) != watched:
                    break
            else:
                return
        except FileNotFoundError:
            # Taken away just now.
            continue


def _watched(root: Path) -> dict[Path, int]:
    """What is there of the watched files and folders, each with the number by which the system knows it."""
    return {path: path.stat().st_ino for name in WATCHED if (path := root / name).exists()}


class _Shown:
    """What the preview shows, and what that was made from."""

    def __init__(self, root: Path, server: Preview, say: Callable[[str], None], progress: Progress) -> None:
        self.root, self.server, self.say, self.progress = root, server, say, progress
        self.folder = root / PREVIEW
        self.engine = engine.Live(root, server.address)
        self.stock: build.Stock = {}
        self.frame: dict[Path, bytes] = {}
        self.docs: dict[Path, int] = {}
        self.refused = False
        self.told = ""

    def refresh(self, *, again: bool = False) -> None:
        """Show what is new, or tell what is wrong; `again` where nothing changed since, so that the same words are not told twice."""
        told = self._refreshed()
        if told and not (again and told == self.told):
            self.say(told)
        self.told = told

    def _refreshed(self) -> str:
        """What is wrong; '' when all is shown."""
        self.refused = False
        try:
            found = check(self.root)
            if not isinstance(found, Edition):
                return report(found, "text")
            with build.alone(self.root, self.say):
                self._renew(found)
        except (engine.EngineError, HandoutError, folders.PlaceError) as error:
            return str(error)
        except Exception as error:
            if told := mistake(error):
                return told
            if isinstance(error, OSError):
                self.refused = True
                return refusal(error)
            return f"{traceback.format_exc()}This is a bug of the generator. The pages stay as they were."
        return ""

    def _renew(self, found: Edition) -> None:
        """The pages at once, with the handouts that there are; then the handouts that the change asks for."""
        if self.stock:
            self._show(found, "")
        made = build.handouts(self.root, found, self.progress)
        if made != self.stock:
            self.stock = made
            self._show(found, ", with handouts")

    def _show(self, found: Edition, how: str) -> None:
        changed = build.prepare(self.root, found, self.stock)
        # Also another build writes there.
        docs = {path: path.stat().st_mtime_ns for path in _files(self.root / "build" / "docs")}
        frame = {path: path.read_bytes() for name in WHOLE for path in _files(self.root / name)}
        if frame != self.frame:
            self._build_all()
        elif docs != self.docs:
            self.frame = {}
            self.engine.build(self.folder, only_changed=True)
        self.frame, self.docs = frame, docs
        self.server.show()
        self.say(f"build/: {changed} files changed{how}")
        here = replace(found, settings=replace(found.settings, address=self.server.address))
        if problems := link_check.problems(self.folder, self.root, here):
            self.say(report(problems, "text"))

    def _build_all(self) -> None:
        """All pages change at once, and only where all could be built."""
        self.frame = {}
        shutil.rmtree(self.root / NEXT, ignore_errors=True)
        self.engine.build(self.root / NEXT, only_changed=False)
        folders.replace(self.root / NEXT, self.folder)


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
