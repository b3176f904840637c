"""What is most likely a slip in the Markdown of a hand-written page: the engine would publish it without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Mark, Problem

TAGS = frozenset({"a", "abbr", "b", "cite", "code", "div", "em", "i", "kbd", "p", "span", "strong", "sub", "sup"})
"""The HTML that a page may hold; each of these is closed."""

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_HEADING = re.compile(r"^(#{1,6}) ")
_ANCHOR = re.compile(r"\{:[^}]*#([\w-]+)")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>")
_FORBIDDEN = re.compile(r"\s(style|on\w+)\s*=")
_NO_WORDS = re.compile(r"(?<!!)\[\s*\]\(")


def problems(file: str, text: str) -> Iterator[Problem]:
    """Each at its line; code is not looked at."""
    lines = list(_outside_code(text))
    yield from _headings(file, lines)
    yield from _html(file, lines)
    anchors: dict[str, int] = {}
    for number, line in lines:
        for match in _ANCHOR.finditer(line):
            if (first := anchors.setdefault(match[1], number)) != number:
                message = f"'#{match[1]}' is here and in line {first}"
                yield _problem(file, number, match.start(1), "anchor-twice", message, "give one of the two another name")
        for match in _NO_WORDS.finditer(line):
            yield _problem(file, number, match.start(), "empty-link", "the link has no words", "write between '[' and ']' where it leads")
    fences = [number for number, line in enumerate(text.splitlines(), 1) if _FENCE.match(line)]
    if len(fences) % 2:
        yield _problem(file, fences[-1], 0, "open-code", "the code that begins here does not end", "write the same marks in a line after it")


def _outside_code(text: str) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            yield number, re.sub(r"`[^`]*`", lambda code: " " * len(code[0]), line)


def _headings(file: str, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    before = 0
    for number, line in lines:
        if match := _HEADING.match(line):
            level = len(match[1])
            if level == 1 and before:
                yield _problem(file, number, 0, "second-title", "a page has one title, which is its first line", "begin this heading with '## '")
            elif level > before + 1:
                message = f"a heading of level {level} follows one of level {before}"
                yield _problem(file, number, 0, "skipped-heading", message, f"begin it with '{'#' * (before + 1)} '")
            before = level


def _html(file: str, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    opened: list[tuple[str, int, int]] = []
    for number, line in lines:
        for match in _TAG.finditer(line):
            name, at = match["name"].lower(), match.start()
            if match["end"]:
                if opened and opened[-1][0] == name:
                    opened.pop()
                elif name in TAGS:
                    yield _problem(file, number, at, "open-html", f"'</{name}>' closes nothing", "remove it, or open it before")
                continue
            if name not in TAGS:
                hint = f"write it in Markdown; HTML that a page may hold is {', '.join(sorted(TAGS))}"
                yield _problem(file, number, at, "html-in-page", f"a page may not hold '<{name}>'", hint)
            elif found := _FORBIDDEN.search(match["rest"]):
                message = f"'{found[1]}' has no effect: the policy of the pages forbids it"
                yield _problem(file, number, at, "html-in-page", message, "give it a class, and write the style into theme/assets/playbook.css")
            if name in TAGS:
                opened.append((name, number, at))
    for name, number, at in opened:
        yield _problem(file, number, at, "open-html", f"'<{name}>' is not closed", f"write '</{name}>' where it ends")


def _problem(file: str, line: int, column: int, code: str, message: str, hint: str) -> Problem:
    return Problem(Mark(file, line, column + 1), code, "", message, hint)
