"""What a first visit of each page takes over the wire, compressed, in a real Chromium."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from site_tests import ROOT
from site_tests.bench.compressing import compressing
from site_tests.bench.measuring import table
from site_tests.support.chromium import WIDE, chromium

INDEX = "search-entries.js"
KINDS = ("Document", "Stylesheet", "Script", "Image", "Font")
SHOWN = 20
ASKED = "search/?q=parents"
"""A page that needs the search index."""


def weigh(browser: Browser, address: str) -> dict[str, int]:
    """Bytes by kind of one first visit; the search index by itself."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    found: dict[str, int] = defaultdict(int)

    def known(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = INDEX if INDEX in event["response"]["url"] else event["type"]

    def finished(event: dict[str, Any]) -> None:
        found[kinds.get(event["requestId"], "Other")] += event["encodedDataLength"]

    session.on("Network.responseReceived", known)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    return dict(found)


def main(folder: Path) -> str:
    """The heaviest pages of the built site, and the search index."""
    site = ROOT / "site"
    with compressing(site) as address, chromium() as browser:
        pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html"))
        weights = {name or "home": weigh(browser, address + name) for name in (*pages, ASKED)}
    rows = []
    for name, found in sorted(weights.items(), key=lambda pair: -_whole(pair[1])):
        rows.append(
            (name, f"{_whole(found) / 1000:.0f}", *(f"{found.get(kind, 0) / 1000:.0f}" for kind in KINDS), f"{found.get(INDEX, 0) / 1000:.0f}")
        )
    head = ("page", "KB, the index aside", *(kind.lower() for kind in KINDS), "search index")
    lightest, middle = rows[-1], rows[len(rows) // 2]
    return table(
        f"First visits over the wire, compressed: the {SHOWN} heaviest of {len(rows)} pages, the middle one, the lightest",
        head,
        [*rows[:SHOWN], middle, lightest],
    )


def _whole(found: dict[str, int]) -> int:
    return sum(size for kind, size in found.items() if kind != INDEX)
