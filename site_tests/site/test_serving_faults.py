"""What goes wrong while `playbook serve` runs is told with file and line, the pages stay, and it goes on by itself when all is well again."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.handouts import HandoutError
from generator.handouts.builder import Made
from generator.output.templates import style
from generator.site import build, engine, link_check, serve
from generator.site.engine import Live
from generator.site.preview_server import Preview
from site_tests.support.files import replacing
from site_tests.support.project import copy_project, silent
from site_tests.support.refusing import refusing

TOOLS = "{{ practice.tools(cell) }}"
"""What a template of pages has once, in its twelfth line."""


def few_handouts(root: Path, *rest: object) -> Mapping[str, Made]:
    """In place of the press: reads the style, and makes one file."""
    style(root / "theme" / "print" / "print.css")
    path = root / "sheet.pdf"
    path.write_bytes(b"%PDF")
    return {"1a-school.pdf": Made(path, 1)}


class Engine:
    """In place of MkDocs: copies the Markdown, and fails where an override says so, as MkDocs does, after it emptied the folder."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.runs: list[bool] = []

    def build(self, folder: Path, *, only_changed: bool) -> None:
        self.runs.append(only_changed)
        if not only_changed:
            shutil.rmtree(folder, ignore_errors=True)
        if "broken" in (self.root / "theme" / "overrides" / "404.html").read_text(encoding="utf-8"):
            raise engine.EngineError("mkdocs stopped: the override is broken")
        shutil.copytree(self.root / "build" / "docs", folder, dirs_exist_ok=True)


class Shown:
    """A preview without its window: what it said last, and its page."""

    def __init__(self, root: Path, server: Preview) -> None:
        self.root = root
        self.said: list[str] = []
        self.words = "What does success mean to you"
        self.shown = serve._Shown(root, server, self.said.append, silent)

    def refreshed(self, *, again: bool = False) -> str:
        """What is said on a look at the files."""
        self.said.clear()
        self.shown.refresh(again=again)
        return "\n".join(self.said)

    def reword(self) -> str:
        """Change a sentence in the data; how it is then."""
        path = self.root / "data" / "practices" / "1a.yml"
        self.words, before = f"{self.words} and you", self.words
        replacing(before, self.words)(path)
        return self.words

    def page(self) -> str:
        return (self.root / "build" / "preview" / "practices" / "1a" / "school" / "index.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, small_edition: Path) -> Iterator[Shown]:
    """A preview that each test leaves without a fault, with other words on its page."""
    root = copy_project(tmp_path_factory.mktemp("shown") / "project", small_edition)
    with pytest.MonkeyPatch.context() as monkeypatch, Preview(root / "build" / "preview", 0) as server:
        monkeypatch.setattr(build, "handouts", few_handouts)
        monkeypatch.setattr(engine, "Live", Engine)
        monkeypatch.setattr(link_check, "problems", lambda *rest: [])
        found = Shown(root, server)
        assert "files changed, with handouts" in found.refreshed()
        yield found


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CELL = "theme/pages/cell.md.jinja"
FAULTS: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a division by zero": (CELL, replacing(TOOLS, "{{ 1/0 }}"), f"{CELL}:12: ZeroDivisionError: division by zero"),
    "a filter without its words": (CELL, replacing(TOOLS, "{{ 2|counted }}"), f"{CELL}:12: TypeError: _counted() missing 1 required positional"),
    "a filter that cannot do that": (CELL, replacing(TOOLS, "{{ 'x'|round }}"), f"{CELL}:12: TypeError: "),
    "a page that nobody wrote": (CELL, replacing(TOOLS, "{{ words('nope') }}"), f"{CELL}:12: "),
    "a template without end": (CELL, replacing(TOOLS, "{% if 1 %}"), f"{CELL}:"),
    "a template that is not UTF-8": (CELL, lambda path: path.write_bytes(b"caf\xe9"), f"{CELL}:1:4: error[not-utf-8] byte 0xe9 is not UTF-8"),
    "a template that is gone": (CELL, lambda path: path.unlink(), f"{CELL}:1:1: error[missing-file] the file is not there"),
    "a template that is a folder": (CELL, folder, "cell.md.jinja"),
    "a style that is gone": ("theme/print/print.css", lambda path: path.unlink(), "print.css:1:1: error[missing-file] the file is not there"),
    "a feature's style that is gone": (
        "theme/assets/base/type.css",
        lambda path: path.unlink(),
        "theme/assets/playbook.css:4:1: error[unknown-theme-file] there is no theme/assets/base/type.css",
    ),
    "a page that is a folder": ("content/about.md", folder, "content/about.md"),
    "data that is gone": ("data", lambda path: path.rename(path.with_name("elsewhere")), "error[missing-folder] there is no folder data/"),
    "an override that is broken": ("theme/overrides/404.html", lambda path: path.write_text("broken\n", encoding="utf-8"), "the override is broken"),
}


@pytest.mark.parametrize(("name", "spoil", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_the_pages_stay_and_what_is_mended_is_shown(
    shown: Shown, tmp_path: Path, name: str, spoil: Callable[[Path], object], told: str
) -> None:
    place, kept, before = shown.root / name, tmp_path / "kept", shown.page()
    (shutil.copytree if place.is_dir() else shutil.copy)(place, kept)
    spoil(place)
    try:
        said = shown.refreshed()
    finally:
        if place.is_dir():
            place.rmdir()
        (shutil.copytree if kept.is_dir() else shutil.copy)(kept, place)
    assert told in said
    assert "Traceback" not in said
    assert shown.page() == before
    words = shown.reword()
    assert shown.refreshed().startswith("build/: ")
    assert words in shown.page()


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_what_the_system_refuses_is_told_once_and_tried_again_without_a_change(shown: Shown, number: int) -> None:
    before = shown.page()
    words = shown.reword()
    with refusing(shown.root / "build", number):
        assert f": {os.strerror(number)}\nhint: " in shown.refreshed()
        assert shown.shown.refused
        assert shown.refreshed(again=True) == ""
        assert shown.page() == before
    assert shown.refreshed(again=True).startswith("build/: ")
    assert not shown.shown.refused
    assert words in shown.page()


def test_a_handout_that_cannot_be_made_is_told_and_the_pages_are_shown(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*rest: object) -> None:
        raise HandoutError("a library is missing\nhint: install it")

    monkeypatch.setattr(build, "handouts", cannot)
    words = shown.reword()
    assert shown.refreshed().endswith("a library is missing\nhint: install it")
    assert words in shown.page()


def test_a_bug_is_told_with_its_traceback_and_the_preview_goes_on(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*rest: object) -> None:
        raise KeyError("a bug")

    with monkeypatch.context() as now:
        now.setattr(build, "prepare", bug)
        said = shown.refreshed()
    assert "Traceback" in said
    assert said.endswith("KeyError: 'a bug'\nThis is a bug of the generator. The pages stay as they were.")
    assert shown.refreshed().startswith("build/: ")


def test_what_another_build_wrote_is_shown_too(shown: Shown) -> None:
    page = shown.root / "build" / "docs" / "practices" / "1a" / "school" / "index.md"
    words = shown.reword()
    there = shown.page()
    found = check(shown.root)
    assert isinstance(found, Edition)
    build.prepare(shown.root, found, shown.shown.stock)
    assert page.read_text(encoding="utf-8") != there
    assert shown.refreshed() == "build/: 0 files changed"
    assert words in shown.page()


def test_a_page_that_seems_later_than_its_source_is_made_anew(tmp_path: Path) -> None:
    """MkDocs goes by dates, and those of the last run may be of a clock that was wrong."""
    docs, site = tmp_path / "build" / "docs", tmp_path / "site"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("Old words\n", encoding="utf-8")
    (tmp_path / "build" / "mkdocs.yml").write_text("site_name: One page\ntheme: material\nplugins: []\n", encoding="utf-8")
    live = Live(tmp_path, "http://127.0.0.1/")
    live.build(site, only_changed=False)
    os.utime(site / "index.html", (4e9, 4e9))
    (docs / "index.md").write_text("New words\n", encoding="utf-8")
    live.build(site, only_changed=True)
    assert "New words" in (site / "index.html").read_text(encoding="utf-8")


# ---- When it looks ----


def test_it_looks_at_once_after_changes_and_again_while_something_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_AGAIN", 2)
    (tmp_path / "data").mkdir()
    refused = [False]
    moments = serve._moments(tmp_path, lambda: refused[0])
    assert next(moments)
    (tmp_path / "data" / "a.yml").write_text("a", encoding="utf-8")
    assert next(moments)
    refused[0] = True
    assert not next(moments)


def test_a_folder_that_was_taken_away_is_watched_again_when_it_is_back(tmp_path: Path) -> None:
    data, settings = tmp_path / "data", tmp_path / "mkdocs.yml"
    data.mkdir()
    settings.write_text("a", encoding="utf-8")
    moments = serve._moments(tmp_path, lambda: False)
    assert next(moments)
    shutil.rmtree(data)
    assert next(moments)
    data.mkdir()
    (data / "a.yml").write_text("a", encoding="utf-8")
    for _ in range(2):
        assert next(moments)
        (data / "a.yml").write_text("b", encoding="utf-8")
    replaced = tmp_path / "settings"
    for words in ("b", "c"):
        replaced.write_text(words, encoding="utf-8")
        replaced.replace(settings)
        assert next(moments)


# ---- Where it serves ----


def test_a_port_that_is_taken_is_told_with_another(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--root", str(project), "--port", str(port)])
    assert result.exit_code == 1
    assert result.output.startswith(
        f"cannot serve on port {port}: Address already in use\nhint: another program uses it; choose another: playbook serve --port "
    )


def test_a_port_that_no_machine_has_is_refused(project: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--root", str(project), "--port", "70000"])
    assert result.exit_code == 2
    assert "70000 is not in the range 1<=x<=65535" in result.output
