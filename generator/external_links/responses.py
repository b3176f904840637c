"""What comes back when an address is asked: an answer of HTTP, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PASSING = frozenset({429, 500, 502, 503, 504})
"""Statuses that may be others in a minute."""


@dataclass(frozen=True)
class Hop:
    """A redirect on the way: its status, and where it leads."""

    status: int
    to: str


@dataclass(frozen=True)
class Answer:
    """The last answer after all redirects. `headings` are those of an HTML page, `wait` the seconds that it asks for."""

    url: str
    status: int
    hops: tuple[Hop, ...] = ()
    html: bool = False
    headings: tuple[str, ...] = ()
    wait: float | None = None

    @property
    def passing(self) -> bool:
        """Whether another try is worth it."""
        return self.status in PASSING


Reason = Literal["no host", "no connection", "time", "certificate", "broken", "redirects", "local", "no address", "fault"]


@dataclass(frozen=True)
class Failure:
    """No answer, and why; `error` is the type of what went wrong in this program, where the reason is 'fault'."""

    reason: Reason
    error: str = ""
    wait: None = None

    @property
    def passing(self) -> bool:
        """Whether another try is worth it."""
        return self.reason in ("no connection", "time", "broken")


Outcome = Answer | Failure
