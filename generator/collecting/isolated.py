"""Files read in a process of their own: one that needs too much time or memory ends that process, and the rest are read by a new one."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Literal

from generator.collecting import detect
from generator.collecting.detect import Found
from generator.collecting.readers.package import Package
from generator.collecting.readers.session import Known

NO_MEMORY = 3
"""What the process ends with when there is no more memory for a file: what is left of it may not be sound."""

ASK = "ask for the handout as it was filled in, without anything else in it"


class Reader:
    """Reads files. What the site saved is small and read here; what needs the libraries for PDF, Excel and Word is read apart.

    There a file may take so many bytes of `memory` (macOS does not hold a process to that; what the readers measure holds there too) and so many
    `seconds` of the processor's time.
    """

    def __init__(self, known: Known, memory: int = 1_000_000_000, seconds: int = 20) -> None:
        self._known, self._memory, self._seconds = known, memory, seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def read(self, path: Path) -> Found:
        """What a file holds, and what is to be told of it."""
        if detect.is_plain(path):
            return detect.read(path, self._known)
        pipe = self._pipe or self._begin()
        try:
            pipe.send(path)
            # A busy machine gives a process less of its time.
            while pipe.poll(10 * self._seconds):
                found: Found | _Question = pipe.recv()
                if isinstance(found, Found):
                    return found
                pipe.send(self._answer(found))
        except (EOFError, ConnectionError):
            return self._broken(path)
        self._end()
        return self._too_slow(path)

    def _answer(self, question: _Question) -> object:
        """What the process that reads asks for: whether a handout has a title, or handouts as they are given out."""
        if self._known.printed is None:
            return False if question.like is None else ()
        return self._known.printed.has(question.title) if question.like is None else tuple(self._known.printed.like(question.title, *question.like))

    def _broken(self, path: Path) -> Found:
        """Why the process ended at a file."""
        process, self._pipe = self._process, None
        assert process
        process.join()
        if process.exitcode == -signal.SIGXCPU:
            return self._too_slow(path)
        if process.exitcode == NO_MEMORY:
            return detect.unread(path, "too-large", f"reading it takes more than {self._memory // detect.MEGABYTE:,} MB of memory", ASK)
        return detect.unread(
            path, "damaged", "it broke the program that read it", "open it in its own program, save it again, or ask for another copy"
        )

    def _too_slow(self, path: Path) -> Found:
        return detect.unread(path, "too-slow", f"reading it takes more than {self._seconds} seconds", ASK)

    def _begin(self) -> Connection:
        others = multiprocessing.get_context("forkserver")
        others.set_forkserver_preload([__name__])
        ours, theirs = others.Pipe()
        process = others.Process(target=_serve, args=(theirs, replace(self._known, printed=None), self._memory, self._seconds), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _end(self) -> None:
        if self._process and self._pipe:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._pipe = None


@dataclass(frozen=True)
class _Question:
    """What a process asks while it reads: whether a handout has this title, or for handouts that are `like` this: of these forms and this kind."""

    title: str
    like: tuple[frozenset[str], Literal["docx", "xlsx"]] | None = None


@dataclass(frozen=True)
class _Asking:
    """The handouts as given out, which the other process makes: they need the whole edition."""

    pipe: Connection

    def has(self, title: str) -> bool:
        self.pipe.send(_Question(title))
        return bool(self.pipe.recv())

    def like(self, title: str, forms: Collection[str], kind: Literal["docx", "xlsx"]) -> tuple[Package, ...]:
        self.pipe.send(_Question(title, (frozenset(forms), kind)))
        found: tuple[Package, ...] = self.pipe.recv()
        return found


def _serve(pipe: Connection, known: Known, memory: int, seconds: int) -> None:
    """Read what is asked for, until nobody asks any more."""
    known = replace(known, printed=_Asking(pipe))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (held_to := memory_limit(sys.platform)) is not None:
        _limit(held_to, memory)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        used = os.times()
        _limit(resource.RLIMIT_CPU, int(used.user + used.system) + seconds)
        try:
            pipe.send(detect.read(path, known))
        except MemoryError:
            os._exit(NO_MEMORY)


def memory_limit(platform: str) -> int | None:
    """The limit that holds a process to its memory. macOS has none; there, what the readers measure of a file has to do."""
    return None if platform == "darwin" else resource.RLIMIT_AS


def _limit(what: int, most: int) -> None:
    """Hold this process to a limit, where the system can."""
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
