"""What people mistype in the files of data/ is told once, at the line of the mistake, with a hint that says what to type."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.checks.checked_edition import check
from generator.project import yaml_reader
from site_tests import ROOT

PRACTICE, GLOSSARY = "data/practices/1a.yml", "data/glossary.yml"
TEXT = """\
        text: >-
          What does success mean to you when it comes to meeting your school’s turnaround goals?
"""
ID, FROM, ALIAS = "      - id: 1a.school.q2\n", "        from: [p05.05]\n", "      - adaptive challenge\n"
QUESTIONS = "    questions:\n"


@dataclass(frozen=True)
class Mistake:
    """Lines put in place of others of a file; the words of the new lines that stand where the mistake is; words of message and hint."""

    new: str
    at: str
    message: str
    hint: str
    old: str = TEXT
    file: str = PRACTICE


def _text(words: str, message: str, hint: str = "in quotes") -> Mistake:
    """A text in the line of its field."""
    return Mistake(f"        text: {words}\n", words.splitlines()[0], message, hint)


MISTAKES = {
    "a colon in a text": _text("What counts: goals or people?", "a second ': '", "the line below '>-'"),
    "a quotation mark that is not closed": _text('"What does success mean?', "is not closed", "close it"),
    "an apostrophe that is not closed": _text("'What does success mean?", "is not closed", "close it"),
    "an apostrophe in single quotes": _text("'What's your goal?'", "goes on after a closing '"),
    "words after a quotation": _text('"Success" means what?', 'goes on after a closing "'),
    "a text with @ first": _text("@home, what works?", "may not begin with '@'"),
    "a text with % first": _text("% of families?", "may not begin with '%'"),
    "a text with a backtick first": _text("`What` is it?", "may not begin with '`'"),
    "a text with * first": _text("*What* is it?", "may not begin with '*'"),
    "a text with & first": _text("& what else?", "may not begin with '&'"),
    "a text with ! first": _text("!What now?", "tag '!What'", "in quotes"),
    "a text with { first": _text("{What} is it?", "goes on after a closing }"),
    "a text with [ first": _text("[What] is it?", "goes on after a closing ]"),
    "a text with an open [ first": _text("[What is it?", "'[' opens here", "needs quotes"),
    "a text with # first": _text("# What is it?", "is a note", "in quotes"),
    "a text with # inside": _text("Are you # 1 in what?", "is a note", "in quotes"),
    "a text with - first": _text("- What is it?", "'- ' comes right after a field"),
    "a text with ? first": _text("? What is it?", "may not begin with '?'"),
    "a text with > first": _text("> What is it?", "come right after '>'", "the line below"),
    "words behind >-": _text(">- What is it?", "come right after '>'", "the line below"),
    "a tab": Mistake("\ttext: What is it?\n", "\ttext", "a tab", "two spaces"),
    "a tab in a text": Mistake("        text: >-\n\t  What is it?\n", "\t  What", "a tab", "two spaces"),
    "a text that is not indented": Mistake("        text: >-\n        What is it?\n", "        What", "no part of a text", "further than 'text:'"),
    "a text at the margin": Mistake("        text: >-\nWhat is it?\n", "What is", "no part of a text", "further than 'text:'"),
    "a second line that is not indented": Mistake("        text: >-\n          What\n     is it?\n", "     is", "by 5 spaces", "as the fields"),
    "a field too far left": Mistake("       text: What is it?\n", "       text", "an item of a list", "indent it as the fields"),
    "a field too far right": Mistake("         text: What is it?\n", "         text", "deeper than the one above", "one column"),
    "no dash before a record": Mistake("        id: 1a.school.q2\n", "id: 1a.school.q2", "appears twice", "'- id:'", ID),
    "no dash and no indentation": Mistake("      id: 1a.school.q2\n", "id: 1a.school.q2", "an item of a list", "begin it with '- '", ID),
    "no space after a dash": Mistake("      -id: 1a.school.q2\n", "-id:", "missing after '-'", "'- '", ID),
    "a dash too far left": Mistake("     - id: 1a.school.q2\n", "- id: 1a.school.q2", "by 5 spaces", "items of its list", ID),
    "a dash too far right": Mistake("       - id: 1a.school.q2\n", "- id: 1a.school.q2", "not indented as the others", "6 spaces, as line", ID),
    "no space after a colon": Mistake("      - id:1a.school.q2\n", "id:1a", "missing after 'id:'", "write a space", ID),
    "no colon after a field": Mistake("        from [p05.05]\n", "from [p05.05]", "no field", "write 'from:'", FROM),
    "no colon before a list": Mistake("    questions\n", "    questions", "no field", "write 'questions:'", QUESTIONS),
    "a bracket that is not closed": Mistake("        from: [p05.05\n", "from: [p05.05", "'[' opens here", "with ']'", FROM),
    "a brace that is not closed": Mistake("        from: {p05.05\n", "from: {p05.05", "'{' opens here", "with '}'", FROM),
    "a bracket too many": Mistake("        from: [p05.05]]\n", "from: [p05.05]]", "one ']' too many", "take it away", FROM),
    "a field that is there twice": Mistake(f"{TEXT}        text: What?\n", "text: What?", "'text' appears twice", "keep one"),
    "a no-break space before a field": Mistake("\u00a0       text: What is it?\n", "\u00a0", "NO-BREAK SPACE (U+00A0)", "space bar"),
    "a no-break space after a colon": Mistake("      - id:\u00a01a.school.q2\n", "\u00a0", "NO-BREAK SPACE (U+00A0)", "space bar", ID),
    "a word at the margin": Mistake(f"{TEXT}hello\n", "hello", "no field", "as the text above"),
    "a conflict left by git": Mistake(f"<<<<<<< HEAD\n{TEXT}=======\n{TEXT}>>>>>>> other\n", "<<<<<<<", "two versions", "keep one of the two"),
    "no dash before an alias": Mistake(
        "      adaptive challenge\n", "adaptive challenge", "no item of a list", "begin it with '- '", ALIAS, GLOSSARY
    ),
    "a quotation that only a later one closes": Mistake(
        '      - "adaptive challenge\n      - "adaptive" side\n', '"adaptive challenge', "is not closed", "close it", ALIAS, GLOSSARY
    ),
}


def _spoiled(mistake: Mistake) -> tuple[str, int]:
    """The file's text with the mistake, and its line."""
    text = (ROOT / mistake.file).read_text(encoding="utf-8")
    assert mistake.old in text
    at = text.index(mistake.old)
    inside = next(number for number, line in enumerate(mistake.new.splitlines()) if mistake.at in line)
    return text.replace(mistake.old, mistake.new, 1), text[:at].count("\n") + inside + 1


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_slip_is_told_once_at_its_line(mistake: Mistake) -> None:
    text, line = _spoiled(mistake)
    _, problems = yaml_reader.read(mistake.file, text.encode())
    (problem,) = problems
    assert problem.mark.line == line, problem
    assert mistake.message in problem.message
    assert mistake.hint in problem.hint


SHAPES = {
    "curly quotes around an id": Mistake("        from: [“p05.05”]\n", "from", "has quotation marks", "without them", FROM),
    "ids without brackets": Mistake("        from: p05.05, p05.06\n", "from", "expected a list", "[one, two]", FROM),
    "a malformed id": Mistake("        from: [p5.05]\n", "from", "right form", "as in 'p04.02'", FROM),
    "a text that is missing": Mistake(ID, "- id", "has no 'text'", "write 'text: >-'", ID + TEXT),
    "a field in capitals": Mistake("        Text: What is it?\n", "Text:", "no field 'Text'", "did you mean 'text'?"),
    "a blank line in a text": Mistake("        text: >-\n          What?\n\n          Why?\n", "text:", "a line break", "without blank lines"),
}


@pytest.mark.parametrize("mistake", SHAPES.values(), ids=SHAPES)
def test_a_slip_in_a_record_is_told_once(project: Path, mistake: Mistake) -> None:
    text, line = _spoiled(mistake)
    (project / mistake.file).write_text(text, encoding="utf-8")
    problems = check(project)
    assert isinstance(problems, list)
    assert [problem.mark.line for problem in problems] == [line], problems
    assert mistake.message in problems[0].message
    assert mistake.hint in problems[0].hint


def test_a_note_two_spaces_behind_a_text_is_no_mistake() -> None:
    source, problems = yaml_reader.read("f.yml", b"# note\na: one two  # note\nb: [c]  # note\nd:  # note\n  - e\nf: g # note\n")
    assert problems == []
    assert source
    assert source.value == {"a": "one two", "b": ["c"], "d": ["e"], "f": "g"}
