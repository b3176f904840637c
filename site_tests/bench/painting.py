"""When the largest thing of a page is painted, with scripts and without any, on a phone with a slow processor and a slow line."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import Browser

from site_tests import ROOT
from site_tests.bench.compressing import compressing
from site_tests.bench.lighthouse import PAGES
from site_tests.bench.measuring import table
from site_tests.support.chromium import PHONE, chromium

TIMES = 5
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""Bytes each second and milliseconds, as Lighthouse has them for phones."""
LARGEST = """() => new Promise((found) => new PerformanceObserver((list) => found(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


def painted(browser: Browser, address: str, *, scripts: bool) -> float:
    """Milliseconds from the request to the largest paint, with nothing in the cache."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    page.goto(address)
    page.wait_for_timeout(500)
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})
    found: float = page.evaluate(LARGEST)
    context.close()
    return found


def main(folder: Path) -> str:
    """A row for each page."""
    rows = []
    with compressing(ROOT / "site") as address, chromium() as browser:
        for name, page in PAGES.items():
            found: dict[bool, list[float]] = {True: [], False: []}
            for _ in range(TIMES):
                for scripts, times in found.items():
                    times.append(painted(browser, address + page, scripts=scripts))
            with_them, without = statistics.median(found[True]), statistics.median(found[False])
            rows.append((name, f"{with_them:.0f}", f"{without:.0f}", f"{with_them / without:.2f}"))
    head = ("page", "ms with scripts", "ms without any", "ratio")
    return table("The largest paint on a phone, at a quarter of the processor's speed and 1.6 Mbit a second", head, rows)
