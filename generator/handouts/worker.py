"""What a process does that makes handouts. Imports little, so that it starts at once: the rest comes with the first file of a kind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

from generator.handouts import HandoutError, system_libraries

if TYPE_CHECKING:
    from generator.catalog.handout_list import Format

FRONT_PAGES = range(2, 8)
"""How many pages the cover and the contents of a packet may take."""


@dataclass(frozen=True)
class Job:
    """One file to make, from HTML or as a packet from finished files with their titles; `key` names all that decides over it."""

    name: str
    form: Format
    texts: tuple[str, ...]
    sheets: tuple[tuple[str, Path], ...]
    key: str


def start() -> None:
    """Start the process that others are forked from, which loads what makes PDFs while its maker does something else.

    Not forked from that maker, because a fork of a process with threads may hang. Ctrl+C is for the maker alone.
    """
    multiprocessing.set_forkserver_preload(["__main__", "generator.handouts.worker", "generator.handouts.preload"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def make(job: Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    """A file's bytes and the number of its pages; runs in a process of its own, which tells of a bug by its text."""
    try:
        return _print(job, style, base, date)
    except HandoutError:
        raise
    except Exception:
        raise RuntimeError(f"{job.name} could not be made:\n{traceback.format_exc()}") from None


def _print(job: Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    if job.form == "docx":
        from generator.handouts.word import document

        return document.document(job.texts[0], date), 0
    if job.form == "xlsx":
        from generator.handouts import excel

        return excel.workbook(job.texts[0], date), 0
    try:
        from generator.handouts import packets, pdf
    except OSError as error:
        raise HandoutError(
            f"WeasyPrint, which makes the PDFs, misses a library: {error}\nhint: sudo apt-get install -y {system_libraries.PACKAGES}"
        ) from error

    if job.sheets:
        (_, front), *sheets, (_, numbers) = [(title, path.read_bytes()) for title, path in job.sheets]
        return packets.bind(front, sheets, numbers)
    typeset = pdf.typeset(job.texts[0], style, base)
    if len(job.texts) > 1:
        # The front of a packet, whose page numbers hang on how many pages it takes itself.
        typeset = pdf.typeset(job.texts[FRONT_PAGES.index(typeset.pages)], style, base)
    return typeset.content, typeset.pages


def begin() -> None:
    """Ctrl+C is for the main process, which ends the others; where it is killed itself, they end too.

    Looking for garbage among all that is loaded, and as often as Python does, would take a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_main_process, daemon=True).start()


def _end_with_the_main_process() -> None:
    if main := multiprocessing.parent_process():
        main.join()
        os._exit(1)
