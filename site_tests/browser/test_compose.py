"""The page that composes handouts, in a real Chromium: items come from everywhere, stand in any order, and their times add up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog import items
from generator.catalog.items import Single
from generator.checks.checked_edition import Edition
from site_tests.support.chromium import PHONE, WIDE, Open
from site_tests.support.composing import COMPOSE, arrive, find, kept, menu, own, press_add, rows, said
from site_tests.support.nonempty import nonempty

CELL = "practices/1a/school/"


@pytest.fixture(scope="module")
def singles(edition: Edition) -> dict[str, Single]:
    return {single.id: single for single in items.singles(edition.catalog)}


def _status(page: Page) -> str:
    return page.locator("#pb-entry-told").inner_text()


# ---- Items come from everywhere ----


def test_every_item_can_be_chosen_in_its_own_place(site: Path, edition: Edition, singles: dict[str, Single]) -> None:
    pages: dict[str, HTMLParser] = {}
    for name in nonempty(singles):
        where, anchor = edition.routes.page(name), edition.routes.anchor(name)
        if where not in pages:
            pages[where] = HTMLParser((site / where / "index.html").read_text(encoding="utf-8"))
        place = pages[where].css_first(f"[data-item='{name}']")
        assert place is not None, name
        # Future states have their anchor at the heading over them.
        assert place.attributes.get("id") == anchor or singles[name].kind == "future-state", name


def test_only_items_can_be_chosen(site: Path, singles: dict[str, Single]) -> None:
    pages = {path: HTMLParser(path.read_text(encoding="utf-8")) for path in site.rglob("index.html")}
    for path, node in nonempty((path, node) for path, page in pages.items() for node in page.css("[data-item]")):
        assert node.attributes["data-item"] in singles, path


def test_items_of_browse_of_a_page_and_of_the_search_come_together(visit: Open, address: str, singles: dict[str, Single]) -> None:
    page = visit("browse/?kind=question&practice=2b&level=school")
    page.locator("[data-id='2b.school.q1']").get_by_role("button").click()
    page.goto(address + CELL)
    menu(page, "participation-2").get_by_role("button", name="Add to my session").click()
    page.get_by_role("link", name="My session (2)").click()
    arrive(page)
    expect(page.locator("h1")).to_have_text("Plan a session")
    find(page, "seeds of trust 1a school").first.click()
    expect(rows(page)).to_have_count(3)
    assert [entry["item"] for entry in kept(page)[0]["entries"]] == ["2b.school.q1", "1a.school.participation.2", "1a.school.tools.seeds-of-trust"]
    assert said(page)[:2] == ["".join(singles["2b.school.q1"].texts), "".join(singles["1a.school.participation.2"].texts)]


@pytest.mark.parametrize("where", [CELL, "leadership/1a/school/", "coaching/", "self-reflection/lea/", "questions/", "tools/four-simple-questions/"])
def test_a_page_adds_and_removes_and_remembers(visit: Open, where: str) -> None:
    page = visit(where)
    menu = page.locator("[data-item]").nth(2).locator("> .pb-item-menu")
    button = menu.locator(".pb-add")
    menu.locator("summary").press("Enter")
    expect(button).to_have_accessible_name(re.compile(r"^Add to my session: \w"))
    expect(page.get_by_role("navigation", name="My session")).not_to_be_visible()
    button.press("Enter")
    expect(button).to_have_accessible_name(re.compile("^Remove from my session: "))
    expect(page.get_by_role("status").last).to_have_text("Added to your session: it holds 1 now")
    page.reload()
    menu.locator("summary").click()
    expect(button).to_have_text("Remove from my session")
    button.click()
    expect(button).to_have_text("Add to my session")
    expect(page.get_by_role("navigation", name="My session")).not_to_be_visible()
    assert kept(page)[0]["entries"] == []


def test_an_item_that_was_removed_by_mistake_comes_back_as_it_was(visit: Open, address: str) -> None:
    page = visit(CELL)
    for anchor in ("q1", "q2"):
        press_add(page, anchor)
    page.goto(address + COMPOSE)
    rows(page).first.get_by_label("Note, for the plan").fill("keep this")
    page.goto(address + CELL)
    before = kept(page)[0]["entries"]
    press_add(page, "q1")
    assert len(kept(page)[0]["entries"]) == 1
    press_add(page, "q1")
    assert kept(page)[0]["entries"] == before


def test_buttons_are_no_words_that_browse_finds(visit: Open) -> None:
    page = visit("browse/")
    page.get_by_label("Search within").fill("remove from my session")
    expect(page.locator("#pb-status")).to_contain_text("Nothing matches")


# ---- Finding ----


def test_the_words_of_a_place_and_a_kind_find_first_what_stands_there(visit: Open, singles: dict[str, Single]) -> None:
    page = visit(COMPOSE)
    find(page, "1a school touch points")
    page.get_by_role("button", name="Show all").click()
    found = page.locator("#pb-item-results button").evaluate_all("buttons => buttons.map(button => button.value)")
    wanted = [single.id for single in singles.values() if single.kind == "touch-point" and single.id.startswith("1a.school.")]
    assert wanted
    assert found[: len(wanted)] == wanted


def test_one_and_many_find_the_same_and_whole_words_come_first(visit: Open, singles: dict[str, Single]) -> None:
    page = visit(COMPOSE)
    number = page.locator("#pb-item-number")
    find(page, "family trust")
    alike = number.inner_text()
    assert re.match(r"\d+ item", alike)
    find(page, "families trusts")
    expect(number).to_have_text(alike)
    first = find(page, "trust").first.get_attribute("value") or ""
    assert re.search(r"\btrust\b", " ".join((*singles[first].texts, *singles[first].tools)), flags=re.IGNORECASE)
    page.get_by_label("Find items to add").fill("zzz")
    expect(number).to_contain_text("No item has all these words")


@pytest.mark.parametrize("size", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")])
def test_the_keyboard_finds_adds_and_orders(visit: Open, size: dict[str, int]) -> None:
    page = visit(COMPOSE, viewport=size)
    page.get_by_label("Find items to add").focus()
    page.keyboard.type("2c district question")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert _status(page).startswith("Added: ")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Find items to add")).to_be_focused()
    one, two = said(page)
    while page.evaluate("document.activeElement.name") != "up" or not rows(page).last.locator(":focus").count():
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page) == [two, one]
    expect(page.locator(":focus")).to_have_accessible_name(f"Up: {two[:60]} …" if len(two) > 60 else f"Up: {two}")
    assert _status(page) == "Moved up: now number 1 of 2"
    page.keyboard.press("Enter")
    assert _status(page) == "It is already first"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page) == [one, two]
    assert [entry["item"] for entry in kept(page)[0]["entries"]] == ["2c.district.q1", "2c.district.q3"]


def test_what_is_removed_comes_back_to_its_place(visit: Open) -> None:
    page = visit(COMPOSE)
    for text in ("one", "two", "three"):
        own(page, "Text or question", text)
    rows(page).nth(1).get_by_label("Note, for the plan").fill("with its note")
    before = kept(page)[0]["entries"]
    rows(page).nth(1).get_by_role("button", name="Remove").click()
    assert said(page) == ["one", "three"]
    expect(page.locator(":focus")).to_have_text("Undo")
    page.keyboard.press("Enter")
    assert said(page) == ["one", "two", "three"]
    assert kept(page)[0]["entries"] == before


def _three(visit: Open) -> Page:
    page = visit(COMPOSE)
    for text in ("one", "two", "three"):
        own(page, "Text or question", text)
    return page


@pytest.mark.parametrize(
    ("removed", "button", "at", "words"),
    [pytest.param(0, "Up", 0, "It is already first", id="first"), pytest.param(2, "Down", 1, "It is already last", id="last")],
)
def test_what_stands_beside_a_removed_end_is_the_end_now(visit: Open, removed: int, button: str, at: int, words: str) -> None:
    page = _three(visit)
    rows(page).nth(removed).get_by_role("button", name="Remove").click()
    left = [text for text in ("one", "two", "three") if text != ("one", "two", "three")[removed]]
    rows(page).nth(at).get_by_role("button", name=button).press("Enter")
    assert _status(page) == words
    assert said(page) == [entry["text"] for entry in kept(page)[0]["entries"]] == left
    page.get_by_role("button", name="Undo").first.press("Enter")
    assert said(page) == ["one", "two", "three"]


def test_an_entry_moves_over_the_place_of_one_that_was_removed(visit: Open) -> None:
    page = _three(visit)
    rows(page).nth(1).get_by_role("button", name="Remove").click()
    rows(page).nth(1).get_by_role("button", name="Up").press("Enter")
    assert _status(page) == "Moved up: now number 1 of 2"
    assert said(page) == [entry["text"] for entry in kept(page)[0]["entries"]] == ["three", "one"]
    expect(page.locator(":focus")).to_have_accessible_name("Up: three")


# ---- Times and groups ----


def _clock(minutes: int) -> str:
    hour = minutes // 60 % 24
    days = minutes // 1440
    day = "" if not days else " the next day" if days == 1 else f" on day {days + 1}"
    return f"{(hour + 11) % 12 + 1}:{minutes % 60:02} {'PM' if hour >= 12 else 'AM'}{day}"


@pytest.mark.parametrize(
    ("start", "minutes"),
    [
        pytest.param("09:00", [5, 10, 15, 45], id="a morning"),
        pytest.param("11:40", [20, 0, 25, 600], id="past noon, with a moment"),
        pytest.param("23:35", [15, 20, 5], id="past midnight"),
        pytest.param("12:30", [600, 600, 600], id="into the third day"),
    ],
)
def test_times_add_up(visit: Open, start: str, minutes: list[int]) -> None:
    page = visit(COMPOSE)
    for number, lasting in enumerate(minutes):
        own(page, "Other step", f"step {number}", lasting)
    page.get_by_label("Starts at").fill(start)
    at = int(start[:2]) * 60 + int(start[3:])
    begin = at
    for number, lasting in nonempty(enumerate(minutes)):
        shown = rows(page).nth(number).locator(".pb-entry-time").inner_text()
        first, _, last = shown.partition("–")
        assert (last or first) == _clock(at + lasting)
        assert _clock(at).startswith(first)
        expect(page.locator("#pb-paper-plan tbody tr").nth(number).locator("td").first).to_have_text(shown)
        at += lasting
    hours, rest = divmod(at - begin, 60)
    span = " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part)
    expect(page.locator(".pb-plan-total")).to_contain_text(f"{span} in all")
    assert page.locator(".pb-plan-total").inner_text().endswith(_clock(at))


def test_without_a_start_minutes_are_counted_and_headings_take_none(visit: Open) -> None:
    page = visit(COMPOSE)
    own(page, "Heading", "Part one")
    own(page, "Other step", "first", 70)
    own(page, "Text or question", "second", 20)
    assert page.locator("#pb-entries .pb-entry-time").all_inner_texts() == ["", "0–70 min", "70–90 min"]
    expect(page.locator(".pb-plan-total")).to_have_text("1 h 30 min in all")
    rows(page).nth(1).locator("[name=minutes]").fill("")
    expect(page.locator(".pb-plan-total")).to_have_text("20 min in all")


@pytest.mark.parametrize(
    ("people", "how", "size", "words"),
    [
        (24, "groups", 4, "6 groups"),
        (26, "groups", 4, "7 groups, 5 of 4 and 2 of 3"),
        (7, "groups", 4, "2 groups, 1 of 4 and 1 of 3"),
        (3, "groups", 6, "1 group of 3"),
        (10, "groups", 4, "3 groups, 1 of 4 and 2 of 3"),
        (12, "pairs", 4, "6 pairs"),
        (13, "pairs", 4, "6 pairs, 1 of 3 and 5 of 2"),
        (0, "groups", 4, ""),
        (24, "alone", 4, ""),
    ],
)
def test_groups_add_up(visit: Open, people: int, how: str, size: int, words: str) -> None:
    page = visit(COMPOSE)
    own(page, "Text or question", "What next?")
    page.get_by_label("People", exact=True).fill(str(people))
    rows(page).locator("[name=how]").select_option(how)
    if how == "groups":
        page.get_by_label("People in a small group").fill(str(size))
    assert rows(page).locator(".pb-entry-groups").inner_text() == words
    split = [(int(number), int(of)) for number, of in re.findall(r"(\d+) of (\d+)", words)]
    assert not split or sum(number * of for number, of in split) == people
    expect(page.locator(".pb-plan-copies")).to_have_text(f"{people} people: {people} copies of the handout" if people else "")


def test_a_number_out_of_bounds_shows_what_it_was_taken_for(visit: Open) -> None:
    page = visit(COMPOSE)
    own(page, "Text or question", "What next?")
    field = rows(page).locator("[name=minutes]")
    field.fill("9999")
    field.blur()
    expect(field).to_have_value("600")
    assert kept(page)[0]["entries"][0]["minutes"] == 600
