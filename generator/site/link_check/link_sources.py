"""Who made a link: the line of a hand-written page, of the data or of the theme; the page itself where nothing else can be named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from generator.catalog.routes import PAGES
from generator.checks.checked_edition import Edition
from generator.model import ids, playbook
from generator.output import stylesheet
from generator.problems import Mark
from generator.site.link_check.page_links import INDEX, Reference

_SHEETS = {"assets/print.css": "theme/print/print.css"}
"""Files of the site that do not stand in theme/assets/ under their own name."""

_TEMPLATES = ("pages/*.jinja", "overrides/**/*.html")
"""What routes sets before an id that names something else too."""


class Makers:
    """Finds the line that made a link of the site in `folder`; the theme is read when something is wrong."""

    def __init__(self, root: Path, folder: Path, edition: Edition) -> None:
        self.root = root
        self.edition = edition
        self.folder = folder.relative_to(root).as_posix()
        self._found: dict[str, Mark | None] = {}

    def of_link(self, references: Sequence[Reference], target: str) -> Mark:
        """The line that made the links to one broken place: the surest that any of them gives."""
        ways: tuple[Callable[[Reference], Mark | None], ...] = (
            self._written,
            self._in_data,
            self._in_theme,
            lambda reference: self._places.get(target),
            self._around,
        )
        found = (mark for way in ways for reference in references if (mark := way(reference)))
        return next(found, Mark(f"{self.folder}/{references[0].file}", references[0].line))

    def of_anchor(self, file: str, anchor: str, line: int) -> Mark:
        """The line that made an anchor."""
        return self._places.get(f"{_page(file)}#{anchor}", Mark(f"{self.folder}/{file}", line))

    def of_asset(self, file: str) -> Mark | None:
        """A file of the theme, from its path on the site."""
        source = _SHEETS.get(file, f"theme/{file}")
        return Mark(source) if (self.root / source).is_file() else None

    def _written(self, reference: Reference) -> Mark | None:
        """In the hand-written page that stands there."""
        for prose in self.edition.prose.values():
            if prose.name in PAGES and PAGES[prose.name] == _page(reference.file):
                return _find({prose.file: prose.text}, reference.way)
        return None

    def _in_data(self, reference: Reference) -> Mark | None:
        """In a field that holds this address, or this name of a file."""
        return self._fields.get(reference.way) or self._fields.get(reference.way.rpartition("/")[2])

    def _in_theme(self, reference: Reference) -> Mark | None:
        if reference.file == f"assets/{stylesheet.FILE}":
            return self._style[reference.line - 1]
        if (asset := self.of_asset(reference.file)) is not None:
            return Mark(asset.file, reference.line)
        if reference.way not in self._found:
            self._found[reference.way] = _find(self._templates, reference.way)
        return self._found[reference.way]

    def _around(self, reference: Reference) -> Mark | None:
        """The record that the link stands in, or that its page shows."""
        page = _page(reference.file)
        addresses = (*(f"{page}#{anchor}" for anchor in reference.around), page)
        return next((self._places[address] for address in addresses if address in self._places), None)

    @cached_property
    def _style(self) -> Sequence[Mark]:
        """Where each line of the stylesheet is written."""
        return [Mark(f"theme/assets/{line.file}", line.number) for line in stylesheet.lines(self.root / "theme" / "assets")]

    @cached_property
    def _fields(self) -> Mapping[str, Mark]:
        """The addresses and names of files that the data holds."""
        catalog = self.edition.catalog
        values = ((record, field, getattr(record, field, None)) for record in catalog.records for field in ("url", "file"))
        return {value: catalog.place_of(record).mark(field) for record, field, value in values if isinstance(value, str)}

    @cached_property
    def _templates(self) -> Mapping[str, str]:
        paths = (path for pattern in _TEMPLATES for path in sorted((self.root / "theme").glob(pattern)))
        return {path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    @cached_property
    def _places(self) -> Mapping[str, Mark]:
        """Each address that a record has to the record's line."""
        catalog, routes = self.edition.catalog, self.edition.routes
        marks = {name: catalog.place_of(record).mark() for name, record in self._named()}
        found: dict[str, Mark] = {}
        for name in routes:
            bare = name if name in marks else ids.without_prefix(name)
            if bare in marks:
                found.setdefault(routes.address(name), marks[bare])
        return found

    def _named(self) -> Iterator[tuple[str, playbook.Record]]:
        for record in self.edition.catalog.records:
            if isinstance(name := getattr(record, "id", None), str):
                yield name, record
        yield from self.edition.catalog.all_carriers()
        yield from ((ids.section_id(section.cell), section) for section in self.edition.catalog.companions.sections)


def _page(file: str) -> str:
    """'about/index.html' to the address of its page: 'about/'."""
    return file.removesuffix(INDEX)


def _find(texts: Mapping[str, str], way: str) -> Mark | None:
    """Where a link with this address is written; else with the end of it, which is all that templates hold."""
    path, mark, anchor = way.partition("#")
    end = mark + anchor if anchor else re.sub(r"^.*/(?=[^/]+/?$)", "", path)
    for written in (way, end):
        link = re.compile(rf"""(?:\]\(|=["'])[^")]*?(?<![\w.-])({re.escape(written)})(?![\w/-])""")
        for file, text in texts.items():
            if not written.strip("./") or written not in text:
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if match := link.search(line):
                    return Mark(file, number, match.start(1) + 1)
    return None
