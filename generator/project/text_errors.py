"""What no text of the project may hold, whatever its format: bytes that are not UTF-8, characters that nobody sees, conflicts that git left."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from generator.problems import Mark, Problem

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control characters, marks of direction, characters without width, private ones, and every space but the plain one.

Two texts that look the same should be the same; Word and Excel cannot hold some of these, and others turn the text around them.
"""

_LFS = b"version https://git-lfs.github.com/spec/"
_CONFLICT = re.compile(r"^[ \t]*(<{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_PLAIN = bytes([*b"\t\n\r", *range(32, 127)])
_LINES = 10
"""How many more lines with the same character a hint lists."""


def decoded(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """A file's text without a byte order mark; '' with the problem where it is not text."""
    if found := pointer(file, content):
        return "", found
    hint = "save the file as UTF-8 in your editor"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [Problem(Mark(file), "not-utf-8", "", "the file is UTF-16, not UTF-8", hint)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        return "", [Problem(Mark(file, line, column), "not-utf-8", "", f"byte 0x{content[error.start]:02x} is not UTF-8", hint)]


def pointer(file: str, content: bytes) -> list[Problem]:
    """What Git LFS puts in the place of a file that it has not fetched."""
    if not content.startswith(_LFS):
        return []
    hint = "run 'git lfs pull', or commit the file itself"
    return [Problem(Mark(file), "git-lfs", "", "this is a pointer of Git LFS, not the file that it stands for", hint)]


def problems(file: str, text: str) -> list[Problem]:
    """Each conflict, and each invisible character once, at its first place."""
    return [*_conflicts(file, text), *_invisible(file, text)]


def cut_off(file: str, text: str) -> list[Problem]:
    """A text that ends within a line was most likely saved only in part; what then is wrong in it follows from that."""
    if not text or text.endswith("\n"):
        return []
    mark = _mark(file, text, len(text))
    hint = f"if its last line is complete, add a line break at its end; else bring the file back from git: git checkout -- {file}"
    return [Problem(mark, "cut-off-file", "", "the file ends in the middle of a line, as if it had been saved only in part", hint)]


def called(sign: str) -> str:
    """A character that cannot be shown by its name and number: 'ZERO WIDTH SPACE (U+200B)'."""
    otherwise = "a control character" if unicodedata.category(sign) == "Cc" else "a character without a name"
    return f"{unicodedata.name(sign, otherwise)} (U+{ord(sign):04X})"


def instead_of(sign: str) -> str:
    """What to do about an invisible character."""
    return "delete it and press the space bar" if unicodedata.category(sign) == "Zs" else "delete it"


def _conflicts(file: str, text: str) -> list[Problem]:
    if not any(sign * 7 in text for sign in "<=>"):
        return []
    # A line of seven '=' makes a heading of the line above in Markdown.
    found = [match for match in _CONFLICT.finditer(text) if match[1][0] != "=" or ".md" not in file]
    begun = [match for match in found if match[1][0] == "<"] or found[:1]
    hint = "keep one of the two, and remove the lines with <<<<<<<, ======= and >>>>>>>"
    return [Problem(_mark(file, text, match.start(1)), "merge-conflict", "", "git left two versions of these lines here", hint) for match in begun]


def _invisible(file: str, text: str) -> list[Problem]:
    # What is neither a letter nor a sign of ASCII is little, and quickly looked through.
    if not INVISIBLE.search(text.encode().translate(None, _PLAIN).decode()):
        return []
    places: dict[str, list[Mark]] = defaultdict(list)
    for match in INVISIBLE.finditer(text):
        places[match[0]].append(_mark(file, text, match.start()))
    told = []
    for sign, (first, *others) in places.items():
        message = f"the invisible character {called(sign)} is in this line"
        told.append(Problem(first, "invisible-character", "", message, instead_of(sign) + also_in(first, others)))
    return told


def also_in(first: Mark, others: Iterable[Mark]) -> str:
    """What a hint adds where the same mistake is in more lines: '; also in line 7, 12'."""
    lines = [str(line) for line in dict.fromkeys(mark.line for mark in others) if line != first.line]
    return f"; also in line {', '.join(lines[:_LINES])}{' and more' if len(lines) > _LINES else ''}" if lines else ""


def _mark(file: str, text: str, at: int) -> Mark:
    return Mark(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
