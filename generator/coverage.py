"""How much of the source the edition carries, and how surely it is placed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import model
from generator.catalog import Catalog


@dataclass(frozen=True)
class KindCoverage:
    """The source items of one kind: how many there are, are carried, are left out with a reason."""

    kind: str
    items: int
    carried: int
    left_out: int


@dataclass(frozen=True)
class Coverage:
    """The whole source; `unsure` are the statements whose printed column was inferred with less than high confidence."""

    kinds: tuple[KindCoverage, ...]
    items: int
    carried: int
    left_out: int
    unsure: tuple[model.SourceItem, ...]


def coverage(catalog: Catalog) -> Coverage:
    """Count the source items by kind, in the order in which kinds first appear."""
    items = catalog.source_map.items
    total = Counter(item.kind for item in items)
    carried = Counter(item.kind for item in items if item.id in catalog.carried_by)
    left_out = Counter(item.kind for item in items if item.id in catalog.left_out)
    return Coverage(
        kinds=tuple(KindCoverage(kind, total[kind], carried[kind], left_out[kind]) for kind in total),
        items=total.total(),
        carried=carried.total(),
        left_out=left_out.total(),
        unsure=tuple(item for item in items if item.column_confidence != "high"),
    )


def summary(found: Coverage) -> str:
    """One line for the report of a build."""
    return f"{found.carried} of {found.items} source items carried, {found.left_out} left out with a reason"
