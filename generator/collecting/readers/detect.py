"""The files to collect, told apart by what is in them and never by their names; a file that cannot be read is a problem, never the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from generator.collecting.readers import Notice, UnreadableError, from_excel, from_json, from_pdf, from_word
from generator.collecting.readers.session import Known, Paper, Session, of_paper
from generator.problems import Mark, Problem

MEGABYTE = 1_000_000
MOST_JSON, MOST, MOST_UNPACKED = 2 * MEGABYTE, 20 * MEGABYTE, 30 * MEGABYTE
"""The size in bytes of a saved file, of any other, and of what is packed in an Excel or Word file."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What a file of old office programs begins with, and a new one that is locked with a password."""


def files(paths: Iterable[Path], passed_over: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The files to read, each once: those that are named, and all in the folders that are named, but hidden ones and `passed_over`."""
    found: dict[Path, Path] = {}
    problems = []
    over = {path.resolve() for path in passed_over}
    for path in paths:
        if path.is_dir():
            inside = [file for file in _inside(path) if file.resolve() not in over]
            found |= {file.resolve(): file for file in inside if file.resolve() not in found}
            problems += [] if inside else [problem(path, "empty-folder", "there is no file in the folder", "name the folder that holds the files")]
        elif path.is_file():
            found.setdefault(path.resolve(), path)
        elif path.exists():
            problems.append(problem(path, "no-file", "it is a pipe, a device or a socket, and no file", "save it to a file, and name that"))
        else:
            problems.append(problem(path, "no-file", "there is no such file", "look at its name and its folder"))
    return list(found.values()), problems


def _inside(folder: Path) -> list[Path]:
    """The files of a folder and of those in it; '~$' is what office programs put beside a file that is open."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not any(_is_hidden(part) for part in path.relative_to(folder).parts))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def is_plain(path: Path) -> bool:
    """Whether no library is needed to read a file: it can be nothing but a text, or cannot be opened."""
    try:
        with path.open("rb") as opened:
            head = opened.read(1024)
    except OSError:
        return True
    return not (b"%PDF-" in head or head.startswith((OLD_OFFICE, b"PK")))


@dataclass(frozen=True)
class Found:
    """What a file holds: its sessions, each with answers, and what is to be told of it, which may be why there are none."""

    sessions: tuple[Session, ...]
    problems: tuple[Problem, ...]


def read(path: Path, known: Known) -> Found:
    """What a file holds. Raises MemoryError: there may be none left to go on with."""
    try:
        found = tuple(_sessions(path, known))
    except UnreadableError as error:
        return unread(path, *error.notice)
    except MemoryError:
        raise
    except OSError as error:
        return unread(path, "cannot-open", f"it cannot be opened: {error.strerror or error}", "look at its permissions")
    except Exception as error:
        # A broken or hostile file can make the libraries raise anything, and it must not take the good ones with it.
        return unread(
            path, "damaged", f"it is damaged ({type(error).__name__})", "open it in its own program, save it again, or ask for another copy"
        )
    sessions = tuple(one for one in found if isinstance(one, Session) and one.answers)
    told = [one for one in found if isinstance(one, Notice)]
    if not sessions and told:
        told.insert(0, Notice("empty-form", "its blanks are empty", "see what was written beside them"))
    elif not sessions:
        told.append(Notice("empty-form", "nothing is filled in", "ask for the file as it was saved after it was filled in"))
    return Found(sessions, tuple(problem(path, *one) for one in told))


def unread(path: Path, code: str, message: str, hint: str) -> Found:
    """A file that cannot be read."""
    return Found((), (problem(path, code, message, hint),))


def _sessions(path: Path, known: Known) -> Iterator[Session | Notice]:
    stat = path.stat()
    if stat.st_size > MOST:
        raise _too_large(MOST)
    content = path.read_bytes()
    changed = datetime.fromtimestamp(stat.st_mtime).astimezone()
    kind = _kind(content)
    if kind == "json":
        yield from_json.read(content, known, changed)
        return
    papers: Iterable[tuple[str, Paper]]
    if kind == "xlsx":
        papers = from_excel.read(content)
    else:
        papers = (("", paper) for paper in (from_pdf.read(content, known.beginnings) if kind == "pdf" else [from_word.read(content, known)]))
    for title, paper in papers:
        yield from of_paper(paper, known, content + title.encode(), title or path.stem, changed)
        if paper.not_read:
            yield Notice("not-read", f"not read: {', '.join(paper.not_read)}", "it is in no blank: copy it into one, and save the file again")


def _kind(content: bytes) -> str:
    """What the file is, by its content."""
    if not content.strip():
        raise UnreadableError("empty-file", "there is nothing in it", "ask for another copy")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLD_OFFICE):
        raise UnreadableError("locked", "it is locked with a password, or of an old office program", "save it as .xlsx or .docx without a password")
    if content.startswith(b"PK"):
        return _packed(content)
    if len(content) > MOST_JSON:
        raise _too_large(MOST_JSON)
    return "json"


def _packed(content: bytes) -> str:
    """What a packed file is. None of its parts can be longer than it says, so a bomb is known before it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except BadZipFile as error:
        raise UnreadableError("damaged", "it is damaged: its end is missing", "ask for another copy") from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large(MOST_UNPACKED)
    names = {part.filename for part in parts}
    for name, kind in (("xl/workbook.xml", "xlsx"), ("word/document.xml", "docx")):
        if name in names:
            return kind
    raise UnreadableError("not-ours", "it is a packed file, but neither of Excel nor of Word", "unpack it, and collect what is in it")


def _too_large(most: int) -> UnreadableError:
    return UnreadableError("too-large", f"it is larger than {most // MEGABYTE} MB", "take out pictures and sheets that are not of the form")


def problem(path: Path, code: str, message: str, hint: str) -> Problem:
    """What is wrong with a file."""
    return Problem(Mark(str(path)), code, "", message, hint)
