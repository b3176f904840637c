"""`playbook retire`: one command takes a record out with all that names it, tells what became of it, and leaves data that passes the check."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.checked_edition import Edition, check
from generator.cli import main
from site_tests.support.files import contents
from site_tests.support.two_editions import copy_first_edition

WHY = "Nobody used it."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first edition, in which nothing is retired yet."""
    return copy_first_edition(tmp_path / "project")


def _retire(project: Path, name: str, *more: str) -> Result:
    return CliRunner().invoke(main, ["retire", "--root", str(project), name, "--why", WHY, *more])


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("1a.school.q2", "practices/1a/school/#q2", id="a question"),
        pytest.param("4a.school.coalesce.1", "practices/4a/school/#coalesce-1", id="the only statement of a column"),
        pytest.param("managing-or-engaging", "tools/managing-or-engaging/", id="a tool with its uses"),
        pytest.param("1a.school.tools.four-simple-questions", "practices/1a/school/#tools-four-simple-questions", id="a use of a tool"),
        pytest.param("glossary.adaptive-change", "glossary/#adaptive-change", id="a term that others point to"),
        pytest.param("1a.school.f2", "leadership/1a/school/#f2", id="a future state with its strategies"),
        pytest.param("rubric.1a1", "self-reflection/lea/#1a1", id="an element of the self-reflection"),
        pytest.param("1c.overview.q1", "handouts/1c-overview.pdf", id="the only question of a handout"),
        pytest.param("five-whys", "forms/five-whys/", id="a form"),
    ],
)
def test_one_command_retires_a_record_and_the_check_passes(project: Path, name: str, address: str) -> None:
    before = check(project)
    assert isinstance(before, Edition)
    result = _retire(project, name)
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(main, ["check", "--root", str(project)]).exit_code == 0
    after = check(project)
    assert isinstance(after, Edition)
    assert name not in after.routes
    assert address in after.catalog.retired[name].addresses
    assert after.catalog.retired[name].why == WHY
    gone = {record for record in before.routes if record not in after.routes}
    named = set(after.catalog.retired)
    assert {record for record in gone if before.routes.address(record) not in after.routes.addresses()} <= named
    assert not any(record in after.catalog.known_ids for record in named)
    assert f"id: {name}" in result.stdout


def test_no_other_line_changes(project: Path) -> None:
    before = (project / "data/practices/4a.yml").read_text(encoding="utf-8")
    result = _retire(project, "4a.school.q2")
    after = (project / "data/practices/4a.yml").read_text(encoding="utf-8")
    lines = [line for line in result.stdout.splitlines() if line.startswith("-  ")]
    assert lines[0] == "-      - id: 4a.school.q2"
    assert "".join(f"{line[1:]}\n" for line in lines) in before
    assert before.replace("".join(f"{line[1:]}\n" for line in lines), "") == after


def test_what_takes_its_place_is_listed_and_named_by_hints(project: Path) -> None:
    assert _retire(project, "1a.school.q2", "--replaced-by", "1a.school.q1").exit_code == 0
    path = project / "data" / "crosswalk.yml"
    link = "  - {from: 1b.school.f1.q3, to: 1a.school.q2, kind: same question, confidence: high}\n"
    path.write_text(path.read_text(encoding="utf-8") + link, encoding="utf-8")
    found = check(project)
    assert isinstance(found, list)
    assert [(problem.message, problem.hint) for problem in found] == [
        ("no record '1a.school.q2'", "'1a.school.q2' was retired in 1.0.0: Nobody used it; it was replaced by '1a.school.q1'")
    ]


def test_a_retired_term_is_known_to_hints_by_its_own_id(project: Path) -> None:
    assert _retire(project, "glossary.adaptive-change").exit_code == 0
    path = project / "data" / "glossary.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    see:\n", "    see:\n      - adaptive-change\n", 1), encoding="utf-8")
    found = check(project)
    assert isinstance(found, list)
    assert [problem.hint for problem in found] == ["'glossary.adaptive-change' was retired in 1.0.0: Nobody used it"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("1a.school.q22",), "no record '1a.school.q22'\nhint: did you mean '1a.school.q", id="an unknown id"),
        pytest.param(("1a.school",), "'1a.school' holds others up", id="a cell"),
        pytest.param(("1a.school.q2", "--replaced-by", "1a.school.q22"), "no record '1a.school.q22' can take its place", id="no such replacement"),
        pytest.param(
            ("1a.school.q2", "--replaced-by", "1a.school.q2"),
            "can take its place\nhint: did you mean '4a.school.q2'?",
            id="itself as its replacement",
        ),
    ],
)
def test_what_cannot_be_retired_is_told_and_nothing_is_written(project: Path, words: tuple[str, ...], told: str) -> None:
    before = contents(project / "data")
    result = _retire(project, *words)
    assert (result.exit_code, contents(project / "data")) == (1, before)
    assert told in result.output


def test_a_result_that_would_not_pass_the_check_is_not_written(project: Path) -> None:
    found = check(project)
    assert isinstance(found, Edition)
    name = next(uses[0][0] for uses in found.catalog.uses_of.values() if len(uses) == 1)
    before = contents(project / "data")
    result = _retire(project, name)
    assert (result.exit_code, contents(project / "data")) == (1, before)
    assert "error[unused-tool]" in result.output
    assert f"'{name}' stays" in result.output


def test_what_is_retired_already_is_told(project: Path) -> None:
    assert _retire(project, "1a.school.q2").exit_code == 0
    assert "'1a.school.q2' was retired in 1.0.0" in _retire(project, "1a.school.q2").output
