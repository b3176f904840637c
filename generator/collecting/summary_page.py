"""The summary: one HTML file that asks nothing of any server, runs nothing, and prints; all words are chosen here, the template shows them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from markupsafe import Markup

from generator.collecting.statistics import Answer, Comparison, Hidden, Question, Result, titles
from generator.output.templates import environment, style

MARK = b'<meta name="generator" content="playbook collect">'
"""What tells that a page was written by us."""


@dataclass(frozen=True)
class Facts:
    """What stands over everything, in words: how many sessions and files, and which days; whether names are shown; the least people of a group.

    `over_time` is whether the groups are one after the other in time.
    """

    sessions: str
    files: str
    days: str
    names: bool
    minimum: int
    over_time: bool = False


@dataclass(frozen=True)
class Row:
    """A group's answers to one question; `hidden` is what is said where it is hidden, else empty.

    `bar` are the parts of a whole of 100: level, where it begins, how wide it is.
    """

    group: str
    hidden: str
    bar: tuple[tuple[int, float, float], ...]
    counted: str
    median: str
    spread: str
    disagreement: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it. `said` are the rows that have words to show beneath: names, or answers beside the scale."""

    wording: str
    earlier: tuple[str, ...]
    rows: tuple[Row, ...]
    said: tuple[Row, ...]
    evidence: tuple[Row, ...]
    line: Line | None = None


@dataclass(frozen=True)
class Line:
    """The medians of a rating over time: `points` on a field of 100 by 30, the highest level on top; `told` says the same in words."""

    points: tuple[tuple[float, float], ...]
    told: str


@dataclass(frozen=True)
class Part:
    """A form on the page; `scale` are the titles of its levels, lowest first."""

    id: str
    title: str
    people: tuple[tuple[str, str], ...]
    scale: tuple[str, ...]
    ratings: tuple[Shown, ...]
    choices: tuple[Shown, ...]
    texts: tuple[Shown, ...]
    gone: tuple[Shown, ...]


def summary(theme: Path, found: Iterable[Comparison], facts: Facts, hidden: Mapping[Hidden, str]) -> bytes:
    """The page by the template in theme/collected/."""
    css = style(theme / "summary.css")
    code = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{code}'; base-uri 'none'; form-action 'none'"
    parts = [_part(one, hidden, over_time=facts.over_time) for one in found]
    page = environment(theme).get_template("summary.html.jinja")
    return page.render(mark=Markup(MARK.decode()), style=Markup(css), policy=policy, facts=facts, parts=parts).encode()


def _part(found: Comparison, hidden: Mapping[Hidden, str], *, over_time: bool) -> Part:
    kinds = (found.ratings, found.choices, found.texts, found.gone)
    ratings, choices, texts, gone = (tuple(_shown(question, hidden) for question in kind) for kind in kinds)
    if over_time:
        ratings = tuple(replace(shown, line=_line(question)) for shown, question in zip(ratings, found.ratings, strict=True))
    people = tuple((result.group, hidden[result.hidden] if result.hidden else counted(result.people, "person", "people")) for result in found.people)
    scale = tuple(titles(found.ratings[0].blank).values()) if found.ratings else ()
    return Part(found.form.id, found.form.title, people, scale, ratings, choices, texts, gone)


def _shown(question: Question, hidden: Mapping[Hidden, str]) -> Shown:
    rows = tuple(_row(question, result, hidden) for result in question.results)
    evidence = question.evidence
    beneath = tuple(_row(evidence, result, hidden) for result in evidence.results) if evidence else ()
    return Shown(question.blank.wording, question.earlier, rows, tuple(row for row in rows if row.answers), beneath)


def _row(question: Question, result: Result, hidden: Mapping[Hidden, str]) -> Row:
    if result.hidden:
        return Row(result.group, hidden[result.hidden], (), "", "", "", "", ())
    words = list(titles(question.blank).values())
    numbers = [(count, title) for count, title in zip(result.counts, words, strict=False) if count]
    told = ", ".join(f"{count} {title}" for count, title in numbers) or "no answers"
    found = result.spread
    answers = tuple(answer for answer in result.answers if answer.name or answer.text not in words)
    if not found:
        return Row(result.group, "", (), told, "", "", "", answers)
    lowest, highest = words[found.lowest - 1], words[found.highest - 1]
    spread = f"all {lowest}" if lowest == highest else f"{lowest} to {highest}"
    return Row(result.group, "", tuple(_bar(result.counts)), told, median(found.median, words), spread, f"{found.disagreement:.2f}", answers)


def _line(question: Question) -> Line:
    words = list(titles(question.blank).values())
    places = [(at, result) for at, result in enumerate(question.results) if result.spread]
    across, down = 90 / max(len(question.results) - 1, 1), 24 / max(len(words) - 1, 1)
    points = tuple((round(5 + across * at, 1), round(27 - down * (result.spread.median - 1), 1)) for at, result in places if result.spread)
    told = "; ".join(f"{result.group}: {median(result.spread.median, words)}" for _, result in places if result.spread)
    return Line(points, f"Median over time. {told}")


def median(place: float, words: list[str]) -> str:
    """A median in words; one between two levels says so."""
    below = words[int(place) - 1]
    return below if place == int(place) else f"between {below} and {words[int(place)]}"


def _bar(counts: tuple[int, ...]) -> Iterator[tuple[int, float, float]]:
    whole = sum(counts)
    for level, (count, end) in enumerate(zip(counts, accumulate(counts), strict=True), 1):
        if count:
            yield level, round(100 * (end - count) / whole, 2), round(100 * count / whole, 2)


def counted(number: int, one: str, many: str) -> str:
    """2, 'person' and 'people' to '2 people'."""
    return f"{number} {one if number == 1 else many}"
