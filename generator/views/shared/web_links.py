"""Ways out of the site: an outside address, its archived copy and its replacement, the one that most likely opens first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from generator.catalog.index import Catalog
from generator.external_links.addresses import archived_copy
from generator.model import playbook
from generator.model.link_status import Verdict

SHORT: dict[Verdict, str] = {"fine": "opens", "moved": "opens at a new address", "unsure": "unsure, {reason}", "dead": "dead, {reason}"}
"""What came of the last check, in a few words."""

LONG: dict[Verdict, str] = {
    "fine": "it opened.",
    "moved": "it opened, and redirects permanently to a new address:",
    "unsure": "we could not tell: {reason}. Try it in your browser.",
    "dead": "dead, {reason}.",
}
"""The same in a sentence, after the day."""


@dataclass(frozen=True)
class Way:
    """One link: `label` where there is little room; `head`, `shown` and `note` where there is more."""

    kind: Literal["replacement", "original", "archived"]
    label: str
    head: str
    shown: str
    url: str
    note: str = ""
    dead: bool = False


@dataclass(frozen=True)
class Outward:
    """Ways to something elsewhere, the best first, and what is known of the address that is meant now."""

    ways: tuple[Way, ...]
    verdict: Verdict | Literal["unchecked"]
    checked: str
    said: str
    sentence: str
    moved_to: str | None


def outward(catalog: Catalog, url: str | None, replacement: playbook.Replacement | None = None, *, printed: bool = True) -> Outward | None:
    """What readers see of an outside address, which is `printed` in a source or ours; None where there is none."""
    meant = replacement.url if replacement else url
    if meant is None:
        return None
    ways = tuple(sorted(_ways(catalog, url, replacement, printed), key=lambda way: way.dead))
    copied = any(way.kind == "archived" for way in ways)
    status = catalog.link_status.get(meant)
    if status is None:
        advice = " If the address fails, use the archived copy." if copied else ""
        return Outward(ways, "unchecked", "", "not checked yet", f"Not yet.{advice}", None)
    day, verdict = status.checked.isoformat(), status.verdict
    said = f"checked {day}: {SHORT[verdict].format(reason=status.reason)}"
    missing = "" if copied else " No archived copy is known."
    return Outward(ways, verdict, day, said, f"{day}: {LONG[verdict].format(reason=status.reason)}{missing}", status.moved_to)


def _ways(catalog: Catalog, url: str | None, replacement: playbook.Replacement | None, printed: bool) -> Iterator[Way]:
    """As the edition means them; a copy that is not in the archive is no way."""
    if replacement:
        dead = _is_dead(catalog, replacement.url)
        label = f"Dead: {host(replacement.url)}" if dead else f"Now at {host(replacement.url)}"
        yield Way("replacement", label, "Now at, dead" if dead else "Now at", replacement.url, replacement.url, replacement.note, dead)
    if url:
        dead = _is_dead(catalog, url)
        label = f"Dead: {host(url)}" if dead else f"Open at {host(url)}"
        living, died = ("Address, as of 2018", "Address of 2018, dead") if printed else ("Address", "Address, dead")
        yield Way("original", label, died if dead else living, url, url, dead=dead)
        archived = archived_copy(catalog, url)
        if archived and not _is_dead(catalog, archived):
            yield Way("archived", "Archived copy", "Archived copy", "The copy nearest to March 2018", archived)


def _is_dead(catalog: Catalog, url: str) -> bool:
    status = catalog.link_status.get(url)
    return status is not None and status.verdict == "dead"


def host(url: str) -> str:
    """The host of an address: 'example.org'."""
    return urlsplit(url).hostname or ""
