"""Every Excel file of the handouts: all words, a drop-down for each choice, heads that stay, and a real office that opens it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from generator.catalog.handout_list import Handout, Shelf
from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition
from generator.handouts import excel
from site_tests.support.handout_facts import asked, bare, said
from site_tests.support.nonempty import nonempty
from site_tests.support.office import Convert


@pytest.fixture(scope="module")
def books(site: Path, edition: Edition) -> dict[str, tuple[Handout, Workbook]]:
    """Each handout's id to the handout and its workbook."""
    found = [handout for handout in Shelf(edition.catalog) if "xlsx" in handout.formats]
    return {handout.id: (handout, load_workbook(site / HANDOUTS / handout.file("xlsx"))) for handout in found}


def cells(book: Workbook) -> list[str]:
    return [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_there_is_a_workbook_for_every_cell_and_for_tools_a_and_c(books: dict[str, tuple[Handout, Workbook]], edition: Edition) -> None:
    assert len(books) == len(edition.catalog.cells) + 2
    assert {"planning-template", "lea-self-reflection"} < set(books)


def test_every_workbook_says_all_of_the_data(books: dict[str, tuple[Handout, Workbook]], edition: Edition) -> None:
    missing = []
    for handout, book in books.values():
        text = bare("".join(cells(book)))
        missing += [(handout.id, record, words) for record, words in said(handout, edition) if bare(words) not in text]
    assert not missing


def test_every_blank_has_the_name_of_its_item(books: dict[str, tuple[Handout, Workbook]], edition: Edition) -> None:
    for handout, book in nonempty(books.values()):
        names = {name.removeprefix("id.").replace("_", "-") for name in book.defined_names}
        assert {name for name, _ in asked(handout, edition)} <= names, handout.id


def test_a_named_blank_is_empty_and_has_a_border(books: dict[str, tuple[Handout, Workbook]]) -> None:
    for handout, book in nonempty(books.values()):
        for name, defined in nonempty(book.defined_names.items()):
            ((title, place),) = defined.destinations
            cell = book[title][place]
            assert cell.value is None, (handout.id, name)
            assert cell.border.bottom.style == "thin", (handout.id, name)


def test_every_choice_is_a_drop_down(books: dict[str, tuple[Handout, Workbook]], edition: Edition) -> None:
    for handout, book in nonempty(books.values()):
        lists = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation]
        assert {rule.type for rule in lists} <= {"list"}
        offered = {rule.formula1 for rule in lists}
        if handout.kind == "touch-points":
            statements = edition.catalog.touch_points(edition.catalog.cells[handout.cell])
            assert len(lists) == len(statements), handout.id
            assert offered == {'"doing,starting,not yet"'}, handout.id
        if handout.kind == "self-reflection":
            assert len(lists) == len(edition.catalog.companions.rubric.elements)
            assert offered == {'"Consistently low,Basic,Moderate,Consistently high"'}


def test_heads_stay_in_view_and_on_every_printed_page(books: dict[str, tuple[Handout, Workbook]]) -> None:
    for handout, book in nonempty(books.values()):
        for sheet in nonempty([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]):
            assert sheet.print_area, (handout.id, sheet.title)
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.page_setup.fitToWidth == 1
            if handout.kind == "touch-points":
                head = sheet.freeze_panes
                assert head, handout.id
                row = int(head[1:]) - 1
                assert [cell.value for cell in sheet[row]][:4] == ["Habit", "What to do", "Page", "Status"]
                assert sheet.print_title_rows == f"${row}:${row}"


def test_a_row_to_write_in_grows_with_its_text(books: dict[str, tuple[Handout, Workbook]], site: Path) -> None:
    handout, book = books["1a-school-touch-points"]
    with ZipFile(site / HANDOUTS / handout.file("xlsx")) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    rows = {row: about for about, row in re.findall(r'<row ([^>]*?r="(\d+)"[^>]*)>', sheet)}
    places = [place for name, defined in book.defined_names.items() if name.startswith("id.") for _, place in defined.destinations]
    for place in nonempty(places):
        assert "customHeight" not in rows[place.rpartition("$")[2]], place
        assert not any(place.replace("$", "") in merged for merged in book.worksheets[0].merged_cells.ranges), place


def test_no_workbook_has_macros_or_formulas(books: dict[str, tuple[Handout, Workbook]], site: Path) -> None:
    for handout, book in nonempty(books.values()):
        with ZipFile(site / HANDOUTS / handout.file("xlsx")) as packed:
            assert not [name for name in packed.namelist() if "vba" in name.lower()], handout.id
        assert not [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], handout.id


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = '<tr><td>=HYPERLINK("http://evil")</td></tr><tr><td>@sum &lt;b&gt;</td></tr>'
    table = f"<table><thead><tr><th>+2</th></tr></thead><tbody>{rows}</tbody></table>"
    html = f'<html><body class="pb-on-letter"><section title="A/B: [c]?"><h1>=1+1</h1>{table}</section></body></html>'
    path = tmp_path / "book.xlsx"
    path.write_bytes(excel.workbook(html, "2026-11-22"))
    sheet = load_workbook(path).worksheets[0]
    assert sheet.title == "A B   c"
    assert [(cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row if cell.value] == [
        ("=1+1", "s"),
        ("+2", "s"),
        ('=HYPERLINK("http://evil")', "s"),
        ("@sum <b>", "s"),
    ]


def test_every_workbook_opens_in_a_real_office(
    site: Path, books: dict[str, tuple[Handout, Workbook]], edition: Edition, office: Convert, tmp_path: Path
) -> None:
    """LibreOffice reads each file and writes what it read, worksheet by worksheet."""
    files = [site / HANDOUTS / handout.file("xlsx") for handout, _ in books.values()]
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    office(files, every_sheet, tmp_path)
    for handout, _ in nonempty(books.values()):
        read = bare("".join(path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob(f"{handout.id}-*.csv")))).replace('""', '"')
        assert read, handout.id
        for record, words in nonempty(said(handout, edition)):
            assert bare(words) in read, (handout.id, record)
