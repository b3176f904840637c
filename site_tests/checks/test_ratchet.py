"""Figures that may only get better: a worse one stops the build until somebody takes it over on purpose."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.items import singles
from generator.checks import ratchet, readability
from generator.checks.checked_edition import Edition
from generator.checks.coverage import by_part
from generator.cli import main
from site_tests.support.files import edit

HARD = "Which organizational interdependencies complicate the multidimensional institutionalization of participatory accountability?"


def _kept(project: Path, name: str) -> float:
    """A figure as data/figures.yml has it."""
    kept = yaml.safe_load((project / "data" / "figures.yml").read_text(encoding="utf-8"))["figures"]
    return float(next(figure["value"] for figure in kept if figure["name"] == name))


def _line(project: Path, name: str) -> str:
    return f"{{name: {name}, better: more, value: {_kept(project, name)}}}"


@pytest.fixture
def measured(project: Path) -> Path:
    """A project whose figures are those of its data."""
    assert _run(project, "coverage", "--write")[0] == 0
    return project


def _run(project: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*words, "--root", str(project)])
    return result.exit_code, result.output


def _spoil(project: Path, name: str, old: str, new: str) -> None:
    edit(project / "data" / name, (old, new))


def test_no_figure_is_worse_than_the_one_kept(edition: Edition) -> None:
    measured = (*ratchet.counted(edition.catalog), *ratchet.of_reading(ratchet.grades(edition.catalog)))
    assert list(ratchet.worse(edition.catalog, measured)) == []


def test_what_gets_worse_is_told_at_the_figure(project: Path) -> None:
    first = _kept(project, "search-first")
    _spoil(project, "search-score.yml", f"first: {first}", "first: 7.0")
    code, said = _run(project, "check")
    assert code == 1
    line = next(n for n, text in enumerate((project / "data/figures.yml").read_text(encoding="utf-8").splitlines(), 1) if "search-first" in text)
    assert f"data/figures.yml:{line}:" in said
    assert "error[worse-figure]" in said
    assert f"'search-first' got worse: 7 now, {first:g} before" in said
    assert "playbook coverage --write" in said


def test_a_worse_figure_is_taken_over_on_purpose(measured: Path) -> None:
    _spoil(measured, "search-score.yml", "nothing_found: 0.0", "nothing_found: 3.5")
    assert _run(measured, "check")[0] == 1
    assert _run(measured, "coverage")[0] == 1
    assert _run(measured, "coverage", "--write") == (0, "worse: search-nothing-found from 0 to 3.5\ndata/figures.yml is written\n")
    assert _run(measured, "check")[0] == 0
    assert "{name: search-nothing-found, better: fewer, value: 3.5}" in (measured / "data/figures.yml").read_text(encoding="utf-8")


def test_what_is_taken_over_is_told_with_the_worse_first(measured: Path) -> None:
    first, items, handouts = (_kept(measured, name) for name in ("search-first", "items", "handouts"))
    _spoil(measured, "figures.yml", _line(measured, "items"), "{name: items, better: more, value: 1000.0}")
    _spoil(measured, "figures.yml", f"- {_line(measured, 'handouts')}\n", "- {name: leaflets, better: more, value: 3.0}\n")
    _spoil(measured, "search-score.yml", f"first: {first}", "first: 7.0")
    code, said = _run(measured, "coverage", "--write")
    assert (code, said.splitlines()) == (
        0,
        [
            f"worse: search-first from {first:g} to 7",
            "worse: leaflets was 3 and is no longer measured",
            f"better: items from 1000 to {items:g}",
            f"new: handouts is {handouts:g}",
            "data/figures.yml is written",
        ],
    )


def test_a_better_figure_stops_nobody(measured: Path) -> None:
    _spoil(measured, "figures.yml", _line(measured, "items"), "{name: items, better: more, value: 1000.0}")
    assert _run(measured, "check")[0] == 0


def test_a_figure_cannot_be_dropped_from_the_file(measured: Path) -> None:
    _spoil(measured, "figures.yml", f"- {_line(measured, 'items')}\n", "")
    code, said = _run(measured, "check")
    assert code == 1
    assert "error[new-figure]" in said


def test_a_sentence_that_is_too_hard_stops_the_build_and_the_last_site_stays(small_project: Path) -> None:
    (small_project / "site").mkdir()
    (small_project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    _spoil(
        small_project,
        "practices/1a.yml",
        "What goals has your school set for its turnaround?",
        HARD,
    )
    code, said = _run(small_project, "build")
    assert code == 1
    assert "'reading-highest' got worse" in said
    assert (small_project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"


def test_parts_add_up(edition: Edition) -> None:
    catalog = edition.catalog
    parts = by_part(catalog)
    statements = Counter(column for cell in catalog.cells.values() for column, _ in cell.statements())
    assert {column: parts[column].carried for column in catalog.columns} == statements
    levels = ("overview", *catalog.levels)
    assert sum(parts[level].carried for level in levels) == sum(parts[practice].carried for practice in catalog.practices)
    assert sum(parts[level].ours for level in levels) == 27
    assert sum(parts[column].unsure for column in catalog.columns) == 126
    assert parts["d4"].empty == sum(parts[practice].empty for practice in ("4a", "4b", "4c"))


def test_the_command_tells_the_same_as_the_page(project: Path, site: Path) -> None:
    code, said = _run(project, "coverage", "--format", "json")
    assert code == 0
    told = {part["id"]: part for part in json.loads(said)["parts"]}
    page = HTMLParser((site / "coverage" / "index.html").read_text(encoding="utf-8"))
    heads = ((row, row.css_first("th[scope=row]")) for row in page.css("table tr"))
    rows = {head.text(): [cell.text() for cell in row.css("td")] for row, head in heads if head}
    for title, part in (("School", "school"), ("1 Turnaround Leadership", "d1"), ("Work together", "together"), ("Overview", "overview")):
        assert rows[title][:4] == [str(told[part][field]) for field in ("carried", "empty", "ours", "unsure")]


@pytest.mark.parametrize("command", ["check", "build", "coverage"])
def test_broken_data_is_told_before_any_figure(project: Path, command: str) -> None:
    _spoil(project, "figures.yml", "figures:", "figurs:")
    code, said = _run(project, command)
    assert code == 1
    assert "did you mean 'figures'" in said or "'figures'" in said


def test_a_use_of_a_tool_without_words_has_no_grade(edition: Edition) -> None:
    everything = [single.texts for single in singles(edition.catalog)]
    worded = [readability.grade(" ".join(texts)) for texts in everything if texts]
    assert len(worded) < len(everything)
    (whole,) = (grade for grade in ratchet.grades(edition.catalog) if grade.of == ratchet.ALL)
    assert (whole.median, whole.highest) == (round(statistics.median(worded), 1), max(worded))
