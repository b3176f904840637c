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
    """How well some labelled queries are answered."""

    queries: int = Field(ge=1, description="How many queries were asked.")
    first: float = Field(description="Percent with a right answer first.")
    first_between: tuple[float, float] = Field(description="Bounds of that share, with 95 % confidence.")
    within_three: float = Field(description="Percent with a right answer among the first three.")
    within_three_between: tuple[float, float] = Field(description="Bounds of that share, with 95 % confidence.")
    nothing_found: float = Field(description="Percent for which nothing is found though something answers them.")


class NamedScore(ScoreFigures):
    """The same for the queries of one role, or of one kind."""

    of: Name = Field(description="Who asks, or what kind of query it is.")


class Miss(Record):
    """A labelled query with no right answer among the first three."""

    query: Name
    wanted: tuple[Address, ...] = Field(description="The addresses that would be right; none where nothing answers it.")
    got: tuple[Address, ...] = Field(description="The first three that came.")


class SearchScore(Record):
    """search-score.yml: what labelled queries gave when they were asked last."""

    version: Name = Field(description="The version of the edition that was asked.")
    date: Day = Field(description="The day of the run.")
    known: ScoreFigures = Field(description="Queries by people who knew the site.")
    known_held: ScoreFigures = Field(description="Those of them that the search was never tuned for.")
    unseen: ScoreFigures = Field(description="Queries that were written before the site was opened.")
    unseen_held: ScoreFigures = Field(description="The half of them that nobody looked at one by one.")
    best: ScoreFigures = Field(description="The same half, where only the one page counts that an expert names first.")
    roles: tuple[NamedScore, ...] = Field(description="The unseen ones by who asks.")
    kinds: tuple[NamedScore, ...] = Field(description="The unseen ones by what they are.")
    misses: tuple[Miss, ...] = Field(description="Of those that may be looked at.")


class Asked(Record):
    """What people type when one page or one term is the answer."""

    about: AnyId = Field(description="The page or term: the id of a record that has a page of its own, a name such as cycle, or glossary.core-team.")
    phrases: tuple[Name, ...] = Field(min_length=1, description="What people type, in their own words.")


class AskedFile(Record):
    """asked.yml"""

    asked: tuple[Asked, ...]
