"""The two tables for spreadsheets: ratings as numbers, and all answers as they were given; as CSV and as one Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment
from openpyxl.writer.excel import ExcelWriter

from generator.collecting.statistics import Comparison, Hidden, Question, Result
from generator.output import csv_text, zip_files

RATINGS = (
    "form",
    "id",
    "question",
    "scale",
    "group",
    "people",
    "lowest",
    "median",
    "highest",
    "disagreement",
    "level 1",
    "level 2",
    "level 3",
    "level 4",
    "note",
)
"""Places on the scale, 1 for the lowest, so that a spreadsheet can sort, subtract and draw them; how many people stand at each level."""

MOST_LEVELS = 4

MAKER = "playbook collect"
"""What an Excel file of ours says of who made it."""


Cell = str | float
Rows = list[list[Cell]]
"""A table; numbers are numbers, all else is text as it was written."""

TEXT = "@"
"""The format of a cell whose text a spreadsheet takes for nothing else."""

LONGEST_CELL = 32_767
"""Letters that a cell of Excel can hold."""


def ratings(found: Iterable[Comparison], hidden: Mapping[Hidden, str]) -> Rows:
    """A row for each rating in each group; `hidden` is what is said of a hidden group, by the reason."""
    rows = (
        [*_question(form, rating), _scale(rating), *_numbers(result, hidden)]
        for form in found
        for rating in form.ratings
        for result in rating.results
    )
    return [[*RATINGS], *rows]


def answers(found: Iterable[Comparison], hidden: Mapping[Hidden, str], *, names: bool) -> Rows:
    """A row for each answer of each person, ratings among them; with a column for names only where they are asked for."""
    rows = ([*_question(form, question), *row] for form in found for question in form.questions for row in _answers(question, hidden, names))
    return [[*answer_head(names=names)], *rows]


def as_csv(rows: Rows) -> bytes:
    """A table that every spreadsheet opens."""
    return csv_text.written(([cell if isinstance(cell, str) else format(cell, "g") for cell in row] for row in rows), any_separator=True)


def workbook(tables: Mapping[str, Rows]) -> bytes:
    """Tables as worksheets of one Excel file, where no text is taken for a date or a formula; a text too long for a cell goes on in the next row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, cells in enumerate((part for row in rows for part in _in_parts(row)), 1):
            for column, value in enumerate(cells, 1):
                _write(sheet.cell(number, column), value)
    book.properties.creator, book.properties.title = MAKER, "Collected answers"
    book.properties.created = book.properties.modified = datetime.fromisoformat("2000-01-01")
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        ExcelWriter(book, packed).write_data()
    return zip_files.repacked(out.getvalue())


def is_ours(content: bytes) -> bool:
    """Whether an Excel file was made here."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return MAKER.encode() in packed.read("docProps/core.xml")
    except (BadZipFile, KeyError):
        return False


def _in_parts(row: list[Cell]) -> Iterator[list[Cell]]:
    texts = [cell for cell in row if isinstance(cell, str)]
    for start in range(0, max(map(len, texts), default=0) or 1, LONGEST_CELL):
        yield [cell if not isinstance(cell, str) or len(cell) <= LONGEST_CELL else cell[start : start + LONGEST_CELL] for cell in row]


def _write(cell: ExcelCell | MergedCell, value: Cell) -> None:
    if value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", TEXT
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def answer_head(*, names: bool) -> tuple[str, ...]:
    """The heads of the table of answers."""
    return ("form", "id", "question", "group", *(("name",) if names else ()), "answer", "note")


def _question(form: Comparison, question: Question) -> tuple[str, ...]:
    return form.form.title, question.blank.name, question.blank.wording


def _scale(rating: Question) -> str:
    return ", ".join(f"{place} {title}" for place, (_, title) in enumerate(rating.blank.choices, 1))


def _numbers(result: Result, hidden: Mapping[Hidden, str]) -> list[Cell]:
    found = result.spread
    numbers = (result.people, found.lowest, found.median, found.highest, found.disagreement, *result.counts) if found else ()
    return [result.group, *numbers, *[""] * (5 + MOST_LEVELS - len(numbers)), hidden[result.hidden] if result.hidden else ""]


def _answers(question: Question, hidden: Mapping[Hidden, str], names: bool) -> Iterator[list[Cell]]:
    for result in question.results:
        if result.hidden:
            yield [result.group, *[""] * (1 + names), hidden[result.hidden]]
        for answer in result.answers:
            yield [result.group, *([answer.name] if names else []), answer.text, ""]
