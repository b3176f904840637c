"""Where each record is on the site; the only module that makes addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.catalog.index import Catalog
from generator.catalog.page_table import SITE_PAGES, site_pages
from generator.catalog.site_page import OnePage
from generator.model import ids

PAGES = {row.key: row.address for row in SITE_PAGES if not row.of_records}
"""Pages that are no record's own, and their addresses."""

_ROWS = {row.key: row for row in SITE_PAGES}

HANDOUTS, DATA = PAGES["handouts"], PAGES["data"]
"""The folders of the handouts' files and of the data's."""

FEED = PAGES["whats-new"] + "feed.xml"
"""The feed of the editions."""


class Routes:
    """Each id to its address: a page from the site's root, ending in '/', and an anchor on it where it has no page of its own."""

    def __init__(self, catalog: Catalog) -> None:
        self.pages = tuple(site_pages(catalog))
        """Every page, in the order of the table; also those at the addresses of retired records, which have no id."""
        self.by_id = {page.id: page for page in self.pages if page.id}
        """Each id that has a page of its own to this page."""
        self._addresses = dict(pairs(catalog, self.pages))

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


def pairs(catalog: Catalog, pages: Iterable[OnePage]) -> Iterator[tuple[str, str]]:
    """Each id with its address; the rules see to it that no two share one."""
    yield from ((page.id, page.address) for page in pages if page.id)
    yield from _records(catalog)
    yield from _guides(catalog)


def page_of(kind: str, path: str) -> str:
    """The page of one record, by the key of its row: ('tool', 'your-brand') to 'tools/your-brand/'."""
    return _ROWS[kind].address.format(path)


def relative(page: str, address: str) -> str:
    """The way from one page's address to another address: ('levels/', 'tools/#x') to '../tools/#x'."""
    target, mark, anchor = address.partition("#")
    if target == page:
        return mark + anchor if anchor else "./"
    return "../" * page.count("/") + target + mark + anchor or "./"


def file_of(page: str) -> PurePosixPath:
    """The file that becomes a page: 'levels/' to 'levels/index.md'."""
    return PurePosixPath(page) / "index.md"


def edition_anchor(version: str) -> str:
    """'0.1.0' to 'v0-1-0', the edition's anchor on the page of what is new."""
    return f"v{version.replace('.', '-')}"


def _records(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """What is on the page of something else."""
    for paragraph in catalog.paragraphs:
        yield paragraph.id, f"{PAGES['about']}#{ids.as_anchor(paragraph.id)}"
    for domain in catalog.domains.values():
        for paragraph in domain.introduction:
            yield paragraph.id, f"{page_of('domain', domain.slug)}#{ids.inner_anchor(paragraph.id)}"
    for term in catalog.terms:
        yield ids.term_id(term), f"{PAGES['glossary']}#{term}"
    for erratum in catalog.errata:
        yield ids.erratum_id(erratum), f"{PAGES['sources']}#{erratum}"
    for document in catalog.documents:
        yield ids.document_id(document), f"{PAGES['sources']}#{document}"
    for resource in catalog.resources.values():
        yield resource.id, f"{PAGES['resources']}#{resource.id}"
        for mention in resource.mentions:
            name = ids.mention_id(resource.id, mention.domain)
            yield name, f"{PAGES['resources']}#{ids.as_anchor(name)}"
    for practice in catalog.practices.values():
        for cell in practice.cells:
            if not ids.level_of(cell.id):
                yield cell.id, _cell_page(cell.id)
    for name, _ in catalog.carriers():
        if ids.begins(name) in catalog.practices:
            yield name, f"{_cell_page(name)}#{ids.anchor_of(name)}"


def _cell_page(item: str) -> str:
    """The page of a cell, or of anything in it; an overview is on its practice's page."""
    return page_of("cell", ids.as_path(ids.overview_to_practice(ids.cell_of(item))))


def _guides(catalog: Catalog) -> Iterator[tuple[str, str]]:
    found = catalog.companions
    for coached in found.coaching.sets:
        yield coached.id, f"{PAGES['coaching']}#{coached.steps[0]}"
    for name, _ in found.carriers():
        if name not in found.forms and (address := guide_address(catalog, name)):
            yield name, address


def guide_address(catalog: Catalog, name: str) -> str | None:
    """'rubric.1a1' to 'self-reflection/lea/#1a1'; None where no page shows ids that begin so."""
    first, anchor, found = ids.begins(name), ids.anchor_of(name), catalog.companions
    if first in catalog.practices:
        return f"{page_of('section', ids.as_path(ids.cell_of(name)))}#{anchor}"
    if first == "cycle" and (step := ids.last(ids.cell_of(name))) in found.steps:
        # An anchor that would be a bare number gets a letter.
        return f"{page_of('step', step)}#{'p' if anchor[0].isdigit() else ''}{anchor}"
    if first in found.forms:
        return f"{page_of('form', first)}#{ids.inner_anchor(name)}"
    if name in found.elsewhere:
        return f"{PAGES['turnaround-practices']}#{name}"
    family = ids.FAMILIES.get(first)
    return f"{PAGES[family.page]}#{ids.inner_anchor(name)}" if family and family.page in PAGES else None
