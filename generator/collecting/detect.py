"""The files to collect, told apart by what is in them and never by their names; a file that cannot be read is a problem, never the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from generator.collecting.office import from_excel, from_word
from generator.collecting.readers import Notice, UnreadableError, from_json, from_pdf, package
from generator.collecting.readers.package import Package
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
    return not (b"%PDF-" in head or b"opendocument" in head or head.startswith((OLD_OFFICE, b"PK")))


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
    told += [_wrong_clock(one) for one in sessions[:1] if one.doubtful]
    if not sessions and told:
        told.insert(0, Notice("empty-form", "its blanks are empty", "see what was written beside them"))
    elif not sessions:
        told.append(Notice("empty-form", "nothing is filled in", "ask for the file as it was saved after it was filled in"))
    return Found(sessions, tuple(problem(path, *one) for one in told))


def _wrong_clock(session: Session) -> Notice:
    message = f"it says that it was changed on {session.changed.date()}, so its clock was wrong"
    return Notice("wrong-clock", message, "another save of the same person counts before it; alone, it counts with the day on which it was begun")


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
    for title, paper in _papers(kind, content, known):
        yield from of_paper(paper, known, content + title.encode(), title or path.stem, changed)
        if paper.beside:
            yield Notice("beside", f"read, though it is beside its blank: {', '.join(paper.beside)}", "see whether it is the answer")
        if paper.not_read:
            yield Notice("not-read", f"not read: {', '.join(paper.not_read)}", "it is in no blank: copy it into one, and save the file again")


def _papers(kind: str, content: bytes, known: Known) -> Iterator[tuple[str, Paper]]:
    """What is filled in, sheet by sheet where a workbook has several."""
    if kind == "pdf":
        yield from (("", paper) for paper in from_pdf.read(content, known.beginnings))
        return
    found = _unpacked(content) if kind == "packed" else package.flat(content)
    if found.kind in ("xlsx", "ods"):
        yield from from_excel.read(found, known)
    elif found.kind:
        yield "", from_word.read(found, known)
    elif kind == "packed" and any(name.endswith(".iwa") for name in found.names):
        raise UnreadableError("not-office", "it is of Apple's Pages or Numbers", "export it as Word, Excel or PDF, and collect that")
    else:
        raise UnreadableError("not-ours", "it is a packed file, but neither of Excel nor of Word", "unpack it, and collect what is in it")


OTHER_KINDS = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), "picture", "it is a picture", "type what is on it into the form on the site"),
    ((b"{\\rtf",), "lost-blanks", "it is saved as RTF, which keeps no blanks", "save it as Word (.docx), or fill in the PDF or the form on the site"),
)
"""Files whose kind is known by how they begin, and cannot be read."""

OLD_KINDS = (
    ("EncryptedPackage", "locked", "it is locked with a password", "save it without a password"),
    ("WordDocument", "old-office", "it is of an old Word (.doc), which keeps no blanks", "save it as Word (.docx), and collect that"),
    ("Workbook", "old-office", "it is of an old Excel (.xls)", "open it, save it as Excel (.xlsx), and collect that"),
    ("Book", "old-office", "it is of an old Excel (.xls)", "open it, save it as Excel (.xlsx), and collect that"),
)
"""What is in a file of old office programs, by the names of its parts."""


def _kind(content: bytes) -> Literal["json", "pdf", "packed", "flat"]:
    """What the file is, by its content."""
    if not content.strip():
        raise UnreadableError("empty-file", "there is nothing in it", "ask for another copy")
    for heads, code, message, hint in OTHER_KINDS:
        if content.startswith(heads):
            raise UnreadableError(code, message, hint)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLD_OFFICE):
        for part, code, message, hint in OLD_KINDS:
            if part.encode("utf-16-le") in content:
                raise UnreadableError(code, message, hint)
        raise UnreadableError("locked", "it is locked with a password, or of an old office program", "save it as .xlsx or .docx without a password")
    if content.startswith(b"PK"):
        return "packed"
    if b"urn:oasis:names:tc:opendocument" in content[:5000]:
        if len(content) > MOST_UNPACKED:
            raise _too_large(MOST_UNPACKED)
        return "flat"
    if len(content) > MOST_JSON:
        raise _too_large(MOST_JSON)
    return "json"


def _unpacked(content: bytes) -> Package:
    """The parts of a packed file. None of them can be longer than it says, so a bomb is known before it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except BadZipFile as error:
        raise UnreadableError("damaged", "it is damaged: its end is missing", "ask for another copy") from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large(MOST_UNPACKED)
    return package.opened(content)


def _too_large(most: int) -> UnreadableError:
    return UnreadableError("too-large", f"it is larger than {most // MEGABYTE} MB", "take out pictures and sheets that are not of the form")


def problem(path: Path, code: str, message: str, hint: str) -> Problem:
    """What is wrong with a file."""
    return Problem(Mark(str(path)), code, "", message, hint)
