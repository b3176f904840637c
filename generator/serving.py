"""`playbook serve`: a saved change is checked, written to build/ and shown; a mistake is told and the last good state stays.

A dead link is told after the pages are shown, and stops nothing.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
import watchfiles

from generator import build, engine, inside, staging
from generator.edition import Edition, check
from generator.preview import Preview
from generator.problems import report
from generator.progress import Progress
from generator.writer import mistake

WATCHED = ("data", "content", "theme", "mkdocs.yml")
PREVIEW = "build/preview"
WHOLE = ("theme/overrides", "mkdocs.yml", "build/mkdocs.yml")
"""What every page depends on: after a change there all are built again."""

_QUIET = 20
"""Milliseconds without a change after which a save is whole."""


class PortError(Exception):
    """The port is taken."""


def serve(root: Path, port: int, say: Callable[[str], None], progress: Progress) -> None:
    """Serve until interrupted."""
    try:
        server = Preview(root / PREVIEW, port)
    except OSError as error:
        hint = f"another program uses it; choose another: playbook serve --port {port + 1}"
        raise PortError(f"cannot serve on port {port}: {error.strerror}\nhint: {hint}") from error
    with server:
        shown = _Shown(root, server, say, progress)
        shown.refresh()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"serving on {server.address} (Ctrl+C ends it)")
        # Garbage is collected between two changes, when nobody waits for a page.
        gc.disable()
        for _ in watchfiles.watch(*(root / name for name in WATCHED), step=_QUIET, raise_interrupt=False):
            shown.refresh()
            gc.collect()


class _Shown:
    """What the preview shows, and what that was made from."""

    def __init__(self, root: Path, server: Preview, say: Callable[[str], None], progress: Progress) -> None:
        self.root, self.server, self.say, self.progress = root, server, say, progress
        self.folder = root / PREVIEW
        self.engine = engine.Live(root, self.folder, server.address)
        self.stock: build.Stock = {}
        self.frame: dict[Path, bytes] = {}

    def refresh(self) -> None:
        """Show what is new, or tell the mistake in it."""
        found = check(self.root)
        if not isinstance(found, Edition):
            self.say(report(found, "text"))
            return
        with staging.alone(self.root / "build", lambda: self.say("a build of this folder is running; waiting for it …")):
            try:
                self._renew(found)
            except engine.EngineError as error:
                self.say(str(error))
            except jinja2.TemplateError as error:
                self.say(mistake(error))

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
        frame = {path: path.read_bytes() for name in WHOLE for path in _files(self.root / name)}
        if changed or frame != self.frame:
            self.engine.build(only_changed=frame == self.frame)
        self.frame = frame
        self.server.show()
        self.say(f"build/: {changed} files changed{how}")
        here = replace(found, settings=replace(found.settings, address=self.server.address))
        if problems := inside.problems(self.folder, self.root, here):
            self.say(report(problems, "text"))


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
