"""How problems are written: for people, for GitHub, for programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.catalog.site_page import listed
from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.problems import Mark, Problem, report, suggestion
from site_tests import ROOT
from site_tests.support import source_counts
from site_tests.support.files import replacing

ONE = Problem(Mark("data/b.yml", 3, 9), "unknown-tool", "cells[1].tools[0].tool", "no tool 'x'", "did you mean 'y'?")
OTHER = Problem(Mark("data/a.yml", 7, 1), "yaml-tab", "", "a tab is where spaces belong", "indent with two spaces")


def test_problems_are_sorted_by_place_and_counted() -> None:
    assert report([ONE, OTHER], "text") == (
        "data/a.yml:7:1: error[yaml-tab] a tab is where spaces belong\n"
        "    hint: indent with two spaces\n"
        "data/b.yml:3:9: error[unknown-tool] cells[1].tools[0].tool: no tool 'x'\n"
        "    hint: did you mean 'y'?\n"
        "2 problems"
    )


def test_github_gets_annotations() -> None:
    assert report([ONE], "github") == (
        "::error file=data/b.yml,line=3,col=9,title=unknown-tool::cells[1].tools[0].tool: no tool 'x'. did you mean 'y'?"
    )


def test_a_file_name_cannot_end_its_place_in_an_annotation() -> None:
    odd = Problem(Mark("data/a,line=9::b%\n.yml", 3, 9), "unknown-tool", "", "no tool 'x'", "did you mean 'y'?")
    assert report([odd], "github").startswith("::error file=data/a%2Cline=9%3A%3Ab%25%0A.yml,line=3,col=9,title=unknown-tool::")


def test_an_annotation_without_a_path_begins_with_what_is_wrong() -> None:
    assert report([OTHER], "github").endswith("title=yaml-tab::a tab is where spaces belong. indent with two spaces")


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
    items = sum(source_counts.ITEMS["playbook"].values())
    assert f" of {items} source items carried" in result.output


def test_a_page_that_is_not_utf8_is_told_once(project: Path) -> None:
    (project / "content" / "about.md").write_bytes(b"# About\n\ncaf\xe9\n")
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.output.count("content/about.md") == 1
    assert "error[not-utf-8]" in result.output


def test_an_id_that_two_kinds_of_records_share_is_told(project: Path) -> None:
    path = project / "data" / "resources.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("- id: ", "- id: your-brand #", 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert "error[id-shared] resources[0].id: the id 'your-brand' would be at 'tools/your-brand/' and at 'resources/#your-brand'" in result.output


def test_a_template_that_is_wrong_is_told_at_its_line(small_project: Path) -> None:
    path = small_project / "theme" / "pages" / "tools.md.jinja"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(f"{path.read_text(encoding='utf-8')}{{% block cite %}}\n{{{{ nowhere }}}}\n{{% endblock %}}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--root", str(small_project)])
    assert result.exit_code == 1
    assert f"theme/pages/tools.md.jinja:{lines + 2}: 'nowhere' is undefined\nsite/ is as it was." in result.output
    path.write_text("{% block body %}", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--root", str(small_project)])
    assert "theme/pages/tools.md.jinja:1:1: error[bad-template] the template cannot be read: Unexpected end of template" in result.output


@pytest.mark.parametrize(("names", "said"), [(["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")])
def test_names_are_listed_as_people_list_them(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_a_changed_copy_of_a_record_is_reported_at_the_place_of_its_original(edition: Edition) -> None:
    tool = edition.catalog.tools["your-brand"]
    copy = tool.model_copy(update={"title": "Another title"})
    assert copy.title != tool.title
    assert edition.catalog.problem(copy, "x", "", "", "title") == edition.catalog.problem(tool, "x", "", "", "title")


def test_a_link_to_nothing_in_content_is_told(project: Path) -> None:
    (project / "content" / "home.md").write_text("# Home\n\nSee [this](@practises).\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 1
    assert result.output.startswith("content/home.md:3:13: error[unknown-link] no record or page '@practises'\n    hint: did you mean 'practices'?")


def remove(path: Path) -> None:
    path.unlink()


def make_a_folder_of(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dated(day: str) -> Callable[[Path], object]:
    """What gives an edition another day."""
    return lambda path: path.write_text(re.sub(r"(?m)^date: .*$", f"date: {day}", path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "spoil", "said"),
    [
        ("mkdocs.yml", remove, "mkdocs.yml:1:1: error[missing-file] the file is not there"),
        ("mkdocs.yml", replacing("site_name: ", "another: "), "mkdocs.yml:4:1: error[missing-name] site_name: the site has no name"),
        ("content/about.md", remove, "content/about.md:1:1: error[missing-file] the file is not there"),
        ("data/tools.yml", remove, "data/tools.yml:1:1: error[missing-file] the file is not there"),
        ("data/tools.yml", make_a_folder_of, "data/tools.yml:1:1: error[unreadable-file] a folder has the name of this file"),
        ("data/playbook.yml", dated("2026-13-22"), "error[not-a-day] date: expected a day of the calendar from 1980 to 2107"),
        ("data/playbook.yml", dated("1979-11-22"), "error[not-a-day] date: expected a day of the calendar from 1980 to 2107"),
        ("data/playbook.yml", dated("2108-11-22"), "error[not-a-day] date: expected a day of the calendar from 1980 to 2107"),
    ],
)
def test_a_file_that_is_gone_or_wrong_as_a_whole_is_told(project: Path, file: str, spoil: Callable[[Path], object], said: str) -> None:
    spoil(project / file)
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 1
    assert said in result.output


def test_good_data_is_an_empty_list_for_programs(project: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--format", "json", "--root", str(project)])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize(("encoding", "shown"), [("latin-1", "no field 'ty\\u201cp\xe9' here"), ("ascii", "no field 'ty“p\xe9' here")])
def test_a_terminal_of_any_encoding_is_written_to(project: Path, encoding: str, shown: str) -> None:
    """Latin-1 has no curly quotes. Where a terminal claims to know ASCII only, click writes UTF-8."""
    path = project / "data" / "tools.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("type: rubric\n", "ty“p\xe9: rubric\n", 1), encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def said(*arguments: str) -> str:
        run = subprocess.run([sys.executable, "-m", "generator", *arguments], env=environment, cwd=ROOT, capture_output=True, check=False)
        text = (run.stdout + run.stderr).decode("latin-1" if encoding == "latin-1" else "utf-8")
        assert "Traceback" not in text
        return text

    assert "Usage: playbook collect [OPTIONS] FILE" in said("collect", "--help")
    assert shown in said("check", "--root", str(project))
    assert any("'ty“p\xe9'" in problem["message"] for problem in json.loads(said("check", "--root", str(project), "--format", "json")))
