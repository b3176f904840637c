"""Texts are said once in a cell, questions ask, and a name means one thing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.index import Catalog
from generator.model import playbook
from generator.problems import Problem

UNWRITTEN = "is still to be written"
"""Words that 'playbook new' puts into a record, and that no finished one has."""


def unwritten(catalog: Catalog) -> Iterator[Problem]:
    """A stub of 'playbook new' gets its own words before it is published."""
    for record in catalog.records:
        for name, written in playbook.fields(type(record)):
            value = getattr(record, name)
            if isinstance(value, str) and UNWRITTEN in value:
                called = getattr(record, "id", "") or getattr(record, "tool", "") or "this record"
                message = f"the '{name}' of '{called}' {UNWRITTEN}"
                yield catalog.problem(record, "still-to-write", message, f"write its '{name}', or remove the record", written)


def repeated_texts(catalog: Catalog) -> Iterator[Problem]:
    """No two items of one cell say the same."""
    for cell in catalog.cells.values():
        seen: dict[str, str] = {}
        items: list[playbook.Statement | playbook.Question] = [*(statement for _, statement in cell.statements()), *cell.questions]
        for item in items:
            text = " ".join(item.said).casefold()
            before = seen.setdefault(text, item.id)
            if before != item.id:
                yield catalog.problem(item, "repeated-text", f"'{item.id}' says the same as '{before}'", "say it once, or say what differs", "text")


def questions_without_mark(catalog: Catalog) -> Iterator[Problem]:
    """Every part of a reflection question asks something."""
    for cell in catalog.cells.values():
        for question in cell.questions:
            for part in question.said:
                if "?" not in part:
                    message = f"'{question.id}' has a part without a question mark: '{part[:40]}'"
                    yield catalog.problem(question, "not-a-question", message, "ask a question, or join the part to the one it belongs to")


def names_used_twice(catalog: Catalog) -> Iterator[Problem]:
    """A word leads to one glossary term, and a title to one tool."""
    terms = [(term, "term", (term.term, *term.aliases)) for term in catalog.terms.values()]
    tools = [(tool, "title", (tool.title, *tool.aliases)) for tool in catalog.tools.values()]
    yield from _names_twice(catalog, terms)
    yield from _names_twice(catalog, tools)


def _names_twice(
    catalog: Catalog, named: list[tuple[playbook.Term, str, tuple[str, ...]]] | list[tuple[playbook.Tool, str, tuple[str, ...]]]
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for record, field, names in named:
        for name in names:
            before = seen.setdefault(name.casefold(), record.id)
            if before != record.id or names.count(name) > 1:
                yield catalog.problem(record, "name-used-twice", f"'{name}' is also a name of '{before}'", "keep it in one place", field)
