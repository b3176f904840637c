"""The records that help the search: other words for things, what people ask, and how well it finds."""

from __future__ import annotations

from pydantic import Field

from generator.model import Name, Record


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
    wanted: tuple[str, ...] = Field(min_length=1, description="The addresses that would be right.")
    got: tuple[str, ...] = Field(description="The first three that came.")


class SearchScore(Record):
    """search-score.yml: what labelled queries gave when they were asked last."""

    version: str = Field(description="The version of the edition that was asked.")
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="The day of the run.")
    all: ScoreFigures
    held: ScoreFigures = Field(description="The queries that the search was never tuned for.")
    misses: tuple[Miss, ...]


class Asked(Record):
    """What people type when one page is the answer."""

    about: str = Field(description="The page: the id of a record that has one of its own, or a name such as cycle.")
    phrases: tuple[Name, ...] = Field(min_length=1, description="What people type, in their own words.")


class AskedFile(Record):
    """asked.yml"""

    asked: tuple[Asked, ...]
