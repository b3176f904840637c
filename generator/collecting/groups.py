"""Groups of sessions that are put side by side: everyone, teams, or two dates; and which save of a session counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.collecting.readers.folding import folded, order
from generator.collecting.readers.session import Session

EVERYONE, NO_TEAM = "everyone", "no team"


@dataclass(frozen=True)
class Group:
    """Sessions that are counted together."""

    label: str
    sessions: tuple[Session, ...]

    def of_form(self, form: str) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if session.form == form)


def latest(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Several saves of one session are one person: the latest counts."""
    last: dict[tuple[str, str], Session] = {}
    for session in sorted(sessions, key=lambda session: session.changed):
        last[session.form, session.id] = session
    return tuple(last.values())


def everyone(sessions: Iterable[Session]) -> tuple[Group, ...]:
    """One group of all."""
    return (Group(EVERYONE, latest(sessions)),)


def by_team(sessions: Iterable[Session]) -> tuple[Group, ...]:
    """A group for each team, by the alphabet and who names none last; a session is of the team that its latest save names.

    Teams are compared as folded, and called as most people write them: of two ways that are as common, by the first in order.
    """
    teams: dict[str, list[Session]] = defaultdict(list)
    for session in latest(sessions):
        teams[folded(session.team)].append(session)
    found = (Group(_name(session.team for session in teams[key]) if key else NO_TEAM, tuple(teams[key])) for key in _in_order(teams))
    return tuple(found)


def _in_order(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (not key, order(key)))


def _name(written: Iterable[str]) -> str:
    """The most common way to write a name."""
    counted = Counter(written)
    return min(counted, key=lambda name: (-counted[name], order(name)))


def two_people(sessions: Iterable[Session]) -> Iterator[tuple[str, ...]]:
    """The names that saves of one session are signed with, where they are several: perhaps somebody typed over another's answers."""
    names: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for session in filter(lambda session: session.signed, sessions):
        names[session.form, session.id].setdefault(folded(session.signed), session.signed)
    yield from (tuple(sorted(found.values(), key=order)) for found in names.values() if len(found) > 1)


def by_date(sessions: Iterable[Session], until: date | None, since: date | None) -> tuple[Group, Group]:
    """Then and now: up to the day `until` and from the day `since`, one of which may be missing.

    A session that was saved at both times is in both groups, and either group may be empty.
    """
    found = tuple(sessions)
    then = latest(session for session in found if (session.day <= until if until else since is None or session.day < since))
    later = latest(session for session in found if (session.day >= since if since else until is None or session.day > until))
    return Group(f"until {until}" if until else f"before {since}", then), Group(f"from {since}" if since else f"after {until}", later)


def widest_gap(days: Iterable[date]) -> tuple[date, date] | None:
    """The two days next to each other that are furthest apart, the first such pair; None where there is only one day."""
    return max(pairwise(sorted(set(days))), key=lambda pair: pair[1] - pair[0], default=None)
