"""Every single item of the edition, and what it can be chosen by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.catalog.guide_index import Companions
from generator.catalog.index import PLAYBOOK, Catalog
from generator.model import guides, ids, playbook

KINDS = {
    "touch-point": "Touch point",
    "statement": "Four Domains statement",
    "tool-use": "Tool use",
    "question": "Question",
    "future-state": "Future state",
    "strategy": "Strategy",
    "coaching": "Coaching item",
    "element": "Element of the LEA self-reflection",
}
"""Each kind of single item with its title, in the order of lists."""

OURS = "site"
"""The source of what this edition added."""


@dataclass(frozen=True)
class Single:
    """One item: what it says, and where it belongs; what it does not have is empty."""

    id: str
    kind: str
    record: playbook.Cited
    texts: tuple[str, ...]
    under: str = ""
    """The words that lead into it, where it continues another item."""
    practice: str = ""
    levels: tuple[str, ...] = ()
    habit: str = ""
    tools: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    source: str = PLAYBOOK


def singles(catalog: Catalog) -> Iterator[Single]:
    """All single items: cell by cell, then the coaching of each step of the cycle. What only leads into others stands with them."""
    for cell in catalog.cells.values():
        yield from of_cell(catalog, cell)
    coaching = catalog.companions.coaching_items
    for coached in catalog.companions.coaching.sets:
        for item in coached.items:
            if item.kind != "lead-in":
                under = _words(coaching[item.part_of]) if item.part_of else ""
                yield Single(item.id, "coaching", item, item.said, under, levels=item.levels, steps=coached.steps, source=_source(catalog, item))


def of_cell(catalog: Catalog, cell: playbook.Cell) -> Iterator[Single]:
    """The items that stand at one cell, of the playbook and then of the guides."""
    steps = steps_of(catalog.companions, cell.id)
    level = ids.level_of(cell.id) or ids.OVERVIEW

    def single(name: str, kind: str, record: playbook.Cited, **more: Any) -> Single:
        place: dict[str, Any] = {"practice": ids.practice_of(cell.id), "levels": (level,), "steps": steps, "source": _source(catalog, record)}
        return Single(name, kind, record, **{"texts": record.said} | place | more)

    statements = {statement.id: statement for _, statement in cell.statements()}
    for column, statement in cell.statements():
        kind = "statement" if statement.id in catalog.framework_statements else "touch-point"
        under = _words(statements[statement.part_of]) if statement.part_of else ""
        yield single(statement.id, kind, statement, habit=column, tools=(statement.tool,) if statement.tool else (), under=under)
    for group in cell.foundational_tools:
        for use in group.tools:
            yield single(ids.foundational_use_id(cell.id, use.tool), "tool-use", use, tools=(use.tool,), under=_words(group))
    for use in cell.tools:
        yield single(ids.tool_use_id(cell.id, use.tool), "tool-use", use, tools=(use.tool,))
    for question in cell.questions:
        yield single(question.id, "question", question)
    section = catalog.companions.sections_of.get(cell.id)
    for state in section.future_states if section else ():
        yield single(state.id, "future-state", state)
        for under, strategy in _strategies(state.strategies):
            yield single(strategy.id, "strategy", strategy, under=under)
        for asked in state.questions:
            yield single(asked.id, "question", asked)
    for element in catalog.companions.elements_of.get(cell.id, ()):
        yield single(element.id, "element", element, texts=(f"{element.title}.", *element.said))


def _strategies(strategies: Iterable[guides.Strategy], under: str = "") -> Iterator[tuple[str, guides.Strategy]]:
    """Strategies with the words that lead into them."""
    for strategy in strategies:
        if not strategy.is_lead_in:
            yield under, strategy
        yield from _strategies(strategy.strategies, _words(strategy))


def _words(record: playbook.Cited) -> str:
    return " ".join(record.said)


def steps_of(companions: Companions, cell: str) -> tuple[str, ...]:
    """The steps of the cycle that the crosswalk links to a cell or its practice."""
    return tuple(dict.fromkeys(link.source for link in companions.links_of(cell) if link.source in companions.steps))


def _source(catalog: Catalog, record: playbook.Cited) -> str:
    """The document that an item is made from."""
    if isinstance(record, playbook.Question | playbook.ToolUse) and record.origin == "site":
        return OURS
    return catalog.document_of[record.sources[0]]


def place(catalog: Catalog, single: Single) -> str:
    """Where an item stands, in words: '1A at the school level', 'Assess needs'."""
    if single.practice:
        return catalog.place(f"{single.practice}.{single.levels[0]}")
    assert isinstance(single.record, guides.CoachingItem)
    return catalog.companions.sets_of[single.steps[0]].title
