"""Filled-in workbooks, by the names of their cells; where a program took these away, by the hidden list of blanks and the words in their rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

from generator.collecting.office import grid as grids
from generator.collecting.office.grid import Grid, Place
from generator.collecting.office.lost import lost
from generator.collecting.readers.folding import folded
from generator.collecting.readers.package import Package
from generator.collecting.readers.session import Known, Paper
from generator.handouts.blank_list import HEAD, IDS, WORDS_APART

PREFIX = "id."

LEAST_SAME = 0.5
"""The part of the printed rows that a workbook without names has at least."""

SAME_EDITION = 0.9
"""The part of all printed texts that a workbook of this edition has at least."""


@dataclass(frozen=True)
class _Blank:
    """A blank: its name, where it was, and the words that are printed in its row."""

    name: str
    place: Place
    words: tuple[str, ...]


def read(package: Package, known: Known) -> Iterator[tuple[str, Paper]]:
    """The blanks of a workbook; a worksheet that somebody copied has the same names again, as a paper of its own, after its title."""
    grid = grids.of_open_document(package) if package.kind == "ods" else grids.of_excel(package.content)
    printed = _printed(grid, package, known)
    listed = _listed(grid)
    found = {title: named for title, names in grid.names.items() if (named := dict(_named(names, known, listed)))}
    if not found:
        found = {"": _by_words(listed or _blanks(printed), grid)}
    if not found[next(iter(found))]:
        raise lost(package, known, [text for cells in grid.sheets.values() for text in cells.values()])
    not_read = _beside(grid, printed, {place for named in found.values() for place in named.values()})
    for title, named in found.items():
        yield title, Paper({name: grid.at(place) for name, place in named.items()}, {}, not_read)
        not_read = ()


def _plain(name: str) -> str:
    """A name as programs leave it that take nothing but letters, digits and '_' in names."""
    return re.sub(r"[^a-z0-9]", "_", name.lower())


def _named(names: Mapping[str, Place], known: Known, listed: Iterable[_Blank]) -> Iterator[tuple[str, Place]]:
    """Blanks by the names of their cells, also by those that a program has changed."""
    ours = {_plain(f"{PREFIX}{name}"): name for name in (*known.blanks, *(blank.name for blank in listed))}
    for name, place in names.items():
        if own := ours.get(_plain(name)):
            yield own, place
        elif name.lower().startswith(PREFIX):
            yield name.lower().removeprefix(PREFIX).replace("_", "-"), place


def _listed(grid: Grid) -> list[_Blank]:
    """What the hidden worksheet tells of the blanks; nothing if it is gone."""
    found = []
    for cells in grid.sheets.values():
        if tuple(cells.get((1, column), "") for column in range(1, len(HEAD) + 1)) != HEAD:
            continue
        for row in sorted({row for row, _ in cells} - {1}):
            name, sheet, cell, words = (cells.get((row, column), "") for column in range(1, len(HEAD) + 1))
            if re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", cell):
                column, number = coordinate_from_string(cell)
                found.append(_Blank(name, (sheet, number, column_index_from_string(column)), tuple(filter(None, words.split(WORDS_APART)))))
    return found


def _printed(grid: Grid, package: Package, known: Known) -> Grid | None:
    """The workbook as the site gives it out."""
    if known.printed is None:
        return None
    texts = [text for cells in grid.sheets.values() for text in cells.values()]
    blanks = [_given_out(found.content) for found in known.printed.like(package.title, known.mentioned(texts), "xlsx")]
    here = set(map(folded, texts))
    return max(blanks, key=lambda blank: len(here & _texts(blank)), default=None)


@lru_cache(maxsize=16)
def _given_out(content: bytes) -> Grid:
    return grids.of_excel(content)


def _texts(grid: Grid) -> set[str]:
    return {folded(text) for cells in grid.sheets.values() for text in cells.values()}


def _blanks(printed: Grid | None) -> list[_Blank]:
    """The blanks of the workbook as it is given out."""
    return _listed(printed) if printed else []


def _by_words(blanks: list[_Blank], grid: Grid) -> dict[str, Place]:
    """Where each blank is in a workbook without names: in its place, or where the words of its row are now."""
    sheets = {title: _rows(cells) for title, cells in grid.sheets.items() if title != IDS}
    found: dict[str, Place] = {}
    order = list(dict.fromkeys(blank.place[0] for blank in blanks))
    moved, same, told = 0, 0, 0
    for blank in blanks:
        at = order.index(blank.place[0])
        title = blank.place[0] if blank.place[0] in sheets else next((name for number, name in enumerate(sheets) if number == at), "")
        row: int | None = blank.place[1] + moved
        if blank.words:
            told += 1
            words = set(map(folded, blank.words))
            rows = sheets.get(title, {})
            row = row if words <= rows.get(row or 0, set()) else next((number for number, there in rows.items() if words <= there), None)
            if row is None:
                continue
            same, moved = same + 1, row - blank.place[1]
        assert row is not None
        found[blank.name] = (title, row, blank.place[2])
    return found if told and same / told >= LEAST_SAME else {}


def _rows(cells: Mapping[tuple[int, int], str]) -> dict[int, set[str]]:
    """The texts in each row."""
    rows: dict[int, set[str]] = defaultdict(set)
    for (row, _), text in cells.items():
        rows[row].add(folded(text))
    return rows


def _beside(grid: Grid, printed: Grid | None, blanks: set[Place]) -> tuple[str, ...]:
    """What people wrote outside of all blanks: what the workbook of this edition does not print, and comments."""
    comments = [f"the comment “{text}”" for text in grid.comments]
    if printed is None:
        return tuple(comments)
    ours, theirs = _texts(printed), _texts(grid)
    if len(ours & theirs) < SAME_EDITION * len(ours):
        return tuple(comments)
    texts = [
        f"“{' '.join(text.split())}” ({title}, row {row})"
        for title, cells in grid.sheets.items()
        for (row, column), text in cells.items()
        if (title, row, column) not in blanks and folded(text) not in ours and title != IDS
    ]
    return (*texts, *comments)
