"""How long the browse page takes to answer a key press, with the processor slowed four times as on an old phone."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import ViewportSize

from site_tests import ROOT
from site_tests.bench.measuring import table
from site_tests.support.chromium import PHONE, WIDE, chromium, served

WORDS = ("family", "trust", "data")
WATCH = """() => {
    window.pressed = [];
    document.addEventListener("keydown", () => {
        const start = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.pressed.push(performance.now() - start)));
    }, true);
}"""
"""From the key to the moment after the next frame is drawn, in milliseconds."""


def answers(size: ViewportSize) -> list[float]:
    """Milliseconds for each letter typed and taken away again."""
    with served(ROOT / "site") as address, chromium() as browser:
        page = browser.new_page(viewport=size)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(f"{address}browse/")
        page.locator("#pb-words").focus()
        page.evaluate(WATCH)
        for word in WORDS:
            for key in (*word, *["Backspace"] * len(word)):
                page.keyboard.press(key)
                page.wait_for_timeout(150)
        found: list[float] = page.evaluate("pressed")
    return found


def main(folder: Path) -> str:
    """A row for each size of the window."""
    rows = []
    for name, size in (("wide", WIDE), ("phone", PHONE)):
        found = sorted(answers(size))
        slow = found[int(len(found) * 0.9)]
        rows.append((name, str(len(found)), f"{statistics.median(found):.0f}", f"{slow:.0f}"))
    return table("`/browse/` at a quarter of the processor's speed", ("window", "key presses", "ms in the middle", "ms for nine of ten"), rows)
