"""Where each record is on the site; the only module that makes addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.catalog.index import Catalog
from generator.model import ids

PAGES: dict[str, str] = {
    "home": "",
    "browse": "browse/",
    "matrix": "matrix/",
    "reflect": "reflect/",
    "team": "team/",
    "practices": "practices/",
    "domains": "domains/",
    "levels": "levels/",
    "habits": "habits/",
    "tools": "tools/",
    "questions": "questions/",
    "resources": "resources/",
    "glossary": "glossary/",
    "sources": "sources/",
    "coverage": "coverage/",
    "links": "links/",
    "about": "about/",
    "how-to-use": "how-to-use/",
    "accessibility": "accessibility/",
    "guides": "guides/",
    "leadership": "leadership/",
    "cycle": "cycle/",
    "coaching": "coaching/",
    "lea-self-reflection": "self-reflection/lea/",
    "forms": "forms/",
    "handouts": "handouts/",
    "compose": "compose/",
    "turnaround-practices": "turnaround-practices/",
    "search": "search/",
    "data": "data/",
    "whats-new": "whats-new/",
}
"""Pages that are no record's own, and their addresses."""

HANDOUTS, DATA = PAGES["handouts"], PAGES["data"]
"""The folders of the handouts' files and of the data's."""

FEED = PAGES["whats-new"] + "feed.xml"
"""The feed of the editions."""


class Routes:
    """Each id to its address: a page from the site's root, ending in '/', and an anchor on it where it has no page of its own."""

    def __init__(self, catalog: Catalog) -> None:
        self._addresses = dict(pairs(catalog))

    def __contains__(self, record: str) -> bool:
        return record in self._addresses

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def address(self, record: str) -> str:
        """From the site's root: 'practices/1a/school/#q1'; '' is the home page."""
        return self._addresses[record]

    def page(self, record: str) -> str:
        """The page without its anchor: 'practices/1a/school/'."""
        return self._addresses[record].partition("#")[0]

    def anchor(self, record: str) -> str:
        """The anchor without its page: 'q1'."""
        return self._addresses[record].partition("#")[2]

    def link(self, page: str, record: str) -> str:
        """The way from a page's address to a record: '../../../tools/your-brand/'."""
        return relative(page, self.address(record))

    def addresses(self) -> list[str]:
        """Every public address, sorted."""
        return sorted(set(self._addresses.values()))


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each id with its address; the rules see to it that no two share one."""
    yield from PAGES.items()
    yield from _records(catalog)
    yield from _guides(catalog)


def relative(page: str, address: str) -> str:
    """The way from one page's address to another address: ('levels/', 'tools/#x') to '../tools/#x'."""
    target, mark, anchor = address.partition("#")
    if target == page:
        return mark + anchor if anchor else "./"
    return "../" * page.count("/") + target + mark + anchor or "./"


def file_of(page: str) -> PurePosixPath:
    """The file that becomes a page: 'levels/' to 'levels/index.md'."""
    return PurePosixPath(page) / "index.md"


def answering(address: str) -> str:
    """What answers at a retired address: itself, but for a file the page in a folder of its name ('handouts/x.pdf/')."""
    return address if "#" in address or address.endswith("/") else f"{address}/"


def edition_anchor(version: str) -> str:
    """'0.1.0' to 'v0-1-0', the edition's anchor on the page of what is new."""
    return f"v{version.replace('.', '-')}"


def _records(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for paragraph in catalog.paragraphs:
        yield paragraph.id, f"about/#{ids.as_anchor(paragraph.id)}"
    for domain in catalog.domains.values():
        yield domain.id, f"domains/{domain.slug}/"
        for paragraph in domain.introduction:
            yield paragraph.id, f"domains/{domain.slug}/#{ids.inner_anchor(paragraph.id)}"
    for level in catalog.levels:
        yield level, f"levels/{level}/"
    for column in catalog.columns:
        yield column, f"habits/{column}/"
    for tool in catalog.tools:
        yield tool, f"tools/{tool}/"
    for term in catalog.terms:
        yield ids.term_id(term), f"glossary/#{term}"
    for erratum in catalog.errata:
        yield ids.erratum_id(erratum), f"sources/#{erratum}"
    for document in catalog.documents:
        yield ids.document_id(document), f"sources/#{document}"
    for resource in catalog.resources.values():
        yield resource.id, f"resources/#{resource.id}"
        for mention in resource.mentions:
            name = ids.mention_id(resource.id, mention.domain)
            yield name, f"resources/#{ids.as_anchor(name)}"
    for practice in catalog.practices.values():
        yield practice.id, f"practices/{practice.id}/"
        for cell in practice.cells:
            yield cell.id, _cell_page(cell.id)
            yield ids.reflection_id(cell.id), f"reflect/{ids.as_path(cell.id)}/"
    for name, _ in catalog.carriers():
        if ids.begins(name) in catalog.practices:
            yield name, f"{_cell_page(name)}#{ids.anchor_of(name)}"


def _cell_page(item: str) -> str:
    practice, level = ids.practice_of(item), ids.level_of(item)
    return f"practices/{practice}/{level}/" if level else f"practices/{practice}/"


def _guides(catalog: Catalog) -> Iterator[tuple[str, str]]:
    found = catalog.companions
    for section in found.sections:
        yield ids.section_id(section.cell), f"leadership/{ids.as_path(section.cell)}/"
    for step in found.steps:
        yield step, f"cycle/{step}/"
    for coached in found.coaching.sets:
        yield coached.id, f"coaching/#{coached.steps[0]}"
    for form in found.forms:
        yield form, f"forms/{form}/"
    for name, _ in found.carriers():
        if name not in found.forms:
            yield name, _guide_address(catalog, name)


def _guide_address(catalog: Catalog, name: str) -> str:
    """'rubric.1a1' to 'self-reflection/lea/#1a1'; an anchor that would be a bare number gets a letter."""
    first, anchor = ids.begins(name), ids.anchor_of(name)
    if first in catalog.practices:
        return f"leadership/{ids.as_path(ids.cell_of(name))}/#{anchor}"
    if first == "cycle" and (step := ids.last(ids.cell_of(name))) in catalog.companions.steps:
        return f"cycle/{step}/#{'p' if anchor[0].isdigit() else ''}{anchor}"
    if first in catalog.companions.forms:
        return f"forms/{first}/#{ids.inner_anchor(name)}"
    pages = {"leadership": "leadership", "cycle": "cycle", "coaching": "coaching", "rubric": "lea-self-reflection", "tp": "turnaround-practices"}
    anchor = ids.inner_anchor(name) if first in pages else name
    return f"{PAGES[pages.get(first, 'turnaround-practices')]}#{anchor}"
