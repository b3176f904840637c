"""Stubs of new records: the next id that was never used, and a file's text with the stub in its place and every other line as it was."""

from __future__ import annotations

import copy
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.checks.rules.wording import UNWRITTEN
from generator.model import ids, playbook
from generator.problems import suggestion
from generator.project import yaml_reader
from generator.project.yaml_reader import Path, Source

WIDTH = 110
"""How wide the texts of data/ are set."""


class StubError(Exception):
    """No stub can be written; its words say why and what to do."""


@dataclass(frozen=True)
class Stub:
    """A record to be inserted, where, and what its author does next."""

    source: Source
    into: Path
    """The list in the file; it may be empty or not there yet."""
    index: int
    record: Mapping[str, Any]
    todo: str
    elsewhere: str = ""
    """Lines that its author puts into another file."""

    @property
    def id(self) -> str:
        return str(self.record["id"])


def question(catalog: Catalog, cell_id: str) -> Stub:
    """A question of ours, after the others of its cell."""
    cell = _known("cell", cell_id, catalog.cells)
    number = _next_number(catalog, f"{cell_id}.q")
    text = f"Question {number} {UNWRITTEN}: what should a team talk about here?"
    record = {"id": f"{cell_id}.q{number}", "origin": "site", "text": text}
    place = catalog.place_of(cell)
    return Stub(place.source, (*place.path, "questions"), len(cell.questions), record, "write the question in its 'text'; it ends with '?'")


def statement(catalog: Catalog, cell_id: str, column_id: str) -> Stub:
    """A statement at the end of its column; it cites the last item that is printed there, for a statement always carries a source item."""
    cell = _known("cell", cell_id, catalog.cells)
    _known("column", column_id, catalog.columns)
    printed = [item for item in catalog.source_map.items if item.kind == "statement" and (item.cell, item.column) == (cell_id, column_id)]
    if not printed:
        raise StubError(
            f"nothing is printed in '{cell_id}' under '{column_id}', so a statement there has no source\n"
            f"hint: add a question of ours instead: playbook new question {cell_id}"
        )
    number = _next_number(catalog, f"{cell_id}.{column_id}.")
    text = f"Statement {number} {UNWRITTEN}: say in plain words what the source says here."
    record = {"id": f"{cell_id}.{column_id}.{number}", "text": text, "from": [printed[-1].id]}
    place = catalog.place_of(cell)
    todo = f"write its 'text', and put the source item that it carries into 'from' (now: {printed[-1].id}, page {printed[-1].page})"
    return Stub(place.source, (*place.path, "columns", column_id), len(cell.columns[column_id]), record, todo)


def tool(catalog: Catalog, title: str, taken: Routes) -> Stub:
    """A tool of ours at the end of tools.yml; no id in `taken`, which has addresses, is used again."""
    for other in catalog.tools.values():
        if title.casefold() in (name.casefold() for name in (other.title, *other.aliases)):
            mark = catalog.place_of(other).mark()
            raise StubError(f"tool '{other.id}' has this title already\nhint: see {mark.file}:{mark.line}")
    record = {
        "id": _free_slug(catalog, title, taken),
        "origin": "site",
        "title": title,
        "type": "tool",
        "purpose": f"Its purpose {UNWRITTEN}, in one sentence.",
    }
    try:
        playbook.Tool.model_validate(record)
    except ValidationError:
        raise StubError(f"'{' '.join(title.split())[:60]}' cannot be a title\nhint: give a title of one line, up to 240 letters") from None
    last = catalog.place_of([*catalog.tools.values()][-1])
    use = {"tool": record["id"], "origin": "site", "text": f"How to use it here {UNWRITTEN}."}
    todo = "write its 'purpose', and add 'publisher' and 'url' where they are known; put these lines under 'tools:' of each cell that uses it"
    return Stub(last.source, ("tools",), len(catalog.tools), record, todo, "\n".join(_yaml(use, 6)))


def insert(stub: Stub, text: str) -> tuple[str, int]:
    """The file's text with the stub, and the line where the stub begins; the file must be as it was read."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    at, indent, head = _opening(stub, lines)
    new = [*head, *_yaml(stub.record, indent)]
    lines[at:at] = [line + newline for line in new]
    result = "".join(lines)
    if not _holds(stub, result):
        mark = stub.source.mark(stub.into)
        raise StubError(
            f"the list near {mark.file}:{mark.line} is written in a way that leaves no room\nhint: give each of its records lines of its own"
        )
    return result, at + len(head) + 1


def _opening(stub: Stub, lines: list[str]) -> tuple[int, int, list[str]]:
    """The number of lines before the stub, how far its dash is indented, and a line for the list's key where it is not there yet."""
    around, key = stub.into[:-1], str(stub.into[-1])
    there = value_at(stub.source.value, around).get(key)
    mark = stub.source.mark((*stub.into, stub.index - 1) if there else stub.into if there == [] else around)
    line, column = mark.line - 1, mark.column - 1
    if there:
        return end_of(lines, line, column - 2), column - 2, []
    if there == []:
        lines[line] = re.sub(r": *\[ *\]", ":", lines[line], count=1)
        return line + 1, column + 2, []
    return end_of(lines, line, column - 1), column + 2, [f"{' ' * column}{key}:"]


def end_of(lines: list[str], first: int, outside: int) -> int:
    """The number of lines up to the end of what begins in line `first` and is indented deeper than `outside`."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= outside:
            break
        if line.strip():
            end = number + 1
    return end


def _yaml(record: Mapping[str, Any], indent: int) -> Iterable[str]:
    """The record as an item of a list, in the style of data/."""
    lead = "- "
    for key, value in record.items():
        if key in ("text", "purpose"):
            yield f"{' ' * indent}{lead}{key}: >-"
            yield from textwrap.wrap(value, WIDTH, initial_indent=" " * (indent + 4), subsequent_indent=" " * (indent + 4))
        else:
            style = None if isinstance(value, list) else False  # a list in brackets, all else plain
            yield f"{' ' * indent}{lead}{yaml.safe_dump({key: value}, allow_unicode=True, width=1000, default_flow_style=style).strip()}"
        lead = "  "


def _holds(stub: Stub, text: str) -> bool:
    """Whether the text says what it said before, and the stub, and nothing else."""
    wanted = copy.deepcopy(stub.source.value)
    value_at(wanted, stub.into[:-1]).setdefault(stub.into[-1], []).insert(stub.index, dict(stub.record))
    found, problems = yaml_reader.read(stub.source.file, text.encode())
    return not problems and found is not None and found.value == wanted


def value_at(value: Any, path: Path) -> Any:
    """What a file holds at a path."""
    for part in path:
        value = value[part]
    return value


def _known(kind: str, name: str, known: Mapping[str, Any]) -> Any:
    if name not in known:
        raise StubError(f"no {kind} '{name}'\nhint: {suggestion(name, known)}")
    return known[name]


def _ids(catalog: Catalog) -> set[str]:
    """Every id of the data, those of retired records too."""
    return {str(name) for record in catalog.records if (name := getattr(record, "id", None))}


def _next_number(catalog: Catalog, prefix: str) -> int:
    """One more than the greatest number that follows `prefix` in an id."""
    return ids.greatest_number(prefix, _ids(catalog)) + 1


def _free_slug(catalog: Catalog, title: str, taken: Routes) -> str:
    """'Café talks' to 'cafe-talks', with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:70].strip("-")
    if not slug:
        raise StubError(f"no id can be made of '{title}'\nhint: give a title with letters from a to z; it can be changed in the file")
    used = _ids(catalog)
    names = (slug, *(f"{slug}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in used and name not in taken)
