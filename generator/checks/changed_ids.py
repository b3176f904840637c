"""Ids that changed by a slip: one problem for each, in place of all that follow from it. Every id ever is in data/permalinks.txt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.model import ids
from generator.problems import Problem

_FAMILIES = frozenset({"practices", "levels", "habits", "tools", "cycle", "forms", "glossary", "resources", "sources"})
_FOLLOWS = re.compile(
    r"unknown-.*|missing-.*|unused-.*|empty-domain|.*-order|misplaced-id|misnamed-file|source-elsewhere|not-carried|address-lost|.*-twin"
)
"""The codes of problems that can follow from a changed id."""


@dataclass(frozen=True)
class _Name:
    """An id, and the first part of its address: ids of one family only are taken for each other."""

    family: str
    id: str

    @property
    def depth(self) -> int:
        return len(ids.names(self.id))

    @property
    def around(self) -> str:
        """The id of what it is a part of, as it tells itself."""
        return ids.around(self.id)


def without_consequences(catalog: Catalog, routes: Routes, listed: Sequence[str], problems: Sequence[Problem]) -> list[Problem]:
    """The problems less those that only follow from a changed id, and one for each such id. `listed` are the lines of data/permalinks.txt."""
    records = {name: record for record in catalog.records if isinstance(name := getattr(record, "id", None), str)}
    found = [(old, new) for old, new in (*_outgrown(catalog), *_changed(catalog, routes, listed)) if new in records]
    names = [name for pair in found for name in pair]
    kept = [problem for problem in problems if not (_FOLLOWS.fullmatch(problem.code) and _names(problem, names))]
    for old, new in found:
        hint = f"did you mean '{old}'? An id never changes; if this is another record, list the old one in data/retired.yml"
        message = f"the id '{new}' is new, and nothing has the id '{old}' anymore"
        kept.append(catalog.problem(records[new], "changed-id", message, hint, "id"))
    return kept


def _outgrown(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """A practice or domain whose parts all bear another id, which nothing has: its own address does not tell its id."""
    parts = {name: [cell.id for cell in practice.cells] for name, practice in catalog.practices.items()}
    parts |= {name: [paragraph.id for paragraph in domain.introduction] for name, domain in catalog.domains.items()}
    for name, inside in parts.items():
        around = {ids.begins(part) for part in inside}
        if len(around) == 1 and not around & set(parts):
            yield around.pop(), name


def _changed(catalog: Catalog, routes: Routes, listed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each id that is gone with the new one that most likely stands in its place; of what stands around others, only the whole."""
    retired = {address for record in catalog.retired.values() for address in record.addresses}
    here, before = set(routes.addresses()), set(listed)
    known = here | retired
    gone = [address for address in listed if address not in known and address.partition("#")[0] not in retired]
    lost = dict.fromkeys(name for name in map(_name, gone) if name and catalog.could_tell(name.id))
    fresh = dict.fromkeys(name for name in map(_name, sorted(here - before)) if name)
    around = {*catalog.cells, *(f"{cell}.{column}" for cell in catalog.cells for column in catalog.columns)}
    taken: list[str] = []
    for name in sorted(lost, key=lambda name: name.depth):
        if _inside(name.id, taken):
            continue
        alike = [other for other in fresh if (other.family, other.depth) == (name.family, name.depth) and not _inside(other.id, taken)]
        # What is new in another record that is there is no slip.
        others = [other.id for other in alike if other.around == name.around or other.around not in around]
        only = len(others) == 1 and sum((other.family, other.depth) == (name.family, name.depth) for other in lost) == 1
        near = others if only else difflib.get_close_matches(name.id, others, n=1, cutoff=0.75)
        if near:
            taken += (name.id, near[0])
            yield name.id, near[0]


def _name(address: str) -> _Name | None:
    """'practices/2b/district/#q1' to the id that stands there, '2b.district.q1'; None where an address tells no id."""
    family, _, rest = address.partition("/")
    path, _, anchor = rest.partition("#")
    parts = [part for part in path.split("/") if part]
    if family not in _FAMILIES or "." in path or not (parts or anchor):
        return None
    if family == "practices" and anchor:
        parts += ([] if len(parts) > 1 else ["overview"]) + anchor.split("-")
    return _Name(family, ".".join(parts) or anchor)


def _inside(name: str, around: Sequence[str]) -> bool:
    return any(name == other or ids.is_in(name, other) for other in around)


def _names(problem: Problem, names: Sequence[str]) -> bool:
    """Whether a problem speaks of one of these ids, or of something in one."""
    said = re.findall(r"'([a-z0-9.-]+)'", problem.message)
    return any(_inside(word, names) or set(ids.names(word)) & set(names) for word in said)
