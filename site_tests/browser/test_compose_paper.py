"""A composed handout on paper, and for everyone: printed, on a phone, from a folder, for screen readers, without JavaScript."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from generator.catalog import items
from generator.checks.checked_edition import Edition
from site_tests.support.chromium import PHONE, VERSION, Open
from site_tests.support.composing import COMPOSE, arrive, find, kept, menu, press_add, rows
from site_tests.support.composing import address as address_of
from site_tests.support.nonempty import nonempty

ITEMS = ("1a.school.q1", "1a.school.participation.1", "rubric.1a1", "1a.school.tools.seeds-of-trust")
SESSION = address_of(
    ("t", "Building trust"),
    ("g", "Lincoln team"),
    ("l", "Library"),
    ("s", "14:00"),
    ("p", "12"),
    ("e", ".step~n~5~e4"),
    ("x", "Welcome everyone"),
    ("e", ".heading~n~0~e4"),
    ("x", "First part"),
    *[("e", f"{item}~l~10~g4") for item in ITEMS],
    ("n", "Listen for names"),
)
CONTROLS = ("Print the handout", "Copy link", "Save to a file", "Remove", "Find items", "Your handouts", "Room to write", "Plan a session")


def _sheets(pdf: bytes) -> list[str]:
    """The text of each sheet, after its page number."""
    return [re.sub(r"^\d+ / \d+ ", "", re.sub(r"\s+", " ", sheet.extract_text())) for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _printed(page: Page, button: str, paper: str = "Letter") -> list[str]:
    """The text of each sheet."""
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name=button, exact=True).click()
    return _sheets(page.pdf(format=paper))


# ---- Paper ----


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_handout_has_its_items_in_order_with_their_sources(visit: Open, edition: Edition, paper: str) -> None:
    sheets = _printed(visit(SESSION), "Print the handout", paper)
    text = " ".join(sheets)
    singles = {single.id: single for single in items.singles(edition.catalog)}
    places = [text.index(singles[item].texts[0][:50]) for item in ITEMS]
    assert places == sorted(places)
    for wanted in (
        "Building trust",
        "Name",
        "Team: Lincoln team",
        "First part",
        "1A at the school level, p. 5",
        "Element of the LEA self-reflection",
    ):
        assert wanted in text.replace("\u00a0", " "), wanted
    for wanted in ("In our own words, after:", "McCauley, C., & Cashman, J. (2018)", "CC BY 4.0", f"version {VERSION}", "/compose/"):
        assert wanted in sheets[-1], wanted
    for unwanted in (*CONTROLS, "Session plan", "Welcome everyone", "Listen for names", "2:00"):
        assert unwanted not in text, unwanted
    assert len(sheets) == 2


def test_the_session_plan_has_times_notes_and_numbers(visit: Open) -> None:
    sheets = _printed(visit(SESSION), "Print the session plan")
    (text,) = sheets
    wanted = (
        "Session plan: Building trust",
        "Lincoln team · Library",
        "2:00–2:05 PM",
        "Welcome everyone",
        "First part",
        "2:35–2:45 PM",
        "Listen for names",
    )
    for words in (*wanted, "in small groups of 4: 3 groups", "they write a few lines", "45 min in all, 2:00–2:45 PM", "12 people: 12 copies"):
        assert words in text, words
    for unwanted in (*CONTROLS, "Name ", "In our own words, after:"):
        assert unwanted not in text, unwanted


@pytest.mark.parametrize("button", ["Print both", ""], ids=["the button", "the browser's own menu"])
def test_both_begin_on_a_sheet_of_their_own(visit: Open, button: str) -> None:
    page = visit(SESSION)
    sheets = _printed(page, button) if button else _sheets(page.pdf())
    assert len(sheets) == 3
    assert sheets[0].startswith("Lincoln team · Library")
    assert "Session plan" not in sheets[1]
    assert sheets[1].startswith("Library Building trust Name")


def test_what_was_printed_last_does_not_decide_the_next_print(visit: Open) -> None:
    page = visit(SESSION)
    assert len(_printed(page, "Print the session plan")) == 1
    assert len(_sheets(page.pdf())) == 3


@pytest.mark.parametrize(("room", "sheets"), [("l", 3), ("h", 6), ("p", 12)])
def test_no_item_is_cut_between_sheets(visit: Open, room: str, sheets: int) -> None:
    """Twelve questions with a few lines, half a page and a page each; the longest item of the site stands among them."""
    questions = [f"{cell}.q{number}" for cell in ("1a.school", "1b.school", "2a.school", "2b.school", "3a.school", "4a.school") for number in (1, 2)]
    page = visit(address_of(("t", "Long"), *[("e", f"{item}~{room}~5~a4") for item in questions]))
    printed = _printed(page, "Print the handout")
    assert sheets <= len(printed) <= sheets + 2
    page.emulate_media(media="print")
    heights = page.locator(".pb-paper-part").evaluate_all("parts => parts.map(part => part.getBoundingClientRect().height / 96 * 25.4)")
    assert max(heights) < 279.4 - 27


def test_the_longest_item_with_a_page_to_write_fits_on_two_sheets_at_most(visit: Open, edition: Edition) -> None:
    longest = max(items.singles(edition.catalog), key=lambda single: sum(map(len, single.texts)))
    assert len(_printed(visit(address_of(("e", f"{longest.id}~p~5~a4"))), "Print the handout")) <= 2


def test_an_empty_handout_prints_without_a_word_of_the_page(visit: Open) -> None:
    page = visit(COMPOSE)
    (text,) = _printed(page, "Print the handout")
    assert not [unwanted for unwanted in (*CONTROLS, "What you add appears here") if unwanted in text]


# ---- Everyone ----


def test_it_works_from_a_folder_with_the_network_off(visit: Open, site: Path) -> None:
    page = visit(f"{(site / 'practices/1a/school/index.html').as_uri()}", offline=True)
    press_add(page, "q1")
    page.get_by_role("link", name="My session (1)").click()
    arrive(page)
    find(page, "2b school question").first.click()
    expect(rows(page)).to_have_count(2)
    page.reload()
    expect(rows(page)).to_have_count(2)
    rows(page).first.get_by_role("link").click()
    assert page.url == f"{(site / 'practices/1a/school/index.html').as_uri()}#q1"


def test_every_control_has_a_name_that_says_what_it_belongs_to(visit: Open) -> None:
    page = visit(SESSION)
    for row in nonempty(rows(page).all()):
        title = re.sub(r"^\d+: ", "", row.get_attribute("aria-label") or "")
        assert title
        for button in nonempty(row.get_by_role("button").all()):
            expect(button).to_have_accessible_name(f"{button.inner_text()}: {title}")
    names = page.locator("#pb-composer :is(button, input, select, textarea):visible")
    for control in nonempty(names.all()):
        expect(control).to_have_accessible_name(re.compile(r"\w"))


def test_a_finger_makes_a_handout_on_a_phone(visit: Open, address: str) -> None:
    page = visit("practices/1a/school/", viewport=PHONE, has_touch=True)
    menu(page, "q1").locator(".pb-add").tap()
    page.get_by_role("link", name="My session (1)").tap()
    arrive(page)
    page.get_by_role("button", name="Break", exact=True).tap()
    rows(page).last.get_by_role("button", name="Up").tap()
    expect(rows(page).first.locator("[name=text]")).to_have_value("Break")
    for button in nonempty(page.locator(".pb-entry button, #pb-own button").all()):
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    assert [entry["kind"] for entry in kept(page)[0]["entries"]] == ["step", "item"]


def test_what_has_the_focus_does_not_lie_under_the_link_to_the_handout(visit: Open) -> None:
    page = visit("practices/1a/school/", viewport=PHONE)
    press_add(page, "coalesce-1")
    hidden = """() => {
        const [bar, focus] = [document.querySelector('.pb-basket a'), document.activeElement].map(one => one.getBoundingClientRect());
        return focus.bottom > bar.top && focus.top < bar.bottom && focus.left < bar.right && focus.right > bar.left;
    }"""
    stops = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        if page.evaluate("!document.activeElement.closest('.pb-basket')"):
            assert not page.evaluate(hidden)
            stops += 1
        page.keyboard.press("Tab")
    assert stops > 20


def test_without_javascript_the_page_says_what_to_do(visit: Open) -> None:
    page = visit(COMPOSE, java_script_enabled=False)
    expect(page.get_by_text("Planning a session needs JavaScript.")).to_be_visible()
    expect(page.locator(".pb-no-script").get_by_role("link", name="ready-made handouts")).to_be_visible()
    expect(page.locator("#pb-composer")).not_to_be_visible()
    other = visit("practices/1a/school/", java_script_enabled=False)
    expect(other.locator(".pb-add")).to_have_count(0)
