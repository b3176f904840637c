"""What views are made from: the page at hand with what all pages share, and the frame that is around each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.catalog.site_page import OnePage
from generator.checks.prose_pages import Prose
from generator.external_links.addresses import Address
from generator.forms.form_fields import FormBlanks
from generator.model import playbook
from generator.views.shared.citation import Citation
from generator.views.shared.menu import MenuEntry
from generator.views.shared.parts import Here
from generator.views.shared.retired import Gone


@dataclass(frozen=True)
class DataFile:
    """A file for other programs; `size` in bytes."""

    file: str
    about: str
    rows: int
    size: int


@dataclass(frozen=True)
class Inputs:
    """What pages show beside the records of data/, made once for all pages."""

    prose: Mapping[str, Prose]
    """The hand-written pages, by the keys of their rows."""
    forms: Mapping[str, FormBlanks]
    """The forms with their blanks, by id."""
    paper: str
    """The paper of the handouts: 'US Letter'."""
    address: str
    """The address of the site."""
    outside: tuple[Address, ...]
    """All addresses outside of the site."""
    json_size: int
    """The size of playbook.json in bytes."""
    tables: tuple[DataFile, ...]
    """The CSV files."""
    found_as: Mapping[str, str]
    """What the search calls each address that it leads to."""


@dataclass(frozen=True)
class PageContext(Here):
    """The page at hand with all that its view may be made from."""

    at: OnePage
    inputs: Inputs

    def words(self) -> Markup:
        """The hand-written words of the page at hand."""
        return Markup(self.inputs.prose[self.at.id].linked(self.routes, self.page))


@dataclass(frozen=True)
class FrameView:
    """What each page shows around its own view: _page.jinja."""

    edition: playbook.Edition
    title: str
    description: str
    citation: Citation
    changing: tuple[str, str] | None
    """The address at which the page's words can be changed, and the name of their file."""
    to: Mapping[str, str]
    """The way to each page that is no record's own."""
    entry: MenuEntry | None
    root: str
    """The way to the site's root."""
    choosable: frozenset[str]
    """The ids of all items that can be put into a handout."""
    no_longer_here: tuple[Gone, ...]
