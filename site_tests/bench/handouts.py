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
import time
from contextlib import contextmanager
from pathlib import Path
from generator import build
from generator.edition import check

@contextmanager
def silent(what, number):
    yield lambda: None

root = Path(sys.argv[1])
edition = check(root)
start = time.perf_counter()
build.handouts(root, edition, silent)
print(time.perf_counter() - start)
"""
"""What is timed: a whole process that checks the data and makes the handouts that are missing; it says how long these took alone."""


def timed(root: Path) -> tuple[float, float]:
    """Seconds of one process, and of the handouts alone."""
    start = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", MAKE, str(root)], check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - start, float(told)


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
    whole = rows[0][1][1]
    print(f"{len(files)} files, {os.cpu_count()} processors")
    print(f"{'':28}{'process s':>11}{'handouts s':>12}{'of all':>9}")
    for name, (process, alone) in rows:
        print(f"{name:28}{process:11.1f}{alone:12.1f}{alone / whole:9.3f}")


if __name__ == "__main__":
    main()
