"""All handouts, made side by side, and only those whose input changed; what is finished stays finished when a run is cut off."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator.catalog.handout_list import Format, Shelf
from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.handouts import HandoutError, fonts, system_libraries, worker
from generator.handouts.html import Printer
from generator.handouts.worker import FRONT_PAGES, Job
from generator.output import folders, qr_codes, zip_files
from generator.output.templates import style
from generator.progress import Progress
from generator.project.settings import Settings

PYTHON_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "python-docx", "openpyxl", "segno", "fonttools", "tinyhtml5")
"""What else decides over the bytes of a handout."""


@dataclass(frozen=True)
class Made:
    """A finished file; `pages` is 0 where only the program that opens it knows."""

    path: Path
    pages: int


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
                folders.write(path, fonts.cut(originals[face]))
        self.style = fonts.rules({face: path.as_uri() for face, path in self.faces.items()}) + sheet
        pictures = sorted([*(root / "theme" / "print").glob("*.svg"), *(root / "theme" / "assets" / "marks").glob("*.svg")])
        program = [*sorted(Path(__file__).parent.rglob("*.py")), Path(qr_codes.__file__), Path(zip_files.__file__)]
        versions = [f"{name} {metadata.version(name)}" for name in PYTHON_PACKAGES]
        versions += [f"{name} {version}" for name, version in system_libraries.versions().items()]
        self.common = _hash(sheet, cut, catalog.edition.date, *versions, *(path.read_bytes() for path in (*pictures, *program)))
        self.used = set(self.faces.values())
        self.made = {path.name.split(".")[0]: Made(path, int(path.name.split(".")[1])) for path in self._finished()}

    def run(self, progress: Progress) -> Mapping[str, Made]:
        """Every file by its name: '1a-school.pdf'."""
        # The others make what is found to be missing while this one goes on writing HTML.
        worker.start()
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("forkserver"), initializer=worker.begin) as pool:
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

    def _sheets(self) -> Iterator[Job]:
        # Guides are the longest by far: whoever begins with them does not end with one process at work.
        for handout in sorted(self.shelf, key=lambda handout: bool(handout.cell)):
            if not handout.parts:
                html = self.printer.sheet(handout)
                for form in handout.formats:
                    yield self._job(handout.file(form), form, (self.printer.book(handout) if form == "xlsx" else html,))

    def _packets(self, pool: Executor, finished: Mapping[str, Job]) -> Iterator[Job]:
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

    def _job(self, name: str, form: Format, texts: tuple[str, ...], sheets: tuple[tuple[str, Path], ...] = ()) -> Job:
        return Job(name, form, texts, sheets, _hash(self.common, form, *texts, *(part for title, path in sheets for part in (title, path.name))))

    def _make(self, pool: Executor, what: str, jobs: Iterable[Job], progress: Progress) -> list[Job]:
        """Make the jobs whose file is not there, and keep each as soon as it is finished; all the jobs."""
        found, waiting = [], {}
        for job in jobs:
            found.append(job)
            if job.key not in self.made:
                waiting[pool.submit(worker.make, job, self.style, self.base, self.catalog.edition.date)] = job
        if waiting:
            with progress(what, len(waiting)) as step:
                for done in as_completed(waiting):
                    content, pages = done.result()
                    key = waiting[done].key
                    path = self.folder / f"{key}.{pages}.{waiting[done].form}"
                    folders.write(path, content)
                    self.made[key] = Made(path, pages)
                    step()
        self.used |= {self.made[job.key].path for job in found}
        return found


def _hash(*inputs: str | bytes) -> str:
    """One name for all of these."""
    found = hashlib.sha256()
    for value in inputs:
        content = value.encode() if isinstance(value, str) else value
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:24]
