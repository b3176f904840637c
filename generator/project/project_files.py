"""Reads the files of the project; whatever else has the name of one (a folder, a pipe, fifty megabytes) is a problem, and never waited for."""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from generator.problems import Mark, Problem
from generator.project import text_errors, yaml_reader
from generator.project.yaml_reader import Source

MAX_BYTES = 5_000_000
"""Ten times what the largest file of ours has."""

FOLDERS = ("data", "content", "theme")
"""What a project is made of, beside files."""

_WRITTEN_BY_HAND = ("data/", "content/")
"""Where a text that was saved only in part would be published."""

_KINDS = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (lambda mode: not stat.S_ISREG(mode), "a device"))


def read(root: Path, name: str) -> tuple[bytes, list[Problem]]:
    """The bytes of the file `name` below `root`, or b'' and the problem."""
    path = root / name
    try:
        found = path.stat()
        if kind := next((kind for is_one, kind in _KINDS if is_one(found.st_mode)), None):
            return b"", [
                _problem(name, "unreadable-file", f"{kind} has the name of this file", f"remove it, then bring the file back {_FROM_GIT}{name}")
            ]
        if found.st_size > MAX_BYTES:
            hint = f"no file of this site may have more than {MAX_BYTES:,}: take out what does not belong here"
            return b"", [_problem(name, "file-too-large", f"the file has {found.st_size:,} bytes", hint)]
        return path.read_bytes(), []
    except FileNotFoundError:
        return b"", [missing(name)]
    except OSError as error:
        return b"", [_problem(name, "unreadable-file", f"cannot be read: {error.strerror}", "look at its owner and permissions")]


def text(root: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of the file `name` below `root`, and what is wrong with it as a text; '' where it cannot be read."""
    content, problems = read(root, name)
    if problems:
        return "", problems
    found, problems = text_errors.decoded(name, content)
    # Programs that draw or write styles often leave the last line break out; editors of our texts do not.
    half = text_errors.cut_off(name, found) if name.startswith(_WRITTEN_BY_HAND) else []
    return found, problems or [*text_errors.problems(name, found), *half]


def source(root: Path, name: str, *, tags: bool = False) -> tuple[Source | None, list[Problem]]:
    """The YAML file `name` below `root`: see `yaml_source.read`."""
    content, problems = read(root, name)
    if problems:
        return None, problems
    found, told = _parsed(name, content, tags)
    return found, [*told]


@lru_cache(maxsize=512)
def _parsed(name: str, content: bytes, tags: bool) -> tuple[Source | None, tuple[Problem, ...]]:
    """`playbook serve` reads everything after each change: what has the same bytes is not parsed again."""
    text, undecoded = text_errors.decoded(name, content)
    if wrong := undecoded or text_errors.cut_off(name, text):
        return None, tuple(wrong)
    found, problems = yaml_reader.read(name, content, tags=tags)
    return found, tuple(problems)


def names(folder: Path, *endings: str) -> list[str]:
    """The files below `folder` with these endings, in capitals too, as paths from it; hidden ones are not ours."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.name.lower().endswith(endings))
    return sorted(path.as_posix() for path in found if not is_hidden(path))


def is_hidden(path: Path) -> bool:
    """Whether a path, relative to the project, is that of something that editors and systems leave: '.#1a.yml', '1a.yml~', '~$1a.yml'."""
    return any(part.startswith(".") for part in path.parts) or path.name.startswith("~$") or path.name.endswith("~")


def missing_folders(root: Path) -> list[Problem]:
    """The folders of the project that are not there."""
    hint = "go to the folder of the project, or name it with '--root'; a folder that was removed comes back "
    return [
        _problem(name, "missing-folder", f"there is no folder {name}/ in '{root.name}'", f"{hint}{_FROM_GIT}{name}")
        for name in FOLDERS
        if not (root / name).is_dir()
    ]


def missing(name: str) -> Problem:
    """A file that must be there."""
    return _problem(name, "missing-file", "the file is not there", f"bring it back {_FROM_GIT}{name}")


def stranger(name: str, others: Iterable[str], otherwise: str) -> tuple[Problem, str | None]:
    """A file that nothing reads would be edited in vain: the problem, and which of the missing files (`others`) it most likely is."""
    meant = _meant(name, others)
    if meant is None:
        return _problem(name, "unknown-file", "no part of the site reads this file", otherwise), None
    hint = f"name it {_last(meant)}" if name.rpartition("/")[0] == meant.rpartition("/")[0] else f"move it to {meant}"
    return _problem(name, "misnamed-file", f"no part of the site reads this file, and {meant} is missing", hint), meant


def _meant(name: str, others: Iterable[str]) -> str | None:
    missing = sorted(others)
    alike = [other for other in missing if _stem(other) == _stem(name)]
    near = difflib.get_close_matches(_last(name).lower(), [_last(other) for other in missing], n=1, cutoff=0.8)
    return next(iter(alike), next((other for other in missing if near and _last(other) == near[0]), None))


def _stem(name: str) -> str:
    """'practices/1A (1).yml.txt' to '1a'."""
    return re.split(r"[ .(]", _last(name))[0].lower()


def _last(name: str) -> str:
    return name.rpartition("/")[2]


_FROM_GIT = "from git: git checkout -- "


def _problem(name: str, code: str, message: str, hint: str) -> Problem:
    return Problem(Mark(name), code, "", message, hint)
