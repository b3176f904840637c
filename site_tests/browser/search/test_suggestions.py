"""Suggestions under the search box in the head of each page: a combobox for keyboard, pointer and screen reader, loaded with the focus."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.checks.checked_edition import Edition
from generator.exports import search_suggestions
from site_tests.support.chromium import Open

KINDS = ["Page", "Touch point", "Tool", "Question", "Term"]


@pytest.fixture
def page(visit: Open) -> Page:
    """A page deep in the site, with nothing in its search box."""
    return visit("practices/1a/school/")


def _box(page: Page) -> Locator:
    return page.locator(".pb-header-search input")


def _type(page: Page, typed: str) -> Locator:
    """Type into the box once it suggests, and give the options."""
    _box(page).focus()
    expect(_box(page)).to_have_role("combobox")
    _box(page).fill(typed)
    return page.get_by_role("option")


def test_suggestions_are_loaded_when_the_box_gets_the_focus_and_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _type(page, "trust")
    page.locator("h1").click()
    _box(page).focus()
    expect(_box(page)).to_have_role("combobox")
    assert [re.sub(r".*/assets/", "", url) for url in asked] == ["search-suggestions.js", "search/suggestions.js"]


def test_pages_come_first_then_touch_points_tools_questions_and_terms(page: Page) -> None:
    options = _type(page, "data")
    kinds = [KINDS.index(kind) for kind in options.locator(".pb-kind").all_inner_texts()]
    assert len(set(kinds)) > 2
    assert kinds == sorted(kinds)
    assert 1 < len(kinds) <= 8


@pytest.mark.parametrize(("typed", "wanted"), [("seeds of tr", "Seeds of Trust"), ("STAKEH meet", "Meet the Stakeholders"), ("próto", "protocol")])
def test_what_begins_so_is_suggested(page: Page, typed: str, wanted: str) -> None:
    options = _type(page, typed)
    texts = [re.sub(r"\s+", " ", text) for text in options.all_inner_texts()]
    assert any(text.startswith(wanted) for text in texts), texts


def test_arrows_choose_an_option_that_enter_opens(page: Page) -> None:
    options = _type(page, "seeds of trust")
    expect(_box(page)).to_have_attribute("aria-expanded", "true")
    expect(_box(page)).to_have_attribute("aria-controls", str(page.get_by_role("listbox").get_attribute("id")))
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(_box(page)).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    expect(_box(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(_box(page)).not_to_have_attribute("aria-activedescendant", re.compile(""))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/tools/seeds-of-trust/$"))


def test_enter_without_a_choice_searches(page: Page) -> None:
    _type(page, "seeds of trust")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=seeds\+of\+trust$"))


def test_a_click_opens_a_suggestion_and_escape_closes_the_list(page: Page) -> None:
    options = _type(page, "glossary")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(_box(page)).to_have_value("glossary")
    expect(_box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    options.first.click()
    expect(page).to_have_url(re.compile(r"/glossary/$"))


def test_the_number_of_suggestions_is_announced(page: Page) -> None:
    options = _type(page, "protocol")
    told = page.locator(".pb-header-search [role=status]")
    expect(told).to_have_text(re.compile(rf"^{options.count()} suggestions?$"))
    _box(page).fill("p")
    expect(told).to_be_empty()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_box_whose_suggestions_cannot_be_loaded_still_searches(page: Page) -> None:
    page.context.route("**/assets/search-suggestions.js", lambda route: route.abort("internetdisconnected"))
    _box(page).fill("seeds")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=seeds$"))


def test_suggestions_weigh_less_than_20_kilobytes_compressed(site: Path) -> None:
    files = [site / "assets" / "search-suggestions.js", site / "assets" / "search" / "suggestions.js"]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < 20_000


def test_every_suggestion_leads_to_an_address_of_the_site(edition: Edition) -> None:
    addresses = set(edition.routes.addresses())
    script = search_suggestions.script(edition.catalog, edition.routes)
    urls = re.findall(r'","((?:[a-z0-9-]+/)*(?:#[a-z0-9-]+)?)","', script)
    assert len(urls) > 500
    assert [url for url in urls if url not in addresses] == []
