"""What is related, computed from typed links and shared tools."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.catalog.index import Catalog
from generator.catalog.items import steps_of
from generator.model import ids
from generator.views.shared.parts import Here, Link

MOST = 5
"""How many related things a page shows."""


@dataclass(frozen=True)
class Related:
    """Something related, and what the two have in common."""

    link: Link
    shared: tuple[Link, ...]
    purpose: str = ""
    """Of a tool: what it is for."""


def by_tools(here: Here, cell: str) -> tuple[Related, ...]:
    """Other practices that use the same tools, at the same level where they have any there; a rare tool counts more than a common one."""
    catalog = here.catalog
    level, mine = ids.level_of(cell), _tools_near(catalog, cell)
    weights = {tool: 1 / len(catalog.uses_of[tool]) for tool in mine}
    using = {ids.practice_of(other) for tool in mine for other in catalog.cells_with[tool]} - {ids.practice_of(cell)}
    found = {}
    for other in (other.id for practice in sorted(using) for other in catalog.practices[practice].cells if ids.level_of(other.id) == level):
        theirs = set(_tools_near(catalog, other))
        shared = [tool for tool in mine if tool in theirs]
        if shared:
            found[other] = shared
    best = sorted(found, key=lambda other: -sum(weights[tool] for tool in found[other]))[:MOST]
    return tuple(
        Related(
            _where_used(here, other, found[other]),
            tuple(here.link(tool, catalog.tools[tool].title) for tool in found[other]),
        )
        for other in best
    )


def _where_used(here: Here, cell: str, tools: list[str]) -> Link:
    """The way to a cell that has the tools itself: this one, or the one of its practice that has most of them."""
    practice = here.catalog.practices[ids.practice_of(cell)]
    counts = {other.id: len(set(tools) & set(here.catalog.tools_of[other.id])) for other in practice.cells}
    target = cell if counts[cell] else max(counts, key=lambda other: counts[other])
    return here.link(target, f"{here.catalog.place(target)}: {practice.title}")


def _tools_near(catalog: Catalog, cell: str) -> tuple[str, ...]:
    """The tools of a cell, or where it has none those of its practice."""
    practice = catalog.practices[ids.practice_of(cell)]
    own = catalog.tools_of[cell]
    return own or tuple(dict.fromkeys(tool for other in practice.cells for tool in catalog.tools_of[other.id]))


def similar_tools(here: Here, tool: str) -> tuple[Related, ...]:
    """Tools that are used in the same places; being the same kind of thing decides between equals."""
    catalog = here.catalog
    places = set(catalog.cells_with[tool])
    # Of those alike, no more than a page shows: all tools against all others would take hours where a cell has thousands.
    alike = {group[0]: group[: MOST + 1] for cell in places for group in catalog.alike_in[cell]}
    beside = {other for group in alike.values() for other in group} - {tool}
    together = {other: [cell for cell in catalog.cells_with[other] if cell in places] for other in beside}
    kind = catalog.tools[tool].type

    def nearness(other: str) -> tuple[float, bool, str]:
        near = len(together[other]) / len(places.union(catalog.cells_with[other]))
        return -near, catalog.tools[other].type != kind, catalog.tools[other].title.casefold()

    return tuple(
        Related(
            here.link(other, catalog.tools[other].title),
            tuple(here.link(cell, catalog.place(cell)) for cell in together[other][:MOST]),
            catalog.tools[other].purpose,
        )
        for other in sorted(together, key=nearness)[:MOST]
    )


def tools_of_domain(here: Here, domain: str) -> tuple[tuple[Link, int], ...]:
    """The tools used in a domain's practices, most used first, then by title."""
    catalog = here.catalog
    counts = Counter(tool for practice in catalog.practices_of[domain] for cell in practice.cells for tool in catalog.tools_of[cell.id])
    links = ((here.link(tool, catalog.tools[tool].title), number) for tool, number in counts.items())
    return tuple(sorted(links, key=lambda found: (-found[1], found[0].title.casefold())))


def steps_of_domain(here: Here, domain: str) -> tuple[Link, ...]:
    """The steps of the cycle that are linked to a domain's practices."""
    catalog = here.catalog
    overviews = [f"{practice.id}.{ids.OVERVIEW}" for practice in catalog.practices_of[domain]]
    linked = {step for overview in overviews for step in steps_of(catalog.companions, overview)}
    return tuple(here.link(step.id, step.title) for step in catalog.companions.cycle.steps if step.id in linked)
