"""Which handouts exist: what each prints, the formats it comes in, and the page that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from generator.catalog.index import Catalog
from generator.model import ids

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)

KINDS = {
    "practice": "Touch points and questions",
    "touch-points": "Touch point sheet",
    "reflection": "Reflection sheet",
    "packet": "Packet",
    "future-states": "Future states",
    "planning-template": "Planning template",
    "coaching": "Coaching questions",
    "self-reflection": "LEA self-reflection",
    "fishbone": "Fishbone",
    "form": "Form",
}
"""Each kind's title, in the order of the handouts page."""


STATUS = (("doing", "doing"), ("starting", "starting"), ("not-yet", "not yet"))
"""How far a touch point is: the value that forms keep, and the words that people read."""


@dataclass(frozen=True)
class Handout:
    """Something to print, fill in or edit; `about` is the record that it prints, `parts` are the handouts that a packet holds."""

    id: str
    kind: str
    title: str
    about: str
    formats: tuple[Format, ...]
    cell: str = ""
    parts: tuple[str, ...] = ()

    def file(self, form: Format) -> str:
        """Its file in one format: '1a-school.pdf'."""
        return f"{self.id}.{form}"


@dataclass(frozen=True)
class File:
    """A finished file: its size in bytes, and its pages, 0 where only the program that opens it knows."""

    size: int
    pages: int


@dataclass(frozen=True)
class Shelf:
    """All handouts, in the order of the site; `files` are those that are made, by their names."""

    catalog: Catalog
    files: Mapping[str, File] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Handout]:
        return iter(self.handouts.values())

    def about(self, *records: str) -> tuple[Handout, ...]:
        """The handouts of these records."""
        return tuple(handout for record in records for handout in self._of.get(record, ()))

    @cached_property
    def _of(self) -> Mapping[str, Sequence[Handout]]:
        found: dict[str, list[Handout]] = defaultdict(list)
        for handout in self:
            found[handout.about].append(handout)
        return found

    @cached_property
    def handouts(self) -> dict[str, Handout]:
        """Each handout by its id."""
        cells = {cell: tuple(_of_cell(self.catalog, cell)) for cell in self.catalog.cells}
        sheets = [sheet for found in cells.values() for sheet in found]
        return {handout.id: handout for handout in (*sheets, *_packets(self.catalog, cells), *_guides(self.catalog))}


def _of_cell(catalog: Catalog, cell: str) -> Iterator[Handout]:
    """The sheets of a cell; the first is the fullest."""
    name, words = ids.as_anchor(cell), catalog.place(cell)
    if catalog.cells[cell].questions:
        yield Handout(name, "practice", f"{words}: touch points and questions", cell, ("pdf", "docx"), cell)
    yield Handout(f"{name}-touch-points", "touch-points", f"{words}: touch point sheet", cell, FORMATS, cell)
    if catalog.cells[cell].questions:
        yield Handout(f"{name}-reflection", "reflection", f"{words}: reflection sheet", cell, ("pdf", "docx"), cell)


def _packets(catalog: Catalog, cells: dict[str, tuple[Handout, ...]]) -> Iterator[Handout]:
    """A packet holds the fullest sheet of each of its cells."""

    def packet(name: str, title: str, about: str, chosen: Iterator[str]) -> Handout:
        return Handout(f"packet-{name}", "packet", title, about, ("pdf",), parts=tuple(cells[cell][0].id for cell in chosen))

    for domain in catalog.domains.values():
        inside = (cell.id for practice in catalog.practices_of[domain.id] for cell in practice.cells)
        yield packet(domain.slug, f"Domain {ids.domain_number(domain.id)}, {domain.title}: all sheets", domain.id, inside)
    for level in catalog.levels.values():
        inside = (cell for cell in cells if ids.level_of(cell) == level.id)
        yield packet(level.id, f"{level.title} level: all sheets", level.id, inside)
    yield packet("all", "All practices at all levels: all sheets", "handouts", iter(cells))


def _guides(catalog: Catalog) -> Iterator[Handout]:
    found = catalog.companions
    for section in found.sections:
        name = f"{ids.as_anchor(section.cell)}-future-states"
        yield Handout(
            name, "future-states", f"{catalog.place(section.cell)}: future states", ids.section_id(section.cell), ("pdf", "docx"), section.cell
        )
    for coached in found.coaching.sets:
        yield Handout(ids.as_anchor(coached.id), "coaching", f"{coached.title}: coaching questions (Tool B)", coached.id, ("pdf", "docx"))
    yield Handout(found.rubric.id, "self-reflection", f"{found.rubric.title} (Tool C)", found.rubric.id, FORMATS)
    for form in found.forms.values():
        kind = form.id if form.id in KINDS else "form"
        yield Handout(form.id, kind, form.title, form.id, FORMATS if kind == "planning-template" else ("pdf", "docx"))
