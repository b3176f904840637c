"""A handout as the reader composed it and saves it to a file: the format, told as a schema. theme/assets/compose/stored.js reads and writes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(max_length=2000)]
Moment = Annotated[str, StringConstraints(max_length=40)]


class Entry(BaseModel):
    """One line of the handout: an item of the site, or words of the reader's own."""

    model_config = ConfigDict(extra="ignore", strict=True)

    key: str = Field(pattern=r"^[a-z0-9]{1,32}$", description="Tells the entries of one handout apart; made up at random.")
    kind: Literal["item", "heading", "text", "step"] = Field(
        description="An item of the site; a heading; a text for the participants; a step such as a break, which is only in the session plan."
    )
    item: str = Field(pattern=r"^([a-z0-9]+([.-][a-z0-9]+)*)?$", max_length=100, description="The id of the item; empty for the reader's own words.")
    text: Words = Field(description="The reader's own words; empty for an item.")
    room: Literal["none", "lines", "half", "page"] = Field(description="Room to write: none, a few lines, half a page, a page.")
    minutes: int = Field(ge=0, le=600, description="How long it takes.")
    how: Literal["alone", "pairs", "groups", "everyone"] = Field(description="How people work on it.")
    size: int = Field(ge=2, le=50, description="How many people are in a small group.")
    note: Words = Field(description="The facilitator's note; it is only in the session plan.")


class Composition(BaseModel):
    """A handout and its session plan. A program that reads it takes no field for more than text."""

    model_config = ConfigDict(extra="ignore", strict=True)

    format: Literal["engagement-playbook-handout"] = Field(description="What the file is.")
    version: Literal[1] = Field(description="The version of this format; a reader refuses a newer one.")
    id: str = Field(pattern=r"^[a-z0-9]{1,32}$", description="The handout, made up at random.")
    created: Moment = Field(description="When it was begun, ISO 8601.")
    changed: Moment = Field(description="When it was changed last, ISO 8601.")
    edition: Moment = Field(description="The version of the edition that its items were chosen from.")
    title: Line = Field(description="What is printed at its top.")
    team: Line = Field(description="Whom it is for.")
    place: Line = Field(description="Where they meet.")
    date: str = Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="The day, or nothing.")
    start: str = Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$", description="When the session begins, or nothing.")
    people: int = Field(ge=0, le=5000, description="How many people come; 0 where that is not known.")
    entries: list[Entry] = Field(max_length=200, description="What it holds, in order.")
