"""Every PDF of the handouts, opened: tagged, named, filled with the data's words and with fields that can be filled in."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import page as checker
import pikepdf
import pypdf
import pytest
from pypdf.generic import Destination, NameObject

from generator.catalog.handout_list import Shelf
from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition
from generator.model import guides, ids
from site_tests.support.handout_facts import asked, bare, said
from site_tests.support.nonempty import nonempty

LETTER = (612, 792)


@pytest.fixture(scope="module")
def shelf(edition: Edition) -> Shelf:
    return Shelf(edition.catalog)


@pytest.fixture(scope="module")
def readers(site: Path, shelf: Shelf) -> dict[str, pypdf.PdfReader]:
    """Each handout's id to its PDF."""
    return {handout.id: pypdf.PdfReader(site / HANDOUTS / handout.file("pdf")) for handout in shelf}


@pytest.fixture(scope="module")
def texts(readers: dict[str, pypdf.PdfReader]) -> dict[str, list[str]]:
    """Each handout's id to the text of its pages, without white space: lines break where they like."""
    return {name: [bare(page.extract_text()) for page in reader.pages] for name, reader in readers.items()}


@pytest.fixture(scope="module")
def fields(readers: dict[str, pypdf.PdfReader]) -> dict[str, dict[str, Any]]:
    """Each handout's id to its fields by their whole names."""
    return {name: {key: field for key, field in (reader.get_fields() or {}).items() if "/FT" in field} for name, reader in readers.items()}


def test_every_handout_is_there_in_its_formats(site: Path, shelf: Shelf) -> None:
    wanted = {handout.file(form) for handout in shelf for form in handout.formats}
    assert {path.name for path in (site / HANDOUTS).iterdir()} - {"index.html"} == wanted


def test_every_cell_has_its_sheets_and_packets(shelf: Shelf, edition: Edition) -> None:
    for cell, record in nonempty(edition.catalog.cells.items()):
        kinds = {handout.kind for handout in shelf if handout.cell == cell} - {"future-states"}
        assert kinds == ({"practice", "reflection", "touch-points"} if record.questions else {"touch-points"}), cell
    packets = {handout.about: len(handout.parts) for handout in shelf if handout.parts}
    assert packets == {"d1": 12, "d2": 12, "d3": 12, "d4": 12, "school": 12, "district": 12, "state": 12, "handouts": 48}


def test_every_pdf_keeps_the_machine_rules_of_pdf_ua(site: Path) -> None:
    found = {path.name: checker.validate_pdf(path, profile="ua1") for path in sorted((site / HANDOUTS).glob("*.pdf"))}
    assert {name: [(fault.rule_id, fault.message) for fault in report.failures] for name, report in found.items() if not report.is_compliant} == {}


def test_every_pdf_is_tagged_and_has_title_and_language(site: Path, shelf: Shelf) -> None:
    for handout in nonempty(shelf):
        with pikepdf.open(site / HANDOUTS / handout.file("pdf")) as pdf:
            assert pdf.Root.MarkInfo.Marked, handout.id
            assert pdf.Root.StructTreeRoot.K, handout.id
            assert str(pdf.Root.Lang) == "en", handout.id
            assert str(pdf.docinfo.Title) == handout.title
            assert pdf.Root.ViewerPreferences.DisplayDocTitle, handout.id


def test_every_font_is_embedded(site: Path) -> None:
    for path in nonempty((site / HANDOUTS).glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"]
            for font in nonempty(fonts):
                assert "/FontFile2" in font or "/FontFile3" in font, (path.name, font.FontName)
                assert "SourceSans" in str(font.FontName).replace("-", ""), (path.name, font.FontName)


def test_no_page_is_blank(texts: dict[str, list[str]], readers: dict[str, pypdf.PdfReader]) -> None:
    for name, found in nonempty(texts.items()):
        for number, text in nonempty(enumerate(found)):
            foot = 120
            assert len(text) > foot or len(readers[name].pages[number].get("/Annots", [])) > 1, (name, number + 1)


def test_pages_are_letter_and_every_field_lies_inside(readers: dict[str, pypdf.PdfReader]) -> None:
    pages = [(name, number, page) for name, reader in readers.items() for number, page in enumerate(reader.pages, 1)]
    sizes = {(name, number): (round(page.mediabox.width), round(page.mediabox.height)) for name, number, page in pages}
    assert set(sizes.values()) <= {LETTER, LETTER[::-1]}
    for name, number, mark in nonempty((name, number, mark) for name, number, page in pages for mark in page.get("/Annots", [])):
        width, height = sizes[name, number]
        x1, y1, x2, y2 = (float(value) for value in mark.get_object()["/Rect"])
        assert 0 <= min(x1, x2) <= max(x1, x2) <= width, (name, number)
        assert 0 <= min(y1, y2) <= max(y1, y2) <= height, (name, number)


def test_no_word_begins_outside_its_page(readers: dict[str, pypdf.PdfReader]) -> None:
    for name, reader in nonempty((name, reader) for name, reader in readers.items() if not name.startswith("packet")):
        for number, page in nonempty(enumerate(reader.pages, 1)):
            assert not list(_outside(page)), (name, number)


def _outside(page: pypdf.PageObject) -> list[str]:
    """The words of a page that begin in its outermost 7 millimetres, or beyond."""
    found = []

    def look(text: str, user: list[float], line: list[float], font: Any, size: float) -> None:
        x = line[4] * user[0] + line[5] * user[2] + user[4]
        y = line[4] * user[1] + line[5] * user[3] + user[5]
        if text.strip() and not (20 < x < page.mediabox.width - 20 and 20 < y < page.mediabox.height - 20):
            found.append(text)

    page.extract_text(visitor_text=look)
    return found


def test_every_pdf_says_all_of_the_data(texts: dict[str, list[str]], shelf: Shelf, edition: Edition) -> None:
    missing = []
    for handout in shelf:
        whole = "".join(texts[handout.id])
        # A page's foot stands between the halves of what goes on overleaf.
        halves = [half for page in texts[handout.id] for half in (page[:60], page[-60:])]
        for record, text in said(handout, edition):
            if bare(text) not in whole and not any(half[:15] in bare(text) or half[-15:] in bare(text) for half in halves):
                missing.append((handout.id, record, text))
    assert not missing


def test_every_question_has_one_field_with_its_name_and_label(fields: dict[str, dict[str, Any]], shelf: Shelf, edition: Edition) -> None:
    wrong = []
    for handout in nonempty(shelf):
        names = [name for name, _ in asked(handout, edition)]
        if handout.kind != "planning-template" and handout.kind != "form":
            assert len(names) == len(set(names)), handout.id
        for name, words in asked(handout, edition):
            field = fields[handout.id].get(name)
            if field is None or bare(words) not in bare(field.get("/TU", "")):
                wrong.append((handout.id, name, words, field and field.get("/TU")))
    assert not wrong


def test_every_field_has_a_label_of_its_own(fields: dict[str, dict[str, Any]]) -> None:
    for handout, found in nonempty((name, found) for name, found in fields.items() if not name.startswith("packet")):
        labels = [field.get("/TU") for field in found.values()]
        assert all(nonempty(labels)), handout
        twice = {label for label in labels if labels.count(label) > 1}
        assert not twice, (handout, twice)


def test_touch_points_and_levels_are_radio_groups(fields: dict[str, dict[str, Any]], shelf: Shelf, edition: Edition) -> None:
    framework = edition.catalog.framework_statements
    for handout in nonempty(handout for handout in shelf if handout.kind in ("practice", "touch-points")):
        names = [statement.id for _, statement in edition.catalog.cells[handout.cell].statements() if statement.id not in framework]
        for name in nonempty(names):
            assert set(fields[handout.id][name]["/_States_"]) - {"/Off"} == {"/doing", "/starting", "/not-yet"}, name
    for element in nonempty(edition.catalog.companions.rubric.elements):
        assert set(fields["lea-self-reflection"][element.id]["/_States_"]) - {"/Off"} == {"/low", "/basic", "/moderate", "/high"}


def test_questions_of_this_edition_are_marked_on_paper(texts: dict[str, list[str]], edition: Edition) -> None:
    for cell in nonempty(cell for cell in edition.catalog.cells.values() if cell.questions):
        ours = sum(question.origin == "site" for question in cell.questions)
        assert "".join(texts[f"{cell.id.replace('.', '-')}-reflection"]).count("Addedbythisedition") == ours, cell.id


def test_every_pdf_leads_back_by_address_and_says_its_edition(texts: dict[str, list[str]], shelf: Shelf, edition: Edition) -> None:
    host = edition.settings.address.partition("://")[2]
    version = f"version{edition.catalog.edition.version}of{edition.catalog.edition.date}"
    for handout in nonempty(shelf):
        first = texts[handout.id][0]
        form = ids.reflection_id(handout.about)
        assert host + edition.routes.address(form if form in edition.routes else handout.about) in first, handout.id
        assert version in first, handout.id


def test_a_sheet_names_its_printed_pages(texts: dict[str, list[str]], shelf: Shelf, edition: Edition) -> None:
    for handout in nonempty(handout for handout in shelf if handout.kind in ("practice", "touch-points", "reflection")):
        records = (record for name, record in edition.catalog.carriers() if name.startswith(f"{handout.cell}."))
        pages = sorted({page for record in records for page in edition.catalog.pages(record)})
        numbers = ",".join(map(str, pages))
        assert re.search(rf"printedpages?{numbers},inourownwords", "".join(texts[handout.id])), handout.id


def test_a_touch_point_sheet_is_one_landscape_page(readers: dict[str, pypdf.PdfReader], shelf: Shelf) -> None:
    sheets = {kind: [handout.id for handout in shelf if handout.kind == kind] for kind in ("touch-points", "reflection", "practice")}
    for name in nonempty(sheets["touch-points"]):
        (page,) = readers[name].pages
        assert page.mediabox.width > page.mediabox.height, name
    for name in nonempty(sheets["reflection"]):
        assert len(readers[name].pages) == 1, name
    for name in nonempty(sheets["practice"]):
        assert len(readers[name].pages) == 2, name


def test_a_question_has_25_mm_of_room(site: Path, shelf: Shelf) -> None:
    for handout in nonempty(handout for handout in shelf if handout.kind in ("reflection", "practice")):
        with pikepdf.open(site / HANDOUTS / handout.file("pdf")) as pdf:
            marks = [mark for page in pdf.pages for mark in page.get("/Annots", []) if re.fullmatch(r"q\d+", str(mark.get("/T", "")))]
            for mark in nonempty(marks):
                assert abs(float(mark.Rect[3]) - float(mark.Rect[1])) >= 25 / 25.4 * 72 - 1, (handout.id, mark.T)


def test_a_packet_tells_the_page_of_each_of_its_sheets(readers: dict[str, pypdf.PdfReader], texts: dict[str, list[str]], shelf: Shelf) -> None:
    for handout in nonempty(handout for handout in shelf if handout.parts):
        reader, found = readers[handout.id], texts[handout.id]
        outline = [mark for mark in reader.outline if isinstance(mark, Destination)]
        contents, *marks = [(mark.title or "", reader.get_destination_page_number(mark) or 0) for mark in outline]
        assert contents == ("Contents", 1)
        assert len(marks) == len(handout.parts)
        front = "".join(found[1 : marks[0][1]])
        for part, (title, number) in nonempty(zip(handout.parts, marks, strict=True)):
            assert f"{bare(title)}{number + 1}" in front, title
            assert bare(shelf.handouts[part].title) in found[number], title
        for number, text in nonempty(enumerate(found, 1)):
            assert f"Packetpage{number}" in text, (handout.id, number)


def test_the_contents_of_a_packet_lead_to_its_pages(site: Path, shelf: Shelf) -> None:
    for handout in nonempty(handout for handout in shelf if handout.parts):
        with pikepdf.open(site / HANDOUTS / handout.file("pdf")) as pdf:
            marks = [mark for page in list(pdf.pages)[1:4] for mark in page.get("/Annots", []) if "/Dest" in mark]
            assert len(marks) >= len(handout.parts), handout.id
            pages = {page.objgen for page in pdf.pages}
            assert {mark.Dest[0].objgen for mark in marks} <= pages
            assert not [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "packet.invalid" in str(item.get("/URI", ""))]


def test_a_packet_has_the_fields_of_all_its_sheets(fields: dict[str, dict[str, Any]], shelf: Shelf) -> None:
    for handout in nonempty(handout for handout in shelf if handout.parts):
        assert set(fields[handout.id]) == {name for part in handout.parts for name in fields[part]}, handout.id


@pytest.mark.parametrize("name", ["1a-school", "packet-turnaround-leadership"])
def test_a_pdf_is_filled_in_by_ids_and_read_back(site: Path, name: str) -> None:
    answers = {"1a.school.q1": "Read by grade 3: “yes” & more", "1a.school.name": "Ana", "1a.school.participation.2": "/starting"}
    writer = pypdf.PdfWriter(clone_from=site / HANDOUTS / f"{name}.pdf")
    for page in writer.pages:
        writer.update_page_form_field_values(page, answers, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    found = pypdf.PdfReader(out).get_fields() or {}
    assert {field: found[field]["/V"] for field in answers} == {**answers, "1a.school.participation.2": NameObject("/starting")}
    assert found["1a.school.q2"]["/V"] == ""


def test_the_leadership_guide_has_strategies_to_check(fields: dict[str, dict[str, Any]], edition: Edition) -> None:
    strategy = next(
        strategy
        for section in edition.catalog.companions.sections
        for state in section.future_states
        for strategy in state.all_strategies()
        if isinstance(strategy, guides.Strategy) and not strategy.strategies
    )
    field = fields[f"{'-'.join(strategy.id.split('.')[:2])}-future-states"][strategy.id]
    assert field["/FT"] == "/Btn"
    assert set(field["/_States_"]) == {"/Yes", "/Off"}


def test_the_fishbone_is_drawn_with_lines(site: Path) -> None:
    with pikepdf.open(site / HANDOUTS / "fishbone.pdf") as pdf:
        drawn = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form")
        assert not [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        assert drawn.count(b" l") + pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])).count(b" l\n") >= 8
