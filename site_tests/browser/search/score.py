"""Asks the real search box the labelled queries. Run as a program it publishes the score: data/search-score.yml, shown on the coverage page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page

from generator.checks.checked_edition import Edition, check
from site_tests import ROOT
from site_tests.support.chromium import chromium, served

SCORE = ROOT / "data" / "search-score.yml"

ASK = """queries => {
    const box = document.getElementById("pb-query");
    const root = new URL("../", location.href.split("?")[0]).href;
    return queries.map(query => {
        box.value = query;
        box.dispatchEvent(new Event("input"));
        const rows = [...document.querySelectorAll("#pb-results > li")];
        return rows.map(row => [...row.querySelectorAll("a")].map(link => link.href.replace(root, "")));
    });
}"""

Results = list[list[str]]
"""For each result the addresses that it shows: its page, then its best parts."""


@dataclass(frozen=True)
class Query:
    """What somebody types, and the addresses that answer it; `held` where the search was never tuned for it."""

    query: str
    right: tuple[str, ...]
    held: bool = False

    def place(self, results: Results) -> int:
        """The place of the first right answer, from 1; a big number where there is none."""
        return next((place for place, shown in enumerate(results, 1) if any(self.accepts(url) for url in shown)), 1000)

    def accepts(self, url: str) -> bool:
        """A page accepts every anchor on it, an anchor only itself."""
        return url in self.right or url.partition("#")[0] in self.right


@dataclass(frozen=True)
class Answer:
    """A query, what came, and the place of the first right answer."""

    query: Query
    results: Results
    place: int


def queries() -> list[Query]:
    """The labelled queries."""
    rows = yaml.safe_load((Path(__file__).parent / "queries.yml").read_text(encoding="utf-8"))
    return [Query(row["query"], tuple(row["right"]), row.get("held", False)) for row in rows]


def ask(page: Page, asked: list[str]) -> list[Results]:
    """Type queries one after another into an open search page."""
    found: list[Results] = page.evaluate(ASK, asked)
    return found


def answers(page: Page) -> list[Answer]:
    """Every labelled query with what came of it."""
    asked = queries()
    found = ask(page, [query.query for query in asked])
    return [Answer(query, results, query.place(results)) for query, results in zip(asked, found, strict=True)]


def share(found: Iterable[bool]) -> float:
    """Percent, to a tenth."""
    found = list(found)
    return round(100 * sum(found) / len(found), 1)


def figures(found: list[Answer]) -> dict[str, float]:
    """How many queries there are, and what share of them is answered first, within three, and not at all."""
    return {
        "queries": len(found),
        "first": share(answer.place == 1 for answer in found),
        "within_three": share(answer.place <= 3 for answer in found),
        "nothing_found": share(not answer.results for answer in found),
    }


def report(found: list[Answer], edition: Edition) -> str:
    """The text of data/search-score.yml."""
    value = {
        "version": edition.catalog.edition.version,
        "date": datetime.date.today().isoformat(),
        "all": figures(found),
        "held": figures([answer for answer in found if answer.query.held]),
        "misses": [
            {"query": answer.query.query, "wanted": list(answer.query.right), "got": [shown[0] for shown in answer.results[:3]]}
            for answer in found
            if answer.place > 3
        ],
    }
    head = "# yaml-language-server: $schema=schema/search_score.schema.json\n# Made by `make score` from a run in Chromium; do not edit.\n"
    return head + yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=150)


def main() -> None:
    """Ask the built site, say the score and write it down."""
    edition = check(ROOT)
    assert isinstance(edition, Edition), edition
    with served(ROOT / "site") as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}search/")
        found = answers(page)
    SCORE.write_text(report(found, edition), encoding="utf-8")
    for name, asked in (("all", found), ("held back", [answer for answer in found if answer.query.held])):
        print(f"{name}: {figures(asked)}")


if __name__ == "__main__":
    main()
