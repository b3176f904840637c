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
    asked: tuple[str, ...] = ()
    """What people type when this is the answer."""
    ours: bool = False
    """Whether this edition added it."""


GUIDE = "Guide"

OWN_PAGES = (
    Entry(PAGES["practices"], "Page", "Practices", text="The twelve practices of the four domains."),
    Entry(PAGES["domains"], "Page", "Domains", text="The four domains: what to change."),
    Entry(PAGES["levels"], "Page", "Levels", text="School, district and state."),
    Entry(PAGES["habits"], "Page", "Habits", text="The three habits of Leading by Convening: how to bring people along."),
    Entry(PAGES["tools"], "Page", "Tools", text="All tools that the playbook points to."),
    Entry(PAGES["resources"], "Page", "Resources", text="Whole documents and pages that the playbook sends readers to."),
    Entry(PAGES["glossary"], "Page", "Glossary", text="What the words and abbreviations mean."),
    Entry(PAGES["questions"], "Page", "Reflection questions", ("discussion questions",), text="All questions to reflect on, by practice and level."),
    Entry(
        PAGES["handouts"],
        "Page",
        "Handouts",
        ("worksheets", "printables", "PDF", "packets", "reflection sheet", "touch point sheet"),
        text="Sheets to print, fill in or change: touch points, questions, coaching, forms, packets.",
    ),
    Entry(
        PAGES["compose"],
        "Page",
        "Make your own handout",
        ("compose", "session plan", "agenda"),
        text="Choose items, order them, set room to write and minutes, and print a handout and a session plan.",
    ),
    Entry(
        PAGES["how-to-use"],
        "Page",
        "How to use this site",
        ("help", "guide", "privacy"),
        text="How to read a page, find, print, share a link, cite the printed page.",
    ),
    Entry(
        PAGES["accessibility"],
        "Page",
        "Accessibility",
        ("WCAG", "screen reader", "a11y"),
        text="What was tested so that everyone can use this site, what was not, and known limits.",
    ),
    Entry(PAGES["browse"], "Page", "Browse", ("filter", "all items"), text="Every single item, to choose by practice, level, habit, kind or tool."),
    Entry(PAGES["matrix"], "Page", "Matrix", ("overview table", "grid"), text="Twelve practices by level on one screen, with what each holds."),
    Entry(PAGES["reflect"], "Page", "Reflect", ("my answers", "saved sessions"), text="Forms to fill in on screen, saved in your browser."),
    Entry(
        PAGES["team"],
        "Page",
        "Team",
        ("compare answers", "merge answers", "team results"),
        text="The answers of many people side by side: median, spread, greatest disagreement first, two dates compared.",
    ),
    Entry(PAGES["coverage"], "Page", "Coverage", text="What this edition carries of the original, and what is missing."),
    Entry(PAGES["links"], "Page", "Links", ("dead links", "broken links"), text="Which outside addresses still open, and their archived copies."),
    Entry(PAGES["whats-new"], "Page", "What is new", ("changelog", "updates", "news"), text="What each edition changed."),
    Entry(PAGES["data"], "Page", "Data", ("download", "export", "JSON", "CSV"), text="All content as files for other programs."),
)
"""Pages that stand for no record."""


def entries(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Everything that can be found."""
    asked = {routes.address(found.about): found.phrases for found in catalog.asked}
    found = (_frames(catalog, routes), _practices(catalog, routes), _records(catalog, routes), _guides(catalog, routes), _sources(catalog, routes))
    for entry in chain(OWN_PAGES, *found):
        yield replace(entry, asked=asked.get(entry.url, ()))


def script(catalog: Catalog, routes: Routes) -> str:
    """A classic script, so that it also loads where the site is opened from a folder."""
    found = {"entries": list(entries(catalog, routes)), "synonyms": [synonym.model_dump() for synonym in catalog.synonyms]}
    return f"window.playbookSearch = {json.dumps(found, default=_filled, ensure_ascii=False, separators=(',', ':'))};\n"


def _filled(value: Entry | Part) -> dict[str, object]:
    return {name: field for name, field in vars(value).items() if field}


def _frames(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """Domains, levels, habits and the introduction."""
    for domain in catalog.domains.values():
        title = f"Domain {ids.domain_number(domain.id)}: {domain.title}"
        parts = _paragraphs(routes, domain.introduction)
        yield Entry(routes.page(domain.id), "Domain", title, (domain.title, *domain.aliases), parts=parts)
    for level in catalog.levels.values():
        names = (level.title, *level.aliases)
        yield Entry(routes.page(level.id), "Level", f"{level.title} level", names, text=level.purpose, level=level.id)
    for column in catalog.columns.values():
        yield Entry(routes.page(column.id), "Habit", column.title, column.aliases, text=column.purpose)
    about = "The Four Domains and Leading by Convening: what they are and where they come from."
    yield Entry(
        PAGES["about"], "Page", "About the two frameworks", ("introduction", "authors"), text=about, parts=_paragraphs(routes, catalog.paragraphs)
    )


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
                title = f"{catalog.place(cell.id)}: {practice.title}"
                yield Entry(routes.page(cell.id), "Practice at a level", title, (f"{code} {level.title}",), around, parts=parts, level=level.id)
            else:
                around = " ".join((domain.title, *domain.aliases))
                names = (code, f"practice {code}", practice.title, *practice.aliases)
                yield Entry(routes.page(practice.id), "Practice", f"{code} {practice.title}", names, around, parts=parts)


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
        yield Entry(routes.page(tool.id), "Tool", tool.title, tool.aliases, around, tool.purpose, ours=tool.origin == "site")
    for term in catalog.terms.values():
        yield Entry(routes.address(ids.term_id(term.id)), "Glossary", term.term, term.aliases, text=term.definition)
    for resource in catalog.resources.values():
        yield Entry(routes.address(resource.id), "Resource", resource.title, around=resource.publisher, text=resource.purpose)


def _guides(catalog: Catalog, routes: Routes) -> Iterator[Entry]:
    """The companion guides; what the leadership guide repeats from the playbook is found there only."""
    found = catalog.companions
    introduction = tuple(_saying(routes, "Introduction", found.leadership_introduction))
    yield Entry(PAGES["leadership"], GUIDE, "Turnaround leadership guide", parts=introduction)
    for section in found.sections:
        title = f"Future states: {catalog.place(section.cell)}"
        parts = tuple(_states(routes, section.future_states))
        yield Entry(routes.page(ids.section_id(section.cell)), GUIDE, title, parts=parts, level=ids.level_of(section.cell) or "")
    yield Entry(PAGES["cycle"], GUIDE, "Improvement cycle", parts=tuple(_saying(routes, "Introduction", found.cycle.introduction)))
    for step in found.steps.values():
        passages = (step.purpose, *step.explanation, *step.produce, *((step.tip,) if step.tip else ()), *step.examples)
        yield Entry(routes.page(step.id), GUIDE, step.title, around="Improvement cycle step", parts=tuple(_saying(routes, "Passage", passages)))
    yield Entry(PAGES["coaching"], GUIDE, "Coaching questions", parts=tuple(_saying(routes, "Coaching", found.coaching_items.values())))
    elements = (_titled(routes, "Element", element.title, element) for element in found.rubric.elements)
    yield Entry(PAGES["lea-self-reflection"], GUIDE, found.rubric.title, ("LEA self-reflection", "Tool C"), parts=tuple(elements))
    yield Entry(PAGES["forms"], "Page", "Forms", text="Templates to fill in.")
    for form in found.forms.values():
        yield Entry(routes.page(form.id), "Form", form.title, text=form.purpose)
    external = (*found.external.practices, *found.external.strands, *found.external.services)
    services = (_titled(routes, "Passage", practice.title, practice) for practice in external)
    yield Entry(PAGES["turnaround-practices"], GUIDE, "Turnaround practices", parts=tuple(services))


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
    yield Entry(PAGES["sources"], "Sources", "Sources and errata", names, parts=(*documents, *errata))
