"""Where a build writes: a folder that is not the build's own is refused before anything changes, and what anyone else put there stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.output import folders
from generator.output.folders import PlaceError, Tree
from generator.site import build, engine, link_check
from site_tests.support.files import contents
from site_tests.support.project import silent

BUILD, OFFLINE, RELEASE = ("build",), ("build", "--offline"), ("release",)


def run(root: Path, command: tuple[str, ...]) -> Result:
    return CliRunner().invoke(main, [*command, "--root", str(root)])


@pytest.mark.parametrize(
    ("place", "command", "stays"),
    [
        ("site", BUILD, "site/"),
        ("site", RELEASE, "release/"),
        ("site-offline", OFFLINE, "site/"),
        ("release", RELEASE, "release/"),
        ("build", BUILD, "site/"),
        ("build/docs", BUILD, "site/"),
        ("build/site", BUILD, "site/"),
        ("build/handouts", BUILD, "site/"),
        ("build/site-offline", OFFLINE, "site/"),
    ],
)
def test_a_folder_that_is_a_link_is_refused_and_what_it_leads_to_stays(project: Path, place: str, command: tuple[str, ...], stays: str) -> None:
    served = project.parent / "served"
    served.mkdir()
    (served / "foreign.html").write_text("Not from here.", encoding="utf-8")
    link = project / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(served)
    result = run(project, command)
    assert result.exit_code == 1
    assert result.output.endswith(
        f"{link} is a link to {served}, where other files may lie\n"
        f"hint: remove the link, and let the other folder be a link to {link.name}/ in place of this\n{stays} is as it was.\n"
    )
    assert link.readlink() == served
    assert contents(served).keys() == {"foreign.html"}


def test_a_link_that_leads_nowhere_is_refused(project: Path) -> None:
    (project / "site").symlink_to("gone")
    assert "is a link to gone" in run(project, BUILD).output


def test_a_file_in_the_place_of_the_site_is_refused_and_stays(project: Path) -> None:
    (project / "site").write_text("Notes", encoding="utf-8")
    assert "site is a file, and a folder is made there\nhint: move it away\nsite/ is as it was.\n" in run(project, BUILD).output
    assert (project / "site").read_text(encoding="utf-8") == "Notes"


@pytest.mark.parametrize("place", ["site", "build"])
def test_a_file_system_of_its_own_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    (project / place).mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == project / place)
    result = run(project, BUILD)
    assert result.exit_code == 1
    assert f"{place} is on a file system of its own or is in use as one, so it cannot be replaced in one step\nhint: unmount it" in result.output
    assert list((project / place).iterdir()) == []


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A new site and the last one; one page is the same in both."""
    new, site = tmp_path / "new", tmp_path / "site"
    for folder, words in ((new, "new"), (site, "old")):
        folder.mkdir()
        (folder / "changed.html").write_text(words, encoding="utf-8")
        (folder / "same.html").write_text("same", encoding="utf-8")
    return new, site


@pytest.mark.parametrize("refused", [errno.EXDEV, errno.EBUSY])
@pytest.mark.parametrize("step", ["old", "new"])
def test_a_site_that_cannot_be_moved_is_whole_and_told(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, refused: int, step: str) -> None:
    new, site = two
    before = contents(site)
    rename = Path.rename

    def cannot(path: Path, target: Path) -> Path:
        if path == (site if step == "old" else new):
            raise OSError(refused, os.strerror(refused), str(path))
        return rename(path, target)

    monkeypatch.setattr(folders, "_swap", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", cannot)
    with pytest.raises(PlaceError, match="cannot be replaced in one step"):
        folders.replace(new, site)
    assert contents(site) == before
    assert [path.name for path in site.parent.iterdir() if path.name.startswith(".")] == []


def test_a_site_that_is_taken_away_meanwhile_is_made_again(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    new, site = two
    wanted = contents(new)
    monkeypatch.setattr(folders, "_swap", lambda one, other: (site.rename(site.with_name("elsewhere")), False)[1])
    folders.replace(new, site)
    assert contents(site) == wanted


def test_a_page_that_is_taken_away_meanwhile_is_in_the_new_site(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    new, site = two
    wanted = contents(new)

    def gone(before: Path, kept: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(before))

    monkeypatch.setattr(os, "link", gone)
    folders.replace(new, site)
    assert contents(site) == wanted


def test_a_page_that_is_shared_with_the_last_site_already_is_left_once(two: tuple[Path, Path]) -> None:
    new, site = two
    (new / "same.html").unlink()
    os.link(site / "same.html", new / "same.html")
    wanted = contents(new)
    folders.replace(new, site)
    assert contents(site) == wanted


def test_links_among_the_made_files_are_removed_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "foreign.md").write_text("Not from here.", encoding="utf-8")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "practices").symlink_to(other)
    (docs / "index.md").symlink_to(other / "foreign.md")
    tree = Tree()
    for page in ("index.md", "practices/1a.md"):
        tree.add(page, "Ours.")
    tree.write(docs)
    assert contents(other).keys() == {"foreign.md"}
    assert (other / "foreign.md").read_text(encoding="utf-8") == "Not from here."
    assert contents(docs).keys() == {"index.md", "practices/1a.md"}
    assert not any(path.is_symlink() for path in docs.rglob("*"))


def test_the_new_site_is_put_in_place_last(project: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can fail any more after it, so that 'site/ is as it was' is said only where it is true."""
    site, made = project / "site", project / "build" / "site"
    site.mkdir()

    def run_engine(*rest: object) -> None:
        made.mkdir(parents=True)
        (made / "index.html").write_text("new", encoding="utf-8")

    monkeypatch.setattr(build, "handouts", lambda *rest: {})
    monkeypatch.setattr(build, "prepare", lambda *rest: 0)
    monkeypatch.setattr(engine, "run", run_engine)
    monkeypatch.setattr(link_check, "problems", lambda *rest, **more: [])
    seen: dict[str, list[Path]] = {}
    assert build.build(project, edition, "mkdocs", lambda words: seen.update({words: list(site.iterdir())}), silent, with_offline=True) == []
    assert len(seen) == 3
    assert set(map(tuple, seen.values())) == {()}
    assert contents(site).keys() == {"index.html"}
