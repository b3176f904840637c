"""Groups of sessions that are put side by side: everyone, teams, or two dates; and which save of a session counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.collecting.session import Session

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
    """A group for each team, by the alphabet. Capitals and spaces make no difference; a session is of the team that its latest save names."""
    teams: dict[str, list[Session]] = defaultdict(list)
    for session in latest(sessions):
        teams[session.team.casefold()].append(session)
    groups = [Group(Counter(session.team for session in found).most_common(1)[0][0] or NO_TEAM, tuple(found)) for found in teams.values()]
    return tuple(sorted(groups, key=lambda group: (group.label == NO_TEAM, group.label.casefold())))


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
