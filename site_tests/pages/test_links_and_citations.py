"""Links between things: permanent addresses to copy, what is related, how to cite, what search engines and shared links show."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.handout_list import Shelf
from generator.catalog.routes import Routes
from generator.checks.checked_edition import Edition
from generator.model import ids
from generator.views.lists import cell_link
from generator.views.shared import related
from generator.views.shared.citation import Citations
from generator.views.shared.parts import Here
from site_tests.support.chromium import PHONE, WIDE, Open
from site_tests.support.composing import menu
from site_tests.support.nonempty import nonempty


@pytest.fixture(scope="module")
def pages(site: Path, edition: Edition) -> dict[str, HTMLParser]:
    """Each page's address to its HTML."""
    addresses = {address.partition("#")[0] for address in edition.routes.addresses()}
    return {address: HTMLParser((site / address / "index.html").read_text(encoding="utf-8")) for address in sorted(addresses)}


def _attribute(page: HTMLParser, selector: str, name: str) -> str:
    node = page.css_first(selector)
    assert node is not None, selector
    return node.attributes.get(name) or ""


# ---- Permanent links ----


def test_every_item_has_a_link_to_copy(pages: dict[str, HTMLParser], edition: Edition) -> None:
    """All but the blanks of forms: what is filled in is not read."""
    copied = {f"{address}{node.attributes['href']}" for address, page in pages.items() for node in page.css("a.pb-copy")}
    items = {address for address in edition.routes.addresses() if "#" in address and not address.startswith("forms/")}
    assert items - copied == set()


def test_a_copied_link_leads_to_its_item(visit: Open) -> None:
    page = visit("practices/1a/school/", permissions=["clipboard-read", "clipboard-write"])
    menu(page, "q2").locator(".pb-copy").click()
    expect(page.locator(".pb-said")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/practices/1a/school/#q2")
    expect(visit(link).locator("#q2")).to_be_in_viewport()


def test_where_the_clipboard_is_closed_the_address_bar_has_the_link(visit: Open) -> None:
    page = visit("practices/1a/school/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    menu(page, "q2").locator(".pb-copy").click()
    expect(page.locator(".pb-said")).to_have_text("The link is in the address bar")
    assert page.url.endswith("#q2")


# ---- What is related ----


def _here(edition: Edition, page: str = "matrix/") -> Here:
    return Here(edition.catalog, edition.routes, page, Shelf(edition.catalog))


def test_practices_are_related_by_the_tools_that_both_use(edition: Edition) -> None:
    catalog = edition.catalog
    here = _here(edition)
    for cell, found in nonempty((name, found) for name in catalog.cells for found in related.by_tools(here, name)):
        other = next(record for name, record in catalog.cells.items() if edition.routes.link("matrix/", name) == found.link.url)
        assert ids.practice_of(other.id) != ids.practice_of(cell)
        shared = {edition.routes.link("matrix/", use.tool) for use in other.tool_uses()}
        assert shared & {tool.url for tool in found.shared}, (cell, other.id)


def test_every_practice_at_every_level_has_something_related(pages: dict[str, HTMLParser], edition: Edition) -> None:
    for cell in nonempty(edition.catalog.cells):
        (folded,) = pages[edition.routes.page(cell)].css("#about-this-text")
        (related_line,) = (line for line in folded.css("p") if line.text().startswith("Practices that use the same tools: "))
        assert related_line.css("a"), cell


def test_tools_are_similar_both_ways_unless_others_are_nearer(edition: Edition) -> None:
    catalog = edition.catalog
    places = {tool: {ids.cell_of(use) for use, _ in uses} for tool, uses in catalog.uses_of.items()}
    for tool in nonempty(catalog.tools):
        found = related.similar_tools(_here(edition), tool)
        names = [next(other for other in catalog.tools if edition.routes.link("matrix/", other) == similar.link.url) for similar in found]
        assert names, tool
        nearness = [len(places[tool] & places[other]) / len(places[tool] | places[other]) for other in names]
        assert nearness == sorted(nearness, reverse=True)
        assert all(nearness)
        left = [other for other in catalog.tools if other not in (tool, *names)]
        assert len(names) == related.MOST or not any(places[tool] & places[other] for other in left)


def test_a_tool_says_what_it_is_for_where_it_is_used_and_what_is_similar(pages: dict[str, HTMLParser], edition: Edition) -> None:
    for tool in nonempty(edition.catalog.tools.values()):
        page = pages[edition.routes.page(tool.id)]
        assert tool.purpose in page.text()
        assert page.css_first("#uses") is not None, tool.id
        assert page.css_first("#similar") is not None, tool.id


# ---- How to cite ----


def test_a_page_says_how_to_cite_it_and_the_printed_pages(edition: Edition) -> None:
    first = edition.catalog.edition.model_copy(update={"version": "0.1.0", "date": "2026-11-22"})
    catalog = dataclasses.replace(edition.catalog, edition=first)
    citation = Citations(catalog, edition.routes, edition.settings).of("practices/1a/school/", "1A at the school level")
    assert citation.site == "1A at the school level. (2026, November 22). In Engagement Playbook in plain words (version 0.1.0)."
    assert citation.address == "https://engagement-playbook.example/practices/1a/school/"
    assert citation.originals == (
        "McCauley, C., & Cashman, J. (2018). The Engagement Playbook (pp. 4–5). Center on School Turnaround at WestEd. ERIC ED584115.",
    )


def test_a_guide_cites_its_own_document(edition: Edition) -> None:
    citations = Citations(edition.catalog, edition.routes, edition.settings)
    assert citations.of("leadership/1a/school/", "x").originals == ("WestEd. (n.d.). Turnaround Leadership.",)
    assert citations.of("coaching/", "x").originals[0].startswith("Layland, A., & Corbett, J. (2017). Utilizing Integrated Resources")


def test_a_page_without_items_of_its_own_cites_the_playbook_as_a_whole(edition: Edition) -> None:
    [original] = Citations(edition.catalog, edition.routes, edition.settings).of("matrix/", "Map of practices").originals
    assert "(p" not in original.partition("The Engagement Playbook")[2]


def test_every_page_can_be_cited(pages: dict[str, HTMLParser], edition: Edition) -> None:
    for address, page in nonempty(pages.items()):
        node = page.css_first("#pb-cite-site")
        assert node is not None, address
        assert node.text().endswith(edition.settings.address + address)


def test_a_reference_is_copied(visit: Open) -> None:
    page = visit("practices/1a/school/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Cite or share this page").click()
    page.get_by_role("button", name="Copy the original citation").click()
    expect(page.locator(".pb-said")).to_have_text("Text copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("McCauley, C., & Cashman, J. (2018).")


# ---- What others show of a page ----


def test_every_page_has_a_description_of_its_own(pages: dict[str, HTMLParser]) -> None:
    said = {address: _attribute(page, "meta[name=description]", "content") for address, page in pages.items()}
    assert len(set(said.values())) == len(said)
    assert {address: text for address, text in said.items() if not 60 <= len(text) <= 160} == {}


def test_every_page_has_its_address_and_open_graph_data(pages: dict[str, HTMLParser], edition: Edition) -> None:
    for address, page in nonempty(pages.items()):
        whole = edition.settings.address + address
        assert _attribute(page, "link[rel=canonical]", "href") == whole
        assert _attribute(page, "meta[property='og:url']", "content") == whole
        assert _attribute(page, "meta[property='og:description']", "content") == _attribute(page, "meta[name=description]", "content")
        title = page.css_first("title")
        assert title is not None
        assert title.text().startswith(_attribute(page, "meta[property='og:title']", "content").replace("&amp;", "&"))
        for name in ("og:type", "og:site_name", "og:image", "og:image:alt"):
            assert _attribute(page, f"meta[property='{name}']", "content")


def test_the_picture_of_shared_links_is_there(pages: dict[str, HTMLParser], site: Path, edition: Edition) -> None:
    picture = _attribute(pages[""], "meta[property='og:image']", "content")
    content = (site / picture.removeprefix(edition.settings.address)).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1200, 630)
    assert len(content) < 100_000


def test_a_missing_page_offers_the_search(visit: Open) -> None:
    page = visit("404.html")
    page.get_by_label("What are you looking for?").fill("families")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=families$"))


# ---- Three steps ----


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_keyboard_finds_the_state_level_on_families_in_three_steps(visit: Open, size: dict[str, int]) -> None:
    """From home: ask, open, and the first touch point is there; a step is a press of Enter. A phone shows one habit at a time."""
    page = visit("", viewport=size)
    while page.evaluate("document.activeElement.id") != "pb-find":
        page.keyboard.press("Tab")
    page.keyboard.type("state family engagement")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    expect(page.locator("#pb-results li").first).to_be_visible()
    while "practices/4c/state/" not in (page.evaluate("document.activeElement.href") or ""):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/practices/4c/state/"))
    expect(page.locator("#coalesce-1")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_keyboard_goes_by_the_map_of_home_too(visit: Open, size: dict[str, int]) -> None:
    page = visit("", viewport=size)
    links = page.locator("a:visible").count()
    for _ in range(links):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.href") or "").endswith("/practices/4c/state/"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/practices/4c/state/"))
    expect(page.locator("#coalesce-1")).to_be_visible()


# ---- Thousands of tools in a cell ----


def _with_more_tools(edition: Edition, number: int) -> Here:
    """An edition with so many more tools, all used in one cell and in another."""
    catalog = edition.catalog
    tool = next(iter(catalog.tools.values()))
    more = {f"more-{at}": tool.model_copy(update={"id": f"more-{at}", "title": f"More {at}"}) for at in range(number)}
    practices = {**catalog.practices}
    for name in ("1a", "1b"):
        cells = [*practices[name].cells]
        uses = (cells[1].tools[0].model_copy(update={"tool": tool}) for tool in more)
        cells[1] = cells[1].model_copy(update={"tools": (*cells[1].tools, *uses)})
        practices[name] = practices[name].model_copy(update={"cells": tuple(cells)})
    grown = replace(catalog, tools={**catalog.tools, **more}, practices=practices)
    return Here(grown, Routes(grown), "matrix/", Shelf(grown))


def _calls(work: Callable[[], object]) -> int:
    """How many functions and generators run in it: the same on any machine."""
    found = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal found
        found += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(lambda here: [related.similar_tools(here, tool) for tool in here.catalog.tools], id="similar tools"),
        pytest.param(lambda here: [related.by_tools(here, cell) for cell in here.catalog.cells], id="practices that use the same tools"),
        pytest.param(
            lambda here: [cell_link(here, here.catalog.cells[cell]) for found in here.catalog.cells_with.values() for cell in found],
            id="the cells that use each tool",
        ),
    ],
)
def test_four_times_the_tools_in_a_cell_take_about_four_times_the_work(edition: Edition, view: Callable[[Here], object]) -> None:
    few, many = (_with_more_tools(edition, number) for number in (100, 400))
    once = _calls(lambda: view(few))
    assert once > 100
    assert _calls(lambda: view(many)) < 5 * once
