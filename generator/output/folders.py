"""The only writer: files change only where their bytes do, and a finished site replaces the last one as a whole or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import filecmp
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from generator.project import project_files


class ConflictError(Exception):
    """Two owners of one path: a bug of the generator, not of the data."""


class PlaceError(Exception):
    """A folder cannot be replaced as a whole; its words say why and what to do."""


class Tree:
    """The files that a build wants in a folder."""

    def __init__(self) -> None:
        self._files: dict[PurePosixPath, bytes] = {}

    def add(self, path: PurePosixPath | str, content: str | bytes) -> None:
        """Want a file; text is written as UTF-8."""
        path = PurePosixPath(path)
        if path in self._files:
            raise ConflictError(f"two parts of the build write {path}")
        self._files[path] = content.encode("utf-8") if isinstance(content, str) else content

    def add_folder(self, folder: Path, below: PurePosixPath, without: Collection[str] = ()) -> None:
        """Want a copy of every file in `folder`, except those in `without` and those that editors and systems leave there."""
        for name in project_files.names(folder, ""):
            if (folder / name).is_file() and name not in without:
                self.add(below / name, (folder / name).read_bytes())

    @property
    def files(self) -> Mapping[PurePosixPath, bytes]:
        return self._files

    def write(self, folder: Path) -> int:
        """Make `folder` hold exactly these files; the number of files that changed."""
        changed = 0
        # First, because a file may have become a folder, or a folder a file.
        for found in sorted(folder.rglob("*"), reverse=True):
            if found.is_dir() and not found.is_symlink():
                if not any(found.iterdir()):
                    found.rmdir()
            elif PurePosixPath(found.relative_to(folder).as_posix()) not in self._files:
                found.unlink()
                changed += 1
        for path, content in self._files.items():
            changed += write(folder / path, content)
        return changed


def write(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all, and only when it differs; whether it did."""
    return write_together({path: content}) > 0


def write_together(files: Mapping[Path, bytes]) -> int:
    """Write some files when all of them can be written, and only those that differ; how many did."""
    changed = {path: content for path, content in files.items() if not path.is_file() or path.read_bytes() != content}
    unfinished = {path: path.with_name(f".writing-{path.name}") for path in changed}
    try:
        for path, content in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with _refused_for(path):
                unfinished[path].write_bytes(content)
        for path in changed:
            with _refused_for(path):
                unfinished[path].replace(path)
    except BaseException:
        for left in unfinished.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    return len(changed)


@contextmanager
def _refused_for(path: Path) -> Iterator[None]:
    """Name the file that is meant where the system refuses its unfinished copy."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def refuse_foreign(folders: Iterable[Path]) -> None:
    """PlaceError where one of these folders, whose content is replaced, is a link, a file or a file system of its own."""
    for folder in folders:
        if folder.is_symlink():
            hint = f"remove the link, and let the other folder be a link to {folder.name}/ in place of this"
            raise PlaceError(f"{folder} is a link to {folder.readlink()}, where other files may lie\nhint: {hint}")
        if folder.exists() and not folder.is_dir():
            raise PlaceError(f"{folder} is a file, and a folder is made there\nhint: move it away")
        if folder.is_mount():
            raise _tied(folder)


def _tied(folder: Path) -> PlaceError:
    hint = f"unmount it, or move {folder.name}/ away; files can be copied to another file system afterwards"
    return PlaceError(f"{folder} is on a file system of its own or is in use as one, so it cannot be replaced in one step\nhint: {hint}")


def replace(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of `site`; where anything fails, the last site is back.

    A file that did not change keeps its old copy, so that its date and the reader's cache stay good. PlaceError where the system cannot rename them.
    """
    _keep_unchanged(new, site)
    if site.exists() and _swap(new, site):
        shutil.rmtree(new, ignore_errors=True)
        return
    try:
        _rename(new, site)
    except OSError as error:
        if error.errno in (errno.EXDEV, errno.EBUSY):
            raise _tied(site) from error
        raise


def _rename(new: Path, site: Path) -> None:
    """In two steps, between which there is no site."""
    old = _aside(site)
    with suppress(FileNotFoundError):
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let only one build at a time write into `folder`; the others wait. The system frees it however a build ends.

    What a build starts with open files keeps others waiting too: an engine that outlives a killed build still writes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def recover(site: Path) -> bool:
    """Bring back the last site if a run was killed between its two renames; whether it had to."""
    old = _aside(site)
    if old.exists() and not site.exists():
        old.rename(site)
        return True
    shutil.rmtree(old, ignore_errors=True)
    return False


_HERE, _EXCHANGE = -100, 2
"""What Linux calls AT_FDCWD and RENAME_EXCHANGE."""


def _swap(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that at each moment there is a whole site; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}-before")


def _keep_unchanged(new: Path, site: Path) -> None:
    for path in sorted(new.rglob("*")):
        before = site / path.relative_to(new)
        # A file that is taken away meanwhile, or a disk without links: the new copy is as good.
        with suppress(OSError):
            if path.is_file() and before.is_file() and not path.samefile(before) and filecmp.cmp(path, before, shallow=False):
                kept = path.with_name(f".writing-{path.name}")
                try:
                    os.link(before, kept)
                    kept.replace(path)
                finally:
                    kept.unlink(missing_ok=True)
