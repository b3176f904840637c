"""The companion guides as pages show them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.catalog.routes import PAGES, relative
from generator.model import guides, ids
from generator.views.shared import handout_files
from generator.views.shared.parts import DomainTag, Here, Item, Level, Link, domain_tag, item, items, levels
from generator.views.shared.related_guides import asked_at

TOOLS = {
    "planning-template": ("Tool A", "planning template", "planning-template"),
    "coaching": ("Tool B", "coaching questions", "coaching"),
    "lea-self-reflection": ("Tool C", "LEA self-reflection", "lea-self-reflection"),
    "fishbone": ("Tool D", "fishbone", "fishbone"),
}
"""The tools of the improvement cycle: letter, name and the record or page that they are here."""


@dataclass(frozen=True)
class Strategy:
    """Something to do, or a lead-in with what it holds; `again` where it only repeats the end of a lead-in above it."""

    item: Item
    step: int
    again: bool
    children: tuple[Strategy, ...]


@dataclass(frozen=True)
class FutureState:
    """A future state with what to do and what to ask; `see` leads to the one it points to, `again` where both say the same."""

    title: str
    item: Item
    call: str | None
    see: Link | None
    again: bool
    strategies: tuple[Strategy, ...]
    questions: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """One practice of domain 1 at one level in the leadership guide."""

    code: str
    title: str
    level: Level
    domain: DomainTag
    cell: Link
    description: tuple[Item, ...]
    example: Item
    states: tuple[FutureState, ...]
    also: dict[str, list[tuple[Link, str]]]
    """A question's id to the questions elsewhere that ask the same."""
    plan: Link
    others: tuple[Link, ...]


@dataclass(frozen=True)
class SectionLine:
    """A section in a list, with its counts."""

    link: Link
    level: Level
    states: int
    strategies: int
    questions: int


@dataclass(frozen=True)
class Example:
    """An example of a step, with links to the practices it is an example of."""

    title: str
    item: Item
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    practices: tuple[Link, ...]


@dataclass(frozen=True)
class StepTool:
    """One of Tools A to D and how it serves a step."""

    letter: str
    link: Link
    item: Item


@dataclass(frozen=True)
class Step:
    """A step of the cycle."""

    id: str
    title: str
    url: str
    number: int | None
    purpose: Item
    start: tuple[tuple[str, Item], ...]
    """What to do first, who does it and how long it takes, each under its head."""
    explanation: tuple[Item, ...]
    produce: tuple[Item, ...]
    tip: Item | None
    examples: tuple[Example, ...]
    tools: tuple[StepTool, ...]
    practices: tuple[tuple[Link, str], ...]
    coaching: Link
    forms: tuple[Link, ...]
    before: Link | None
    after: Link | None
    next: tuple[Item, ...]
    """What the guide says of what comes after the last step."""


@dataclass(frozen=True)
class CoachingItem:
    """Something a coach asks, with the levels it suits and what hangs on it."""

    item: Item
    kind: str
    levels: tuple[str, ...]
    children: tuple[CoachingItem, ...]


@dataclass(frozen=True)
class CoachingSet:
    """The coaching of one step."""

    steps: tuple[Link, ...]
    anchor: str
    number: int | None
    title: str
    preparation: tuple[Item, ...]
    groups: tuple[tuple[str, tuple[CoachingItem, ...]], ...]


@dataclass(frozen=True)
class Element:
    """An element of the self-reflection: each level's title, what it adds to the one before, and what it says in full."""

    code: str
    title: str
    item: Item
    levels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RubricDomain:
    """The elements of one domain, practice by practice, and the sentence that closes it."""

    domain: DomainTag
    practices: tuple[tuple[Link, tuple[Element, ...]], ...]
    summary: Item


@dataclass(frozen=True)
class External:
    """A practice, strand or service from elsewhere, with what it touches and how surely."""

    title: str
    item: Item
    touches: tuple[tuple[Link, str], ...]


def section(here: Here, record: guides.LeadershipSection) -> Section:
    """A page of the leadership guide."""
    catalog = here.catalog
    practice = catalog.practices[ids.practice_of(record.cell)]
    others = [other for other in catalog.companions.sections if other is not record]
    return Section(
        code=ids.code(practice.id),
        title=practice.title,
        level=_level(here, record.cell),
        domain=domain_tag(here, catalog.domains[practice.domain]),
        cell=here.link(record.cell, catalog.place(record.cell)),
        description=items(here, record.description),
        example=item(here, record.example, record.example.id),
        states=tuple(_future_state(here, state) for state in record.future_states),
        also=_also_asked(here, record),
        plan=here.link("planning-template", "your plan"),
        others=tuple(here.link(ids.section_id(other.cell), catalog.place(other.cell)) for other in others),
    )


def _also_asked(here: Here, record: guides.LeadershipSection) -> dict[str, list[tuple[Link, str]]]:
    questions = {question.id for state in record.future_states for question in state.questions}
    found: dict[str, list[tuple[Link, str]]] = {}
    for link in here.catalog.companions.links:
        for one, other in ((link.source, link.to), (link.to, link.source)):
            if link.kind == "same question" and one in questions:
                found.setdefault(one, []).append((asked_at(here, other), link.match))
    return found


def section_lines(here: Here) -> tuple[SectionLine, ...]:
    """All sections of the leadership guide."""
    found = []
    for record in here.catalog.companions.sections:
        strategies = [s for state in record.future_states for s in state.all_strategies() if not s.is_lead_in]
        practice = here.catalog.practices[ids.practice_of(record.cell)]
        title = f"{ids.code(practice.id)} {practice.title}"
        questions = sum(len(state.questions) for state in record.future_states)
        link = here.link(ids.section_id(record.cell), title)
        found.append(SectionLine(link, _level(here, record.cell), len(record.future_states), len(strategies), questions))
    return tuple(found)


def _level(here: Here, cell: str) -> Level:
    return next(level for level in levels(here) if level.id == ids.level_of(cell))


def _future_state(here: Here, record: guides.FutureState) -> FutureState:
    target = here.catalog.companions.future_states[record.see] if record.see else None
    return FutureState(
        title=record.title,
        item=item(here, record, record.id),
        call=record.call,
        see=here.link(target.id, target.title) if target else None,
        again=target is not None and target.said == record.said,
        strategies=_strategies(here, record.strategies),
        questions=items(here, record.questions),
    )


def _strategies(here: Here, records: tuple[guides.Strategy, ...], above: tuple[str, ...] = ()) -> tuple[Strategy, ...]:
    """The strategies and what they hold; `above` are the words of the lead-ins that they stand under."""
    found = []
    for record in records:
        number = ids.strategy_number(record.id) if ids.strategy_kind(record.id) == "step" else 0
        words = " ".join(re.findall(r"\w+", " ".join(record.said).lower()))
        again = any(text.endswith(words) for text in above)
        found.append(Strategy(item(here, record, record.id), number, again, _strategies(here, record.strategies, (*above, words))))
    return tuple(found)


def step(here: Here, record: guides.Step) -> Step:
    """A page of the improvement cycle."""
    companions = here.catalog.companions
    row = list(companions.cycle.steps)
    at = row.index(record)
    following = companions.steps[record.next.step] if record.next else next(iter(row[at + 1 :]), None)
    heads = (("First", record.first), ("Who", record.who), ("Time", record.time))
    practices = [link for link in companions.links if link.source == record.id]
    return Step(
        id=record.id,
        title=record.title,
        url=here.routes.link(here.page, record.id),
        number=record.number,
        purpose=item(here, record.purpose, record.purpose.id),
        start=tuple((head, item(here, passage, passage.id)) for head, passage in heads),
        explanation=items(here, record.explanation),
        produce=items(here, record.produce),
        tip=item(here, record.tip, record.tip.id) if record.tip else None,
        examples=tuple(_example(here, example) for example in record.examples),
        tools=tuple(_step_tool(here, record.id, tool) for tool in record.tools),
        practices=tuple((practice_link(here, link.to), link.match) for link in practices),
        coaching=_coaching_of(here, record.id),
        forms=tuple(here.link(form.id, form.title) for form in companions.forms.values() if record.id in form.step),
        before=here.link(row[at - 1].id, row[at - 1].title) if at else None,
        after=here.link(following.id, following.title) if following else None,
        next=items(here, record.next.passages) if record.next else (),
    )


def step_handouts(here: Here, record: guides.Step) -> tuple[handout_files.Sheet, ...]:
    """The coaching sheet of a step, and the forms that serve it."""
    companions = here.catalog.companions
    forms = [form.id for form in companions.forms.values() if record.id in form.step]
    return handout_files.about(here, companions.sets_of[record.id].id, *forms)


def practice_link(here: Here, name: str) -> Link:
    """A link to a practice with its title, or to a cell."""
    if name in here.catalog.cells:
        return here.link(name, here.catalog.place(name))
    return here.link(name, f"{ids.code(name)} {here.catalog.practices[name].title}")


def _coaching_of(here: Here, step_id: str) -> Link:
    """The coaching questions of one step, the others out of sight."""
    first = here.catalog.companions.sets_of[step_id].steps[0]
    return Link("Coaching questions for this step", f"{relative(here.page, PAGES['coaching'])}?step={first}")


def _example(here: Here, record: guides.Example) -> Example:
    practices = tuple(practice_link(here, name) for name in record.practices)
    return Example(record.title, item(here, record, record.id), record.columns, record.rows, practices)


def _step_tool(here: Here, step_id: str, record: guides.StepTool) -> StepTool:
    letter, title, target = TOOLS[record.tool]
    return StepTool(letter, here.link(target, title), item(here, record, ids.step_tool_id(step_id, record.tool)))


def coaching(here: Here) -> tuple[CoachingSet, ...]:
    """Tool B by step and group."""
    found = []
    for record in here.catalog.companions.coaching.sets:
        steps = [here.catalog.companions.steps[step] for step in record.steps]
        groups = tuple((group.title, _coaching_items(here, group.items)) for group in record.groups)
        links = tuple(here.link(step.id, step.title) for step in steps)
        found.append(CoachingSet(links, record.steps[0], steps[0].number, record.title, items(here, record.preparation), groups))
    return tuple(found)


def _coaching_items(here: Here, records: tuple[guides.CoachingItem, ...], head: str | None = None) -> tuple[CoachingItem, ...]:
    return tuple(
        CoachingItem(item(here, record, record.id), record.kind, record.levels, _coaching_items(here, records, record.id))
        for record in records
        if record.part_of == head
    )


def rubric(here: Here) -> tuple[RubricDomain, ...]:
    """Tool C by domain and practice."""
    record = here.catalog.companions.rubric
    found = []
    for summary in record.summaries:
        domain = here.catalog.domains[summary.domain]
        practices = here.catalog.practices_of[domain.id]
        elements = {practice.id: [e for e in record.elements if ids.practice_of(e.cell) == practice.id] for practice in practices}
        rows = tuple((practice_link(here, name), tuple(_element(here, e) for e in inside)) for name, inside in elements.items())
        found.append(RubricDomain(domain_tag(here, domain), rows, item(here, summary, summary.id)))
    return tuple(found)


def _element(here: Here, record: guides.Element) -> Element:
    titles = [level.title for level in here.catalog.companions.rubric.levels]
    name = ids.last(record.id)
    return Element(name, record.title, item(here, record, record.id), tuple(zip(titles, record.adds.texts, record.levels, strict=True)))


def external(here: Here, records: tuple[guides.ExternalPractice, ...]) -> tuple[External, ...]:
    """Practices, strands or services of the turnaround practices page."""
    found = []
    for record in records:
        touches = [(practice_link(here, rated.practice), rated.confidence) for rated in record.practices]
        touches += [(here.link(rated.step, here.catalog.companions.steps[rated.step].title), rated.confidence) for rated in record.steps]
        found.append(External(record.title, item(here, record, record.id), tuple(touches)))
    return tuple(found)
