"""Word files: everything that the HTML of a handout says, in Word's own headings, lists, tables and content controls."""

from __future__ import annotations

import html as markup
import re
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from generator.catalog.handout_list import Shelf
from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition
from generator.handouts.html import Printer
from generator.handouts.word import document
from generator.handouts.word.controls import alias, tag
from generator.project import settings
from site_tests import ROOT
from site_tests.support.handout_facts import asked, bare, said
from site_tests.support.nonempty import nonempty
from site_tests.support.office import Convert

DATE = "2026-11-22"
EARLIEST = (1980, 1, 1, 0, 0, 0)
SHEETS = (
    "1a-school",
    "3a-school",
    "4b-school",
    "1a-state-touch-points",
    "4a-overview-touch-points",
    "2c-district-reflection",
    "1a-school-future-states",
    "coaching-set-the-direction",
    "lea-self-reflection",
    "planning-template",
    "fishbone",
    "five-whys",
)
LONG_WORD, LONG_QUESTION = "w" * 80, "Why is it so? " * 43


@pytest.fixture(scope="module")
def html(edition: Edition) -> dict[str, str]:
    """The HTML of some handouts of each kind."""
    found, problems = settings.read(ROOT)
    assert not problems
    printer = Printer(ROOT, edition.catalog, edition.routes, found)
    shelf = Shelf(edition.catalog)
    return {name: printer.sheet(shelf.handouts[name]) for name in SHEETS}


@pytest.fixture(scope="module")
def files(html: dict[str, str]) -> dict[str, bytes]:
    """The Word files of these handouts."""
    return {name: document.document(text, DATE) for name, text in html.items()}


@pytest.fixture(scope="module")
def pdfs(files: dict[str, bytes], office: Convert, tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """The files as LibreOffice shows them."""
    folder = tmp_path_factory.mktemp("word")
    paths = [folder / f"{name}.docx" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    office(paths, "pdf", folder)
    return {path.stem: PdfReader(path.with_suffix(".pdf")) for path in paths}


def _open(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def _page(body: str, attributes: str = 'class="pb-on-letter"') -> Document:
    """A Word file of some hand-written HTML."""
    head = '<title>A sheet</title><meta name="author" content="A team"><meta name="description" content="What it is">'
    return _open(document.document(f"<!doctype html><html><head>{head}</head><body {attributes}>{body}</body></html>", DATE))


def _texts(file: Document) -> list[str]:
    """Each paragraph's text, those in tables too, in reading order; without what only shows where to write."""
    found = ("".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))) for paragraph in file.element.body.iter(qn("w:p")))
    return [text for text in (" ".join(text.split()) for text in found) if text]


def _styles(file: Document) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs if paragraph.style]


def _controls(file: Document, kind: str = "*") -> list[tuple[str, str]]:
    """The tag and the title of each content control of a kind, in order."""
    found = [control for control in file.element.iter(qn("w:sdtPr")) if kind == "*" or control.find(qn(kind)) is not None]
    return [tuple(control.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("tag", "alias")) for control in found]


def _blanks(html: str) -> list[str]:
    """The names of the blanks in the HTML."""
    found = LexborHTMLParser(html).css("input, textarea, select")
    values = [(blank.attributes["name"], blank.attributes["value"] if blank.attributes.get("type") == "radio" else "") for blank in found]
    return [f"{name}={value}" if value else str(name) for name, value in values]


def _said(html: str) -> list[str]:
    """Every heading, paragraph, list item, label and cell of the HTML that holds nothing but text."""
    found = LexborHTMLParser(html).css("h1, h2, h3, h4, h5, h6, p, li, label, th, td")
    texts = [" ".join(node.text().split()) for node in found if not node.css("p, li, label, textarea, td, input[type=text], input[type=date]")]
    return [text for text in texts if text]


def _squashed(text: str) -> str:
    """Letters alone, for lines are broken anywhere."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", SHEETS)
def test_every_text_of_the_handout_is_there(html: dict[str, str], files: dict[str, bytes], name: str) -> None:
    whole = "\n".join(_texts(_open(files[name])))
    missing = [text for text in _said(html[name]) if text not in whole]
    assert not missing


def test_every_word_file_opens_and_says_all_of_the_data(site: Path, edition: Edition, office: Convert, tmp_path: Path) -> None:
    shelf = [handout for handout in Shelf(edition.catalog) if "docx" in handout.formats]
    office([site / HANDOUTS / handout.file("docx") for handout in shelf], "txt:Text (encoded):UTF8", tmp_path)
    missing = []
    for handout in shelf:
        whole = bare((tmp_path / f"{handout.id}.txt").read_text(encoding="utf-8-sig"))
        missing += [(handout.id, record, text) for record, text in said(handout, edition) if bare(text) not in whole]
    assert not missing


def test_every_word_file_has_a_control_for_each_question(site: Path, edition: Edition) -> None:
    missing = []
    for handout in Shelf(edition.catalog):
        if "docx" in handout.formats:
            tags = {name.partition("=")[0] for name, _ in _controls(docx.Document(str(site / HANDOUTS / handout.file("docx"))))}
            missing += [(handout.id, name) for name, _ in asked(handout, edition) if tag(Element("input", name=name)) not in tags]
    assert not missing


@pytest.mark.parametrize("name", SHEETS)
def test_each_blank_is_one_content_control(html: dict[str, str], files: dict[str, bytes], name: str) -> None:
    tags = [tag for tag, _ in _controls(_open(files[name]))]
    blanks = _blanks(html[name])
    assert len(tags) == len(set(tags))
    assert Counter(tag for tag in tags if "~" not in tag) == Counter(blank for blank in blanks if len(blank) <= 64)
    assert len(tags) == len(blanks)
    assert max(map(len, tags)) <= 64


@pytest.mark.parametrize("name", SHEETS)
def test_each_blank_has_a_title_that_word_takes(files: dict[str, bytes], name: str) -> None:
    assert all(0 < len(title) <= 64 for _, title in nonempty(_controls(_open(files[name]))))


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Name", "Name"),
        ("Raise the questions that lie behind the need for change.: not yet", "Raise the questions that lie behind the need for…: not yet"),
        (f"{LONG_QUESTION}: doing", "Why is it so? Why is it so? Why is it so? Why is it so?…: doing"),
        (
            "Question 1: What goals has your school set for its turnaround? Do people",
            "Question 1: What goals has your school set for its turnaround?…",
        ),
        (LONG_WORD, "w" * 63 + "…"),
        ("", ""),
    ],
)
def test_a_title_is_cut_at_a_word_and_keeps_its_answer(title: str, cut: str) -> None:
    assert alias(title) == cut


def test_headings_are_headings(files: dict[str, bytes]) -> None:
    headings = [found for found in _styles(_open(files["1a-school"])) if found[0].startswith("Heading")]
    assert headings == [
        ("Heading 1", "1A Prioritize improvement and communicate its urgency at the school level"),
        ("Heading 2", "Coalesce around issues"),
        ("Heading 2", "Ensure relevant participation"),
        ("Heading 2", "Work together"),
        ("Heading 2", "Questions to reflect on"),
        ("Heading 2", "Tools for this"),
    ]


def test_touch_points_are_a_table_with_boxes(files: dict[str, bytes]) -> None:
    found = [table for table in _open(files["4b-school"]).tables if table.cell(0, 0).text == "Touch point"]
    first = found[0]
    assert [cell.text for cell in first.rows[0].cells] == ["Touch point", "doing", "starting", "not yet", "Notes"]
    assert [len(row._tr.xpath(".//w14:checkbox")) for row in first.rows[1:]] == [3, 3, 3, 3]
    assert first.cell(1, 0).text == "Recognize that authentic engagement makes three demands."
    assert [bool(row._tr.xpath("./w:tc[1]/w:tcPr/w:tcMar")) for row in first.rows] == [False, False, True, True, True]


@pytest.mark.parametrize("name", SHEETS)
def test_heads_are_repeated_and_rows_stay_in_one_piece(files: dict[str, bytes], name: str) -> None:
    for table in nonempty(_open(files[name]).element.body.iter(qn("w:tbl"))):
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in nonempty(table.tr_lst))
        if table.tblStyle_val == "HandoutTable":
            assert [bool(row.xpath("./w:trPr/w:tblHeader")) for row in table.tr_lst][:2] == [True, False]


def test_numbering_begins_anew_in_each_list() -> None:
    file = _page("<ol><li><p>One</p></li><li><p>Two</p><p>Still two</p><ul><li>A point</li></ul></li></ol><p>Between</p><ol><li>One again</li></ol>")
    assert _styles(file) == [
        ("List Number", "One"),
        ("List Number", "Two"),
        ("List Continue", "Still two"),
        ("List Bullet 2", "A point"),
        ("Normal", "Between"),
        ("List Number", "One again"),
    ]
    numbers = [found[0].get(qn("w:val")) for paragraph in file.paragraphs if (found := paragraph._p.xpath("./w:pPr/w:numPr/w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2]
    for number in nonempty(numbers):
        (start,) = file.part.numbering_part.element.xpath(f"./w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride")
        assert start.get(qn("w:val")) == "1"


def test_a_wide_section_lies_on_its_side(files: dict[str, bytes]) -> None:
    sections = _open(files["1a-school"]).sections
    assert [section.orientation for section in sections] == [WD_ORIENTATION.LANDSCAPE, WD_ORIENTATION.PORTRAIT]
    assert [round(section.page_width.mm) for section in sections if section.page_width] == [279, 216]
    assert [round(section.left_margin.mm) for section in sections if section.left_margin] == [14, 14]


def test_paper_is_what_the_body_says() -> None:
    (section,) = _page("<p>Text</p>", 'class="md-typeset pb-on-a4"').sections
    assert section.page_width
    assert round(section.page_width.mm) == 210


@pytest.mark.parametrize("name", SHEETS)
def test_no_paragraph_of_the_text_is_empty(files: dict[str, bytes], name: str) -> None:
    file = _open(files[name])
    assert not [paragraph.style.name for paragraph in file.paragraphs if paragraph.style and not paragraph.text and paragraph.style.name != "Gap"]


def test_the_file_says_what_it_is() -> None:
    told = _page("<p>Text</p>").core_properties
    assert (told.title, told.author, told.last_modified_by, told.comments, told.language) == ("A sheet", "A team", "A team", "What it is", "en-US")
    assert str(told.created) == str(told.modified) == "2026-11-22 00:00:00+00:00"


def test_the_foot_names_handout_page_and_edition() -> None:
    (section,) = _page("<p>Text</p>", 'data-run="1A at the school level" data-edition="example.org · version 1"').sections
    (line,) = section.footer.paragraphs
    assert "".join(piece.text for piece in line._p.iter(qn("w:t"))) == "1A at the school level, page 1 of 1example.org · version 1"
    assert [field.get(qn("w:instr")) for field in line._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_code_to_scan_has_words(files: dict[str, bytes]) -> None:
    (picture,) = _open(files["1a-school"]).element.body.xpath(".//wp:docPr")
    assert picture.get("descr") == "QR code that leads to engagement-playbook.example/reflect/1a/school/"


def test_same_text_makes_the_same_bytes(html: dict[str, str], files: dict[str, bytes]) -> None:
    assert {name: document.document(text, DATE) == files[name] for name, text in html.items()} == dict.fromkeys(files, True)


def test_nothing_of_the_day_or_machine_is_packed(files: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(files["1a-school"])) as packed:
        assert {(entry.date_time, entry.create_system, entry.external_attr) for entry in packed.infolist()} == {(EARLIEST, 3, 0o100644 << 16)}
        assert packed.namelist()[0] == "[Content_Types].xml"


def test_each_kind_of_blank_has_its_control() -> None:
    file = _page(
        '<ul class="pb-checks"><li><input type="checkbox" name="a" title="A"> done: <input type="text" name="b" title="B"></li></ul>'
        '<p class="pb-lines"><label>When <input type="date" name="c" title="C"></label></p><textarea name="d" title="D"></textarea>'
        '<p class="pb-ticks"><label><input type="radio" name="e" value="yes" title="E: yes"> yes</label>'
        '<label><input type="radio" name="e" value="no" title="E: no"> no</label></p>'
    )
    assert _controls(file, "w:text") == [("b", "B"), ("d", "D")]
    assert _controls(file, "w:date") == [("c", "C")]
    assert _controls(file, "w14:checkbox") == [("a", "A"), ("e=yes", "E: yes"), ("e=no", "E: no")]
    assert _texts(file) == [f"☐ done: {'_' * 32}", "When", "☐ yes ☐ no"]
    assert [found.get(qn("w:val")) for found in file.element.iter(qn("w:id"))] == [str(number) for number in range(1, 7)]


def test_a_text_area_grows_from_what_it_has() -> None:
    file = _page('<textarea name="a" title="A"></textarea>')
    (height,) = file.element.body.xpath(".//w:trHeight")
    assert (height.get(qn("w:val")), height.get(qn("w:hRule"))) == ("1417", "atLeast")
    assert file.element.xpath(".//w:sdtPr/w:text")[0].get(qn("w:multiLine")) == "1"


def test_labels_stand_beside_lines_that_fill_the_width() -> None:
    labels = "".join(f'<label>{words} <input type="text" name="{words}" title="{words}"></label>' for words in ("Name", "Team"))
    (table,) = _page(f'<p class="pb-lines">{labels}</p>').tables
    assert [cell.text.strip() for cell in table.rows[0].cells] == ["Name", "", "Team", ""]
    widths = [cell.width.mm for cell in table.rows[0].cells if cell.width]
    assert round(sum(widths)) == 188


def test_labels_without_room_stand_below_each_other() -> None:
    labels = "".join(f'<label>{words} <input type="text" name="a" title="A"></label>' for words in (LONG_QUESTION, "Team"))
    (table,) = _page(f'<p class="pb-lines">{labels}</p><p class="pb-lines"><label>Date <input type="date" name="d" title="D"></label></p>').tables
    assert [row.cells[0].text for row in table.rows] == [LONG_QUESTION.strip(), "Team", "Date"]


def test_a_table_keeps_its_heads_and_blanks() -> None:
    file = _page(
        "<table><thead><tr><td></td><th>What</th></tr></thead><tbody>"
        '<tr><th>One</th><td><textarea name="a" title="A"></textarea></td></tr></tbody></table>'
    )
    (table,) = file.tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [["", "What"], ["One", ""]]
    assert [run.bold for cell in (table.cell(0, 1), table.cell(1, 0)) for run in cell.paragraphs[0].runs] == [True, True]
    assert [bool(row.xpath("./w:trPr/w:trHeight")) for row in table._tbl.tr_lst] == [False, True]
    assert _controls(file) == [("a", "A")]


def test_an_element_without_a_form_in_word_is_not_lost() -> None:
    with pytest.raises(ValueError, match="<blockquote> has no form in Word"):
        _page("<p>Text</p><blockquote>A saying</blockquote>")


def test_an_address_is_a_link() -> None:
    file = _page('<p><a href="https://example.org/a?b=c">example.org/a</a></p>')
    assert [file.part.rels[link.get(qn("r:id"))].target_ref for link in file.element.iter(qn("w:hyperlink"))] == ["https://example.org/a?b=c"]
    assert _styles(file) == [("Address", "example.org/a")]


def test_white_space_is_what_a_browser_shows() -> None:
    assert _texts(_page("<p>\n  One <b> two </b>\n three\n  </p>")) == ["One two three"]


def test_hostile_text_does_not_break_the_file() -> None:
    nasty = markup.escape("a\x00b\x0b\ufffec\ud83d&#11;&lt;😀<w:p/> ]]>\"'")
    file = _page(
        f"<p>{nasty}</p><h2>{LONG_WORD}</h2><ol><li><p>{LONG_QUESTION}</p>"
        f'<textarea name="{nasty}" title="{nasty}{LONG_QUESTION}"></textarea></li></ol>'
        f"<table><tbody><tr><th>{LONG_WORD}</th><td>{LONG_QUESTION}</td></tr></tbody></table>",
        f'data-run="{nasty}"',
    )
    plain = "abc&#11;&lt;😀<w:p/> ]]>\"'"
    assert _texts(file) == [plain, LONG_WORD, LONG_QUESTION.strip(), LONG_WORD, LONG_QUESTION.strip()]
    assert _controls(file)[0][0] == plain
    assert file.sections[0].footer.paragraphs[0].text.startswith(plain)


@pytest.mark.parametrize("name", SHEETS)
def test_each_page_names_its_handout_number_and_edition(html: dict[str, str], pdfs: dict[str, PdfReader], name: str) -> None:
    body = LexborHTMLParser(html[name]).body
    assert body
    run, edition = (_squashed(body.attributes[key] or "") for key in ("data-run", "data-edition"))
    pages = [_squashed(page.extract_text()) for page in pdfs[name].pages]
    assert all(f"{run}page{number}of{len(pages)}" in page and edition in page for number, page in nonempty(enumerate(pages, 1)))


@pytest.mark.parametrize("name", SHEETS)
def test_no_page_is_empty(pdfs: dict[str, PdfReader], name: str) -> None:
    assert min(len(page.extract_text()) for page in pdfs[name].pages) > 200
