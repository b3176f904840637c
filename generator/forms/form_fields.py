"""The blanks of every form: the names that paper, file and screen know them by, and what stands beside each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.catalog.handout_list import STATUS
from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.forms.layout import Part, parts
from generator.model import ids, playbook


@dataclass(frozen=True)
class Blank:
    """One blank: its name, its wording in full, and what it can hold where that is not free text.

    `choices` are the values and titles of a choice; where `rates` is true they are a scale, lowest first. A box to tick has the one choice 'on'.
    `about` is the blank whose rating this one gives the evidence for.
    """

    name: str
    wording: str
    choices: tuple[tuple[str, str], ...] = ()
    rates: bool = False
    about: str = ""


@dataclass(frozen=True)
class FormBlanks:
    """A form, and its blanks in order; `prefix` is what the names of who and when begin with."""

    id: str
    title: str
    page: str
    prefix: str
    blanks: tuple[Blank, ...]

    @cached_property
    def wording(self) -> dict[str, str]:
        """Each blank's wording by its name."""
        return {blank.name: blank.wording for blank in self.blanks}


SCALE = tuple(reversed(STATUS))
"""How far a touch point is, lowest first."""

NEXT_STEPS = ("", ".2", ".3")
"""The paper has room for one next step; the first has its names."""


def forms(catalog: Catalog, routes: Routes) -> dict[str, FormBlanks]:
    """Every form that can be filled in on screen, by its id, in the order of the site."""
    found = [*_cells(catalog, routes), _rubric(catalog, routes), *_templates(catalog, routes)]
    return {form.id: form for form in found}


def script(found: Iterable[FormBlanks]) -> str:
    """All forms as a script, so that a page can load them from a folder too; what is empty is left out."""
    told = {
        form.id: {"title": form.title, "page": form.page, "prefix": form.prefix, "blanks": [_told(blank) for blank in form.blanks]} for form in found
    }
    return f"const playbookBlanks = {json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n"


def _told(blank: Blank) -> Mapping[str, object]:
    return {name: value for name in ("name", "wording", "choices", "rates") if (value := getattr(blank, name))}


def _who(form: str) -> Iterator[Blank]:
    for name, words in (("name", "Name"), ("team", "Team"), ("date", "Date")):
        yield Blank(f"{form}.{name}", words)


def _next_steps(form: str) -> Iterator[Blank]:
    for number, place in enumerate(NEXT_STEPS, 1):
        for name, words in (("what", "what"), ("who", "who"), ("when", "by when")):
            yield Blank(f"{form}.next{place}.{name}", f"Next step {number}: {words}")


def _cells(catalog: Catalog, routes: Routes) -> Iterator[FormBlanks]:
    for cell in catalog.cells.values():
        title = f"{catalog.place(cell.id)}: {catalog.practices[ids.practice_of(cell.id)].title}"
        yield FormBlanks(cell.id, title, routes.page(ids.reflection_id(cell.id)), cell.id, tuple(_of_cell(catalog, cell)))


def _of_cell(catalog: Catalog, cell: playbook.Cell) -> Iterator[Blank]:
    yield from _who(cell.id)
    for statement in catalog.touch_points(cell):
        words = " ".join(statement.said)
        yield Blank(statement.id, words, SCALE, rates=True)
        yield Blank(f"{statement.id}-notes", f"Evidence: {words}", about=statement.id)
    yield Blank(f"{cell.id}.notes", "Notes: what shows us this?")
    for question in cell.questions:
        yield Blank(question.id, " ".join(question.said))
    yield from _next_steps(cell.id)


def _rubric(catalog: Catalog, routes: Routes) -> FormBlanks:
    rubric = catalog.companions.rubric
    scale = tuple((level.id, level.title) for level in rubric.levels)
    blanks = list(_who("rubric"))
    for summary in rubric.summaries:
        for element in rubric.elements:
            if catalog.practices[ids.practice_of(element.cell)].domain == summary.domain:
                words = f"{ids.last(element.id)} {element.title}"
                blanks += Blank(element.id, words, scale, rates=True), Blank(f"{element.id}-evidence", f"{words}: evidence", about=element.id)
        domain = catalog.domains[summary.domain].title
        blanks += (Blank(f"{summary.id}-{side}", f"{domain}: {side}") for side in ("strengths", "weaknesses"))
    return FormBlanks(rubric.id, "LEA self-reflection", routes.page("lea-self-reflection"), "rubric", tuple(blanks))


def _templates(catalog: Catalog, routes: Routes) -> Iterator[FormBlanks]:
    for form in catalog.companions.forms.values():
        inside = (blank for part in parts(form, catalog.practices) for blank in _of_part(part, ""))
        yield FormBlanks(form.id, form.title, routes.page(form.id), form.id, (*_who(form.id), *inside, *_next_steps(form.id)))


def _of_part(part: Part, around: str) -> Iterator[Blank]:
    """The blanks of a part; its wording tells all that is around it."""
    whole = f"{around}, {part.label}" if around else part.label
    if part.kind == "section":
        for inner in part.parts:
            yield from _of_part(inner, whole)
    elif part.kind == "field":
        yield Blank(part.name, whole)
    elif part.kind == "choice":
        yield Blank(part.name, whole, tuple((choice.value, choice.label) for choice in part.choices))
    elif part.kind == "checklist":
        for choice in part.choices:
            yield Blank(choice.name, f"{whole}: {choice.label}", (("on", choice.label),))
            if choice.words:
                yield Blank(choice.words, f"{whole}, {choice.label}: in your own words")
    for number, row in enumerate(part.rows, 1):
        for name, column in zip(row.names, part.columns, strict=True):
            yield Blank(name, f"{whole}, {row.head or f'row {number}'}: {column}")
