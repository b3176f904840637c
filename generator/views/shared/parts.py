"""The parts that pages share: links, statements, questions, tool uses, each with its anchor, source and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalog.handout_list import Shelf
from generator.catalog.index import Catalog
from generator.catalog.page_table import answering
from generator.catalog.routes import Routes, relative
from generator.model import ids, playbook
from generator.model.guides import Identified
from generator.views.shared.web_links import Outward, outward


@dataclass(frozen=True)
class Link:
    """A title and the way to it from the page at hand."""

    title: str
    url: str


@dataclass(frozen=True)
class Here:
    """The page at hand: everything that turns an id into a link from it."""

    catalog: Catalog
    routes: Routes
    page: str
    shelf: Shelf

    def link(self, record: str, title: str) -> Link:
        """A link to a record's address."""
        return Link(title, self.routes.link(self.page, record))

    def way(self, record: str) -> str:
        """The way to a record, or to where its old address says what became of it."""
        if record in self.routes:
            return self.routes.link(self.page, record)
        return relative(self.page, answering(self.catalog.retired[record].addresses[0]))

    def errata(self, record: str) -> tuple[Link, ...]:
        """Links to what is noted about a record."""
        found = self.catalog.errata_about.get(record, ())
        return tuple(self.link(ids.erratum_id(erratum.id), erratum.title) for erratum in found)


@dataclass(frozen=True)
class Level:
    """A level as a link; `storeys` draws its mark."""

    id: str
    title: str
    url: str
    storeys: int


@dataclass(frozen=True)
class DomainTag:
    """A domain's badge: its number, so that nothing depends on its color."""

    id: str
    number: str
    title: str
    url: str


@dataclass(frozen=True)
class Item:
    """One paragraph, statement or question: what it says, in one or more texts, and where it comes from."""

    id: str
    anchor: str
    url: str
    said: tuple[str, ...]
    pages: tuple[int, ...]
    lines: tuple[str, ...]
    framework: bool
    ours: bool
    errata: tuple[Link, ...]
    points: tuple[Item, ...]

    @property
    def lead(self) -> str:
        """Its first sentence, which stands out; empty where that is long and all that its first text says."""
        text = self.said[0] if self.said else ""
        if found := _FIRST_SENTENCE.match(text):
            return found[0]
        return text if len(text) <= _SHORT else ""

    @property
    def rest(self) -> str:
        """What its first text says after the lead."""
        return self.said[0].removeprefix(self.lead).lstrip()


_FIRST_SENTENCE = re.compile(r".+?\w{3,}[.?!][”’)]*(?= [“‘(]?[A-Z])")
"""A sentence that another one follows. Three letters before its end: 'U.S.' and 'e.g.' end none."""

_SHORT = 80
"""At most as many letters may stand out where nothing follows them."""


@dataclass(frozen=True)
class ToolLink:
    """A tool with its ways out; none where no address is printed and none has taken its place. `ours` where we added it."""

    id: str
    title: str
    type: str
    url: str
    outward: Outward | None
    ours: bool


@dataclass(frozen=True)
class Place:
    """A box of the strip of all practices: whether something is found in this one."""

    code: str
    domain: str
    found: bool


@dataclass(frozen=True)
class ToolUse:
    """A tool and how to use it in one place; `places` counts all places, and `strip` shows in which practices they are."""

    tool: ToolLink
    item: Item
    places: int
    strip: tuple[Place, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The practices that use it: '1A'."""
        return tuple(place.code for place in self.strip if place.found)


def item(here: Here, record: playbook.Cited, name: str, points: Iterable[Item] = ()) -> Item:
    """The view of a record with words; `name` is its public id."""
    return Item(
        id=name,
        anchor=here.routes.anchor(name),
        url=here.routes.link(here.page, name),
        said=record.said,
        pages=here.catalog.pages(record),
        lines=_lines(here.catalog, record),
        framework=name in here.catalog.framework_statements,
        ours=getattr(record, "origin", "") == "site",
        errata=here.errata(name),
        points=tuple(points),
    )


def items(here: Here, records: Iterable[Identified | playbook.Paragraph | playbook.Question]) -> tuple[Item, ...]:
    """The views of records that have ids of their own."""
    return tuple(item(here, record, record.id) for record in records)


def _lines(catalog: Catalog, record: playbook.Cited) -> tuple[str, ...]:
    """The lines of a record's items where their document has no pages: '17', '20 to 24'."""
    if catalog.pages(record):
        return ()
    return tuple(str(first) if first == last else f"{first} to {last}" for first, last in catalog.lines(record))


def statements(here: Here, records: Iterable[playbook.Statement]) -> tuple[Item, ...]:
    """The statements of a column; those that continue a list stand inside its head."""
    records = tuple(records)
    return tuple(
        item(here, record, record.id, (item(here, point, point.id) for point in records if point.part_of == record.id))
        for record in records
        if not record.part_of
    )


def tool_link(here: Here, tool: playbook.Tool) -> ToolLink:
    """A tool's page and its ways out."""
    ours = tool.origin == "site"
    ways = outward(here.catalog, tool.url, tool.replaced_by, printed=not ours)
    return ToolLink(tool.id, tool.title, tool.type, here.routes.link(here.page, tool.id), ways, ours)


def tool_use(here: Here, record: playbook.ToolUse, name: str) -> ToolUse:
    """A tool use; `name` is its public id."""
    uses = here.catalog.uses_of[record.tool]
    found = strip(here.catalog, (ids.practice_of(use) for use, _ in uses))
    return ToolUse(tool_link(here, here.catalog.tools[record.tool]), item(here, record, name), len(uses), found)


def strip(catalog: Catalog, practices: Iterable[str]) -> tuple[Place, ...]:
    """All practices in their order, with those marked in which something is found."""
    found = set(practices)
    return tuple(Place(ids.code(practice.id), ids.domain_number(practice.domain), practice.id in found) for practice in catalog.practices.values())


def domain_tag(here: Here, domain: playbook.Domain) -> DomainTag:
    """A domain's badge and link."""
    return DomainTag(domain.id, ids.domain_number(domain.id), domain.title, here.routes.link(here.page, domain.id))


def levels(here: Here) -> tuple[Level, ...]:
    """The levels, with one storey more for each."""
    ordered = enumerate(here.catalog.levels.values(), 1)
    return tuple(Level(level.id, level.title, here.routes.link(here.page, level.id), storeys) for storeys, level in ordered)


def called(catalog: Catalog, record: str) -> str:
    """A record's name for a list of links."""
    for titled in (
        catalog.domains,
        catalog.tools,
        catalog.resources,
        catalog.levels,
        catalog.columns,
        catalog.companions.steps,
        catalog.companions.forms,
    ):
        if record in titled:
            return str(titled[record].title)
    if ids.is_term(record):
        return catalog.terms[ids.without_prefix(record)].term
    if record in catalog.practices:
        return f"practice {ids.code(record)}"
    if ids.begins(record) in catalog.practices:
        words = catalog.place(ids.cell_of(record))
        inside = ids.inside_in_words(record)
        return f"{words}, {inside}" if inside else words
    return ids.as_words(record)
