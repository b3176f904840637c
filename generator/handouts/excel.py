"""A workbook's HTML as an Excel file: a worksheet for each section, drop-downs, heads that stay in view, no macros."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

import tinyhtml5
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.handouts import blank_list
from generator.output import zip_files

PAPERS = {"letter": 1, "a4": 9}
"""The paper's number in Excel."""

_THIN = Side(style="thin", color="FF999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="FFEEEEEE")
_SIZES = {"h1": 16, "h2": 13, "h3": 12, "h4": 11, "h5": 11, "h6": 11}
_ROOM, _LINE = 30.0, 13.5
"""The least height in points of a row to write in, and that of a line of text."""

_MERGED_ROOM = 120.0
"""The same where much is written: spreadsheets let only rows grow whose cells are in one column."""

_WIDE = 40
"""From how many characters on a column is wide enough for a blank by itself."""

_LABEL = 24
"""The least width in characters of the label beside a blank."""


def workbook(html: str, date: str) -> bytes:
    """The file's bytes, the same for the same text; `date` (2026-11-22) is when it says it was made."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    body = tree.find("body")
    assert body is not None
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = [_Sheet(book, section, body) for section in body.iter("section")]
    for sheet in sheets:
        sheet.fill()
    blank_list.add(book, (blank for sheet in sheets for blank in sheet.blanks))
    about = {meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    book.properties.title = tree.findtext("head/title")
    book.properties.description = about.get("description")
    book.properties.language = "en"
    book.properties.creator = about.get("author")
    book.properties.created = book.properties.modified = datetime.fromisoformat(date)
    out = BytesIO()
    # Not save(): it would write the time of day.
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        ExcelWriter(book, packed).write_data()
    return zip_files.repacked(out.getvalue())


class _Growing(RowDimension):
    """A row that is as high as given until somebody writes more into it: programs take no height for the user's that does not say so."""

    customHeight = False  # noqa: N815


class _Sheet:
    """One worksheet as it grows, row by row."""

    def __init__(self, book: Workbook, section: Element, body: Element) -> None:
        self.book = book
        self.section = section
        self.row = 0
        self.width = 1
        self.blanks: list[tuple[str, str, str, tuple[str, ...]]] = []
        self.sheet: Worksheet = book.create_sheet(_title(section.get("title", "Sheet")))
        page = self.sheet.page_setup
        page.orientation, page.paperSize = "landscape", PAPERS[next(name for name in PAPERS if f"pb-on-{name}" in body.get("class", ""))]
        page.fitToWidth, page.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = self.sheet.page_margins
        margins.left = margins.right = margins.top = margins.bottom = 0.5
        self.sheet.oddFooter.left.text = _plain(body.get("data-run", ""))
        self.sheet.oddFooter.right.text = f"{_plain(body.get('data-edition', ''))} · &P/&N"

    def fill(self) -> None:
        """All of the section."""
        widest = max(self.section.iter("table"), key=lambda table: len(_widths(table)), default=self.section)
        for number, width in enumerate(_widths(self.section) or _widths(widest), 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
            self.width = number
        for element in self.section:
            if element.tag == "table":
                self._table(element)
            elif words := _words(element):
                self._text(element, words)
        self.sheet.print_area = f"A1:{get_column_letter(self.width)}{self.row}"

    def _text(self, element: Element, words: str) -> None:
        self.row += 1
        cell = self._write(1, words)
        heading = element.tag in _SIZES
        cell.font = _font(bold=heading, size=_SIZES.get(element.tag, 10), color="FF000000" if heading else "FF444444")
        link = element.find(".//a")
        if link is not None:
            cell.hyperlink = link.get("href")
        if not heading:
            self._merge(1, self.width)
            cell.alignment = _WRAP
            self._height(_lines(words, self._room(1, self.width)) * _LINE)

    def _table(self, table: Element) -> None:
        for row in table.iter("tr"):
            self.row += 1
            head = table.find("thead/tr") is row
            ends = self._ends(row, table.get("class") == "plain")
            printed = tuple(words for cell in row if _blank(cell) is None and (words := _words(cell)))
            for number, (cell, (first, last)) in enumerate(zip(row, ends, strict=True)):
                self._cell(cell, first, last, head)
                if (blank := _blank(cell)) is not None:
                    self.blanks.append((blank.get("name", ""), self.sheet.title, f"{get_column_letter(first)}{self.row}", printed))
                if number and last > first:
                    self._merge(first, last)
            if head and _widths(table):
                self.sheet.freeze_panes = f"A{self.row + 1}"
                self.sheet.print_title_rows = f"{self.row}:{self.row}"
            lines = [_lines(_words(cell), self._room(*end)) for cell, end in zip(row, ends, strict=True) if _blank(cell) is None]
            blanks = [(cell, end) for cell, end in zip(row, ends, strict=True) if _blank(cell) is not None]
            merged = bool(blanks) and all(first < last for _, (first, last) in blanks)
            room = 0 if not blanks else _MERGED_ROOM if merged and any(map(_is_long, row)) else _ROOM
            self._height(max(max(lines, default=1) * _LINE + 4, room), grows=bool(blanks))
        if table.get("class") != "plain":
            self.row += 1

    def _ends(self, row: Element, plain: bool) -> list[tuple[int, int]]:
        """The first and last column of each cell of a row; in a plain row of two, the blank has a wide column behind the label, or all others."""
        if not plain or len(row) != 2:
            return [(number, number) for number in range(1, len(row) + 1)]
        label = next(number for number in range(1, self.width + 1) if self._room(1, number) >= _LABEL or number + 1 == self.width)
        return [(1, label), (label + 1, label + 1 if self._room(label + 1, label + 1) >= _WIDE else self.width)]

    def _cell(self, element: Element, first: int, last: int, head: bool) -> None:
        blank = _blank(element)
        for number in range(first, last + 1):
            self.sheet.cell(self.row, number).border = _BOX
        cell = self._write(first, "" if blank is not None else _words(element))
        cell.alignment = _WRAP
        cell.font = _font(bold=element.tag == "th")
        if head:
            cell.fill = _HEAD
        if blank is not None:
            name = "id." + blank.get("name", "").replace("-", "_")
            self.book.defined_names[name] = DefinedName(name, attr_text=f"'{self.sheet.title}'!${get_column_letter(first)}${self.row}")
            if blank.tag == "select":
                self._offer(cell, ",".join(_words(option) for option in blank))

    def _offer(self, cell: Cell | MergedCell, choices: str) -> None:
        """A drop-down in a cell; `choices` are joined by commas."""
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorTitle = f"Choose one of: {choices.replace(',', ', ')}", "Not one of the choices"
        rule.add(cell)
        self.sheet.add_data_validation(rule)

    def _write(self, number: int, words: str) -> Cell | MergedCell:
        """Text stays text, also where it begins like a formula."""
        cell = self.sheet.cell(self.row, number, words or None)
        cell.data_type = "s" if words else "n"
        return cell

    def _merge(self, first: int, last: int) -> None:
        if last > first:
            self.sheet.merge_cells(start_row=self.row, start_column=first, end_row=self.row, end_column=last)

    def _room(self, first: int, last: int) -> float:
        """The width of some columns in characters."""
        return sum(self.sheet.column_dimensions[get_column_letter(number)].width for number in range(first, last + 1))

    def _height(self, points: float, *, grows: bool = False) -> None:
        kind = _Growing if grows else RowDimension
        self.sheet.row_dimensions[self.row] = kind(self.sheet, index=self.row, ht=points)


def _font(bold: bool = False, size: int = 10, color: str = "FF000000") -> Font:
    return Font(name="Calibri", bold=bold, size=size, color=color)


def _blank(cell: Element) -> Element | None:
    """The input of a cell, where it has one."""
    return next((found for found in cell.iter() if found.tag in ("input", "textarea", "select")), None)


def _is_long(cell: Element) -> bool:
    return (blank := _blank(cell)) is not None and blank.tag == "textarea"


def _lines(words: str, room: float) -> int:
    """About how many lines a text takes in a column of so many characters."""
    return sum(1 + int(len(line) / (room * 1.05)) for line in words.split("\n"))


def _words(element: Element) -> str:
    """An element's text; a line break in the text stays one, other white space is one space."""
    lines = "".join(element.itertext()).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))


def _widths(element: Element) -> list[float]:
    return [float(width) for width in element.get("data-widths", "").split()]


def _title(words: str) -> str:
    """A worksheet's title: at most 31 characters, and not those that Excel keeps for itself."""
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31].strip()


def _plain(words: str) -> str:
    """Words for a foot, where '&' is a sign."""
    return words.replace("&", "&&")
