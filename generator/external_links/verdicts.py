"""What an answer means for a reader: fixed words of ours only, whatever a foreign page says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal
from urllib.parse import urlsplit

from generator.external_links.responses import Answer, Failure, Hop, Outcome, Reason

PERMANENT = (301, 308)
_NOT_FOUND = re.compile(
    r"\b404\b|\b410 gone\b|(page|file|document|resource|site|url)\b.{0,40}(\bnot|n.{0,3}t|\bcannot) (be )?(found|exist|available)"
    r"|^not found|no longer (available|exists)|does(n.{0,3}t| not) exist|(domain|website).{0,30}(for sale|expired|parked)|^oops"
)
_WALL = re.compile(r"captcha|are you (a )?(human|robot)|just a moment|attention required|access denied|verify(ing)? (that )?you|security check")
_SIGN_IN = re.compile(r"\b(sign|log)[ -]?in\b")
_HOME = re.compile(r"/?((index|home|default)(\.\w+)?/?)?", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip)$", re.IGNORECASE)

FAULT = "a fault of this program, not of the address"
"""The type of the error follows in brackets."""

FAILURES: dict[Reason, tuple[bool, str]] = {
    "no host": (True, "no host of this name"),
    "no connection": (True, "no connection"),
    "redirects": (True, "redirects without end"),
    "no address": (True, "not an address that can be asked"),
    "time": (False, "no answer in time"),
    "certificate": (False, "no secure connection: wrong certificate"),
    "broken": (False, "an answer that breaks off or is not HTTP"),
    "local": (False, "leads into a local network: not asked"),
    "fault": (False, FAULT),
}
"""Why there is no answer: whether that counts as failing, and in words."""

STATUSES = {
    401: "asks for a password (401)",
    403: "refuses programs (403)",
    404: "not found (404)",
    410: "gone (410)",
    429: "too many requests (429)",
    451: "closed for legal reasons (451)",
}


@dataclass(frozen=True)
class Finding:
    """What one run found: 'failing' becomes 'dead' on the third day."""

    verdict: Literal["fine", "moved", "unsure", "failing"]
    reason: str
    moved_to: str | None = None


def judge(url: str, outcome: Outcome) -> Finding:
    """What came of asking `url`."""
    if isinstance(outcome, Failure):
        failing, words = FAILURES[outcome.reason]
        return Finding("failing" if failing else "unsure", f"{words} ({outcome.error})" if outcome.error else words)
    if outcome.status != 200:
        words = STATUSES.get(outcome.status) or f"{'error of the server' if outcome.status >= 500 else 'odd answer'} ({outcome.status})"
        return Finding("failing" if outcome.status in (404, 410) else "unsure", words)
    return _not_what_it_seems(url, outcome) or _found(url, outcome)


def _not_what_it_seems(url: str, answer: Answer) -> Finding | None:
    """Pages that come with status 200 and are not what was asked for."""
    if _says(answer, _WALL):
        return Finding("unsure", "asks whether a human is there")
    if _says(answer, _NOT_FOUND):
        return Finding("failing", "the page says that it was not found")
    if answer.hops and not _is_home(url) and _is_home(answer.url):
        return Finding("failing", "leads to a home page only")
    if answer.hops and _says(answer, _SIGN_IN):
        return Finding("unsure", "leads to a page to sign in")
    # An archive shows a document inside a page of its own; its address has the document's in it.
    if answer.html and _DOCUMENT.search(urlsplit(url).path) and "://" not in urlsplit(url).path:
        return Finding("unsure", "a web page comes in place of the document")
    return None


def _found(url: str, answer: Answer) -> Finding:
    to = _moved_to(answer.hops)
    if to and to != url:
        return Finding("moved", "moved for good", to)
    return Finding("fine", "opens, by a redirect" if answer.hops else "opens")


def _moved_to(hops: Iterable[Hop]) -> str | None:
    """Where the permanent redirects at the beginning lead; what follows a temporary one may differ tomorrow."""
    permanent = [hop.to for hop in takewhile(lambda hop: hop.status in PERMANENT, hops)]
    return permanent[-1] if permanent else None


def _says(answer: Answer, words: re.Pattern[str]) -> bool:
    return any(words.search(heading) for heading in answer.headings)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_HOME.fullmatch(parts.path)) and not parts.query
