"""Files that `playbook collect` cannot read are told by name and reason; they never stop it, and nothing of others is overwritten."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from docx import Document
from filled_in import collect, rows, save, session
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from pikepdf import Array, Dictionary, Name, String

from generator.collecting import collection

FIRST = "1a.school.participation.1"


def pdf(fields: list[Any], **form: Any) -> bytes:
    """A PDF with these form fields."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field) for field in fields]), **form)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def text_field(name: str, value: str) -> Any:
    return Dictionary(FT=Name.Tx, T=String(name), V=String(value))


def endless() -> bytes:
    """A PDF whose field is its own kid."""
    made = pikepdf.new()
    made.add_blank_page()
    field = made.make_indirect(Dictionary(T=String("1a"), FT=Name.Tx))
    field.Kids = Array([field] * 9)
    made.Root.AcroForm = Dictionary(Fields=Array([field]))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def locked() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def swollen() -> bytes:
    """A PDF of some kilobytes whose field grows to 200 MB when it is unpacked."""
    made = pikepdf.new()
    made.add_blank_page()
    value = made.make_stream(b"x" * 200_000_000)
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(Dictionary(FT=Name.Tx, T=String("1a.school.q1"), V=value))]))
    out = BytesIO()
    made.save(out, recompress_flate=True)
    return out.getvalue()


def workbook(answer: Any = "doing", name: str = f"id.{FIRST}") -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = answer
    book.defined_names[name] = DefinedName(name, attr_text="'Sheet'!$A$1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes], into: bytes = b"") -> bytes:
    """A packed file with these parts, put into another one's place where it has them."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        if into:
            with zipfile.ZipFile(BytesIO(into)) as old:
                for name in old.namelist():
                    new.writestr(name, parts.get(name, old.read(name)))
        for name, content in parts.items():
            if name not in new.namelist():
                new.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("Dear all")
    document.save(out)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 12) for n in range(9)) + b"]><a>&j;</a>"

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "there is nothing in it"),
    "no JSON": (lambda: b"{not json", "it is damaged, or no file of this site"),
    "not in UTF-8": (lambda: "{}".encode("utf-16"), "it is damaged, or no file of this site"),
    "deep JSON": (lambda: b"[" * 100_000, "it is damaged (RecursionError)"),
    "a number too long": (lambda: b'{"version": ' + b"9" * 5000 + b"}", "it is damaged, or no file of this site"),
    "other JSON": (lambda: b"[1, 2]", "it is no file of this site"),
    "a newer version": (lambda: json.dumps(session(version=2)).encode(), "it was saved by a newer site (version 2 of the format; this one knows 1)"),
    "version is a text": (lambda: json.dumps(session(version="1")).encode(), "its 'version' is missing, too long or not what it should be"),
    "name is a number": (lambda: json.dumps(session(name=7)).encode(), "its 'name' is missing, too long or not what it should be"),
    "answers are a list": (lambda: json.dumps(session(answers=[])).encode(), "its 'answers' is missing, too long or not what it should be"),
    "a blank that is none": (lambda: json.dumps(session(answers={"<script>": "x"})).encode(), "its 'answers.<script>' is missing"),
    "a long answer": (lambda: json.dumps(session(answers={FIRST: "x" * 20_001})).encode(), f"its 'answers.{FIRST}' is missing, too long"),
    "half a letter": (lambda: json.dumps(session(answers={FIRST: "\ud800"})).encode(), f"its 'answers.{FIRST}' is missing, too long or not"),
    "large JSON": (lambda: b" " * 2_000_000 + b"{}", "it is larger than 2 MB"),
    "large file": (lambda: b"%PDF-" + b" " * 20_000_000, "it is larger than 20 MB"),
    "nothing filled in": (lambda: json.dumps(session(answers={"1a.school.name": "Ana", FIRST: "  "})).encode(), "nothing is filled in"),
    "text": (lambda: b"Dear all", "it is damaged, or no file of this site"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it is locked with a password, or of an old office program"),
    "broken PDF": (lambda: b"%PDF-1.7\n" + b"\xff" * 500, "it is damaged (PdfError)"),
    "locked PDF": (locked, "it is locked with a password"),
    "PDF without fields": (lambda: pdf([]), "it has no fields"),
    "PDF with XFA": (lambda: pdf([], XFA=String("<xdp/>")), "its form is of a kind (XFA) that only Adobe's programs read"),
    "PDF of others": (lambda: pdf([text_field("topmostSubform[0]", "x")]), "it is no handout of this site"),
    "PDF without answers": (lambda: pdf([text_field("1a.school.q1", "")]), "nothing is filled in"),
    "PDF with a long answer": (lambda: pdf([text_field("1a.school.q1", "x" * 20_001)]), "the text of '1a.school.q1' has more than 20,000 letters"),
    "PDF without end": (endless, "it has no fields"),
    "PDF that swells": (swollen, "it is damaged ("),
    "fields are no list": (lambda: pdf([]).replace(b"/Fields [ ]", b"/Fields 7  "), "it is damaged (TypeError)"),
    "zip": (lambda: packed({"a.txt": b"x"}), "it is a packed file, but neither of Excel nor of Word"),
    "half a zip": (lambda: workbook()[:900], "it is damaged: its end is missing"),
    "zip bomb": (lambda: packed({"xl/worksheets/sheet1.xml": b" " * 40_000_000}, workbook()), "it is larger than 30 MB"),
    "billion laughs in Excel": (lambda: packed({"xl/worksheets/sheet1.xml": LAUGHS}, workbook()), "it is damaged ("),
    "billion laughs in Word": (lambda: packed({"word/document.xml": LAUGHS}, word()), "it is "),
    "Excel without sheets": (lambda: packed({"xl/workbook.xml": b"<a/>"}, workbook()), "it is no handout of this site"),
    "Excel that says nothing of its parts": (lambda: packed({"[Content_Types].xml": b""}, workbook()), "it is damaged ("),
    "Excel of others": (lambda: workbook(name="budget"), "it is no handout of this site"),
    "Excel without answers": (lambda: workbook(answer=None), "nothing is filled in"),
    "Word of others": (word, "it is no handout of this site"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_told_and_the_good_one_is_collected(tmp_path: Path, kind: str) -> None:
    content, why = BAD[kind]
    bad = tmp_path / "bad.json"
    bad.write_bytes(content())
    save(tmp_path / "in", "good", answers={FIRST: "doing"})
    result = collect(bad, tmp_path / "in", "--out", tmp_path / "out", "--minimum", 1)
    assert result.exit_code == 0, result.output
    assert f"{bad}: {why}" in result.output
    assert "    hint: " in result.output
    assert "Traceback" not in result.output
    assert [row["people"] for row in rows(tmp_path / "out" / "ratings.csv")] == ["1"]


def test_when_no_file_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (content, _) in BAD.items():
        (tmp_path / "in" / name).write_bytes(content())
    result = collect(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.output.count("    hint: ") == len(BAD)
    assert "no file could be read; nothing was written" in result.output
    assert not (tmp_path / "out").exists()


def test_a_file_is_known_by_what_is_in_it_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(workbook())
    (tmp_path / "b.json").write_bytes(pdf([text_field(FIRST, "doing")]))
    (tmp_path / "c").write_text(json.dumps(session(answers={FIRST: "doing"})), encoding="utf-8-sig")
    result = collect(*sorted(tmp_path.iterdir()), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert [row["people"] for row in rows(tmp_path / "out" / "ratings.csv")] == ["3"]


# ---- What programs do to PDFs ----


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (Dictionary(FT=Name.Btn, Ff=1 << 15, V=Name("/doing")), "doing"),
        (Dictionary(FT=Name.Btn, Ff=1 << 15, V=String("doing")), "doing"),
        (Dictionary(FT=Name.Btn, Ff=1 << 15, Kids=Array([Dictionary(AS=Name.Off), Dictionary(AS=Name("/starting"))])), "starting"),
        (Dictionary(FT=Name.Btn, Ff=1 << 15, V=Name.Off, Kids=Array([Dictionary(AS=Name.Off)])), None),
        (Dictionary(FT=Name.Btn, V=Name.Yes), "on"),
        (Dictionary(FT=Name.Btn, Ff=1 << 16, V=Name.Yes), None),
        (Dictionary(FT=Name.Tx, V=String("one\rtwo\r\nthree")), "one\ntwo\nthree"),
        (Dictionary(FT=Name.Tx, V=String("bell\x07 and null\x00")), "bell and null"),
        (Dictionary(FT=Name.Tx), None),
        (Dictionary(FT=Name.Ch, V=Array([String("a"), String("b")])), "a, b"),
    ],
    ids=["name", "string", "only drawn", "off", "box", "button", "line breaks", "control signs", "no value", "list"],
)
def test_what_programs_write_into_fields_is_understood(tmp_path: Path, field: Any, answer: str | None) -> None:
    field.T = String("1a.school.q9")
    (tmp_path / "a.pdf").write_bytes(pdf([field, text_field("1a.school.q1", "always")]))
    assert collect(tmp_path / "a.pdf", "--out", tmp_path / "out", "--minimum", 1).exit_code == 0
    found = {row["id"]: row["answer"] for row in rows(tmp_path / "out" / "answers.csv")}
    assert found.get("1a.school.q9") == answer
    assert found["1a.school.q1"] == "always"


def test_a_pdf_that_is_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf([text_field("1a.school.q1", "yes")]))) as opened:
        opened.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="secret", user=""))
    assert collect(tmp_path / "a.pdf", "--out", tmp_path / "out", "--minimum", 1).exit_code == 0
    assert [row["answer"] for row in rows(tmp_path / "out" / "answers.csv")] == ["yes"]


# ---- Folders ----


def test_a_folder_is_read_with_the_folders_in_it_but_not_what_is_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    save(folder, "a", answers={FIRST: "doing"})
    save(folder / "june", "b", answers={FIRST: "doing"})
    save(folder / ".trash", "c", answers={FIRST: "doing"})
    (folder / "~$book.xlsx").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    result = collect(folder, folder / "a.json", "--out", folder, "--minimum", 1)
    assert result.exit_code == 0
    assert "hint" not in result.output
    assert [row["people"] for row in rows(folder / "ratings.csv")] == ["2"]
    again = collect(folder, "--out", folder, "--minimum", 1)
    assert again.output == result.output


def test_a_folder_without_files_and_a_name_that_is_no_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = collect(tmp_path / "empty", tmp_path / "none.pdf", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{tmp_path / 'empty'}: there is no file in the folder" in result.output
    assert f"{tmp_path / 'none.pdf'}: there is no such file" in result.output


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.json").write_text("x")
    result = collect(tmp_path, "--out", tmp_path / "out")
    assert "\x1b" not in result.output
    assert "a�[2Jb.json: it is damaged" in result.output


# ---- What is written ----


@pytest.mark.parametrize("name", ["ratings.csv", "answers.csv", "summary.html"])
def test_a_file_of_others_is_not_overwritten(tmp_path: Path, name: str) -> None:
    save(tmp_path / "in", "a", answers={FIRST: "doing"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine", encoding="utf-8")
    result = collect(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{tmp_path / 'out' / name}: it is there already and was not written by 'playbook collect'" in result.output
    assert [(path.name, path.read_text(encoding="utf-8")) for path in (tmp_path / "out").iterdir()] == [(name, "mine")]


def test_collecting_again_replaces_what_it_wrote_and_leaves_the_rest(tmp_path: Path) -> None:
    path = save(tmp_path / "in", "a", answers={FIRST: "doing"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    for names in ((), ("--names",), ()):
        assert collect(path, "--out", tmp_path / "out", *names).exit_code == 0
    assert {found.name for found in (tmp_path / "out").iterdir()} == {"mine.txt", "ratings.csv", "answers.csv", "summary.html"}


@pytest.mark.parametrize("place", ["a file", "a file in the way"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    path = save(tmp_path / "in", "a", answers={FIRST: "doing"})
    (tmp_path / "file").write_text("x")
    result = collect(path, "--out", tmp_path / "file" if place == "a file" else tmp_path / "file" / "below")
    assert result.exit_code in (1, 2)
    assert "is a file" in result.output or "cannot write" in result.output
    assert "Traceback" not in result.output


def test_all_three_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "in", "a", answers={FIRST: "doing"})
    assert collect(path, "--out", tmp_path / "out").exit_code == 0
    before = {found.name: found.read_bytes() for found in (tmp_path / "out").iterdir()}
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name.endswith(collection.SUMMARY):
            raise OSError(28, os.strerror(28), str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = collect(path, "--out", tmp_path / "out", "--minimum", 1)
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert {found.name: found.read_bytes() for found in (tmp_path / "out").iterdir()} == before
