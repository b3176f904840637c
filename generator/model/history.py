"""The records of what was: what is retired and where its readers go, and what each edition changed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.guides import GuideId
from generator.model.playbook import Day, Name, Record, Text

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Address = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*([a-z0-9-]+(/|\.[a-z]+))(#[a-z0-9-]+)?$", max_length=200)]


class Retired(Record):
    """Something that had an address and is no longer here; its id is never used again."""

    id: GuideId = Field(description="Its id: 1a.school.q9, four-simple-questions, glossary.sea.")
    addresses: tuple[Address, ...] = Field(
        min_length=1,
        description="Where it stood, from the site's root: practices/1a/school/#q9, tools/your-brand/. A page stands for all that was on it.",
    )
    was: Text = Field(description="What it was: its title, or the words that it said last.")
    since: Version = Field(description="The first version without it.")
    why: Text = Field(description="Why it went, in a sentence for readers.")
    replaced_by: GuideId | None = Field(default=None, description="The id of what took its place; left out when nothing did.")


class RetiredFile(Record):
    """retired.yml"""

    retired: tuple[Retired, ...]


ChangeKind = Literal["added", "reworded", "moved", "changed", "retired", "vanished"]
CHANGES: dict[ChangeKind, str] = {
    "added": "Added",
    "reworded": "Reworded",
    "moved": "Moved",
    "changed": "Changed",
    "retired": "Retired",
    "vanished": "Vanished without being retired",
}
"""What can become of a record, each with its title, in the order of lists."""


class Difference(Record):
    """What of a record differs, as it was and as it is; one of the two may be empty."""

    what: Name = Field(description="text, title, habit, order, link …")
    old: tuple[Text, ...] = ()
    new: tuple[Text, ...] = ()


class Change(Record):
    """What became of one record from one edition to the next."""

    change: ChangeKind
    id: GuideId
    name: Text = Field(description="What the record is and where it stands, for readers.")
    differences: tuple[Difference, ...] = ()
    why: Text | None = Field(default=None, description="Why it was retired.")
    replaced_by: GuideId | None = None
    with_it: int = Field(default=0, ge=0, description="How many more items came or went with its page.")


class Released(Record):
    """editions/0.2.0.yml: what an edition changed; `playbook diff OLD NEW --write` makes it, the summary is written by hand."""

    version: Version
    date: Day = Field(description="The day of this version.")
    summary: Text = Field(description="What this edition brings, in a few sentences for readers.")
    changes: tuple[Change, ...] = Field(default=(), description="What happened to each record since the edition before; none for the first.")


def number(version: str) -> tuple[int, ...]:
    """'0.10.0' as numbers that sort."""
    return tuple(map(int, version.split(".")))
