"""The term list: terms of the sources that our texts keep, and words that no text of ours uses."""

from __future__ import annotations

from pydantic import Field

from generator.model.ids import SourceItemId
from generator.model.playbook import Name, Record


class KeptTerm(Record):
    """A term of the sources, and the one word that we have for it."""

    term: Name = Field(description="The term as the sources have it.")
    ours: tuple[Name, ...] = Field(min_length=1, description="Our word in all its forms; '*' stands for any ending: 'collaborat*'.")
    items: tuple[SourceItemId, ...] = Field(min_length=1, description="Source items that have the term: what carries one says our word.")


class AvoidedWords(Record):
    """Words that no text uses, except in quotation marks."""

    words: tuple[Name, ...] = Field(min_length=1, description="The words; '*' stands for any ending: 'leverag*'.")
    instead: Name = Field(description="What to write, or why not this; the check shows it as a hint.")


class TermList(Record):
    """term-list.yml"""

    keep: tuple[KeptTerm, ...]
    avoid: tuple[AvoidedWords, ...]
