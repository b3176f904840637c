"""Making handouts: only what changed, the same bytes, nothing half-written, and graceful with what is long, odd or missing."""

from __future__ import annotations

import builtins
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import page as checker
import pikepdf
import pypdf
import pytest
from click.testing import CliRunner
from weasyprint.text import ffi

from generator import handouts
from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.handouts import HandoutError, fonts, system_libraries, worker
from generator.handouts.builder import Press
from generator.output import folders
from generator.progress import Progress
from generator.site import build
from site_tests.support.files import edit
from site_tests.support.handout_facts import bare
from site_tests.support.nonempty import nonempty

SHEET = ("1a-school.pdf", "1a-school.docx", "1a-school-touch-points.xlsx")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a press make only these files."""

    def choose(*names: str) -> None:
        every = Press._sheets
        monkeypatch.setattr(Press, "_sheets", lambda self: (job for job in every(self) if job.name in names))
        monkeypatch.setattr(Press, "_packets", lambda self, pool, finished: iter(()))

    return choose


def made_now(root: Path, progress: Progress) -> build.Stock:
    found = check(root)
    assert isinstance(found, Edition), found
    return build.handouts(root, found, progress)


class Counted:
    """Progress that counts what is made."""

    def __init__(self) -> None:
        self.made: dict[str, int] = {}

    @contextmanager
    def __call__(self, what: str, number: int) -> Iterator[Callable[[], None]]:
        self.made[what] = 0

        def step() -> None:
            self.made[what] += 1

        yield step
        assert self.made[what] == number


def reword(root: Path, file: str, old: str, new: str) -> None:
    edit(root / "data" / file, (old, new))


# ---- Only what changed ----


def test_nothing_is_made_twice(small_project: Path) -> None:
    counted = Counted()
    stock = made_now(small_project, counted)
    assert counted.made == {}
    # Beside them lie the front of each packet and the page numbers of all.
    packets = sum(name.startswith("packet-") for name in stock)
    assert len(list((small_project / "build" / "handouts").glob("[0-9a-f]*.*.*"))) == len(stock) + packets + 1


def test_a_changed_touch_point_makes_its_sheets_and_packets(small_project: Path) -> None:
    reword(small_project, "practices/1a.yml", "Raise the questions that", "Ask the questions that")
    before = {path.name for path in (small_project / "build" / "handouts").iterdir()}
    counted = Counted()
    stock = made_now(small_project, counted)
    # The full sheet as PDF and Word, the touch point sheet in three formats; the packets of its domain, its level, and all.
    assert counted.made == {"handouts": 5, "packets": 3}
    fresh = {name for name, made in stock.items() if made.path.name not in before}
    assert fresh == {
        "1a-school.pdf",
        "1a-school.docx",
        "1a-school-touch-points.pdf",
        "1a-school-touch-points.docx",
        "1a-school-touch-points.xlsx",
        "packet-turnaround-leadership.pdf",
        "packet-school.pdf",
        "packet-all.pdf",
    }
    for name in ("1a-school.pdf", "packet-school.pdf"):
        assert bare("Ask the questions that") in bare("".join(page.extract_text() for page in pypdf.PdfReader(stock[name].path).pages))


def test_what_no_handout_needs_any_more_is_cleared_away(small_project: Path) -> None:
    stale = [small_project / "build" / "handouts" / name for name in ("0123.4.pdf", ".writing-0123.4.pdf")]
    for path in stale:
        path.write_bytes(b"old, or half-written by a run that was killed")
    made_now(small_project, Counted())
    assert not [path for path in stale if path.exists()]


def test_the_same_input_gives_the_same_bytes_elsewhere(
    project: Path, finished_handouts: Path, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    names = (*SHEET, "fishbone.pdf", "planning-template.xlsx", "lea-self-reflection.docx")
    few(*names)
    here = made_now(project, Counted())
    monkeypatch.undo()
    before = made_now(finished_handouts, Counted())
    for name in nonempty(names):
        assert here[name].path.name == before[name].path.name, name
        assert here[name].path.read_bytes() == before[name].path.read_bytes(), name


def test_the_same_packet_is_bound_twice(small_project: Path, small_edition: Path) -> None:
    before = made_now(small_edition, Counted())["packet-state.pdf"].path
    (small_project / "build" / "handouts" / before.name).unlink()
    counted = Counted()
    again = made_now(small_project, counted)["packet-state.pdf"].path
    assert counted.made == {"packets": 1}
    assert again.name == before.name
    assert again.read_bytes() == before.read_bytes()


@pytest.mark.parametrize("name", system_libraries.versions())
def test_another_version_of_a_library_makes_every_file_again(project: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    found = system_libraries.versions()
    before = Press(project, edition.catalog, edition.routes, edition.settings).common
    assert Press(project, edition.catalog, edition.routes, edition.settings).common == before
    monkeypatch.setattr(system_libraries, "versions", lambda: found | {name: "another"})
    assert Press(project, edition.catalog, edition.routes, edition.settings).common != before


def test_the_libraries_are_those_that_weasyprint_loads() -> None:
    found = system_libraries.versions()
    major, minor, micro = map(int, found["Pango"].split("."))
    assert ffi.pango.pango_version() == major * 10_000 + minor * 100 + micro
    major, minor, micro = map(int, found["HarfBuzz"].split("."))
    assert ffi.harfbuzz.hb_version_atleast(major, minor, micro)
    assert not ffi.harfbuzz.hb_version_atleast(major, minor, micro + 1)
    assert (found["font subsetter"] == "HarfBuzz") == (ffi.harfbuzz_subset is not None)
    assert found["fontconfig"].isdecimal()


def test_a_machine_without_them_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", lacking)
    found = system_libraries.versions.__wrapped__()
    assert [found[name] for name in ("Pango", "HarfBuzz", "font subsetter", "fontconfig")] == ["missing", "missing", "fontTools", "missing"]


# ---- Settings ----


def test_a4_is_a_setting(project: Path, few: Callable[..., None]) -> None:
    few(*SHEET)
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("paper: letter", "paper: a4"), encoding="utf-8")
    stock = made_now(project, Counted())
    pages = pypdf.PdfReader(stock["1a-school.pdf"].path).pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [(842, 595), (595, 842)]
    assert checker.validate_pdf(stock["1a-school.pdf"].path, profile="ua1").is_compliant


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("paper: letter", "paper: leter", "error[unknown-paper] extra.paper: no paper 'leter'\n    hint: did you mean 'letter'?"),
        ("site_url: https://engagement-playbook.example/", "site_url:", "error[missing-address] site_url: the site has no address"),
        ("theme:", "theme: [", "error[yaml-syntax]"),
    ],
    ids=["unknown paper", "no address", "broken"],
)
def test_a_mistake_in_the_settings_is_told(project: Path, old: str, new: str, told: str) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 1
    assert told in result.output


# ---- Odd texts ----


def test_long_and_odd_texts_are_laid_out(project: Path, few: Callable[..., None]) -> None:
    question = ("What would change if we asked every family? " * 14)[:600].strip()
    word = "x" * 80
    markup = "<script>alert(1)</script> {{ 7*7 }} & **no** ]]> \\ %s"
    reword(project, "practices/1a.yml", "What does success mean to you", f"{question} {word} What does success mean to you")
    reword(project, "practices/1a.yml", "Raise the questions that", f"{markup} {word} Raise the questions that")
    few(*SHEET, "1a-school-reflection.pdf", "1a-school-touch-points.pdf")
    stock = made_now(project, Counted())
    for name in ("1a-school.pdf", "1a-school-reflection.pdf", "1a-school-touch-points.pdf"):
        reader = pypdf.PdfReader(stock[name].path)
        text = bare("".join(page.extract_text() for page in reader.pages))
        assert checker.validate_pdf(stock[name].path, profile="ua1").is_compliant, name
        if name != "1a-school-touch-points.pdf":
            assert bare(question + word) in text, name
        if name != "1a-school-reflection.pdf":
            assert bare(markup + word) in text, name
        for page in nonempty(reader.pages):
            assert page.extract_text().strip(), name


def test_a_cell_without_tools_has_its_sheet(project: Path, few: Callable[..., None]) -> None:
    path = project / "data" / "practices" / "1c.yml"
    text = path.read_text(encoding="utf-8")
    start = text.index("    tools:\n", text.index("id: 1c.school"))
    path.write_text(text[:start] + text[text.index("    questions:\n", start) :], encoding="utf-8")
    found = check(project)
    assert not isinstance(found, Edition)
    assert {problem.code for problem in found} == {"not-carried"}
    source = project / "data" / "source-map" / "playbook.yml"
    items = sorted({problem.message.split("'")[1] for problem in found})
    reasons = "".join(f"  - id: {item}\n    reason: Left out in a test.\n" for item in items)
    source.write_text(source.read_text(encoding="utf-8") + f"left_out:\n{reasons}", encoding="utf-8")
    addresses = project / "data" / "permalinks.txt"
    kept = [line for line in addresses.read_text(encoding="utf-8").splitlines() if not line.startswith("practices/1c/school/#tools-")]
    addresses.write_text("\n".join([*kept, ""]), encoding="utf-8")
    few("1c-school-reflection.pdf")
    made = made_now(project, Counted())["1c-school-reflection.pdf"]
    assert "Tools for this" not in pypdf.PdfReader(made.path).pages[0].extract_text()
    assert checker.validate_pdf(made.path, profile="ua1").is_compliant


# ---- What is missing, full or cut off ----


def test_a_missing_system_library_is_named_with_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    bring = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return bring(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "generator.handouts.pdf", raising=False)
    monkeypatch.delattr(handouts, "pdf", raising=False)
    with pytest.raises(HandoutError) as told:
        worker.make(worker.Job("sheet.pdf", "pdf", ("",), (), ""), "", "", "")
    assert "cannot load library 'libpango-1.0-0'" in str(told.value)
    assert "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(told.value)


def test_handouts_that_cannot_be_made_leave_the_last_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(self: Press, progress: Progress) -> build.Stock:
        raise HandoutError("a library is missing\nhint: install it")

    monkeypatch.setattr(Press, "run", cannot)
    (project / "site").mkdir()
    result = CliRunner().invoke(main, ["build", "--root", str(project)])
    assert result.exit_code == 1
    assert result.output.endswith("a library is missing\nhint: install it\nsite/ is as it was.\n")
    assert not (project / "build" / "docs").exists()


def test_a_bug_names_the_handout(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)^sheet\.xlsx could not be made:.*Traceback"):
        worker.make(worker.Job("sheet.xlsx", "xlsx", ("",), (), ""), "", "", "not a day")


def test_a_missing_font_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{name}'")

    monkeypatch.setattr(resources, "files", gone)
    with pytest.raises(HandoutError, match="font-source-sans-pro"):
        fonts.originals()


def test_a_full_disk_keeps_what_is_finished(project: Path, few: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    few(*SHEET)
    write = folders.write

    def full(path: Path, content: bytes) -> bool:
        if path.suffix == ".docx":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    monkeypatch.setattr(folders, "write", full)
    result = CliRunner().invoke(main, ["build", "--root", str(project)])
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert not (project / "site").exists()
    assert not list((project / "build" / "handouts").glob(".writing-*"))


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(project: Path, few: Callable[..., None]) -> None:
    few(*SHEET, "fishbone.pdf", "five-whys.pdf", "five-whys.docx")

    @contextmanager
    def impatient(what: str, number: int) -> Iterator[Callable[[], None]]:
        left = [3]

        def step() -> None:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt

        yield step

    with pytest.raises(KeyboardInterrupt):
        made_now(project, impatient)
    kept = sorted((project / "build" / "handouts").glob("[0-9a-f]*.*.*"))
    assert len(kept) == 3
    for path in kept:
        if path.suffix == ".pdf":
            pikepdf.open(path).close()
    counted = Counted()
    made_now(project, counted)
    assert counted.made == {"handouts": 3}
