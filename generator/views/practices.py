"""A practice at a level, and a practice with its overview and the levels side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import ids, playbook
from generator.views.shared.parts import (
    DomainTag,
    Here,
    Item,
    Level,
    Link,
    Place,
    ToolUse,
    domain_tag,
    item,
    items,
    levels,
    statements,
    strip,
    tool_use,
)


@dataclass(frozen=True)
class Column:
    """A habit and the statements under it."""

    id: str
    title: str
    url: str
    lead_in: str
    purpose: str
    statements: tuple[Item, ...]


@dataclass(frozen=True)
class FoundationalTools:
    """A sentence that leads into a group of tools, and the tools."""

    lead_in: Item
    tools: tuple[ToolUse, ...]


@dataclass(frozen=True)
class Sibling:
    """The same practice somewhere else: its overview or another level, with how many touch points; `current` is the page at hand."""

    title: str
    url: str
    storeys: int
    touch_points: int
    current: bool


@dataclass(frozen=True)
class Cell:
    """All of one cell; `name` is '1A at the school level', `strip` all practices with its own marked, for the map."""

    id: str
    name: str
    code: str
    title: str
    level: Level | None
    domain: DomainTag
    strip: tuple[Place, ...]
    touch_points: int
    columns: tuple[Column, ...]
    tools: tuple[ToolUse, ...]
    foundational: tuple[FoundationalTools, ...]
    questions: tuple[Item, ...]
    siblings: tuple[Sibling, ...]
    pages: tuple[int, ...]
    errata: tuple[Link, ...]
    unsure: str
    before: Link | None
    after: Link | None


@dataclass(frozen=True)
class LensBox:
    """What one level is asked under one habit."""

    level: Level
    url: str
    statements: tuple[Item, ...]


@dataclass(frozen=True)
class LensRow:
    """One habit, level by level."""

    id: str
    title: str
    boxes: tuple[LensBox, ...]


@dataclass(frozen=True)
class Practice:
    """A practice: its overview cell, and the levels side by side."""

    overview: Cell
    lens: tuple[LensRow, ...]
    aliases: tuple[str, ...]
    errata: tuple[Link, ...]


def cell(here: Here, record: playbook.Cell) -> Cell:
    """The view of one cell."""
    catalog = here.catalog
    practice = catalog.practices[ids.practice_of(record.id)]
    level = ids.level_of(record.id)
    columns = tuple(
        Column(column, head.title, here.routes.link(here.page, column), head.lead_in, head.purpose, statements(here, record.columns[column]))
        for column, head in catalog.columns.items()
    )
    return Cell(
        id=record.id,
        name=catalog.place(record.id),
        code=ids.code(practice.id),
        title=practice.title,
        level=next((found for found in levels(here) if found.id == level), None),
        domain=domain_tag(here, catalog.domains[practice.domain]),
        strip=strip(catalog, [practice.id]),
        touch_points=catalog.counts[record.id].touch_points,
        columns=columns,
        tools=tuple(tool_use(here, use, ids.tool_use_id(record.id, use.tool)) for use in record.tools),
        foundational=tuple(
            FoundationalTools(
                item(here, group, group.id),
                tuple(tool_use(here, use, ids.foundational_use_id(record.id, use.tool)) for use in group.tools),
            )
            for group in record.foundational_tools
        ),
        questions=items(here, record.questions),
        siblings=_siblings(here, practice, record),
        pages=tuple(sorted({page for carrier in catalog.cited_in[record.id] for page in catalog.pages(carrier)})),
        errata=here.errata(record.id),
        unsure=next((basis.confidence for basis in catalog.source_map.columns if basis.cell == record.id and basis.confidence != "high"), ""),
        before=_neighbor(here, record, -1),
        after=_neighbor(here, record, 1),
    )


def practice(here: Here, record: playbook.Practice) -> Practice:
    """The view of a practice."""
    overview, *others = record.cells
    by_id = {level.id: level for level in levels(here)}
    lens = tuple(
        LensRow(
            column.id,
            column.title,
            tuple(
                LensBox(by_id[ids.level_of(other.id) or ""], here.routes.link(here.page, other.id), statements(here, other.columns[column.id]))
                for other in others
            ),
        )
        for column in here.catalog.columns.values()
    )
    return Practice(cell(here, overview), lens, record.aliases, here.errata(record.id))


def _siblings(here: Here, practice: playbook.Practice, record: playbook.Cell) -> tuple[Sibling, ...]:
    titles = {level.id: (level.title, level.storeys) for level in levels(here)}
    found = []
    for other in practice.cells:
        title, storeys = titles.get(ids.level_of(other.id) or "", ("Overview", 0))
        found.append(Sibling(title, here.routes.link(here.page, other.id), storeys, here.catalog.counts[other.id].touch_points, other is record))
    return tuple(found)


def _neighbor(here: Here, record: playbook.Cell, step: int) -> Link | None:
    """The practice before or after, at the same level."""
    row = here.catalog.rows[ids.level_of(record.id)]
    at = row.index(record.id) + step
    if not 0 <= at < len(row):
        return None
    title = here.catalog.practices[ids.practice_of(row[at])].title
    return here.link(row[at], f"{ids.code(ids.practice_of(row[at]))} {title}")


def terms(here: Here, record: playbook.Cell) -> tuple[Link, ...]:
    """The glossary terms that a cell's texts use, sorted."""
    words = " ".join(text for carrier in here.catalog.cited_in[record.id] for text in carrier.said)
    lowered = words.lower()
    return tuple(
        here.link(ids.term_id(term.id), term.term)
        for term in here.catalog.terms.values()
        if any(name.lower() in lowered and _uses(words, name) for name in (term.term, *term.aliases))
    )


def _uses(words: str, name: str) -> bool:
    """A short form counts only in capitals; other words count in any case and with a plural s."""
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    return re.search(rf"\b{re.escape(name)}s?\b", words, flags) is not None
