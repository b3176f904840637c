"""The edition as one file of flat records for other programs: data/playbook.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from generator.catalog.index import PLAYBOOK, Catalog
from generator.catalog.routes import Routes
from generator.exports import guide_records
from generator.exports.guide_records import GuideExport
from generator.external_links.addresses import archived_copy
from generator.model import ids, playbook
from generator.model.link_status import Verdict


class ExportedStatus(BaseModel):
    """What came of an address elsewhere when it was asked last."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    checked: str = Field(description="The day, as in 2026-11-22.")
    verdict: Verdict = Field(description="fine, moved, unsure or dead.")
    reason: str = Field(description="Why, in a few words.")
    moved_to: str | None = Field(default=None, description="Where it leads for good.")


class Exported(BaseModel):
    """A record of playbook.json; fields that do not apply are left out."""

    model_config = ConfigDict(extra="forbid", defer_build=True, populate_by_name=True)

    id: str = Field(description="The record's id; it never changes and is never used for another record.")
    url: str | None = Field(default=None, description="Its address from the site's root, with an anchor where it has no page of its own.")
    title: str | None = Field(default=None, description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str | None = Field(default=None, description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    origin: playbook.Origin | None = Field(default=None, description="playbook, or site for what this edition adds.")
    domain: str | None = Field(default=None, description="The id of its domain.")
    practice: str | None = Field(default=None, description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")
    cell: str | None = Field(default=None, description="The id of its cell.")
    column: str | None = Field(default=None, description="The id of its column.")
    framework: bool | None = Field(default=None, description="true for a Four Domains statement, false for a touch point.")
    part_of: str | None = Field(default=None, description="The statement whose list it continues.")
    column_confidence: playbook.Confidence | None = Field(default=None, description="How sure its printed column is.")
    tool: str | None = Field(default=None, description="The id of the tool that it uses or names.")
    type: str | None = Field(default=None, description="The kind of a tool.")
    role: str | None = Field(default=None, description="Of a foundational-tools entry: lead-in or tool.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere, as the source means it.")
    archived: str | None = Field(default=None, description="An archived copy of that address.")
    link_status: ExportedStatus | None = Field(default=None, description="What is known of that address; left out until it is asked.")
    replaced_by: str | None = Field(default=None, description="The address that took its place.")
    see: list[str] | None = Field(default=None, description="The ids of related terms.")
    about: list[str] | None = Field(default=None, description="The ids of the records that an erratum concerns.")
    printed: str | None = Field(default=None, description="What the source prints.")
    shown: str | None = Field(default=None, description="What this edition shows instead.")
    why: str | None = Field(default=None, description="Why.")
    authors: list[str] | None = Field(default=None, description="The authors of a source.")
    year: int | None = Field(default=None, description="Its year.")
    licence: str | None = Field(default=None, description="Its licence, or 'not stated'.")
    identifier: str | None = Field(default=None, description="Its catalog number.")


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
    domains: list[Exported] = Field(description="The four domains: what to change.")
    practices: list[Exported] = Field(description="The twelve practices, three in each domain.")
    levels: list[Exported] = Field(description="School, district and state.")
    columns: list[Exported] = Field(description="The three habits of Leading by Convening: how to bring people along.")
    cells: list[Exported] = Field(description="Each practice at each level, and its overview.")
    paragraphs: list[Exported] = Field(description="The paragraphs of the introduction and of the domain openings.")
    statements: list[Exported] = Field(description="Four Domains statements and touch points.")
    tools: list[Exported] = Field(description="The tools that the playbook points to, with those that this edition adds.")
    tool_uses: list[Exported] = Field(description="Where a tool is used, and how.")
    foundational_tools: list[Exported] = Field(description="Domain 4's tools to come back to, with the sentences that lead into them.")
    questions: list[Exported] = Field(description="Questions to reflect on, with those that this edition adds.")
    resources: list[Exported] = Field(description="Whole documents and pages that the playbook sends readers to.")
    resource_mentions: list[Exported] = Field(description="Where the playbook names a resource, and what for.")
    glossary: list[Exported] = Field(description="What words and abbreviations mean.")
    sources: list[Exported] = Field(description="The documents that the edition is made from.")
    errata: list[Exported] = Field(description="What the documents got wrong, and what we show.")
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
        domains=[maker.named(domain, domain.id) for domain in catalog.domains.values()],
        practices=[maker.named(practice, practice.id, domain=practice.domain) for practice in catalog.practices.values()],
        levels=[maker.named(level, level.id, text=level.purpose) for level in catalog.levels.values()],
        columns=[maker.named(column, column.id, text=column.purpose) for column in catalog.columns.values()],
        cells=[maker.placed(cell.id) for cell in catalog.cells.values()],
        paragraphs=[maker.worded(name, record) for name, record in catalog.carriers() if isinstance(record, playbook.Paragraph)],
        statements=list(maker.statements()),
        tools=[maker.tool(tool) for tool in catalog.tools.values()],
        tool_uses=[maker.use(name, record) for name, record in maker.uses()],
        foundational_tools=list(maker.foundational()),
        questions=[maker.worded(name, record, origin=record.origin) for name, record in catalog.carriers() if isinstance(record, playbook.Question)],
        resources=[maker.resource(resource) for resource in catalog.resources.values()],
        resource_mentions=[
            maker.worded(name, record, domain=record.domain) for name, record in catalog.carriers() if isinstance(record, playbook.Mention)
        ],
        glossary=[
            maker.named(term, term.id, address=ids.term_id(term.id), title=term.term, text=term.definition, see=list(term.see) or None)
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

    def named(self, record: Any, name: str, address: str | None = None, **fields: Any) -> Exported:
        """A record with a title and other names."""
        titled = {"title": getattr(record, "title", None), "aliases": list(getattr(record, "aliases", ())) or None} | fields
        return Exported(id=name, url=self.routes.address(address or name), **titled)

    def placed(self, name: str, **fields: Any) -> Exported:
        """A cell, or a record in one: practice, level and cell follow from the id."""
        practice = self.catalog.practices[ids.practice_of(name)]
        cell = ids.cell_of(name)
        fields = {"practice": practice.id, "domain": practice.domain, "level": ids.level_of(name), "cell": cell if cell != name else None} | fields
        return Exported(id=name, url=self.routes.address(name), **fields)

    def worded(self, name: str, record: playbook.Cited, **fields: Any) -> Exported:
        """A record that says something and cites its source."""
        said = list(record.said)
        words = {
            "text": " ".join(said) or None,
            "parts": said if len(said) > 1 else None,
            "sources": list(record.sources) or None,
            "pages": list(self.catalog.pages(record)) or None,
        }
        if ids.practice_of(name) in self.catalog.practices:
            return self.placed(name, **words, **fields)
        return Exported(id=name, url=self.routes.address(name), **words, **fields)

    def statements(self) -> Iterator[Exported]:
        for cell in self.catalog.cells.values():
            for column, statement in cell.statements():
                confidence = {self.catalog.column_confidence(self.catalog.source_items[source]) for source in statement.sources}
                yield self.worded(
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

    def use(self, name: str, record: playbook.ToolUse, **fields: Any) -> Exported:
        return self.worded(name, record, tool=record.tool, origin=record.origin, **fields)

    def foundational(self) -> Iterator[Exported]:
        for name, record in self.catalog.carriers():
            if isinstance(record, playbook.FoundationalTools):
                yield self.worded(name, record, role="lead-in")
            elif isinstance(record, playbook.ToolUse) and ids.is_foundational(name):
                yield self.use(name, record, role="tool")

    def tool(self, tool: playbook.Tool) -> Exported:
        links = self._links(tool.url, tool.replaced_by)
        return self.named(tool, tool.id, text=tool.purpose, origin=tool.origin, type=tool.type, publisher=tool.publisher, **links)

    def resource(self, resource: playbook.Resource) -> Exported:
        return self.named(resource, resource.id, text=resource.purpose, publisher=resource.publisher, **self._links(resource.url))

    def _links(self, url: str | None, replaced_by: playbook.Replacement | None = None) -> dict[str, Any]:
        status = self.catalog.link_status.get(url or "")
        return {
            "link": url,
            "archived": url and archived_copy(self.catalog, url),
            "link_status": status and ExportedStatus(**status.model_dump(mode="json", include=set(ExportedStatus.model_fields))),
            "replaced_by": replaced_by and replaced_by.url,
        }

    def document(self, document: playbook.Document) -> Exported:
        return self.named(
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

    def erratum(self, erratum: playbook.Erratum) -> Exported:
        return self.named(
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
