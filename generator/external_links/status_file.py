"""What is kept from run to run: which addresses are due, and how a run changes what is known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from generator.external_links.verdicts import Finding
from generator.model.link_status import ADDRESS, DAYS_TO_DEAD, LONGEST, LinkStatus, Verdict

HEAD = """\
# yaml-language-server: $schema=schema/link_status.schema.json
# Made by `playbook links`; do not edit.
"""
FILE = "link-status.yml"
GOOD_FOR = datetime.timedelta(days=7)

Statuses = Mapping[str, LinkStatus]
"""Addresses to what is known of them."""


@dataclass(frozen=True)
class Renewed:
    """What is known after a run, in the order of the addresses, and which of them this run called dead first."""

    statuses: tuple[LinkStatus, ...]
    newly_dead: frozenset[str]


def due(addresses: Iterable[str], known: Statuses, day: datetime.date) -> tuple[str, ...]:
    """The addresses to ask: all but those found good within a week."""

    def rests(status: LinkStatus) -> bool:
        return status.verdict in ("fine", "moved") and datetime.timedelta() <= day - status.checked < GOOD_FOR

    return tuple(url for url in addresses if not (url in known and rests(known[url])))


def renew(addresses: Iterable[str], known: Statuses, findings: Mapping[str, Finding], day: datetime.date) -> Renewed:
    """The record after a run; what no longer stands in the data falls out of it."""
    statuses = [_renewed(url, known.get(url), findings.get(url), day) for url in addresses]
    dead = {status.url for status in statuses if status and status.verdict == "dead"}
    return Renewed(tuple(filter(None, statuses)), frozenset(url for url in dead if url not in known or known[url].verdict != "dead"))


def as_yaml(statuses: Iterable[LinkStatus]) -> str:
    """The text of data/link-status.yml."""
    links = [status.model_dump(mode="json", exclude_defaults=True) for status in statuses]
    return HEAD + yaml.safe_dump({"links": links}, sort_keys=False, allow_unicode=True, width=1000)


def _renewed(url: str, before: LinkStatus | None, finding: Finding | None, day: datetime.date) -> LinkStatus | None:
    if finding is None:
        return before
    failing = _failing(before, finding, day)
    verdict: Verdict = "unsure" if finding.verdict == "failing" else finding.verdict
    if len(failing) == DAYS_TO_DEAD:
        verdict = "dead"
    to = finding.moved_to or ""
    moved_to = to if len(to) <= LONGEST and re.search(ADDRESS, to) else None
    return LinkStatus(url=url, checked=day, verdict=verdict, reason=finding.reason, moved_to=moved_to, failing=failing)


def _failing(before: LinkStatus | None, finding: Finding, day: datetime.date) -> tuple[datetime.date, ...]:
    """The days of failing: one more, none after a good day, the same where nobody can tell."""
    days = before.failing if before else ()
    if finding.verdict in ("fine", "moved"):
        return ()
    if finding.verdict == "unsure" or day in days or len(days) == DAYS_TO_DEAD:
        return days
    return (*days, day)
