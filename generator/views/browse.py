"""The browse page: every single item in its place, and the facets to choose by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.catalog import items
from generator.catalog.index import PLAYBOOK
from generator.catalog.items import KINDS, Single
from generator.model import ids
from generator.views.shared.parts import DomainTag, Here, Item, domain_tag, item

FACETS = {
    "kind": "Kind",
    "domain": "Domain",
    "practice": "Practice",
    "level": "Level",
    "habit": "Habit",
    "tool": "Tool",
    "step": "Step of the cycle",
    "source": "Source",
}
"""What the items can be chosen by, each with its title, in the order of the page."""


@dataclass(frozen=True)
class Option:
    """One value of a facet, and how many items have it."""

    value: str
    title: str
    number: int


@dataclass(frozen=True)
class Facet:
    """Something to choose by."""

    id: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Row:
    """One item of the list; `values` are what it has of each facet, `notes` what else tells where it stands."""

    item: Item
    texts: tuple[str, ...]
    under: str
    kind: str
    notes: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """The items of one cell, or of the coaching at one step."""

    title: str
    url: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """A practice with its cells, or the coaching with its steps."""

    id: str
    title: str
    domain: DomainTag | None
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Browse:
    """All of the page."""

    facets: tuple[Facet, ...]
    groups: tuple[Group, ...]
    number: int


def browse(here: Here) -> Browse:
    """Every single item by practice and level; the coaching, which belongs to no practice, comes last."""
    found = tuple((single, _values(here, single)) for single in items.singles(here.catalog))
    groups = groupby(found, key=lambda pair: pair[0].practice)
    return Browse(_facets(here, [values for _, values in found]), tuple(_group(here, practice, pairs) for practice, pairs in groups), len(found))


def _values(here: Here, single: Single) -> dict[str, tuple[str, ...]]:
    domain = here.catalog.practices[single.practice].domain if single.practice else ""
    one = {"kind": single.kind, "domain": domain, "practice": single.practice, "habit": single.habit, "source": single.source}
    values = {name: (value,) if value else () for name, value in one.items()}
    return values | {"level": single.levels, "tool": single.tools, "step": single.steps}


def _facets(here: Here, found: list[dict[str, tuple[str, ...]]]) -> tuple[Facet, ...]:
    """Each facet with the options that some item has."""
    titles = _titles(here)
    counts = {name: Counter(value for values in found for value in values[name]) for name in FACETS}
    return tuple(
        Facet(name, title, tuple(Option(value, said, counts[name][value]) for value, said in titles[name].items() if counts[name][value]))
        for name, title in FACETS.items()
    )


def _titles(here: Here) -> dict[str, dict[str, str]]:
    """Each facet's values with their titles, in the order of the playbook."""
    catalog = here.catalog
    return {
        "kind": KINDS,
        "domain": {domain.id: f"{ids.domain_number(domain.id)} {domain.title}" for domain in catalog.domains.values()},
        "practice": {practice.id: f"{ids.code(practice.id)} {practice.title}" for practice in catalog.practices.values()},
        "level": {ids.OVERVIEW: "Overview", **{level.id: level.title for level in catalog.levels.values()}},
        "habit": {column.id: column.title for column in catalog.columns.values()},
        "tool": {tool.id: tool.title for tool in sorted(catalog.tools.values(), key=lambda tool: tool.title.casefold())},
        "step": {step.id: step.title for step in catalog.companions.cycle.steps},
        "source": {document: source_title(document) for document in (*catalog.documents, items.OURS)},
    }


def source_title(document: str) -> str:
    """A document's short name: 'improvement-cycle-guide' to 'Improvement cycle guide'."""
    return "Added by this edition" if document == items.OURS else document.replace("-", " ").capitalize()


def _group(here: Here, practice: str, pairs: Iterable[tuple[Single, dict[str, tuple[str, ...]]]]) -> Group:
    sections = tuple(
        Section(title, here.routes.link(here.page, of), tuple(_row(here, single, values) for single, values in inside))
        for (title, of), inside in groupby(pairs, key=lambda pair: _section(here, pair[0]))
    )
    if not practice:
        return Group("coaching", "Coaching questions of the improvement cycle", None, sections)
    record = here.catalog.practices[practice]
    return Group(f"p{practice}", f"{ids.code(practice)} {record.title}", domain_tag(here, here.catalog.domains[record.domain]), sections)


def _section(here: Here, single: Single) -> tuple[str, str]:
    """The title of the section that an item stands in, and the record that the section is about."""
    about = f"{single.practice}.{single.levels[0]}" if single.practice else here.catalog.companions.sets_of[single.steps[0]].id
    return items.place(here.catalog, single), about


def _row(here: Here, single: Single, values: dict[str, tuple[str, ...]]) -> Row:
    catalog = here.catalog
    notes = []
    if single.habit:
        notes.append(catalog.columns[single.habit].title)
    if not single.practice:
        notes.append(", ".join(single.levels))
    if single.source != PLAYBOOK:
        notes.append(source_title(single.source))
    found = item(here, single.record, single.id)
    if found.pages:
        notes.append(f"p.\u00a0{', '.join(map(str, found.pages))}")
    kind = ": ".join((KINDS[single.kind], *(catalog.tools[tool].title for tool in single.tools)))
    texts = single.texts or ("The playbook names the tool here without saying how to use it.",)
    return Row(found, texts, single.under, kind, tuple(notes), values)
