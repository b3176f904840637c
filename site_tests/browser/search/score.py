"""Asks the real search box the labelled queries. Run as a program it publishes the score: data/search-score.yml, shown on the coverage page."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page

from generator.checks.checked_edition import Edition, check
from generator.model.search_terms import NamedScore, ScoreFigures
from site_tests import ROOT
from site_tests.support.chromium import chromium, served

SCORE = ROOT / "data" / "search-score.yml"

ASK = """queries => {
    const box = document.getElementById("pb-query");
    const root = new URL("../", location.href.split("?")[0]).href;
    const addresses = (row, selector) => [...row.querySelectorAll(selector)].map(link => link.href.replace(root, ""));
    return queries.map(query => {
        box.value = query;
        box.dispatchEvent(new Event("input"));
        return [...document.querySelectorAll("#pb-results > li")].map(row => [
            addresses(row, "a:not(.pb-result-levels a)"), addresses(row, ".pb-result-levels a"),
        ]);
    });
}"""

NOT_COVERED = "not-covered/"
SURE = 1.96
"""How many standard deviations hold 95 % of a normal distribution."""


@dataclass(frozen=True)
class Row:
    """What one result shows: its page with its best parts, and other pages of the same practice."""

    shown: tuple[str, ...]
    also: tuple[str, ...] = ()


Results = tuple[Row, ...]


@dataclass(frozen=True)
class Query:
    """What somebody types, and the addresses that answer it, the best first; none where the site should say that it does not cover it.

    `held` where the search was never tuned for it; `role` and `kind` where it was written before the site was opened.
    """

    query: str
    right: tuple[str, ...]
    held: bool = False
    role: str = ""
    kind: str = ""

    def place(self, results: Results, *, best: bool = False) -> int:
        """The place of the first right answer, from 1; a big number where there is none. A link to another level never counts as first."""
        if not self.right:
            return 1 if not results or results[0].shown[0].startswith(NOT_COVERED) else 1000
        right = self.right[:1] if best else self.right
        for place, row in enumerate(results, 1):
            if any(_accepts(right, url) for url in row.shown):
                return place
            if any(_accepts(right, url) for url in row.also):
                return max(2, place)
        return 1000


def _accepts(right: tuple[str, ...], url: str) -> bool:
    """A page accepts every anchor on it, an anchor only itself."""
    return url in right or url.partition("#")[0] in right


@dataclass(frozen=True)
class Answer:
    """A query and what came."""

    query: Query
    results: Results

    @property
    def place(self) -> int:
        """The place of the first right answer."""
        return self.query.place(self.results)


def queries() -> list[Query]:
    """The labelled queries."""
    rows = yaml.safe_load((Path(__file__).parent / "queries.yml").read_text(encoding="utf-8"))
    return [Query(**{**row, "right": tuple(row["right"])}) for row in rows]


def ask(page: Page, asked: list[str]) -> list[Results]:
    """Type queries one after another into an open search page."""
    return [tuple(Row(tuple(shown), tuple(also)) for shown, also in rows) for rows in page.evaluate(ASK, asked)]


def answers(page: Page) -> list[Answer]:
    """Every labelled query with what came of it."""
    asked = queries()
    return [Answer(query, results) for query, results in zip(asked, ask(page, [query.query for query in asked]), strict=True)]


def share(found: Iterable[bool]) -> float:
    """Percent, to a tenth."""
    found = list(found)
    return round(100 * sum(found) / len(found), 1)


def between(found: Iterable[bool]) -> tuple[float, float]:
    """Wilson's interval for a share, in percent: bounds that hold for few queries too, and near 100 %."""
    found = list(found)
    number, part = len(found), sum(found) / len(found)
    middle = part + SURE**2 / (2 * number)
    half = SURE * math.sqrt(part * (1 - part) / number + SURE**2 / (4 * number**2))
    whole = 1 + SURE**2 / number
    return round(100 * max(0.0, (middle - half) / whole), 1), round(100 * min(1.0, (middle + half) / whole), 1)


def figures(found: list[Answer], *, best: bool = False) -> ScoreFigures:
    """How many queries there are, and what share of them is answered first, within three, and not at all."""
    places = [answer.query.place(answer.results, best=best) for answer in found]
    first, three = [place == 1 for place in places], [place <= 3 for place in places]
    return ScoreFigures(
        queries=len(found),
        first=share(first),
        first_between=between(first),
        within_three=share(three),
        within_three_between=between(three),
        nothing_found=share(bool(answer.query.right) and not answer.results for answer in found),
    )


def groups(found: list[Answer]) -> dict[str, ScoreFigures]:
    """The figures of each part of the queries that the coverage page shows."""
    known = [answer for answer in found if not answer.query.role]
    unseen = [answer for answer in found if answer.query.role]
    held = [answer for answer in unseen if answer.query.held]
    return {
        "known": figures(known),
        "known_held": figures([answer for answer in known if answer.query.held]),
        "unseen": figures(unseen),
        "unseen_held": figures(held),
        "best": figures(held, best=True),
    }


def _by(found: list[Answer], name: str) -> list[NamedScore]:
    """The figures of the unseen queries of each role, or of each kind."""
    unseen = [answer for answer in found if answer.query.role]
    values = dict.fromkeys(getattr(answer.query, name) for answer in unseen)
    return [NamedScore(of=value, **figures([answer for answer in unseen if getattr(answer.query, name) == value]).model_dump()) for value in values]


def report(found: list[Answer], edition: Edition) -> str:
    """The text of data/search-score.yml; what is held of the unseen queries is told in figures only."""
    value = {
        "version": edition.catalog.edition.version,
        "date": datetime.date.today().isoformat(),
        **{name: values.model_dump(mode="json") for name, values in groups(found).items()},
        "roles": [values.model_dump(mode="json") for values in _by(found, "role")],
        "kinds": [values.model_dump(mode="json") for values in _by(found, "kind")],
        "misses": [
            {"query": answer.query.query, "wanted": list(answer.query.right), "got": [row.shown[0] for row in answer.results[:3]]}
            for answer in found
            if answer.place > 3 and not (answer.query.role and answer.query.held)
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
    told = (*groups(found).items(), *((values.of, values) for name in ("role", "kind") for values in _by(found, name)))
    for name, values in told:
        first, three = (f"{low:g} to {high:g}" for low, high in (values.first_between, values.within_three_between))
        print(f"{name}: {values.queries} queries, first {values.first} % ({first}), within three {values.within_three} % ({three})")


if __name__ == "__main__":
    main()
