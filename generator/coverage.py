"""How much of the sources the edition carries, and how surely it is placed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import model
from generator.catalog import PLAYBOOK, Catalog


@dataclass(frozen=True)
class KindCoverage:
    """The source items of one kind: how many there are, are carried, are left out with a reason."""

    kind: str
    items: int
    carried: int
    left_out: int


@dataclass(frozen=True)
class Coverage:
    """One document; `unsure` are the statements whose printed column was inferred with less than high confidence."""

    document: str
    kinds: tuple[KindCoverage, ...]
    items: int
    carried: int
    left_out: int
    unsure: tuple[model.SourceItem, ...]


def coverage(catalog: Catalog, document: str = PLAYBOOK) -> Coverage:
    """Count a document's source items by kind, in the order in which kinds first appear."""
    items = catalog.source_maps[document].items
    total = Counter(item.kind for item in items)
    carried = Counter(item.kind for item in items if item.id in catalog.carried_by)
    left_out = Counter(item.kind for item in items if item.id in catalog.left_out)
    return Coverage(
        document=document,
        kinds=tuple(KindCoverage(kind, total[kind], carried[kind], left_out[kind]) for kind in total),
        items=total.total(),
        carried=carried.total(),
        left_out=left_out.total(),
        unsure=tuple(item for item in items if item.column_confidence != "high"),
    )


def summary(catalog: Catalog) -> str:
    """A line for the report of a build: the playbook, then its companions together."""
    companions = [coverage(catalog, document) for document in catalog.source_maps if document != PLAYBOOK]
    carried, items, left_out = (sum(counts) for counts in zip(*((c.carried, c.items, c.left_out) for c in companions), strict=True))
    found = coverage(catalog)
    playbook = f"{found.carried} of {found.items} source items carried, {found.left_out} left out with a reason"
    return f"{playbook}; companion guides: {carried} of {items} carried, {left_out} left out with a reason"
