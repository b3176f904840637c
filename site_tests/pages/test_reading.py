"""What readers do with a page in a real Chromium: with the keyboard, on paper, from a folder, without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from site_tests.support.chromium import PHONE, WIDE, Open
from site_tests.support.composing import menu
from site_tests.support.nonempty import nonempty

CELL = "practices/1a/school/"


# ---- The keyboard ----


def test_the_skip_link_leads_past_the_menus(visit: Open) -> None:
    page = visit(CELL)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")


def test_enter_opens_the_menu_and_escape_closes_it(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    button, menu = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Menu")
    # Past the skip link, the name and the search.
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_the_button_that_opened_the_menu_closes_it(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    button, menu = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Menu")
    for _ in range(2):
        button.press("Enter")
        expect(menu).to_be_visible()
        button.press("Enter")
        expect(menu).not_to_be_visible()


def test_the_menu_shows_where_the_reader_is(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.locator("[aria-current=page]")).to_have_text("School")
    expect(menu.get_by_role("link", name="Glossary")).to_be_visible()


def test_the_open_menu_covers_nothing_and_the_page_follows_it(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Menu")
    above, below = menu.bounding_box(), page.locator(".md-content").bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.md-content').contains(document.activeElement)")


def test_a_window_made_wide_loses_the_menu_and_nothing_else(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    page.get_by_role("button", name="Menu").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("navigation", name="Menu")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("letter", ["p", "n", ",", "."])
def test_a_single_letter_does_not_leave_the_page(visit: Open, letter: str) -> None:
    page = visit(CELL)
    before = page.url
    page.keyboard.press(letter)
    page.wait_for_timeout(100)
    assert page.url == before


# ---- Habits on a phone ----


def test_a_phone_shows_one_habit_at_a_time(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    expect(page.locator("#coalesce-1")).to_be_visible()
    expect(page.locator("#together-1")).not_to_be_in_viewport()
    page.get_by_role("radio", name="Together 5").press("Space")
    expect(page.locator("#together-1")).to_be_visible()
    assert page.locator(".pb-column[hidden]").evaluate_all("habits => habits.map(habit => habit.getAttribute('hidden'))") == [
        "until-found",
        "until-found",
    ]


def test_a_link_to_an_item_opens_its_habit(visit: Open) -> None:
    page = visit(f"{CELL}#participation-2", viewport=PHONE)
    expect(page.locator("#participation-2")).to_be_in_viewport()
    expect(page.get_by_role("radio", name="Participation 3")).to_be_checked()


def test_a_wide_window_has_no_tabs(visit: Open) -> None:
    page = visit(CELL)
    expect(page.locator(".pb-tabs")).not_to_be_visible()
    expect(page.locator(".pb-column[hidden]")).to_have_count(0)


def test_a_phone_without_javascript_has_all_habits_one_after_another(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE, java_script_enabled=False)
    expect(page.locator(".pb-tabs")).not_to_be_visible()
    tops = [box["y"] for habit in ("coalesce", "participation", "together") if (box := page.locator(f"#{habit}").bounding_box())]
    assert len(tops) == 3
    assert tops == sorted(tops)


# ---- Single items ----


def test_the_menu_of_an_item_works_by_keyboard_and_closes_by_escape(visit: Open) -> None:
    page = visit(CELL)
    opener = page.locator("#participation-2 > .pb-item-menu > summary")
    opener.press("Enter")
    expect(page.get_by_role("link", name="Copy the link to this touch point").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pb-item-menu[open]")).to_have_count(0)
    expect(opener).to_be_focused()


def test_what_is_in_the_menu_of_an_item_is_reached_without_javascript(visit: Open) -> None:
    page = visit(CELL, java_script_enabled=False)
    menu(page, "participation-2")
    expect(page.locator("#participation-2").get_by_text("Page 4 of the printed playbook")).to_be_visible()


def test_a_copied_link_is_the_address_of_its_item(visit: Open) -> None:
    page = visit(CELL, permissions=["clipboard-read", "clipboard-write"])
    menu(page, "participation-2").locator("a.pb-copy").click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url.partition("#")[0] + "#participation-2"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")])
@pytest.mark.parametrize("anchor", ["participation-3", "together-2", "q3"])
def test_an_address_of_an_item_shows_it_marked_and_whole(visit: Open, window: dict[str, int], scheme: str, anchor: str) -> None:
    page = visit(f"{CELL}#{anchor}", viewport=window, color_scheme=scheme)
    item = page.locator(f"#{anchor}")
    expect(item).to_be_in_viewport()
    assert item.evaluate("item => getComputedStyle(item).backgroundColor") not in ("rgba(0, 0, 0, 0)", "transparent")
    assert item.evaluate("""item => {
        const text = item.querySelector("p, li").getBoundingClientRect();
        return item.contains(document.elementFromPoint(text.left + 10, text.top + 3));
    }""")


# ---- Search ----


def test_the_search_in_the_head_of_every_page_gives_results(visit: Open) -> None:
    page = visit(CELL)
    page.get_by_role("searchbox", name="Search").fill("parents")
    page.keyboard.press("Enter")
    expect(page.locator("#pb-results li").first).to_be_visible()
    expect(page.get_by_label("What are you looking for?")).to_have_value("parents")


def test_the_search_button_of_a_phone_leads_to_the_search_page(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_label("What are you looking for?")).to_be_focused()


def test_search_works_from_a_folder(visit: Open, site: Path) -> None:
    page = visit(f"{(site / 'search' / 'index.html').as_uri()}?q=parents")
    first = page.locator("#pb-results a").first
    expect(first).to_be_visible()
    first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(site.as_uri())


# ---- Light and dark ----


def test_the_choice_of_colors_is_kept(visit: Open, address: str) -> None:
    page = visit(CELL)
    page.get_by_role("button", name="Switch to dark colors").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{address}tools/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="Switch to light colors").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


# ---- Without JavaScript ----


def test_a_practice_shows_its_statements_without_javascript(visit: Open) -> None:
    page = visit(CELL, java_script_enabled=False)
    for column in ("coalesce", "participation", "together"):
        expect(page.locator(f"#{column}-1")).to_be_visible()


def test_the_search_page_says_what_to_do_without_javascript(visit: Open) -> None:
    page = visit("search/", java_script_enabled=False)
    expect(page.get_by_text("Searching needs JavaScript.")).to_be_visible()
    expect(page.locator(".pb-no-script").get_by_role("link", name="tools")).to_be_visible()


def test_a_phone_has_a_menu_without_javascript(visit: Open) -> None:
    page = visit(CELL, viewport=PHONE, java_script_enabled=False)
    expect(page.locator(".pb-menu-button")).not_to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Tools").click()
    expect(page.locator("h1")).to_have_text("Tools")


# ---- Paper ----


def test_paper_has_the_three_columns_and_no_menus(visit: Open) -> None:
    page = visit(CELL)
    page.emulate_media(media="print")
    heads = page.locator(".pb-column h2")
    expect(heads).to_have_text(["Coalesce around issues", "Ensure relevant participation", "Work together"])
    boxes = [head.bounding_box() for head in heads.all()]
    assert len({box["y"] for box in boxes if box}) == 1
    for hidden in (".md-header", ".md-footer", ".pb-siblings", ".pb-menu", ".pb-acts", ".pb-tabs", ".pb-item-menu", ".pb-near", ".pb-fold"):
        for found in nonempty(page.locator(hidden).all()):
            expect(found).not_to_be_visible()


def test_dark_pages_print_dark_on_white(visit: Open) -> None:
    page = visit(CELL, color_scheme="dark")
    page.emulate_media(media="print")
    colors = "body => [getComputedStyle(body).getPropertyValue('--pb-paper'), getComputedStyle(body).getPropertyValue('--pb-d1')]"
    assert page.locator("body").evaluate(colors) == ["#fff", "#3b4ba3"]


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("practices/1a/state/", id="most to read"),
        pytest.param("practices/3a/school/", id="most questions"),
        pytest.param("practices/2c/district/", id="longest questions"),
    ],
)
def test_a_practice_at_a_level_prints_on_one_sheet(visit: Open, cell: str, paper: str) -> None:
    """Its front to read, its back with tools, questions and room to write."""
    pdf = visit(cell).pdf(format=paper)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2


def test_paper_says_where_it_comes_from(visit: Open) -> None:
    page = visit(CELL)
    page.emulate_media(media="print")
    expect(page.locator(".pb-paper-foot")).to_contain_text("/practices/1a/school/")


# ---- Handouts ----


def test_handouts_are_chosen_by_practice_level_kind_and_format(visit: Open) -> None:
    page = visit("handouts/")
    items, told = page.locator("li[data-kind]"), page.locator("form [role=status]")
    expect(told).to_have_text(f"{items.count()} shown")
    page.get_by_role("combobox", name="Practice").select_option("1a")
    page.get_by_role("combobox", name="Level").select_option("school")
    page.get_by_role("combobox", name="Kind").select_option("touch-points")
    expect(told).to_have_text("1 shown")
    expect(page.locator("li[data-kind]:visible")).to_contain_text("1A at the school level: touch point sheet")
    expect(page.locator("section.pb-set:visible")).to_have_count(1)
    assert page.url.endswith("?practice=1a&level=school&kind=touch-points")
    page.get_by_role("combobox", name="Format").select_option("xlsx")
    expect(told).to_have_text("1 shown")
    page.get_by_role("combobox", name="Kind").select_option("reflection")
    expect(told).to_have_text("Nothing matches. Choose “all” in one of the lists.")


def test_a_box_of_the_map_chooses_the_handouts_of_its_page(visit: Open) -> None:
    page = visit("handouts/")
    expect(page.get_by_role("heading", name="All kinds")).to_be_visible()
    box = page.get_by_role("link", name="2B district", exact=True)
    box.click()
    expect(box).to_have_attribute("aria-current", "true")
    shown = page.locator("li[data-kind]:visible").evaluate_all("sheets => sheets.map(({ dataset }) => `${dataset.practice} ${dataset.level}`)")
    assert set(shown) == {"2b district"}
    expect(page.get_by_role("heading", name="All kinds")).not_to_be_visible()
    page.get_by_role("link", name="Show all handouts").click()
    expect(page.get_by_role("heading", name="All kinds")).to_be_visible()
    expect(page.locator("li[data-kind]:visible").first).to_be_visible()


def test_an_address_of_the_handouts_page_reopens_the_choice(visit: Open) -> None:
    page = visit("handouts/?kind=packet&level=state&nonsense=1")
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("packet")
    expect(page.locator("li[data-kind]:visible")).to_have_count(1)


def test_all_handouts_are_there_without_javascript(visit: Open) -> None:
    page = visit("handouts/", java_script_enabled=False)
    expect(page.get_by_role("link", name="PDF, 2 pages")).not_to_have_count(0)
    expect(page.locator("form[data-filter]")).not_to_be_visible()


def test_the_first_action_of_a_practice_gets_its_fullest_sheet(visit: Open) -> None:
    page = visit(CELL)
    with page.expect_download() as download:
        page.get_by_role("link", name="Get the handout PDF").click()
    assert download.value.suggested_filename == "1a-school.pdf"


def test_all_handouts_of_a_practice_are_folded_and_a_link_opens_them(visit: Open) -> None:
    page = visit(f"{CELL}#handouts")
    expect(page.locator("#handouts a").first).to_be_visible()
    expect(visit(CELL).locator("#handouts a").first).not_to_be_visible()


@pytest.mark.parametrize("where", ["coaching/", "self-reflection/lea/", "forms/fishbone/", "leadership/1a/school/", "levels/state/"])
def test_a_page_has_its_own_handouts(visit: Open, where: str) -> None:
    page = visit(where)
    link = page.locator("#handouts ~ ul a").first
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_the_coaching_page_still_chooses_by_step_and_level(visit: Open) -> None:
    page = visit("coaching/?step=assess-needs&level=state")
    expect(page.locator("section.pb-set:visible")).to_have_count(1)
    shown = page.locator("[data-step]:visible")
    assert shown.count() > 0
    assert all("state" in (levels or "") for levels in shown.evaluate_all("items => items.map(item => item.dataset.level)"))
