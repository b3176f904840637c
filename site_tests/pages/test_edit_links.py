"""'Change this page': to the file and line in the code host, once its address is set."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.checks.checked_edition import Edition, check
from generator.pages.edit_links import origin
from generator.problems import Mark
from generator.project import settings
from generator.site import build
from site_tests import ROOT
from site_tests.support.nonempty import nonempty

LINK = re.compile(r'pb-change"><a href="([^"]+)">Change this page</a> in ([^<]+)<')
# fmt: off
GATHERED = (
    "search", "browse", "matrix", "practices", "reflect", "team", "questions", "handouts", "guides", "forms", "coverage", "data", "compose", "links",
)
# fmt: on
HOST = "https://code.example/us/playbook/edit/main/{path}#L{line}"


@pytest.fixture(scope="module")
def marks(edition: Edition) -> dict[str, str]:
    found = {page.address: origin(edition.catalog, page) for page in edition.routes.pages}
    return {address: f"{mark.file}:{mark.line}" for address, mark in found.items()}


@pytest.mark.parametrize(
    ("address", "file", "line"),
    [
        ("practices/1a/", "data/practices/1a.yml", "id: 1a"),
        ("practices/1a/school/", "data/practices/1a.yml", "- id: 1a.school"),
        ("reflect/1a/school/", "data/practices/1a.yml", "questions:"),
        ("tools/your-brand/", "data/tools.yml", "- id: your-brand"),
        ("levels/district/", "data/playbook.yml", "- id: district"),
        ("leadership/1a/school/", "data/guides/leadership/1a-school.yml", "cell: 1a.school"),
        ("forms/fishbone/", "data/guides/root-cause.yml", "- id: fishbone"),
        ("glossary/", "data/glossary.yml", "# yaml-language-server: $schema=schema/glossary.schema.json"),
    ],
)
def test_a_page_leads_to_the_line_where_its_record_begins(marks: dict[str, str], address: str, file: str, line: str) -> None:
    found, _, number = marks[address].partition(":")
    assert found == file
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1].strip() == line


def test_a_written_page_leads_to_its_file(marks: dict[str, str]) -> None:
    assert marks[""] == "content/home.md:1"


def test_what_is_new_leads_to_the_words_on_the_newest_edition(marks: dict[str, str], edition: Edition) -> None:
    file, _, line = marks["whats-new/"].partition(":")
    assert file == f"data/editions/{edition.catalog.edition.version}.yml"
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith("summary:")


def test_no_page_has_the_link_before_the_address_is_set(edition: Edition) -> None:
    assert edition.settings.editor is None
    assert not any("pb-change" in text for text in _pages(edition).values())


def test_every_page_leads_to_a_file_and_line_that_exist_once_the_address_is_set(hosted: dict[str, str]) -> None:
    links = {page: LINK.findall(text) for page, text in hosted.items()}
    assert [page for page, found in links.items() if len(found) != 1] == []
    for page, ((link, file),) in nonempty(links.items()):
        path, line = re.fullmatch(r"https://code\.example/us/playbook/edit/main/(.*)#L(\d+)", link).groups()  # type: ignore[union-attr]
        assert path == file, page
        assert int(line) <= len((ROOT / path).read_text(encoding="utf-8").splitlines()), page
    assert links["tools/your-brand/index.md"][0][1] == "data/tools.yml"


@pytest.mark.parametrize(
    "page",
    [
        "search",
        "browse",
        "matrix",
        "practices",
        "reflect",
        "team",
        "questions",
        "handouts",
        "guides",
        "forms",
        "coverage",
        "data",
        "compose",
        "links",
    ],
)
def test_a_page_that_gathers_many_records_leads_to_its_template(hosted: dict[str, str], page: str) -> None:
    [(link, file)] = LINK.findall(hosted[f"{page}/index.md"])
    assert file.startswith("theme/pages/")
    assert (ROOT / file).is_file()
    assert link.endswith(f"{file}#L1")


def test_a_retired_page_leads_to_what_retired_says_of_it(project: Path) -> None:
    listed = "  - id: old-tool\n    addresses: [tools/old-tool/]\n    was: Old tool\n    since: 0.2.0\n    why: It is gone.\n"
    (project / "data/retired.yml").write_text(f"retired:\n{listed}", encoding="utf-8")
    found = check(project)
    assert isinstance(found, Edition), found
    [page] = (page for page in found.routes.pages if page.address == "tools/old-tool/")
    assert origin(found.catalog, page) == Mark("data/retired.yml", 2, 5)


def test_the_sample_addresses_in_the_settings_are_good(project: Path) -> None:
    path = project / settings.FILE
    text = path.read_text(encoding="utf-8")
    samples = re.findall(r"(?m)^  # (edit: .*)$", text)
    assert len(samples) == 2
    for sample in nonempty(samples):
        path.write_text(text.replace(f"  # {sample}", f"  {sample}"), encoding="utf-8")
        found, problems = settings.read(project)
        assert problems == []
        assert (found.change(Mark("data/tools.yml", 7)) or "").endswith("/edit/main/data/tools.yml#L7")


@pytest.fixture(scope="module")
def hosted(edition: Edition) -> dict[str, str]:
    """Every page by its path, with the address set."""
    return _pages(dataclasses.replace(edition, settings=dataclasses.replace(edition.settings, editor=HOST)))


def _pages(edition: Edition) -> dict[str, str]:
    tree = build.documents(ROOT, edition, {})
    return {str(path): bytes(text).decode() for path, text in tree.files.items() if path.suffix == ".md"}


@pytest.mark.parametrize("wrong", ["main/{path}", "https://code.example/edit", "7"])
def test_an_edit_address_without_a_path_is_told(project: Path, wrong: str) -> None:
    text = (project / settings.FILE).read_text(encoding="utf-8")
    (project / settings.FILE).write_text(text.replace("  paper: letter", f"  paper: letter\n  edit: {wrong}"), encoding="utf-8")
    problems = check(project)
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == ["bad-edit-address"]
