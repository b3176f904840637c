"""New records: the next id that was never used, at its place, and no other line changes."""

from __future__ import annotations

import dataclasses
import difflib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.editing import new_record
from generator.model import playbook
from generator.project import yaml_reader
from site_tests.support.files import contents

FIRST = "data/practices/1a.yml"
DOMAIN_4 = "data/practices/4a.yml"


def _new(project: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["new", words[0], "--root", str(project), *words[1:]])


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line.rstrip("\n") for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("words", "file", "lines"),
    [
        pytest.param(
            ("question", "1a.school"),
            FIRST,
            [
                "+       - id: 1a.school.q4",
                "+         origin: site",
                "+         text: >-",
                "+           Question 4 is still to be written: what should a team talk about here?",
            ],
            id="a question after others",
        ),
        pytest.param(
            ("question", "4a.overview"),
            DOMAIN_4,
            [
                "+     questions:",
                "+       - id: 4a.overview.q1",
                "+         origin: site",
                "+         text: >-",
                "+           Question 1 is still to be written: what should a team talk about here?",
            ],
            id="the first question of a cell",
        ),
        pytest.param(
            ("statement", "4a.school", "coalesce"),
            DOMAIN_4,
            [
                "+         - id: 4a.school.coalesce.2",
                "+           text: >-",
                "+             Statement 2 is still to be written: say in plain words what the source says here.",
                "+           from: [p63.01]",
            ],
            id="a Four Domains statement",
        ),
    ],
)
def test_a_stub_adds_its_lines_only_and_lacks_only_its_words(project: Path, words: tuple[str, ...], file: str, lines: list[str]) -> None:
    before = (project / file).read_text(encoding="utf-8")
    result = _new(project, *words)
    after = (project / file).read_text(encoding="utf-8")
    assert _changed(before, after) == lines
    name = next(line.rpartition(" ")[2] for line in lines if " id: " in line)
    number = next(number for number, line in enumerate(after.splitlines(), 1) if line.endswith(f"id: {name}"))
    assert result.stdout == f"{file}:{number}: {name}\n"
    assert isinstance(check(project, with_stubs=True), Edition)
    problems = check(project)
    assert isinstance(problems, list)
    (problem,) = problems
    assert (problem.mark.file, problem.code, problem.message) == (file, "still-to-write", f"the 'text' of '{name}' is still to be written")
    assert after.splitlines()[problem.mark.line - 1].strip() == "text: >-"
    assert problem.hint == "write its 'text', or remove the record"


def test_a_stub_that_got_its_words_is_no_problem(project: Path) -> None:
    assert _new(project, "question", "1a.school").exit_code == 0
    path = project / FIRST
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Question 4 is still to be written: what should a team talk about here?", "Who is not in the room?"), encoding="utf-8"
    )
    assert isinstance(check(project), Edition)


def test_a_stub_stops_a_build_until_it_is_written(project: Path) -> None:
    assert _new(project, "question", "1a.school").exit_code == 0
    result = CliRunner().invoke(main, ["build", "--root", str(project)])
    assert result.exit_code == 1
    assert "error[still-to-write]" in result.stdout


def test_two_calls_give_two_ids(project: Path) -> None:
    assert [_new(project, "question", "1a.school").stdout.rpartition(" ")[2] for _ in range(2)] == ["1a.school.q4\n", "1a.school.q5\n"]
    assert [_new(project, "tool", title).stdout.rpartition(" ")[2] for title in ("One", "Two")] == ["one\n", "two\n"]
    assert isinstance(check(project, with_stubs=True), Edition)


def test_an_id_that_any_record_bears_is_not_used_again(edition: Edition) -> None:
    retired = playbook.Question(id="1a.school.q9", origin="site", text="Asked no more?")
    catalog = dataclasses.replace(edition.catalog, records=(*edition.catalog.records, retired))
    assert new_record.question(catalog, "1a.school").id == "1a.school.q10"


def test_a_tool_lacks_only_its_purpose_and_a_cell_that_uses_it(project: Path) -> None:
    before = (project / "data/tools.yml").read_text(encoding="utf-8")
    result = _new(project, "tool", "No: café & what’s next")
    lines = _changed(before, (project / "data/tools.yml").read_text(encoding="utf-8"))
    assert lines[:4] == ["+   - id: no-cafe-whats-next", "+     origin: site", "+     title: 'No: café & what’s next'", "+     type: tool"]
    problems = check(project)
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == ["unused-tool", "still-to-write"]
    use = result.stderr.partition("playbook check', which tells what is still to be written\n")[2]
    assert use.splitlines()[:2] == ["      - tool: no-cafe-whats-next", "        origin: site"]
    path = project / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("    tools:\n", f"    tools:\n{use}", 1), encoding="utf-8")
    problems = check(project)
    assert isinstance(problems, list)
    assert [problem.message for problem in sorted(problems)] == [
        "the 'text' of 'no-cafe-whats-next' is still to be written",
        "the 'purpose' of 'no-cafe-whats-next' is still to be written",
    ]


def test_a_tool_never_takes_the_address_of_a_page(edition: Edition) -> None:
    assert new_record.tool(edition.catalog, "Glossary", edition.routes).id == "glossary-2"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("question", "1a.scool"), "no cell '1a.scool'\nhint: did you mean '1a.school'?"),
        (("statement", "1a.school", "together-now"), "no column 'together-now'\nhint: did you mean 'together'?"),
        (("statement", "4a.overview", "together"), "nothing is printed in '4a.overview' under 'together'"),
        (("tool", "Your brand"), "tool 'your-brand' has this title already"),
        (("tool", "学校"), "no id can be made of '学校'"),
        (("tool", "two\nlines"), "'two lines' cannot be a title\nhint: give a title of one line"),
        (("tool", "x" * 1000), f"'{'x' * 60}' cannot be a title\nhint: give a title of one line, up to 240 letters"),
    ],
    ids=["an unknown cell", "an unknown column", "no source", "a known title", "no letters", "two lines", "too long"],
)
def test_what_cannot_be_added_is_told_and_nothing_is_written(project: Path, words: tuple[str, ...], message: str) -> None:
    before = contents(project / "data")
    result = _new(project, *words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert contents(project / "data") == before


def test_data_with_problems_is_left_alone(project: Path) -> None:
    path = project / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("domain: d1", "domain: d9"), encoding="utf-8")
    before = path.read_bytes()
    result = _new(project, "question", "1a.school")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "unknown-domain" in result.stdout


LISTS = {
    "an empty list": "a:\n  list: []  # none yet\nb: 1\n",
    "dashes under the key": "a:\n  list:\n  - id: x\n    text: >-\n      One.\n\n  # of b\nb: 1\n",
    "no final newline": "b: 1\na:\n  list:\n    - id: x",
    "line ends of Windows": "a:\r\n  list:\r\n    - id: x\r\nb: 1\r\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_stub_finds_its_place_in_any_block_list(text: str) -> None:
    after, line = new_record.insert(_stub(text), text)
    assert after.splitlines()[line - 1].strip() == "- id: new"
    kept = [found for found in after.splitlines(keepends=True) if not found.strip().startswith("- id: new")]
    assert "".join(kept).rstrip("\n") == text.replace(": []", ":").rstrip("\n")


def test_a_list_on_one_line_is_not_touched() -> None:
    text = "a: {list: [{id: x}]}\n"
    with pytest.raises(new_record.StubError, match="lines of its own"):
        new_record.insert(_stub(text), text)


def _stub(text: str) -> new_record.Stub:
    source, problems = yaml_reader.read("sample.yml", text.encode())
    assert source
    assert not problems
    return new_record.Stub(source, ("a", "list"), len(source.value["a"]["list"]), {"id": "new"}, "")
