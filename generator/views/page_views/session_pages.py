"""The views of handouts, and of what is filled in on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.catalog.handout_list import STATUS, Format
from generator.model import ids, playbook
from generator.views import lists, practices
from generator.views.page_views.page_context import PageContext
from generator.views.shared import handout_files, parts, retired
from generator.views.shared.handout_files import Sheet
from generator.views.shared.parts import Link


@dataclass(frozen=True)
class HandoutsView:
    """handouts.md.jinja"""

    groups: tuple[tuple[str, tuple[Sheet, ...]], ...]
    practices: tuple[lists.DomainGroup, ...]
    levels: tuple[tuple[parts.Level, playbook.Level], ...]
    kinds: tuple[handout_files.Kind, ...]
    formats: Mapping[Format, str]
    paper: str

    @classmethod
    def of(cls, here: PageContext) -> HandoutsView:
        return cls(
            groups=handout_files.everything(here),
            practices=lists.domain_groups(here),
            levels=lists.levels_with_purpose(here),
            kinds=handout_files.kinds(here),
            formats=handout_files.FORMATS,
            paper=here.inputs.paper,
        )


@dataclass(frozen=True)
class ComposeView:
    """compose.md.jinja: a script makes the handout."""

    @classmethod
    def of(cls, here: PageContext) -> ComposeView:
        return cls()


@dataclass(frozen=True)
class SessionsView:
    """sessions.md.jinja"""

    groups: tuple[lists.DomainGroup, ...]
    ways: Mapping[str, str]
    """Each cell to its form."""
    forms: tuple[tuple[str, Link], ...]

    @classmethod
    def of(cls, here: PageContext) -> SessionsView:
        return cls(
            groups=lists.domain_groups(here),
            ways={cell: here.link(ids.reflection_id(cell), "").url for cell in here.catalog.cells},
            forms=tuple((form.id, here.link(form.id, form.title)) for form in here.catalog.companions.forms.values()),
        )


@dataclass(frozen=True)
class ReflectView:
    """reflect.md.jinja: the form of a cell."""

    cell: practices.Cell
    wording: Mapping[str, str]
    reading: str
    status: tuple[tuple[str, str], ...]
    handouts: tuple[Sheet, ...]
    no_longer_asked: tuple[retired.Gone, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Cell) -> ReflectView:
        return cls(
            cell=practices.cell(here, record),
            wording=here.inputs.forms[record.id].wording,
            reading=here.link(record.id, "").url,
            status=STATUS,
            handouts=handout_files.about(here, record.id),
            no_longer_asked=retired.gone_from(here, record.id),
        )


@dataclass(frozen=True)
class TeamView:
    """team.md.jinja: a script puts the answers side by side."""

    @classmethod
    def of(cls, here: PageContext) -> TeamView:
        return cls()
