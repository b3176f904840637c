"""The edition as one file of flat records for other programs: data/playbook.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from generator.catalog.index import PLAYBOOK, Catalog
from generator.catalog.routes import Routes
from generator.exports import guide_records
from generator.exports import record_shapes as shapes
from generator.exports.guide_records import GuideExport
from generator.exports.record_shapes import R, exported
from generator.external_links.addresses import archived_copy
from generator.model import ids, playbook


class ExportedItem(BaseModel):
    """A source item and what became of it."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: str
    page: int = Field(description="The printed page.")
    kind: playbook.ItemKind
    cell: str | None = Field(description="The cell it is in, or null.")
    carried_by: list[str] = Field(description="The ids of the records that carry it.")
    left_out: str | None = Field(description="Why no record carries it, or null.")


class CompanionItem(BaseModel):
    """A source item of a companion guide and what became of it."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: str
    document: str = Field(description="The id of its document in sources.")
    lines: tuple[int, int] = Field(description="First and last line in the document's plain text.")
    kind: playbook.ItemKind
    carried_by: list[str] = Field(description="The ids of the records that carry it.")
    left_out: str | None = Field(description="Why no record carries it, or null.")


class ExportedRetired(BaseModel):
    """Something that had an address and is no longer here."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: str = Field(description="Its id, never used again; in the glossary, the errata and the sources after 'glossary.', 'errata.', 'sources.'.")
    addresses: list[str] = Field(description="Where it stood, from the site's root; these addresses lead on or explain.")
    was: str = Field(description="Its title, or the words that it said last.")
    since: str = Field(description="The first version without it.")
    why: str = Field(description="Why it went.")
    replaced_by: str | None = Field(default=None, description="The id of what took its place.")


class Export(GuideExport):
    """playbook.json: the plain-language edition of The Engagement Playbook as flat arrays, in the order of the site."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    version: str = Field(description="The edition's version; a major one removes a field or an id.")
    date: str = Field(description="The day of this version.")
    title: str = Field(description="The title of the original.")
    domains: list[shapes.ExportedDomain] = Field(description="The four domains: what to change.")
    practices: list[shapes.ExportedPractice] = Field(description="The twelve practices, three in each domain.")
    levels: list[shapes.ExportedLevel] = Field(description="School, district and state.")
    columns: list[shapes.ExportedColumn] = Field(description="The three habits of Leading by Convening: how to bring people along.")
    cells: list[shapes.ExportedCell] = Field(description="Each practice at each level, and its overview.")
    paragraphs: list[shapes.ExportedParagraph] = Field(description="The paragraphs of the introduction and of the domain openings.")
    statements: list[shapes.ExportedStatement] = Field(description="Four Domains statements and touch points.")
    tools: list[shapes.ExportedTool] = Field(description="The tools that the playbook points to, with those that this edition adds.")
    tool_uses: list[shapes.ExportedToolUse] = Field(description="Where a tool is used, and how.")
    foundational_tools: list[shapes.ExportedFoundationalTool] = Field(
        description="Domain 4's tools to come back to, with the sentences that lead into them."
    )
    questions: list[shapes.ExportedQuestion] = Field(description="Questions to reflect on, with those that this edition adds.")
    resources: list[shapes.ExportedResource] = Field(description="Whole documents and pages that the playbook sends readers to.")
    resource_mentions: list[shapes.ExportedMention] = Field(description="Where the playbook names a resource, and what for.")
    glossary: list[shapes.ExportedTerm] = Field(description="What words and abbreviations mean.")
    sources: list[shapes.ExportedDocument] = Field(description="The documents that the edition is made from.")
    errata: list[shapes.ExportedErratum] = Field(description="What the documents got wrong, and what we show.")
    retired: list[ExportedRetired] = Field(description="What earlier versions had.")
    source_items: list[ExportedItem] = Field(description="Every item of the printed playbook.")
    companion_items: list[CompanionItem] = Field(description="Every item of the companion guides.")


def export(catalog: Catalog, routes: Routes) -> Export:
    """All records, joined with what follows from where they stand."""
    maker = _Maker(catalog, routes)
    guides = guide_records.export(catalog, routes)
    return Export(
        version=catalog.edition.version,
        date=catalog.edition.date,
        title=catalog.edition.title,
        domains=[maker.named(shapes.ExportedDomain, domain, domain.id) for domain in catalog.domains.values()],
        practices=[maker.named(shapes.ExportedPractice, practice, practice.id, domain=practice.domain) for practice in catalog.practices.values()],
        levels=[maker.named(shapes.ExportedLevel, level, level.id, text=level.purpose) for level in catalog.levels.values()],
        columns=[maker.named(shapes.ExportedColumn, column, column.id, text=column.purpose) for column in catalog.columns.values()],
        cells=[maker.placed(shapes.ExportedCell, cell.id) for cell in catalog.cells.values()],
        paragraphs=[
            maker.worded(shapes.ExportedParagraph, name, record) for name, record in catalog.carriers() if isinstance(record, playbook.Paragraph)
        ],
        statements=list(maker.statements()),
        tools=[maker.tool(tool) for tool in catalog.tools.values()],
        tool_uses=[maker.use(shapes.ExportedToolUse, name, record) for name, record in maker.uses()],
        foundational_tools=list(maker.foundational()),
        questions=[
            maker.worded(shapes.ExportedQuestion, name, record, origin=record.origin)
            for name, record in catalog.carriers()
            if isinstance(record, playbook.Question)
        ],
        resources=[maker.resource(resource) for resource in catalog.resources.values()],
        resource_mentions=[
            maker.worded(shapes.ExportedMention, name, record, domain=record.domain)
            for name, record in catalog.carriers()
            if isinstance(record, playbook.Mention)
        ],
        glossary=[
            maker.named(
                shapes.ExportedTerm, term, term.id, address=ids.term_id(term.id), title=term.term, text=term.definition, see=list(term.see) or None
            )
            for term in catalog.terms.values()
        ],
        sources=[maker.document(document) for document in catalog.documents.values()],
        errata=[maker.erratum(erratum) for erratum in catalog.errata.values()],
        retired=[ExportedRetired.model_validate(retired.model_dump(mode="json")) for retired in catalog.retired.values()],
        source_items=[
            ExportedItem(
                id=item.id,
                page=item.page or 0,
                kind=item.kind,
                cell=item.cell,
                carried_by=list(catalog.carried_by.get(item.id, ())),
                left_out=catalog.left_out.get(item.id),
            )
            for item in catalog.source_map.items
        ],
        companion_items=[
            CompanionItem(
                id=item.id,
                document=document,
                lines=item.lines,
                kind=item.kind,
                carried_by=list(catalog.carried_by.get(item.id, ())),
                left_out=catalog.left_out.get(item.id),
            )
            for document, source_map in catalog.source_maps.items()
            if document != PLAYBOOK
            for item in source_map.items
        ],
        **{name: getattr(guides, name) for name in GuideExport.model_fields},
    )


class _Maker:
    def __init__(self, catalog: Catalog, routes: Routes) -> None:
        self.catalog = catalog
        self.routes = routes

    def named(self, shape: type[R], record: Any, name: str, address: str | None = None, **fields: Any) -> R:
        """A record with a title and other names."""
        titled = {"title": getattr(record, "title", None), "aliases": list(getattr(record, "aliases", ())) or None} | fields
        return exported(shape, name, self.routes.address(address or name), **titled)

    def placed(self, shape: type[R], name: str, **fields: Any) -> R:
        """A cell, or a record in one: practice, level and cell follow from the id."""
        practice = self.catalog.practices[ids.practice_of(name)]
        cell = ids.cell_of(name)
        fields = {"practice": practice.id, "domain": practice.domain, "level": ids.level_of(name), "cell": cell if cell != name else None} | fields
        return exported(shape, name, self.routes.address(name), **fields)

    def worded(self, shape: type[R], name: str, record: playbook.Cited, **fields: Any) -> R:
        """A record that says something and cites its source."""
        said = list(record.said)
        words = {
            "text": " ".join(said) or None,
            "parts": said if len(said) > 1 else None,
            "sources": list(record.sources) or None,
            "pages": list(self.catalog.pages(record)) or None,
        }
        if ids.practice_of(name) in self.catalog.practices:
            return self.placed(shape, name, **words, **fields)
        return exported(shape, name, self.routes.address(name), **words, **fields)

    def statements(self) -> Iterator[shapes.ExportedStatement]:
        for cell in self.catalog.cells.values():
            for column, statement in cell.statements():
                confidence = {self.catalog.column_confidence(self.catalog.source_items[source]) for source in statement.sources}
                yield self.worded(
                    shapes.ExportedStatement,
                    statement.id,
                    statement,
                    column=column,
                    framework=statement.id in self.catalog.framework_statements,
                    part_of=statement.part_of,
                    tool=statement.tool,
                    column_confidence=min(confidence, key=["low", "medium", "high"].index),
                )

    def uses(self) -> Iterator[tuple[str, playbook.ToolUse]]:
        for name, record in self.catalog.carriers():
            if isinstance(record, playbook.ToolUse) and not ids.is_foundational(name):
                yield name, record

    def use(self, shape: type[R], name: str, record: playbook.ToolUse, **fields: Any) -> R:
        return self.worded(shape, name, record, tool=record.tool, origin=record.origin, **fields)

    def foundational(self) -> Iterator[shapes.ExportedFoundationalTool]:
        for name, record in self.catalog.carriers():
            if isinstance(record, playbook.FoundationalTools):
                yield self.worded(shapes.ExportedFoundationalTool, name, record, role="lead-in")
            elif isinstance(record, playbook.ToolUse) and ids.is_foundational(name):
                yield self.use(shapes.ExportedFoundationalTool, name, record, role="tool")

    def tool(self, tool: playbook.Tool) -> shapes.ExportedTool:
        links = self._links(tool.url, tool.replaced_by)
        return self.named(
            shapes.ExportedTool, tool, tool.id, text=tool.purpose, origin=tool.origin, type=tool.type, publisher=tool.publisher, **links
        )

    def resource(self, resource: playbook.Resource) -> shapes.ExportedResource:
        return self.named(
            shapes.ExportedResource, resource, resource.id, text=resource.purpose, publisher=resource.publisher, **self._links(resource.url)
        )

    def _links(self, url: str | None, replaced_by: playbook.Replacement | None = None) -> dict[str, Any]:
        status = self.catalog.link_status.get(url or "")
        return {
            "link": url,
            "archived": url and archived_copy(self.catalog, url),
            "link_status": status and shapes.ExportedStatus(**status.model_dump(mode="json", include=set(shapes.ExportedStatus.model_fields))),
            "replaced_by": replaced_by and replaced_by.url,
        }

    def document(self, document: playbook.Document) -> shapes.ExportedDocument:
        return self.named(
            shapes.ExportedDocument,
            document,
            document.id,
            address=ids.document_id(document.id),
            text=document.note,
            authors=list(document.authors) or None,
            publisher=document.publisher,
            year=document.year,
            licence=document.licence,
            identifier=document.identifier,
            link=document.url,
        )

    def erratum(self, erratum: playbook.Erratum) -> shapes.ExportedErratum:
        return self.named(
            shapes.ExportedErratum,
            erratum,
            erratum.id,
            address=ids.erratum_id(erratum.id),
            about=list(erratum.about) or None,
            printed=erratum.printed,
            shown=erratum.shown,
            why=erratum.why,
            sources=list(erratum.sources) or None,
            pages=list(self.catalog.pages(erratum)) or None,
        )


def as_value(exported: Export) -> dict[str, Any]:
    """What the file holds; null fields are left out of records, not of source items."""
    value = exported.model_dump(by_alias=True, exclude_none=True)
    value["source_items"] = [item.model_dump() for item in exported.source_items]
    value["companion_items"] = [item.model_dump() for item in exported.companion_items]
    return value


def as_json(value: dict[str, Any]) -> str:
    """The file's text."""
    return to_json(value, indent=1).decode() + "\n"
