"""'Change this page': to the file and line in the code host, once its address is set."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator import build, settings
from generator.edition import Edition, check
from generator.origins import origins

ROOT = Path(__file__).parent.parent
HOST = "https://code.example/us/playbook/edit/main/{path}#L{line}"


@pytest.fixture(scope="module")
def marks(edition: Edition) -> dict[str, str]:
    found = origins(edition.catalog, edition.routes, edition.prose)
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


def test_a_written_page_leads_to_its_file_and_a_gathered_one_nowhere(marks: dict[str, str]) -> None:
    assert marks[""] == "content/home.md:1"
    assert "browse/" not in marks


def test_every_page_shows_its_link_once_the_address_is_set_and_none_before(edition: Edition) -> None:
    assert edition.settings.editor is None
    assert not any("pb-change" in text for text in _pages(edition).values())
    host = dataclasses.replace(edition.settings, editor=HOST)
    pages = _pages(dataclasses.replace(edition, settings=host))
    links = {page: re.findall(r'pb-change"><a href="([^"]+)">Change this page<', text) for page, text in pages.items()}
    assert links["tools/your-brand/index.md"][0].startswith("https://code.example/us/playbook/edit/main/data/tools.yml#L")
    without = {page.split("/")[0] for page, found in links.items() if not found}
    assert without == {
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
    } | {
        "compose",
        "links",
        "whats-new",
    }
    assert sum(not found for found in links.values()) == len(without)


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
