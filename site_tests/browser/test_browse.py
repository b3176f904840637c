"""The browse page in a real Chromium: what is chosen is what is shown, counted, shared, printed and taken away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from playwright.sync_api import Page, expect

from generator.catalog import items
from generator.catalog.items import Single
from generator.catalog.routes import PAGES
from generator.checks.checked_edition import Edition
from site_tests.support.chromium import PHONE, Open
from site_tests.support.nonempty import nonempty

SHOWN = "[...document.querySelectorAll('[data-id]')].filter(item => item.checkVisibility()).map(item => item.dataset.id)"
OPTIONS = """[...document.querySelectorAll("#pb-browse input[type=checkbox]")].map(box =>
    [box.name, box.value, box.parentElement.querySelector(".pb-number").textContent, box.checked, box.disabled])"""
CHOICES: dict[str, dict[str, list[str]]] = {
    "one kind": {"kind": ["question"]},
    "either of two levels": {"level": ["school", "state"]},
    "a kind at a level": {"kind": ["touch-point"], "level": ["district"]},
    "a habit in a domain at either of two levels": {"habit": ["together"], "domain": ["d2"], "level": ["school", "district"]},
    "a tool": {"tool": ["four-simple-questions"]},
    "a step of the cycle and a source": {"step": ["assess-needs"], "source": ["improvement-cycle-guide"]},
    "what this edition added, in a practice": {"source": ["site"], "practice": ["4b"]},
}


@pytest.fixture(scope="module")
def singles(edition: Edition) -> list[Single]:
    return list(items.singles(edition.catalog))


def _of_kind(singles: list[Single], kind: str) -> int:
    return sum(single.kind == kind for single in singles)


def _has(edition: Edition, single: Single, facet: str) -> tuple[str, ...]:
    """What an item has of a facet, worked out from its record."""
    domain = edition.catalog.practices[single.practice].domain if single.practice else ""
    return {
        "kind": (single.kind,),
        "domain": (domain,),
        "practice": (single.practice,),
        "level": single.levels,
        "habit": (single.habit,),
        "tool": single.tools,
        "step": single.steps,
        "source": (single.source,),
    }[facet]


def _fitting(edition: Edition, singles: list[Single], choice: dict[str, list[str]]) -> list[str]:
    return [single.id for single in singles if all(set(_has(edition, single, facet)) & set(values) for facet, values in choice.items())]


def _query(choice: dict[str, list[str]]) -> str:
    return "browse/?" + "&".join(f"{facet}={value}" for facet, values in choice.items() for value in values)


def _shown(page: Page) -> list[str]:
    """The ids of all items that fit, in the order of the page."""
    if page.locator("#pb-all").is_visible():
        page.locator("#pb-all").press("Enter")
    found: list[str] = page.evaluate(SHOWN)
    return found


def _count(page: Page) -> int:
    return int((page.locator("#pb-status").inner_text().split(" ")[0]).replace(",", ""))


def _choose(page: Page, facet: str, value: str) -> None:
    box = page.locator(f"input[name={facet}][value='{value}']")
    if not box.is_visible():
        page.locator(".pb-facet", has=box).locator("summary").click()
    box.check()


# ---- What is there ----


def test_every_single_item_is_listed_once(visit: Open, singles: list[Single]) -> None:
    page = visit("browse/")
    assert len(singles) > 1000
    assert _shown(page) == [single.id for single in singles]
    assert len({single.id for single in singles}) == len(singles)


def test_every_item_leads_to_its_own_place(visit: Open, edition: Edition, singles: list[Single]) -> None:
    ways = visit("browse/").evaluate("[...document.querySelectorAll('[data-id]')].map(item => item.querySelector('a').getAttribute('href'))")
    assert ways == [edition.routes.link(PAGES["browse"], single.id) for single in singles]


def test_without_javascript_everything_stands_under_its_practice(visit: Open, singles: list[Single]) -> None:
    page = visit("browse/", java_script_enabled=False)
    expect(page.locator("[data-id]")).to_have_count(len(singles))
    for place in (0, 500, len(singles) - 1):
        expect(page.locator("[data-id]").nth(place)).to_be_visible()
    heads = page.locator("#pb-list h2")
    expect(heads).to_have_count(13)
    expect(heads.nth(3)).to_contain_text("2A")
    expect(page.locator("#pb-browse")).not_to_be_visible()


# ---- Choosing ----


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_what_is_chosen_is_shown(visit: Open, edition: Edition, singles: list[Single], choice: dict[str, list[str]]) -> None:
    """Any of the values of one facet, of all facets; worked out anew here from the records."""
    page = visit(_query(choice))
    wanted = _fitting(edition, singles, choice)
    assert wanted
    assert _shown(page) == wanted
    assert _count(page) == len(wanted)


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_the_number_beside_an_option_is_what_it_would_leave(
    visit: Open, edition: Edition, singles: list[Single], choice: dict[str, list[str]]
) -> None:
    told = visit(_query(choice)).evaluate(OPTIONS)
    assert len(told) > 50
    for facet, value, number, checked, disabled in nonempty(told):
        left = len(_fitting(edition, singles, choice | {facet: [value]}))
        assert number == str(left), (facet, value)
        assert disabled == (left == 0 and not checked), (facet, value)


def test_words_are_found_in_one_and_in_many(visit: Open) -> None:
    page = visit("browse/")
    box = page.get_by_label("Search within")
    box.fill("family")
    alike = _count(page)
    box.fill("families")
    assert _count(page) == alike > 20
    box.fill("famil trus")
    both = _shown(page)
    assert 0 < len(both) < alike
    box.fill("xyzzy")
    expect(page.locator("#pb-status")).to_have_text("Nothing matches. Remove a filter, or try other words.")


def test_chips_take_away_what_was_chosen(visit: Open) -> None:
    page = visit("browse/?kind=question&level=school&q=goals")
    chips = page.locator("#pb-chips button")
    expect(chips).to_have_text(["Question", "School", "“goals”"])
    page.get_by_role("button", name="Remove Question").click()
    expect(chips).to_have_text(["School", "“goals”"])
    expect(chips.first).to_be_focused()
    expect(page).to_have_url(re.compile(r"/browse/\?q=goals&level=school$"))
    page.get_by_role("button", name="Clear all").click()
    expect(chips).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/browse/$"))


def test_the_list_is_drawn_in_part_and_then_whole(visit: Open, singles: list[Single]) -> None:
    page = visit("browse/")
    assert len(page.evaluate(SHOWN)) == 20
    page.get_by_role("button", name=f"Show all {len(singles):,}").press("Enter")
    assert len(page.evaluate(SHOWN)) == len(singles)
    assert page.evaluate("document.activeElement.closest('[data-id]').dataset.id") == page.evaluate(SHOWN)[20]


@pytest.mark.parametrize("order", ["kind", "source", "words"])
def test_the_order_can_be_chosen(visit: Open, singles: list[Single], order: str) -> None:
    page = visit("browse/?level=state")
    before = _shown(page)
    page.get_by_label("Sort by").select_option(order)
    found = {single.id: single for single in singles}
    after = _shown(page)
    assert sorted(after) == sorted(before)
    if order == "kind":
        kinds = list(items.KINDS)
        assert [kinds.index(found[one].kind) for one in after] == sorted(kinds.index(found[one].kind) for one in before)
    if order == "source":
        pages = [
            int(item or 0) for item in page.evaluate("[...document.querySelectorAll('#pb-sorted ul')[0].children].map(item => item.dataset.page)")
        ]
        assert pages == sorted(pages)
    if order == "words":
        texts = page.evaluate(
            "[...document.querySelectorAll('#pb-sorted li')].map(item => plain(item.querySelector('p:not(.pb-under)').textContent))"
        )
        assert texts == sorted(texts)
    page.get_by_label("Sort by").select_option("")
    assert _shown(page) == before


# ---- The address ----


def test_a_link_reopens_the_same_view(visit: Open) -> None:
    page = visit("browse/")
    _choose(page, "kind", "touch-point")
    _choose(page, "level", "state")
    _choose(page, "practice", "4c")
    page.get_by_label("Sort by").select_option("words")
    page.get_by_label("Search within").fill("famil")
    expect(page).to_have_url(re.compile("q=famil"))
    again = visit(page.url)
    assert _shown(again) == _shown(page)
    assert again.locator("#pb-status").inner_text() == page.locator("#pb-status").inner_text()
    expect(again.get_by_label("Sort by")).to_have_value("words")
    expect(again.locator("#pb-chips button")).to_have_text(
        ["Touch point", "4C Engage students and families in pursuing education goals", "State", "“famil”"]
    )


def test_the_back_button_goes_through_the_views(visit: Open) -> None:
    page = visit("browse/")
    counts = [_count(page)]
    for facet, value in (("kind", "question"), ("level", "district"), ("domain", "d3")):
        _choose(page, facet, value)
        counts.append(_count(page))
    assert sorted(counts, reverse=True) == counts
    for before in nonempty(reversed(counts[:-1])):
        page.go_back()
        assert _count(page) == before
    page.go_forward()
    assert _count(page) == counts[1]


def test_an_address_with_nonsense_shows_what_it_can(visit: Open) -> None:
    page = visit("browse/?kind=nothing&sort=nothing&level=school&x=%3Cscript%3E")
    expect(page.locator("#pb-chips button")).to_have_text(["School"])
    expect(page.get_by_label("Sort by")).to_have_value("")


def test_a_word_is_one_step_back(visit: Open) -> None:
    page = visit("browse/?kind=question&level=school")
    before = _count(page)
    page.get_by_label("Search within").press_sequentially("families", delay=5)
    expect(page).to_have_url(re.compile("q=families"))
    assert _count(page) < before
    page.go_back()
    assert _count(page) == before
    expect(page.locator("#pb-chips button")).to_have_text(["Question", "School"])


def test_where_nothing_fits_the_search_is_offered(visit: Open) -> None:
    page = visit("browse/?q=truancy")
    page.locator("#pb-elsewhere a").click()
    expect(page.get_by_label("What are you looking for?")).to_have_value("truancy")


def test_the_reference_and_the_paper_name_the_view(visit: Open, edition: Edition) -> None:
    page = visit("browse/?level=state")
    for place in ("#pb-cite-site", ".pb-paper-foot"):
        expect(page.locator(place)).to_contain_text(f"{edition.settings.address}browse/?level=state")


def test_nothing_lies_over_what_can_be_chosen(visit: Open) -> None:
    page = visit("browse/?q=families&kind=question&level=school")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    form, cite = page.locator("#pb-browse").bounding_box(), page.locator(".pb-cite").bounding_box()
    assert form
    assert cite
    assert form["y"] + form["height"] <= cite["y"]


def test_a_phone_leads_from_what_is_chosen_to_the_list(visit: Open) -> None:
    page = visit("browse/", viewport=PHONE)
    page.locator(".pb-facets > summary").click()
    page.locator("input[name=level][value=school]").check()
    button = page.get_by_role("button", name=re.compile(r"^Show \d+ items$"))
    expect(button).to_be_in_viewport()
    button.click()
    expect(page.locator("#pb-status")).to_be_focused()
    expect(page.locator("#pb-status")).to_be_in_viewport()
    expect(page.locator(".pb-facets > summary")).to_have_text("Filters (1)")


# ---- Taking it away ----


def test_the_link_of_the_view_is_copied(visit: Open) -> None:
    page = visit("browse/?level=state", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".pb-browse-bar").get_by_role("button", name="Copy link").click()
    expect(page.locator(".pb-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_csv_file_holds_what_is_shown(visit: Open, edition: Edition) -> None:
    page = visit("browse/?kind=question&kind=tool-use&level=school&sort=source")
    shown = _shown(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == shown
    assert download.value.suggested_filename == "engagement-playbook.csv"
    for row in nonempty(rows):
        assert row["address"] == edition.settings.address + edition.routes.address(row["id"])
    by_id = {row["id"]: row for row in rows}
    question = edition.catalog.cells["1a.school"].questions[0]
    assert by_id[question.id]["text"] == " ".join(question.said)
    assert (by_id[question.id]["kind"], by_id[question.id]["level"], by_id[question.id]["domain"]) == (
        "Question",
        "School",
        "1 Turnaround Leadership",
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain", "plain"),
        ('a, "b"', '"a, ""b"""'),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("=a,b", '"\'=a,b"'),
        ("a\nb", '"a\nb"'),
        ("good idea;=1+1;bye", "good idea;'=1+1;bye"),
        ('x";=1+3;"y', '"x"";\'=1+3;""y"'),
        ("a\t -1", "a\t' -1"),
        ("a\n+1", '"a\n\'+1"'),
    ],
)
def test_a_spreadsheet_takes_no_text_for_a_formula(visit: Open, text: str, cell: str) -> None:
    assert visit("browse/").evaluate("text => playbookFiles.quoted(text)", text) == cell


def test_paper_shows_all_that_fits_and_nothing_to_press(visit: Open, edition: Edition, singles: list[Single]) -> None:
    page = visit("browse/?kind=question&level=school")
    wanted = _fitting(edition, singles, {"kind": ["question"], "level": ["school"]})
    assert len(wanted) > 41
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter")))
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in printed.pages))
    for one in (wanted[0], wanted[41], wanted[-1]):
        said = next(single for single in singles if single.id == one).texts[0]
        assert said[:60] in text, one
    assert f"{len(wanted)} of {len(singles):,} items" in text
    for unwanted in ("Download CSV", "Clear all", "Search within", "Show all"):
        assert unwanted not in text


# ---- Everyone ----


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "phone"])
def test_the_keyboard_alone_chooses_and_takes_away(visit: Open, size: dict[str, int], singles: list[Single]) -> None:
    page = visit("browse/", viewport=size)
    page.get_by_label("Search within").focus()
    if size == PHONE:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Filters")
        page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.value") != "tool-use":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#pb-status")).to_have_text(f"{_of_kind(singles, 'tool-use')} of {len(singles):,} items")
    expect(page.locator(":focus")).to_have_attribute("value", "tool-use")
    page.keyboard.press("Space")
    expect(page.locator("#pb-status")).to_have_text(f"{len(singles):,} of {len(singles):,} items")


def test_a_link_skips_what_can_be_chosen(visit: Open, singles: list[Single]) -> None:
    page = visit("browse/")
    page.get_by_label("Search within").focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the list")
    page.keyboard.press("Enter")
    expect(page.locator("#pb-status")).to_be_focused()
    assert _count(page) == len(singles)


def test_the_number_of_items_is_announced(visit: Open, singles: list[Single]) -> None:
    page = visit("browse/")
    expect(page.locator("#pb-status")).to_have_attribute("role", "status")
    page.get_by_label("Search within").fill("trust")
    expect(page.locator("#pb-status")).to_have_text(re.compile(rf"^\d+ of {len(singles):,} items$"))


def test_it_works_from_a_folder_with_the_network_off(visit: Open, site: Path, singles: list[Single]) -> None:
    page = visit(f"{(site / 'browse' / 'index.html').as_uri()}?kind=element", offline=True)
    expect(page.locator("#pb-status")).to_have_text(f"{_of_kind(singles, 'element')} of {len(singles):,} items")
    _choose(page, "domain", "d1")
    assert parse_qs(urlsplit(page.url).query) == {"kind": ["element"], "domain": ["d1"]}
    assert 0 < _count(page) < 37
