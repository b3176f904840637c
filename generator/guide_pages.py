"""The pages of the companion guides."""

from __future__ import annotations

from collections.abc import Iterator

from generator.routes import PAGES, section_id
from generator.views import guides as views
from generator.views.items import item, items, levels, place
from generator.writer import Page, Writer


def pages(writer: Writer) -> Iterator[Page]:
    """All of them in the order of the menu."""
    yield writer.page(PAGES["guides"], "Guides", "guides.md.jinja")
    yield from _leadership(writer)
    yield from _cycle(writer)
    yield from _tools(writer)
    yield from _external(writer)


def _leadership(writer: Writer) -> Iterator[Page]:
    found = writer.catalog.companions
    yield writer.page(
        PAGES["leadership"],
        "Turnaround leadership guide",
        "leadership.md.jinja",
        passages=lambda here: items(here, found.leadership_introduction),
        sections=views.section_lines,
    )
    for section in found.sections:
        title = f"Future states: {place(writer.catalog, section.cell)}"
        address = writer.routes.page(section_id(section.cell))
        yield writer.page(address, title, "section.md.jinja", section=lambda here, section=section: views.section(here, section))


def _cycle(writer: Writer) -> Iterator[Page]:
    cycle = writer.catalog.companions.cycle
    yield writer.page(
        PAGES["cycle"],
        "Improvement cycle",
        "cycle.md.jinja",
        steps=lambda here: [views.step(here, step) for step in cycle.steps],
        introduction=lambda here: items(here, cycle.introduction),
        conclusion=lambda here: items(here, cycle.conclusion),
        references=lambda here: [(reference, item(here, reference, reference.id)) for reference in cycle.references],
    )
    for step in cycle.steps:
        yield writer.page(writer.routes.page(step.id), step.title, "step.md.jinja", step=lambda here, step=step: views.step(here, step))


def _tools(writer: Writer) -> Iterator[Page]:
    found = writer.catalog.companions
    yield writer.page(
        PAGES["coaching"],
        "Coaching questions",
        "coaching.md.jinja",
        introduction=lambda here: items(here, found.coaching.introduction),
        sets=views.coaching,
        levels=levels,
        count=len(found.coaching_items),
    )
    yield writer.page(
        PAGES["lea-self-reflection"],
        "LEA self-reflection",
        "rubric.md.jinja",
        introduction=lambda here: items(here, found.rubric.introduction),
        domains=views.rubric,
        count=len(found.elements),
        closing=lambda here: item(here, found.rubric.closing, found.rubric.closing.id),
    )
    yield writer.page(
        PAGES["forms"], "Forms", "forms.md.jinja", forms=lambda here: [(here.link(form.id, form.title), form) for form in found.forms.values()]
    )
    for form in found.forms.values():
        yield writer.page(
            writer.routes.page(form.id),
            form.title,
            "form.md.jinja",
            form=form,
            steps=lambda here, form=form: [here.link(step, found.steps[step].title) for step in form.step],
            errata=lambda here, form=form: here.errata(form.id),
        )


def _external(writer: Writer) -> Iterator[Page]:
    page = writer.catalog.companions.external
    yield writer.page(
        PAGES["turnaround-practices"],
        "Turnaround practices",
        "turnaround_practices.md.jinja",
        introduction=lambda here: items(here, page.introduction),
        practices=lambda here: views.external(here, page.practices),
        strands=lambda here: views.external(here, page.strands),
        services=lambda here: views.external(here, page.services),
        research=lambda here: items(here, page.research),
        references=lambda here: [(reference, item(here, reference, reference.id)) for reference in page.references],
    )
