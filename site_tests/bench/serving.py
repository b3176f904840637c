"""From a saved sentence to the screen: `playbook serve` and a page that is open in a real Chromium."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

from site_tests import ROOT
from site_tests.bench.measuring import table
from site_tests.bench.pipeline import SENTENCE, change_a_sentence
from site_tests.support.chromium import WIDE, chromium, free_port
from site_tests.support.project import copy_project

TIMES = 5
PAUSE = 6
"""Seconds until the handouts of the last change are made."""
PATIENCE = 60


def _until_shown(page: Page, root: Path) -> float:
    """Seconds from saving to the moment when the new words stand on the page."""
    change_a_sentence(root)
    words = next(line.strip() for line in (root / SENTENCE[0]).read_text(encoding="utf-8").splitlines() if "Ask for the" in line)
    start = time.time()
    page.get_by_text(words.partition("time")[0]).first.wait_for(timeout=PATIENCE * 1000)
    # Playwright looks only every half second; the browser knows when it drew the page.
    drawn: float = page.evaluate("performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return drawn / 1000 - start


def main(folder: Path) -> str:
    """The table."""
    root = copy_project(folder / "project")
    shutil.copytree(ROOT / "build" / "handouts", root / "build" / "handouts")
    port = free_port()
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", str(port)]
    with (
        (folder / "log.txt").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process,
        chromium() as browser,
    ):
        page = browser.new_page(viewport=WIDE)
        for _ in range(PATIENCE):
            time.sleep(1)
            if "serving on" in (folder / "log.txt").read_text():
                break
        page.goto(f"http://127.0.0.1:{port}/practices/1a/")
        found = []
        for _ in range(TIMES):
            found.append(_until_shown(page, root))
            time.sleep(PAUSE)
        process.terminate()
    row = ("one changed sentence", f"{statistics.median(found):.2f}", f"{max(found):.2f}")
    return table(f"`playbook serve`, {TIMES} times: from saving to the open page", ("", "seconds in the middle", "at most"), [row])
