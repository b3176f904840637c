"""Groups of sessions that are put side by side: everyone, teams, or two dates; and which save of a session counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from generator.collecting.readers.folding import folded, order
from generator.collecting.readers.session import Session

EVERYONE, NO_TEAM = "everyone", "no team"
APART = timedelta(days=14)
"""How far apart two days of one round are at most."""


@dataclass(frozen=True)
class Group:
    """Sessions that are counted together."""

    label: str
    sessions: tuple[Session, ...]

    def of_form(self, form: str) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if session.form == form)


def latest(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """One session of each person, the last: of several saves of one session, then of several sessions. theme/assets/team/persons.js does the same."""
    saves = _last_of(sessions, lambda session: (session.form, session.id))
    return _last_of(saves, lambda session: session.person)


def _last_of(sessions: Iterable[Session], key: Callable[[Session], tuple[str, ...]]) -> tuple[Session, ...]:
    found: dict[tuple[str, ...], Session] = {}
    for session in sessions:
        other = found.get(key(session))
        if other is None or session.is_later(other):
            found[key(session)] = session
    return tuple(found.values())


def alike(sessions: Iterable[Session]) -> Iterator[tuple[Session, ...]]:
    """Sessions that are taken for one person's though nothing proves it: signed alike but begun apart, or copies of one that nobody signed."""
    found: dict[tuple[str, ...], list[Session]] = defaultdict(list)
    for session in _last_of(sessions, lambda session: (session.form, session.id)):
        found[session.person].append(session)
    for several in found.values():
        if len(several) > 1 and (not folded(several[0].signed) or len({session.origin for session in several}) > 1):
            yield tuple(several)


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


def rounds(days: Iterable[date]) -> list[tuple[date, date]]:
    """The first and last day of each round: two days next to each other are of one if they are at most two weeks apart."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] <= APART:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def by_round(sessions: Iterable[Session], days: Iterable[tuple[date, date]]) -> tuple[Group, ...]:
    """A group for each round, in order; who took part in several is in each."""
    found = tuple(sessions)
    return tuple(
        Group(str(first) if first == last else f"{first} to {last}", latest(session for session in found if first <= session.day <= last))
        for first, last in days
    )


def widest_gap(days: Iterable[date]) -> tuple[date, date] | None:
    """The two days next to each other that are furthest apart, the first such pair; None where there is only one day."""
    return max(pairwise(sorted(set(days))), key=lambda pair: pair[1] - pair[0], default=None)
