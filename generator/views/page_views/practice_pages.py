"""The views of practices and of the ways into them: by domain, level and habit."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import ids, playbook
from generator.views import lists, practices
from generator.views.page_views.page_context import PageContext
from generator.views.shared import handout_files, parts, related
from generator.views.shared.handout_files import Sheet
from generator.views.shared.parts import Item, Link
from generator.views.shared.related_guides import Bearing, bearing


@dataclass(frozen=True)
class PracticesView:
    """practices.md.jinja"""

    groups: tuple[lists.DomainGroup, ...]
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext) -> PracticesView:
        return cls(lists.domain_groups(here), handout_files.about(here, "handouts"))


@dataclass(frozen=True)
class DomainsView:
    """domains.md.jinja"""

    groups: tuple[lists.DomainGroup, ...]
    domains: tuple[playbook.Domain, ...]

    @classmethod
    def of(cls, here: PageContext) -> DomainsView:
        return cls(lists.domain_groups(here), tuple(here.catalog.domains.values()))


@dataclass(frozen=True)
class DomainView:
    """domain.md.jinja"""

    domain: playbook.Domain
    tag: parts.DomainTag
    paragraphs: tuple[Item, ...]
    practices: tuple[lists.PracticeLine, ...]
    resources: tuple[tuple[Link, Item], ...]
    errata: tuple[Link, ...]
    tools: tuple[tuple[Link, int], ...]
    steps: tuple[Link, ...]
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Domain) -> DomainView:
        return cls(
            domain=record,
            tag=parts.domain_tag(here, record),
            paragraphs=parts.items(here, record.introduction),
            practices=tuple(lists.practice_line(here, practice) for practice in here.catalog.practices_of[record.id]),
            resources=lists.mentions_in(here, record.id),
            errata=here.errata(record.id),
            tools=related.tools_of_domain(here, record.id),
            steps=related.steps_of_domain(here, record.id),
            handouts=handout_files.about(here, record.id),
        )


@dataclass(frozen=True)
class PracticeView:
    """practice.md.jinja: a practice with its overview."""

    practice: practices.Practice
    bearing: Bearing
    related: tuple[related.Related, ...]
    handouts: tuple[Sheet, ...]
    form: str
    terms: tuple[Link, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Practice) -> PracticeView:
        overview = record.cells[0]
        return cls(
            practice=practices.practice(here, record),
            bearing=bearing(here, overview.id),
            related=related.by_tools(here, overview.id),
            handouts=handout_files.about(here, overview.id),
            form=here.link(ids.reflection_id(overview.id), "").url,
            terms=practices.terms(here, overview),
        )


@dataclass(frozen=True)
class CellView:
    """cell.md.jinja: a practice at a level."""

    cell: practices.Cell
    bearing: Bearing
    related: tuple[related.Related, ...]
    form: str
    handouts: tuple[Sheet, ...]
    terms: tuple[Link, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Cell) -> CellView:
        return cls(
            cell=practices.cell(here, record),
            bearing=bearing(here, record.id),
            related=related.by_tools(here, record.id),
            form=here.link(ids.reflection_id(record.id), "").url,
            handouts=handout_files.about(here, record.id),
            terms=practices.terms(here, record),
        )


@dataclass(frozen=True)
class LevelsView:
    """levels.md.jinja"""

    levels: tuple[tuple[parts.Level, playbook.Level], ...]

    @classmethod
    def of(cls, here: PageContext) -> LevelsView:
        return cls(lists.levels_with_purpose(here))


@dataclass(frozen=True)
class LevelView:
    """level.md.jinja"""

    level: playbook.Level
    view: parts.Level
    groups: tuple[lists.DomainGroup, ...]
    tools: tuple[tuple[lists.ToolLine, tuple[lists.CellLink, ...]], ...]
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Level) -> LevelView:
        return cls(
            level=record,
            view=next(found for found in parts.levels(here) if found.id == record.id),
            groups=lists.domain_groups(here),
            tools=lists.tools_at(here, record.id),
            handouts=handout_files.about(here, record.id),
        )


@dataclass(frozen=True)
class HabitsView:
    """habits.md.jinja"""

    columns: tuple[tuple[Link, playbook.Column], ...]

    @classmethod
    def of(cls, here: PageContext) -> HabitsView:
        return cls(lists.habits(here))


@dataclass(frozen=True)
class HabitView:
    """habit.md.jinja"""

    column: playbook.Column
    practices: tuple[lists.PracticeItems, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Column) -> HabitView:
        return cls(record, lists.statements_under(here, record.id))
