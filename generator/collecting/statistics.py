"""Answers put side by side, question by question and group by group: how far people are apart, how many chose what, what they wrote."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.collecting.groups import Group
from generator.collecting.readers.folding import order
from generator.collecting.readers.session import Session
from generator.forms.form_fields import Blank, FormBlanks

Hidden = Literal["few", "beside"]
"""Why a group is hidden: too few people, or because such a group could be worked out from it and the whole."""


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
    """One question in one group. Where it is hidden, nothing else is told.

    `counts` are how many chose each of the choices; `answers` are all that was answered, a choice by its title.
    """

    group: str
    hidden: Hidden | None = None
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
    """The answers to a form, with groups hidden by the rule of `hidden`, for each question anew."""
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
        return self.shown([Result(group.label, people=len(group.of_form(self.form.id))) for group in self.groups])

    def shown(self, results: Sequence[Result]) -> tuple[Result, ...]:
        """Results without what is hidden."""
        reasons = hidden([result.people for result in results], self.minimum)
        return tuple(Result(result.group, reason) if reason else result for result, reason in zip(results, reasons, strict=True))

    def blanks(self) -> Iterator[Blank]:
        """The blanks that somebody answered, in the order of the form; then those that the form does not have, by name."""
        answered = {name for session in self.sessions() for name in session.answers}
        yield from (blank for blank in self.form.blanks if blank.name in answered)
        words = {name: words for session in self.sessions() for name, words in session.wording.items() if words}
        yield from (Blank(name, words.get(name, name)) for name in sorted(answered - {blank.name for blank in self.form.blanks}))

    def question(self, blank: Blank) -> Question:
        results = self.shown([self.result(blank, group) for group in self.groups])
        shown = (group for group, result in zip(self.groups, results, strict=True) if not result.hidden)
        words = {session.wording.get(blank.name, "") for group in shown for session in group.of_form(self.form.id) if blank.name in session.answers}
        return Question(blank, results, tuple(sorted(words - {"", blank.wording})))

    def result(self, blank: Blank, group: Group) -> Result:
        """What a group answered, hidden or not."""
        values, words = [value for value, _ in blank.choices], titles(blank)
        given = [(session.answers[blank.name], session.name) for session in group.of_form(self.form.id) if blank.name in session.answers]
        places = [values.index(value) + 1 for value, _ in given if value in values]
        people = len(places) if values else len(given)
        answers = [Answer(words.get(value, value), name if self.names else "") for value, name in given]
        scale = list(words.values())
        answers.sort(key=lambda one: (order(one.name), scale.index(one.text) if one.text in scale else len(scale), order(one.text)))
        counts = tuple(places.count(place) for place in range(1, len(values) + 1))
        return Result(group.label, None, people, counts, spread(places) if blank.rates else None, tuple(answers))


def hidden(people: Sequence[int], minimum: int) -> tuple[Hidden | None, ...]:
    """Which groups of a split are hidden, by the number of people in each, and why. With a minimum of one none is.

    Groups of fewer than `minimum` people are; nobody counts as few. What the whole has and the groups that are shown do not is what the hidden ones
    have together: while these are fewer than `minimum` people too, the smallest other group is hidden too, of equal ones the first.
    """
    found: list[Hidden | None] = ["few" if number < minimum and minimum > 1 else None for number in people]
    while any(found) and not all(found) and sum(number for number, reason in zip(people, found, strict=True) if reason) < minimum:
        found[min((number, at) for at, number in enumerate(people) if not found[at])[1]] = "beside"
    return tuple(found)


def spread(places: Sequence[int]) -> Spread | None:
    """How far ratings are apart; nothing where there are none."""
    if not places:
        return None
    median = statistics.median(places)
    return Spread(min(places), median, max(places), statistics.mean(abs(place - median) for place in places))
