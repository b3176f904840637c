"""What readers see of a link: its last check, the best way first, and the list of all, the worst first."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.handout_list import Shelf
from generator.checks.checked_edition import Edition, check
from generator.exports import playbook_json
from generator.external_links import status_file
from generator.model.link_status import LinkStatus
from generator.pages import all_pages, renderer
from site_tests import ROOT
from site_tests.support.chromium import PHONE, Open

DAY = datetime.date(2026, 11, 22)
ARCHIVE = "https://web.archive.org/web/20180301000000/"
FOUR = "http://www.ideapartnership.org/documents/Leading%20By%20Convening/Coalescing%20Around%20Issues/FourSimpleQuestions.pdf"
NEW = "https://new.example/four.pdf"

KNOWN: dict[str, dict[str, Any]] = {
    "fine": {"verdict": "fine", "reason": "opens"},
    "moved": {"verdict": "moved", "reason": "moved for good", "moved_to": NEW},
    "unsure": {"verdict": "unsure", "reason": "refuses programs (403)"},
    "dead": {"verdict": "dead", "reason": "not found (404)", "failing": (DAY, DAY, DAY)},
}


def spoil(project: Path, *statuses: LinkStatus, replaced: bool = False) -> Edition:
    """The project with these results, and a new address of the tool."""
    (project / "data" / "link-status.yml").write_text(status_file.as_yaml(statuses), encoding="utf-8")
    if replaced:
        path = project / "data" / "tools.yml"
        new = f"{FOUR}\n    replaced_by:\n      url: {NEW}\n      note: Its publisher moved it in 2020."
        path.write_text(path.read_text(encoding="utf-8").replace(FOUR, new), encoding="utf-8")
    found = check(project)
    assert isinstance(found, Edition), found
    return found


def status(verdict: str, url: str = FOUR) -> LinkStatus:
    """A made result."""
    return LinkStatus(url=url, checked=DAY, **KNOWN[verdict])


def page(edition: Edition, address: str) -> HTMLParser:
    """The page's Markdown, whose parts that matter here are HTML."""
    made = all_pages.pages(renderer.Writer(ROOT, edition, Shelf(edition.catalog)), 0, ())
    return HTMLParser(next(found.text for found in made if found.address == address))


def facts(found: HTMLParser) -> list[tuple[str, str]]:
    """The ways and the last check on a tool's page, in order."""
    heads = [node.text() for node in found.css("dt")]
    told = [" ".join(node.text().split()) for node in found.css("dd")]
    return [(head, text) for head, text in zip(heads, told, strict=True) if head not in ("Kind", "Publisher", "Also printed as")]


def use(found: HTMLParser) -> list[str]:
    """The ways to the tool where it is used."""
    (line,) = [node for node in found.css(".pb-tool") if "Four Simple Questions" in node.text()]
    return [" ".join(link.text().split()) for link in line.css(".pb-links-out a")]


HOST = "www.ideapartnership.org"
COPY = ("Archived copy", "The copy nearest to March 2018")
ADDRESS, DEAD = ("Address, as of 2018", FOUR), ("Address of 2018, dead", FOUR)

SEEN = {
    "unchecked": ([ADDRESS, COPY], "", [f"Open at {HOST}", "Archived copy"]),
    "fine": ([ADDRESS, COPY], "2026-11-22: it opened.", [f"Open at {HOST}", "Archived copy"]),
    "moved": (
        [ADDRESS, COPY],
        f"2026-11-22: it opened, and redirects permanently to a new address: {NEW}",
        [f"Open at {HOST}", "Archived copy"],
    ),
    "unsure": (
        [ADDRESS, COPY],
        "2026-11-22: we could not tell: refuses programs (403). Try it in your browser.",
        [f"Open at {HOST}", "Archived copy"],
    ),
    "dead": (
        [COPY, DEAD],
        "2026-11-22: dead, not found (404).",
        ["Archived copy", f"Dead: {HOST}"],
    ),
}


@pytest.mark.parametrize("verdict", SEEN)
def test_a_tool_says_what_came_of_its_address_and_names_the_best_way_first(project: Path, verdict: str) -> None:
    edition = spoil(project, *([status(verdict)] if verdict != "unchecked" else []))
    ways, checked, used = SEEN[verdict]
    assert facts(page(edition, "tools/four-simple-questions/")) == [*ways, *([("Last checked", f"{checked} All links")] if checked else [])]
    assert use(page(edition, "practices/1a/school/")) == used
    row = next(row for row in page(edition, "tools/").css(".pb-stacked tbody tr") if "Four Simple Questions" in row.text())
    assert ("Its address is dead" in row.text()) == (verdict == "dead")


def test_a_replacement_is_named_first_and_its_own_check_is_told(project: Path) -> None:
    edition = spoil(project, status("dead"), status("fine", NEW), replaced=True)
    found = facts(page(edition, "tools/four-simple-questions/"))
    assert found == [("Now at", f"{NEW} Its publisher moved it in 2020."), COPY, DEAD, ("Last checked", "2026-11-22: it opened. All links")]
    assert use(page(edition, "practices/1a/school/")) == ["Now at new.example", "Archived copy", f"Dead: {HOST}"]


def test_a_copy_that_is_not_in_the_archive_is_not_offered(project: Path) -> None:
    edition = spoil(project, status("dead"), status("dead", ARCHIVE + FOUR))
    assert facts(page(edition, "tools/four-simple-questions/")) == [
        DEAD,
        ("Last checked", "2026-11-22: dead, not found (404). No archived copy is known. All links"),
    ]


def test_a_tool_without_an_address_says_so(edition: Edition) -> None:
    assert ("Address", "None is printed for this tool.") in facts(page(edition, "tools/customizable-grounding-assumptions/"))


def test_a_resource_says_what_came_of_its_address(project: Path, edition: Edition) -> None:
    url = edition.catalog.resources["four-domains-framework"].url
    shown = page(spoil(project, status("dead", url)), "resources/").css_first(".pb-meta")
    assert shown is not None
    assert [link.text() for link in shown.css("a")][:2] == ["Archived copy", "Dead: centeronschoolturnaround.org"]


def test_the_list_has_every_address_the_worst_first(project: Path, edition: Edition) -> None:
    urls = [tool.url for tool in edition.catalog.tools.values() if tool.url]
    made = [status(verdict, url) for verdict, url in zip(("fine", "moved", "unsure", "dead"), urls, strict=False)]
    found = page(spoil(project, *made), "links/")
    verdicts = [row.attributes["data-verdict"] for row in found.css("tbody tr")]
    assert verdicts == ["dead", "unsure", "moved", *["unchecked"] * (len(verdicts) - 4), "fine"]
    assert len(verdicts) == 25
    counts = [" ".join(node.text().split()) for node in found.css("dt")]
    assert counts == ["dead: 1", "unsure: 1", "moved: 1", "not checked yet: 21", "opens: 1"]
    cells = [" ".join(cell.text().split()) for cell in found.css("tbody tr:nth-child(3) > *")]
    assert cells == [urls[1], "moved", "2026-11-22", "New address, Archived copy", "Building Support Through Data"]


def test_until_somebody_asks_every_address_is_not_checked_yet(edition: Edition) -> None:
    found = page(edition, "links/")
    assert {row.attributes["data-verdict"] for row in found.css("tbody tr")} == {"unchecked"}
    assert {cell.text() for cell in found.css("td[data-label='Last checked']")} == {"never"}


def test_programs_get_the_status_of_a_tool(project: Path) -> None:
    edition = spoil(project, status("moved"), replaced=True)
    exported = json.loads(playbook_json.as_json(playbook_json.as_value(playbook_json.export(edition.catalog, edition.routes))))
    jsonschema.validate(exported, json.loads((ROOT / "data" / "schema" / "playbook.schema.json").read_text(encoding="utf-8")))
    tools = {tool["id"]: tool for tool in exported["tools"]}
    assert tools["four-simple-questions"]["link_status"] == {"checked": "2026-11-22", **KNOWN["moved"]}
    assert tools["four-simple-questions"]["replaced_by"] == NEW
    assert "link_status" not in tools["your-brand"]


def test_a_phone_shows_each_address_with_its_labels(visit: Open) -> None:
    found = visit("links/", viewport=PHONE)
    row = found.locator("tbody tr").first
    expect(row.locator("td[data-label='Last checked']")).to_be_visible()
    assert found.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_paper_leaves_the_links_of_tools_out(visit: Open) -> None:
    found = visit("practices/1a/school/")
    expect(found.locator(".pb-links-out").first).to_be_visible()
    found.emulate_media(media="print")
    expect(found.locator(".pb-links-out").first).not_to_be_visible()


def test_programs_get_the_new_address_of_a_tool_that_had_none(project: Path) -> None:
    path = project / "data" / "tools.yml"
    with_new = f"source_id: T17\n    replaced_by:\n      url: {NEW}\n      note: Found again in 2020.\n"
    path.write_text(path.read_text(encoding="utf-8").replace("source_id: T17\n", with_new), encoding="utf-8")
    edition = check(project)
    assert isinstance(edition, Edition), edition
    (tool,) = (tool for tool in playbook_json.export(edition.catalog, edition.routes).tools if tool.id == "customizable-grounding-assumptions")
    assert (tool.link, tool.replaced_by) == (None, NEW)
