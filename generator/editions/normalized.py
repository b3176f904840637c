"""An edition as playbook.json has it, flattened for comparing: each record with its place, its words and its other facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.exports.playbook_json import ExportedRetired
from generator.model import ids
from generator.problems import Mark

Json = Mapping[str, Any]
Texts = tuple[str, ...]

KINDS = {
    "paragraphs": "paragraph",
    "domains": "domain",
    "cells": "practice",
    "practices": "practice",
    "statements": "touch point",
    "foundational_tools": "group of tools",
    "tool_uses": "use of",
    "questions": "question",
    "levels": "level",
    "columns": "habit",
    "tools": "tool",
    "resources": "resource",
    "resource_mentions": "mention of",
    "future_states": "future state",
    "strategy_lead_ins": "step or group of strategies",
    "strategies": "strategy",
    "future_state_questions": "question",
    "cycle_steps": "step of the cycle",
    "coaching_sets": "coaching questions",
    "coaching_items": "coaching item",
    "elements": "element of the self-reflection",
    "forms": "form",
    "passages": "passage",
    "external_practices": "turnaround practice",
    "external_strands": "strand of work",
    "external_services": "service",
    "references": "reference",
    "glossary": "term",
    "sources": "source",
    "errata": "erratum",
}
"""The arrays of playbook.json whose records are compared, in the order of the site, and what people call one of them.
Links count as facts of the record that they lead from; the items of the sources are not ours."""

PUBLIC_IDS = {"glossary": ids.term_id, "sources": ids.document_id, "errata": ids.erratum_id}
"""Makes the ids of these records each record's own."""

NOT_COMPARED = frozenset({"links", "retired", "source_items", "companion_items"})
"""The other arrays of playbook.json."""

WORDS = (
    *("text", "printed", "shown", "why", "low", "basic", "moderate", "high"),
    *("purpose", "hint", "statement", "label", "options", "columns", "rows", "row_labels"),
)
"""Fields that hold what a record says."""
PLACES = ("domain", "cell", "column", "part_of", "future_state", "parent")
"""Fields that hold where a record is."""
FACTS = frozenset(
    {
        *("title", "aliases", "from", "origin", "type", "role", "kind", "call", "number", "framework", "column_confidence"),
        *("publisher", "authors", "year", "licence", "identifier", "link", "link_status", "replaced_by"),
        *("see", "about", "tool", "tools", "step", "steps", "levels", "links"),
        *("size", "input", "unit", "times", "numbering", "picture"),
    }
)
"""Fields that hold anything else that is known of a record."""
DERIVED = frozenset({"id", "url", "parts", "pages", "archived", "practice", "level", "nodes", "adds"})
"""Fields that follow from others."""
KNOWN = frozenset({*WORDS, *PLACES, *FACTS, *DERIVED})
"""Every field of a record. One that is not listed here would be compared wrongly, so it stops a comparison."""
ADDED_HERE = frozenset({"parent", "links"})
"""The known fields that playbook.json does not have: a part's form, and the links that lead from a record."""


@dataclass(frozen=True)
class Entry:
    """One record; each field is its texts, none for a field that it does not have."""

    id: str
    kind: str
    url: str
    name: str
    place: Mapping[str, Texts]
    words: Mapping[str, Texts]
    facts: Mapping[str, Texts]

    @property
    def page(self) -> str:
        """Its page without the anchor."""
        return self.url.partition("#")[0]


@dataclass(frozen=True)
class Snapshot:
    """All that two editions are compared by; entries are in the order of the site."""

    version: str
    date: str
    entries: Mapping[str, Entry]
    retired: Mapping[str, ExportedRetired]
    fields: Mapping[str, frozenset[str]]
    """Each array of the file, and the fields that its records and the parts of them use."""
    titles: Mapping[str, str]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Where each retired record stands; known of a folder only."""

    @property
    def unknown_fields(self) -> tuple[str, ...]:
        """The fields that no table of this module lists: 'tools.color'."""
        return tuple(f"{kind}.{field}" for kind in KINDS for field in sorted(self.fields.get(kind, frozenset()) - KNOWN))


def snapshot(value: Json) -> Snapshot:
    """A playbook.json as a snapshot."""
    arrays = {kind: records for kind, records in value.items() if isinstance(records, list)}
    titles = {record["id"]: record["title"] for kind in KINDS for record in arrays.get(kind, ()) if "title" in record}
    links: dict[str, list[str]] = defaultdict(list)
    for link in arrays.get("links", ()):
        links[link["from"]].append(f"{link['kind']} {link['to']} ({link['confidence']} confidence)")
    found = [entry for kind in KINDS for record in arrays.get(kind, ()) for entry in _entries(kind, record, titles, links)]
    pages = {page: number for number, page in enumerate(dict.fromkeys(entry.page for entry in found))}
    return Snapshot(
        version=value["version"],
        date=value["date"],
        entries={entry.id: entry for entry in sorted(found, key=lambda entry: pages[entry.page])},
        retired={record["id"]: ExportedRetired.model_validate(record) for record in arrays.get("retired", ())},
        fields={kind: frozenset(field for record in records for field in _fields(record)) for kind, records in arrays.items()},
        titles=titles,
    )


def _fields(record: Json) -> Iterator[str]:
    """The fields of a record and of the parts of a form."""
    yield from record
    for node in record.get("nodes", ()):
        yield from _fields(node)


def _entries(kind: str, record: Json, titles: Mapping[str, str], links: Mapping[str, list[str]], parent: str = "") -> Iterator[Entry]:
    """A record, and the parts of a form after it."""
    record = {**record, "parent": parent or None, "links": [link for link in links.get(record["id"], ()) if f" {record.get('cell')} " not in link]}
    if kind == "cycle_steps":
        # Its text is that of a passage, which has an address of its own.
        record = {field: value for field, value in record.items() if field not in ("text", "parts", "from")}
    if "practice" in record:
        record.pop("domain", None)
    texts = {field: _texts(value) for field, value in record.items()}
    yield Entry(
        id=PUBLIC_IDS[kind](record["id"]) if kind in PUBLIC_IDS else record["id"],
        kind=kind,
        url=record["url"],
        name=_name(kind, record, titles),
        place={field: texts.get(field, ()) for field in PLACES},
        words={"text": texts.get("parts") or texts.get("text", ())} | {field: texts[field] for field in WORDS[1:] if field in texts},
        facts={field: found for field, found in texts.items() if field in FACTS},
    )
    for node in record.get("nodes", ()):
        yield from _entries(kind, node, titles, links, record["id"])


def _texts(value: Any) -> Texts:
    """What a field says: one text, or that of each entry; the key of an entry says nothing."""
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, dict):
        return tuple(text for key, inner in value.items() if key != "key" and not isinstance(inner, bool) for text in _texts(inner))
    if isinstance(value, list):
        return tuple(text for inner in value for text in _texts(inner))
    return (str(value),)


def _name(kind: str, record: Json, titles: Mapping[str, str]) -> str:
    """What a record is and where it stands: 'question 2, 1A at the school level', 'tool: Your Brand'."""
    word, title, name = KINDS[kind], record.get("title") or record.get("label"), str(record["id"])
    if kind == "practices":
        return f"practice {name.upper()}: {title}"
    if kind == "forms" and record["parent"]:
        word = "part of a form"
    if title:
        return f"{word}: {title}"
    place = _place(record)
    if kind == "cells":
        return f"{word} {place}"
    if kind == "statements" and record.get("framework"):
        word = "Four Domains statement"
    if kind == "resource_mentions":
        tail = titles.get(ids.begins(name), name)
    elif kind in ("tool_uses", "foundational_tools") and "tool" in record:
        word, tail = "use of", titles.get(record["tool"], record["tool"])
    else:
        tail = _tail(record, name)
    return f"{word} {tail}, {place}" if place else f"{word} {tail}"


def _place(record: Json) -> str:
    if "practice" in record:
        code = str(record["practice"]).upper()
        return f"{code} at the {record['level']} level" if record.get("level") else f"{code} overview"
    return f"domain {ids.domain_number(str(record['domain']))}" if "domain" in record else ""


def _tail(record: Json, name: str) -> str:
    """The end of an id as people read it: '1a.school.participation.2' to 'participation 2', '1a.school.q2' to '2'."""
    around = record.get("cell") or record.get("domain") or ("" if ids.begins(name) == "introduction" else ids.begins(name))
    return ids.tail_in_words(name, around)
