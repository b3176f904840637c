"""How much of the sources the edition carries, part by part, and how surely it is placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog.index import PLAYBOOK, Catalog
from generator.model import ids, playbook


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
    unsure: tuple[playbook.SourceItem, ...]


@dataclass(frozen=True)
class PartCoverage:
    """A domain, practice, level or column of the playbook, in numbers of its records.

    `empty` are the boxes where the playbook prints nothing; `ours` are records of this edition.
    """

    id: str
    carried: int
    empty: int
    ours: int
    unsure: int


@dataclass(frozen=True)
class EmptyBox:
    """Where the playbook prints nothing: a column of a cell, or its tools or questions."""

    cell: str
    what: str


TOOLS, QUESTIONS = "tools", "questions"


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
        unsure=tuple(item for item in items if catalog.column_confidence(item) != "high"),
    )


def empty_boxes(catalog: Catalog) -> Iterator[EmptyBox]:
    """All boxes of the playbook's tables that are empty in print."""
    for cell in catalog.cells.values():
        for column, statements in cell.columns.items():
            if not statements and not (cell.foundational_tools and column == list(catalog.columns)[-1]):
                yield EmptyBox(cell.id, column)
        if not cell.foundational_tools and not any(use.origin == PLAYBOOK for use in cell.tools):
            yield EmptyBox(cell.id, TOOLS)
        if not any(question.origin == PLAYBOOK for question in cell.questions):
            yield EmptyBox(cell.id, QUESTIONS)


def by_part(catalog: Catalog) -> dict[str, PartCoverage]:
    """Every domain, practice, level (overview too) and column by its id."""
    carried, ours = Counter[str](), Counter[str]()
    for name, record in catalog.carriers():
        for part in parts_of(catalog, name):
            (carried if record.sources else ours)[part] += 1
    empty = Counter(part for box in empty_boxes(catalog) for part in parts_of(catalog, f"{box.cell}.{box.what}"))
    unsure = Counter(part for item in coverage(catalog).unsure for name in catalog.carried_by.get(item.id, ()) for part in parts_of(catalog, name))
    names = (*catalog.domains, *catalog.practices, ids.OVERVIEW, *catalog.levels, *catalog.columns)
    return {name: PartCoverage(name, carried[name], empty[name], ours[name], unsure[name]) for name in names}


def parts_of(catalog: Catalog, record: str) -> tuple[str, ...]:
    """The domain, practice, level and column that a record's id tells: '1a.school.participation.2' to d1, 1a, school, participation."""
    first, *rest = ids.parts_of(record)
    if first in catalog.domains:
        return (first,)
    if first not in catalog.practices:
        return ()
    column = [name for name in rest[1:] if name in catalog.columns]
    return (catalog.practices[first].domain, first, *rest[:1], *column)


def summary(catalog: Catalog) -> str:
    """A line for the report of a build: the playbook, then its companions together."""
    companions = [coverage(catalog, document) for document in catalog.source_maps if document != PLAYBOOK]
    carried, items, left_out = (sum(counts) for counts in zip(*((c.carried, c.items, c.left_out) for c in companions), strict=True))
    found = coverage(catalog)
    of_playbook = f"{found.carried} of {found.items} source items carried, {found.left_out} left out with a reason"
    return f"{of_playbook}; companion guides: {carried} of {items} carried, {left_out} left out with a reason"
