"""What was: the retired items of a page, and what each edition changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.catalog.routes import edition_anchor
from generator.model import ids
from generator.model.history import CHANGES, Change, ChangeKind, Difference, Released, Retired
from generator.views.shared.parts import Here, Link, called
from generator.views.shared.word_diff import Span, sides

Marked = tuple[tuple[Span, ...], ...]
"""Texts, each in spans that say what only this wording has."""


@dataclass(frozen=True)
class Gone:
    """Something that is no longer here: what it said, why it went, and where to go instead."""

    id: str
    anchor: str
    was: str
    since: str
    why: str
    instead: Link | None


@dataclass(frozen=True)
class Compared:
    """One field of a record, before and now."""

    what: str
    before: Marked
    now: Marked


@dataclass(frozen=True)
class Changed:
    """What became of one record; its link leads to where it is, or to where its old address says what became of it."""

    link: Link
    compared: tuple[Compared, ...]
    why: str
    instead: Link | None
    with_it: int


@dataclass(frozen=True)
class Edition:
    """An edition with its changes, kind by kind."""

    version: str
    date: str
    anchor: str
    summary: str
    groups: tuple[tuple[ChangeKind, str, tuple[Changed, ...]], ...]


def gone(here: Here) -> tuple[Gone, ...]:
    """The retired items that stood on the page at hand."""
    found = [(retired, address.partition("#")) for retired in here.catalog.retired.values() for address in retired.addresses]
    return tuple(_gone(here, retired, anchor) for retired, (page, _, anchor) in found if anchor and page == here.page)


def gone_from(here: Here, cell: str) -> tuple[Gone, ...]:
    """The retired items of a cell, for the form that still has answers to them."""
    return tuple(_gone(here, retired, "") for retired in here.catalog.retired.values() if ids.is_in(retired.id, cell))


def gone_page(here: Here, retired: Retired) -> Gone:
    """What a page says of itself that is no longer here."""
    return _gone(here, retired, "")


def _gone(here: Here, retired: Retired, anchor: str) -> Gone:
    return Gone(retired.id, anchor, retired.was, retired.since, retired.why, _instead(here, retired.replaced_by))


def _instead(here: Here, record: str | None) -> Link | None:
    return here.link(record, called(here.catalog, record)) if record and record in here.routes else None


def editions(here: Here) -> tuple[Edition, ...]:
    """All editions, the newest first."""
    return tuple(_edition(here, released) for released in here.catalog.released)


def _edition(here: Here, released: Released) -> Edition:
    groups = groupby(_sorted(released.changes), key=lambda change: change.change)
    return Edition(
        version=released.version,
        date=released.date,
        anchor=edition_anchor(released.version),
        summary=released.summary,
        groups=tuple((kind, CHANGES[kind], tuple(_changed(here, change) for change in changes)) for kind, changes in groups),
    )


def _sorted(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: list(CHANGES).index(change.change))


def _changed(here: Here, change: Change) -> Changed:
    name = change.name[:1].upper() + change.name[1:]
    return Changed(
        link=Link(name, here.way(change.id)),
        compared=tuple(_compared(difference, change.change == "reworded") for difference in change.differences),
        why=change.why or "",
        instead=_instead(here, change.replaced_by),
        with_it=change.with_it,
    )


def _compared(difference: Difference, marked: bool) -> Compared:
    """Words are marked only where a text was said in other words."""
    if marked:
        before, now = sides(difference.old, difference.new)
    else:
        before, now = (tuple((Span(text),) for text in texts) for texts in (difference.old, difference.new))
    return Compared(difference.what, before, now)
