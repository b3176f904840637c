"""All handouts, made side by side, and only those whose input changed; what is finished stays finished when a run is cut off."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator import archive, staging
from generator.catalog.handout_list import Format, Shelf
from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.handouts import HandoutError, fonts, libraries
from generator.handouts.markup import FRONT_PAGES, Printer
from generator.progress import Progress
from generator.project.settings import Settings
from generator.templates import style

PYTHON_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "python-docx", "openpyxl", "segno", "fonttools", "tinyhtml5")
"""What else decides over the bytes of a handout."""


@dataclass(frozen=True)
class Made:
    """A finished file; `pages` is 0 where only the program that opens it knows."""

    path: Path
    pages: int


@dataclass(frozen=True)
class _Job:
    """One file to make, from HTML or as a packet from finished files with their titles; `key` names all that decides over it."""

    name: str
    form: Format
    texts: tuple[str, ...]
    sheets: tuple[tuple[str, Path], ...]
    key: str


class Press:
    """Makes what is missing in build/handouts/, where each file is named by a hash of its input."""

    def __init__(self, root: Path, catalog: Catalog, routes: Routes, settings: Settings) -> None:
        self.catalog = catalog
        self.folder = root / "build" / "handouts"
        self.shelf = Shelf(catalog)
        self.printer = Printer(root, catalog, routes, settings)
        self.base = (root / "theme").as_uri() + "/"
        sheet = style(root / "theme" / "print" / "print.css")
        originals = fonts.originals()
        cut = _hash(repr((fonts.FACES, fonts.CHARACTERS)), metadata.version("fonttools"), *originals.values())
        self.faces = {face: self.folder / f"{cut}-{face}.ttf" for face in originals}
        for face, path in self.faces.items():
            if not path.is_file():
                staging.write(path, fonts.cut(originals[face]))
        self.style = fonts.rules({face: path.as_uri() for face, path in self.faces.items()}) + sheet
        pictures = sorted([*(root / "theme" / "print").glob("*.svg"), *(root / "theme" / "assets" / "marks").glob("*.svg")])
        program = [*sorted(Path(__file__).parent.glob("*.py")), Path(archive.__file__)]
        versions = [f"{name} {metadata.version(name)}" for name in PYTHON_PACKAGES]
        versions += [f"{name} {version}" for name, version in libraries.versions().items()]
        self.common = _hash(sheet, cut, catalog.edition.date, *versions, *(path.read_bytes() for path in (*pictures, *program)))
        self.used = set(self.faces.values())
        self.made = {path.name.split(".")[0]: Made(path, int(path.name.split(".")[1])) for path in self._finished()}

    def run(self, progress: Progress) -> Mapping[str, Made]:
        """Every file by its name: '1a-school.pdf'."""
        # Not forked from here, because a fork of a process with threads may hang; the others start while this one goes on writing HTML.
        others = multiprocessing.get_context("forkserver")
        others.set_forkserver_preload(["generator.handouts.warm"])
        with ProcessPoolExecutor(os.cpu_count(), others, initializer=_begin) as pool:
            try:
                sheets = self._make(pool, "handouts", self._sheets(), progress)
                packets = self._make(pool, "packets", self._packets(pool, {job.name: job for job in sheets}), progress)
            except BaseException as error:
                pool.shutdown(wait=False, cancel_futures=True)
                if isinstance(error, BrokenProcessPool):
                    raise HandoutError("a process that made handouts was killed\nhint: free some memory, then build again") from error
                raise
        for path in self.folder.iterdir():
            if path not in self.used:
                path.unlink()
        return {job.name: self.made[job.key] for job in (*sheets, *packets)}

    def _finished(self) -> Iterator[Path]:
        """The files that earlier runs made; one that the loss of power left empty is made again."""
        return (path for path in self.folder.glob("[0-9a-f]*.*.*") if path.stat().st_size)

    def _sheets(self) -> Iterator[_Job]:
        # Guides are the longest by far: whoever begins with them does not end with one process at work.
        for handout in sorted(self.shelf, key=lambda handout: bool(handout.cell)):
            if not handout.parts:
                html = self.printer.sheet(handout)
                for form in handout.formats:
                    yield self._job(handout.file(form), form, (self.printer.book(handout) if form == "xlsx" else html,))

    def _packets(self, pool: Executor, finished: Mapping[str, _Job]) -> Iterator[_Job]:
        """The packets, as the binding of files that are made first: a front, the sheets, the page numbers."""
        packets = {
            handout: [(self.shelf.handouts[part], finished[f"{part}.pdf"]) for part in handout.parts] for handout in self.shelf if handout.parts
        }
        pages = {handout: [(part, self.made[job.key].pages) for part, job in parts] for handout, parts in packets.items()}
        most = max((sum(count for _, count in found) for found in pages.values()), default=0) + FRONT_PAGES[-1]
        # In steps of a hundred, so that they are seldom made.
        numbers = self._job("page-numbers.pdf", "pdf", (self.printer.numbers(-(-most // 100) * 100),))
        fronts = {handout: self._job(handout.file("pdf"), "pdf", self.printer.packet(handout, found)) for handout, found in pages.items()}
        self._make(pool, "fronts of packets", [numbers, *fronts.values()], lambda what, number: nullcontext(lambda: None))
        for handout, parts in packets.items():
            named = [("", fronts[handout]), *((self.printer.title(part), job) for part, job in parts), ("", numbers)]
            yield self._job(handout.file("pdf"), "pdf", (), tuple((title, self.made[job.key].path) for title, job in named))

    def _job(self, name: str, form: Format, texts: tuple[str, ...], sheets: tuple[tuple[str, Path], ...] = ()) -> _Job:
        return _Job(name, form, texts, sheets, _hash(self.common, form, *texts, *(part for title, path in sheets for part in (title, path.name))))

    def _make(self, pool: Executor, what: str, jobs: Iterable[_Job], progress: Progress) -> list[_Job]:
        """Make the jobs whose file is not there, and keep each as soon as it is finished; all the jobs."""
        found, waiting = [], {}
        for job in jobs:
            found.append(job)
            if job.key not in self.made:
                waiting[pool.submit(_made, job, self.style, self.base, self.catalog.edition.date)] = job
        if waiting:
            with progress(what, len(waiting)) as step:
                for done in as_completed(waiting):
                    content, pages = done.result()
                    key = waiting[done].key
                    path = self.folder / f"{key}.{pages}.{waiting[done].form}"
                    staging.write(path, content)
                    self.made[key] = Made(path, pages)
                    step()
        self.used |= {self.made[job.key].path for job in found}
        return found


def _made(job: _Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    """A file's bytes and the number of its pages; runs in a process of its own, which tells of a bug by its text."""
    try:
        return _print(job, style, base, date)
    except HandoutError:
        raise
    except Exception:
        raise RuntimeError(f"{job.name} could not be made:\n{traceback.format_exc()}") from None


def _print(job: _Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    if job.form == "docx":
        from generator.handouts import word

        return word.document(job.texts[0], date), 0
    if job.form == "xlsx":
        from generator.handouts import excel

        return excel.workbook(job.texts[0], date), 0
    try:
        from generator.handouts import packets, pdf
    except OSError as error:
        raise HandoutError(
            f"WeasyPrint, which makes the PDFs, misses a library: {error}\nhint: sudo apt-get install -y {libraries.PACKAGES}"
        ) from error

    if job.sheets:
        (_, front), *sheets, (_, numbers) = [(title, path.read_bytes()) for title, path in job.sheets]
        return packets.bind(front, sheets, numbers)
    typeset = pdf.typeset(job.texts[0], style, base)
    if len(job.texts) > 1:
        # The front of a packet, whose page numbers hang on how many pages it takes itself.
        typeset = pdf.typeset(job.texts[FRONT_PAGES.index(typeset.pages)], style, base)
    return typeset.content, typeset.pages


def _begin() -> None:
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


def _hash(*inputs: str | bytes) -> str:
    """One name for all of these."""
    found = hashlib.sha256()
    for value in inputs:
        content = value.encode() if isinstance(value, str) else value
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:24]
