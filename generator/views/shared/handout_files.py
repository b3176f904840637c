"""Handouts as pages list them: what each is, and its files with their sizes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalog.handout_list import KINDS, Format, Handout
from generator.catalog.routes import HANDOUTS, relative
from generator.model import ids
from generator.views.shared.parts import Here

FORMATS: dict[Format, str] = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
"""What people call the formats."""


PURPOSES = {
    "practice": "The whole page, to read and talk about",
    "touch-points": "To rate: doing, starting, not yet",
    "reflection": "Questions with room to write",
    "packet": "All sheets of a domain or a level",
    "future-states": "What it looks like when it works",
    "planning-template": "The plan of a school, and its reports",
    "coaching": "One set for each step of the cycle",
    "self-reflection": "Four levels each, room for evidence",
    "fishbone": "Find root causes together",
}
"""What a kind is for, in a few words."""


@dataclass(frozen=True)
class Kind:
    """A kind of handout: what it is for, and how many there are."""

    id: str
    title: str
    purpose: str
    count: int


@dataclass(frozen=True)
class File:
    """A file to take: 'PDF', '2 pages, 68 KB', '2 pages'; size and pages are empty where they are not known."""

    form: str
    name: str
    url: str
    size: str
    pages: str


@dataclass(frozen=True)
class Sheet:
    """A handout with its files; practice and level are empty where it has none."""

    id: str
    kind: str
    kind_title: str
    title: str
    practice: str
    level: str
    files: tuple[File, ...]


def about(here: Here, *records: str) -> tuple[Sheet, ...]:
    """The handouts of these records."""
    return sheets(here, here.shelf.about(*records))


def everything(here: Here) -> tuple[tuple[str, tuple[Sheet, ...]], ...]:
    """All handouts under their heads: packets, each practice, guides and forms."""
    found = sheets(here, here.shelf)
    packets = tuple(sheet for sheet in found if sheet.kind == "packet")
    inside: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in found:
        inside[sheet.practice].append(sheet)
    cells = [(f"{ids.code(practice.id)} {practice.title}", tuple(inside[practice.id])) for practice in here.catalog.practices.values()]
    others = tuple(sheet for sheet in found if not sheet.practice and sheet.kind != "packet")
    return (("Packets", packets), *cells, ("Improvement cycle: coaching and forms", others))


def kinds(here: Here) -> tuple[Kind, ...]:
    """All kinds of which there is a handout."""
    numbers = Counter(handout.kind for handout in here.shelf)
    return tuple(Kind(kind, title, PURPOSES.get(kind, ""), numbers[kind]) for kind, title in KINDS.items() if numbers[kind])


def sheets(here: Here, handouts: Iterable[Handout]) -> tuple[Sheet, ...]:
    """Handouts with links from the page at hand."""
    return tuple(_sheet(here, handout) for handout in handouts)


def _sheet(here: Here, handout: Handout) -> Sheet:
    level = ids.level_of(handout.cell) or ids.OVERVIEW if handout.cell else handout.about if handout.about in here.catalog.levels else ""
    return Sheet(
        id=handout.id,
        kind=handout.kind,
        kind_title=KINDS[handout.kind],
        title=handout.title,
        practice=ids.practice_of(handout.cell) if handout.cell else "",
        level=level,
        files=tuple(
            File(form, FORMATS[form], relative(here.page, HANDOUTS + name), _size(here, name), _pages(here, name))
            for form in handout.formats
            for name in (handout.file(form),)
        ),
    )


def _size(here: Here, name: str) -> str:
    """'2 pages, 68 KB'; empty for a file that is not made yet."""
    file = here.shelf.files.get(name)
    return ", ".join(filter(None, (_pages(here, name), weight(file.size)))) if file else ""


def _pages(here: Here, name: str) -> str:
    """'2 pages'; empty where only the program that opens the file knows."""
    file = here.shelf.files.get(name)
    return f"{file.pages} page{'s' if file.pages > 1 else ''}" if file and file.pages else ""


def weight(size: int) -> str:
    """A file's size as people say it: '68 KB'."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"
