"""The records of data/guides/: what the companion documents add to the playbook, in the same style as the model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model import ids
from generator.model.ids import AnyId, CellId, DomainId, PracticeId, Slug
from generator.model.playbook import Cited, Confidence, Item, Name, Record, Text, Url

GuideId = AnyId
CellOrPractice = CellId | PracticeId
PictureFile = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.svg$", max_length=80)]
MOST_REPEATS = 50
"""Rows of a table and repeats of a part: nobody fills in more, and a mistyped number must not fill the disk."""


class Identified(Cited):
    """A record of a guide that has an id of its own."""

    id: GuideId = Field(description="What it belongs to, and a name or number: cycle.introduction.1.")


class Passage(Identified, Item):
    """A paragraph of a guide."""


class Strategy(Identified, Item):
    """Something to do toward a future state, or a step or lead-in over several such things."""

    id: GuideId = Field(description="The future state, and s, step or group with a number: 1a.school.f2.s3.")
    strategies: tuple[Strategy, ...] = Field(default=(), description="What a step or lead-in holds, in printed order.")

    @property
    def is_lead_in(self) -> bool:
        """Whether it only introduces others: a step or a group."""
        return ids.strategy_kind(self.id) in ("step", "group")


class FutureState(Identified, Item):
    """How things are when a practice of domain 1 has taken hold."""

    id: GuideId = Field(description="Cell, the letter f and a number: 1a.school.f3.")
    title: Name = Field(description="A short name of ours for it, which heads it and names it in links.")
    call: str | None = Field(
        default=None, pattern=r"^\d\.\d\.\d{2}$", description="Its number in the CALL survey, only where the source implies one."
    )
    see: GuideId | None = Field(default=None, description="The future state that this one only points to.")
    strategies: tuple[Strategy, ...] = Field(default=(), description="What to do, in printed order.")
    questions: tuple[Passage, ...] = Field(default=(), description="What to ask, in printed order.")

    def all_strategies(self) -> Iterator[Strategy]:
        """Every strategy, step and lead-in, outer ones first."""
        waiting = list(self.strategies)
        while waiting:
            strategy = waiting.pop(0)
            yield strategy
            waiting = [*strategy.strategies, *waiting]


class LeadershipSection(Record):
    """leadership/1a-school.yml: one practice of domain 1 at one level."""

    cell: CellId = Field(description="The cell of the playbook that it belongs to.")
    description: tuple[Passage, ...] = Field(description="What the practice asks for.")
    example: Passage = Field(description="The example for this level.")
    future_states: tuple[FutureState, ...] = Field(description="The desired future states, in printed order.")


class LeadershipIntroduction(Record):
    """leadership.yml: what the leadership guide says around its practices."""

    introduction: tuple[Passage, ...]


class Example(Identified):
    """An example of a cycle step, as text or as a table."""

    title: Name
    text: Text | None = None
    parts: tuple[Text, ...] | None = Field(default=None, min_length=2)
    columns: tuple[Name, ...] = Field(default=(), description="The heads of a table.")
    rows: tuple[tuple[Text, ...], ...] = Field(default=(), description="The rows of a table, each as long as its heads.")
    practices: tuple[CellOrPractice, ...] = Field(default=(), description="The cells or practices that it is an example of.")

    @property
    def said(self) -> tuple[str, ...]:
        return self.parts or ((self.text,) if self.text else ())


ToolOfCycle = Literal["planning-template", "coaching", "lea-self-reflection", "fishbone"]


class StepTool(Item):
    """One of Tools A to D, and how it serves a step."""

    tool: ToolOfCycle


class Next(Record):
    """What comes after the last step of the cycle."""

    step: Slug = Field(description="The step that it leads on to.")
    passages: tuple[Passage, ...] = Field(description="What the guide says of it.")


class Step(Record):
    """A step of the improvement cycle."""

    id: Slug
    number: int | None = Field(default=None, description="Its place in the cycle; none for telling the story.")
    printed: Name | None = Field(default=None, description="Its number as printed, where one is.")
    title: Name
    purpose: Passage = Field(description="What the step is for.")
    first: Passage = Field(description="What to do first.")
    who: Passage = Field(description="Who does the work of the step.")
    time: Passage = Field(description="How long it takes, or how often it is done.")
    explanation: tuple[Passage, ...] = Field(default=(), description="The rest of what the guide says of it.")
    produce: tuple[Passage, ...] = Field(default=(), description="What the team has in hand at the end.")
    tip: Passage | None = Field(default=None, description="The coaching tip.")
    examples: tuple[Example, ...] = ()
    tools: tuple[StepTool, ...] = ()
    next: Next | None = Field(default=None, description="What comes after the last step; the others lead to the one after them.")

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that the step says but for its examples and tools."""
        last = (*((self.tip,) if self.tip else ()), *(self.next.passages if self.next else ()))
        return (self.purpose, self.first, self.who, self.time, *self.explanation, *self.produce, *last)


class Reference(Identified):
    """A work that a document refers to."""

    authors: tuple[Name, ...]
    year: int | Name
    title: Name
    publisher: Name | None = None
    url: Url | None = None


class Cycle(Record):
    """cycle.yml: the improvement cycle."""

    introduction: tuple[Passage, ...]
    steps: tuple[Step, ...]
    conclusion: tuple[Passage, ...]
    references: tuple[Reference, ...]


class CoachingItem(Identified, Item):
    """Something that a coach asks or does."""

    kind: Literal["question", "prompt", "directive", "lead-in"]
    part_of: GuideId | None = Field(default=None, description="The item whose list this one belongs to.")
    levels: tuple[Slug, ...] = Field(min_length=1, description="The levels that it suits.")


class CoachingGroup(Record):
    """Coaching items under one head."""

    title: Name
    items: tuple[CoachingItem, ...]


class CoachingSet(Record):
    """What a coach prepares and asks at one step, or at two that belong together."""

    id: GuideId
    steps: tuple[Slug, ...] = Field(min_length=1, description="The steps of the cycle that it serves; the first gives the set its place on the page.")
    title: Name
    preparation: tuple[Passage, ...]
    groups: tuple[CoachingGroup, ...]

    @property
    def items(self) -> tuple[CoachingItem, ...]:
        """The items of all groups."""
        return tuple(item for group in self.groups for item in group.items)


class Coaching(Record):
    """coaching.yml: Tool B."""

    introduction: tuple[Passage, ...]
    sets: tuple[CoachingSet, ...]


class RubricLevel(Record):
    """A level of performance."""

    id: Slug
    title: Name


class Additions(Record):
    """What the lowest level of an element says, and what each further level adds to the one before."""

    low: Text
    basic: Text
    moderate: Text
    high: Text

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The four texts, lowest first."""
        return (self.low, self.basic, self.moderate, self.high)


class Element(Identified, Item):
    """Something to look at in a district, at four levels that build on each other."""

    cell: CellId
    title: Name
    adds: Additions = Field(description="What each level adds to the one before; it is clear by itself.")

    @property
    def levels(self) -> tuple[str, ...]:
        """The four levels in full, lowest first: each says all that the lower ones say, and what it adds."""
        return tuple(accumulate(self.adds.texts, "{} {}".format))


class DomainSummary(Identified, Item):
    """The room for strengths and weaknesses at the end of a domain."""

    domain: DomainId


class Rubric(Record):
    """lea-self-reflection.yml: Tool C."""

    id: Slug
    title: Name
    introduction: tuple[Passage, ...]
    levels: tuple[RubricLevel, ...]
    elements: tuple[Element, ...]
    summaries: tuple[DomainSummary, ...]
    closing: Passage


KEPT = "What answers are saved under: it stays when the label is reworded."
LineKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-([a-z0-9]+|\{[a-z]+\}))*$")]
"""The key of a row; a unit in braces stands for its number: strategy-{priority}-1."""


class Option(Record):
    """Something to check in a form; `other` takes own words."""

    key: Slug = Field(description=KEPT)
    label: Name
    hint: Text | None = None
    other: bool = False


class Head(Record):
    """A column of a form's table."""

    key: Slug = Field(description=KEPT)
    label: Name


class Line(Record):
    """A named row of a form's table."""

    key: LineKey = Field(description=KEPT)
    label: Name


class Node(Identified):
    """A part of a form: what it is, what it is called, and what stands in it."""

    kind: Literal["section", "text", "field", "choice", "checklist", "practices", "table", "repeat", "signatures"] = Field(
        description="What it is; 'practices' is a checklist of the twelve practices."
    )
    label: Name
    origin: Literal["source", "site"] = "source"
    text: Text | None = None
    parts: tuple[Text, ...] | None = Field(default=None, min_length=2)
    hint: Text | None = None
    statement: Text | None = Field(default=None, description="What people sign.")
    size: Literal["line", "area"] | None = None
    input: Literal["text", "date", "percent"] | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Head, ...] = ()
    rows: int | None = Field(default=None, ge=1, le=MOST_REPEATS, description="Blank rows of a table.")
    row_labels: tuple[Line, ...] = Field(default=(), description="Named rows of a table.")
    unit: Slug | None = Field(default=None, description="What is repeated: goal, priority, strategy, milestone.")
    times: int | None = Field(default=None, ge=1, le=MOST_REPEATS)
    numbering: Name | None = Field(default=None, description="How repeats are numbered: '{priority}.{strategy}'.")
    nodes: tuple[Node, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        return self.parts or ((self.text,) if self.text else ())


class Picture(Record):
    """A picture that a form is drawn on."""

    file: PictureFile = Field(description="Its file in theme/assets/.")
    text: Text = Field(description="What it shows, for those who cannot see it.")


class Form(Identified):
    """Something to fill in."""

    title: Name
    purpose: Text
    origin: Literal["source", "site"] = "source"
    step: tuple[Slug, ...] = Field(default=(), description="The cycle steps that it serves.")
    picture: Picture | None = None
    nodes: tuple[Node, ...]


class FormFile(Record):
    """planning-template.yml, root-cause.yml: Tools A and D; theory-of-action.yml: ours."""

    forms: tuple[Form, ...]


class RatedPractice(Record):
    """A practice of the playbook that something elsewhere touches, and how surely."""

    practice: PracticeId
    confidence: Confidence


class RatedStep(Record):
    """A step of the cycle that something elsewhere touches, and how surely."""

    step: Slug
    confidence: Confidence


class ExternalPractice(Identified, Item):
    """A practice, strand of work or service of the turnaround practices page."""

    title: Name
    practices: tuple[RatedPractice, ...] = ()
    steps: tuple[RatedStep, ...] = ()


class ExternalPractices(Record):
    """turnaround-practices.yml"""

    introduction: tuple[Passage, ...]
    practices: tuple[ExternalPractice, ...]
    strands: tuple[ExternalPractice, ...]
    services: tuple[ExternalPractice, ...]
    research: tuple[Passage, ...]
    references: tuple[Reference, ...]


LinkKind = Literal["restates", "same question", "measures", "supports", "example of", "see also"]


class Link(Record):
    """How one record bears on another, and how surely."""

    source: GuideId = Field(alias="from", description="The id of the record that bears on the other.")
    to: GuideId = Field(description="The id of the other: a record, a cell or a practice.")
    kind: LinkKind
    confidence: Confidence
    same_words: bool = Field(default=False, description="true where both say the same, word for word: whoever changes one changes the other.")

    @property
    def match(self) -> str:
        """How sure it is, as readers are told: 'same words', or the confidence."""
        return "same words" if self.same_words else self.confidence


class NoTwin(Record):
    """Two questions in much the same words that someone compared in their sources, and that do not ask the same."""

    source: GuideId = Field(alias="from", description="The id of one question.")
    to: GuideId = Field(description="The id of the other.")
    why: Text = Field(description="What sets them apart, in one sentence.")


class Crosswalk(Record):
    """crosswalk.yml"""

    no_twins: tuple[NoTwin, ...] = Field(default=(), description="Pairs of questions that were compared and are not linked.")
    links: tuple[Link, ...]
