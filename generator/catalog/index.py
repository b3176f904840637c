"""All records in one index, with the place of each; past loading, every cross-question is answered here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.catalog.guide_index import Companions
from generator.catalog.validation_messages import dotted
from generator.model import history, ids, link_status, measurements, playbook, search_terms, term_list
from generator.problems import Mark, Problem, suggestion
from generator.project.yaml_reader import Path, Source

PLAYBOOK = "playbook"
"""The document that the site is an edition of; the others are its companions."""


@dataclass(frozen=True)
class Place:
    """Where a record stands in data/."""

    source: Source
    path: Path

    def mark(self, field: str = "") -> Mark:
        """The mark of the record, or of one of its fields."""
        return self.source.mark((*self.path, field) if field else self.path)


@dataclass(frozen=True)
class Counts:
    """How many things a cell holds; touch points are statements too."""

    statements: int
    touch_points: int
    tools: int
    questions: int


@dataclass(frozen=True)
class Catalog:
    """The whole edition; each collection is in the order of the files."""

    edition: playbook.Edition
    paragraphs: tuple[playbook.Paragraph, ...]
    domains: Mapping[str, playbook.Domain]
    practices: Mapping[str, playbook.Practice]
    tools: Mapping[str, playbook.Tool]
    resources: Mapping[str, playbook.Resource]
    terms: Mapping[str, playbook.Term]
    errata: Mapping[str, playbook.Erratum]
    documents: Mapping[str, playbook.Document]
    kept_terms: tuple[term_list.KeptTerm, ...]
    avoided_words: tuple[term_list.AvoidedWords, ...]
    synonyms: tuple[search_terms.Synonym, ...]
    asked: tuple[search_terms.Asked, ...]
    search_score: search_terms.SearchScore
    measured: measurements.FigureFile
    link_status: Mapping[str, link_status.LinkStatus]
    """What is known of the outside addresses; one that no longer stands in the data may be among them until the next run."""
    source_maps: Mapping[str, playbook.SourceMap]
    companions: Companions
    retired: Mapping[str, history.Retired]
    released: tuple[history.Released, ...]
    """What each edition changed, the newest first."""
    records: tuple[playbook.Record, ...]
    """Every record, also those inside others and those whose id another one has."""
    places: Mapping[playbook.At, Place]
    """The place of each record, by its file and its path there."""
    broken: frozenset[str]
    """The files of data/ that are not whole; what they lack must not be blamed on others."""

    @cached_property
    def levels(self) -> Mapping[str, playbook.Level]:
        return {level.id: level for level in self.edition.levels}

    @cached_property
    def columns(self) -> Mapping[str, playbook.Column]:
        return {column.id: column for column in self.edition.columns}

    @cached_property
    def cells(self) -> Mapping[str, playbook.Cell]:
        return {cell.id: cell for practice in self.practices.values() for cell in practice.cells}

    @cached_property
    def practices_of(self) -> Mapping[str, tuple[playbook.Practice, ...]]:
        """The practices of each domain."""
        found: dict[str, list[playbook.Practice]] = {domain: [] for domain in self.domains}
        for practice in self.practices.values():
            found.setdefault(practice.domain, []).append(practice)
        return {domain: tuple(practices) for domain, practices in found.items()}

    @cached_property
    def rows(self) -> Mapping[str | None, tuple[str, ...]]:
        """The cells of each level, and of the overviews under None, in the order of the practices."""
        found: dict[str | None, list[str]] = defaultdict(list)
        for cell in self.cells:
            found[ids.level_of(cell)].append(cell)
        return {level: tuple(cells) for level, cells in found.items()}

    @cached_property
    def framework_statements(self) -> frozenset[str]:
        """The ids of the Four Domains statements; all others are touch points."""
        columns = {column.id for column in self.columns.values() if column.framework}
        return frozenset(statement.id for cell in self.cells.values() for column, statement in cell.statements() if column in columns)

    def touch_points(self, cell: playbook.Cell) -> tuple[playbook.Statement, ...]:
        """The statements of a cell that are no Four Domains statements."""
        return tuple(statement for _, statement in cell.statements() if statement.id not in self.framework_statements)

    @cached_property
    def _borders(self) -> Mapping[str, playbook.Confidence]:
        """How sure the borders of each cell's columns are."""
        return {basis.cell: basis.confidence for basis in self.source_map.columns}

    def usual_confidence(self, item: playbook.SourceItem) -> playbook.Confidence:
        """How sure the column of an item of the source is, by its cell; the print leaves no doubt about Four Domains statements."""
        column = self.columns.get(item.column or "")
        return "high" if column is None or column.framework else self._borders.get(item.cell or "", "high")

    def column_confidence(self, item: playbook.SourceItem) -> playbook.Confidence:
        """How sure it is that an item of the source stands in its column."""
        return item.column_confidence or self.usual_confidence(item)

    @cached_property
    def source_map(self) -> playbook.SourceMap:
        """The map of the playbook itself."""
        return self.source_maps[PLAYBOOK]

    @cached_property
    def source_items(self) -> Mapping[str, playbook.SourceItem]:
        """The items of all documents."""
        return {item.id: item for source_map in self.source_maps.values() for item in source_map.items}

    @cached_property
    def document_of(self) -> Mapping[str, str]:
        """A source item's id to the id of its document."""
        return {item.id: source_map.document for source_map in self.source_maps.values() for item in source_map.items}

    def carriers(self) -> Iterator[tuple[str, playbook.Cited]]:
        """Each record of the playbook that carries items of the source, with its public id."""
        for paragraph in self.paragraphs:
            yield paragraph.id, paragraph
        for domain in self.domains.values():
            for paragraph in domain.introduction:
                yield paragraph.id, paragraph
        for cell in self.cells.values():
            for _, statement in cell.statements():
                yield statement.id, statement
            for group in cell.foundational_tools:
                yield group.id, group
                for use in group.tools:
                    yield ids.foundational_use_id(cell.id, use.tool), use
            for use in cell.tools:
                yield ids.tool_use_id(cell.id, use.tool), use
            for question in cell.questions:
                yield question.id, question
        for resource in self.resources.values():
            for mention in resource.mentions:
                yield ids.mention_id(resource.id, mention.domain), mention

    @cached_property
    def cited_in(self) -> Mapping[str, tuple[playbook.Cited, ...]]:
        """The records of each cell that carry items of the source."""
        found: dict[str, list[playbook.Cited]] = {cell: [] for cell in self.cells}
        for name, record in self.carriers():
            cell = next((around for around in ids.all_around(name) if around in found), None)
            if cell:
                found[cell].append(record)
        return {cell: tuple(records) for cell, records in found.items()}

    def all_carriers(self) -> Iterator[tuple[str, playbook.Cited]]:
        """Each record of the playbook, of a guide or of the sources that carries items of a source."""
        yield from self.carriers()
        yield from self.companions.carriers()
        yield from self.documents.items()

    @cached_property
    def carried_by(self) -> Mapping[str, tuple[str, ...]]:
        """Each cited source item to the ids of the records that carry it."""
        found: dict[str, list[str]] = defaultdict(list)
        for record_id, record in self.all_carriers():
            for item in record.sources:
                found[item].append(record_id)
        return {item: tuple(records) for item, records in found.items()}

    @cached_property
    def uses_of(self) -> Mapping[str, tuple[tuple[str, playbook.ToolUse], ...]]:
        """Each tool's uses with their public ids, foundational ones too, in the order of the practices."""
        found: dict[str, list[tuple[str, playbook.ToolUse]]] = {tool: [] for tool in self.tools}
        for name, record in self.carriers():
            if isinstance(record, playbook.ToolUse):
                found[record.tool].append((name, record))
        return {tool: tuple(uses) for tool, uses in found.items()}

    @cached_property
    def named_in(self) -> Mapping[str, tuple[playbook.Statement, ...]]:
        """The statements that name each tool themselves, in the order of the practices."""
        found: dict[str, list[playbook.Statement]] = {tool: [] for tool in self.tools}
        for cell in self.cells.values():
            for _, statement in cell.statements():
                if statement.tool:
                    found[statement.tool].append(statement)
        return {tool: tuple(statements) for tool, statements in found.items()}

    @cached_property
    def cells_with(self) -> Mapping[str, tuple[str, ...]]:
        """The cells that use each tool, in the order of the practices."""
        return {tool: tuple(dict.fromkeys(ids.cell_of(use) for use, _ in uses)) for tool, uses in self.uses_of.items()}

    @cached_property
    def tools_of(self) -> Mapping[str, tuple[str, ...]]:
        """The tools that each cell uses, the foundational ones last."""
        return {cell.id: tuple(use.tool for use in cell.tool_uses()) for cell in self.cells.values()}

    @cached_property
    def alike_in(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The tools that each cell uses, in groups of one type that the same cells use; each group sorted by title."""
        groups: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
        for tool in sorted(self.tools.values(), key=lambda tool: tool.title.casefold()):
            groups[self.cells_with[tool.id], tool.type].append(tool.id)
        found: dict[str, list[tuple[str, ...]]] = {cell: [] for cell in self.cells}
        for (cells, _), tools in groups.items():
            for cell in cells:
                found[cell].append(tuple(tools))
        return {cell: tuple(alike) for cell, alike in found.items()}

    @cached_property
    def counts(self) -> Mapping[str, Counts]:
        """How much each cell holds; many pages say it."""
        return {
            cell.id: Counts(len([*cell.statements()]), len(self.touch_points(cell)), len(self.tools_of[cell.id]), len(cell.questions))
            for cell in self.cells.values()
        }

    @cached_property
    def left_out(self) -> Mapping[str, str]:
        """Source items that no record carries on purpose, to the reason."""
        return {left.id: left.reason for source_map in self.source_maps.values() for left in source_map.left_out}

    @cached_property
    def errata_about(self) -> Mapping[str, tuple[playbook.Erratum, ...]]:
        """The errata of each record's id."""
        found: dict[str, list[playbook.Erratum]] = defaultdict(list)
        for erratum in self.errata.values():
            for about in erratum.about:
                found[about].append(erratum)
        return {about: tuple(errata) for about, errata in found.items()}

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """Every id that an erratum may be about."""
        named = (self.domains, self.practices, self.cells, self.tools, self.resources, self.levels, self.columns)
        of_playbook = frozenset(record for records in named for record in records) | {record for record, _ in self.carriers()}
        return of_playbook | self.companions.known_ids | frozenset(self.documents)

    def retired_hint(self, name: str) -> str:
        """What became of an id that is no longer here; '' for one that never was."""
        gone = self.retired.get(name) or self.retired.get(ids.term_id(name))
        if gone is None:
            return ""
        why = gone.why.rstrip(".")
        return f"'{gone.id}' was retired in {gone.since}: {why}" + (f"; it was replaced by '{gone.replaced_by}'" if gone.replaced_by else "")

    def hint(self, name: str, known: Iterable[str]) -> str:
        """What to write in place of an id that no record has: what became of a retired one, or else the nearest known one."""
        return self.retired_hint(name) or suggestion(name, known)

    def place(self, cell_id: str) -> str:
        """A cell in words: '1A at the school level', '1A overview'."""
        level = ids.level_of(cell_id)
        code = ids.practice_of(cell_id).upper()
        return f"{code} at the {self.levels[level].title.lower()} level" if level else f"{code} overview"

    def whole(self, *names: str) -> bool:
        """Whether these files of data/ could be read without a problem; 'practices/' means all of the practices."""
        return not any(broken.startswith(name) for broken in self.broken for name in names)

    def less(self, files: Iterable[str]) -> Catalog:
        """The same index, which knows that these files of the project are not whole either."""
        broken = self.broken | {file.removeprefix("data/") for file in files}
        return self if broken == self.broken else replace(self, broken=broken)

    def practice_whole(self, record_id: str) -> bool:
        """Whether the file of the practice that an id begins with could be read without a problem."""
        return self.whole(f"practices/{ids.practice_of(record_id)}.yml")

    def could_tell(self, record_id: str) -> bool:
        """Whether a record of this id would be known: no file that could hold it is broken."""
        if ids.is_in_a_practice(record_id):
            return self.practice_whole(record_id) and self.whole("guides/")
        return all(broken.startswith("practices/") for broken in self.broken)

    def altered(self, record: playbook.Record) -> bool:
        """Whether something broken was taken out of a record; what it lacks now must not be told as lacking."""
        place = self.place_of(record)
        path = place.source.written(place.path)
        return any(removed[: len(path)] == path for removed in place.source.removed)

    def pages(self, cited: playbook.Cited) -> tuple[int, ...]:
        """The printed pages of a record, in order; none for a document without pages."""
        return tuple(sorted({page for item in cited.sources if (page := self.source_items[item].page)}))

    def lines(self, cited: playbook.Cited) -> tuple[tuple[int, int], ...]:
        """The lines of a record's items in the plain text of their document, in order."""
        return tuple(sorted({self.source_items[item].lines for item in cited.sources}))

    def place_of(self, record: playbook.Record) -> Place:
        """Where a record is in data/, or was before it was changed in memory. KeyError for one that was not read from there."""
        return self.places[record.at]

    def problem(self, record: playbook.Record, code: str, message: str, hint: str, field: str = "") -> Problem:
        """A problem of this record, or of one of its fields."""
        place = self.place_of(record)
        path = place.source.written(place.path)
        return Problem(place.mark(field), code, dotted((*path, field) if field else path), message, hint)
