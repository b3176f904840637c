"""How long the search takes to answer a whole question, usual and hostile, with the processor slowed four times as on an old phone."""

from __future__ import annotations

import statistics
import string
from pathlib import Path

from site_tests import ROOT
from site_tests.bench.measuring import table
from site_tests.support.chromium import chromium, served

QUESTIONS = {
    "families": "families",
    "how do we involve families in decisions": "how do we involve families in decisions",
    "24 words that stand in most texts": "school team data family student teacher change community improvement practice leader district state staff "
    "need goal plan work time process evidence learning support meeting",
    "24 unknown words": " ".join(f"{letter}urbx" for letter in string.ascii_lowercase[:24]),
    "500 equal letters": "a" * 500,
    "800 varied letters": "".join(chr(97 + (number * number * 7 + number) % 26) for number in range(800)),
    "10,000 words": "school families " * 5_000,
}
ANSWER = """question => {
    const start = performance.now();
    show(question);
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
"""From the question to the results in their places, in milliseconds; in the search page, whose scripts' names it uses."""

TIMES = 5


def main(folder: Path) -> str:
    """A row for each question; what is worked out once for a word is worked out in its first time."""
    rows = []
    with served(ROOT / "site") as address, chromium() as browser:
        for name, question in QUESTIONS.items():
            page = browser.new_page()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(f"{address}search/")
            first, *again = [float(page.evaluate(ANSWER, question)) for _ in range(TIMES)]
            rows.append((name, f"{first:.0f}", f"{statistics.median(again):.0f}"))
            page.context.close()
    return table("`/search/` at a quarter of the processor's speed", ("question", "ms the first time", "ms after"), rows)
