"""How problems are written: for people, for GitHub, for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.problems import Mark, Problem, report, suggestion

ONE = Problem(Mark("data/b.yml", 3, 9), "unknown-tool", "cells[1].tools[0].tool", "no tool 'x'", "did you mean 'y'?")
OTHER = Problem(Mark("data/a.yml", 7, 1), "yaml-tab", "", "a tab stands where spaces belong", "indent with two spaces")


def test_problems_are_sorted_by_place_and_counted() -> None:
    assert report([ONE, OTHER], "text") == (
        "data/a.yml:7:1: error[yaml-tab] a tab stands where spaces belong\n"
        "    hint: indent with two spaces\n"
        "data/b.yml:3:9: error[unknown-tool] cells[1].tools[0].tool: no tool 'x'\n"
        "    hint: did you mean 'y'?\n"
        "2 problems"
    )


def test_github_gets_annotations() -> None:
    assert report([ONE], "github") == (
        "::error file=data/b.yml,line=3,col=9,title=unknown-tool::cells[1].tools[0].tool: no tool 'x'. did you mean 'y'?"
    )


def test_an_annotation_without_a_path_begins_with_what_is_wrong() -> None:
    assert report([OTHER], "github").endswith("title=yaml-tab::a tab stands where spaces belong. indent with two spaces")


def test_programs_get_a_list() -> None:
    assert json.loads(report([ONE], "json"))[0]["mark"] == {"file": "data/b.yml", "line": 3, "column": 9}


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("sate", ["school", "state"], "did you mean 'state'?"),
        ("x", ["school", "state"], "use one of 'school', 'state'"),
        ("x", [f"tool-{n}" for n in range(9)], "there are 9 to choose from, from 'tool-0' to 'tool-8'"),
    ],
)
def test_a_hint_names_the_nearest_word_or_the_choice(word: str, known: list[str], said: str) -> None:
    assert suggestion(word, known) == said


def test_good_data_says_how_much_is_carried(project: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 0
    assert "523 of 523 source items carried" in result.output


def test_a_link_to_nothing_in_content_is_told(project: Path) -> None:
    (project / "content" / "home.md").write_text("# Home\n\nSee [this](@practises).\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 1
    assert result.output.startswith("content/home.md:3:13: error[unknown-link] no record or page '@practises'\n    hint: did you mean 'practices'?")
