"""The views of the pages to look things up in: glossary, sources, coverage and data; and of what is new and what is retired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.catalog.index import PLAYBOOK
from generator.catalog.routes import relative
from generator.checks.coverage import Coverage, coverage
from generator.model import history, ids, playbook
from generator.model.measurements import ReadingGrade
from generator.model.search_terms import SearchScore
from generator.views import link_table, lists, measured
from generator.views.page_views.page_context import DataFile, PageContext
from generator.views.shared import handout_files, parts, retired
from generator.views.shared.parts import Link
from generator.views.shared.web_links import Outward, outward


@dataclass(frozen=True)
class GlossaryView:
    """glossary.md.jinja: each term with those to see also."""

    terms: tuple[tuple[playbook.Term, tuple[Link, ...]], ...]

    @classmethod
    def of(cls, here: PageContext) -> GlossaryView:
        terms = here.catalog.terms
        return cls(tuple((term, tuple(here.link(ids.term_id(other), terms[other].term) for other in term.see)) for term in terms.values()))


ErratumLine = tuple[playbook.Erratum, tuple[Link, ...], tuple[int, ...]]
"""An erratum with links to what it is about, and the printed pages."""


@dataclass(frozen=True)
class SourcesView:
    """sources.md.jinja: each document, and the errata of those that have some."""

    words: Markup
    documents: tuple[tuple[playbook.Document, Outward | None], ...]
    groups: tuple[tuple[playbook.Document, tuple[ErratumLine, ...]], ...]

    @classmethod
    def of(cls, here: PageContext) -> SourcesView:
        documents = tuple((document, outward(here.catalog, document.url)) for document in here.catalog.documents.values())
        return cls(here.words(), documents, _errata(here))


def _errata(here: PageContext) -> tuple[tuple[playbook.Document, tuple[ErratumLine, ...]], ...]:
    catalog = here.catalog
    found: dict[str, list[ErratumLine]] = {document: [] for document in catalog.source_maps}
    for erratum in catalog.errata.values():
        document = catalog.document_of[erratum.sources[0]] if erratum.sources else PLAYBOOK
        links = tuple(here.link(about, parts.called(catalog, about)) for about in erratum.about)
        found[document].append((erratum, links, catalog.pages(erratum)))
    return tuple((catalog.documents[document], tuple(errata)) for document, errata in found.items() if errata)


@dataclass(frozen=True)
class CoverageView:
    """coverage.md.jinja"""

    documents: tuple[tuple[playbook.Document, Coverage], ...]
    parts: tuple[tuple[str, measured.Rows], ...]
    all: ReadingGrade | None
    """The reading grades of all items together."""
    graded: tuple[tuple[str, ReadingGrade], ...]
    empty: tuple[tuple[Link, str], ...]
    handouts: int
    link_counts: tuple[link_table.Count, ...]
    groups: tuple[lists.DomainGroup, ...]
    bases: tuple[tuple[Link, playbook.ColumnBasis], ...]
    unsure: tuple[tuple[Link, playbook.SourceItem, playbook.Confidence], ...]
    left_out: tuple[tuple[playbook.SourceItem, str], ...]
    score: SearchScore
    titles: Mapping[str, str]
    """The addresses that the search should have found, each with its title."""

    @classmethod
    def of(cls, here: PageContext) -> CoverageView:
        catalog, found_as = here.catalog, here.inputs.found_as
        bases = (basis for basis in catalog.source_map.columns if basis.confidence != "high")
        carriers = ((catalog.carried_by[found.id][0], found) for found in coverage(catalog).unsure)
        wanted = (url for miss in catalog.search_score.misses for url in miss.wanted)
        return cls(
            documents=tuple((catalog.documents[document], coverage(catalog, document)) for document in catalog.source_maps),
            parts=measured.parts(here),
            all=measured.grades(catalog).get("all"),
            graded=measured.by_document(catalog),
            empty=measured.empty(here),
            handouts=len(here.shelf.handouts),
            link_counts=link_table.counts(here, here.inputs.outside),
            groups=lists.domain_groups(here),
            bases=tuple((here.link(basis.cell, catalog.place(basis.cell)), basis) for basis in bases),
            unsure=tuple((here.link(carrier, carrier), found, catalog.column_confidence(found)) for carrier, found in carriers),
            left_out=tuple((catalog.source_items[name], reason) for name, reason in catalog.left_out.items()),
            score=catalog.search_score,
            # What is on a page is called by the page's title.
            titles={url: found_as.get(url) or found_as.get(url.partition("#")[0], url) for url in wanted},
        )


@dataclass(frozen=True)
class DataView:
    """data.md.jinja: sizes are in words."""

    size: str
    tables: tuple[tuple[DataFile, str], ...]

    @classmethod
    def of(cls, here: PageContext) -> DataView:
        tables = tuple((table, handout_files.weight(table.size)) for table in here.inputs.tables)
        return cls(handout_files.weight(here.inputs.json_size), tables)


@dataclass(frozen=True)
class WhatsNewView:
    """whats-new.md.jinja"""

    editions: tuple[retired.Edition, ...]

    @classmethod
    def of(cls, here: PageContext) -> WhatsNewView:
        return cls(retired.editions(here))


@dataclass(frozen=True)
class Moved:
    """Where a retired page leads: the way for browsers, from a folder too, and the address that search engines shall keep."""

    refresh: str
    canonical: str


@dataclass(frozen=True)
class RetiredView:
    """retired.md.jinja: leads on to what took the place of a page; where nothing did, says why."""

    gone: retired.Gone
    moved: Moved | None

    @classmethod
    def of(cls, here: PageContext, record: history.Retired) -> RetiredView:
        return cls(retired.gone_page(here, record), _moved(here, record.replaced_by) if record.replaced_by else None)


def _moved(here: PageContext, to: str) -> Moved:
    target, mark, anchor = here.routes.address(to).partition("#")
    return Moved(f"{relative(here.page, '')}{target}index.html{mark}{anchor}", here.inputs.address + target)
