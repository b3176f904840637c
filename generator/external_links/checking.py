"""One run of the check: what is due is asked, judged and joined to what was known."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpx

from generator.external_links import status_file, transport, verdicts
from generator.external_links.client import Asker, Outcomes, Patience, Sleep, ask_all
from generator.external_links.responses import Answer, Failure, Outcome
from generator.external_links.status_file import Renewed, Statuses
from generator.progress import Asking

PATIENCE = Patience()
"""The waiting of the command."""

WITNESSES = 3
"""So many addresses that were good lately are asked when none of the others answers."""


@dataclass(frozen=True)
class Line:
    """How requests go out: who we say we are, where we may go, how names are resolved, how long we wait."""

    agent: str
    permitted: Callable[[str], bool]
    patience: Patience
    resolve: transport.Resolve = transport.resolve
    sleep: Sleep = asyncio.sleep


def agent(site: str, version: str) -> str:
    """How we introduce ourselves to a host: the project, and where to read what it is."""
    return f"engagement-playbook-links/{version} (+{site})"


def check(urls: Sequence[str], known: Statuses, day: datetime.date, everything: bool, line: Line, progress: Asking) -> Renewed | None:
    """Ask what is due, or everything. None when nothing can be reached from here: that says nothing about the addresses."""
    asked = tuple(urls) if everything else status_file.due(urls, known, day)
    outcomes = asyncio.run(_ask(line, asked, _witnesses(urls, known, asked), progress)) if asked else {}
    if asked and not outcomes:
        return None
    findings = {url: _judged(url, outcomes[url]) for url in asked}
    return status_file.renew(urls, known, findings, day)


def _judged(url: str, outcome: Outcome) -> verdicts.Finding:
    """The verdict; what goes wrong in judging one address is said of that address."""
    try:
        return verdicts.judge(url, outcome)
    except Exception as error:
        return verdicts.judge(url, Failure("fault", type(error).__name__))


def _witnesses(urls: Iterable[str], known: Statuses, asked: Iterable[str]) -> tuple[str, ...]:
    rest = set(urls) - set(asked)
    return tuple(url for url in known if url in rest)[:WITNESSES]


async def _ask(line: Line, asked: Sequence[str], witnesses: Sequence[str], progress: Asking) -> Outcomes:
    """What came of each address; nothing when neither one of them nor a witness answers."""
    carrier = transport.CheckedTransport(line.permitted, line.resolve, httpx.create_ssl_context())
    asker = Asker(carrier, line.agent, line.patience, line.sleep)
    try:
        with progress(len(asked)) as done:
            outcomes = await ask_all(asker, asked, line.patience, line.sleep, done)
        if not _answered(outcomes):
            seen = await ask_all(asker, witnesses, line.patience, line.sleep, lambda: None)
            return outcomes if _answered(seen) else {}
        return outcomes
    finally:
        await carrier.aclose()


def _answered(outcomes: Outcomes) -> bool:
    return any(isinstance(outcome, Answer) for outcome in outcomes.values())
