"""A workbook as texts by their places, with the names of its cells: of Excel or of OpenDocument."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from generator.collecting.readers.limits import Measure, too_large
from generator.collecting.readers.package import Package

MOST_REPEATS = 1000
"""How often a cell that holds something may be repeated."""

Place = tuple[str, int, int]
"""A worksheet, a row and a column."""

_RANGE = re.compile(r"\$?('(?:[^']|'')+'|[^.$':]+)\.\$?([A-Z]+)\$?(\d+)")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass
class Grid:
    """The cells that hold something, worksheet by worksheet; `names` are those of the whole book under '', and those of single worksheets."""

    sheets: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    names: dict[str, dict[str, Place]] = field(default_factory=lambda: {"": {}})
    comments: list[str] = field(default_factory=list)

    def at(self, place: Place) -> str:
        title, row, column = place
        return self.sheets.get(title, {}).get((row, column), "")


def of_excel(content: bytes) -> Grid:
    """The grid of an Excel file."""
    with warnings.catch_warnings():
        # What openpyxl would lose in saving does not matter here.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    grid, measure = Grid(), Measure()
    for sheet in book.worksheets:
        cells = grid.sheets.setdefault(sheet.title, {})
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if (text := _text(cell)) and cell.row and cell.column:
                cells[cell.row, cell.column] = measure.text(f"{sheet.title}!{cell.coordinate}", text)
            if cell.comment:
                grid.comments.append(" ".join(cell.comment.text.split()))
        grid.names[sheet.title] = dict(_places(sheet.defined_names, measure))
    grid.names[""] = dict(_places(book.defined_names, measure))
    return grid


def _places(names: Mapping[str, DefinedName], measure: Measure) -> Iterator[tuple[str, Place]]:
    for name, defined in names.items():
        measure.blank(name, "")
        # A name leads nowhere if its row was deleted.
        for title, place in defined.destinations:
            column, row, *_ = range_boundaries(place.replace("$", ""))
            if column and row:
                yield name, (title, row, column)


def _text(cell: Cell | MergedCell) -> str:
    """A cell as people see it: dates as 2026-11-22, whole numbers without a point, percents with their sign."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        percent = cell.number_format.endswith("%")
        return f"{value * 100:.10g}%" if percent else f"{value:.15g}"
    return str(value)


def of_open_document(package: Package) -> Grid:
    """The grid of an OpenDocument spreadsheet."""
    grid, measure = Grid(), Measure()
    root = package.xml(package.main)
    assert root is not None
    for table in root.iter(f"{_TABLE}table"):
        title = table.get(f"{_TABLE}name", "")
        cells, row = grid.sheets.setdefault(title, {}), 0
        for line in table.iter(f"{_TABLE}table-row"):
            found = list(_cells(line, grid))
            times = int(line.get(f"{_TABLE}number-rows-repeated", 1))
            if found and times > MOST_REPEATS:
                raise too_large(f"a row is repeated more than {MOST_REPEATS:,} times")
            for again in range(times if found else 0):
                for column, text in found:
                    cells[row + again + 1, column] = measure.text(f"{title}!{row + again + 1}", text)
            row += times
    for named in root.iter(f"{_TABLE}named-range"):
        name = measure.blank(named.get(f"{_TABLE}name", ""), named.get(f"{_TABLE}name", ""))
        if place := _RANGE.match(named.get(f"{_TABLE}cell-range-address", "")):
            title = place[1].strip("'").replace("''", "'")
            grid.names[""][name] = title, int(place[3]), column_index_from_string(place[2])
    return grid


def _cells(line: Any, grid: Grid) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold something, by their columns."""
    column = 0
    for cell in line.iter(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        grid.comments += [" ".join("".join(note.itertext()).split()) for note in cell.iter(f"{_OFFICE}annotation")]
        if text := _open_text(cell):
            if times > MOST_REPEATS:
                raise too_large(f"a cell is repeated more than {MOST_REPEATS:,} times")
            yield from ((column + again + 1, text) for again in range(times))
        column += times


def _open_text(cell: Any) -> str:
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", ""))[:10]
    if kind == "boolean":
        return "yes" if cell.get(f"{_OFFICE}boolean-value") == "true" else "no"
    if kind in ("float", "percentage") and value:
        return f"{float(value) * 100:.10g}%" if kind == "percentage" else f"{float(value):.15g}"
    return "\n".join(_line(line) for line in cell.findall(f"{_TEXT}p"))


def _line(paragraph: Any) -> str:
    signs = {"line-break": "\n", "tab": "\t", "s": " "}
    texts = [paragraph.text or ""]
    for part in paragraph.iterdescendants():
        if isinstance(part.tag, str):
            texts += [signs.get(etree.QName(part).localname, ""), part.text or "", part.tail or ""]
    return "".join(texts)
