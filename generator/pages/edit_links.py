"""Where the words of each page are written: the file and line that a reader who wants to change them is led to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.catalog.index import Catalog
from generator.catalog.routes import PAGES, Routes, answering
from generator.checks.prose_pages import Prose
from generator.model import ids, playbook
from generator.problems import Mark


def origins(catalog: Catalog, routes: Routes, prose: Mapping[str, Prose]) -> dict[str, Mark]:
    """Each page's address to its main record; a page that is put together from many files is not among them: its template is its place."""
    found = {PAGES[name]: Mark(page.file) for name, page in prose.items() if name in PAGES}
    found |= {PAGES[name]: Mark(catalog.places[id(record)].source.file) for name, record in _lists(catalog)}
    for name, record, field in _subjects(catalog):
        found[routes.page(name)] = catalog.places[id(record)].mark(field)
    for retired in catalog.retired.values():
        found |= {answering(address): catalog.places[id(retired)].mark() for address in retired.addresses if "#" not in address}
    if catalog.released:
        found[PAGES["whats-new"]] = catalog.places[id(catalog.released[0])].mark("summary")
    return found


def _lists(catalog: Catalog) -> Iterator[tuple[str, playbook.Record]]:
    """Fixed pages that show one file, with a record of that file."""
    guides = catalog.companions
    yield "domains", next(iter(catalog.domains.values()))
    yield "levels", catalog.edition
    yield "habits", catalog.edition
    yield "tools", next(iter(catalog.tools.values()))
    yield "resources", next(iter(catalog.resources.values()))
    yield "glossary", next(iter(catalog.terms.values()))
    yield "leadership", guides.leadership_introduction[0]
    yield "cycle", guides.cycle
    yield "coaching", guides.coaching
    yield "lea-self-reflection", guides.rubric
    yield "turnaround-practices", guides.external


def _subjects(catalog: Catalog) -> Iterator[tuple[str, playbook.Record, str]]:
    """Each id that has a page of its own, its record, and the field that the page is about where it is not the whole."""
    named = (catalog.domains, catalog.levels, catalog.columns, catalog.tools, catalog.companions.steps, catalog.companions.forms)
    for records in named:
        for name, record in records.items():
            yield name, record, ""
    for section in catalog.companions.sections:
        yield ids.section_id(section.cell), section, ""
    for cell in catalog.cells.values():
        yield cell.id, cell, ""
        yield ids.reflection_id(cell.id), cell, "questions"
    for practice in catalog.practices.values():
        yield practice.id, practice, ""
