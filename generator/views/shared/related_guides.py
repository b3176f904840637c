"""What the companion guides have to say on a practice at a level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.catalog.routes import PAGES, relative
from generator.model import guides, ids
from generator.views.shared.parts import Here, Link


@dataclass(frozen=True)
class Bearing:
    """What the guides have to say on a cell; each part may be empty. Links of the crosswalk come with how sure they are."""

    states: tuple[Link, ...]
    section: Link | None
    elements: tuple[Link, ...]
    steps: tuple[tuple[Link, Link, str], ...]
    same_questions: tuple[tuple[Link, Link, str], ...]
    external: tuple[tuple[Link, str], ...]
    related: tuple[tuple[Link, str], ...]

    @property
    def holds(self) -> str:
        """What there is, in a few words: 'future states, steps of the improvement cycle'."""
        kinds = {
            "future states": self.states,
            "elements of the LEA self-reflection": self.elements,
            "steps of the improvement cycle": self.steps,
            "the same question elsewhere": self.same_questions,
            "related practices": self.external or self.related,
        }
        return ", ".join(kind for kind, found in kinds.items() if found)

    def __bool__(self) -> bool:
        return any((self.states, self.elements, self.steps, self.same_questions, self.external, self.related))


def bearing(here: Here, cell: str) -> Bearing:
    """What the guides have to say on a cell."""
    catalog, companions = here.catalog, here.catalog.companions
    section_record = companions.sections_of.get(cell)
    links = companions.links_of(cell)
    asked = {question.id for question in catalog.cells[cell].questions}
    same = [link for link in companions.links if link.kind == "same question" and (link.to in asked or link.source in asked)]
    externals = {practice.id: practice.title for practice in companions.external.practices}
    level = ids.level_of(cell)
    see = [link for link in companions.links if link.kind == "see also" and cell in (link.source, link.to)]
    way = relative(here.page, PAGES["coaching"])
    steps = {link.source: link for link in links if link.source in companions.steps}
    return Bearing(
        states=tuple(here.link(state.id, " ".join(state.said)) for state in (section_record.future_states if section_record else ())),
        section=here.link(ids.section_id(cell), "All future states with strategies and questions") if section_record else None,
        elements=tuple(here.link(element.id, element.title) for element in companions.elements_of.get(cell, ())),
        steps=tuple(
            (
                here.link(step, companions.steps[step].title),
                Link("coaching questions", f"{way}{f'?level={level}' if level else ''}#{companions.sets_of[step].steps[0]}"),
                link.match,
            )
            for step, link in steps.items()
        ),
        same_questions=tuple(_same(here, link, asked) for link in same),
        external=tuple((here.link(link.source, externals[link.source]), link.match) for link in links if link.source in externals),
        related=tuple((here.link(other, catalog.place(other)), link.match) for link in see for other in (link.source, link.to) if other != cell),
    )


def bearing_on_section(here: Here, cell: str) -> Bearing:
    """What the other guides have to say on a cell, for its page in the leadership guide, where each question says itself who else asks it."""
    return replace(bearing(here, cell), states=(), same_questions=())


def _same(here: Here, link: guides.Link, asked: set[str]) -> tuple[Link, Link, str]:
    """The question on this page, the one elsewhere that asks the same, and how sure that is."""
    ours, other = (link.to, link.source) if link.to in asked else (link.source, link.to)
    return here.link(ours, f"question {ids.question_number(ours)}"), asked_at(here, other), link.match


def asked_at(here: Here, question: str) -> Link:
    """A link to a question, which says where it is asked."""
    where = here.catalog.place(ids.cell_of(question))
    if not ids.future_state_question(question):
        return here.link(question, f"playbook, {where}")
    state = here.catalog.companions.future_states[ids.around(question)]
    return here.link(question, f"leadership guide, {where}: {state.title}, question {ids.question_number(question)}")
