"""YAML is read as version 1.2, with the place of every value; nothing that people can type makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Mark
from generator.project import yaml_reader


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("~", None),
        ("12:30", "12:30"),
        ("1a", "1a"),
        ("007", 7),
        ("'7'", "7"),
        ("1.5", 1.5),
        ("2018-02-01", "2018-02-01"),
        ("0x1F", "0x1F"),
        ("'no'", "no"),
    ],
)
def test_words_stay_words(written: str, value: object) -> None:
    source, problems = yaml_reader.read("f.yml", f"key: {written}\n".encode())
    assert not problems
    assert source
    assert source.value == {"key": value}


def test_every_value_has_its_place() -> None:
    source, _ = yaml_reader.read("f.yml", b"a:\n  - b: 1\n    c: >-\n      words\n")
    assert source
    assert source.mark(("a", 0, "b")) == Mark("f.yml", 2, 8)
    assert source.mark(("a", 0, "c")) == Mark("f.yml", 3, 5)
    assert source.mark(("a", 0, "nothing")) == Mark("f.yml", 2, 5)


def test_what_is_taken_out_moves_no_path() -> None:
    source, _ = yaml_reader.read("f.yml", b"a: [x, y, {b: z}]\n")
    assert source
    rest = source.without({("a", 0)})
    assert rest.value == {"a": ["y", {"b": "z"}]}
    assert rest.written(("a", 1, "b")) == ("a", 2, "b")
    assert rest.mark(("a", 1, "b")) == source.mark(("a", 2, "b"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"a: 1\n---\nb: 2\n", "yaml-documents"),
        (b"a: &x 1\nb: *x\n", "yaml-anchor"),
        (b"a: !!python/object:os.system x\n", "yaml-tag"),
        (b"a: " + b"[" * 50 + b"]" * 50, "yaml-depth"),
        (b"a: \x07\n", "invisible-character"),
        (b'a: "\\0"\n', "invisible-character"),
        (b'"\\uffff": 1\n', "yaml-key"),
        ("# \u202e\na: 1\n".encode(), "invisible-character"),
        ("a: the \u2066end\n".encode(), "invisible-character"),
        (b"a: " + b"[a," * 5000 + b"]" * 5000, "yaml-depth"),
        (b"a: " + b'["]", ' * 5000, "yaml-depth"),
        (b"? [a, b]\n: 1\n", "yaml-key"),
        (b"<<: {a: 1}\n", "yaml-key"),
        (b"a: b: c\n", "yaml-syntax"),
        (b"a: 'open\n", "yaml-syntax"),
        (b"\xff\xfe", "not-utf-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_get_a_clear_problem(content: bytes, code: str) -> None:
    _, problems = yaml_reader.read("f.yml", content)
    assert [problem.code for problem in problems][:1] == [code]
    assert all(problem.hint for problem in problems)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    source, problems = yaml_reader.read("f.yml", content)
    assert source is not None or problems


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`\t\n ,?0.~", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    source, problems = yaml_reader.read("f.yml", text.encode())
    assert source is not None or problems
