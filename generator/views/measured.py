"""The coverage page: what is measured of each part of the playbook."""

from __future__ import annotations

from generator.catalog.index import Catalog
from generator.checks.coverage import PartCoverage, by_part, empty_boxes
from generator.model import ids
from generator.model.measurements import ReadingGrade
from generator.views.browse import source_title
from generator.views.shared.parts import Here, Link

Rows = tuple[tuple[Link, PartCoverage, ReadingGrade | None], ...]
"""A part that is new has no grade until 'playbook coverage --write' has measured it."""


def grades(catalog: Catalog) -> dict[str, ReadingGrade]:
    """The reading grades that were measured last, by what they are of."""
    return {grade.of: grade for grade in catalog.measured.reading}


def parts(here: Here) -> tuple[tuple[str, Rows], ...]:
    """Domains, practices, levels and habits, each with its figures."""
    catalog = here.catalog
    return (
        ("Domains", _rows(here, {domain.id: f"{ids.domain_number(domain.id)} {domain.title}" for domain in catalog.domains.values()})),
        ("Practices", _rows(here, {practice.id: f"{ids.code(practice.id)} {practice.title}" for practice in catalog.practices.values()})),
        ("Levels", _rows(here, {ids.OVERVIEW: "Overview", **{level.id: level.title for level in catalog.levels.values()}})),
        ("Habits", _rows(here, {column.id: column.title for column in catalog.columns.values()})),
    )


def _rows(here: Here, titles: dict[str, str]) -> Rows:
    figures, graded = by_part(here.catalog), grades(here.catalog)
    return tuple((here.link("practices" if name == ids.OVERVIEW else name, title), figures[name], graded.get(name)) for name, title in titles.items())


def by_document(catalog: Catalog) -> tuple[tuple[str, ReadingGrade], ...]:
    """The grades of what was made from each document, and of what is ours."""
    graded = grades(catalog)
    return tuple((source_title(name), graded[name]) for name in (*catalog.documents, "site") if name in graded)


def empty(here: Here) -> tuple[tuple[Link, str], ...]:
    """Every box where the playbook prints nothing, in words."""
    columns = {column.id: f"“{column.title}”" for column in here.catalog.columns.values()}
    return tuple((here.link(box.cell, here.catalog.place(box.cell)), columns.get(box.what, box.what)) for box in empty_boxes(here.catalog))
