"""Answers as the forms of the site save them to a file: the format, told as a schema. theme/assets/forms/answers.js reads and writes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

BlankName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$", max_length=200)]
FormName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=90)]
LONGEST = 100_000
"""How many letters an answer has at most."""

Answer = Annotated[str, StringConstraints(max_length=LONGEST)]


class Answers(BaseModel):
    """One session of one form. A program that reads it takes no field for more than text."""

    model_config = ConfigDict(extra="ignore", strict=True)

    format: Literal["engagement-playbook-answers"] = Field(description="What the file is.")
    version: Literal[1] = Field(description="The version of this format; a reader refuses a newer one.")
    id: str = Field(max_length=60, description="The session, made up at random.")
    origin: str = Field(default="", max_length=60, description="The session that this one was opened as a copy of, the first of all; or nothing.")
    form: FormName = Field(description="The form: a cell (1a.school), lea-self-reflection, planning-template, five-whys or fishbone.")
    title: str = Field(max_length=300, description="The form's title when it was filled in.")
    name: str = Field(max_length=200, description="What the reader calls the session.")
    created: str = Field(max_length=40, description="When it was begun, ISO 8601.")
    changed: str = Field(max_length=40, description="When it was changed last, ISO 8601.")
    edition: str = Field(max_length=40, description="The version of the edition that was filled in.")
    answers: dict[BlankName, Answer] = Field(max_length=3000, description="Texts by the names of the blanks, which are those of the PDFs' fields.")
    wording: dict[BlankName, Answer] = Field(
        default={}, max_length=3000, description="What stood beside each answered blank, so that a later edition can show it."
    )
