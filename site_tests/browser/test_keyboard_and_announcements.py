"""What axe cannot see, in a real Chromium: each main task with the keyboard alone, what is announced, and that the checks find what they look for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from generator.catalog import items
from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from site_tests.support.chromium import PHONE, WIDE, Open
from site_tests.support.composing import press_add
from site_tests.support.layouts import CELL, COMPOSE, LEA, TEAM, Forms
from site_tests.support.page_faults import equip, faults
from site_tests.support.team_files import give, people

MOST_TABS = 400


@pytest.fixture(scope="module")
def forms(edition: Edition) -> Forms:
    return form_fields.forms(edition.catalog, edition.routes)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus; on the way the focus must show, be in the window and be free."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("pageFaults.focused()") == []
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


# ---- The keyboard ----

both = pytest.mark.parametrize("window", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")])


@both
@pytest.mark.parametrize("where", ["practices/1a/school/", "matrix/", CELL, TEAM, COMPOSE, "404.html"])
def test_tab_goes_through_the_page_and_out_of_it(visit: Open, where: str, window: dict[str, int]) -> None:
    page = visit(where, viewport=window)
    equip(page)
    page.evaluate("window.left = false; document.querySelector('.md-footer a:last-of-type').addEventListener('blur', () => { window.left = true; })")
    _tab_to(page, ".md-footer a:last-of-type")
    page.keyboard.press("Tab")
    assert page.evaluate("window.left")


@both
def test_the_keyboard_alone_searches_and_opens_what_it_found(visit: Open, window: dict[str, int]) -> None:
    page = visit("", viewport=window)
    equip(page)
    _tab_to(page, "#pb-find, .pb-find input")
    page.keyboard.type("parents")
    page.keyboard.press("Enter")
    expect(page.locator("#pb-results li").first).to_be_visible()
    equip(page)
    _tab_to(page, "#pb-results a")
    page.keyboard.press("Enter")
    expect(page.locator("#pb-results")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


@both
def test_the_keyboard_alone_chooses_in_browse(visit: Open, window: dict[str, int]) -> None:
    page = visit("browse/", viewport=window)
    equip(page)
    if window == PHONE:
        _tab_to(page, ".pb-facets > summary")
        page.keyboard.press("Enter")
    _tab_to(page, "input[name=kind][value='tool-use']")
    page.keyboard.press("Space")
    expect(page.locator("#pb-status")).to_have_text(re.compile(r"^\d+ of [\d,]+ items$"))
    _tab_to(page, "#pb-list a")


# ---- What is announced ----


def _hear(page: Page, words: str) -> None:
    assert page.evaluate("words => pageFaults.said(words)", words)


def test_saving_and_undoing_is_announced(visit: Open) -> None:
    page = visit(CELL)
    equip(page)
    page.locator("[name='1a.school.q1']").fill("said")
    _hear(page, "Saved in this browser")
    page.get_by_role("button", name="Clear", exact=True).click()
    _hear(page, "Cleared")


def test_a_file_that_cannot_be_read_is_announced(visit: Open) -> None:
    page = visit(CELL)
    equip(page)
    page.locator("#pb-open-file").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"{"})
    _hear(page, "a.json")


def test_what_a_team_s_files_hold_is_announced(visit: Open, forms: Forms) -> None:
    page = visit(TEAM)
    equip(page)
    give(page, ["{", *people(forms["1a.school"], 3)])
    _hear(page, "3 sessions")
    _hear(page, "cannot be read")


def test_counts_ratings_and_items_added_are_announced(visit: Open, address: str, edition: Edition) -> None:
    page = visit("browse/")
    equip(page)
    page.get_by_label("Search within").fill("trust")
    _hear(page, f" of {sum(1 for _ in items.singles(edition.catalog)):,} items")
    page.goto(address + LEA)
    equip(page)
    page.locator("[name='rubric.1a1']").first.check()
    _hear(page, "1 of 37 elements")
    page.goto(f"{address}practices/1a/school/")
    equip(page)
    press_add(page, "q1")
    _hear(page, "Added to your session")


# ---- The checks themselves ----

WRONG = {
    "no page wide enough": ('<p style="width: 3000px">x</p>', "the page needs 3"),
    "text cut by its box": ('<p style="height: 9px; overflow: hidden">Some words</p>', "cut: p"),
    "lines on each other": ('<p style="height: 4px; margin: 0">One</p><div>Two</div>', "lies on"),
    "what moves": ('<p style="transition: color 1s">x</p>', "moves: p"),
    "no focus to be seen": ('<button style="outline: none">x</button>', "nothing shows the focus"),
    "a focus under something": ('<a href="#">x</a><b style="position: fixed; inset: 0; background: red"></b>', "covered: a"),
    "no edge in forced colors": ('<button style="border: 0">x</button>', "no edge"),
    "a control without a name": ("<button></button>", "no name: button"),
    "two menus of one name": ('<nav aria-label="A">x</nav><nav aria-label="A">y</nav>', "2 navigation landmarks"),
    "two main headings": ("<h1>a</h1><h1>b</h1>", "headings of the first level"),
    "a heading level skipped": ("<h1>a</h1><h3>b</h3>", "a level is skipped"),
    "a page without its main part": ("<p>x</p>", "0 main landmarks"),
    "gray on gray": ('<p style="color: #aaa">Some words</p>', "color-contrast"),
}


@pytest.mark.parametrize(("wrong", "told"), WRONG.values(), ids=WRONG)
def test_a_fault_is_found(visit: Open, wrong: str, told: str) -> None:
    page = visit("about:blank", viewport=WIDE)
    page.set_content(f'<!doctype html><html lang="en"><body data-md-color-scheme="default">{wrong}</body></html>')
    page.evaluate(
        """() => matchMedia("(prefers-color-scheme: dark)").addEventListener("change",
            ({ matches }) => { document.body.dataset.mdColorScheme = matches ? "slate" : "default"; })"""
    )
    assert told in "\n".join(faults(page))


# ---- The page that tells of it ----


def test_the_page_names_the_version_of_axe_that_tests(site: Path) -> None:
    version = re.search(r"axe v(\d+\.\d+)", AXE_SCRIPT)
    assert version
    assert f"axe {version[1]}</strong>" in (site / "accessibility" / "index.html").read_text(encoding="utf-8")
