"""Word and Excel files that went through other programs are read by what these left, or it is told what they took away."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from generator.catalog.handout_list import Shelf
from generator.checks.checked_edition import Edition
from generator.collecting import detect
from generator.collecting.blank_handouts import BlankHandouts
from generator.collecting.detect import Found
from generator.collecting.readers.package import STRICT
from generator.collecting.readers.session import Known
from generator.forms import form_fields
from generator.handouts.blank_list import IDS
from site_tests import ROOT
from site_tests.support.handmade_files import packed
from site_tests.support.office import Convert

WHO = {"1a.school.name": "Ana Ruiz", "1a.school.team": "North", "1a.school.date": "3/4/2026"}
ANSWERS = {
    "1a.school.participation.1": "doing",
    "1a.school.participation.2": "not-yet",
    "1a.school.notes": "What we saw",
    "1a.school.q1": "Goals for all",
    "1a.school.next.who": "Bo",
}
RATED = {
    "1a.school.participation.1": "doing",
    "1a.school.participation.1-notes": "A list",
    "1a.school.participation.2": "not yet",
    "1a.school.together.1-notes": "3/4",
}


@pytest.fixture(scope="module")
def printed(edition: Edition) -> BlankHandouts:
    return BlankHandouts(ROOT, edition.catalog, edition.routes, edition.settings)


@pytest.fixture(scope="module")
def known(edition: Edition, printed: BlankHandouts) -> Known:
    return Known(form_fields.forms(edition.catalog, edition.routes), printed)


def given_out(printed: BlankHandouts, handout: str, kind: Any) -> bytes:
    """A handout as the site gives it out."""
    (found,) = printed.like(Shelf(printed.catalog).handouts[handout].title, (), kind)
    return found.content


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def word(printed: BlankHandouts) -> bytes:
    """A Word file filled in as Word does it."""
    document = Document(BytesIO(given_out(printed, "1a-school", "docx")))
    for control in document.element.body.iter(qn("w:sdt")):
        fill(control, {**WHO, **ANSWERS})
    return saved(document)


def fill(control: Any, answers: Mapping[str, str]) -> None:
    properties, text = control.find(qn("w:sdtPr")), next(control.iter(qn("w:t")))
    name, _, value = properties.find(qn("w:tag")).get(qn("w:val")).partition("=")
    checked = next((part for part in properties.iter() if part.tag.endswith("}checked")), None)
    if checked is not None and answers.get(name) == value:
        checked.set(checked.tag.replace("checked", "val"), "1")
        text.text = "☒"
    elif checked is None and name in answers:
        properties.remove(properties.find(qn("w:showingPlcHdr")))
        text.text = answers[name]


@pytest.fixture(scope="module")
def book(printed: BlankHandouts) -> bytes:
    """A filled-in Excel file."""
    opened = load_workbook(BytesIO(given_out(printed, "1a-school-touch-points", "xlsx")))
    for name, answer in {**WHO, **RATED}.items():
        ((title, place),) = opened.defined_names["id." + name.replace("-", "_")].destinations
        opened[title][place].value = answer
    return saved(opened)


def read(known: Known, folder: Path, content: bytes) -> Found:
    (folder / "file").write_bytes(content)
    return detect.read(folder / "file", known)


def answers(found: Found) -> dict[str, str]:
    assert [told.message for told in found.problems] == []
    (one,) = found.sessions
    assert (one.signed, one.team, str(one.day), one.form) == ("Ana Ruiz", "North", "2026-03-04", "1a.school")
    return dict(one.answers)


# ---- By what is left ----


def part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as old:
        return packed({name: change(old.read(name).decode()).encode()}, content)


def strict(content: bytes) -> bytes:
    """As 'Strict Open XML', which has other names for everything."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for new, common in STRICT:
        parts = {name: text.replace(common, new) if name.endswith((".xml", ".rels")) else text for name, text in parts.items()}
    return packed(parts)


def with_macros(content: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return part(content, "[Content_Types].xml", lambda text: text.replace(kind, "application/vnd.ms-word.document.macroEnabled.main+xml"))


def without_tags(content: bytes) -> bytes:
    return part(content, "word/document.xml", lambda text: re.sub(r"<w:(tag|alias) [^>]*/>", "", text))


def without_controls(content: bytes) -> bytes:
    """As online editors leave it: only what is in the blanks."""
    return part(content, "word/document.xml", lambda text: re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", "", text))


def without_title(content: bytes) -> bytes:
    return part(without_controls(content), "docProps/core.xml", lambda text: re.sub(r"<dc:title>.*</dc:title>", "", text))


@pytest.mark.parametrize("way", [strict, with_macros, without_tags, without_controls, without_title], ids=lambda way: way.__name__)
def test_a_word_file_is_read_by_what_is_left(known: Known, word: bytes, tmp_path: Path, way: Callable[[bytes], bytes]) -> None:
    assert answers(read(known, tmp_path, word)) == answers(read(known, tmp_path, way(word))) == ANSWERS


def other_names(content: bytes) -> bytes:
    """As files that were .xls once: no periods."""
    return part(content, "xl/workbook.xml", lambda text: re.sub(r'name="id\.[^"]*"', lambda found: found[0].replace(".", "_"), text))


def no_names(content: bytes) -> bytes:
    return part(content, "xl/workbook.xml", lambda text: re.sub(r"<definedNames>.*</definedNames>", "", text))


def no_names_and_no_list(content: bytes) -> bytes:
    opened = load_workbook(BytesIO(no_names(content)))
    del opened[IDS]
    return saved(opened)


def moved(content: bytes) -> bytes:
    opened = load_workbook(BytesIO(no_names(content)))
    opened.worksheets[0].title = "Tabelle1"
    opened.worksheets[0].insert_rows(7)
    return saved(opened)


@pytest.mark.parametrize("way", [strict, other_names, no_names, no_names_and_no_list, moved], ids=lambda way: way.__name__)
def test_an_excel_file_is_read_by_what_is_left(known: Known, book: bytes, tmp_path: Path, way: Callable[[bytes], bytes]) -> None:
    whole = answers(read(known, tmp_path, book))
    assert whole == RATED | {"1a.school.participation.2": "not-yet"}
    assert answers(read(known, tmp_path, way(book))) == whole


def test_the_list_of_blanks_is_hidden_and_names_each(book: bytes) -> None:
    opened = load_workbook(BytesIO(book))
    listed = [list(map(str, row)) for row in opened[IDS].iter_rows(min_row=2, values_only=True)]
    assert opened[IDS].sheet_state == "hidden"
    assert {f"id.{row[0]}".replace("-", "_") for row in listed} == {name for name in opened.defined_names if name.startswith("id.")}
    assert {row[1] for row in listed} == {opened.worksheets[0].title}


def test_files_that_libreoffice_saved_are_read(known: Known, word: bytes, book: bytes, office: Convert, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word)
    (tmp_path / "b.xlsx").write_bytes(book)
    for source, kind, folder in (("a.docx", "docx", "1"), ("a.docx", "odt", "2"), ("a.docx", "doc", "3"), ("3/a.doc", "docx", "4")):
        office([tmp_path / source], kind, tmp_path / folder)
    for source, kind, folder in (("b.xlsx", "ods", "5"), ("b.xlsx", "fods", "6"), ("b.xlsx", "xls", "7"), ("7/b.xls", "xlsx", "8")):
        office([tmp_path / source], kind, tmp_path / folder)
    for path in ("1/a.docx", "2/a.odt", "4/a.docx"):
        assert answers(detect.read(tmp_path / path, known)) == ANSWERS, path
    for path in ("5/b.ods", "6/b.fods", "8/b.xlsx"):
        assert answers(detect.read(tmp_path / path, known)) == RATED | {"1a.school.participation.2": "not-yet"}, path
    for path, message in (("3/a.doc", "it is of an old Word (.doc), which keeps no blanks"), ("7/b.xls", "it is of an old Excel (.xls)")):
        assert [told.message for told in detect.read(tmp_path / path, known).problems] == [message]


# ---- Told, where nothing is left ----


def foreign(content: bytes) -> bytes:
    """Our sheet, of which a program kept nothing but a few words."""
    document = Document()
    document.add_paragraph("engagement-playbook.example/reflect/1a/school/")
    document.add_paragraph("Ana says that all is well")
    return saved(document)


def torn(content: bytes) -> bytes:
    opened = Workbook()
    opened.worksheets[0]["A1"] = "engagement-playbook.example/reflect/1a/school/"
    return saved(opened)


@pytest.mark.parametrize("way", [foreign, torn], ids=lambda way: way.__name__)
def test_a_handout_without_its_blanks_is_not_called_foreign(known: Known, tmp_path: Path, way: Callable[[bytes], bytes]) -> None:
    (told,) = read(known, tmp_path, way(b"")).problems
    assert told.code == "lost-blanks"
    assert told.message.startswith("it is a handout of this site, but its blanks were lost when ")
    assert "fill in the PDF, or the form on the site" in told.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "it is a picture"),
        (b"{\\rtf1 Ana}", "it is saved as RTF, which keeps no blanks"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "it is locked with a password"),
        (packed({"Index/Document.iwa": b"x"}), "it is of Apple's Pages or Numbers"),
    ],
    ids=["picture", "RTF", "locked", "Apple"],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(known: Known, tmp_path: Path, content: bytes, message: str) -> None:
    assert [told.message for told in read(known, tmp_path, content).problems] == [message]


# ---- Beside the blanks ----


def typed(content: bytes, tag: str, change: Callable[[Any], None]) -> bytes:
    document = Document(BytesIO(content))
    change(next(one for one in document.element.body.iter(qn("w:sdt")) if one.find(f".//{qn('w:tag')}").get(qn("w:val")) == tag))
    return saved(document)


def after(control: Any, words: str) -> None:
    """Words behind a blank, in its paragraph."""
    run = Document().add_paragraph(words)._p.r_lst[0]
    control.addnext(run)


def test_words_beside_a_word_blank_are_read_and_reported(known: Known, printed: BlankHandouts, word: bytes, tmp_path: Path) -> None:
    empty = typed(given_out(printed, "1a-school", "docx"), "1a.school.q1", lambda one: after(one, "typed behind"))
    half = typed(word, "1a.school.q1", lambda one: after(one, "and more"))
    for content, answer, words in ((empty, "typed behind", "“typed behind”"), (half, "Goals for all and more", "“and more”")):
        found = read(known, tmp_path, content)
        assert found.sessions[0].answers["1a.school.q1"] == answer
        assert [(told.code, told.message) for told in found.problems] == [("beside", f"read, though it is beside its blank: {words}")]


def test_an_x_for_a_box_checks_it(known: Known, printed: BlankHandouts, tmp_path: Path) -> None:
    def x(control: Any) -> None:
        next(control.iter(qn("w:t"))).text = "X"

    content = typed(given_out(printed, "1a-school", "docx"), "1a.school.participation.1=starting", x)
    assert [dict(one.answers) for one in read(known, tmp_path, content).sessions] == [{"1a.school.participation.1": "starting"}]


def test_words_anywhere_else_in_a_word_file_are_reported(known: Known, word: bytes, tmp_path: Path) -> None:
    document = Document(BytesIO(word))
    document.add_paragraph("Sorry, no time for more")
    found = read(known, tmp_path, saved(document))
    assert dict(found.sessions[0].answers) == ANSWERS
    assert [told.message for told in found.problems] == ["not read: “Sorry, no time for more”"]


def test_words_and_comments_outside_the_blanks_of_a_workbook_are_reported(known: Known, book: bytes, tmp_path: Path) -> None:
    opened = load_workbook(BytesIO(book))
    opened.worksheets[0]["G9"] = "see my mail"
    opened.worksheets[0]["A1"].comment = Comment("great sheet", "Ana")
    opened.create_sheet("Mine")["B2"] = 7
    found = read(known, tmp_path, saved(opened))
    assert len(found.sessions[0].answers) == len(RATED)
    assert [told.message for told in found.problems] == [
        "not read: “see my mail” (Touch points, row 9), “7” (Mine, row 2), the comment “great sheet”"
    ]


def test_a_reworded_handout_of_another_edition_is_no_note(known: Known, word: bytes, tmp_path: Path) -> None:
    def reword(text: str) -> str:
        return text.replace("Mark where you are", "Say where you stand").replace("turnaround", "improvement").replace("school", "campus")

    changed = part(word, "word/document.xml", lambda text: re.sub(r">[^<]+<", lambda found: reword(found[0]), text))
    assert answers(read(known, tmp_path, changed)) == ANSWERS


def test_a_link_to_a_file_in_a_drive_is_no_handout(known: Known, tmp_path: Path) -> None:
    content = json.dumps({"url": "https://docs.example/document/d/1", "doc_id": "1"}).encode()
    assert [told.code for told in read(known, tmp_path, content).problems] == ["not-ours"]
