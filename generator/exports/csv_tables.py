"""playbook.json as CSV files, one for each kind of record: safe to open in a spreadsheet, and read back without loss.

A cell holds one value, or several, one a line, and a row of a table as a JSON array; an empty cell is a field that the record has not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from generator.exports.guide_records import ExportedNode, GuideExport
from generator.exports.playbook_json import Export
from generator.model import guides
from generator.output import csv_text

_INNER: Mapping[str, tuple[str, type[BaseModel], str]] = {
    "nodes": ("form_nodes", ExportedNode, "The parts of the forms, each with the form or part that it is in."),
    "options": ("form_options", guides.Option, "What can be checked in the forms, each with the part that it is in."),
}
"""Records inside others are tables of their own: by the field that holds them, the name, shape and purpose of that table."""

HOLDER = "in"
"""The column that names the record around an inner one."""


@dataclass(frozen=True)
class Table:
    """A CSV file, how many records it has, and what they are."""

    name: str
    about: str
    rows: int
    content: bytes

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def tables(value: Mapping[str, Any]) -> tuple[Table, ...]:
    """All tables of what playbook.json holds: those of the playbook, of the guides, of what stands inside their records."""
    arrays = sorted((name for name, records in value.items() if isinstance(records, list)), key=lambda name: name in GuideExport.model_fields)
    shapes = {name: (get_args(Export.model_fields[name].annotation)[0], Export.model_fields[name].description or "") for name in arrays}
    shapes |= {name: (shape, about) for name, shape, about in _INNER.values()}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in shapes}
    for name in arrays:
        for table, row in _flat(name, value[name]):
            rows[table].append(row)
    return tuple(Table(name, about, len(rows[name]), content(rows[name], shape)) for name, (shape, about) in shapes.items())


def _flat(table: str, records: Iterable[Mapping[str, Any]], holder: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record as a row of its table, then the records inside it."""
    for record in records:
        row = {HOLDER: holder} if holder else {}
        for field, value in record.items():
            if isinstance(value, dict):
                row |= {f"{field}.{inner}": one for inner, one in value.items()}
            elif field not in _INNER:
                row[field] = value
        yield table, row
        for field in _INNER:
            yield from _flat(_INNER[field][0], record.get(field, ()), record.get("id", ""))


def content(rows: Iterable[Mapping[str, Any]], shape: type[BaseModel]) -> bytes:
    """The bytes of a file; its columns are the fields that any record has, in the order of the shape; all of them where there is no record."""
    rows = tuple(rows)
    order = [HOLDER, *(field.alias or name for name, field in shape.model_fields.items())]
    columns = sorted({column for row in rows for column in row}, key=lambda column: (order.index(column.partition(".")[0]), column))
    columns = columns or order[1:]
    return csv_text.written([columns, *([_cell(row.get(column)) for column in columns] for row in rows)])


def _line(value: Any) -> str:
    """One of several values: a row of a table, or a single one."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _cell(value: Any) -> str:
    """A value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(map(_line, value)) if isinstance(value, list | tuple) else str(value)
