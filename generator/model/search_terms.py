"""The records that help the search: other words for things, what people ask, and how well it finds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from generator.model.ids import AnyId
from generator.model.playbook import Day, Name, Record

Address = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*(#[a-z0-9-]+)?$", max_length=200)]


class Synonym(Record):
    """Everyday words that should find what the edition calls otherwise."""

    words: tuple[Name, ...] = Field(min_length=1, description="What people type.")
    means: tuple[Name, ...] = Field(min_length=1, description="The words that the texts use for it.")


class SynonymFile(Record):
    """search.yml"""

    synonyms: tuple[Synonym, ...]


class ScoreFigures(Record):
    """How well some labelled queries are answered; shares are in percent."""

    queries: int = Field(ge=1, description="How many queries were asked.")
    first: float = Field(description="A right answer stands first.")
    within_three: float = Field(description="A right answer is among the first three.")
    nothing_found: float = Field(description="Nothing is found.")


class Miss(Record):
    """A labelled query with no right answer among the first three."""

    query: Name
    wanted: tuple[Address, ...] = Field(min_length=1, description="The addresses that would be right.")
    got: tuple[Address, ...] = Field(description="The first three that came.")


class SearchScore(Record):
    """search-score.yml: what labelled queries gave when they were asked last."""

    version: Name = Field(description="The version of the edition that was asked.")
    date: Day = Field(description="The day of the run.")
    all: ScoreFigures
    held: ScoreFigures = Field(description="The queries that the search was never tuned for.")
    misses: tuple[Miss, ...]


class Asked(Record):
    """What people type when one page is the answer."""

    about: AnyId = Field(description="The page: the id of a record that has one of its own, or a name such as cycle.")
    phrases: tuple[Name, ...] = Field(min_length=1, description="What people type, in their own words.")


class AskedFile(Record):
    """asked.yml"""

    asked: tuple[Asked, ...]
