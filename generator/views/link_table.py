"""The page of all outside addresses: what uses each, what came of it, what to use instead; the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.external_links.addresses import Address
from generator.views.shared.parts import Here, Link
from generator.views.shared.web_links import Way, outward

VERDICTS = {"dead": "dead", "unsure": "unsure", "moved": "moved", "unchecked": "not checked yet", "fine": "opens"}
"""The worst first, in words for readers."""

MEANINGS = {
    "dead": "It failed on three different days, with no good day between them. The archived copy comes first.",
    "unsure": "It gave no answer in time, refused programs, or failed on one or two days so far. It may open in your browser.",
    "moved": "It opens, and redirects permanently to a new address.",
    "unchecked": "It has not been checked yet.",
    "fine": "It opened when it was last checked.",
}


@dataclass(frozen=True)
class Row:
    """One address; `instead` are the other ways, `reason` says why where it is not fine."""

    url: str
    uses: tuple[Link, ...]
    verdict: str
    words: str
    reason: str
    checked: str
    moved_to: str | None
    instead: tuple[Way, ...]


@dataclass(frozen=True)
class Count:
    """How many addresses have one verdict, and what that means."""

    words: str
    number: int
    meaning: str


def rows(here: Here, addresses: Sequence[Address]) -> tuple[Row, ...]:
    """All addresses, the worst first; among equals as they stand in the data."""
    order = list(VERDICTS)
    return tuple(sorted((_row(here, address) for address in addresses), key=lambda row: order.index(row.verdict)))


def counts(here: Here, addresses: Sequence[Address]) -> tuple[Count, ...]:
    """How many there are of each verdict that occurs, the worst first."""
    found = Counter(row.verdict for row in rows(here, addresses))
    return tuple(Count(words, found[verdict], MEANINGS[verdict]) for verdict, words in VERDICTS.items() if found[verdict])


def _row(here: Here, address: Address) -> Row:
    catalog = here.catalog
    tools = (catalog.tools[use.record] for use in address.uses if use.record in catalog.tools)
    replacement = next((tool.replaced_by for tool in tools if tool.url == address.url), None)
    ways = outward(catalog, address.url, replacement)
    status = catalog.link_status.get(address.url)
    verdict = status.verdict if status else "unchecked"
    return Row(
        url=address.url,
        uses=tuple(here.link(record, title) for record, title in {use.record: use.title for use in address.uses if use.record}.items()),
        verdict=verdict,
        words=VERDICTS[verdict],
        reason=status.reason if status and verdict in ("unsure", "dead") else "",
        checked=status.checked.isoformat() if status else "never",
        moved_to=status.moved_to if status else None,
        instead=tuple(way for way in ways.ways if way.kind != "original") if ways else (),
    )
