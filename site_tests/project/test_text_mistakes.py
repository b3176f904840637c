"""Nothing invisible and no conflict that git left is published: each is named, in every kind of file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.checks.checked_edition import Edition, check
from generator.project import project_files, text_errors, yaml_reader

SIGNS = {
    "\u200b": "ZERO WIDTH SPACE (U+200B)",
    "\u200d": "ZERO WIDTH JOINER (U+200D)",
    "\u00ad": "SOFT HYPHEN (U+00AD)",
    "\u00a0": "NO-BREAK SPACE (U+00A0)",
    "\u202f": "NARROW NO-BREAK SPACE (U+202F)",
    "\u2009": "THIN SPACE (U+2009)",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE (U+202E)",
    "\u200f": "RIGHT-TO-LEFT MARK (U+200F)",
    "\u2028": "LINE SEPARATOR (U+2028)",
    "\ufe0f": "VARIATION SELECTOR-16 (U+FE0F)",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE (U+FEFF)",
    "\x07": "a control character (U+0007)",
    "\uf0b7": "a character without a name (U+F0B7)",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A (U+E0041)",
}


PLACES = ("a{}: b\n", "{}a: b\n", "a: b{}c\n", "a:\n{}  b: c\n", "a: 'b{}c'\n", "a: >-\n  b{}c\n", "# {}\na: b\n")


# A byte order mark at the start of a file is what Windows writes, and no mistake.
@pytest.mark.parametrize(("sign", "text"), [(sign, text) for sign in SIGNS for text in PLACES if (sign, text[0]) != ("\ufeff", "{")])
def test_an_invisible_character_is_named_wherever_it_is(sign: str, text: str) -> None:
    written = text.format(sign)
    _, (problem,) = yaml_reader.read("f.yml", written.encode())
    assert SIGNS[sign] in problem.message
    before = written[: written.index(sign)]
    assert (problem.mark.line, problem.mark.column) == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def test_every_character_of_format_and_every_other_space_is_found() -> None:
    for number in range(0x110000):
        sign = chr(number)
        kind = unicodedata.category(sign)
        arabic = number in range(0x600, 0x606) or number in (0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)
        if kind in ("Cc", "Cf", "Zs", "Zl", "Zp", "Co") and sign not in "\t\n\r " and not arabic and not 0x13430 <= number <= 0x13440:
            assert text_errors.INVISIBLE.fullmatch(sign), hex(number)
        if kind[0] in "LNPS" and number < 0x2800:
            assert not text_errors.INVISIBLE.fullmatch(sign) or number in (0x115F, 0x1160), hex(number)


def test_one_kind_of_character_is_one_problem_with_all_its_lines() -> None:
    (problem,) = text_errors.problems("f.md", "a\u00a0b\nc\n\u00a0\u00a0d\ne\u00a0f\n")
    assert problem.mark.line == 1
    assert problem.hint == "delete it and press the space bar; also in line 3, 4"


def test_a_no_break_space_that_can_be_seen_in_the_file_is_meant() -> None:
    source, problems = yaml_reader.read("f.yml", b'a: "5\\_km"\n')
    assert (source and source.value, problems) == ({"a": "5\u00a0km"}, [])
    _, (problem,) = yaml_reader.read("f.yml", b'a: "5\\u200bkm"\n')
    assert "ZERO WIDTH SPACE (U+200B) is in this text" in problem.message


CONFLICT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"


PUBLISHED = (
    *("content/about.md", "theme/pages/tools.md.jinja", "theme/overrides/main.html", "theme/assets/base/playbook.js", "theme/print/print.css"),
    *("mkdocs.yml", "CITATION.cff", "data/tools.yml", "data/permalinks.txt", "data/schema/tools.schema.json"),
)


@pytest.mark.parametrize("file", PUBLISHED)
def test_a_conflict_and_an_invisible_character_stop_the_check_in_every_file(project: Path, file: str) -> None:
    path = project / file
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}{CONFLICT}\u200b\n", encoding="utf-8")
    found = check(project)
    assert not isinstance(found, Edition)
    line = before.count("\n") + 1
    assert [(p.mark.file, p.mark.line, p.code) for p in sorted(found)] == [(file, line, "merge-conflict"), (file, line + 5, "invisible-character")]


@pytest.mark.parametrize("text", [CONFLICT, CONFLICT.replace("\n", "\r\n"), f"    {CONFLICT}", "words\n>>>>>>> other\n", "words\n<<<<<<<\n"])
def test_what_is_left_of_a_conflict_is_found(text: str) -> None:
    (problem,) = text_errors.problems("f.md", text)
    assert problem.code == "merge-conflict"


def test_a_heading_of_markdown_is_no_conflict() -> None:
    assert text_errors.problems("f.md", "Welcome\n=======\n\n>>> a quote\n") == []
    (problem,) = text_errors.problems("f.yml", "a: >-\n  b\n  =======\n  c\n")
    assert problem.mark.line == 3


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\n")
    assert project_files.text(tmp_path, "a.md") == ("# A\n", [])


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("# A\n".encode("utf-16"))
    _, (problem,) = project_files.text(tmp_path, "a.md")
    assert (problem.code, problem.message) == ("not-utf-8", "the file is UTF-16, not UTF-8")
