"""Retires a record: it leaves its file with all that names it, and retired.yml tells what became of it; every other line stays as it was."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.catalog.index import Catalog, Place
from generator.checks.checked_edition import Edition
from generator.checks.retired_ids import live_addresses
from generator.editing import new_record
from generator.editions.edition_diff import raised
from generator.model import guides, ids, playbook
from generator.model.history import Retired
from generator.model.search_terms import Asked
from generator.project import yaml_reader
from generator.project.yaml_reader import Path, Source

RETIRED_FILE = "data/retired.yml"


class RetireError(Exception):
    """A record cannot be retired; its words say why and what to do."""


@dataclass(frozen=True)
class Wish:
    """What is to be retired, why, and the id of what takes its place ('' for nothing)."""

    id: str
    why: str
    replaced_by: str


@dataclass(frozen=True)
class Leaving:
    """The records that go, with their public ids, and for each file the paths of what is taken out."""

    wish: Wish
    records: Mapping[str, playbook.Record]
    cuts: Mapping[str, frozenset[Path]]
    left_out: Mapping[str, str]
    """The source items that nothing carries any more, to the file of their source map."""


def leaving(edition: Edition, wish: Wish) -> Leaving:
    """All that goes with a record: what stands in it, the uses of a tool, and what names any of it."""
    catalog = edition.catalog
    records = _with_it(catalog, wish.id)
    if wish.replaced_by and (wish.replaced_by not in edition.routes or wish.replaced_by in records):
        others = [record for record in edition.routes if record not in records]
        raise RetireError(f"no record '{wish.replaced_by}' can take its place\nhint: {catalog.hint(wish.replaced_by, others)}")
    cuts: dict[str, set[Path]] = defaultdict(set)
    for place in (*(catalog.place_of(record) for record in records.values()), *_naming(catalog, frozenset(records))):
        cuts[place.source.file].add(place.path)
    gone = {name for record in records.values() if isinstance(record, playbook.Cited) for name in record.sources}
    alone = {name for name in gone if set(catalog.carried_by[name]) <= set(records)}
    maps = {item.id: catalog.place_of(item).source.file for item in catalog.source_items.values() if item.id in alone}
    return Leaving(wish, records, {file: frozenset(_outer(paths)) for file, paths in cuts.items()}, maps)


def without(source: Source, text: str, cuts: Iterable[Path]) -> str:
    """A file's text less the list items, fields and words at these paths."""
    cuts = frozenset(cuts)
    lines = text.splitlines(keepends=True)
    for around in sorted({path[:-1] for path in cuts}, key=lambda path: source.mark(path), reverse=True):
        lines = _cut(source, lines, around, sorted((path[-1] for path in cuts if path[:-1] == around), key=_order, reverse=True))
    result = "".join(lines)
    found, problems = yaml_reader.read(source.file, result.encode())
    if problems or found is None or found.value != _value_without(source.value, cuts):
        raise RetireError(f"{source.file} is written in a way that leaves no line to take out\nhint: give each record and field lines of its own")
    return result


def entries(before: Edition, remaining: frozenset[str], gone: Leaving) -> Iterator[dict[str, Any]]:
    """The records of retired.yml; what else loses its address, such as the file of a handout, goes to the first."""
    lost = live_addresses(before.catalog, before.routes) - remaining
    own = {name: address for name in gone.records if (address := before.routes.address(name)) in lost}
    rest = sorted(lost - set(own.values()))
    for name, record in gone.records.items():
        addresses = ([own[name]] if name in own else []) + (rest if name == gone.wish.id else [])
        if addresses:
            entry = {
                "id": name,
                "addresses": addresses,
                "was": _was(before.catalog, record),
                "since": raised(before.catalog.edition.version, "major"),
            }
            yield entry | {"why": gone.wish.why} | ({"replaced_by": gone.wish.replaced_by} if gone.wish.replaced_by else {})


def with_entries(text: str, records: Iterable[Mapping[str, Any]]) -> str:
    """The text of retired.yml with these records at its end."""
    return _appended(RETIRED_FILE, text, "retired", records)


def with_left_out(file: str, text: str, items: Sequence[str], why: str) -> str:
    """The text of a source map with these items among those that no record carries."""
    return _appended(file, text, "left_out", ({"id": name, "reason": why} for name in items))


def _appended(file: str, text: str, field: str, records: Iterable[Mapping[str, Any]]) -> str:
    for record in records:
        source, _ = yaml_reader.read(file, text.encode())
        assert source
        text, _ = new_record.insert(new_record.Stub(source, (field,), len(source.value.get(field, ())), record, ""), text)
    return text


def _with_it(catalog: Catalog, name: str) -> dict[str, playbook.Record]:
    """The record of an id, and every record in it that has an id of its own."""
    if name in catalog.retired:
        raise RetireError(f"{catalog.retired_hint(name)}\nhint: there is nothing to do")
    named: dict[str, playbook.Record] = dict(catalog.all_carriers())
    named |= dict(catalog.tools) | {ids.term_id(term): record for term, record in catalog.terms.items()}
    named |= dict(catalog.resources) | {ids.erratum_id(erratum): record for erratum, record in catalog.errata.items()}
    if name not in named:
        if name in catalog.known_ids:
            raise RetireError(f"'{name}' holds others up: a domain, practice, level, habit, cell or step cannot be retired alone")
        raise RetireError(f"no record '{name}'\nhint: {catalog.hint(name, named)}")
    place = catalog.place_of(named[name])
    inside = {other: record for other, record in named.items() if _within(catalog.place_of(record), place)}
    uses = dict(catalog.uses_of.get(name, ()))
    return {name: named[name], **inside, **uses}


def _within(place: Place, around: Place) -> bool:
    return place.source.file == around.source.file and place.path[: len(around.path)] == around.path


def _naming(catalog: Catalog, gone: frozenset[str]) -> Iterator[Place]:
    """The places that name a record that goes: whole links and questions of the search, else only the field or the word in it."""
    bare = {ids.without_prefix(name) if ids.is_term(name) else name for name in gone}
    for record in catalog.records:
        place = catalog.place_of(record)
        if (isinstance(record, guides.Link | guides.NoTwin) and {record.source, record.to} & gone) or (
            isinstance(record, Asked) and record.about in gone
        ):
            yield place
        elif isinstance(record, Retired):
            if record.replaced_by in gone:
                yield _field(place, "replaced_by")
        else:
            names = bare if isinstance(record, playbook.Term) else gone
            for field in ("part_of", "see", "tool", "about"):
                value = getattr(record, field, None)
                if isinstance(value, str) and value in names and not isinstance(record, playbook.ToolUse):
                    yield _field(place, field)
                elif isinstance(value, tuple):
                    yield from (_field(place, field, number) for number, word in enumerate(value) if word in names)


def _field(place: Place, *field: str | int) -> Place:
    return Place(place.source, (*place.path, *field))


def _outer(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths less those in others."""
    paths = frozenset(paths)
    return (path for path in paths if not any(path[:length] in paths for length in range(len(path))))


def _cut(source: Source, lines: list[str], around: Path, keys: Sequence[str | int]) -> list[str]:
    """The lines without some items of a list, or some fields of a mapping, each of which has lines of its own."""
    inside = new_record.value_at(source.value, around)
    if isinstance(inside, list):
        first, column = _start(source, around)
        after = new_record.end_of(lines, first, column)
        kept = [value for number, value in enumerate(inside) if number not in keys]
        words = all(isinstance(value, str) for value in kept)
        if not kept or (words and "[" in lines[first]):
            # The mark of a list is at its key.
            head = lines[first][: lines[first].index(":", column)]
            return [*lines[:first], f"{head}: [{', '.join(map(str, kept))}]{_newline(lines[first])}", *lines[after:]]
    for key in keys:
        first, column = _start(source, (*around, key))
        # The mark of an item is behind its dash, that of a short field at its value: the field begins where its line does.
        outside = column - 2 if isinstance(key, int) else len(lines[first]) - len(lines[first].lstrip(" "))
        lines = lines[:first] + lines[new_record.end_of(lines, first, outside) :]
    return lines


def _newline(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _start(source: Source, path: Path) -> tuple[int, int]:
    mark = source.mark(path)
    return mark.line - 1, mark.column - 1


def _order(key: str | int) -> tuple[int, str]:
    """Items of a list by their number; the order of fields makes no difference."""
    return (key, "") if isinstance(key, int) else (-1, key)


def _value_without(value: Any, cuts: frozenset[Path]) -> Any:
    wanted = copy.deepcopy(value)
    for path in sorted(cuts, key=lambda path: (len(path), _order(path[-1])), reverse=True):
        inside = new_record.value_at(wanted, path[:-1])
        del inside[path[-1]]
    return wanted


def _was(catalog: Catalog, record: playbook.Record) -> str:
    """A record's title, or the words that it says."""
    title = getattr(record, "title", None) or getattr(record, "term", None) or getattr(record, "label", None)
    said = " ".join(record.said) if isinstance(record, playbook.Cited) else ""
    if isinstance(record, playbook.ToolUse):
        title = catalog.tools[record.tool].title
    words = title or said
    return words if len(words) <= 1200 else words[:1199] + "…"
