"""Turns views into pages: one Markdown file for each address, by the templates in theme/pages/."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from markupsafe import Markup, escape

from generator.catalog import items
from generator.catalog.handout_list import Shelf
from generator.catalog.routes import PAGES, file_of, relative
from generator.catalog.site_page import OnePage, shortened
from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from generator.output.templates import COMPILED, compile_all, environment
from generator.pages import edit_links
from generator.views import page_views
from generator.views.page_views.page_context import FrameView, Inputs, PageContext
from generator.views.shared import menu, retired
from generator.views.shared.citation import Citations


@dataclass(frozen=True)
class Page:
    """A page's address, its title in the navigation and its Markdown."""

    address: str
    title: str
    text: str

    @property
    def path(self) -> PurePosixPath:
        """Where it stands below build/docs."""
        return file_of(self.address)


LONGEST = 160
"""About how many letters of a description search engines show."""

MATCHES = {"same words": "same words", "high": "a sure match", "medium": "a likely match", "low": "a possible match"}
"""How sure a link is, in words for readers."""


class Writer:
    """Renders templates with what every page needs: the edition, links to the fixed pages, the page at hand."""

    def __init__(self, root: Path, edition: Edition, shelf: Shelf) -> None:
        self.catalog = edition.catalog
        self.routes = edition.routes
        self.prose = edition.prose
        self.shelf = shelf
        self.forms = form_fields.forms(edition.catalog, edition.routes)
        self.settings = edition.settings
        self._citations = Citations(edition.catalog, edition.routes, edition.settings)
        self.environment = environment(root / "theme" / "pages", root / COMPILED)
        self._choosable = frozenset(single.id for single in items.singles(edition.catalog))
        self.environment.filters |= {"counted": _counted, "markdown": _markdown, "match": MATCHES.__getitem__}
        compile_all(self.environment)

    def page(self, page: OnePage, inputs: Inputs) -> Page:
        """One page: its template with the fields of its view, in the frame that is around every page."""
        here = PageContext(self.catalog, self.routes, page.address, self.shelf, page, inputs)
        frame = FrameView(
            edition=self.catalog.edition,
            title=page.title,
            description=shortened(page.description, LONGEST),
            citation=self._citations.of(page.address, page.title),
            changing=self._change(page),
            to={name: relative(page.address, target) for name, target in PAGES.items()},
            entry=menu.entry(here, page),
            root=relative(page.address, ""),
            choosable=self._choosable,
            no_longer_here=retired.gone(here),
        )
        text = self.environment.get_template(f"{page.row.template}.md.jinja").render({**vars(frame), **vars(view_of(here))})
        return Page(page.address, page.title, text)

    def _change(self, page: OnePage) -> tuple[str, str] | None:
        """The address at which a page's words can be changed, and the name of their file."""
        origin = edit_links.origin(self.catalog, page)
        where = self.settings.change(origin)
        return (where, origin.file) if where else None


def view_of(here: PageContext) -> object:
    """The view of the page at hand, made by the class that its row names."""
    module, _, name = here.at.row.view.partition(":")
    kind = getattr(importlib.import_module(f"{page_views.__name__}.{module}"), name)
    view: object = kind.of(here, here.at.subject.record) if here.at.row.of_records else kind.of(here)
    return view


def _markdown(text: str) -> Markup:
    """Plain text for a Markdown line: what Markdown or HTML would read as a sign is escaped."""
    return escape(re.sub(r"([\\`*_{}\[\]()#+.!|~^-])", r"\\\1", text))


def _counted(number: int, one: str, many: str | None = None) -> Markup:
    """2 and 'tool' to '2 tools'."""
    return escape(f"{number} {one if number == 1 else many or one + 's'}")
