"""What is measured of the edition, and whether any of it got worse: the ratchet of data/figures.yml."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import yaml

from generator.catalog import items
from generator.catalog.handout_list import Shelf
from generator.catalog.index import Catalog
from generator.checks import readability
from generator.checks.coverage import QUESTIONS, by_part, coverage, empty_boxes, parts_of
from generator.model.measurements import Figure, ReadingGrade
from generator.problems import Problem

ALL = "all"
HIGHEST = "reading-highest"
HEADER = """\
# yaml-language-server: $schema=schema/figures.schema.json
# Figures that may only get better. Written by 'playbook coverage --write'; commit a worse one only on purpose.
"""


def counted(catalog: Catalog) -> tuple[Figure, ...]:
    """Everything but the reading grades, which take a while."""
    documents = [coverage(catalog, document) for document in catalog.source_maps]
    score = catalog.search_score.known
    unseen = catalog.search_score.unseen_held
    return (
        *(Figure(name=f"carried.{found.document}", better="more", value=found.carried) for found in documents),
        *(Figure(name=f"left-out.{found.document}", better="fewer", value=found.left_out) for found in documents),
        Figure(name="columns-unsure", better="fewer", value=len(coverage(catalog).unsure)),
        Figure(name="cells-without-questions", better="fewer", value=_without_questions(catalog)),
        Figure(name="items", better="more", value=sum(1 for _ in items.singles(catalog))),
        Figure(name="handouts", better="more", value=sum(1 for _ in Shelf(catalog))),
        Figure(name="search-first", better="more", value=score.first),
        Figure(name="search-within-three", better="more", value=score.within_three),
        Figure(name="search-nothing-found", better="fewer", value=score.nothing_found),
        Figure(name="search-unseen-first", better="more", value=unseen.first),
        Figure(name="search-unseen-within-three", better="more", value=unseen.within_three),
    )


def _without_questions(catalog: Catalog) -> int:
    """Cells where neither the playbook nor this edition asks anything."""
    return sum(1 for box in empty_boxes(catalog) if box.what == QUESTIONS and not catalog.cells[box.cell].questions)


def grades(catalog: Catalog) -> tuple[ReadingGrade, ...]:
    """How hard the single items of each part are to read. A use of a tool without words of its own counts nowhere."""
    found: dict[str, list[float]] = defaultdict(list)
    for single, grade in _graded(catalog):
        for part in dict.fromkeys((ALL, single.source, *parts_of(catalog, single.id))):
            found[part].append(grade)
    return tuple(ReadingGrade(of=part, median=round(statistics.median(of), 1), highest=round(max(of), 1)) for part, of in sorted(found.items()))


def _graded(catalog: Catalog) -> Iterator[tuple[items.Single, float]]:
    for single in items.singles(catalog):
        if single.texts:
            yield single, readability.grade(" ".join(single.texts))


def _hardest(catalog: Catalog) -> str:
    """The id of the item that is hardest to read."""
    return max(_graded(catalog), key=lambda pair: pair[1])[0].id


def of_reading(reading: Iterable[ReadingGrade]) -> tuple[Figure, ...]:
    """The reading grades that must not get worse: those of everything together."""
    (whole,) = (grade for grade in reading if grade.of == ALL)
    return (
        Figure(name="reading-median", better="fewer", value=whole.median),
        Figure(name=HIGHEST, better="fewer", value=whole.highest),
    )


def worse(catalog: Catalog, measured: Iterable[Figure]) -> Iterator[Problem]:
    """Each figure that is worse than the one in data/figures.yml, or is not there."""
    kept = {figure.name: figure for figure in catalog.measured.figures}
    for figure in measured:
        before = kept.get(figure.name)
        hint = "mend what made it worse, or run 'playbook coverage --write' and commit data/figures.yml on purpose"
        if before is None:
            yield catalog.problem(catalog.measured, "new-figure", f"'{figure.name}' is not in the file", "run 'playbook coverage --write'", "figures")
        elif _is_worse(figure, before):
            which = f" ('{_hardest(catalog)}')" if figure.name == HIGHEST else ""
            message = f"'{figure.name}' got worse: {figure.value:g} now{which}, {before.value:g} before"
            yield catalog.problem(before, "worse-figure", message, hint, "value")


def changes(catalog: Catalog, measured: Iterable[Figure]) -> tuple[str, ...]:
    """What became of each figure that is not as in data/figures.yml, the worse first; one that is no longer measured counts as worse."""
    kept = {figure.name: figure for figure in catalog.measured.figures}
    now = {figure.name: figure for figure in measured}
    found: dict[str, list[str]] = {"worse": [], "better": [], "new": []}
    for name, figure in now.items():
        before = kept.get(name)
        if before is None:
            found["new"].append(f"{name} is {figure.value:g}")
        elif before.value != figure.value:
            found["worse" if _is_worse(figure, before) else "better"].append(f"{name} from {before.value:g} to {figure.value:g}")
    found["worse"] += [f"{name} was {figure.value:g} and is no longer measured" for name, figure in kept.items() if name not in now]
    return tuple(f"{became}: {line}" for became, lines in found.items() for line in lines)


def _is_worse(now: Figure, before: Figure) -> bool:
    return now.value < before.value if before.better == "more" else now.value > before.value


def text(measured: Iterable[Figure], reading: Iterable[ReadingGrade]) -> str:
    """data/figures.yml as it is written."""
    value = {"figures": [figure.model_dump() for figure in measured], "reading": [grade.model_dump() for grade in reading]}
    return HEADER + yaml.safe_dump(value, sort_keys=False, default_flow_style=None, width=200)


def as_json(catalog: Catalog, measured: Iterable[Figure], reading: Iterable[ReadingGrade]) -> str:
    """All figures for other programs."""
    value = {
        "figures": [figure.model_dump() for figure in measured],
        "reading": [grade.model_dump() for grade in reading],
        "parts": [asdict(part) for part in by_part(catalog).values()],
        "empty": [asdict(box) for box in empty_boxes(catalog)],
        "left_out": catalog.left_out,
    }
    return json.dumps(value, indent=2)


def as_table(catalog: Catalog, measured: Iterable[Figure], reading: Iterable[ReadingGrade]) -> str:
    """All figures for people: the ratchet's first, then part by part."""
    kept = {figure.name: f"{figure.value:g}" for figure in catalog.measured.figures}
    graded = {grade.of: grade for grade in reading}
    lines = [f"{'figure':<38}{'now':>8}{'kept':>8}"]
    lines += [f"{figure.name:<38}{figure.value:>8g}{kept.get(figure.name, '-'):>8}" for figure in measured]
    lines += ["", f"{'part':<16}{'carried':>9}{'empty':>7}{'ours':>6}{'unsure':>8}{'grade':>7}{'highest':>9}"]
    for part in by_part(catalog).values():
        grade = graded.get(part.id)
        numbers = f"{part.carried:>9}{part.empty:>7}{part.ours:>6}{part.unsure:>8}"
        hard = f"{grade.median:>7g}{grade.highest:>9g}" if grade else ""
        lines.append(f"{part.id:<16}{numbers}{hard}")
    return "\n".join(lines)
