"""Files that `playbook collect` cannot read are told by name and reason; they never stop it, and nothing of others is overwritten."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import resource
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from pikepdf import Array, Dictionary, Name, String

from generator.checks.checked_edition import Edition
from generator.collecting import collection, isolated
from generator.collecting.isolated import Reader
from generator.collecting.readers.session import Known
from generator.forms import form_fields
from generator.forms.saved_answers import LONGEST
from site_tests.support.filled_in_files import collect, rows, save, session
from site_tests.support.handmade_files import packed, pdf, text_field, word, workbook

FIRST = "1a.school.participation.1"


def labelled(name: str, label: str) -> Any:
    return Dictionary(FT=Name.Tx, T=String(name), TU=String(label), V=String("x"))


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


def shared(value: Callable[[pikepdf.Pdf], Any]) -> bytes:
    """A PDF whose 300 fields have one and the same value."""
    made = pikepdf.new()
    made.add_blank_page()
    one = made.make_indirect(value(made))
    fields = [made.make_indirect(Dictionary(FT=Name.Tx, T=String(f"1a.school.q{number}"), V=one)) for number in range(300)]
    made.Root.AcroForm = Dictionary(Fields=Array(fields))
    out = BytesIO()
    made.save(out, recompress_flate=True)
    return out.getvalue()


def nested(depth: int) -> bytes:
    """A PDF whose fields are in each other; the name of each is as long as a name may be."""
    made = pikepdf.new()
    made.add_blank_page()
    word = made.make_indirect(String("x" * 5_000_000))
    field = made.make_indirect(Dictionary(FT=Name.Tx, T=word, V=String("x")))
    for _ in range(depth):
        field = made.make_indirect(Dictionary(T=word, Kids=Array([field])))
    made.Root.AcroForm = Dictionary(Fields=Array([field]))
    out = BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return out.getvalue()


def names(number: int) -> bytes:
    """A workbook whose one cell has so many names."""
    book = Workbook()
    book.worksheets[0]["A1"] = "doing"
    for at in range(number):
        book.defined_names[f"id.1a.school.q{at}"] = DefinedName(f"id.1a.school.q{at}", attr_text="'Sheet'!$A$1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(number: int) -> bytes:
    """A workbook of a few kilobytes with so many cells."""
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(1, number))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>' % rows
    return packed({"xl/worksheets/sheet1.xml": sheet}, workbook())


def swollen_book() -> bytes:
    """A workbook with one text of 25 million letters."""
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>' % (b"x" * 25_000_000)
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>' % cell
    return packed({"xl/worksheets/sheet1.xml": sheet}, workbook())


def controls(depth: int, parts: int) -> bytes:
    """A Word file whose controls are in each other, with so many parts in the innermost."""
    start = b'<w:sdt><w:sdtPr><w:tag w:val="1a.school.q1"/></w:sdtPr><w:sdtContent>'
    body = start * depth + b"<w:r/>" * parts + b"</w:sdtContent></w:sdt>" * depth
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return packed({"word/document.xml": b'<w:document xmlns:w="%b"><w:body>%b</w:body></w:document>' % (space, body)}, word())


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 12) for n in range(9)) + b"]><a>&j;</a>"

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "there is nothing in it"),
    "no JSON": (lambda: b"{not json", "it is damaged, or no file of this site"),
    "in UTF-16": (lambda: "{}".encode("utf-16"), "it is no file of this site"),
    "deep JSON": (lambda: b"[" * 100_000, "it is damaged (RecursionError)"),
    "a number too long": (lambda: b'{"version": ' + b"9" * 5000 + b"}", "it is damaged, or no file of this site"),
    "other JSON": (lambda: b"[1, 2]", "it is no file of this site"),
    "a newer version": (lambda: json.dumps(session(version=2)).encode(), "it was saved by a newer site (version 2 of the format; this one knows 1)"),
    "version is a text": (lambda: json.dumps(session(version="1")).encode(), "its 'version' is missing, too long or not what it should be"),
    "name is a number": (lambda: json.dumps(session(name=7)).encode(), "its 'name' is missing, too long or not what it should be"),
    "answers are a list": (lambda: json.dumps(session(answers=[])).encode(), "its 'answers' is missing, too long or not what it should be"),
    "a blank that is none": (lambda: json.dumps(session(answers={"<script>": "x"})).encode(), "its 'answers.<script>' is missing"),
    "a long answer": (lambda: json.dumps(session(answers={FIRST: "x" * (LONGEST + 1)})).encode(), f"its 'answers.{FIRST}' is missing, too long"),
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
    "PDF with a long answer": (
        lambda: pdf([text_field("1a.school.q1", "x" * (LONGEST + 1))]),
        "the text of '1a.school.q1' has more than 100,000 letters",
    ),
    "PDF without end": (endless, "it has no fields"),
    "PDF that swells": (swollen, "it is damaged ("),
    "PDF whose fields share a stream": (
        partial(shared, lambda made: made.make_stream(b"x" * 45_000_000)),
        "the text of '1a.school.q0' has more than 100,000",
    ),
    "PDF whose fields share a text": (
        partial(shared, lambda made: String("x" * 15_000_000)),
        "the text of '1a.school.q0' has more than 100,000 letters",
    ),
    "PDF whose names are in each other": (partial(nested, 300), "the name 'xxx"),
    "PDF of 10,001 fields": (lambda: pdf([text_field(f"1a.school.q{at}", "x") for at in range(10_001)]), "it has more than 10,000 blanks"),
    "PDF with a book in it": (
        lambda: pdf([text_field(f"1a.school.q{at}", "x" * 20_000) for at in range(101)]),
        "its texts have more than 2,000,000 letters",
    ),
    "PDF with long labels": (lambda: pdf([labelled("1a.school.q1", "x" * 2_000_001)]), "its texts have more than 2,000,000 letters"),
    "Excel of 10,001 blanks": (partial(names, 10_001), "it has more than 10,000 blanks"),
    "Word of 300,001 parts": (partial(controls, 1, 300_001), "it has more than 300,000 parts"),
    "fields are no list": (lambda: pdf([]).replace(b"/Fields [ ]", b"/Fields 7  "), "it is damaged (TypeError)"),
    "zip": (lambda: packed({"a.txt": b"x"}), "it is a packed file, but neither of Excel nor of Word"),
    "half a zip": (lambda: workbook()[:900], "it is damaged: its end is missing"),
    "zip bomb": (lambda: packed({"xl/worksheets/sheet1.xml": b" " * 40_000_000}, workbook()), "it is larger than 30 MB"),
    "billion laughs in Excel": (lambda: packed({"xl/worksheets/sheet1.xml": LAUGHS}, workbook()), "it is damaged ("),
    "billion laughs in Word": (lambda: packed({"word/document.xml": LAUGHS}, word()), "it is "),
    "Excel without sheets": (lambda: packed({"xl/workbook.xml": b"<a/>"}, workbook()), "it is a packed file, but neither of Excel nor of Word"),
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


@pytest.fixture
def known(edition: Edition) -> Known:
    return Known(form_fields.forms(edition.catalog, edition.routes))


def test_a_file_that_takes_too_long_is_told_and_the_others_are_read(tmp_path: Path, known: Known) -> None:
    told = _read_with(tmp_path, cells(300_000), Reader(known, seconds=1))
    assert told == [("too-slow", "reading it takes more than 1 seconds")] * 2


TOO_LONG = ("too-long", "the text of 'Sheet!A1' has more than 100,000 letters")


def test_a_file_that_takes_too_much_memory_is_told_and_the_others_are_read(tmp_path: Path, known: Known) -> None:
    """On macOS, which holds no process to its memory, by what is measured of the file."""
    (tmp_path / "book").write_bytes(workbook())
    with Reader(known) as reader:
        reader.read(tmp_path / "book")
        (child,) = multiprocessing.active_children()
        memory = _memory(child.pid) + 15_000_000
    told = _read_with(tmp_path, swollen_book(), Reader(known, memory=memory))
    too_large = ("too-large", f"reading it takes more than {memory // 1_000_000} MB of memory")
    assert told == [TOO_LONG if isolated.memory_limit(sys.platform) is None else too_large] * 2


def test_where_nothing_holds_a_process_to_its_memory_what_is_measured_of_a_file_does(tmp_path: Path, known: Known) -> None:
    assert _read_with(tmp_path, swollen_book(), Reader(known, memory=10**12)) == [TOO_LONG] * 2


@pytest.mark.parametrize(("platform", "limit"), [("linux", resource.RLIMIT_AS), ("freebsd14", resource.RLIMIT_AS), ("darwin", None)])
def test_a_process_is_held_to_its_memory_where_the_system_can(platform: str, limit: int | None) -> None:
    assert isolated.memory_limit(platform) == limit


def _memory(process: int | None) -> int:
    """The most bytes that a process had, where the system tells it: Linux counts what it holds a process to."""
    status = Path(f"/proc/{process}/status")
    told = re.search(r"VmPeak:\s+(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    return int(told[1]) * 1024 if told else 0


def _read_with(folder: Path, bad: bytes, reader: Reader) -> list[tuple[str, str]]:
    """What is told of a bad file, each time that it is met between good ones."""
    (folder / "book").write_bytes(workbook())
    (folder / "bad").write_bytes(bad)
    saved = save(folder, "saved", answers={FIRST: "doing"})
    with reader:
        found = [reader.read(path) for path in (folder / "book", folder / "bad", folder / "bad", saved, folder / "book")]
    answers = [dict(session.answers) for one in found for session in one.sessions]
    assert answers == [{FIRST: "doing"}] * 3
    return [(told.code, told.message) for one in found for told in one.problems]


def test_a_file_that_breaks_its_reader_is_told_and_the_others_are_read(tmp_path: Path, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book").write_bytes(workbook())
    with Reader(known) as reader:
        assert reader.read(tmp_path / "book").sessions
        (child,) = multiprocessing.active_children()
        child.kill()
        child.join()
        broken = reader.read(tmp_path / "book")
        assert [told.message for told in broken.problems] == ["it broke the program that read it"]
        assert reader.read(tmp_path / "book").sessions
    assert multiprocessing.active_children() == []


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
    os.mkfifo(tmp_path / "pipe")
    result = collect(tmp_path / "empty", tmp_path / "none.pdf", tmp_path / "pipe", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{tmp_path / 'empty'}: there is no file in the folder" in result.output
    assert f"{tmp_path / 'none.pdf'}: there is no such file" in result.output
    assert f"{tmp_path / 'pipe'}: it is a pipe, a device or a socket, and no file" in result.output


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.json").write_text("x")
    result = collect(tmp_path, "--out", tmp_path / "out")
    assert "\x1b" not in result.output
    assert "a�[2Jb.json: it is damaged" in result.output


# ---- What is written ----


@pytest.mark.parametrize("name", ["ratings.csv", "answers.csv", "results.xlsx", "summary.html"])
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
    assert {found.name for found in (tmp_path / "out").iterdir()} == {"mine.txt", "ratings.csv", "answers.csv", "results.xlsx", "summary.html"}


@pytest.mark.parametrize("place", ["a file", "a file in the way"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    path = save(tmp_path / "in", "a", answers={FIRST: "doing"})
    (tmp_path / "file").write_text("x")
    result = collect(path, "--out", tmp_path / "file" if place == "a file" else tmp_path / "file" / "below")
    assert result.exit_code in (1, 2)
    assert "is a file" in result.output or "cannot write" in result.output
    assert "Traceback" not in result.output


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
