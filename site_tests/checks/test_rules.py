"""Each rule across files is broken once, and tells it. Mistakes of shape and spelling are in test_bad_data.py."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.checks.checked_edition import check
from site_tests import ROOT

FOLDER = ROOT / "generator" / "checks" / "rules"
LEADERSHIP = "guides/leadership/1a-school.yml"
CYCLE = "guides/cycle.yml"
MAP = "source-map/playbook.yml"


def cell(value: Any, level: int = 0) -> Any:
    return value["cells"][level]


def column(value: Any, name: str = "coalesce", level: int = 0) -> Any:
    return cell(value, level)["columns"][name]


def left_out(name: str) -> Callable[[Any], object]:
    return lambda value: value.update(left_out=[{"id": name, "reason": "It is a trial."}])


BROKEN: dict[str, tuple[str, Callable[[Any], object], str, str]] = {
    "a future state that cites a strategy": (
        LEADERSHIP,
        lambda value: value["future_states"][0].update({"from": ["tl.0014"]}),
        "source-elsewhere",
        "'1a.school.f1' cites 'tl.0014', a strategy",
    ),
    "a guide's item of another cell": (
        "guides/leadership/1a-district.yml",
        lambda value: value["future_states"][0].update({"from": ["tl.0012"]}),
        "source-elsewhere",
        "an item of cell '1a.school'",
    ),
    "a guide's id that begins with no known word": (
        "guides/coaching.yml",
        lambda value: value["introduction"][0].update(id="coching.introduction.1"),
        "unknown-family",
        "no page shows what has an id that begins with 'coching'",
    ),
    "a link to itself": (
        "crosswalk.yml",
        lambda value: value["links"][0].update(to="1a.school.example"),
        "idle-link",
        "'1a.school.example' to '1a.school.example' says nothing new",
    ),
    "words that must be equal and are not": (
        LEADERSHIP,
        lambda value: value["description"][0].update(text="Say it in other words.", parts=None),
        "words-apart",
        "'1a.school.d1' and '1a.overview.coalesce.1' must say the same, word for word",
    ),
    "equal words that nothing holds equal": (
        "crosswalk.yml",
        lambda value: [link.pop("same_words", None) for link in value["links"]],
        "words-apart",
        "'3b.state.q1' and '3b.district.q1' say the same, word for word",
    ),
    "a question that another page asks too": (
        "practices/3b.yml",
        lambda value: cell(value, 1)["questions"][0].update(text="Who decides on the interim assessments that are given and analyzed?", parts=None),
        "unlinked-twin",
        "'3b.school.q1' asks much the same as '1b.school.q1', and no link says so",
    ),
    "a question of a guide that the playbook asks too": (
        LEADERSHIP,
        lambda value: value["future_states"][0]["questions"][0].update(text="What professional learning does the turnaround staff need?"),
        "unlinked-twin",
        "'1a.school.f1.q1' asks much the same as '2b.school.q1', and no link says so",
    ),
    "a link that is missing between two of three twins": (
        "crosswalk.yml",
        lambda value: value["links"].remove(next(link for link in value["links"] if (link["from"], link["to"]) == ("2c.state.q1", "2c.district.q1"))),
        "unlinked-twin",
        "'2c.state.q1' asks much the same as '2c.district.q1', and no link says so",
    ),
    "two questions told apart that nobody would confuse": (
        "crosswalk.yml",
        lambda value: value["no_twins"].append({"from": "1a.school.q1", "to": "4c.state.q1", "why": "They ask other things."}),
        "idle-no-twin",
        "'1a.school.q1' and '4c.state.q1' are linked, or do not have much the same words",
    ),
    "two columns of a form's table with one key": (
        "guides/planning-template.yml",
        lambda value: value["forms"][0]["nodes"][1]["columns"][1].update(key="name"),
        "key-used-twice",
        "key 'name' of 'Position' is that of 'Name' in 'planning-template.",
    ),
    "a title of a practice that a form repeats": (
        "practices/1a.yml",
        lambda value: value.update(title="Make improvement urgent"),
        "copied-title",
        "practice 1A has the title 'Make improvement urgent' now",
    ),
    "a title of a step that a form repeats": (
        CYCLE,
        lambda value: value["steps"][0].update(title="Find the direction"),
        "copied-title",
        "'planning-template.direction.how' names a step 'Set the direction'",
    ),
    "a section that a form does not have": (
        "guides/planning-template.yml",
        lambda value: next(node for node in value["forms"][0]["nodes"] if node["label"] == "Needs assessment").update(label="Needs"),
        "unknown-section",
        "'planning-template' has no section 'Needs assessment'",
    ),
    "a level that says again what a lower one says": (
        "guides/lea-self-reflection.yml",
        lambda value: value["elements"][0]["adds"].update(high=f"{value['elements'][0]['adds']['low']} More."),
        "repeated-level",
        "'high' of 'rubric.1a1' says again what 'low' says",
    ),
    "a last step that leads nowhere": (
        CYCLE,
        lambda value: value["steps"][-1]["next"].update(step="make-a-plan"),
        "unknown-step",
        "no step 'make-a-plan'",
    ),
    "a row that is too short": (
        CYCLE,
        lambda value: value["steps"][0]["examples"][0]["rows"][1].pop(),
        "ragged-table",
        "row 2 has 1 cells under 2 heads",
    ),
    "a part that repeats without a number": (
        "guides/planning-template.yml",
        lambda value: value["forms"][0]["nodes"][0].update(kind="choice"),
        "missing-field",
        "'planning-template.glance' is a choice without 'options'",
    ),
    "a column that is missing": ("practices/4a.yml", lambda value: cell(value)["columns"].pop("together"), "missing-column", "'together' is missing"),
    "cells out of order": ("practices/4a.yml", lambda value: value["cells"].reverse(), "cell-order", "the order of the cells is 4a.state, "),
    "columns out of order": (
        "practices/4a.yml",
        lambda value: cell(value).update(columns={name: column(value, name) for name in ("together", "participation", "coalesce")}),
        "column-order",
        "the order of the columns is together, participation, coalesce",
    ),
    "statements out of order": (
        "practices/4a.yml",
        lambda value: column(value).reverse(),
        "printed-order",
        "it comes after an item that is printed later",
    ),
    "an unknown item that is left out": (MAP, left_out("p99.99"), "unknown-source-item", "no source item 'p99.99'"),
    "an item that is carried and left out": (MAP, left_out("p62.01"), "carried-and-left-out", "4a.overview.coalesce.1 carries it"),
    "a statement that cites a question": (
        "practices/1a.yml",
        lambda value: column(value, level=1)[0].update({"from": cell(value, 1)["questions"][0]["from"]}),
        "source-elsewhere",
        ", a question",
    ),
    "an item of another domain": (
        "domains.yml",
        lambda value: value["domains"][1]["introduction"][0].update({"from": ["p03.01"]}),
        "source-elsewhere",
        "an item of domain 'd1'",
    ),
    "an item of another column": (
        "practices/4a.yml",
        lambda value: column(value, "participation").append(column(value).pop()),
        "source-elsewhere",
        "an item of column 'coalesce'",
    ),
    "a confidence that its cell states": (
        MAP,
        lambda value: next(item for item in value["items"] if item["id"] == "p04.04").update(column_confidence="medium"),
        "repeated-confidence",
        "'p04.04' repeats the confidence of '1a.school'",
    ),
    "a tool that is another's": (
        "practices/1a.yml",
        lambda value: cell(value, 1)["tools"][0].update(tool="whats-in-it-for-me"),
        "source-elsewhere",
        "which names tool T01",
    ),
    "a resource that is another's": (
        "resources.yml",
        lambda value: value["resources"][0]["mentions"][0].update({"from": ["p01.10"]}),
        "source-elsewhere",
        "which names resource R2",
    ),
    "an unknown tool that a statement names": (
        "practices/2a.yml",
        lambda value: column(value)[0].update(tool="nowhere"),
        "unknown-tool",
        "no tool 'nowhere'",
    ),
    "a tool that is twice in a cell": (
        "practices/1a.yml",
        lambda value: cell(value, 1)["tools"].append(cell(value, 1)["tools"][0]),
        "tool-used-twice",
        "tool 'managing-or-engaging' is listed twice in '1a.school'",
    ),
    "a term that points to itself": (
        "glossary.yml",
        lambda value: value["terms"][0].update(see=["accountability"]),
        "unknown-term",
        "no term 'accountability'",
    ),
    "a text that lost a term of its source": (
        "practices/1c.yml",
        lambda value: column(value, level=1)[0].update(text="Ask for flexibility where the school’s strength justifies it."),
        "lost-term",
        "'1c.school.coalesce.1' carries p16.01 and does not say 'capacity'",
    ),
    "a kept term of an unknown item": (
        "term-list.yml",
        lambda value: value["keep"][0]["items"].append("p99.99"),
        "unknown-source-item",
        "no source item 'p99.99'",
    ),
    "a word to avoid": (
        "tools.yml",
        lambda value: value["tools"][0].update(purpose="Leverages the influence of stakeholders."),
        "avoided-word",
        "'Leverages' is a word to avoid",
    ),
    "a text that is twice in a cell": (
        "practices/4a.yml",
        lambda value: column(value)[1].update(text=column(value)[0]["text"]),
        "repeated-text",
        "'4a.overview.coalesce.2' says the same as '4a.overview.coalesce.1'",
    ),
    "a question that does not ask": (
        "practices/1a.yml",
        lambda value: cell(value, 1)["questions"][0].update(text="Say what you think.", parts=None),
        "not-a-question",
        "'1a.school.q1' has a part without a question mark: 'Say what you think.'",
    ),
    "a name of two tools": (
        "tools.yml",
        lambda value: value["tools"][1].update(title=value["tools"][0]["title"]),
        "name-used-twice",
        "is also a name of 'managing-or-engaging'",
    ),
    "a practice of the source map that has no file": (
        MAP,
        lambda value: value["columns"][0].update(cell="4d.school"),
        "missing-file",
        "data/practices/4d.yml is missing, and the source map has cells of it",
    ),
    "a practice in the wrong domain": (
        "practices/1a.yml",
        lambda value: value.update(domain="d2"),
        "misplaced-practice",
        "practice '1a' is in domain 'd2'",
    ),
    "a domain without practices": (
        "domains.yml",
        lambda value: value["domains"].append(value["domains"][0] | {"id": "d5", "slug": "another"}),
        "empty-domain",
        "no practice belongs to 'd5'",
    ),
}


@pytest.mark.parametrize(("file", "spoil", "code", "message"), BROKEN.values(), ids=BROKEN)
def test_a_rule_that_is_broken_is_told(project: Path, file: str, spoil: Callable[[Any], object], code: str, message: str) -> None:
    path = project / "data" / file
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    spoil(value)
    # JSON is YAML too, has no anchors, and is written in no time.
    path.write_text(json.dumps(value, default=str, indent=1) + "\n", encoding="utf-8")
    found = check(project)
    assert isinstance(found, list)
    assert [problem for problem in found if problem.code == code and message in problem.message], found[:5]


def test_every_rule_is_broken_by_a_test() -> None:
    """Each code of a problem in the rules is one that a test expects."""
    nodes = [node for path in sorted(FOLDER.glob("*.py")) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "problem"]
    codes = {str(node.args[1].value) for node in calls if isinstance(node.args[1], ast.Constant)}
    assert codes >= {"id-used-twice", "unused-tool"}
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "site_tests").rglob("*.py"))
    assert {code for code in codes if not re.search(rf'["\[]{code}["\]]', tests)} == set()
