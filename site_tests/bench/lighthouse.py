"""What Lighthouse says of the built site, on a phone and on a desktop. It is no dependency: `npm install --global lighthouse` brings it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from site_tests import ROOT
from site_tests.bench.compressing import compressing
from site_tests.bench.measuring import table
from site_tests.support.chromium import CHROMIUM

PAGES = {"home": "", "a practice at a level": "practices/1a/school/", "browse": "browse/"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def _score(program: str, address: str, preset: list[str], report: Path) -> list[str]:
    """The four scores, and when the largest thing was painted, in seconds."""
    command = [program, address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}", *preset]
    browser = next(found for name in CHROMIUM if (found := shutil.which(name)))
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"CHROME_PATH": browser})
    found = json.loads(report.read_text(encoding="utf-8"))
    painted = found["audits"]["largest-contentful-paint"]["numericValue"] / 1000
    return [*(f"{found['categories'][name]['score'] * 100:.0f}" for name in CATEGORIES), f"{painted:.1f}"]


def main(folder: Path) -> str:
    """The table, or what is missing."""
    program = shutil.which("lighthouse")
    if not program:
        return "Lighthouse is not installed (npm install --global lighthouse): not run.\n"
    with compressing(ROOT / "site") as address:
        rows = [
            (f"{name}, {device}", *_score(program, address + page, preset, folder / "report.json"))
            for name, page in PAGES.items()
            for device, preset in (("phone", []), ("desktop", ["--preset=desktop"]))
        ]
    return table("Lighthouse", ("page", *CATEGORIES, "largest paint s"), rows)
