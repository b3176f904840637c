"""What the site's search knows: one entry for each page or record that a reader may look for, as a script that any page can load."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from generator import ids, model
from generator.catalog import Catalog
from generator.routes import PAGES, Routes
from generator.views import items


@dataclass(frozen=True)
class Part:
    """One text on a page: its anchor, what kind it is, and what it says."""

    anchor: str
    kind: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One result: where it is, its kind and title, other names for just this, words for what is around it, its text and parts."""

    url: str
    kind: str
    title: str
    names: tuple[str, ...] = ()
    around: str = ""
    text: str = ""
    parts: tuple[Part, ...] = ()


OWN_PAGES = (
    Entry(PAGES["practices"], "Page", "Practices", text="The twelve practices of the four domains."),
    Entry(PAGES["domains"], "Page", "Domains", text="The four domains: what to change."),
    Entry(PAGES["levels"], "Page", "Levels", text="School, district and state."),
    Entry(PAGES["habits"], "Page", "Habits", text="The three habits of Leading by Convening: how to bring people along."),
    Entry(PAGES["tools"], "Page", "Tools", text="All tools that the playbook points to."),
    Entry(PAGES["resources"], "Page", "Resources", text="Whole documents and pages that the playbook sends readers to."),
    Entry(PAGES["glossary"], "Page", "Glossary", text="What the words and abbreviations mean."),
    Entry(PAGES["questions"], "Page", "Reflection questions", ("discussion questions",), text="All questions to reflect on, by practice and level."),
    Entry(PAGES["how-to-use"], "Page", "How to use this site", ("help", "guide"), text="How to read, find, print, share and point to what is here."),
    Entry(PAGES["coverage"], "Page", "Coverage", text="What is carried from the printed playbook, and what is missing."),
    Entry(PAGES["data"], "Page", "Data", ("download",), text="All content as files to download, for other programs."),
)
"""Pages that stand for no record."""


def entries(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Everything that can be found."""
    yield from OWN_PAGES
    yield from _frames(catalog, routes)
    yield from _practices(catalog, routes)
    yield from _records(catalog, routes)
    yield from _sources(catalog, routes)


def script(catalog: Catalog, routes: Routes) -> str:
    """A classic script, so that it also loads where the site is opened from a folder."""
    found = [_short(entry) for entry in entries(catalog, routes)]
    synonyms = [synonym.model_dump() for synonym in catalog.synonyms]
    known = json.dumps({"entries": found, "synonyms": synonyms}, ensure_ascii=False, separators=(",", ":"))
    return f"window.playbookSearch = {known};\n"


def _short(entry: Entry) -> dict[str, object]:
    """An entry without its empty fields."""
    return {field: value for field, value in asdict(entry).items() if value}


def _frames(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Domains, levels, habits and the introduction."""
    for domain in catalog.domains.values():
        parts = _paragraphs(routes, domain.introduction)
        yield Entry(routes.page(domain.id), "Domain", f"Domain {domain.id.removeprefix('d')}: {domain.title}", domain.aliases, parts=parts)
    for level in catalog.levels.values():
        yield Entry(routes.page(level.id), "Level", f"{level.title} level", level.aliases, text=level.purpose)
    for column in catalog.columns.values():
        yield Entry(routes.page(column.id), "Habit", column.title, column.aliases, text=column.purpose)
    about = "The Four Domains and Leading by Convening: what they are and where they come from."
    yield Entry(PAGES["about"], "Page", "About the two frameworks", ("introduction", "authors"), text=about, parts=_paragraphs(routes, catalog.paragraphs))


def _paragraphs(routes: Routes, paragraphs: tuple[model.Paragraph, ...]) -> tuple[Part, ...]:
    return tuple(Part(routes.anchor(paragraph.id), "Introduction", " ".join(paragraph.said)) for paragraph in paragraphs)


def _practices(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Each practice with its overview, then each of its levels."""
    for practice in catalog.practices.values():
        domain = catalog.domains[practice.domain]
        for cell in practice.cells:
            level = ids.level_of(cell.id)
            parts = tuple(_parts(catalog, routes, cell))
            around = (domain.title, *domain.aliases)
            if level:
                title = f"{items.place(catalog, cell.id)}: {practice.title}"
                around = (*around, *practice.aliases, *catalog.levels[level].aliases)
                yield Entry(routes.page(cell.id), "Practice at a level", title, around=" ".join(around), parts=parts)
            else:
                title = f"{items.code(practice.id)} {practice.title}"
                yield Entry(routes.page(practice.id), "Practice", title, practice.aliases, around=" ".join(around), parts=parts)


def _parts(catalog: Catalog, routes: Routes, cell: model.Cell) -> Iterator[Part]:
    for _, statement in cell.statements():
        kind = "Four Domains statement" if statement.framework else "Touch point"
        yield Part(routes.anchor(statement.id), kind, " ".join(statement.said))
    for question in cell.questions:
        yield Part(routes.anchor(question.id), "Question", " ".join(question.said))
    foundational = ((ids.foundational_use_id(cell.id, use.tool), use) for group in cell.foundational_tools for use in group.tools)
    for name, use in (*((ids.tool_use_id(cell.id, use.tool), use) for use in cell.tools), *foundational):
        said = " ".join(use.said)
        yield Part(routes.anchor(name), "Tool", f"{catalog.tools[use.tool].title}. {said}".strip())


def _records(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Tools, words and resources."""
    for tool in catalog.tools.values():
        yield Entry(routes.page(tool.id), "Tool", tool.title, tool.aliases, f"{tool.type} {tool.publisher or ''}".strip(), tool.purpose)
    for term in catalog.terms.values():
        yield Entry(routes.address(f"glossary.{term.id}"), "Word", term.term, term.aliases, text=term.definition)
    for resource in catalog.resources.values():
        yield Entry(routes.address(resource.id), "Resource", resource.title, around=resource.publisher, text=resource.purpose)


def _sources(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """The documents that the edition is made from, and what they got wrong."""
    documents = (
        Part(routes.anchor(f"sources.{document.id}"), "Source", f"{document.title}. {document.note}") for document in catalog.documents.values()
    )
    errata = (Part(routes.anchor(f"errata.{erratum.id}"), "Erratum", f"{erratum.title}. {erratum.shown}") for erratum in catalog.errata.values())
    names = ("errors", "corrections")
    yield Entry(PAGES["sources"], "Page", "Sources and errata", names, parts=(*documents, *errata))
