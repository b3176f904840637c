"""Answers put side by side, question by question and group by group: how far people are apart, how many chose what, what they wrote."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.blanks import Blank, FormBlanks
from generator.collecting.groups import Group
from generator.collecting.session import Session


@dataclass(frozen=True)
class Spread:
    """How far the ratings of a group are apart, by their places on the scale, the lowest of which is 1.

    `disagreement` is how far the ratings are from their median, in levels, in the mean.
    """

    lowest: int
    median: float
    highest: int
    disagreement: float


@dataclass(frozen=True)
class Answer:
    """What one person answered; `name` is empty unless names are asked for."""

    text: str
    name: str = ""


@dataclass(frozen=True)
class Result:
    """One question in one group. A group that is too small is hidden, and then nothing else is told.

    `counts` are how many chose each of the choices; `answers` are all that was answered, a choice by its title.
    """

    group: str
    hidden: bool = False
    people: int = 0
    counts: tuple[int, ...] = ()
    spread: Spread | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question with its results, one for each group; `earlier` are wordings of other editions that somebody answered."""

    blank: Blank
    results: tuple[Result, ...]
    earlier: tuple[str, ...]
    evidence: Question | None = None

    @property
    def disagreement(self) -> float:
        """The greatest of all groups that are shown; less than any where none is."""
        return max((result.spread.disagreement for result in self.results if result.spread), default=-1.0)


@dataclass(frozen=True)
class Comparison:
    """All that was answered in one form.

    `ratings` stand by disagreement, greatest first, and those that are equal as in the form; `choices` and `texts` as in the form. `gone` are answers
    to what the form does not ask, or no longer.
    """

    form: FormBlanks
    people: tuple[Result, ...]
    ratings: tuple[Question, ...]
    choices: tuple[Question, ...]
    texts: tuple[Question, ...]
    gone: tuple[Question, ...]

    @property
    def questions(self) -> Iterator[Question]:
        """All, each evidence after its rating."""
        for question in (*self.ratings, *self.choices, *self.texts, *self.gone):
            yield question
            if question.evidence:
                yield question.evidence


CHECKED = "checked"
"""What the answer is called where somebody ticked a box."""


def titles(blank: Blank) -> dict[str, str]:
    """The words that people read for each choice, by its value."""
    return {value: CHECKED if value == "on" else title for value, title in blank.choices}


def compare(form: FormBlanks, groups: Sequence[Group], minimum: int, *, names: bool) -> Comparison:
    """The answers to a form; a group shows nothing of a question that fewer than `minimum` people answered in it."""
    look = _Look(form, groups, minimum, names)
    asked = {blank.name: look.question(blank) for blank in look.blanks()}
    with_evidence = {found.blank.about: found for found in asked.values() if found.blank.about in asked}
    ratings = [replace(found, evidence=with_evidence.get(name)) for name, found in asked.items() if found.blank.rates]
    known = {blank.name for blank in form.blanks}
    rest = [found for name, found in asked.items() if not found.blank.rates and found.blank.about not in with_evidence]
    return Comparison(
        form,
        look.people(),
        tuple(sorted(ratings, key=lambda found: -found.disagreement)),
        tuple(found for found in rest if found.blank.choices),
        tuple(found for found in rest if not found.blank.choices and found.blank.name in known),
        tuple(found for found in rest if found.blank.name not in known),
    )


@dataclass(frozen=True)
class _Look:
    """A form, the groups whose answers are compared, and what is shown of them."""

    form: FormBlanks
    groups: Sequence[Group]
    minimum: int
    names: bool

    def sessions(self) -> Iterator[Session]:
        for group in self.groups:
            yield from group.of_form(self.form.id)

    def people(self) -> tuple[Result, ...]:
        counts = ((group.label, len(group.of_form(self.form.id))) for group in self.groups)
        return tuple(Result(label, hidden=True) if self.too_few(count) else Result(label, people=count) for label, count in counts)

    def too_few(self, people: int) -> bool:
        """Whether so many people are hidden; with a minimum of one nobody is, and no answers are told as none."""
        return people < self.minimum and self.minimum > 1

    def blanks(self) -> Iterator[Blank]:
        """The blanks that somebody answered, in the order of the form; then those that the form does not have, by name."""
        answered = {name for session in self.sessions() for name in session.answers}
        yield from (blank for blank in self.form.blanks if blank.name in answered)
        words = {name: words for session in self.sessions() for name, words in session.wording.items() if words}
        yield from (Blank(name, words.get(name, name)) for name in sorted(answered - {blank.name for blank in self.form.blanks}))

    def question(self, blank: Blank) -> Question:
        results = tuple(self.result(blank, group) for group in self.groups)
        shown = {result.group for result in results if not result.hidden}
        sessions = (session for group in self.groups if group.label in shown for session in group.of_form(self.form.id))
        words = {session.wording.get(blank.name, "") for session in sessions if blank.name in session.answers}
        return Question(blank, results, tuple(sorted(words - {"", blank.wording})))

    def result(self, blank: Blank, group: Group) -> Result:
        values, words = [value for value, _ in blank.choices], titles(blank)
        given = [(session.answers[blank.name], session.name) for session in group.of_form(self.form.id) if blank.name in session.answers]
        places = [values.index(value) + 1 for value, _ in given if value in values]
        people = len(places) if values else len(given)
        if self.too_few(people):
            return Result(group.label, hidden=True)
        answers = [Answer(words.get(value, value), name if self.names else "") for value, name in given]
        order = list(words.values())
        answers.sort(key=lambda one: (one.name.casefold(), order.index(one.text) if one.text in order else len(order), one.text.casefold(), one.text))
        counts = tuple(places.count(place) for place in range(1, len(values) + 1))
        return Result(group.label, False, people, counts, spread(places) if blank.rates else None, tuple(answers))


def spread(places: Sequence[int]) -> Spread | None:
    """How far ratings are apart; nothing where there are none."""
    if not places:
        return None
    median = statistics.median(places)
    return Spread(min(places), median, max(places), statistics.mean(abs(place - median) for place in places))
