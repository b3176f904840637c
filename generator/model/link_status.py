"""What came of asking the outside addresses, as `playbook links` writes it down."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.playbook import Name, Record

Verdict = Literal["fine", "moved", "unsure", "dead"]
DAYS_TO_DEAD = 3
"""On so many different days an address must fail, one after another, before it is called dead."""

LONGEST = 800
"""The letters of an address that a server gives; one of ours is as long as it stands in the data."""

ADDRESS = r"^https?://[^\s<>\"]+$"
Asked = Annotated[str, StringConstraints(pattern=ADDRESS)]
Found = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=LONGEST)]


class LinkStatus(Record):
    """One address, and what came of it when it was asked last."""

    url: Asked = Field(description="The address as it is in the data, or its archived copy.")
    checked: datetime.date = Field(description="The day on which it was asked last.")
    verdict: Verdict = Field(description="fine, moved (it leads on for good), unsure (nobody can tell from here), or dead.")
    reason: Name = Field(description="Why, in a few words.")
    moved_to: Found | None = Field(default=None, description="Where it leads for good.")
    failing: tuple[datetime.date, ...] = Field(
        default=(),
        max_length=DAYS_TO_DEAD,
        description="The first days on which it failed, with no good day between them; on the third it is dead.",
    )


class LinkStatusFile(Record):
    """link-status.yml"""

    links: tuple[LinkStatus, ...]
