"""The hidden worksheet of a workbook: each blank with its place and the words in its row, for programs that take the names of cells away."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook

IDS = "Ids"
"""The title of the worksheet."""

HEAD = ("id", "worksheet", "cell", "words")
WORDS_APART = " | "
"""What is between the printed words of a row."""


def add(book: Workbook, blanks: Iterable[tuple[str, str, str, tuple[str, ...]]]) -> None:
    """Put the list behind all worksheets; each blank with the title of its worksheet, its cell, and the printed texts of its row."""
    sheet = book.create_sheet(IDS)
    sheet.sheet_state = "hidden"
    for row, values in enumerate((HEAD, *((name, title, cell, WORDS_APART.join(words)) for name, title, cell, words in blanks)), 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value or None)
            # Words that begin like a formula are none.
            cell.data_type = "s" if value else "n"
