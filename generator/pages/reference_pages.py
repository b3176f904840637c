"""The pages to look things up in: glossary, sources, coverage, links, data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.catalog.index import PLAYBOOK, Catalog
from generator.catalog.routes import Routes
from generator.checks.coverage import coverage
from generator.exports import search_entries
from generator.exports.csv_tables import Table
from generator.external_links import addresses
from generator.model import ids
from generator.pages.renderer import Page, Writer
from generator.views import link_table, lists, measured
from generator.views.shared import handout_files, parts
from generator.views.shared.parts import Here
from generator.views.shared.web_links import outward


def pages(writer: Writer, size: int, tables: Sequence[Table]) -> Iterator[Page]:
    """All of them in the order of the menu; `size` is that of playbook.json in bytes."""
    yield from _words(writer)
    outside = addresses.find(writer.catalog, writer.routes, writer.prose.values())
    yield _coverage(writer, outside)
    yield writer.page(
        "links",
        rows=lambda here: link_table.rows(here, outside),
        counts=lambda here: link_table.counts(here, outside),
    )
    yield writer.page(
        "data",
        size=handout_files.weight(size),
        tables=[(table, handout_files.weight(len(table.content))) for table in tables],
    )


def _words(writer: Writer) -> Iterator[Page]:
    catalog = writer.catalog
    yield writer.page(
        "glossary",
        terms=lambda here: [
            (term, [here.link(ids.term_id(other), catalog.terms[other].term) for other in term.see]) for term in catalog.terms.values()
        ],
    )
    yield writer.page(
        "sources",
        words=writer.words("sources"),
        documents=[(document, outward(catalog, document.url)) for document in catalog.documents.values()],
        groups=lambda here: _errata(here),
    )


def _coverage(writer: Writer, outside: tuple[addresses.Address, ...]) -> Page:
    catalog = writer.catalog
    return writer.page(
        "coverage",
        documents=[(catalog.documents[document], coverage(catalog, document)) for document in catalog.source_maps],
        parts=measured.parts,
        all=measured.grades(catalog).get("all"),
        graded=measured.by_document(catalog),
        empty=measured.empty,
        handouts=len(writer.shelf.handouts),
        link_counts=lambda here: link_table.counts(here, outside),
        groups=lists.domain_groups,
        bases=lambda here: [
            (here.link(basis.cell, catalog.place(basis.cell)), basis) for basis in catalog.source_map.columns if basis.confidence != "high"
        ],
        unsure=lambda here: [
            (here.link(catalog.carried_by[found.id][0], catalog.carried_by[found.id][0]), found, catalog.column_confidence(found))
            for found in coverage(catalog).unsure
        ],
        left_out=[(catalog.source_items[name], reason) for name, reason in catalog.left_out.items()],
        score=catalog.search_score,
        titles=_titles_by_address(catalog, writer.routes),
    )


def _titles_by_address(catalog: Catalog, routes: Routes) -> dict[str, str]:
    """What the search calls each address; what stands on a page, by the page's title."""
    pages = {entry.url: entry.title for entry in search_entries.entries(catalog, routes)}
    return {url: pages.get(url) or pages.get(url.partition("#")[0], url) for miss in catalog.search_score.misses for url in miss.wanted}


def _errata(here: Here) -> list[Any]:
    """The errata of each document, with links to what they are about and the printed pages."""
    catalog = here.catalog
    found: dict[str, list[Any]] = {document: [] for document in catalog.source_maps}
    for erratum in catalog.errata.values():
        document = catalog.document_of[erratum.sources[0]] if erratum.sources else PLAYBOOK
        links = [here.link(about, parts.called(catalog, about)) for about in erratum.about]
        found[document].append((erratum, links, catalog.pages(erratum)))
    return [(catalog.documents[document], errata) for document, errata in found.items() if errata]
