"""PDFs that were joined by a program are read as several people or refused, and what lies on a page beside the blanks is reported."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.checks.checked_edition import Edition
from generator.collecting import detect
from generator.collecting.detect import Found
from generator.collecting.readers.session import Known
from generator.forms import form_fields
from site_tests.support.handmade_files import sheet

ANSWER = "1a.school.q1"
PEOPLE = {name: {"1a.school.name": name, "1a.school.team": "North", "1a.school.date": "", ANSWER: f"{name} says"} for name in ("Ana", "Bo", "Cy")}
SHEETS = [sheet(answers) for answers in PEOPLE.values()]


@pytest.fixture(scope="module")
def known(edition: Edition) -> Known:
    return Known(form_fields.forms(edition.catalog, edition.routes))


def read(known: Known, folder: Path, content: bytes) -> Found:
    (folder / "joined.pdf").write_bytes(content)
    return detect.read(folder / "joined.pdf", known)


def written(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    with warnings.catch_warnings():
        # What pikepdf says of fields that are in no list is what these files are for.
        warnings.simplefilter("ignore")
        pdf.save(out)
    return out.getvalue()


def pages(sheets: list[bytes]) -> pikepdf.Pdf:
    """The pages of several files behind each other, without a list of their fields."""
    joined = pikepdf.new()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for content in sheets:
            joined.pages.extend(pikepdf.open(BytesIO(content)).pages)
    return joined


def roots(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The outermost field on each page."""
    found = []
    for page in pdf.pages:
        field = page.Annots[0]
        while "/Parent" in field:
            field = field.Parent
        found.append(field)
    return found


def by_pypdf(sheets: list[bytes]) -> bytes:
    writer, out = pypdf.PdfWriter(), BytesIO()
    for content in sheets:
        writer.append(BytesIO(content))
    writer.write(out)
    return out.getvalue()


def like_pdftk(sheets: list[bytes]) -> bytes:
    """From the second file on, all fields are inside one that is called 1, 2, ..."""
    joined = pages(sheets)
    first, *others = roots(joined)
    fields = Array([first])
    for number, field in enumerate(others, 1):
        field.Parent = joined.make_indirect(Dictionary(T=String(str(number)), Kids=Array([field])))
        fields.append(field.Parent)
    joined.Root.AcroForm = Dictionary(Fields=fields)
    return written(joined)


def by_qpdf(sheets: list[bytes]) -> bytes:
    """From the second file on, the outermost field is called 1a+1, 1a+2, ..."""
    joined = pikepdf.new()
    for content in sheets:
        joined.add_pages_from(pikepdf.open(BytesIO(content)))
    return written(joined)


@pytest.mark.parametrize("joined", [by_pypdf, like_pdftk, by_qpdf, lambda sheets: written(pages(sheets))], ids=["pypdf", "pdftk", "qpdf", "pages"])
def test_joined_pdfs_are_read_as_several_people(known: Known, tmp_path: Path, joined: Callable[[list[bytes]], bytes]) -> None:
    found = read(known, tmp_path, joined(SHEETS))
    assert {session.name: dict(session.answers) for session in found.sessions} == {name: {ANSWER: f"{name} says"} for name in PEOPLE}
    assert {session.form for session in found.sessions} == {"1a.school"}
    assert (len({session.id for session in found.sessions}), found.problems) == (3, ())


def test_who_signs_no_sheet_of_a_joined_file_is_not_called_as_the_one_before(known: Known, tmp_path: Path) -> None:
    unsigned = sheet({"1b.school.name": "", "1b.school.q1": "Nobody says"})
    ana, nobody = read(known, tmp_path, by_pypdf([SHEETS[0], unsigned])).sessions
    assert (ana.form, ana.signed, ana.team) == ("1a.school", "Ana", "North")
    assert (nobody.form, nobody.signed, nobody.team, nobody.name) == ("1b.school", "", "", "joined")


def test_sheets_that_have_only_some_blanks_of_others_are_not_mixed(known: Known, tmp_path: Path) -> None:
    short = sheet({"1a.school.name": "Bo", "1a.school.q2": "Bo says"})
    found = read(known, tmp_path, by_pypdf([SHEETS[0], short, SHEETS[2]]))
    assert [(one.name, dict(one.answers)) for one in found.sessions] == [
        ("Ana", {ANSWER: "Ana says"}),
        ("Bo", {"1a.school.q2": "Bo says"}),
        ("Cy", {ANSWER: "Cy says"}),
    ]


def test_answers_of_a_page_that_was_taken_out_are_still_of_their_person(known: Known, tmp_path: Path) -> None:
    pdf = pikepdf.open(BytesIO(sheet(PEOPLE["Ana"] | {"1a.school.q2": "on a page that is gone"})))
    del pdf.pages[0].Annots[-1]
    (found,) = read(known, tmp_path, written(pdf)).sessions
    assert dict(found.answers) == {ANSWER: "Ana says", "1a.school.q2": "on a page that is gone"}


# ---- Refused, with the reason ----


def like_pdfunite() -> bytes:
    """As old programs do it too: fields are torn from those around them, and so have lost their names."""
    joined = pages(SHEETS)
    for page in joined.pages:
        for mark in page.Annots:
            del mark.Parent
    joined.Root.AcroForm = Dictionary(Fields=Array([None, None, None]))
    return written(joined)


def with_one_value() -> bytes:
    """Fields of one name became one field, which stands on all pages."""
    joined = pages(SHEETS)
    field = joined.make_indirect(Dictionary(FT=Name.Tx, T=String("q1"), V=String("Ana says")))
    field.Parent = joined.pages[0].Annots[0].Parent
    for page in joined.pages:
        page.Annots = Array([joined.make_indirect(Dictionary(Subtype=Name.Widget, Parent=field))])
    return written(joined)


def in_one_tree() -> bytes:
    """The outermost field is one for all."""
    joined = pages(SHEETS)
    first, *others = roots(joined)
    for field in others:
        for kid in field.Kids:
            kid.Parent = first
            first.Kids.append(kid)
    joined.Root.AcroForm = Dictionary(Fields=Array([first]))
    return written(joined)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (like_pdfunite, "its blanks lost their names when a program joined or split files"),
        (with_one_value, "several filled-in forms were joined, and their blanks got one value for all"),
        (in_one_tree, "it holds several filled-in forms, and their blanks cannot be told apart"),
    ],
    ids=["pdfunite", "one value", "one tree"],
)
def test_a_joined_pdf_that_mixes_people_is_refused(known: Known, tmp_path: Path, content: Callable[[], bytes], why: str) -> None:
    found = read(known, tmp_path, content())
    assert found.sessions == ()
    assert [(told.code, told.message, told.hint) for told in found.problems] == [
        ("joined", why, "collect the single files instead of the joined one")
    ]


# ---- Beside the blanks ----


def mark(kind: str, **words: str) -> Dictionary:
    """Something that lies on a page; a new one for each file."""
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]))
    for key, text in words.items():
        made[f"/{key}"] = String(text)
    return made


def notes() -> list[Dictionary]:
    """A note, one in rich text, and something drawn by hand."""
    plain = mark("FreeText", Contents="Families want\revening meetings")
    return [plain, mark("FreeText", RC="<body><p>in color</p></body>"), mark("Ink")]


WORDS = "not read: “Families want evening meetings” (page 1), “in color” (page 1), a mark on page 1 (Ink)"


def test_notes_on_a_page_are_reported_with_their_words(known: Known, tmp_path: Path) -> None:
    found = read(known, tmp_path, sheet(PEOPLE["Ana"], *notes(), mark("Link")))
    assert [dict(session.answers) for session in found.sessions] == [{ANSWER: "Ana says"}]
    assert [told.message for told in found.problems] == [WORDS]


def test_a_pdf_with_notes_and_empty_blanks_is_not_called_empty(known: Known, tmp_path: Path) -> None:
    found = read(known, tmp_path, sheet({ANSWER: ""}, *notes()))
    assert [told.message for told in found.problems] == ["its blanks are empty", WORDS]


def test_a_pdf_without_fields_tells_what_was_written_on_it(known: Known, tmp_path: Path) -> None:
    found = read(known, tmp_path, sheet({}, notes()[0]))
    assert [told.message for told in found.problems] == ["it has no fields; not read: “Families want evening meetings” (page 1)"]
