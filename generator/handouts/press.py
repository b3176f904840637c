"""All handouts, made side by side, and only those whose input changed; what is finished stays finished when a run is cut off."""

from __future__ import annotations

import hashlib
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator import staging
from generator.catalog import Catalog
from generator.handouts import HandoutError, fonts
from generator.handouts.markup import FRONT_PAGES, Printer
from generator.routes import Routes
from generator.settings import Settings
from generator.shelf import Format, Shelf

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""What is made and how many of it, to a step that is called after each."""

LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "python-docx", "openpyxl", "segno", "fonttools", "tinyhtml5")
"""What else decides over the bytes of a handout."""

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The system's libraries that WeasyPrint needs, as Debian names their packages."""


@dataclass(frozen=True)
class Made:
    """A finished file; `pages` is 0 where only the program that opens it knows."""

    path: Path
    pages: int


@dataclass(frozen=True)
class _Job:
    """One file to make from HTML, and for a packet from finished sheets with their titles; `key` names all that decides over it."""

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
        sheet = (root / "theme" / "print" / "print.css").read_text(encoding="utf-8")
        originals = fonts.originals()
        cut = _hash(repr((fonts.FACES, fonts.CHARACTERS)), metadata.version("fonttools"), *originals.values())
        self.faces = {face: self.folder / f"{cut}-{face}.ttf" for face in originals}
        for face, path in self.faces.items():
            if not path.is_file():
                staging.write(path, fonts.cut(originals[face]))
        self.style = fonts.rules({face: path.as_uri() for face, path in self.faces.items()}) + sheet
        pictures = sorted([*(root / "theme" / "print").glob("*.svg"), *(root / "theme" / "assets" / "marks").glob("*.svg")])
        program = sorted(Path(__file__).parent.glob("*.py"))
        versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
        self.common = _hash(sheet, cut, catalog.edition.date, *versions, *(path.read_bytes() for path in (*pictures, *program)))
        self.made = {path.name.split(".")[0]: Made(path, int(path.name.split(".")[1])) for path in self.folder.glob("*.*.*")}

    def run(self, progress: Progress) -> Mapping[str, Made]:
        """Every file by its name: '1a-school.pdf'."""
        sheets = list(self._sheets())
        self._make("handouts", sheets, progress)
        finished = {job.name: job for job in sheets}
        packets = list(self._packets(finished))
        self._make("packets", packets, progress)
        jobs = (*sheets, *packets)
        kept = {*(self.made[job.key].path for job in jobs), *self.faces.values()}
        for path in self.folder.iterdir():
            if path not in kept:
                path.unlink()
        return {job.name: self.made[job.key] for job in jobs}

    def _sheets(self) -> Iterator[_Job]:
        for handout in self.shelf:
            if not handout.parts:
                html = self.printer.sheet(handout)
                for form in handout.formats:
                    yield self._job(handout.file(form), form, (self.printer.book(handout) if form == "xlsx" else html,))

    def _packets(self, finished: Mapping[str, _Job]) -> Iterator[_Job]:
        for handout in self.shelf:
            if handout.parts:
                parts = [(self.shelf.handouts[part], finished[self.shelf.handouts[part].file("pdf")]) for part in handout.parts]
                texts = self.printer.packet(handout, [(part, self.made[job.key].pages) for part, job in parts])
                sheets = tuple((self.printer.title(part), self.made[job.key].path) for part, job in parts)
                yield self._job(handout.file("pdf"), "pdf", texts, sheets)

    def _job(self, name: str, form: Format, texts: tuple[str, ...], sheets: tuple[tuple[str, Path], ...] = ()) -> _Job:
        return _Job(name, form, texts, sheets, _hash(self.common, form, *texts, *(part for title, path in sheets for part in (title, path.name))))

    def _make(self, what: str, jobs: Iterable[_Job], progress: Progress) -> None:
        """Make the jobs whose file is not there; each file is kept as soon as it is finished."""
        missing = {job.key: job for job in jobs if job.key not in self.made}
        if not missing:
            return
        _need_libraries()
        with progress(what, len(missing)) as step, ProcessPoolExecutor(os.cpu_count(), initializer=_deaf) as pool:
            try:
                self._keep(pool, missing.values(), step)
            except BaseException as error:
                pool.shutdown(wait=False, cancel_futures=True)
                if isinstance(error, BrokenProcessPool):
                    raise HandoutError("a helper process was killed while it made handouts\nhint: free some memory, then build again") from error
                raise

    def _keep(self, pool: Executor, jobs: Iterable[_Job], step: Callable[[], None]) -> None:
        waiting = {pool.submit(_made, job, self.style, self.base, self.catalog.edition.date): job for job in jobs}
        for done in as_completed(waiting):
            job = waiting[done]
            content, pages = done.result()
            path = self.folder / f"{job.key}.{pages}.{job.form}"
            staging.write(path, content)
            self.made[job.key] = Made(path, pages)
            step()


def _made(job: _Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    """A file's bytes and the number of its pages; runs in a process of its own, which tells of a bug by its text."""
    try:
        return _print(job, style, base, date)
    except Exception:
        raise RuntimeError(f"{job.name} could not be made:\n{traceback.format_exc()}") from None


def _print(job: _Job, style: str, base: str, date: str) -> tuple[bytes, int]:
    from generator.handouts import excel, packets, pdf, word

    if job.form == "docx":
        return word.document(job.texts[0], date), 0
    if job.form == "xlsx":
        return excel.workbook(job.texts[0], date), 0
    typeset = pdf.typeset(job.texts[0], style, base)
    if not job.sheets:
        return typeset.content, typeset.pages
    if typeset.pages > FRONT_PAGES[0]:
        typeset = pdf.typeset(job.texts[FRONT_PAGES.index(typeset.pages)], style, base)
    numbers = pdf.typeset(job.texts[-1], style, base)
    return packets.bind(typeset.content, [(title, path.read_bytes()) for title, path in job.sheets], numbers.content)


def _need_libraries() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise HandoutError(f"WeasyPrint, which makes the PDFs, misses a library: {error}\nhint: sudo apt-get install -y {PACKAGES}") from error


def _deaf() -> None:
    """Ctrl+C is for the main process, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hash(*inputs: str | bytes) -> str:
    """One name for all of these."""
    found = hashlib.sha256()
    for value in inputs:
        content = value.encode() if isinstance(value, str) else value
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:24]
