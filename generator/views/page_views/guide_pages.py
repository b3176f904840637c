"""The views of the companion guides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.forms.layout import Part, parts
from generator.model import guides, ids
from generator.views import guide_parts
from generator.views.page_views.page_context import PageContext
from generator.views.shared import handout_files
from generator.views.shared.handout_files import Sheet
from generator.views.shared.parts import Item, Level, Link, item, items, levels
from generator.views.shared.related_guides import Bearing, bearing_on_section


@dataclass(frozen=True)
class Live:
    """What a form makes of its answers while they are typed, by the script in theme/assets/ that bears its id."""

    title: str
    drawn: bool


LIVE = {
    "five-whys": Live("From symptom to cause", drawn=True),
    "fishbone": Live("Your fishbone", drawn=True),
    "theory-of-action": Live("Your theory of action", drawn=False),
}


@dataclass(frozen=True)
class GuidesView:
    """guides.md.jinja"""

    @classmethod
    def of(cls, here: PageContext) -> GuidesView:
        return cls()


@dataclass(frozen=True)
class LeadershipView:
    """leadership.md.jinja"""

    passages: tuple[Item, ...]
    sections: tuple[guide_parts.SectionLine, ...]
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext) -> LeadershipView:
        found = here.catalog.companions
        return cls(
            passages=items(here, found.leadership_introduction),
            sections=guide_parts.section_lines(here),
            handouts=handout_files.about(here, *(ids.section_id(section.cell) for section in found.sections)),
        )


@dataclass(frozen=True)
class SectionView:
    """section.md.jinja: a practice at a level in the leadership guide."""

    section: guide_parts.Section
    bearing: Bearing
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext, record: guides.LeadershipSection) -> SectionView:
        return cls(
            section=guide_parts.section(here, record),
            bearing=bearing_on_section(here, record.cell),
            handouts=handout_files.about(here, ids.section_id(record.cell)),
        )


@dataclass(frozen=True)
class CycleView:
    """cycle.md.jinja"""

    steps: tuple[guide_parts.Step, ...]
    introduction: tuple[Item, ...]
    conclusion: tuple[Item, ...]
    references: tuple[tuple[guides.Reference, Item], ...]

    @classmethod
    def of(cls, here: PageContext) -> CycleView:
        cycle = here.catalog.companions.cycle
        return cls(
            steps=tuple(guide_parts.step(here, step) for step in cycle.steps),
            introduction=items(here, cycle.introduction),
            conclusion=items(here, cycle.conclusion),
            references=_references(here, cycle.references),
        )


def _references(here: PageContext, references: tuple[guides.Reference, ...]) -> tuple[tuple[guides.Reference, Item], ...]:
    return tuple((reference, item(here, reference, reference.id)) for reference in references)


@dataclass(frozen=True)
class StepView:
    """step.md.jinja"""

    step: guide_parts.Step
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext, record: guides.Step) -> StepView:
        return cls(guide_parts.step(here, record), guide_parts.step_handouts(here, record))


@dataclass(frozen=True)
class CoachingView:
    """coaching.md.jinja"""

    introduction: tuple[Item, ...]
    sets: tuple[guide_parts.CoachingSet, ...]
    levels: tuple[Level, ...]
    count: int
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext) -> CoachingView:
        found = here.catalog.companions
        return cls(
            introduction=items(here, found.coaching.introduction),
            sets=guide_parts.coaching(here),
            levels=levels(here),
            count=len(found.coaching_items),
            handouts=handout_files.about(here, *(coached.id for coached in found.coaching.sets)),
        )


@dataclass(frozen=True)
class RubricView:
    """rubric.md.jinja: the LEA self-reflection."""

    introduction: tuple[Item, ...]
    domains: tuple[guide_parts.RubricDomain, ...]
    count: int
    form: str
    wording: Mapping[str, str]
    levels: tuple[tuple[str, str], ...]
    handouts: tuple[Sheet, ...]
    closing: Item

    @classmethod
    def of(cls, here: PageContext) -> RubricView:
        rubric = here.catalog.companions.rubric
        return cls(
            introduction=items(here, rubric.introduction),
            domains=guide_parts.rubric(here),
            count=len(here.catalog.companions.elements),
            form=rubric.id,
            wording=here.inputs.forms[rubric.id].wording,
            levels=tuple((level.id, level.title) for level in rubric.levels),
            handouts=handout_files.about(here, rubric.id),
            closing=item(here, rubric.closing, rubric.closing.id),
        )


@dataclass(frozen=True)
class FormsView:
    """forms.md.jinja"""

    forms: tuple[tuple[Link, guides.Form], ...]
    handouts: tuple[Sheet, ...]

    @classmethod
    def of(cls, here: PageContext) -> FormsView:
        found = here.catalog.companions.forms
        return cls(tuple((here.link(form.id, form.title), form) for form in found.values()), handout_files.about(here, *found))


@dataclass(frozen=True)
class FormView:
    """form.md.jinja"""

    form: guides.Form
    parts: tuple[Part, ...]
    wording: Mapping[str, str]
    live: Live | None
    handouts: tuple[Sheet, ...]
    steps: tuple[tuple[Link, int | None], ...]
    """Each step that it is part of, with its number."""
    errata: tuple[Link, ...]

    @classmethod
    def of(cls, here: PageContext, record: guides.Form) -> FormView:
        found = here.catalog.companions.steps
        return cls(
            form=record,
            parts=parts(record, here.catalog.practices),
            wording=here.inputs.forms[record.id].wording,
            live=LIVE.get(record.id),
            handouts=handout_files.about(here, record.id),
            steps=tuple((here.link(step, found[step].title), found[step].number) for step in record.step),
            errata=here.errata(record.id),
        )


@dataclass(frozen=True)
class TurnaroundPracticesView:
    """turnaround_practices.md.jinja"""

    introduction: tuple[Item, ...]
    practices: tuple[guide_parts.External, ...]
    strands: tuple[guide_parts.External, ...]
    services: tuple[guide_parts.External, ...]
    research: tuple[Item, ...]
    references: tuple[tuple[guides.Reference, Item], ...]

    @classmethod
    def of(cls, here: PageContext) -> TurnaroundPracticesView:
        found = here.catalog.companions.external
        return cls(
            introduction=items(here, found.introduction),
            practices=guide_parts.external(here, found.practices),
            strands=guide_parts.external(here, found.strands),
            services=guide_parts.external(here, found.services),
            research=items(here, found.research),
            references=_references(here, found.references),
        )
