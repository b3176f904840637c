"""The grammar of ids: which words and numbers an id is made of, in one place only."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

WORD = r"[a-z0-9]+(-[a-z0-9]+)*"
_PRACTICE = r"[1-9][0-9]*[a-z]"
_CELL = _PRACTICE + r"\.[a-z]+"


SAMPLES: dict[str, str] = {}
"""Each pattern of an id to an id that fits it."""


def _id(pattern: str, sample: str) -> StringConstraints:
    SAMPLES[f"^({pattern})$"] = sample
    return StringConstraints(pattern=f"^({pattern})$", max_length=80)


DomainId = Annotated[str, _id(r"d[1-9][0-9]*", "d1")]
PracticeId = Annotated[str, _id(_PRACTICE, "1a")]
CellId = Annotated[str, _id(_CELL, "1a.school")]
StatementId = Annotated[str, _id(_CELL + r"\.[a-z]+\.[1-9][0-9]*", "1a.school.participation.2")]
QuestionId = Annotated[str, _id(_CELL + r"\.q[1-9][0-9]*", "1a.school.q1")]
LeadInId = Annotated[str, _id(_CELL + r"\.foundational\.[1-9][0-9]*", "4a.overview.foundational.1")]
ParagraphId = Annotated[str, _id(r"(d[1-9][0-9]*\.)?introduction\.[1-9][0-9]*", "d1.introduction.1")]
SourceItemId = Annotated[str, _id(r"p[0-9]{2}\.[0-9]{2}|[a-z]{2}\.[0-9]{4}", "p04.02")]
"""Of the playbook page and number (p04.02), of the others the document's letters and the line (tl.0011)."""
Slug = Annotated[str, _id(WORD, "four-simple-questions")]
AnyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=90)]
"""What any record or page may be called."""
ToolNumber = Annotated[str, _id(r"T[0-9]{2}", "T02")]
ResourceNumber = Annotated[str, _id(r"R[0-9]", "R1")]

OVERVIEW = "overview"
"""The name that stands in a cell's id where the practice is described for no single level."""


def is_in_a_practice(record_id: str) -> bool:
    """Whether an id begins with that of a practice: '1a', '1a.school.q1'."""
    return re.match(_PRACTICE + r"(\.|$)", record_id) is not None


def practice_of(cell_id: str) -> str:
    """'1a.school' or anything in it: '1a'."""
    return cell_id.split(".")[0]


def level_of(cell_id: str) -> str | None:
    """'1a.school' or anything in it: 'school'; None for the overview."""
    level = cell_id.split(".")[1]
    return None if level == OVERVIEW else level


def cell_of(item_id: str) -> str:
    """'1a.school.participation.2': '1a.school'."""
    return ".".join(item_id.split(".")[:2])


def anchor_of(item_id: str) -> str:
    """'1a.school.participation.2': 'participation-2', the item's anchor on its cell's page."""
    return "-".join(item_id.split(".")[2:])


def tool_use_id(cell_id: str, tool_id: str) -> str:
    """A tool is used once in a cell, so the use needs no number."""
    return f"{cell_id}.tools.{tool_id}"


def foundational_use_id(cell_id: str, tool_id: str) -> str:
    """A tool stands once in a cell's foundational tools."""
    return f"{cell_id}.foundational.{tool_id}"


def mention_id(resource_id: str, domain_id: str | None) -> str:
    """A resource is named once in a domain and once in the introduction."""
    return f"{resource_id}.{domain_id or 'introduction'}"
