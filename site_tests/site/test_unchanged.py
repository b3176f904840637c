"""A build of what is built already is told from every other one: each input, and each file that was made, counts."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.site import up_to_date
from generator.site.up_to_date import Stamp
from site_tests import ROOT
from site_tests.support.project import copy_project

LINES = ["all is carried", "site/ is ready"]
OFFLINE = ("site", "site-offline", "site-offline.zip")


def taken(root: Path, engine: str = "mkdocs", outputs: tuple[str, ...] = OFFLINE) -> Stamp:
    return Stamp(root, (engine, *outputs), outputs)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with what a build made of it, and its stamp; generator, packages, libraries and the environment can be changed."""
    root = copy_project(tmp_path / "project")
    (root / "CITATION.cff").write_text("title: ours")
    (root / "base.yml").write_text("site_name: ours")
    code = tmp_path / "generator"
    shutil.copytree(ROOT / "generator" / "handouts", code / "handouts", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(up_to_date, "__file__", str(code / "site" / "up_to_date.py"))
    (tmp_path / "packages" / "weasyprint-70.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "packages")])
    (tmp_path / "ld.so.cache").write_text("libpango-1.0.so.0")
    monkeypatch.setattr(up_to_date, "LIBRARIES", tmp_path / "ld.so.cache")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nremote_name: !ENV [PLAYBOOK_REMOTE, origin]\n")
    for file in ("site/index.html", "site/tools/index.html", "site-offline/index.html", "site-offline.zip"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(file)
    taken(root).keep(LINES)
    return root


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")


def same_size_and_date(path: Path) -> None:
    """As a program edits that hides it."""
    at = path.stat()
    path.write_text(path.read_text(encoding="utf-8").swapcase(), encoding="utf-8")
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert path.stat().st_size == at.st_size


def link(folder: Path) -> None:
    """The same files behind a link."""
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere", target_is_directory=True)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a sentence": lambda root: append(root / "data" / "practices" / "1a.yml"),
    "a file of data goes": lambda root: (root / "data" / "tools.yml").unlink(),
    "a file of data comes": lambda root: (root / "data" / "practices" / "5a.yml").touch(),
    "a file of data has another name": lambda root: (root / "data" / "tools.yml").rename(root / "data" / "tool.yml"),
    "a byte goes from a file to the next": lambda root: _move_a_byte(root / "data" / "practices"),
    "what is known of links": lambda root: append(root / "data" / "link-status.yml"),
    "a hand-written page": lambda root: append(root / "content" / "home.md"),
    "a template of pages": lambda root: append(root / "theme" / "pages" / "cell.md.jinja"),
    "a template of the engine": lambda root: append(root / "theme" / "overrides" / "main.html"),
    "a style": lambda root: same_size_and_date(root / "theme" / "assets" / "base" / "colors.css"),
    "the style of paper": lambda root: append(root / "theme" / "print" / "print.css"),
    "a setting": lambda root: append(root / "mkdocs.yml"),
    "no settings": lambda root: (root / "mkdocs.yml").unlink(),
    "a file that a setting may name": lambda root: same_size_and_date(root / "base.yml"),
    "the citation": lambda root: append(root / "CITATION.cff"),
    "our code": lambda root: append(root.parent / "generator" / "handouts" / "pdf.py"),
    "a package": lambda root: (root.parent / "packages" / "weasyprint-70.0.dist-info").rename(root.parent / "packages" / "weasyprint-70.1.dist-info"),
    "a package comes": lambda root: (root.parent / "packages" / "mkdocs_more-1.dist-info").mkdir(),
    "a library of the system": lambda root: append(root.parent / "ld.so.cache"),
    "a system that does not list its libraries": lambda root: (root.parent / "ld.so.cache").unlink(),
    "a folder of data is a link": lambda root: link(root / "data" / "practices"),
    "a pipe in the data": lambda root: os.mkfifo(root / "data" / "pipe.yml"),
    "a file without end in the data": lambda root: os.truncate(root / "data" / "tools.yml", up_to_date.LARGEST + 1),
    "a name of odd bytes": lambda root: Path(os.fsdecode(bytes(root / "data") + b"/\xff.yml")).touch(),
    "a page": lambda root: same_size_and_date(root / "site" / "tools" / "index.html"),
    "a page goes": lambda root: (root / "site" / "index.html").unlink(),
    "a page comes": lambda root: (root / "site" / "new.html").touch(),
    "the site goes": lambda root: shutil.rmtree(root / "site"),
    "the site is a link": lambda root: link(root / "site"),
    "a page of the offline copy": lambda root: append(root / "site-offline" / "index.html"),
    "the zip goes": lambda root: (root / "site-offline.zip").unlink(),
    "build/ goes": lambda root: shutil.rmtree(root / "build"),
    "a build that may fail has begun": up_to_date.forget,
}


def _move_a_byte(folder: Path) -> None:
    one, other = sorted(folder.iterdir())[:2]
    text = one.read_bytes()
    one.write_bytes(text[:-1])
    other.write_bytes(text[-1:] + other.read_bytes())


def test_nothing_changed(made: Path) -> None:
    assert taken(made).lines() == LINES


def test_a_name_of_odd_bytes_is_no_change_when_it_stays(made: Path) -> None:
    Path(os.fsdecode(bytes(made / "site") + b"/\xff.html")).touch()
    taken(made).keep(LINES)
    assert taken(made).lines() == LINES


def test_a_file_that_is_saved_as_it_was_is_no_change(made: Path) -> None:
    path = made / "data" / "tools.yml"
    path.write_bytes(path.read_bytes())
    assert taken(made).lines() == LINES


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_asks_for_a_build(made: Path, change: Callable[[Path], object]) -> None:
    change(made)
    assert taken(made).lines() is None


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "LD_LIBRARY_PATH", "PLAYBOOK_REMOTE"])
def test_a_variable_of_the_environment_that_may_be_read_asks_for_a_build(made: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert taken(made).lines() is None


def test_the_other_engine_and_another_output_are_other_builds(made: Path) -> None:
    assert taken(made, "zensical").lines() is None
    assert taken(made, outputs=("site",)).lines() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: b"\xff" + kept,
        lambda kept: b"[]",
        lambda kept: b"null",
        lambda kept: b"[" * 1_000_000,
        lambda kept: b'{"inputs": "", "outputs": "", "lines": []}',
        lambda kept: json.dumps(json.loads(kept) | {"lines": "site/ is ready"}).encode(),
        lambda kept: json.dumps(json.loads(kept) | {"lines": [1]}).encode(),
        lambda kept: json.dumps({"inputs": json.loads(kept)["inputs"]}).encode(),
    ],
    ids=["empty", "cut", "not text", "a list", "nothing", "deep", "of no build", "words of another kind", "no words", "of another version"],
)
def test_a_damaged_stamp_asks_for_a_build(made: Path, change: Callable[[bytes], bytes]) -> None:
    file = made / "build" / up_to_date.FILE
    file.write_bytes(change(file.read_bytes()))
    assert taken(made).lines() is None


def test_an_edit_during_the_build_leaves_no_stamp_even_if_it_is_taken_back(made: Path) -> None:
    path = made / "data" / "tools.yml"
    for edits in ([b"other"], [b"other", path.read_bytes()]):
        up_to_date.forget(made)
        stamp = taken(made)
        for content in edits:
            path.write_bytes(content)
        stamp.keep(LINES)
        assert taken(made).lines() is None


def run(root: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["build", "--root", str(root), *more])


def test_a_second_build_says_that_nothing_changed_and_repeats_the_end(small_project: Path) -> None:
    first, second = run(small_project), run(small_project)
    assert "is building the site" in first.output
    assert second.output.splitlines() == ["nothing changed since the last build", *first.output.splitlines()[-len(second.output.splitlines()) + 1 :]]
    assert "site/ is ready" in second.output
    page = small_project / "site" / "index.html"
    good = page.read_bytes()
    page.write_bytes(good[:100])
    assert "nothing changed" not in run(small_project).output
    assert page.read_bytes() == good
    template = small_project / "theme" / "pages" / "cell.md.jinja"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("{{ practice.tools(cell) }}", '<a href="nowhere/">Nowhere</a>'), encoding="utf-8")
    failed = run(small_project)
    assert failed.exit_code == 1
    assert "dead-link" in failed.output
    template.write_text(text, encoding="utf-8")
    again = run(small_project)
    assert again.exit_code == 0
    assert "nothing changed" not in again.output
