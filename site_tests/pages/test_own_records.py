"""A tool that this edition adds is told as ours wherever it is shown, and never as the playbook's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.catalog import items
from generator.catalog.handout_list import Shelf
from generator.checks.checked_edition import Edition, check
from generator.checks.coverage import TOOLS, by_part, empty_boxes
from generator.exports import compose_items, playbook_json, search_entries
from generator.exports.csv_tables import tables
from generator.handouts.html import Printer
from generator.site import build
from site_tests import ROOT
from site_tests.support.project import copy_project, list_addresses

MARK = "Added by this edition"
TOOL = """\
  - id: circle-talk
    origin: site
    title: Circle talk
    aliases: [Talking circle]
    type: exercise
    purpose: >-
      Helps a group to hear every voice.
"""
USE = """\
      - tool: circle-talk
        origin: site
        text: >-
          Let each person speak once before anyone speaks twice.
"""


def _insert(path: Path, after: str, before: str, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    at = text.index(before, text.index(after))
    path.write_text(text[:at] + lines + text[at:], encoding="utf-8")


def _add_tool(project: Path) -> None:
    """A tool of ours in a cell with printed tools, and in one without."""
    data = project / "data"
    (data / "tools.yml").write_text((data / "tools.yml").read_text(encoding="utf-8") + TOOL, encoding="utf-8")
    _insert(data / "practices/1a.yml", "- id: 1a.school\n", "    questions:", USE)
    _insert(data / "practices/4a.yml", "- id: 4a.school\n", "    questions:", f"    tools:\n{USE}")
    list_addresses(project)


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    project = copy_project(tmp_path_factory.mktemp("ours") / "project")
    _add_tool(project)
    found = check(project)
    assert isinstance(found, Edition), found
    return found


@pytest.fixture(scope="module")
def pages(added: Edition) -> dict[str, str]:
    tree = build.documents(ROOT, added, {})
    return {path.parent.as_posix(): bytes(text).decode() for path, text in tree.files.items() if path.suffix == ".md"}


def _around(text: str, words: str, tag: str = "li") -> str:
    """The element in which the words stand."""
    start = text.rindex(f"<{tag}", 0, text.index(words))
    return text[start : text.index(f"</{tag}>", start)]


def test_its_page_says_that_we_added_it(pages: dict[str, str]) -> None:
    page = pages["tools/circle-talk"]
    head, _, uses = page.partition("## Where it is used")
    assert MARK in head
    assert "Also called" in head
    assert "printed" not in head.partition("# Circle talk")[2]
    assert uses.count(f"<span>{MARK}</span>") == 2
    assert MARK not in pages["tools/your-brand"]


def test_each_use_says_that_we_added_it(pages: dict[str, str]) -> None:
    for cell in ("1a/school", "4a/school"):
        assert MARK in _around(pages[f"practices/{cell}"], "Let each person speak once"), cell
    assert MARK not in _around(pages["practices/1a/school"], ">Seeds of Trust<")


def test_a_cell_without_printed_tools_still_says_so(pages: dict[str, str]) -> None:
    assert "prints no tools and no questions of its own here. The tools and questions are added by this edition." in pages["practices/4a/school"]
    assert "prints no tools and no questions of its own here. The questions are added by this edition." in pages["practices/4a/district"]


def test_the_lists_of_tools_and_of_items_mark_it(pages: dict[str, str], added: Edition) -> None:
    ours = sum(tool.origin == "site" for tool in added.catalog.tools.values())
    assert f"{len(added.catalog.tools) - ours} tools that the playbook points to, and {ours} added by this edition." in pages["tools"]
    assert MARK in _around(pages["tools"].partition("{: #purposes }")[2], ">Circle talk<", "tr")
    row = _around(pages["browse"], "Let each person speak once")
    assert 'data-source="site"' in row
    assert MARK in row


def test_handouts_mark_it(added: Edition) -> None:
    printer = Printer(ROOT, added.catalog, added.routes, added.settings)
    sheets = Shelf(added.catalog)
    for name in ("1a-school", "1a-school-reflection"):
        sheet = printer.sheet(sheets.handouts[name])
        assert MARK in _around(sheet, "Let each person speak once"), name
        assert MARK not in _around(sheet, ">Seeds of Trust<"), name


def test_the_search_and_the_composer_mark_it(added: Edition) -> None:
    entries = {entry.url: entry for entry in search_entries.entries(added.catalog, added.routes)}
    assert entries["tools/circle-talk/"].ours
    assert not entries["tools/your-brand/"].ours
    parts = {part.tool: part.ours for part in entries["practices/1a/school/"].parts if part.tool}
    assert [tool for tool, ours in parts.items() if ours] == ["Circle talk"]
    known = json.loads(re.sub(r"^window\.playbookItems = |;\n$", "", compose_items.script(added.catalog, added.routes)))
    (item,) = (item for item in known["items"] if item[0] == "1a.school.tools.circle-talk")
    assert item[2] == items.OURS
    assert MARK.lower() in item[3]


def test_programs_are_told_by_its_origin(added: Edition) -> None:
    value = playbook_json.as_value(playbook_json.export(added.catalog, added.routes))
    origins = {
        record["id"]: record["origin"] for array in ("tools", "tool_uses", "foundational_tools") for record in value[array] if "origin" in record
    }
    ours = {name for name, origin in origins.items() if origin == "site"}
    assert ours >= {"circle-talk", "1a.school.tools.circle-talk", "4a.school.tools.circle-talk"}
    uses = {name for found in added.catalog.uses_of.values() for name, _ in found}
    assert set(origins) == {*added.catalog.tools, *uses}
    lines = {table.name: table.content.decode("utf-8-sig") for table in tables(value)}
    assert all("origin" in lines[name].splitlines()[0] for name in ("tools", "tool_uses"))


def test_coverage_counts_it_as_ours(added: Edition, edition: Edition) -> None:
    now, before = by_part(added.catalog), by_part(edition.catalog)
    for part in ("d1", "1a", "4a"):
        assert (now[part].ours, now[part].carried, now[part].empty) == (before[part].ours + 1, before[part].carried, before[part].empty)
    assert any((box.cell, box.what) == ("4a.school", TOOLS) for box in empty_boxes(added.catalog))


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "hint"),
    [
        (
            "tools.yml",
            "    origin: site\n",
            "",
            "no-source",
            "add 'source_id: T02' with its number in the source map, or 'origin: site' if it is written by us",
        ),
        ("tools.yml", "    origin: site\n", "    origin: site\n    source_id: T22\n", "cited-site-record", "remove 'source_id' or 'origin'"),
        (
            "practices/1a.yml",
            "        origin: site\n",
            "",
            "no-source",
            "add 'from: [p04.02]' with its source item, or 'origin: site' if it is written by us",
        ),
        (
            "practices/1a.yml",
            "        origin: site\n",
            "        origin: site\n        from: [p05.03]\n",
            "cited-site-record",
            "remove 'from' or 'origin'",
        ),
        ("practices/1a.yml", USE[USE.index("        text") :], "", "usage-note", "say how to use the tool here"),
    ],
    ids=["a tool without a source", "a tool of ours with one", "a use without a source", "a use of ours with one", "a use of ours without words"],
)
def test_ours_and_the_sources_are_kept_apart(project: Path, file: str, old: str, new: str, code: str, hint: str) -> None:
    _add_tool(project)
    path = project / "data" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(new.join(text.rsplit(old, 1)) if file == "tools.yml" else text.replace(old, new, 1), encoding="utf-8")
    problems = check(project)
    assert isinstance(problems, list)
    assert (code, hint) in [(problem.code, problem.hint) for problem in problems if problem.mark.file == f"data/{file}"]
