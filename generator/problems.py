"""What can be wrong with the data, where, and what to do about it; a problem is a value, never an exception."""

from __future__ import annotations

import difflib
import errno
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["error", "warning", "notice"]
"""How much it matters; only an error stops a build."""


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file: the path from the project's root, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands, a code that never changes, the path in the record, what is wrong, what to do."""

    mark: Mark
    code: str
    path: str
    message: str
    hint: str


def as_text(problem: Problem, level: Level = "error") -> str:
    """One line that a tool can parse and one hint that a person can act on."""
    mark = problem.mark
    where = f"{mark.file}:{mark.line}:{mark.column}"
    path = f"{problem.path}: " if problem.path else ""
    return f"{where}: {level}[{problem.code}] {path}{problem.message}\n    hint: {problem.hint}"


def in_words(problem: Problem) -> str:
    """What is wrong with a whole file, without a line; a file's name may come from anywhere and must not steer the terminal."""
    name = "".join(sign if sign.isprintable() else "�" for sign in problem.mark.file)
    return f"{name}: {problem.message}\n    hint: {problem.hint}"


def as_github(problem: Problem, level: Level = "error") -> str:
    """An annotation for GitHub Actions."""
    mark = problem.mark
    path = f"{problem.path}: " if problem.path else ""
    text = _github_text(f"{path}{problem.message}. {problem.hint}")
    file = _github_text(mark.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file},line={mark.line},col={mark.column},title={problem.code}::{text}"


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def report(problems: Sequence[Problem], form: str) -> str:
    """All problems, sorted by place, as 'text', 'github' or 'json'."""
    ordered = sorted(problems)
    if form == "json":
        return json.dumps([asdict(problem) for problem in ordered], indent=2)
    if form == "github":
        return "\n".join(map(as_github, ordered))
    count = f"{len(ordered)} problem{'s' if len(ordered) != 1 else ''}"
    return "\n".join([*map(as_text, ordered), count])


_ROOM = "make room on the disk, then try again"
_RIGHTS = "let this user write there, then try again"
_REFUSALS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _RIGHTS),
    errno.ENOENT: "bring it back, from git where it belongs to the project, then try again",
}


def refusal(error: OSError) -> str:
    """What the system refuses, in a sentence, and what to do about it."""
    what = f" {error.filename}" if error.filename else ""
    hint = _REFUSALS.get(error.errno or 0, "look at what lies there, then try again")
    return f"cannot read or write{what}: {error.strerror or error}\nhint: {hint}"


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The nearest known word, or the list when it is short; `otherwise` is said where nothing is near among many."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if len(words) <= 8:
        return "use one of " + ", ".join(f"'{w}'" for w in words)
    return otherwise or f"there are {len(words)} to choose from, from '{words[0]}' to '{words[-1]}'"
