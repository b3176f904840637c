"""The record of what was measured of the edition: figures that may only get better, and how hard its texts are to read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.playbook import Name, Record


class Figure(Record):
    """One figure that must not get worse."""

    name: Name = Field(description="What is counted, and of what: carried.playbook.")
    better: Literal["more", "fewer"] = Field(description="Which way is better.")
    value: float = Field(description="The value that the edition has reached.")


class ReadingGrade(Record):
    """How hard the texts of a part are to read: Flesch-Kincaid grades, in school years."""

    of: Name = Field(description="A document, domain, practice, level or column by its id; 'all' for everything.")
    median: float
    highest: float


class FigureFile(Record):
    """figures.yml: written by 'playbook coverage --write'."""

    figures: tuple[Figure, ...]
    reading: tuple[ReadingGrade, ...]
