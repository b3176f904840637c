"""What was most likely mistyped where a file is not YAML: told at the line of the mistake, which is often above the parser's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from generator.problems import Mark, Problem

_KEY = r"(?:- +)*[\w-]+"
_IN_BLOCK = "put all of the text in quotes, or in the line below '>-', two spaces further in"


@dataclass(frozen=True)
class _Error:
    """The parser's error with the file's lines; numbers count from 0."""

    lines: Sequence[str]
    message: str
    context: str
    line: int
    column: int
    first: int
    """The line in which begins what could not be read to its end."""

    def at(self, number: int) -> str:
        """A line; '' where the file has no such line."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    @property
    def written(self) -> str:
        return self.at(self.line)

    @property
    def above(self) -> int:
        """The line with words above."""
        return next((number for number in range(self.line - 1, -1, -1) if self.at(number).strip()), 0)

    @property
    def sign(self) -> str:
        return self.written[self.column : self.column + 1]


@dataclass(frozen=True)
class _Told:
    line: int
    message: str
    hint: str
    code: str = "yaml-syntax"
    column: int | None = None


def problem(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The problem that a parser's error stands for."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    first = error.context_mark.line if error.context_mark else line
    found = _Error(text.splitlines(), error.problem or "", error.context or "", line, column, first)
    told = next(filter(None, (look(found) for look in _LOOKS)))
    at = told.column if told.column is not None else column if told.line == line else _indent(found.at(told.line))
    return Problem(Mark(file, told.line + 1, at + 1), told.code, "", told.message, told.hint)


def _tab(error: _Error) -> _Told | None:
    if "\t" not in error.written[: error.column + 1] and "\\t" not in error.message:
        return None
    return _Told(error.line, "a tab is where spaces belong", "indent with two spaces", "yaml-tab", max(error.written.find("\t"), 0))


def _open_quote(error: _Error) -> _Told | None:
    """A quoted text that nothing closes, or only the next quotation mark of the file, lines further down."""
    number: int | None = error.first if "quoted scalar" in error.context else None
    before = error.written[: error.column].rstrip()
    if number is None and before.endswith(("'", '"')):
        opening = re.compile(rf" *(?:- +|{_KEY}: +){before[-1]}(?!.*{before[-1]})")
        number = next((above for above in range(error.line - 1, -1, -1) if opening.match(error.at(above))), None)
    if number is None:
        return None
    return _Told(number, "a quotation mark opens here and is not closed", "close it at the end of the text, or take it away")


def _open_bracket(error: _Error) -> _Told | None:
    if not error.context.startswith("while parsing a flow") or error.line == error.first:
        return None
    opened, closed = ("[", "]") if "sequence" in error.context else ("{", "}")
    hint = f"close it with '{closed}'; a text that begins with '{opened}' needs quotes around it"
    line = error.at(error.first)
    return _Told(error.first, f"'{opened}' opens here and is not closed", hint, column=max(line.find(opened), 0))


def _no_colon(error: _Error) -> _Told | None:
    """A line that is neither a field, nor an item of a list, nor part of the text above it."""
    if "expected ':'" not in error.message:
        return None
    line, above = error.at(error.first), error.at(error.first - 1)
    word = next(iter(line.split()), "")
    if re.search(r": +[>|][+-]?$", above):
        hint = f"indent the text two spaces further than '{above.split(':')[0].strip(' -')}:' above it"
    elif re.fullmatch(r" *[\w-]+( +[\[{].*)?", line):
        hint = f"write '{word}:' if it is a field, '- {word}' if it is an item of a list, or indent it as the text above if it belongs there"
    else:
        hint = "begin it with '- ' if it is an item of a list, or indent it as the text above if it belongs there"
    return _Told(error.first, "this line is no field, no item of a list and no part of a text", hint)


def _second_colon(error: _Error) -> _Told | None:
    """': ' in a plain text; or a field that was read as the end of the line above."""
    if "mapping values" not in error.message:
        return None
    before = error.written[: error.column]
    if re.match(rf" *{_KEY}: +\S", before) or not re.fullmatch(rf" *{_KEY}", before):
        return _Told(error.line, "this line has a second ': '", "put a text that has ': ' in it in quotes, or in the line below '>-'")
    above = error.at(error.above)
    if joined := re.match(rf" *({_KEY}):\S", above):
        return _Told(error.above, f"a space is missing after '{joined[1].strip(' -')}:'", "write a space after the ':'")
    if re.match(rf" *{_KEY}: ", above):
        hint = "begin it exactly below the field above: the fields of a record are in one column"
        return _Told(error.line, "this field is indented deeper than the one above it", hint, column=_indent(error.written))
    return _Told(error.above, "this line is no field", "write 'field: value', or remove it")


def _first_sign(error: _Error) -> _Told | None:
    """A text that begins with a sign that has a meaning in YAML."""
    if "scanning an a" in error.context:
        return _Told(error.line, f"a text may not begin with '{'*' if 'alias' in error.context else '&'}'", _IN_BLOCK)
    if "cannot start any token" in error.message or "mapping keys are not allowed" in error.message:
        return _Told(error.line, f"a text may not begin with '{error.sign}'", _IN_BLOCK)
    if "sequence entries are not allowed" in error.message:
        return _Told(error.line, "'- ' comes right after a field", f"begin a list in the next line; if it is a text: {_IN_BLOCK}")
    if "comment or line break" in error.message:
        hint = "begin the text in the line below, two spaces further in; a text that itself begins with '>' or '|' needs quotes"
        return _Told(error.line, "words come right after '>' or '|'", hint)
    return None


def _goes_on(error: _Error) -> _Told | None:
    """Words after a closing quotation mark or bracket."""
    before = error.written[: error.column].rstrip()
    last = before[-1:]
    if "block mapping" not in error.context or last not in ("'", '"', "]", "}"):
        return None
    if error.sign in ("]", "}"):
        return _Told(error.line, f"there is one '{error.sign}' too many", "take it away")
    return _Told(error.line, f"the text goes on after a closing {last}", f"a text in quotes or brackets ends there: {_IN_BLOCK}")


def _list_item(error: _Error) -> _Told | None:
    if "expected '-' indicator" not in error.message:
        return None
    if re.match(r" *-\S", error.written):
        return _Told(error.line, "a space is missing after '-'", "write '- ' before an item of a list")
    column = _indent(error.at(error.first))
    if error.written.strip().startswith("- "):
        hint = f"indent it by {column} spaces, as line {error.first + 1} above, which begins the list"
        return _Told(error.line, "this item is not indented as the others of its list", hint)
    hint = f"begin it with '- ' if it begins a new item; else indent it as the fields above (the list begins in line {error.first + 1})"
    return _Told(error.line, "an item of a list is expected here", hint)


def _indentation(error: _Error) -> _Told | None:
    if "expected key" not in error.message and "block end" not in error.message:
        return None
    spaces = _indent(error.written)
    message = f"this line is indented by {spaces} space{'' if spaces == 1 else 's'}, and fits nothing above it"
    return _Told(error.line, message, "indent it as the fields of its record, the items of its list, or the text that it belongs to")


def _anything(error: _Error) -> _Told:
    hint = "look at this line and the one before: indentation, a missing space after ':', a missing quote"
    return _Told(error.line, error.message.replace('"', "'") or "the file is not YAML", hint)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_LOOKS: tuple[Callable[[_Error], _Told | None], ...] = (
    _tab,
    _open_quote,
    _open_bracket,
    _no_colon,
    _second_colon,
    _first_sign,
    _goes_on,
    _list_item,
    _indentation,
    _anything,
)
"""What is looked for, the surest first."""
