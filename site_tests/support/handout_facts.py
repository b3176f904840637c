"""What each handout must say and ask, read from the data: the same for its PDF, its Word and its Excel file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.handout_list import Handout
from generator.checks.checked_edition import Edition
from generator.forms.layout import Part, parts


def bare(text: str) -> str:
    """A text without white space, and without the soft signs at which a long word may break."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def said(handout: Handout, edition: Edition) -> Iterator[tuple[str, str]]:
    """Everything that a handout must say, with the id of what says it."""
    catalog, found = edition.catalog, edition.catalog.companions
    if handout.kind in ("practice", "touch-points", "reflection"):
        cell = catalog.cells[handout.cell]
        if handout.kind != "reflection":
            yield from ((statement.id, text) for _, statement in cell.statements() for text in statement.said)
        if handout.kind != "touch-points":
            yield from ((question.id, text) for question in cell.questions for text in question.said)
            yield from ((use.tool, text) for use in cell.tools for text in (catalog.tools[use.tool].title, *use.said))
    elif handout.kind == "future-states":
        for state in found.sections_of[handout.cell].future_states:
            for record in (state, *state.all_strategies(), *state.questions):
                yield from ((record.id, text) for text in record.said)
    elif handout.kind == "coaching":
        coached = next(coached for coached in found.coaching.sets if coached.id == handout.about)
        yield from ((record.id, text) for record in (*coached.preparation, *coached.items) for text in record.said)
    elif handout.kind == "self-reflection":
        for element in found.rubric.elements:
            yield from ((element.id, text) for text in (element.title, *element.said, *element.adds.texts))
    elif handout.about in found.forms:
        for part in flat(parts(found.forms[handout.about], catalog.practices)):
            if handout.kind != "fishbone":
                yield from ((part.name, text) for text in (part.label, part.hint, part.statement, *part.said, *part.columns))


def asked(handout: Handout, edition: Edition) -> Iterator[tuple[str, str]]:
    """The name of every field that a handout must have, with words of its label."""
    catalog, found = edition.catalog, edition.catalog.companions
    if handout.kind in ("practice", "touch-points", "reflection"):
        cell = catalog.cells[handout.cell]
        yield from ((f"{cell.id}.{name}", name.capitalize()) for name in ("name", "team", "date"))
        if handout.kind != "reflection":
            yield from ((statement.id, " ".join(statement.said)) for statement in edition.catalog.touch_points(cell))
        if handout.kind != "touch-points":
            yield from ((question.id, " ".join(question.said)) for question in cell.questions)
            yield from ((f"{cell.id}.next.{name}", "step") for name in ("what", "who", "when"))
    elif handout.kind == "future-states":
        for state in found.sections_of[handout.cell].future_states:
            yield from ((strategy.id, " ".join(strategy.said)) for strategy in state.all_strategies() if not strategy.strategies)
            yield from ((question.id, " ".join(question.said)) for question in state.questions)
    elif handout.kind == "coaching":
        coached = next(coached for coached in found.coaching.sets if coached.id == handout.about)
        heads = {item.part_of for item in coached.items}
        yield from ((item.id, " ".join(item.said)) for item in coached.items if item.id not in heads)
    elif handout.kind == "self-reflection":
        for element in found.rubric.elements:
            yield from ((element.id, element.title), (f"{element.id}-evidence", element.title))
        for summary in found.rubric.summaries:
            yield from ((f"{summary.id}-{what}", what) for what in ("strengths", "weaknesses"))
    elif handout.about in found.forms:
        for part in flat(parts(found.forms[handout.about], edition.catalog.practices)):
            yield from blanks(part)


def flat(found: tuple[Part, ...]) -> Iterator[Part]:
    for part in found:
        yield part
        yield from flat(part.parts)


def blanks(part: Part) -> Iterator[tuple[str, str]]:
    if part.kind == "field":
        yield part.name, part.label
    for choice in part.choices:
        yield choice.name, part.label
        if choice.words:
            yield choice.words, choice.label
    for row in part.rows:
        yield from zip(row.names, part.columns, strict=True)
