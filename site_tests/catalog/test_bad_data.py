"""Mistakes in the data: each is told at its line with a code and a hint, all in one run, and the last good site stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from site_tests.support.nonempty import nonempty


@dataclass(frozen=True)
class Mistake:
    """An edit of one file, the words that stand on the line that must be named, and what must be said."""

    name: str
    file: str
    old: str
    new: str
    at: str
    code: str
    hint: str


P = "data/practices/"

MISTAKES = (
    Mistake("broken YAML", "data/errata.yml", "errata:\n", "errata: [\n", "  - id", "yaml-syntax", "indentation"),
    Mistake("a tab", "data/search.yml", "synonyms:\n", "synonyms:\n\t- x\n", "\t- x", "yaml-tab", "two spaces"),
    Mistake("an anchor", "data/introduction.yml", "paragraphs:\n", "paragraphs: &all\n", "paragraphs: &all", "yaml-anchor", "quotes"),
    Mistake("a missing field", f"{P}1a.yml", "domain: d1\n", "", "id: 1a", "missing-field", "add it"),
    Mistake("a duplicate key", f"{P}1b.yml", "domain: d1\n", "domain: d1\ndomain: d1\n", "domain: d1", "duplicate-key", "keep one"),
    Mistake("an unknown domain", f"{P}1c.yml", "domain: d1\n", "domain: d7\n", "domain: d7", "unknown-domain", "'d1'"),
    Mistake("a wrong level", f"{P}2a.yml", "id: 2a.state\n", "id: 2a.county\n", "id: 2a.county", "unknown-level", "'state'"),
    Mistake("a changed id", f"{P}2a.yml", "", "", "id: 2a.county", "changed-id", "did you mean '2a.state'?"),
    Mistake("an unknown tool", f"{P}2b.yml", "tool: problems-", "tool: problem-", "problem-come", "unknown-tool", "'problems-come-bundled'"),
    Mistake("'no' for false", "data/crosswalk.yml", "same_words: true", "same_words: no", "same_words: no", "not-true-or-false", "true or false"),
    Mistake("a number as text", f"{P}2c.yml", "title: Set clear", "title: 4 #", "title: 4", "not-text", "quotes"),
    Mistake("an id used twice", f"{P}3a.yml", "id: 3a.school.q2", "id: 3a.school.q1", "id: 3a.school.q1", "id-used-twice", "new number"),
    Mistake("a malformed id", f"{P}3b.yml", "3b.school.coalesce.1\n", "3B School 1\n", "id: 3B School 1", "malformed-id", "data/README.md"),
    Mistake("an unknown source item", f"{P}3c.yml", "from: [p55.01]", "from: [p99.01]", "from: [p99.01]", "unknown-source-item", "p"),
    Mistake("a source item not carried", f"{P}3c.yml", "", "", "id: p55.01,", "not-carried", "left_out"),
    Mistake("an item of another cell", f"{P}4a.yml", "from: [p63.01]", "from: [p64.01]", "from: [p64.01]", "source-elsewhere", "right item"),
    Mistake("an unknown field", f"{P}4b.yml", "- id: 4b.state\n", "- id: 4b.state\n    colums: x\n", "colums: x", "unknown-field", "'columns'"),
    Mistake(
        "text and parts",
        f"{P}4c.yml",
        "4c.state.together.1\n",
        "4c.state.together.1\n          parts: [a, b]\n",
        "together.1",
        "text-or-parts",
        "keep",
    ),
    Mistake("a bad address", "data/resources.yml", "url: http://", "url: ", "url: centeronschoolturnaround", "not-a-link", "https://"),
    Mistake(
        "an address without a site", "data/resources.yml", "url: https://ncsi", "url: https:///ncsi", "https:///", "not-a-link", "name of a site"
    ),
    Mistake("a term out of order", "data/glossary.yml", "term: adaptive change", "term: zeal", "term: adaptive leadership", "term-order", "alphabet"),
    Mistake("a slug of another domain", "data/domains.yml", "slug: talent-dev", "slug: turnaround-leadership #", "id: d2", "address-shared", "slug"),
    Mistake("a page asked about twice", "data/asked.yml", "about: 1b\n", "about: 1a # again\n", "# again", "asked-twice", "join"),
    Mistake(
        "a level written out in full",
        "data/guides/lea-self-reflection.yml",
        "      moderate: >-\n        District leaders engage",
        "      moderate: >-\n        District leaders communicate the urgency of school improvement. They engage",
        "      moderate: >-",
        "repeated-level",
        "only what this level adds",
    ),
    Mistake("an unknown file", "data/tols.yml", "", "tools: []\n", "", "unknown-file", "data/README.md"),
)


def spoil(project: Path, mistakes: tuple[Mistake, ...]) -> None:
    """Make the edits."""
    for mistake in nonempty(mistakes):
        path = project / mistake.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert mistake.old in text, f"{mistake.name}: '{mistake.old}' is no longer in {mistake.file}"
        path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")
    (project / "data" / "sources.yml").write_bytes(b"# ok\nsources:\n  - id: caf\xe9\n")


@pytest.fixture
def told(project: Path) -> list[dict[str, object]]:
    """What one run says of all mistakes together."""
    spoil(project, MISTAKES)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    result = CliRunner().invoke(main, ["build", "--root", str(project), "--format", "json"])
    assert result.exit_code == 1
    assert (project / "site" / "index.html").read_text() == "the last good site"
    assert not (project / "build").exists(), "something was written"
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_every_mistake_is_told_at_its_line_in_one_run(told: list[dict[str, object]], project: Path) -> None:
    missed = []
    for mistake in MISTAKES:
        file = "data/source-map/playbook.yml" if mistake.code == "not-carried" else mistake.file
        lines = (project / file).read_text(encoding="utf-8").splitlines()
        at = {number for number, line in enumerate(lines, 1) if mistake.at in line} if mistake.at else {1}
        fits = [p for p in told if p["code"] == mistake.code and p["mark"]["file"] == file and mistake.hint in p["hint"]]  # type: ignore[index, operator]
        if not any(p["mark"]["line"] in at for p in fits):  # type: ignore[index]
            missed.append((mistake.name, sorted(at), [p for p in told if p["mark"]["file"] == file]))  # type: ignore[index]
    assert not missed


def test_a_byte_that_is_not_utf8_is_told_with_line_and_column(told: list[dict[str, object]]) -> None:
    (found,) = [p for p in told if p["code"] == "not-utf-8"]
    assert found["mark"] == {"file": "data/sources.yml", "line": 3, "column": 12}
    assert found["message"] == "byte 0xe9 is not UTF-8"


def test_a_mistake_does_not_blame_what_is_right(told: list[dict[str, object]]) -> None:
    """Each problem is one of the mistakes or follows from one in the same place."""
    expected = {mistake.code for mistake in MISTAKES} | {"not-utf-8"}
    follow = {"misplaced-id"}
    assert {str(p["code"]) for p in told} <= expected | follow
    assert len(told) <= len(MISTAKES) + 6
