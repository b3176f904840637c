"""A misspelt id is told once, at its line, with the id that was meant; problems of other files are told in the same run."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.checked_edition import check
from generator.problems import Problem
from site_tests.support.files import edit
from site_tests.support.project import list_addresses

SECOND = "data/practices/2b.yml"
THIRD = "data/practices/3a.yml"


def _spoil(project: Path, file: str, old: str, new: str) -> int:
    """One edit; its line."""
    text = (project / file).read_text(encoding="utf-8")
    edit(project / file, (old, new))
    return text[: text.index(old)].count("\n") + 1


def _told(project: Path) -> list[Problem]:
    found = check(project)
    assert isinstance(found, list)
    return sorted(found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(THIRD, "3a.district.q2", "3a.distict.q2", id="the level in the id of a question"),
        pytest.param(SECOND, "2b.district.q1", "2b.district.q7", id="the number of a question that has twins"),
        pytest.param(THIRD, "3a.district.q2", "3a.district.q7", id="the number of a question"),
        pytest.param(SECOND, "2b.district.participation.1", "2b.district.particpation.1", id="the habit in the id of a statement"),
        pytest.param(SECOND, "2b", "2d", id="a practice"),
        pytest.param("data/tools.yml", "your-brand", "your-brnd", id="a tool"),
        pytest.param("data/glossary.yml", "autonomy", "autonmy", id="a term"),
        pytest.param("data/playbook.yml", "district", "distict", id="a level"),
        pytest.param("data/domains.yml", "d2", "d5", id="a domain"),
    ],
)
def test_a_misspelt_id_is_told_once_with_the_one_that_was_meant(project: Path, file: str, old: str, new: str) -> None:
    line = _spoil(project, file, f"id: {old}\n", f"id: {new}\n")
    (problem,) = _told(project)
    assert (problem.code, problem.mark.file, problem.mark.line) == ("changed-id", file, line)
    assert problem.message == f"the id '{new}' is new, and nothing has the id '{old}' anymore"
    assert problem.hint.startswith(f"did you mean '{old}'?")


def test_a_cell_at_a_misspelt_level_is_told_with_its_level(project: Path) -> None:
    _spoil(project, SECOND, "id: 2b.district\n", "id: 2b.distict\n")
    assert [problem.code for problem in _told(project)] == ["changed-id", "unknown-level"]


def test_a_cell_that_is_gone_is_told_as_missing(project: Path) -> None:
    path = project / SECOND
    path.write_text(path.read_text(encoding="utf-8").partition("  - id: 2b.state\n")[0], encoding="utf-8")
    (problem,) = [problem for problem in _told(project) if problem.code == "missing-cell"]
    assert problem.message == "cell '2b.state' is missing"


def test_a_misspelt_column_is_told_once(project: Path) -> None:
    _spoil(project, SECOND, "      participation:\n", "      particpation:\n")
    assert [(problem.code, problem.hint) for problem in _told(project)] == [("unknown-column", "did you mean 'participation'?")]


def test_another_mistake_beside_a_misspelt_id_is_told_too(project: Path) -> None:
    _spoil(project, THIRD, "id: 3a.district.q2\n", "id: 3a.distict.q2\n")
    _spoil(project, "data/practices/1a.yml", "tool: seeds-of-trust\n", "tool: seed-of-trust\n")
    assert [problem.code for problem in _told(project)] == ["unknown-tool", "changed-id"]


def test_a_new_record_beside_a_retired_one_is_no_slip(project: Path) -> None:
    line = "  - id: 3a.district.q2\n    addresses: [practices/3a/district/#q2]\n    was: It was.\n    since: 0.2.0\n    why: We say why.\n"
    _spoil(project, THIRD, "id: 3a.district.q2\n", "id: 3a.district.q7\n")
    _spoil(project, "data/retired.yml", "retired: []\n", f"retired:\n{line}")
    list_addresses(project)
    assert not isinstance(check(project), list)


def test_a_dead_link_in_a_written_page_is_told_beside_a_broken_file(project: Path) -> None:
    _spoil(project, "data/errata.yml", "errata:\n", "errata: [\n")
    _spoil(project, "data/practices/1a.yml", "tool: seeds-of-trust\n", "tool: seed-of-trust\n")
    page = project / "content" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[gone](@1a.school.q99) and [also](@no-such-tool)\n", encoding="utf-8")
    told = [(problem.mark.file, problem.code) for problem in _told(project)]
    assert told == [("content/about.md", "unknown-link"), ("data/errata.yml", "yaml-syntax"), ("data/practices/1a.yml", "unknown-tool")]


def test_a_link_to_a_record_of_a_broken_file_is_not_blamed(project: Path) -> None:
    _spoil(project, "data/practices/1a.yml", "id: 1a\n", "id: 1a: b\n")
    assert [(problem.mark.file, problem.code) for problem in _told(project)] == [("data/practices/1a.yml", "yaml-syntax")]
