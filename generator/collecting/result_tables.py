"""The two tables for spreadsheets: ratings as numbers, and all answers as they were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.collecting.statistics import Comparison, Hidden, Question, Result
from generator.output import csv_text

RATINGS = (
    "form",
    "id",
    "question",
    "scale",
    "group",
    "people",
    "lowest",
    "median",
    "highest",
    "disagreement",
    "level 1",
    "level 2",
    "level 3",
    "level 4",
    "note",
)
"""Places on the scale, 1 for the lowest, so that a spreadsheet can sort, subtract and draw them; how many people stand at each level."""

MOST_LEVELS = 4


def ratings(found: Iterable[Comparison], hidden: Mapping[Hidden, str]) -> bytes:
    """A row for each rating in each group; `hidden` is what is said of a hidden group, by the reason."""
    rows = (
        [*_question(form, rating), _scale(rating), *_numbers(result, hidden)]
        for form in found
        for rating in form.ratings
        for result in rating.results
    )
    return csv_text.written([RATINGS, *rows])


def answers(found: Iterable[Comparison], hidden: Mapping[Hidden, str], *, names: bool) -> bytes:
    """A row for each answer of each person, ratings among them; with a column for names only where they are asked for."""
    rows = ([*_question(form, question), *row] for form in found for question in form.questions for row in _answers(question, hidden, names))
    return csv_text.written([answer_head(names=names), *rows])


def answer_head(*, names: bool) -> tuple[str, ...]:
    """The heads of the table of answers."""
    return ("form", "id", "question", "group", *(("name",) if names else ()), "answer", "note")


def _question(form: Comparison, question: Question) -> tuple[str, ...]:
    return form.form.title, question.blank.name, question.blank.wording


def _scale(rating: Question) -> str:
    return ", ".join(f"{place} {title}" for place, (_, title) in enumerate(rating.blank.choices, 1))


def _numbers(result: Result, hidden: Mapping[Hidden, str]) -> list[str]:
    found = result.spread
    numbers = (result.people, found.lowest, found.median, found.highest, found.disagreement, *result.counts) if found else ()
    cells = [format(number, "g") for number in numbers]
    return [result.group, *cells, *[""] * (5 + MOST_LEVELS - len(cells)), hidden[result.hidden] if result.hidden else ""]


def _answers(question: Question, hidden: Mapping[Hidden, str], names: bool) -> Iterator[list[str]]:
    for result in question.results:
        if result.hidden:
            yield [result.group, *[""] * (1 + names), hidden[result.hidden]]
        for answer in result.answers:
            yield [result.group, *([answer.name] if names else []), answer.text, ""]
