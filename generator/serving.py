"""`playbook serve`: a saved change is checked, written to build/ and shown; a mistake is told and the last good state stays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import watchfiles

from generator import build
from generator.edition import Edition, check
from generator.handouts.press import Progress
from generator.problems import report

WATCHED = ("data", "content", "theme", "mkdocs.yml")


def serve(root: Path, port: int, say: Callable[[str], None], progress: Progress) -> None:
    """Serve until interrupted; MkDocs rebuilds only the pages whose Markdown changed."""
    stock = _refresh(root, {}, say, progress)
    if not (root / "build" / "mkdocs.yml").is_file():
        say("nothing to show yet: mend the problems above, then start again")
        return
    address = f"127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--quiet",
        "--dirty",
        "--livereload",
        "--dev-addr",
        address,
        "--config-file",
        "build/mkdocs.yml",
    ]
    with subprocess.Popen(command, cwd=root, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}) as engine:
        try:
            say(f"serving on http://{address}/ (Ctrl+C ends it)")
            for changes in watchfiles.watch(*(root / name for name in WATCHED), raise_interrupt=False, yield_on_timeout=True, rust_timeout=500):
                if engine.poll() is not None:
                    say("the server stopped; its words are above")
                    return
                if changes:
                    stock = _refresh(root, stock, say, progress)
        finally:
            engine.terminate()


def _refresh(root: Path, stock: build.Stock, say: Callable[[str], None], progress: Progress) -> build.Stock:
    """Write the pages at once, with the handouts that there are; then the handouts that the change asks for."""
    found = check(root)
    if not isinstance(found, Edition):
        say(report(found, "text"))
        return stock
    if stock:
        say(f"build/: {build.prepare(root, found, stock)} files changed")
    made = build.handouts(root, found, progress)
    if made != stock:
        say(f"build/: {build.prepare(root, found, made)} files changed, with handouts")
    return made
