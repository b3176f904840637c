"""A workbook's HTML as an Excel file: a worksheet for each section, drop-downs, heads that stay in view, no macros."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

import tinyhtml5
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.handouts import archive

PAPERS = {"letter": 1, "a4": 9}
"""The paper's number in Excel."""

_THIN = Side(style="thin", color="FF999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="FFEEEEEE")
_SIZES = {"h1": 16, "h2": 13, "h3": 12, "h4": 11, "h5": 11, "h6": 11}
_ROOM = 30.0
"""The height in points of a row to write in."""


def workbook(html: str, date: str) -> bytes:
    """The file's bytes, the same for the same text; `date` (2026-11-22) is when it says it was made."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    body = tree.find("body")
    assert body is not None
    book = Workbook()
    book.remove(book.worksheets[0])
    for section in body.iter("section"):
        _Sheet(book, section, body).fill()
    book.properties.title = tree.findtext("head/title")
    book.properties.language = "en"
    book.properties.creator = next((meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "author"), None)
    book.properties.created = book.properties.modified = datetime.fromisoformat(date)
    out = BytesIO()
    # Not save(): it would write the time of day.
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        ExcelWriter(book, packed).write_data()
    return archive.rewritten(out.getvalue())


class _Sheet:
    """One worksheet as it grows, row by row."""

    def __init__(self, book: Workbook, section: Element, body: Element) -> None:
        self.book = book
        self.section = section
        self.row = 0
        self.width = 1
        self.sheet: Worksheet = book.create_sheet(_title(section.get("title", "Sheet")))
        page = self.sheet.page_setup
        page.orientation, page.paperSize = "landscape", PAPERS[next(name for name in PAPERS if f"pb-on-{name}" in body.get("class", ""))]
        page.fitToWidth, page.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
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
        cell = self.sheet.cell(self.row, 1, words)
        heading = element.tag in _SIZES
        cell.font = Font(bold=heading, size=_SIZES.get(element.tag, 10), color="FF000000" if heading else "FF444444")
        link = element.find(".//a")
        if link is not None:
            cell.hyperlink = link.get("href")
        if not heading and self.width > 1:
            self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=self.width)
            cell.alignment = _WRAP
            room = sum(self.sheet.column_dimensions[get_column_letter(number)].width for number in range(1, self.width + 1))
            self.sheet.row_dimensions[self.row].height = 14.0 * (1 + len(words) // max(20, int(room)))

    def _table(self, table: Element) -> None:
        plain = table.get("class") == "plain"
        for row in table.iter("tr"):
            self.row += 1
            head = table.find("thead/tr") is row
            for number, cell in enumerate(row, 1):
                self._cell(number, cell, head)
            if head and _widths(table):
                self.sheet.freeze_panes = f"A{self.row + 1}"
                self.sheet.print_title_rows = f"{self.row}:{self.row}"
            if not head and not any(_words(cell) for cell in row if cell.tag == "td"):
                self.sheet.row_dimensions[self.row].height = _ROOM
        if not plain:
            self.row += 1

    def _cell(self, number: int, element: Element, head: bool) -> None:
        cell = self.sheet.cell(self.row, number)
        cell.border, cell.alignment = _BOX, _WRAP
        blank = next((found for found in element.iter() if found.tag in ("input", "textarea", "select")), None)
        if blank is None:
            cell.value = _words(element) or None
            cell.data_type = "s" if cell.value else "n"
            cell.font = Font(bold=element.tag == "th", size=10)
            if head:
                cell.fill = _HEAD
            return
        cell.font = Font(size=10)
        name = "id." + blank.get("name", "").replace("-", "_")
        self.book.defined_names[name] = DefinedName(name, attr_text=f"'{self.sheet.title}'!${get_column_letter(number)}${self.row}")
        if blank.tag == "select":
            choices = ",".join(_words(option) for option in blank)
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
            rule.error, rule.errorTitle = f"Choose one of: {choices.replace(',', ', ')}", "Not one of the choices"
            rule.add(cell)
            self.sheet.add_data_validation(rule)


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
