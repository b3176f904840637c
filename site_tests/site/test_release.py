"""`playbook release`: the same bytes from the same commit, and no release of what is not committed or was released before."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from generator.catalog.handout_list import Shelf
from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.handouts import system_libraries
from site_tests import ROOT
from site_tests.support.another_machine import elsewhere
from site_tests.support.chromium import DAY, VERSION
from site_tests.support.files import contents
from site_tests.support.nonempty import nonempty
from site_tests.support.project import copy_project, stock

NAME = f"engagement-playbook-{VERSION}"
NO_GIT = "git knows nothing of this folder: not checked that all changes are committed and that the version is new"


def run(root: Path) -> Result:
    return CliRunner().invoke(main, ["release", "--root", str(root)])


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def committed(small_project: Path) -> Path:
    """A copy of the project in a repository of its own, with everything committed."""
    shutil.copy(ROOT / ".gitignore", small_project)
    git(small_project, "init", "-q")
    git(small_project, "add", ".")
    git(small_project, "commit", "-q", "-m", "All of it")
    return small_project


@pytest.fixture(scope="module")
def released(small_edition: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A release of the project on a machine without git, and what was said of it."""
    root = stock(copy_project(tmp_path_factory.mktemp("released") / "project", small_edition), small_edition)
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("PATH", "")
        result = run(root)
    assert result.exit_code == 0, result.output
    return root / "release", result


# ---- What is in it ----


def test_a_release_is_three_zips_their_checksums_and_what_they_were_made_with_and_nothing_else(released: tuple[Path, Result]) -> None:
    found = contents(released[0])
    assert sorted(found) == ["MADE-WITH", "SHA256SUMS", f"{NAME}-data.zip", f"{NAME}-handouts.zip", f"{NAME}-site.zip"]
    lines = [f"{checksum}  {name}\n" for name, checksum in found.items() if name.endswith(".zip")]
    assert (released[0] / "SHA256SUMS").read_bytes().decode() == "".join(lines)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=released[0], check=True, capture_output=True)


def test_a_release_says_which_libraries_have_to_be_the_same_for_the_same_bytes(released: tuple[Path, Result]) -> None:
    promise, _, lines = (released[0] / "MADE-WITH").read_text(encoding="utf-8").partition("\n\n")
    assert promise == "The same commit gives the same bytes on every machine where all of these are the same:"
    assert lines == "".join(f"{name} {version}\n" for name, version in system_libraries.versions().items())


def test_the_data_zip_holds_json_schemas_and_tables(released: tuple[Path, Result]) -> None:
    with ZipFile(released[0] / f"{NAME}-data.zip") as packed:
        names = {name.removeprefix(f"{NAME}-data/") for name in packed.namelist()}
        assert {"playbook.json", "schema/playbook.schema.json", "statements.csv", "form_options.csv"} <= names
        assert {Path(name).suffix for name in names} == {".json", ".csv"}
        assert json.loads(packed.read(f"{NAME}-data/playbook.json"))["version"] == VERSION


def test_the_handouts_zip_holds_every_handout(released: tuple[Path, Result]) -> None:
    edition = check(released[0].parent)
    assert isinstance(edition, Edition)
    with ZipFile(released[0] / f"{NAME}-handouts.zip") as packed:
        assert set(packed.namelist()) == {f"{NAME}-handouts/{handout.file(form)}" for handout in Shelf(edition.catalog) for form in handout.formats}


def test_the_site_zip_works_from_a_folder(released: tuple[Path, Result]) -> None:
    """It is the one that test_offline clicks through."""
    assert (released[0] / f"{NAME}-site.zip").read_bytes() == (released[0].parent / "site-offline.zip").read_bytes()


def test_the_zips_tell_nothing_of_the_day_or_machine(released: tuple[Path, Result]) -> None:
    for path in nonempty(released[0].glob("*.zip")):
        with ZipFile(path) as packed:
            assert packed.namelist() == sorted(packed.namelist())
            assert {(entry.date_time, entry.create_system, entry.external_attr) for entry in packed.infolist()} == {
                ((*map(int, DAY.split("-")), 0, 0, 0), 3, 0o100644 << 16)
            }


def test_a_release_of_another_folder_on_another_machine_is_the_same_byte_for_byte(
    released: tuple[Path, Result], small_edition: Path, tmp_path: Path
) -> None:
    """Made from nothing, handouts too, where all that may differ does."""
    other = copy_project(tmp_path / "somewhere else", small_edition)
    told = elsewhere("release", "--root", str(other))
    assert NO_GIT in told
    assert contents(other / "release") == contents(released[0])


# ---- When it is refused ----


def test_without_git_it_says_so_and_goes_on(released: tuple[Path, Result]) -> None:
    assert NO_GIT in released[1].output
    assert released[1].output.endswith(f"release/ is ready; mark its commit: git tag v{VERSION}\n")


def test_what_is_not_committed_is_not_released(committed: Path) -> None:
    page = committed / "content" / "home.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (committed / "a new file.txt").write_text("new")
    result = run(committed)
    assert result.exit_code == 1
    hint = "    hint: commit it or take it back: a release can be made again only from a commit"
    assert result.output.splitlines() == [
        "a new file.txt:1:1: error[uncommitted-change] is not as it is committed",
        hint,
        "content/home.md:1:1: error[uncommitted-change] is not as it is committed",
        hint,
        "2 problems",
        "release/ is as it was.",
    ]
    assert not (committed / "release").exists()
    assert not (committed / "build" / "site").exists()


def test_what_got_worse_is_not_released(committed: Path) -> None:
    path = committed / "data" / "figures.yml"
    path.write_text(re.sub(r"(search-first, better: more, value: )[0-9.]+", r"\g<1>9999", path.read_text(encoding="utf-8")), encoding="utf-8")
    git(committed, "commit", "-qam", "A figure")
    result = run(committed)
    assert result.exit_code == 1
    assert "error[worse-figure]" in result.output
    assert not (committed / "release").exists()


def test_a_version_is_released_once(committed: Path) -> None:
    git(committed, "tag", f"v{VERSION}")
    first = subprocess.run(["git", "rev-parse", "HEAD"], cwd=committed, check=True, capture_output=True, text=True).stdout[:10]
    git(committed, "commit", "-q", "--allow-empty", "-m", "More")
    result = run(committed)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"data/playbook.yml:4:10: error[version-taken] version: version {VERSION} is released: the tag 'v{VERSION}' is on another commit, {first}",
        "    hint: raise 'version' and 'date', and begin their part of CHANGELOG.md",
        "1 problem",
        "release/ is as it was.",
    ]


def test_the_released_commit_may_be_released_again(committed: Path) -> None:
    git(committed, "tag", f"v{VERSION}")
    for _ in range(2):
        assert run(committed).exit_code == 0
    assert subprocess.run(["git", "status", "--porcelain"], cwd=committed, check=True, capture_output=True).stdout == b""
