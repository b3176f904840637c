"""A form with its repeats written out: every blank has the name that paper, file and screen know it by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import guides, ids, playbook


@dataclass(frozen=True)
class Choice:
    """Something to check; `words` names the blank beside one that takes own words."""

    name: str
    value: str
    label: str
    hint: str
    words: str


@dataclass(frozen=True)
class Row:
    """A row of a table: its head, where it has one, and the names of its blanks."""

    head: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of a form; `anchor` is empty in all but the first of several repeats."""

    kind: str
    name: str
    anchor: str
    label: str
    hint: str
    said: tuple[str, ...]
    statement: str
    size: str
    input: str
    choices: tuple[Choice, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    ours: bool

    @property
    def word(self) -> str:
        """What its name ends with, for its style."""
        return ids.last(self.name)


_SHOWN_AS = {"repeat": "section", "signatures": "table", "practices": "checklist"}
"""Kinds of the data that look like others."""


def parts(form: guides.Form, practices: Mapping[str, playbook.Practice]) -> tuple[Part, ...]:
    """All of a form, in order."""
    return _Spelling(form.id, form.id, {}, practices, form.origin == "site").parts(form.nodes)


@dataclass(frozen=True)
class _Spelling:
    """Where in a form we are: the id and the name of what is around, and the number of each unit."""

    id: str
    name: str
    numbers: Mapping[str, int]
    practices: Mapping[str, playbook.Practice]
    ours: bool
    """Whether the whole form is, so that no part of it need say so."""

    def parts(self, nodes: tuple[guides.Node, ...]) -> tuple[Part, ...]:
        return tuple(part for node in nodes for part in self._spelled(node))

    def _spelled(self, node: guides.Node) -> tuple[Part, ...]:
        name = ids.moved(node.id, self.id, self.name)
        if node.kind != "repeat":
            return (self._part(node, name, node.label, self.parts_in(node, name)),)
        found = []
        for time in range(1, (node.times or 1) + 1):
            inner = self._inside(node, f"{name}.{time}", {node.unit or "": time})
            label = f"{node.label} {inner.numbered(node.numbering)}".strip()
            found.append(inner._part(node, inner.name, label, inner.parts(node.nodes)))
        return tuple(found)

    def parts_in(self, node: guides.Node, name: str) -> tuple[Part, ...]:
        return self._inside(node, name, {}).parts(node.nodes)

    def _inside(self, node: guides.Node, name: str, number: Mapping[str, int]) -> _Spelling:
        return _Spelling(node.id, name, {**self.numbers, **number}, self.practices, self.ours)

    def numbered(self, words: str | None) -> str:
        """'{priority}.{strategy}' to '2.1'."""
        return re.sub(r"\{([\w-]+)\}", lambda unit: str(self.numbers.get(unit[1], unit[0])), words or "")

    def _part(self, node: guides.Node, name: str, label: str, parts: tuple[Part, ...]) -> Part:
        first = set(self.numbers.values()) <= {1}
        return Part(
            kind=_SHOWN_AS.get(node.kind, node.kind),
            name=name,
            anchor=ids.inner_anchor(node.id) if first else "",
            label=label,
            hint=node.hint or "",
            said=node.said,
            statement=node.statement or "",
            size=node.size or "line",
            input=node.input or "text",
            choices=self._choices(node, name),
            columns=tuple(column.label for column in node.columns),
            rows=self._rows(node, name),
            parts=parts,
            ours=node.origin == "site" and first and not self.ours,
        )

    def _choices(self, node: guides.Node, name: str) -> tuple[Choice, ...]:
        if node.kind != "practices":
            return tuple(_choice(node, name, option) for option in node.options)
        found = self.practices.values()
        return tuple(Choice(f"{name}.{practice.id}", practice.id, f"{ids.code(practice.id)} {practice.title}", "", "") for practice in found)

    def _rows(self, node: guides.Node, name: str) -> tuple[Row, ...]:
        if not node.columns:
            return ()
        lines = [(self.numbered(line.key), self.numbered(line.label)) for line in node.row_labels]
        found = []
        for number, (row, label) in enumerate(lines or [(str(at), "") for at in range(1, (node.rows or 1) + 1)], 1):
            inner = self._inside(node, name, {node.unit or "": number})
            found.append(Row(label or inner.numbered(node.numbering), tuple(f"{name}.{row}.{column.key}" for column in node.columns)))
        return tuple(found)


def _choice(node: guides.Node, name: str, option: guides.Option) -> Choice:
    """A choice has one name for all its options, a checklist one for each."""
    own = name if node.kind == "choice" else f"{name}.{option.key}"
    return Choice(own, option.key, option.label, option.hint or "", f"{name}.{option.key}-words" if option.other else "")
