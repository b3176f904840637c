"""The grammar of ids: which words and numbers an id is made of. No other module takes an id apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


# ---- Any id ----


def names(record_id: str) -> tuple[str, ...]:
    """The words and numbers that an id is made of, the outermost first."""
    return tuple(record_id.split("."))


def begins(record_id: str) -> str:
    """'1a.school.q1': '1a', the practice, domain, guide, form or resource that an id begins with."""
    return names(record_id)[0]


def last(record_id: str) -> str:
    """'1a.school.f2.s3': 's3'."""
    return names(record_id)[-1]


def code(practice_id: str) -> str:
    """'1a' as people write it: '1A'."""
    return practice_id.upper()


def around(record_id: str) -> str:
    """'1a.school.q1': '1a.school', the id of what it stands in; '' where an id is a single word."""
    return ".".join(names(record_id)[:-1])


def all_around(record_id: str) -> Iterator[str]:
    """'1a.school.q1': '1a.school', then '1a'."""
    while record_id := around(record_id):
        yield record_id


def is_in(record_id: str, other: str) -> bool:
    """Whether an id begins with another one: '1a.school.q1' is in '1a.school', and not in '1a.sch' or itself."""
    return other in all_around(record_id)


def moved(record_id: str, old: str, new: str) -> str:
    """'form.goal.text' from 'form.goal' to 'form.goal.2': 'form.goal.2.text'."""
    return new + record_id.removeprefix(old)


def as_anchor(record_id: str) -> str:
    """'1a.school' to '1a-school'."""
    return record_id.replace(".", "-")


def as_path(record_id: str) -> str:
    """'1a.school' to '1a/school'."""
    return record_id.replace(".", "/")


def as_words(record_id: str) -> str:
    """'cycle.assess-needs.1' to 'cycle assess needs 1'."""
    return record_id.replace(".", " ").replace("-", " ")


def inner_anchor(record_id: str) -> str:
    """'planning-template.direction.goal': 'direction-goal', the anchor on the page of what the id begins with."""
    return "-".join(names(record_id)[1:])


def greatest_number(before: str, record_ids: Iterable[str]) -> int:
    """The greatest number that directly follows '1a.school.q' in any of these ids; 0 for none."""
    tails = (name.removeprefix(before) for name in record_ids if name.startswith(before))
    return max((int(tail) for tail in tails if tail.isdecimal()), default=0)


# ---- Ids that begin with a word for what they name ----


@dataclass(frozen=True)
class Family:
    """Ids that begin with the same word."""

    page: str
    """The name of the page, or of the kind of pages, where what they name is shown."""
    put_before: bool = False
    """Whether the word is put before the id that a record has in its file."""


FAMILIES = {
    "glossary": Family("glossary", put_before=True),
    "errata": Family("sources", put_before=True),
    "sources": Family("sources", put_before=True),
    "reflect": Family("reflection", put_before=True),
    "leadership": Family("leadership"),
    "cycle": Family("cycle"),
    "coaching": Family("coaching"),
    "rubric": Family("lea-self-reflection"),
    "tp": Family("turnaround-practices"),
}
"""Each word that public ids begin with; any other id begins with that of a record: a practice, a domain, a form …"""


def term_id(term: str) -> str:
    """'sea' to 'glossary.sea'."""
    return f"glossary.{term}"


def erratum_id(erratum: str) -> str:
    """'two-titles' to 'errata.two-titles'."""
    return f"errata.{erratum}"


def document_id(document: str) -> str:
    """'playbook' to 'sources.playbook'."""
    return f"sources.{document}"


def reflection_id(cell: str) -> str:
    """The id of the form in which a cell is filled in on screen: 'reflect.1a.school'."""
    return f"reflect.{cell}"


def section_id(cell: str) -> str:
    """The id of a cell's page in the leadership guide: 'leadership.1a.school'."""
    return f"leadership.{cell}"


def step_tool_id(step: str, tool: str) -> str:
    """A tool serves a step of the cycle once, so its use needs no number."""
    return f"cycle.{step}.tools.{tool}"


def without_prefix(record_id: str) -> str:
    """'glossary.sea' to 'sea', 'reflect.1a.school' to '1a.school'; any other id as it is."""
    first, *rest = names(record_id)
    return ".".join(rest) if first in FAMILIES and FAMILIES[first].put_before else record_id


def is_term(record_id: str) -> bool:
    """Whether it is the id of a glossary term: 'glossary.sea'."""
    return begins(record_id) == "glossary"


# ---- Domains, practices, cells and what stands in them ----


def domain_number(domain_id: str) -> str:
    """'d1' to '1'."""
    return domain_id.removeprefix("d")


def is_of_domain(practice_id: str, domain_id: str) -> bool:
    """Whether a practice's id begins with the number of a domain: '1a' and 'd1'."""
    return practice_id[:-1] == domain_number(domain_id)


def is_in_a_practice(record_id: str) -> bool:
    """Whether an id begins with that of a practice: '1a', '1a.school.q1'."""
    return re.match(_PRACTICE + r"(\.|$)", record_id) is not None


def practice_of(cell_id: str) -> str:
    """'1a.school' or anything in it: '1a'."""
    return begins(cell_id)


def level_of(cell_id: str) -> str | None:
    """'1a.school' or anything in it: 'school'; None for the overview."""
    level = names(cell_id)[1]
    return None if level == OVERVIEW else level


def parts_of(item_id: str) -> tuple[str, ...]:
    """'1a.school.participation.2': ('1a', 'school', 'participation'), at most practice, level or 'overview', and column."""
    return names(item_id)[:3]


def overview_to_practice(cell_id: str) -> str:
    """'1a.overview' to '1a', on whose page it is; any other id as it is."""
    return cell_id.removesuffix(f".{OVERVIEW}")


def cell_of(item_id: str) -> str:
    """'1a.school.participation.2': '1a.school'."""
    return ".".join(names(item_id)[:2])


def anchor_of(item_id: str) -> str:
    """'1a.school.participation.2': 'participation-2', the item's anchor on its cell's page."""
    return "-".join(names(item_id)[2:])


def inside_in_words(item_id: str) -> str:
    """'1a.school.q1': 'question 1', '1a.school.participation.2': 'participation 2'; '' for a cell."""
    return re.sub(r"\bq(?=\d)", "question ", as_words(anchor_of(item_id)))


def tail_in_words(item_id: str, other: str) -> str:
    """'1a.school.participation.2' in '1a.school': 'participation 2'; of a question, '2'."""
    tail = as_words(item_id.removeprefix(f"{other}."))
    return tail.removeprefix("q") if tail.removeprefix("q").isdigit() else tail


def question_number(question_id: str) -> str:
    """'1a.school.q1': '1'."""
    return last(question_id).removeprefix("q")


_FUTURE_STATE = re.compile(_CELL + r"\.f([1-9][0-9]*)(?:\.q([1-9][0-9]*)|\..*)?")


def is_of_a_future_state(record_id: str) -> bool:
    """Whether it is the id of a future state, or of something in one: '1a.school.f2.s3'."""
    return _FUTURE_STATE.fullmatch(record_id) is not None


def future_state_question(record_id: str) -> tuple[str, str] | None:
    """'1a.school.f2.q3': ('2', '3'); None for what is no question of a future state."""
    found = _FUTURE_STATE.fullmatch(record_id)
    return (found[1], found[2]) if found and found[2] else None


def strategy_kind(strategy_id: str) -> str:
    """'1a.school.f2.step1': 'step', one of s, step and group."""
    return last(strategy_id).rstrip("0123456789")


def strategy_number(strategy_id: str) -> int:
    """'1a.school.f2.step1': 1."""
    return int(last(strategy_id).removeprefix(strategy_kind(strategy_id)) or 0)


def tool_use_id(cell_id: str, tool_id: str) -> str:
    """A tool is used once in a cell, so the use needs no number."""
    return f"{cell_id}.tools.{tool_id}"


def foundational_use_id(cell_id: str, tool_id: str) -> str:
    """A tool stands once in a cell's foundational tools."""
    return f"{cell_id}.foundational.{tool_id}"


def is_foundational(use_id: str) -> bool:
    """Whether a tool use is one of a cell's foundational tools: '4a.overview.foundational.your-brand'."""
    return names(use_id)[2:3] == ("foundational",)


def mention_id(resource_id: str, domain_id: str | None) -> str:
    """A resource is named once in a domain and once in the introduction."""
    return f"{resource_id}.{domain_id or 'introduction'}"
