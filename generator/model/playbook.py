"""The records as they stand in data/: one class for each shape; what a field means is said here and shown by editors."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from generator.model.ids import (
    AnyId,
    CellId,
    DomainId,
    LeadInId,
    ParagraphId,
    PracticeId,
    QuestionId,
    ResourceNumber,
    Slug,
    SourceItemId,
    StatementId,
    ToolNumber,
)

_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]*$"

Text = Annotated[str, StringConstraints(min_length=1, max_length=1200, pattern=_ONE_LINE, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=240, pattern=_ONE_LINE)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"/?#]+[^\s<>\"]*$", max_length=400)]


def _real_day(text: str) -> str:
    """The pattern lets month 13 pass, and packed files know no day before 1980 and none after 2107."""
    try:
        if 1980 <= datetime.date.fromisoformat(text).year <= 2107:
            return text
    except ValueError:
        pass
    raise PydanticCustomError("not-a-day", "needs a day of the calendar")


Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]
Confidence = Literal["high", "medium", "low"]
Origin = Literal["playbook", "site"]
WHOSE = "site: written by us; it cites no source, and pages and handouts say so."


At = tuple[str, tuple[str | int, ...]]
"""A file of the project, and the keys and numbers that lead to a record in it: ('data/tools.yml', ('tools', 0)); ('', ()) for what no file holds."""


class Record(BaseModel):
    """Anything in data/: no unknown fields, no silent conversion, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True)

    @cached_property
    def at(self) -> At:
        """Where it was read; a copy has the place of what it is a copy of."""
        return "", ()

    def found_at(self, file: str, path: tuple[str | int, ...]) -> None:
        """Note where it was read, beside its fields: neither equality nor output looks at it."""
        self.__dict__["at"] = (file, path)


@cache
def fields(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of record: each as an attribute, and as it is named in data/."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


class Cited(Record):
    """A record that says which items of the source it carries."""

    sources: tuple[SourceItemId, ...] = Field(
        alias="from", default=(), description="The items of the source that this one carries, e.g. [p04.02]: page 4, second item."
    )

    @property
    def said(self) -> tuple[str, ...]:
        """The record's texts in order: one, its parts, or none."""
        return ()


class Item(Cited):
    """Words of the edition: one text, or several parts that belong together."""

    text: Text | None = Field(default=None, description="What we say, in plain words and plain text (no Markdown).")
    parts: tuple[Text, ...] | None = Field(
        default=None, min_length=2, description="In place of text: two or more short texts, one idea or one question each."
    )

    @model_validator(mode="after")
    def _text_or_parts(self) -> Item:
        if (self.text is None) == (self.parts is None):
            raise PydanticCustomError("text-or-parts", "needs either 'text' or 'parts'", {"both": self.text is not None})
        return self

    @property
    def said(self) -> tuple[str, ...]:
        return self.parts or (self.text or "",)


class Statement(Item):
    """One paragraph of a printed column: a Four Domains statement or a touch point."""

    id: StatementId = Field(description="Cell, column and a number that is never used twice: 1a.school.participation.2.")
    part_of: StatementId | None = Field(default=None, description="The statement whose list this one belongs to.")
    tool: Slug | None = Field(default=None, description="A tool that the statement itself names.")


class ToolUse(Cited):
    """A tool, and how to use it in this cell."""

    tool: Slug = Field(description="The id of a tool in tools.yml.")
    origin: Origin = Field(default="playbook", description=WHOSE)
    text: Text | None = Field(default=None, description="How to use the tool here. Left out where the playbook says nothing.")

    @property
    def said(self) -> tuple[str, ...]:
        return (self.text,) if self.text else ()


class FoundationalTools(Item):
    """A group of tools that domain 4 returns to, with the sentence that leads into it."""

    id: LeadInId = Field(description="The overview cell, 'foundational' and a number: 4a.overview.foundational.1.")
    tools: tuple[ToolUse, ...] = Field(min_length=1, description="The tools of the group, in printed order.")


class Question(Item):
    """A question to reflect on, alone or as a group."""

    id: QuestionId = Field(description="Cell, the letter q and a number: 1a.school.q1.")
    origin: Origin = Field(default="playbook", description=WHOSE)


class Cell(Record):
    """One practice at one level, or its overview."""

    id: CellId = Field(description="Practice and level: 1a.school; the overview is 1a.overview.")
    columns: dict[Slug, tuple[Statement, ...]] = Field(description="The statements under each habit, in printed order.")
    tools: tuple[ToolUse, ...] = Field(default=(), description="The tools named for this cell, in printed order.")
    foundational_tools: tuple[FoundationalTools, ...] = Field(default=(), description="Domain 4 only: tools to come back to.")
    questions: tuple[Question, ...] = Field(default=(), description="The reflection questions, in printed order.")

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Each statement with the id of the column it stands in."""
        for column, statements in self.columns.items():
            for statement in statements:
                yield column, statement

    def tool_uses(self) -> Iterator[ToolUse]:
        """Every tool use, the foundational tools last."""
        yield from self.tools
        for group in self.foundational_tools:
            yield from group.tools


class Practice(Record):
    """A practice of the Four Domains with its overview and its three levels. One file each."""

    id: PracticeId = Field(description="The practice's code in lower case: 1a.")
    domain: DomainId = Field(description="The domain it belongs to: d1.")
    title: Name = Field(description="The title as the playbook prints it.")
    aliases: tuple[Name, ...] = Field(default=(), description="Its titles in other documents, for search.")
    cells: tuple[Cell, ...] = Field(min_length=1, description="The overview, then school, district and state.")


class Paragraph(Item):
    """One paragraph of an introduction."""

    id: ParagraphId = Field(description="introduction.1, or d1.introduction.1 in a domain.")


class Domain(Record):
    """One of the four domains: what to change."""

    id: DomainId = Field(description="d1 to d4.")
    slug: Slug = Field(description="The domain's place in the site's addresses; it never changes.")
    title: Name = Field(description="The title as the playbook prints it.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other names, for search.")
    introduction: tuple[Paragraph, ...] = Field(min_length=1, description="What the domain is about, in printed order.")


class DomainFile(Record):
    """domains.yml"""

    domains: tuple[Domain, ...]


class IntroductionFile(Record):
    """introduction.yml"""

    paragraphs: tuple[Paragraph, ...]


class Level(Record):
    """Who acts: school, district or state."""

    id: Slug = Field(description="The level's id, and its place in addresses.")
    title: Name = Field(description="The level's name.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other names, for search: LEA, SEA.")
    purpose: Text = Field(description="Who works at this level, in one or two sentences of ours.")


class Column(Record):
    """A habit of Leading by Convening; a column of the printed tables."""

    id: Slug = Field(description="The habit's id, and its place in addresses.")
    title: Name = Field(description="The column's head as printed.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other names, for search.")
    purpose: Text = Field(description="What the habit is, in one or two sentences of ours.")
    lead_in: Name = Field(description="The few words that stand over the column's statements on a page.")
    framework: bool = Field(default=False, description="true where the Four Domains statements are; the other columns hold touch points.")


class Edition(Record):
    """playbook.yml: the edition as a whole."""

    title: Name = Field(description="The title of the original.")
    subtitle: Name = Field(description="The subtitle of the original.")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$", description="This edition's version; a field or id removed makes a major one.")
    date: Day = Field(description="The day of this version; it stands on pages and paper.")
    archive: Url = Field(description="What to put before an address to reach its archived copy.")
    levels: tuple[Level, ...] = Field(min_length=1, description="The levels, nearest to the student first.")
    columns: tuple[Column, ...] = Field(min_length=1, description="The habits, in printed order.")


class Replacement(Record):
    """Where a tool is to be had since its printed address no longer leads to it."""

    url: Url = Field(description="The address to use now.")
    note: Text = Field(description="When and why it took the place of the printed address, in our own words; readers see it.")


class Tool(Record):
    """A tool that the playbook points to, or one that we add."""

    id: Slug = Field(description="The tool's id, and its place in addresses.")
    origin: Origin = Field(default="playbook", description=WHOSE)
    source_id: ToolNumber | None = Field(default=None, description="Its number in the source map: T02; a tool of ours has none.")
    title: Name = Field(description="The title as printed where it is named most fully.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other printed titles, for search.")
    type: Name = Field(description="tool, rubric, exercise, infographic, …")
    publisher: Name | None = Field(default=None, description="Who published it; left out when nobody is named.")
    url: Url | None = Field(default=None, description="The address, as the playbook means it; left out when there is none.")
    replaced_by: Replacement | None = Field(default=None, description="Another address, named to readers before the printed one.")
    purpose: Text = Field(description="What the tool is for, in one sentence of ours.")


class ToolFile(Record):
    """tools.yml"""

    tools: tuple[Tool, ...]


class Mention(Item):
    """One place where the playbook points to a resource."""

    domain: DomainId | None = Field(default=None, description="The domain whose resources name it; none for the introduction.")


class Resource(Record):
    """A whole document or page that the playbook sends readers to."""

    id: Slug = Field(description="The resource's id.")
    source_id: ResourceNumber = Field(description="Its number in the source map: R1.")
    title: Name = Field(description="Its title.")
    publisher: Name = Field(description="Who published it.")
    url: Url = Field(description="Its address as the playbook means it.")
    purpose: Text = Field(description="What it is for, in one sentence of ours.")
    mentions: tuple[Mention, ...] = Field(min_length=1, description="Where the playbook names it, and what for.")


class ResourceFile(Record):
    """resources.yml"""

    resources: tuple[Resource, ...]


class Term(Record):
    """A word that a newcomer meets."""

    id: Slug = Field(description="The term's id, and its anchor in the glossary.")
    term: Name = Field(description="The word as the site writes it.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other words and short forms for it.")
    definition: Text = Field(description="What it means here, in our own words.")
    see: tuple[Slug, ...] = Field(default=(), description="The ids of related terms.")


class GlossaryFile(Record):
    """glossary.yml"""

    terms: tuple[Term, ...]


class Erratum(Cited):
    """Something the source got wrong or left uneven, and what we show instead."""

    id: Slug = Field(description="The erratum's id, and its anchor on the sources page.")
    title: Name = Field(description="The fault in a few words.")
    about: tuple[AnyId, ...] = Field(default=(), description="The ids of the records that it concerns.")
    printed: Text = Field(description="What is printed.")
    shown: Text = Field(description="What this edition shows.")
    why: Text = Field(description="Why.")


class ErratumFile(Record):
    """errata.yml"""

    errata: tuple[Erratum, ...]


class Document(Cited):
    """A document that this edition is made from."""

    id: Slug = Field(description="The document's id.")
    file: Name = Field(description="The name of the plain text that was read.")
    title: Name = Field(description="The title as printed.")
    authors: tuple[Name, ...] = Field(default=(), description="The authors as printed.")
    publisher: Name | None = Field(default=None, description="Who published it.")
    year: int | None = Field(default=None, description="The year of publication.")
    licence: Name = Field(description="The licence, or 'not stated'.")
    identifier: Name | None = Field(default=None, description="A catalog number, such as ERIC's.")
    url: Url | None = Field(default=None, description="Its address, where one is printed.")
    pages: int | None = Field(default=None, description="The number of pages.")
    note: Text = Field(description="What it is and what this edition takes from it.")


class DocumentFile(Record):
    """sources.yml"""

    sources: tuple[Document, ...]


ItemKind = Literal[
    "prose",
    "statement",
    "tool",
    "foundational-lead-in",
    "foundational-tool",
    "question",
    "resource",
    "description",
    "example",
    "future-state",
    "pointer",
    "strategy",
    "step",
    "lead-in",
    "coaching-preparation",
    "coaching-item",
    "element",
    "form-part",
    "reference",
    "record",
    "note",
    "empty",
    "residue",
]


class ColumnBasis(Record):
    """How surely the borders of a printed table's columns are known."""

    cell: CellId
    confidence: Confidence
    basis: Name = Field(description="What the judgement rests on.")


class SourceItem(Record):
    """One paragraph, bullet, tool line, question or resource of the source: where it stands, not what it says."""

    id: SourceItemId
    page: int | None = Field(default=None, ge=1, description="The printed page, where the document has pages.")
    lines: tuple[int, int] = Field(description="First and last line in the plain text.")
    kind: ItemKind
    cell: CellId | None = None
    domain: DomainId | None = None
    column: Slug | None = None
    column_confidence: Confidence | None = Field(
        default=None, description="How sure it is that the statement is in this column; only where it is not as sure as its cell's columns are."
    )
    tool: ToolNumber | None = Field(default=None, description="The tool's number: T02.")
    resource: ResourceNumber | None = Field(default=None, description="The resource's number: R1.")
    question_marks: int | None = None
    usage_note: bool = Field(default=True, description="false where a tool is named without a word on its use.")


class LeftOut(Record):
    """A source item that no record carries, on purpose."""

    id: SourceItemId
    reason: Text = Field(description="Why no record carries it.")


class SourceMap(Record):
    """source-map/*.yml: a document as facts, without its text."""

    document: Slug
    columns: tuple[ColumnBasis, ...] = Field(default=(), description="How surely the columns of the playbook's tables are known.")
    items: tuple[SourceItem, ...]
    left_out: tuple[LeftOut, ...] = Field(default=(), description="The items that no record carries, each with its reason.")
