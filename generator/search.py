"""What the site's search knows: one entry for each record that a reader may look for, as a script that any page can load."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import ids, model
from generator.catalog import Catalog
from generator.routes import PAGES, Routes
from generator.views import items


@dataclass(frozen=True)
class Entry:
    """One thing to find: where it is, what kind it is, its title and text, and other words that should find it."""

    url: str
    kind: str
    title: str
    text: str
    words: str


def entries(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Everything that can be found, whole pages first."""
    for entry in (*_pages(catalog, routes), *_cells(catalog, routes), *_records(catalog, routes)):
        words = f"{entry.words} {_synonyms(catalog, f'{entry.title} {entry.text}')}"
        yield Entry(entry.url, entry.kind, entry.title, entry.text, " ".join(words.split()))


def script(catalog: Catalog, routes: Routes) -> str:
    """A classic script, so that it also loads where the site is opened from a folder."""
    found = [vars(entry) for entry in entries(catalog, routes)]
    return f"window.playbookEntries = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def _pages(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    for domain in catalog.domains.values():
        text = " ".join(said for paragraph in domain.introduction for said in paragraph.said)
        yield Entry(routes.page(domain.id), "Domain", f"Domain {domain.id.removeprefix('d')}: {domain.title}", text, " ".join(domain.aliases))
    for practice in catalog.practices.values():
        domain = catalog.domains[practice.domain]
        words = " ".join((domain.title, *domain.aliases, *practice.aliases))
        yield Entry(routes.page(practice.id), "Practice", f"{items.code(practice.id)} {practice.title}", "", words)
    for level in catalog.levels.values():
        yield Entry(routes.page(level.id), "Level", f"{level.title} level", level.purpose, " ".join(level.aliases))
    for column in catalog.columns.values():
        yield Entry(routes.page(column.id), "Habit", column.title, column.purpose, " ".join(column.aliases))
    for tool in catalog.tools.values():
        yield Entry(routes.page(tool.id), "Tool", tool.title, tool.purpose, " ".join((tool.type, tool.publisher or "", *tool.aliases)))
    yield Entry(PAGES["questions"], "Page", "Reflection questions", "All questions to reflect on, by practice and level.", "reflect discussion")
    yield Entry(PAGES["how-to-use"], "Page", "How to use this site", "Finding, printing, sharing.", "help guide print")
    yield Entry(PAGES["about"], "Page", "About the two frameworks", "Four Domains and Leading by Convening.", "introduction authors LbC")
    yield Entry(PAGES["coverage"], "Page", "Coverage", "What is carried from the printed playbook.", "complete missing")


def _cells(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    for cell in catalog.cells.values():
        where = items.place(catalog, cell.id)
        words = _context(catalog, cell.id)
        if ids.level_of(cell.id):
            title = catalog.practices[ids.practice_of(cell.id)].title
            yield Entry(routes.page(cell.id), "Practice at a level", f"{where}: {title}", "", words)
        for column, statement in cell.statements():
            kind = "Four Domains statement" if statement.framework else "Touch point"
            yield Entry(routes.address(statement.id), kind, where, " ".join(statement.said), f"{words} {catalog.columns[column].title}")
        for question in cell.questions:
            yield Entry(routes.address(question.id), "Question", where, " ".join(question.said), words)
    for name, use in ((name, use) for uses in catalog.uses_of.values() for name, use in uses if use.text):
        title = f"{catalog.tools[use.tool].title} – {items.place(catalog, ids.cell_of(name))}"
        yield Entry(routes.address(name), "Tool use", title, use.text or "", _context(catalog, name))


def _records(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    for term in catalog.terms.values():
        yield Entry(routes.address(f"glossary.{term.id}"), "Word", term.term, term.definition, " ".join(term.aliases))
    for resource in catalog.resources.values():
        yield Entry(routes.address(resource.id), "Resource", resource.title, resource.purpose, resource.publisher)
    for erratum in catalog.errata.values():
        yield Entry(routes.address(f"errata.{erratum.id}"), "Erratum", erratum.title, erratum.shown, "")


def _context(catalog: Catalog, name: str) -> str:
    """The other names of the level and domain that a record in a cell belongs to."""
    level = ids.level_of(name)
    domain = catalog.domains[catalog.practices[ids.practice_of(name)].domain]
    found: tuple[str, ...] = domain.aliases
    if level:
        found = (*found, *catalog.levels[level].aliases)
    return " ".join(found)


def _synonyms(catalog: Catalog, text: str) -> str:
    """The everyday words for what the text says."""
    said = set(re.findall(r"[a-z]+", text.lower()))
    return " ".join(word for synonym in catalog.synonyms if _means(synonym, said) for word in synonym.words)


def _means(synonym: model.Synonym, said: set[str]) -> bool:
    return any(set(meaning.lower().split()) <= said for meaning in synonym.means)
