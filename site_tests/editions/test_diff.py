"""Two editions compared, by an example made by hand: what a person changed is told, all of it, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_origin

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from generator.catalog import load
from generator.catalog.routes import Routes
from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.editions import loader, normalized
from generator.editions.edition_diff import compare, exported_fields, raised
from generator.editions.normalized import Snapshot
from generator.exports import playbook_json
from generator.views.shared.word_diff import Span, sides, spans
from site_tests import ROOT
from site_tests.support.two_editions import FIRST_EDITION, copy_first_edition, edit, lose, make_next_edition

TEXT = """\
0.1.0 of 2026-11-22 to 0.2.0 of 2027-02-01

Added (1)
  4a.school.q4: question 4, 4A at the school level
      Where in your school do students and staff feel safe to talk about their struggles?

Reworded (2)
  1a.school.together.2: touch point together 2, 1A at the school level
      [-Raise-] {+Ask+} the questions that lie behind the need for change.
  1a.school.q1: question 1, 1A at the school level
      What goals has your school set for its turnaround?
      Do [-people-] {+most families and staff+} agree on them?

Moved (2)
  1a.school.participation.3: touch point participation 3, 1A at the school level
      habit: 'Ensure relevant participation' to 'Work together'
  4c.state.q1: question 1, 4C at the state level
      order: 'first' to 'after question 3, 4C at the state level'

Changed (2)
  d2: domain: People first
      title: 'Talent Development' to 'People first'
  managing-or-engaging: tool: Are You Managing or Engaging Your Stakeholders?
      link: 'https://ncsi-library.wested.org/resources/203' to 'https://example.org/engaging'

Retired (2)
  4a.school.q2: question 2, 4A at the school level
      Where in your school do students feel safe to talk about their struggles, and what makes it so?
      Why: Question 4 asks it of staff too. Now: 4a.school.q4
  4a.state.q1: question 1, 4A at the state level
      What good practice in one district should the others hear about, and how would it reach them?
      Why: Teams found that it asked two things at once.

1 added, 2 reworded, 2 moved, 2 changed, 2 retired
a major step is due: version 1.0.0 or later
"""

MARKDOWN = """\
- **Added**: question 4, 4A at the school level (`4a.school.q4`)
  Where in your school do students and staff feel safe to talk about their struggles?
- **Reworded**: touch point together 2, 1A at the school level (`1a.school.together.2`)
  ~~Raise~~ **Ask** the questions that lie behind the need for change.
"""

VANISHED = """\
data/retired.yml:1:1: error[vanished] '4b.school.q2' is gone and not retired: question 2, 4B at the school level
    hint: bring it back, or list it in data/retired.yml:
      - id: 4b.school.q2
        addresses:
        - practices/4b/school/#q2
        was: What did you change because of something people told you, and how did you let them know?
        since: 0.2.0
        why: …
1 problem
"""


def diff(*arguments: str | Path) -> Result:
    """What the command does."""
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first edition, to be spoiled."""
    return copy_first_edition(tmp_path / "project")


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is in the next edition."""
    project = copy_first_edition(tmp_path_factory.mktemp("aged") / "project")
    make_next_edition(project)
    return project


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The playbook.json of the edition before."""
    edition = check(FIRST_EDITION)
    assert isinstance(edition, Edition)
    path = tmp_path_factory.mktemp("published") / "playbook.json"
    path.write_text(playbook_json.as_json(playbook_json.as_value(playbook_json.export(edition.catalog, edition.routes))), encoding="utf-8")
    return path


# ---- What is told ----


def test_each_change_is_told_once_and_nothing_else(aged: Path) -> None:
    result = diff(FIRST_EDITION, aged)
    assert result.stdout == TEXT
    assert result.stderr == "version 0.2.0 is too low for these changes: write 1.0.0 or a higher one into data/playbook.yml\n"
    assert result.exit_code == 0


def test_a_published_file_tells_the_same_as_the_folder_it_came_from(aged: Path, published: Path) -> None:
    assert diff(published, aged).stdout == TEXT


def test_the_changelog_gets_a_line_for_each_change(aged: Path) -> None:
    told = diff(FIRST_EDITION, aged, "--format", "markdown").stdout
    assert told.startswith(MARKDOWN)
    assert told.count("\n- **") == 8


def test_programs_get_all_of_it(aged: Path) -> None:
    told = json.loads(diff(FIRST_EDITION, aged, "--format", "json").stdout)
    assert told["counts"] == {"added": 1, "reworded": 2, "moved": 2, "changed": 2, "retired": 2}
    assert (told["step"], told["least"], told["problems"]) == ("major", "1.0.0", [])
    (moved,) = [change for change in told["changes"] if change["id"] == "1a.school.participation.3"]
    assert moved["differences"] == [{"what": "habit", "old": ["Ensure relevant participation"], "new": ["Work together"]}]


def test_an_edition_differs_in_nothing_from_itself(published: Path) -> None:
    result = diff(published, FIRST_EDITION)
    assert result.stdout == "0.1.0 of 2026-11-22 to 0.1.0 of 2026-11-22\n\nno record changed\nno new version is due\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_what_vanishes_without_being_retired_is_a_problem(aged: Path, tmp_path: Path) -> None:
    project = shutil.copytree(aged, tmp_path / "project")
    lose(project)
    result = diff(FIRST_EDITION, project)
    assert "\nVanished without being retired (1)\n  4b.school.q2: question 2, 4B at the school level\n" in result.stdout
    assert result.stderr == VANISHED
    assert result.exit_code == 1


def test_what_the_hint_says_to_write_mends_it(aged: Path, tmp_path: Path) -> None:
    project = shutil.copytree(aged, tmp_path / "project")
    lose(project)
    lines = diff(FIRST_EDITION, project).stderr.splitlines()[2:-1]
    path = project / "data" / "retired.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(line[4:] for line in lines) + "\n", encoding="utf-8")
    assert diff(FIRST_EDITION, project).exit_code == 0


def test_a_page_that_comes_or_goes_is_told_once_with_what_is_on_it(tmp_path: Path, published: Path) -> None:
    less = json.loads(published.read_text(encoding="utf-8"))
    (form,) = [form for form in less["forms"] if form["id"] == "five-whys"]
    less["forms"].remove(form)
    less["retired"] = [{"id": "five-whys", "addresses": [form["url"]], "was": form["title"], "since": "1.0.0", "why": "Nobody used it."}]
    (tmp_path / "less.json").write_text(json.dumps(less), encoding="utf-8")
    assert "Added (1)\n  five-whys: form: Five Whys, with 5 more on its page\n" in diff(tmp_path / "less.json", published).stdout
    told = diff(published, tmp_path / "less.json")
    assert "Retired (1)\n  five-whys: form: Five Whys, with 5 more on its page\n" in told.stdout
    assert told.exit_code == 0


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(lambda new: new["domains"][0].update(url="domains/other/"), "address-changed", id="a record at another address"),
        pytest.param(lambda new: new.update(retired=[]), "retired-lost", id="a retired record that is forgotten"),
        pytest.param(lambda new: new["retired"][0].update(addresses=["tools/"]), "address-lost", id="a retired record without its address"),
    ],
)
def test_an_address_that_no_longer_answers_is_a_problem(aged: Path, tmp_path: Path, spoil: Callable[[dict[str, object]], None], code: str) -> None:
    before = json.loads(_exported(aged))
    (question,) = [question for question in json.loads(_exported(FIRST_EDITION))["questions"] if question["id"] == "4a.school.q2"]
    after = json.loads(json.dumps(before))
    before["questions"].append(question)
    spoil(after)
    for name, value in (("before", before), ("after", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    result = diff(tmp_path / "before.json", tmp_path / "after.json")
    assert f"error[{code}]" in result.stderr
    assert result.exit_code == 1


def _exported(root: Path) -> str:
    found = load.load(root).catalog
    assert found
    return playbook_json.as_json(playbook_json.as_value(playbook_json.export(found, Routes(found))))


# ---- Which step of the version is due ----


def _step(published: Path, spoil: Callable[[dict[str, list[dict[str, object]]]], object]) -> str:
    old = loader.read(str(published), ROOT)
    value = json.loads(published.read_text(encoding="utf-8"))
    spoil(value)
    changed = published.with_name("changed.json")
    changed.write_text(json.dumps(value), encoding="utf-8")
    new = loader.read(str(changed), ROOT)
    assert isinstance(old, Snapshot)
    assert isinstance(new, Snapshot)
    return compare(old, new).step


@pytest.mark.parametrize(
    ("spoil", "step"),
    [
        pytest.param(lambda new: None, "none", id="nothing"),
        pytest.param(lambda new: new["questions"][0].update(text="Why?", parts=None), "patch", id="other words"),
        pytest.param(lambda new: new["tools"][0].update(link="https://example.org/"), "patch", id="another link"),
        pytest.param(lambda new: new["tools"].append(new["tools"].pop(0)), "patch", id="another order"),
        pytest.param(lambda new: new["links"].pop(), "patch", id="a link less between records"),
        pytest.param(lambda new: new["glossary"].append(new["glossary"][0] | {"id": "x"}), "minor", id="a new term"),
        pytest.param(lambda new: new.update(pictures=[{"id": "p1"}]), "minor", id="a new array"),
        pytest.param(lambda new: new["questions"][0].update(link="https://example.org/"), "minor", id="a new field"),
        pytest.param(lambda new: new["forms"][0]["nodes"][0].update(link="https://example.org/"), "minor", id="a new field of a part of a form"),
        pytest.param(lambda new: new["errata"].pop(), "major", id="a record less"),
        pytest.param(lambda new: new.pop("links"), "major", id="an array less"),
    ],
)
def test_the_step_of_the_version_follows_from_the_changes(
    published: Path, spoil: Callable[[dict[str, list[dict[str, object]]]], object], step: str
) -> None:
    assert _step(published, spoil) == step


def test_a_field_that_programs_knew_and_that_is_gone_asks_for_a_major_step(tmp_path: Path, published: Path) -> None:
    older = json.loads(published.read_text(encoding="utf-8"))
    older["tools"][0]["color"] = "green"
    (tmp_path / "older.json").write_text(json.dumps(older), encoding="utf-8")
    told = diff(tmp_path / "older.json", published).stdout
    assert "playbook.json no longer has 'tools.color'" in told
    assert "a major step is due: version 1.0.0 or later" in told


@pytest.mark.parametrize("spoil", [lambda new: new["tools"][0], lambda new: new["forms"][0]["nodes"][0]], ids=["a record", "a part of a form"])
def test_a_field_that_no_table_lists_stops_the_comparison(tmp_path: Path, published: Path, spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    newer = json.loads(published.read_text(encoding="utf-8"))
    spoil(newer)["color"] = "green"
    (tmp_path / "newer.json").write_text(json.dumps(newer), encoding="utf-8")
    told = diff(published, tmp_path / "newer.json")
    assert told.exit_code == 1
    assert "error[unknown-field] nothing says what a change of '" in told.stderr


def test_each_field_of_the_published_file_is_in_one_table() -> None:
    assert set(normalized.KINDS) | normalized.NOT_COMPARED == {
        name for name, field in playbook_json.Export.model_fields.items() if get_origin(field.annotation) is list
    }
    published = {field for kind in normalized.KINDS for field in exported_fields(kind)}
    assert published | normalized.ADDED_HERE == normalized.KNOWN
    tables = (normalized.WORDS, normalized.PLACES, normalized.FACTS, normalized.DERIVED)
    assert sum(map(len, tables)) == len(normalized.KNOWN)


@pytest.mark.parametrize(("step", "version"), [("none", "0.9.9"), ("patch", "0.9.10"), ("minor", "0.10.0"), ("major", "1.0.0")])
def test_a_step_raises_its_number_and_clears_the_lower_ones(step: str, version: str) -> None:
    assert raised("0.9.9", step) == version  # type: ignore[arg-type]


# ---- What can be compared ----


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_a_revision_in_git_is_compared_as_it_was_committed(tmp_path: Path) -> None:
    project = copy_first_edition(tmp_path / "project")
    _git(project, "init", "-q")
    _git(project, "add", "data")
    _git(project, "commit", "-qm", "first")
    _git(project, "tag", "v0.1.0")
    make_next_edition(project)
    assert diff("v0.1.0", ".", "--root", project).stdout == TEXT


def test_a_revision_that_todays_generator_cannot_read_is_told_once_as_too_old(tmp_path: Path) -> None:
    project = copy_first_edition(tmp_path / "project")
    edit(project, "playbook.yml", ("version: 0.1.0", "number: 0.1.0"))
    _git(project, "init", "-q")
    _git(project, "add", "data")
    _git(project, "commit", "-qm", "first")
    result = diff("HEAD", FIRST_EDITION, "--root", project)
    assert result.exit_code == 1
    assert "HEAD:1:1: error[unfit-revision] 'HEAD' is too old for today's generator" in result.stderr
    assert "(data/playbook.yml:2:" in result.stderr
    assert result.stderr.count("error[") == 1
    assert "git checkout" not in result.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("v9.9.9", "no-such-edition", id="no such revision"),
        pytest.param("--output=x", "no-such-edition", id="an option in the place of a revision"),
        pytest.param("README.md", "not-an-edition", id="another file"),
        pytest.param("pyproject.toml", "not-an-edition", id="a file that is no JSON"),
        pytest.param("site_tests", "missing-file", id="a folder without data"),
    ],
)
def test_what_is_no_edition_is_told(name: str, code: str) -> None:
    result = CliRunner().invoke(main, ["diff", "--root", str(ROOT), "--", name, "."])
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


# ---- What an edition keeps ----


@pytest.fixture
def major(aged: Path, tmp_path: Path) -> Path:
    """The next edition with the version that it needs."""
    project = shutil.copytree(aged, tmp_path / "project")
    edit(project, "playbook.yml", ("version: 0.2.0", "version: 1.0.0"))
    edit(project, "../CITATION.cff", ("version: 0.2.0", "version: 1.0.0"))
    path = project / "data" / "retired.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("    since: 0.2.0\n", "    since: 1.0.0\n"), encoding="utf-8")
    return project


def test_a_version_that_is_too_low_is_not_written(aged: Path) -> None:
    result = diff(FIRST_EDITION, aged, "--write")
    assert result.exit_code == 1
    assert not (aged / "data" / "editions" / "0.2.0.yml").exists()


def test_a_retired_record_says_the_version_in_which_it_went(aged: Path, tmp_path: Path) -> None:
    project = shutil.copytree(aged, tmp_path / "project")
    edit(project, "playbook.yml", ("version: 0.2.0", "version: 1.0.0"))
    result = diff(FIRST_EDITION, project)
    listed = (project / "data/retired.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(listed, 1) if "since: 0.2.0" in text)
    said = f"data/retired.yml:{line}:12: error[since-differs] '4a.school.q2' went in 1.0.0, but is listed with since 0.2.0"
    assert said in result.stderr
    assert result.exit_code == 1


def test_an_edition_keeps_what_it_changed_and_waits_for_its_summary(major: Path) -> None:
    assert "edition-missing" in CliRunner().invoke(main, ["check", "--root", str(major)]).stdout
    assert diff(FIRST_EDITION, major, "--write").exit_code == 0
    told = CliRunner().invoke(main, ["check", "--root", str(major)]).stdout
    assert "data/editions/1.0.0.yml:5:10: error[empty-text] summary" in told
    assert "hint: write it: what this edition brings, in a few sentences for readers\n" in told
    edit(major, "editions/1.0.0.yml", ("summary: ''", "summary: Questions say what they mean."))
    found = check(major)
    assert isinstance(found, Edition), found
    kept = found.catalog.released[0]
    assert [change.id for change in kept.changes if change.change == "retired"] == ["4a.school.q2", "4a.state.q1"]


def test_the_summary_stays_when_an_edition_is_written_again(major: Path) -> None:
    assert diff(FIRST_EDITION, major, "--write").exit_code == 0
    edit(major, "editions/1.0.0.yml", ("summary: ''", "summary: Questions say what they mean."))
    before = (major / "data" / "editions" / "1.0.0.yml").read_bytes()
    assert diff(FIRST_EDITION, major, "--write").exit_code == 0
    assert (major / "data" / "editions" / "1.0.0.yml").read_bytes() == before


def test_what_is_written_fits_its_schema(major: Path) -> None:
    assert diff(FIRST_EDITION, major, "--write").exit_code == 0
    value = yaml.safe_load((major / "data" / "editions" / "1.0.0.yml").read_text(encoding="utf-8")) | {"summary": "x"}
    schema = json.loads((ROOT / "data" / "schema" / "released.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)


# ---- Words ----


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(("Ask them all.",), ("Ask us all.",), (Span("Ask"), Span("them", gone=True), Span("us", new=True), Span("all.")), id="a word"),
        pytest.param(("One.",), ("Nothing alike here.",), (Span("One.", gone=True), Span("Nothing alike here.", new=True)), id="all words"),
        pytest.param((), ("New.",), (Span("New.", new=True),), id="words that were not there"),
    ],
)
def test_words_that_differ_are_marked(old: tuple[str, ...], new: tuple[str, ...], told: tuple[Span, ...]) -> None:
    assert spans(old, new) == told


def test_parts_stay_apart() -> None:
    before, now = sides(("One idea.", "Two of them."), ("One idea.", "Two of these.", "And more."))
    assert before == ((Span("One idea."),), (Span("Two of"), Span("them.", gone=True)))
    assert now == ((Span("One idea."),), (Span("Two of"), Span("these.", new=True)), (Span("And more.", new=True),))
