"""The menu on a page: the entry that it is in, and the pages that this entry holds."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalog.page_table import ENTRIES
from generator.catalog.site_page import OnePage
from generator.views.shared.parts import Here


@dataclass(frozen=True)
class MenuLine:
    """A page in the menu; `summary` says in one line what is there."""

    label: str
    url: str
    summary: str
    current: bool


@dataclass(frozen=True)
class MenuEntry:
    """One of the entries of the menu with the pages that it holds, its own page first."""

    label: str
    pages: tuple[MenuLine, ...]


def entry(here: Here, page: OnePage) -> MenuEntry | None:
    """The entry that holds a page; None for pages of single records, and those that the menu does not show."""
    if not page.row.entry:
        return None
    inside = (other for other in here.routes.pages if other.row.entry == page.row.entry)
    lines = (MenuLine(other.label, here.routes.link(here.page, other.id), other.summary, other is page) for other in inside)
    return MenuEntry(ENTRIES[page.row.entry], tuple(lines))
