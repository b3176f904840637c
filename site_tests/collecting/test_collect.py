"""`playbook collect` reads the same from every kind of file: the web form, a filled-in PDF, Excel and Word file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import load_workbook

from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition
from generator.collecting import detect
from generator.collecting.readers.session import Known, Session
from generator.forms import form_fields
from site_tests.support.chromium import Open
from site_tests.support.filled_in_files import collect, dated, fill_pdf, fill_workbook, rows, save
from site_tests.support.office import Convert

WHO = {"1a.school.name": "Ana Ruiz", "1a.school.team": "North", "1a.school.date": "2026-03-04"}
RATED = {"1a.school.participation.1": "doing", "1a.school.participation.2": "not-yet", "1a.school.together.1": "starting"}
WRITTEN = {
    "1a.school.notes": "Two lines:\nthe second “quoted” & <b>",
    "1a.school.q1": "=1+1 is no formula, “ñ” and 学校 are letters",
    "1a.school.q3": "Families asked for evening meetings.",
    "1a.school.next.what": "Call every family",
    "1a.school.next.who": "Ana",
    "1a.school.next.when": "2026-04-01",
}
EVIDENCE = {"1a.school.participation.1-notes": "The list of 14 March", "1a.school.together.1-notes": "First talks"}
LEA = {"rubric.1a1": "low", "rubric.1a2": "high", "rubric.2a1": "moderate"}
LEA_WRITTEN = {"rubric.name": "Bo", "rubric.team": "District", "rubric.date": "2026-03-05", "rubric.1a1-evidence": "No plan yet\nand no date"}
SAYS = {
    "doing": "doing",
    "starting": "starting",
    "not-yet": "not yet",
    "low": "Consistently low",
    "moderate": "Moderate",
    "high": "Consistently high",
}


@pytest.fixture(scope="module")
def known(edition: Edition) -> Known:
    return Known(form_fields.forms(edition.catalog, edition.routes))


def web(visit: Open, where: str, answers: dict[str, str], to: Path) -> Path:
    """The form of the site filled in and saved to a file, as people do."""
    page = visit(where)
    for name, answer in answers.items():
        blank = page.locator(f"[name='{name}']")
        if blank.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"[name='{name}'][value='{answer}']").check()
        else:
            blank.fill(answer)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    to.write_bytes(Path(download.value.path()).read_bytes())
    return to


def pdf(site: Path, handout: str, answers: dict[str, str], to: Path) -> Path:
    return fill_pdf(site / HANDOUTS / f"{handout}.pdf", to, {name: f"/{text}" if text in SAYS else text for name, text in answers.items()})


def workbook(site: Path, handout: str, answers: dict[str, str], to: Path) -> Path:
    return fill_workbook(site / HANDOUTS / f"{handout}.xlsx", to, {name: SAYS.get(text, text) for name, text in answers.items()})


def opened(path: Path, known: Known) -> tuple[Session, ...]:
    found = detect.read(path, known)
    assert found.sessions, found.problems
    return found.sessions


def told(folder: Path, *files: Path) -> list[dict[str, str]]:
    """The answers that the command writes of some files, with names."""
    result = collect(*files, "--out", folder, "--names", "--minimum", 1)
    assert result.exit_code == 0, result.output
    return rows(folder / "answers.csv")


# ---- Equal, whatever it came in ----


def test_a_pdf_filled_by_field_name_gives_the_same_as_the_web_form(visit: Open, site: Path, known: Known, tmp_path: Path) -> None:
    answers = {**WHO, **RATED, **WRITTEN}
    on_screen = web(visit, "reflect/1a/school/", answers, tmp_path / "web.json")
    on_paper = pdf(site, "1a-school", answers, tmp_path / "paper.pdf")
    (one,), (other,) = opened(on_screen, known), opened(on_paper, known)
    assert one.answers == other.answers == {**RATED, **WRITTEN}
    assert (one.form, one.name, one.team, one.day) == (other.form, other.name, other.team, other.day)
    assert told(tmp_path / "one", on_screen) == told(tmp_path / "other", on_paper)
    assert {row["id"]: row["answer"] for row in told(tmp_path / "one", on_screen)}["1a.school.participation.2"] == "not yet"


def test_the_self_reflection_as_pdf_and_workbook_gives_the_same_as_the_web_form(visit: Open, site: Path, known: Known, tmp_path: Path) -> None:
    strengths = next(name for name in known.blanks if name.endswith("-strengths"))
    answers = {**LEA_WRITTEN, **LEA, strengths: "Trust"}
    files = (
        web(visit, "self-reflection/lea/", answers, tmp_path / "web.json"),
        pdf(site, "lea-self-reflection", answers, tmp_path / "paper.pdf"),
        workbook(site, "lea-self-reflection", answers, tmp_path / "book.xlsx"),
    )
    first, *others = [told(tmp_path / path.stem, path) for path in files]
    assert {row["id"]: row["answer"] for row in first}["rubric.1a2"] == "Consistently high"
    assert {row["name"] for row in first} == {"Bo"}
    assert others == [first, first]


@pytest.fixture(scope="module")
def resaved(site: Path, office: Convert, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled-in workbook that LibreOffice opened and saved again."""
    folder = tmp_path_factory.mktemp("resaved")
    path = workbook(site, "1a-school-touch-points", {**WHO, **RATED, **EVIDENCE}, folder / "book.xlsx")
    office([path], "xlsx", folder / "out")
    return folder / "out" / "book.xlsx"


def test_a_workbook_also_one_saved_by_libreoffice_gives_the_same_as_the_web_form(
    visit: Open, site: Path, known: Known, resaved: Path, tmp_path: Path
) -> None:
    answers = {**WHO, **RATED, **EVIDENCE}
    on_screen = web(visit, "reflect/1a/school/", answers, tmp_path / "web.json")
    filled = workbook(site, "1a-school-touch-points", answers, tmp_path / "book.xlsx")
    first = told(tmp_path / "one", on_screen)
    assert {row["id"]: row["answer"] for row in first} == {name: SAYS.get(text, text) for name, text in {**RATED, **EVIDENCE}.items()}
    assert told(tmp_path / "two", filled) == told(tmp_path / "three", resaved) == first


def test_a_word_file_gives_the_same_as_the_pdf(site: Path, known: Known, tmp_path: Path) -> None:
    answers = {**WHO, **RATED, **WRITTEN}
    path = fill_word(site / HANDOUTS / "1a-school.docx", tmp_path / "a.docx", answers)
    (one,), (other,) = opened(path, known), opened(pdf(site, "1a-school", answers, tmp_path / "a.pdf"), known)
    assert one.answers == other.answers
    assert (one.name, one.team, one.day) == (other.name, other.team, other.day)


def fill_word(blank: Path, to: Path, answers: dict[str, str]) -> Path:
    """A Word file filled in as Word does it: what was a place holder is a text, a checked box says so."""
    document = Document(str(blank))
    for control in document.element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        name, _, value = properties.find(qn("w:tag")).get(qn("w:val")).partition("=")
        checked = next((part for part in properties.iter() if part.tag.endswith("}checked")), None)
        if checked is not None and answers.get(name) == value:
            checked.set(checked.tag.replace("checked", "val"), "1")
        elif checked is None and name in answers:
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            text = next(control.iter(qn("w:t")))
            first, *more = answers[name].split("\n")
            text.text = first
            for line in more:
                text.getparent().append(OxmlElement("w:br"))
                text.getparent().append(OxmlElement("w:t"))
                text.getparent()[-1].text = line
    document.save(str(to))
    return to


def test_two_levels_checked_in_a_word_file_are_shown_and_not_counted(site: Path, tmp_path: Path) -> None:
    path = fill_word(site / HANDOUTS / "1a-school.docx", tmp_path / "a.docx", RATED)
    document = Document(str(path))
    for part in document.element.body.iter():
        if part.tag.endswith("}checked"):
            part.set(part.tag.replace("checked", "val"), "1")
    document.save(str(path))
    assert collect(path, "--out", tmp_path / "out", "--minimum", 1).exit_code == 0
    assert {row["people"] for row in rows(tmp_path / "out" / "ratings.csv")} == {""}
    assert {row["answer"] for row in rows(tmp_path / "out" / "answers.csv")} == {"doing, starting, not yet"}


# ---- Packets, other handouts, other editions ----


def test_a_packet_gives_a_session_for_each_form_that_has_answers(site: Path, known: Known, tmp_path: Path) -> None:
    answers = {**WHO, **RATED, "1b.school.q1": "elsewhere", "2a.school.name": "Nobody answers here"}
    found = opened(pdf(site, "packet-school", answers, tmp_path / "packet.pdf"), known)
    assert {session.form: dict(session.answers) for session in found} == {"1a.school": RATED, "1b.school": {"1b.school.q1": "elsewhere"}}
    assert {(session.name, session.team, str(session.day)) for session in found} == {("Ana Ruiz", "North", "2026-03-04")}


def test_the_planning_template_says_its_checks_and_choices(site: Path, known: Known, tmp_path: Path) -> None:
    boxes = [blank.name for blank in known.forms["planning-template"].blanks if blank.choices and blank.choices[0][0] == "on"]
    choice = next(blank for blank in known.forms["planning-template"].blanks if len(blank.choices) > 1)
    text = "planning-template.glance.school"
    value, title = choice.choices[0]
    (on_paper,) = opened(
        fill_pdf(site / HANDOUTS / "planning-template.pdf", tmp_path / "a.pdf", {boxes[0]: "/Yes", choice.name: f"/{value}", text: "Hope High"}),
        known,
    )
    book = fill_workbook(
        site / HANDOUTS / "planning-template.xlsx", tmp_path / "a.xlsx", {boxes[0]: "yes", boxes[1]: "no", choice.name: title, text: "Hope High"}
    )
    (in_excel,) = opened(book, known)
    assert on_paper.answers == in_excel.answers == {boxes[0]: "on", choice.name: value, text: "Hope High"}
    collect(book, "--out", tmp_path / "out", "--minimum", 1)
    assert {row["id"]: row["answer"] for row in rows(tmp_path / "out" / "answers.csv")} == {
        boxes[0]: "checked",
        choice.name: title,
        text: "Hope High",
    }


def test_a_handout_that_is_no_form_is_kept_with_its_labels(site: Path, tmp_path: Path) -> None:
    answers = {"coaching.set-the-direction.name": "Cy", "coaching.set-the-direction.1": "A school that families choose."}
    path = fill_pdf(site / HANDOUTS / "coaching-set-the-direction.pdf", tmp_path / "a.pdf", answers)
    (row,) = told(tmp_path / "out", path)
    assert (row["form"], row["id"], row["name"]) == ("Other handouts", "coaching.set-the-direction.1", "Cy")
    assert row["question"].startswith("What vision is there")


def test_answers_of_another_edition_are_kept_with_their_wording(tmp_path: Path) -> None:
    gone = {"1a.school.q9": "still true", "1a.school.q1": "yes"}
    save(tmp_path / "in", "a", answers=gone, wording={"1a.school.q9": "What was asked before?", "1a.school.q1": "An old wording?"})
    save(tmp_path / "in", "b", form="9z.school", title="A form that is gone", answers={"9z.school.q1": "kept"}, wording={})
    found = {row["id"]: row for row in told(tmp_path / "out", tmp_path / "in")}
    assert found["1a.school.q9"]["question"] == "What was asked before?"
    assert found["9z.school.q1"]["form"] == "A form that is gone"
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert 'In another edition it read: “<span dir="auto">An old wording?</span>”' in page


# ---- Workbooks that people changed ----


def changed_book(site: Path, to: Path, how: Any) -> Path:
    book = load_workbook(workbook(site, "1a-school-touch-points", {**WHO, **RATED}, to))
    how(book)
    book.save(to)
    return to


def test_a_renamed_sheet_more_sheets_and_a_lost_row_do_no_harm(site: Path, known: Known, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.create_sheet("Mine", 0)["A1"] = "notes"
        book.defined_names["id.1a.school.together.1"].attr_text = "#REF!"
        book.defined_names["id.1a.school.q9"] = type(book.defined_names["id.1a.school.name"])("id.1a.school.q9", attr_text="'Mine'!$A$1")

    (found,) = opened(changed_book(site, tmp_path / "a.xlsx", change), known)
    assert found.answers == {name: text for name, text in RATED.items() if name != "1a.school.together.1"} | {"1a.school.q9": "notes"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Not yet", "not-yet"), (" DOING ", "doing"), ("done", "done"), (7, "7"), (0.5, "0.5"), (True, "yes"), (date(2026, 3, 4), "2026-03-04")],
    ids=str,
)
def test_what_people_type_into_a_cell_is_read_as_they_see_it(site: Path, known: Known, tmp_path: Path, typed: Any, read: str) -> None:
    path = fill_workbook(site / HANDOUTS / "1a-school-touch-points.xlsx", tmp_path / "a.xlsx", {"1a.school.participation.1": typed})
    assert opened(path, known)[0].answers == {"1a.school.participation.1": read}


def test_a_sheet_copied_for_a_second_person_is_a_second_session(site: Path, known: Known, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        copy = book.copy_worksheet(book.worksheets[0])
        copy.title = "Second"
        for name, defined in book.defined_names.items():
            copy.defined_names[name] = type(defined)(name, attr_text=defined.attr_text.replace("'Touch points'", "'Second'"))
        copy["B3"] = "Bo"

    found = opened(changed_book(site, tmp_path / "a.xlsx", change), known)
    assert [session.name for session in found] == ["Ana Ruiz", "Bo"]
    assert len({session.id for session in found}) == 2


# ---- Days ----


@pytest.mark.parametrize(
    ("written", "day"),
    [("3/4/2026", "2026-03-04"), ("March 4, 2026", "2026-03-04"), ("4 Mar 2026", "2026-03-04"), ("soon", "2026-02-01"), ("", "2026-02-01")],
)
def test_the_day_of_a_pdf_is_what_its_date_says_or_when_it_was_changed(site: Path, known: Known, tmp_path: Path, written: str, day: str) -> None:
    path = dated(pdf(site, "1a-school", {**RATED, "1a.school.date": written}, tmp_path / "a.pdf"), "2026-02-01")
    assert str(opened(path, known)[0].day) == day


def test_a_date_that_is_no_day_is_told(site: Path, tmp_path: Path) -> None:
    path = pdf(site, "1a-school", {**RATED, "1a.school.date": "next week"}, tmp_path / "a.pdf")
    assert "where a date is no day, the file's own day counts: 'next week'" in collect(path, "--out", tmp_path / "out").output


def test_a_pdf_without_a_name_is_called_as_its_file(site: Path, known: Known, tmp_path: Path) -> None:
    assert opened(pdf(site, "1a-school", RATED, tmp_path / "From Ana.pdf"), known)[0].name == "From Ana"


def test_a_copy_of_a_pdf_counts_once(site: Path, tmp_path: Path) -> None:
    first = pdf(site, "1a-school", RATED, tmp_path / "a.pdf")
    (tmp_path / "a (1).pdf").write_bytes(first.read_bytes())
    result = collect(first, tmp_path / "a (1).pdf", "--out", tmp_path / "out", "--minimum", 1)
    assert "1 session is not counted: older saves or copies of others" in result.output
    assert {row["people"] for row in rows(tmp_path / "out" / "ratings.csv")} == {"1"}
