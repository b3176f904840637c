"""Filled-in Excel files, by the defined names that `handouts.excel` gives to its blanks: they hold when rows are put in or sheets are renamed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from generator.collecting.readers.limits import Measure
from generator.collecting.readers.session import Paper

PREFIX = "id."


def read(content: bytes) -> Iterator[tuple[str, Paper]]:
    """The blanks of a workbook; a worksheet that somebody copied has the same names again, as a paper of its own, after its title."""
    with warnings.catch_warnings():
        # What openpyxl would lose in saving does not matter here.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    scopes = [("", book.defined_names), *((sheet.title, sheet.defined_names) for sheet in book.worksheets)]
    with_blanks = [(title, names) for title, names in scopes if any(map(_is_blank, names))]
    for title, names in with_blanks or scopes[:1]:
        yield title, _paper(book, names)


def _is_blank(name: str) -> bool:
    return name.lower().startswith(PREFIX)


def _paper(book: Workbook, names: Mapping[str, DefinedName]) -> Paper:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    answers, measure = {}, Measure()
    for defined_name, defined in names.items():
        if _is_blank(defined_name):
            name = defined_name.lower().removeprefix(PREFIX).replace("_", "-")
            cell = _cell(sheets, defined)
            answers[name] = measure.blank(name, _text(cell) if cell else "")
    return Paper(answers, {})


def _cell(sheets: Mapping[str, Worksheet], defined: DefinedName) -> Cell | MergedCell | None:
    """Where a name leads; nowhere, if its row was deleted."""
    for title, place in defined.destinations:
        column, row, *_ = range_boundaries(place.replace("$", ""))
        if title in sheets and column and row:
            return sheets[title].cell(row, column)
    return None


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
