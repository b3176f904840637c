"""The records of playbook.json: a class for each of its arrays. A field that may be missing is left out where it does not apply."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from generator.model import playbook
from generator.model.link_status import Verdict


class ExportedStatus(BaseModel):
    """What came of an address elsewhere when it was asked last."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    checked: str = Field(description="The day, as in 2026-11-22.")
    verdict: Verdict = Field(description="fine, moved, unsure or dead.")
    reason: str = Field(description="Why, in a few words.")
    moved_to: str | None = Field(default=None, description="Where it leads for good.")


class ExportedRecord(BaseModel):
    """What every record of the playbook and of its guides has."""

    model_config = ConfigDict(extra="forbid", defer_build=True, populate_by_name=True)

    id: str = Field(description="The record's id; it never changes and is never used for another record.")
    url: str = Field(description="Its address from the site's root, with an anchor where it has no page of its own.")


class ExportedDomain(ExportedRecord):
    """A domain: what to change."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")


class ExportedPractice(ExportedRecord):
    """A practice of a domain."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    domain: str = Field(description="The id of its domain.")


class ExportedLevel(ExportedRecord):
    """School, district or state."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str = Field(description="What it says, in one piece.")


class ExportedColumn(ExportedRecord):
    """A habit of Leading by Convening."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str = Field(description="What it says, in one piece.")


class ExportedCell(ExportedRecord):
    """A practice at a level, or its overview."""

    domain: str = Field(description="The id of its domain.")
    practice: str = Field(description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")


class ExportedParagraph(ExportedRecord):
    """A paragraph of the introduction or of the opening of a domain."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    pages: list[int] = Field(description="The printed pages of those items.")


class ExportedStatement(ExportedRecord):
    """A Four Domains statement or a touch point."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    pages: list[int] = Field(description="The printed pages of those items.")
    domain: str = Field(description="The id of its domain.")
    practice: str = Field(description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")
    cell: str = Field(description="The id of its cell.")
    column: str = Field(description="The id of its column.")
    framework: bool = Field(description="true for a Four Domains statement, false for a touch point.")
    part_of: str | None = Field(default=None, description="The statement whose list it continues.")
    column_confidence: playbook.Confidence = Field(description="How sure its printed column is.")
    tool: str | None = Field(default=None, description="The id of the tool that it uses or names.")


class ExportedTool(ExportedRecord):
    """A tool that the playbook points to, or that this edition adds."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str = Field(description="What it says, in one piece.")
    origin: playbook.Origin = Field(description="playbook, or site for what this edition adds.")
    type: str = Field(description="The kind of a tool.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere, as the source means it.")
    archived: str | None = Field(default=None, description="An archived copy of that address.")
    link_status: ExportedStatus | None = Field(default=None, description="What is known of that address; left out until it is asked.")
    replaced_by: str | None = Field(default=None, description="The address that took its place.")


class ExportedToolUse(ExportedRecord):
    """The use of a tool in a cell."""

    text: str | None = Field(default=None, description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    origin: playbook.Origin = Field(description="playbook, or site for what this edition adds.")
    domain: str = Field(description="The id of its domain.")
    practice: str = Field(description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")
    cell: str = Field(description="The id of its cell.")
    tool: str = Field(description="The id of the tool that it uses or names.")


class ExportedFoundationalTool(ExportedRecord):
    """A tool of domain 4 to come back to, or the sentence that leads into some."""

    text: str | None = Field(default=None, description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    origin: playbook.Origin | None = Field(default=None, description="playbook, or site for what this edition adds.")
    domain: str = Field(description="The id of its domain.")
    practice: str = Field(description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")
    cell: str = Field(description="The id of its cell.")
    tool: str | None = Field(default=None, description="The id of the tool that it uses or names.")
    role: str = Field(description="Of a foundational-tools entry: lead-in or tool.")


class ExportedQuestion(ExportedRecord):
    """A question to reflect on."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    origin: playbook.Origin = Field(description="playbook, or site for what this edition adds.")
    domain: str = Field(description="The id of its domain.")
    practice: str = Field(description="The id of its practice.")
    level: str | None = Field(default=None, description="The id of its level; left out for overviews.")
    cell: str = Field(description="The id of its cell.")


class ExportedResource(ExportedRecord):
    """A whole document or page that the playbook sends readers to."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str = Field(description="What it says, in one piece.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere, as the source means it.")
    archived: str | None = Field(default=None, description="An archived copy of that address.")
    link_status: ExportedStatus | None = Field(default=None, description="What is known of that address; left out until it is asked.")


class ExportedMention(ExportedRecord):
    """A place where the playbook names a resource."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    domain: str | None = Field(default=None, description="The id of its domain.")


class ExportedTerm(ExportedRecord):
    """A word or an abbreviation."""

    title: str = Field(description="Its title or name.")
    aliases: list[str] | None = Field(default=None, description="Other names.")
    text: str = Field(description="What it says, in one piece.")
    see: list[str] | None = Field(default=None, description="The ids of related terms.")


class ExportedDocument(ExportedRecord):
    """A document that the edition is made from."""

    title: str = Field(description="Its title or name.")
    text: str = Field(description="What it says, in one piece.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere, as the source means it.")
    authors: list[str] | None = Field(default=None, description="The authors of a source.")
    year: int | None = Field(default=None, description="Its year.")
    licence: str = Field(description="Its licence, or 'not stated'.")
    identifier: str | None = Field(default=None, description="Its catalog number.")


class ExportedErratum(ExportedRecord):
    """What a document got wrong, and what we show."""

    title: str = Field(description="Its title or name.")
    sources: list[str] | None = Field(default=None, alias="from", description="The ids of the source items that it carries.")
    pages: list[int] | None = Field(default=None, description="The printed pages of those items.")
    about: list[str] | None = Field(default=None, description="The ids of the records that an erratum concerns.")
    printed: str = Field(description="What the source prints.")
    shown: str = Field(description="What this edition shows instead.")
    why: str = Field(description="Why.")


# Records of the companion guides


class ExportedFutureState(ExportedRecord):
    """How things are when a practice of domain 1 has taken hold."""

    title: str = Field(description="Its title.")
    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str = Field(description="The cell of the playbook that it belongs to.")
    practice: str = Field(description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    see: str | None = Field(default=None, description="The future state that this one points to.")
    call: str | None = Field(default=None, description="The CALL survey's number, where the source implies one.")


class ExportedStrategy(ExportedRecord):
    """What to do toward a future state."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str = Field(description="The cell of the playbook that it belongs to.")
    practice: str = Field(description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    future_state: str = Field(description="The future state that a strategy or question belongs to.")
    part_of: str | None = Field(default=None, description="The record whose list it is in.")


class ExportedStrategyLeadIn(ExportedRecord):
    """A step or a group that strategies are in."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str = Field(description="The cell of the playbook that it belongs to.")
    practice: str = Field(description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    future_state: str = Field(description="The future state that a strategy or question belongs to.")
    kind: str = Field(description="What a coaching item is, or a lead-in to strategies: step or group.")
    part_of: str | None = Field(default=None, description="The record whose list it is in.")


class ExportedStateQuestion(ExportedRecord):
    """A question about a future state."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str = Field(description="The cell of the playbook that it belongs to.")
    practice: str = Field(description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    future_state: str = Field(description="The future state that a strategy or question belongs to.")


class ExportedStep(ExportedRecord):
    """A step of the improvement cycle."""

    title: str = Field(description="Its title.")
    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    number: int | None = Field(default=None, description="The step's place in the cycle.")
    tools: list[str] = Field(description="The tools that serve a step: A to D.")


class ExportedCoachingItem(ExportedRecord):
    """What a coach asks and does at a step (Tool B)."""

    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    kind: str = Field(description="What a coaching item is, or a lead-in to strategies: step or group.")
    part_of: str | None = Field(default=None, description="The record whose list it is in.")
    steps: list[str] = Field(description="The cycle steps that it serves.")
    levels: list[str] = Field(description="The levels that it suits.")


class ExportedElement(ExportedRecord):
    """An element of the LEA self-reflection at its four levels (Tool C)."""

    title: str = Field(description="Its title.")
    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str = Field(description="The cell of the playbook that it belongs to.")
    practice: str = Field(description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    low: str = Field(description="An element's lowest level.")
    basic: str = Field(description="Its second level, in full.")
    moderate: str = Field(description="Its third level, in full.")
    high: str = Field(description="Its highest level, in full.")
    adds: list[str] = Field(description="What each of these levels adds to the one before, lowest first.")


class ExportedExternalPractice(ExportedRecord):
    """A turnaround practice, a strand of work or a service as another organization names it."""

    title: str = Field(description="Its title.")
    text: str = Field(description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    steps: list[str] | None = Field(default=None, description="The cycle steps that it serves.")


class ExportedCoachingSet(ExportedRecord):
    """What a coach prepares and asks at a step: a set of coaching items."""

    title: str = Field(description="Its title.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    steps: list[str] = Field(description="The cycle steps that it serves.")


class ExportedPassage(ExportedRecord):
    """A paragraph, an example or a note of a guide."""

    title: str | None = Field(default=None, description="Its title.")
    text: str | None = Field(default=None, description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    cell: str | None = Field(default=None, description="The cell of the playbook that it belongs to.")
    practice: str | None = Field(default=None, description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    columns: list[str] | None = Field(default=None, description="The heads of an example's table.")
    rows: list[list[str]] | None = Field(default=None, description="The rows of that table.")


class ExportedReference(ExportedRecord):
    """A work that a guide refers to."""

    title: str = Field(description="Its title.")
    sources: list[str] = Field(alias="from", description="The ids of the source items that it carries.")
    authors: list[str] = Field(description="The authors of a work that a guide refers to.")
    year: str = Field(description="Its year, as printed.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere.")


R = TypeVar("R", bound=ExportedRecord)


def exported(shape: type[R], name: str, address: str, **fields: object) -> R:
    """A record of a shape, from those of the fields that apply; a field that the shape does not have is an error."""
    applying = {field: value for field, value in fields.items() if value is not None}
    return shape.model_validate({"id": name, "url": address, **applying})
