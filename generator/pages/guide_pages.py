"""The pages of the companion guides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.forms.layout import parts
from generator.model import ids
from generator.pages.renderer import Page, Writer
from generator.views import guide_parts as views
from generator.views.shared import handout_files
from generator.views.shared.parts import item, items, levels
from generator.views.shared.related_guides import bearing_on_section


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


def pages(writer: Writer) -> Iterator[Page]:
    """All of them in the order of the menu."""
    yield writer.page(
        "guides",
    )
    yield from _leadership(writer)
    yield from _cycle(writer)
    yield from _tools(writer)
    yield from _external(writer)


def _leadership(writer: Writer) -> Iterator[Page]:
    found = writer.catalog.companions
    yield writer.page(
        "leadership",
        passages=lambda here: items(here, found.leadership_introduction),
        sections=views.section_lines,
        handouts=lambda here: handout_files.about(here, *(ids.section_id(section.cell) for section in found.sections)),
    )
    for section in found.sections:
        yield writer.page(
            ids.section_id(section.cell),
            section=lambda here, section=section: views.section(here, section),
            bearing=lambda here, section=section: bearing_on_section(here, section.cell),
            handouts=lambda here, section=section: handout_files.about(here, ids.section_id(section.cell)),
        )


def _cycle(writer: Writer) -> Iterator[Page]:
    cycle = writer.catalog.companions.cycle
    yield writer.page(
        "cycle",
        steps=lambda here: [views.step(here, step) for step in cycle.steps],
        introduction=lambda here: items(here, cycle.introduction),
        conclusion=lambda here: items(here, cycle.conclusion),
        references=lambda here: [(reference, item(here, reference, reference.id)) for reference in cycle.references],
    )
    for step in cycle.steps:
        yield writer.page(
            step.id,
            step=lambda here, step=step: views.step(here, step),
            handouts=lambda here, step=step: views.step_handouts(here, step),
        )


def _tools(writer: Writer) -> Iterator[Page]:
    found = writer.catalog.companions
    yield writer.page(
        "coaching",
        introduction=lambda here: items(here, found.coaching.introduction),
        sets=views.coaching,
        levels=levels,
        count=len(found.coaching_items),
        handouts=lambda here: handout_files.about(here, *(coached.id for coached in found.coaching.sets)),
    )
    yield writer.page(
        "lea-self-reflection",
        introduction=lambda here: items(here, found.rubric.introduction),
        domains=views.rubric,
        count=len(found.elements),
        form=found.rubric.id,
        wording=writer.forms[found.rubric.id].wording,
        levels=[(level.id, level.title) for level in found.rubric.levels],
        handouts=lambda here: handout_files.about(here, found.rubric.id),
        closing=lambda here: item(here, found.rubric.closing, found.rubric.closing.id),
    )
    yield writer.page(
        "forms",
        forms=lambda here: [(here.link(form.id, form.title), form) for form in found.forms.values()],
        handouts=lambda here: handout_files.about(here, *found.forms),
    )
    for form in found.forms.values():
        yield writer.page(
            form.id,
            form=form,
            parts=parts(form, writer.catalog.practices),
            wording=writer.forms[form.id].wording,
            live=LIVE.get(form.id),
            handouts=lambda here, form=form: handout_files.about(here, form.id),
            steps=lambda here, form=form: [here.link(step, found.steps[step].title) for step in form.step],
            errata=lambda here, form=form: here.errata(form.id),
        )


def _external(writer: Writer) -> Iterator[Page]:
    page = writer.catalog.companions.external
    yield writer.page(
        "turnaround-practices",
        introduction=lambda here: items(here, page.introduction),
        practices=lambda here: views.external(here, page.practices),
        strands=lambda here: views.external(here, page.strands),
        services=lambda here: views.external(here, page.services),
        research=lambda here: items(here, page.research),
        references=lambda here: [(reference, item(here, reference, reference.id)) for reference in page.references],
    )
