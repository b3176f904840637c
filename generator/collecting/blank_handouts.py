"""The handouts as the site gives them out, made when a filled-in one has to be laid beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from generator.catalog.handout_list import Handout, Shelf
from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.collecting.readers import package
from generator.collecting.readers.package import Package
from generator.handouts import excel
from generator.handouts.html import Printer
from generator.handouts.word.document import document
from generator.project.settings import Settings


@dataclass
class BlankHandouts:
    """Makes each when it is asked for, and keeps it."""

    root: Path
    catalog: Catalog
    routes: Routes
    settings: Settings
    _made: dict[tuple[str, str], Package] = field(default_factory=dict)

    def has(self, title: str) -> bool:
        """Whether a handout has this title."""
        return any(handout.title == title for handout in self._shelf)

    def like(self, title: str, forms: Collection[str], kind: Literal["docx", "xlsx"]) -> Iterator[Package]:
        """The files of this kind with this title; if there are none, those of these forms."""
        of_kind = [handout for handout in self._shelf if kind in handout.formats]
        for handout in [one for one in of_kind if one.title == title] or [one for one in of_kind if one.about in forms]:
            if (handout.id, kind) not in self._made:
                self._made[handout.id, kind] = package.opened(self._file(handout, kind))
            yield self._made[handout.id, kind]

    def _file(self, handout: Handout, kind: Literal["docx", "xlsx"]) -> bytes:
        day = str(self.catalog.edition.date)
        return document(self._printer.sheet(handout), day) if kind == "docx" else excel.workbook(self._printer.book(handout), day)

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self.catalog)

    @cached_property
    def _printer(self) -> Printer:
        return Printer(self.root, self.catalog, self.routes, self.settings)
