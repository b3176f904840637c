"""The views of the home page, the pages written by hand, and those that show the edition as one list or table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.model import playbook
from generator.views import browse, lists
from generator.views.page_views.page_context import PageContext
from generator.views.shared import parts
from generator.views.shared.parts import Link


@dataclass(frozen=True)
class HomeCounts:
    """How much the edition holds."""

    tools: int
    questions: int


@dataclass(frozen=True)
class HomeView:
    """home.md.jinja"""

    words: Markup
    groups: tuple[lists.DomainGroup, ...]
    levels: tuple[tuple[parts.Level, playbook.Level], ...]
    columns: tuple[tuple[Link, playbook.Column], ...]
    counts: HomeCounts

    @classmethod
    def of(cls, here: PageContext) -> HomeView:
        counts = HomeCounts(len(here.catalog.tools), sum(len(cell.questions) for cell in here.catalog.cells.values()))
        return cls(here.words(), lists.domain_groups(here), lists.levels_with_purpose(here), lists.habits(here), counts)


@dataclass(frozen=True)
class ProseView:
    """prose.md.jinja"""

    words: Markup

    @classmethod
    def of(cls, here: PageContext) -> ProseView:
        return cls(here.words())


@dataclass(frozen=True)
class AboutView:
    """about.md.jinja"""

    words: Markup
    paragraphs: tuple[parts.Item, ...]
    groups: tuple[lists.DomainGroup, ...]
    columns: tuple[tuple[Link, playbook.Column], ...]

    @classmethod
    def of(cls, here: PageContext) -> AboutView:
        paragraphs = parts.items(here, here.catalog.paragraphs)
        return cls(here.words(), paragraphs, lists.domain_groups(here), lists.habits(here))


@dataclass(frozen=True)
class SearchView:
    """search.md.jinja: a script shows what is found."""

    @classmethod
    def of(cls, here: PageContext) -> SearchView:
        return cls()


@dataclass(frozen=True)
class BrowseView:
    """browse.md.jinja"""

    browse: browse.Browse

    @classmethod
    def of(cls, here: PageContext) -> BrowseView:
        return cls(browse.browse(here))


@dataclass(frozen=True)
class MatrixView:
    """matrix.md.jinja"""

    groups: tuple[lists.DomainGroup, ...]

    @classmethod
    def of(cls, here: PageContext) -> MatrixView:
        return cls(lists.domain_groups(here))
