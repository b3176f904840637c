"""What the site's search knows: one entry for each page or record that a reader may look for, as a script that any page can load."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from generator.catalog.index import Catalog
from generator.catalog.routes import PAGES, Routes
from generator.model import guides, ids, playbook


@dataclass(frozen=True)
class Part:
    """One text on a page: its anchor, what kind it is, what it says, the name of the tool that it is about, whether this edition added it."""

    anchor: str
    kind: str
    text: str
    tool: str = ""
    ours: bool = False


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
    level: str = ""
    practice: str = ""
    """The practice that the page is about, which stands among the results once."""
    asked: tuple[str, ...] = ()
    """What people type when this is the answer."""
    ours: bool = False
    """Whether this edition added it."""


GUIDE = "Guide"


def entries(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Everything that can be found."""
    asked = {routes.address(found.about): found.phrases for found in catalog.asked}
    found = (_pages, _frames, _practices, _records, _guides, _sources)
    for entry in chain.from_iterable(made(catalog, routes) for made in found):
        yield replace(entry, asked=asked.get(entry.url, ()))


def script(catalog: Catalog, routes: Routes) -> str:
    """A classic script, so that it also loads where the site is opened from a folder."""
    found = {"entries": list(entries(catalog, routes)), "synonyms": [synonym.model_dump() for synonym in catalog.synonyms]}
    return f"window.playbookSearch = {json.dumps(found, default=_filled, ensure_ascii=False, separators=(',', ':'))};\n"


def _filled(value: Entry | Part) -> dict[str, object]:
    return {name: field for name, field in vars(value).items() if field}


def _pages(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """The pages that the table of pages has words for."""
    for page in routes.pages:
        if words := page.row.search:
            parts = _paragraphs(routes, catalog.paragraphs) if page.id == "about" else ()
            yield Entry(page.address, "Page", page.title, words.names, text=words.text, parts=parts)


def _frames(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Domains, levels and habits."""
    for domain in catalog.domains.values():
        parts = _paragraphs(routes, domain.introduction)
        yield _entry(routes, domain.id, "Domain", (domain.title, *domain.aliases), parts=parts)
    for level in catalog.levels.values():
        names = (level.title, *level.aliases)
        yield _entry(routes, level.id, "Level", names, text=level.purpose, level=level.id)
    for column in catalog.columns.values():
        yield _entry(routes, column.id, "Habit", column.aliases, text=column.purpose)


def _entry(
    routes: Routes,
    name: str,
    kind: str,
    names: tuple[str, ...] = (),
    around: str = "",
    *,
    text: str = "",
    parts: tuple[Part, ...] = (),
    level: str = "",
    practice: str = "",
    ours: bool = False,
) -> Entry:
    """The entry of a page, by its id."""
    page = routes.by_id[name]
    return Entry(page.address, kind, page.title, names, around, text, parts, level, practice, ours=ours)


def _paragraphs(routes: Routes, paragraphs: tuple[playbook.Paragraph, ...]) -> tuple[Part, ...]:
    return tuple(Part(routes.anchor(paragraph.id), "Introduction", " ".join(paragraph.said)) for paragraph in paragraphs)


def _practices(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Each practice with its overview, and each of its levels."""
    for practice in catalog.practices.values():
        code = ids.code(practice.id)
        domain = catalog.domains[practice.domain]
        for cell in practice.cells:
            parts = tuple(_parts(catalog, routes, cell))
            if level_id := ids.level_of(cell.id):
                level = catalog.levels[level_id]
                around = " ".join((domain.title, *domain.aliases, *practice.aliases, *level.aliases))
                yield _entry(
                    routes, cell.id, "Practice at a level", (f"{code} {level.title}",), around, parts=parts, level=level.id, practice=practice.id
                )
            else:
                around = " ".join((domain.title, *domain.aliases))
                names = (code, f"practice {code}", practice.title, *practice.aliases)
                yield _entry(routes, practice.id, "Practice", names, around, parts=parts, practice=practice.id)


def _parts(catalog: Catalog, routes: Routes, cell: playbook.Cell) -> Iterator[Part]:
    for _, statement in cell.statements():
        kind = "Four Domains statement" if statement.id in catalog.framework_statements else "Touch point"
        yield Part(routes.anchor(statement.id), kind, " ".join(statement.said))
    for question in cell.questions:
        yield Part(routes.anchor(question.id), "Question", " ".join(question.said), ours=question.origin == "site")
    foundational = ((ids.foundational_use_id(cell.id, use.tool), use) for group in cell.foundational_tools for use in group.tools)
    for name, use in (*((ids.tool_use_id(cell.id, use.tool), use) for use in cell.tools), *foundational):
        yield Part(routes.anchor(name), "Tool", " ".join(use.said), catalog.tools[use.tool].title, use.origin == "site")


def _records(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Tools, words and resources."""
    for tool in catalog.tools.values():
        around = f"{tool.type} {tool.publisher or ''}".strip()
        yield _entry(routes, tool.id, "Tool", tool.aliases, around, text=tool.purpose, ours=tool.origin == "site")
    for term in catalog.terms.values():
        yield Entry(routes.address(ids.term_id(term.id)), "Glossary", term.term, term.aliases, text=term.definition)
    for resource in catalog.resources.values():
        yield Entry(routes.address(resource.id), "Resource", resource.title, around=resource.publisher, text=resource.purpose)


def _guides(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """The companion guides; what the leadership guide repeats from the playbook is found there only."""
    found = catalog.companions
    introduction = tuple(_saying(routes, "Introduction", found.leadership_introduction))
    yield _entry(routes, "leadership", GUIDE, parts=introduction)
    for section in found.sections:
        parts = tuple(_states(routes, section.future_states))
        yield _entry(routes, ids.section_id(section.cell), GUIDE, parts=parts, level=ids.level_of(section.cell) or "")
    yield _entry(routes, "cycle", GUIDE, parts=tuple(_saying(routes, "Introduction", found.cycle.introduction)))
    for step in found.steps.values():
        passages = (step.purpose, *step.explanation, *step.produce, *((step.tip,) if step.tip else ()), *step.examples)
        yield _entry(routes, step.id, GUIDE, around="Improvement cycle step", parts=tuple(_saying(routes, "Passage", passages)))
    yield _entry(routes, "coaching", GUIDE, parts=tuple(_saying(routes, "Coaching", found.coaching_items.values())))
    elements = (_titled(routes, "Element", element.title, element) for element in found.rubric.elements)
    yield Entry(PAGES["lea-self-reflection"], GUIDE, found.rubric.title, ("LEA self-reflection", "Tool C"), parts=tuple(elements))
    for form in found.forms.values():
        yield _entry(routes, form.id, "Form", text=form.purpose)
    external = (*found.external.practices, *found.external.strands, *found.external.services)
    services = (_titled(routes, "Passage", practice.title, practice) for practice in external)
    yield _entry(routes, "turnaround-practices", GUIDE, parts=tuple(services))


def _states(routes: Routes, states: Iterable[guides.FutureState]) -> Iterator[Part]:
    for state in states:
        yield _titled(routes, "Future state", state.title, state)
        yield from _saying(routes, "Strategy", state.all_strategies())
        yield from _saying(routes, "Question", state.questions)


def _saying(routes: Routes, kind: str, records: Iterable[guides.Identified]) -> Iterator[Part]:
    """The records that have words of their own."""
    for record in records:
        if record.said:
            yield Part(routes.anchor(record.id), kind, " ".join(record.said))


def _titled(routes: Routes, kind: str, title: str, record: guides.Identified) -> Part:
    return Part(routes.anchor(record.id), kind, f"{title}. {' '.join(record.said)}")


def _sources(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """The documents that the edition is made from, and what they got wrong."""
    documents = (
        Part(routes.anchor(ids.document_id(document.id)), "Source", f"{document.title}. {document.note}") for document in catalog.documents.values()
    )
    errata = (Part(routes.anchor(ids.erratum_id(erratum.id)), "Erratum", erratum.title) for erratum in catalog.errata.values())
    names = ("errors", "corrections")
    yield _entry(routes, "sources", "Sources", names, parts=(*documents, *errata))
