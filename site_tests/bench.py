"""Times the making of handouts, all in one run: from nothing, with nothing to do, and after one changed sentence. Run by `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from conftest import copy_project

MAKE = """
import sys
from contextlib import contextmanager
from pathlib import Path
from generator import build
from generator.edition import check

@contextmanager
def silent(what, number):
    yield lambda: None

root = Path(sys.argv[1])
build.handouts(root, check(root), silent)
"""
"""What is timed: a whole process that checks the data and makes the handouts that are missing."""


def timed(root: Path) -> float:
    """Seconds of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", MAKE, str(root)], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_project(Path(folder) / "project")
        rows = [("all handouts from nothing", timed(root)), ("nothing to do", timed(root))]
        path = root / "data" / "practices" / "1a.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Raise the questions that", "Ask the questions that"), encoding="utf-8")
        rows.append(("one changed sentence", timed(root)))
        files = [found for found in (root / "build" / "handouts").iterdir() if found.suffix != ".ttf"]
    whole = rows[0][1]
    print(f"{len(files)} files, {os.cpu_count()} processors")
    print(f"{'':28}{'seconds':>9}{'of all':>9}")
    for name, seconds in rows:
        print(f"{name:28}{seconds:9.1f}{seconds / whole:9.3f}")


if __name__ == "__main__":
    main()
