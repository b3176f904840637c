"""Composed handouts are kept, sent by address and file, and never lost; what is opened is trusted in nothing. In a real Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Page, expect

from generator.forms.saved_handout import Composition
from site_tests.support.chromium import VERSION, Open
from site_tests.support.composing import COMPOSE, HOSTILE, check, kept, own, press_add, rows, said
from site_tests.support.composing import address as address_of

CELL = "practices/1a/school/"
GOOD = (
    ("d", "0.1.0"),
    ("t", "Trust & data: ä 👍"),
    ("g", "Team A"),
    ("l", "Room 4"),
    ("a", "2026-11-22"),
    ("s", "09:30"),
    ("p", "24"),
    ("e", ".heading~n~0~e4"),
    ("x", "Part one"),
    ("e", "1a.school.q1~h~15~g5"),
    ("n", "Ask first.\nThen wait ~ & = #"),
    ("e", ".step~n~10~e4"),
    ("x", "Break"),
)
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
CLOSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('closed', 'SecurityError'); } });"


def _made(page: Page) -> None:
    """A handout with something in every field."""
    page.goto(page.url.split("#")[0] + "#" + address_of(*GOOD).partition("#")[2])
    expect(rows(page)).to_have_count(3)


def _titled(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")


def _content(page: Page) -> list[object]:
    """What a handout says, wherever it is open."""
    fields = page.locator("#pb-whole input, #pb-entries :is(input, select, textarea)").evaluate_all("all => all.map(one => one.value)")
    return [*fields, page.locator("#pb-paper-plan").inner_text(), page.locator("#pb-paper-handout").inner_text()]


def _opened(page: Page, content: object, name: str = "handout.json") -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    page.locator("#pb-open-file").set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})


# ---- The address ----


def test_everything_is_there_after_a_reload(visit: Open) -> None:
    page = visit(COMPOSE)
    _made(page)
    before = _content(page)
    page.reload()
    assert _content(page) == before
    page.goto(page.url.split("#")[0])
    assert _content(page) == before
    assert len(kept(page)) == 1


def test_a_reload_that_goes_back_to_the_address_before_opens_what_is_kept(visit: Open) -> None:
    """A browser may lose the state of the history and the last address when a reload begins while the address changes."""
    page = visit(COMPOSE)
    _made(page)
    expect(page).to_have_url(re.compile("c=[0-9a-z]+$"))
    address = page.url
    own(page, "Text or question", "one more", 7)
    expect(page).to_have_url(re.compile("one\\+more"))
    before = _content(page)
    page.evaluate("address => history.replaceState(null, '', address)", address)
    page.reload()
    assert _content(page) == before
    assert len(kept(page)) == 1


@pytest.mark.parametrize("way", ["copied", "bar"])
def test_the_address_reopens_it_elsewhere(visit: Open, way: str) -> None:
    page = visit(COMPOSE, permissions=["clipboard-read", "clipboard-write"])
    _made(page)
    own(page, "Text or question", "one more", 7)
    expect(page).to_have_url(re.compile("one\\+more"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#pb-saved")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()") if way == "copied" else page.url
    other = visit(link)
    expect(rows(other)).to_have_count(4)
    assert _content(other) == _content(page)


def test_an_address_stays_as_it_was_made(visit: Open) -> None:
    """Addresses that people keep must open for good: this one is written down here, check and all."""
    page = visit(f"{COMPOSE}#v=1&d=0.1.0&t=Trust&s=10:00&e=1a.school.q1~l~10~g4&n=Listen&c=kjwugd")
    assert check([("v", "1"), ("d", "0.1.0"), ("t", "Trust"), ("s", "10:00"), ("e", "1a.school.q1~l~10~g4"), ("n", "Listen")]) == "kjwugd"
    expect(rows(page)).to_have_count(1)
    expect(rows(page).get_by_label("Note, for the plan")).to_have_value("Listen")
    assert page.url.endswith("#v=1&d=0.1.0&t=Trust&s=10:00&e=1a.school.q1~l~10~g4&n=Listen&c=kjwugd")


def test_nothing_of_it_is_sent(visit: Open) -> None:
    page = visit("about/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(page.url.replace("about/", address_of(*GOOD)))
    _titled(page, "Secret title")
    page.reload()
    assert asked
    assert not [url for url in asked if "Trust" in url or "Secret" in url or "1a.school.q1" in url]


def test_a_link_leaves_the_handout_at_hand_alone(visit: Open) -> None:
    page = visit(COMPOSE)
    own(page, "Text or question", "mine")
    _titled(page, "My draft")
    for _ in range(2):
        _made(page)
        expect(page.get_by_label("Title")).to_have_value("Trust & data: ä 👍")
    assert sorted(one["title"] for one in kept(page)) == ["My draft", "Trust & data: ä 👍"]
    page.get_by_role("button", name="Open: My draft").click()
    assert said(page) == ["mine"]


def test_the_way_back_leads_to_the_handout_before_as_it_is_now(visit: Open) -> None:
    page = visit(address_of(("t", "First"), ("e", "1a.school.q1~l~10~g4")))
    _titled(page, "First, renamed")
    expect(page).to_have_url(re.compile("renamed"))
    _made(page)
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("First, renamed")
    assert len(kept(page)) == 2


def test_an_item_of_another_edition_is_told_and_kept(visit: Open) -> None:
    page = visit(address_of(("d", "9.9.9"), ("e", "9z.school.q1~l~10~g4"), ("n", "my note"), ("e", "1a.school.q1~n~5~e4")))
    expect(page.locator("#pb-missing")).to_contain_text(
        f"1 item of this handout is not in this edition ({VERSION}): 9z.school.q1. It was made with edition 9.9.9."
    )
    expect(page.locator("#pb-paper-handout .pb-paper-part")).to_have_count(1)
    expect(page.locator("#pb-paper-plan tbody tr").first).to_contain_text("An item that this edition does not have: 9z.school.q1")
    _titled(page, "Kept")
    [handout] = kept(page)
    assert (handout["edition"], handout["entries"][0]["item"], handout["entries"][0]["note"]) == ("9.9.9", "9z.school.q1", "my note")
    expect(page).to_have_url(re.compile("t=Kept"))
    assert "9z.school.q1" in page.url
    rows(page).first.get_by_role("button", name="Remove").click()
    expect(page.locator("#pb-missing")).not_to_be_visible()


def test_hostile_words_are_shown_as_text(visit: Open, address: str) -> None:
    page = visit(
        address_of(("t", HOSTILE), ("g", HOSTILE), ("d", "<b>9</b>"), ("e", ".text~l~5~e4"), ("x", HOSTILE), ("n", HOSTILE), ("e", "gone~n~0~a4"))
    )
    expect(page.get_by_label("Title")).to_have_value(HOSTILE)
    for part in ("#pb-paper-handout", "#pb-paper-plan", "#pb-handouts"):
        expect(page.locator(part)).to_contain_text("<img src=x")
    expect(page.locator("#pb-missing")).to_contain_text("<b>9</b>")
    rows(page).first.get_by_role("button", name="Remove").click()
    page.goto(f"{address}reflect/")
    expect(page.locator("#pb-all-sessions table")).to_contain_text("<img src=x")
    assert page.evaluate("document.body.dataset.hacked") is None


LINK = address_of(*GOOD)
DAMAGED = {
    "its end is cut off": (LINK[:-20], "its end is missing"),
    "a letter is another": (LINK.replace("Part+one", "Part+two"), "a part of it was changed"),
    "something is missing in the middle": (LINK.replace("&p=24", ""), "a part of it was changed"),
    "another kind of address": (f"{COMPOSE}#something", "it is no address of a handout"),
    "a newer format": (address_of(("t", "x"), version="2"), "made by a newer site (version 2"),
    "a word that nobody knows": (address_of(("zz", "1")), "it has “zz”"),
    "a name of all objects": (address_of(("__proto__", "1")), "it has “__proto__”"),
    "a note without an entry": (address_of(("n", "x")), "it has “n”"),
    "a kind that nobody knows": (address_of(("e", ".script~n~0~a4")), "its “kind” is “script”"),
    "no id": (address_of(("e", "<b>~n~0~a4")), "its “item” is “<b>”"),
    "a room that nobody knows": (address_of(("e", "1a.school.q1~z~0~a4")), "its “room” is “z”"),
    "minutes that are none": (address_of(("e", "1a.school.q1~n~x~a4")), "its “minutes” is not a number from 0 to 600"),
    "a group of a million": (address_of(("e", "1a.school.q1~n~5~g1000000")), "its “size” is not a number from 2 to 50"),
    "no time of day": (address_of(("s", "25:00")), "its “start” is “25:00”"),
    "a title too long": (address_of(("t", "x" * 201)), "its “title” is missing or too long"),
    "too many entries": (address_of(*[("e", "1a.school.q1~n~0~a4")] * 201), "no list of at most 200 entries"),
    "too long": (address_of(*[("e", ".text~n~0~a4"), ("x", "x" * 2000)] * 40), "it is longer than 60,000 letters"),
}


@pytest.mark.parametrize(("link", "why"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_address_is_told_and_changes_nothing(visit: Open, address: str, link: str, why: str) -> None:
    page = visit(COMPOSE)
    _titled(page, "My draft")
    page.goto("about:blank")
    page.goto(address + link)
    expect(page.locator("#pb-notice")).to_contain_text(why)
    expect(page.get_by_label("Title")).to_have_value("My draft")
    assert [one["title"] for one in kept(page)] == ["My draft"]


# ---- Files ----


def test_a_file_that_was_saved_opens_the_same(visit: Open) -> None:
    page = visit(COMPOSE)
    _made(page)
    before = _content(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), Composition.model_json_schema())
    Composition.model_validate_json(text)
    other = visit(COMPOSE)
    _opened(other, text)
    expect(rows(other)).to_have_count(3)
    assert _content(other) == before
    assert kept(other)[0]["id"] != kept(page)[0]["id"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ("{not json", "it is damaged, or no file of this site"),
        ({"format": "engagement-playbook-answers"}, "it is no file of this site, or of another kind"),
        ({"version": 2}, "saved by a newer site"),
        ({"people": "24"}, "its “people” is not a number from 0 to 5000"),
        ({"people": 1.5}, "its “people” is not a number from 0 to 5000"),
        ({"id": "../x"}, "its “id” is “../x”"),
        ({"date": "tomorrow"}, "its “date”"),
        ({"entries": {}}, "it has no list"),
        ({"entries": [None]}, "an entry is not a mapping"),
        ({"entries": [{"key": "a", "kind": "item", "item": ""}]}, "its “text” is missing or too long"),
        (" " * 2_000_100, "it is larger than 2 MB"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(visit: Open, changes: Any, why: str) -> None:
    page = visit(COMPOSE)
    _titled(page, "My draft")
    _opened(page, changes if isinstance(changes, str) else kept(page)[0] | changes)
    expect(page.locator("#pb-notice")).to_contain_text(why)
    expect(page.get_by_label("Title")).to_have_value("My draft")
    assert [one["title"] for one in kept(page)] == ["My draft"]


# ---- The list ----


def test_handouts_are_listed_copied_deleted_and_brought_back(visit: Open) -> None:
    page = visit(COMPOSE)
    _titled(page, "One")
    page.get_by_role("button", name="New handout").click()
    expect(page.get_by_label("Title")).to_have_value("")
    own(page, "Text or question", "of two")
    _titled(page, "Two")
    # A finger rests on the button for a while; the field that it leaves tidies itself up meanwhile.
    page.get_by_role("button", name="Make a copy: Two").click(delay=200)
    expect(page.get_by_label("Title")).to_have_value("Copy of Two")
    assert said(page) == ["of two"]
    assert {one["title"]: len(one["entries"]) for one in kept(page)} == {"One": 0, "Two": 1, "Copy of Two": 1}
    assert len({one["id"] for one in kept(page)}) == 3
    page.get_by_role("button", name="Delete: Two").click()
    expect(page.locator("#pb-list-told")).to_have_text("“Two” is deleted")
    expect(page.locator(":focus")).to_have_text("Undo")
    assert {one["title"] for one in kept(page)} == {"One", "Copy of Two"}
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_have_value("Two")
    assert {one["title"] for one in kept(page)} == {"One", "Two", "Copy of Two"}
    expect(page.locator("#pb-handouts tbody tr")).to_have_count(3)


def test_the_page_of_all_that_is_saved_deletes_handouts_too(visit: Open, address: str) -> None:
    page = visit(COMPOSE)
    _made(page)
    page.goto(f"{address}reflect/")
    row = page.locator("#pb-all-sessions tbody tr")
    expect(row).to_contain_text("Handout of your own")
    page.get_by_role("button", name="Delete everything").click()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="Undo").click()
    row.get_by_role("link").click()
    page.wait_for_load_state()
    expect(rows(page)).to_have_count(3)


# ---- Trouble ----


def test_two_tabs_keep_what_both_change(visit: Open, address: str) -> None:
    one = visit(COMPOSE)
    own(one, "Text or question", "from one")
    two = one.context.new_page()
    two.goto(address + COMPOSE)
    assert said(two) == ["from one"]
    own(two, "Text or question", "from two")
    # Not in the same instant: Chromium lets two tabs know of each other's writing a moment later.
    expect(rows(one).last.locator("[name=text]")).to_have_value("from two")
    rows(one).first.get_by_label("Note, for the plan").fill("a note of one")
    expect(rows(two).first.get_by_label("Note, for the plan")).to_have_value("a note of one")
    three = one.context.new_page()
    three.goto(address + CELL)
    press_add(three, "q1")
    expect(rows(one)).to_have_count(3)
    _titled(two, "Title of two")
    [handout] = kept(one)
    assert handout["title"] == "Title of two"
    assert [(entry["text"] or entry["item"], entry["note"]) for entry in handout["entries"]] == [
        ("from one", "a note of one"),
        ("from two", ""),
        ("1a.school.q1", ""),
    ]


def test_a_handout_deleted_in_another_tab_is_not_lost_here(visit: Open, address: str) -> None:
    one = visit(COMPOSE)
    _titled(one, "Still here")
    two = one.context.new_page()
    two.goto(f"{address}reflect/")
    two.get_by_role("button", name="Delete everything").click()
    expect(one.locator("#pb-notice")).to_contain_text("deleted in another tab")
    own(one, "Text or question", "more")
    assert [(found["title"], len(found["entries"])) for found in kept(one)] == [("Still here", 1)]


def test_full_storage_is_told_and_nothing_is_lost(visit: Open, address: str) -> None:
    page = visit(COMPOSE)
    page.evaluate(FULL)
    own(page, "Text or question", "too much")
    page.get_by_label("Title").fill("Full")
    expect(page.locator("#pb-saved")).to_have_text("Not saved")
    expect(page.locator("#pb-notice")).to_contain_text("The storage of this browser is full")
    assert said(page) == ["too much"]
    expect(page).to_have_url(re.compile("t=Full"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert (file["title"], file["entries"][0]["text"]) == ("Full", "too much")
    assert said(visit(page.url)) == ["too much"]
    elsewhere = visit(CELL)
    elsewhere.evaluate(FULL)
    press_add(elsewhere, "q1")
    expect(elsewhere.get_by_role("status")).to_have_text("Not added: the storage of this browser is full")
    expect(elsewhere.locator("#q1 .pb-add")).to_have_text("Add to my session")


@pytest.mark.parametrize(("link", "before"), [(COMPOSE, 0), (LINK, 3)], ids=["empty", "with a handout"])
def test_closed_storage_is_told_and_the_page_works(visit: Open, address: str, link: str, before: int) -> None:
    page = visit("about/")
    page.add_init_script(CLOSED)
    page.goto(address + link)
    expect(page.locator("#pb-notice")).to_contain_text("This browser keeps nothing for this page")
    expect(rows(page)).to_have_count(before)
    own(page, "Text or question", "anyway")
    expect(rows(page)).to_have_count(before + 1)
    expect(page.locator("#pb-paper-handout")).to_contain_text("anyway")
    page.goto(address + CELL)
    press_add(page, "q1")
    expect(page.get_by_role("status")).to_have_text("Not added: this browser keeps nothing for this page")


def test_a_damaged_handout_is_set_aside_and_told(visit: Open, address: str) -> None:
    page = visit(COMPOSE)
    _titled(page, "Good")
    page.evaluate("localStorage.setItem('pb.handout.bad', '{\"format\": \"engagement')")
    page.reload()
    expect(page.locator("#pb-notice")).to_contain_text("1 saved handout could not be read and was set aside")
    expect(page.get_by_label("Title")).to_have_value("Good")
    assert page.evaluate("localStorage.getItem('pb.unreadable.bad')").startswith('{"format"')
    page.evaluate("localStorage.setItem(`pb.handout.${localStorage.getItem('pb.at-hand')}`, '[]')")
    page.goto(address + CELL)
    expect(page.get_by_role("status")).to_contain_text("could not be read and was set aside")
    press_add(page, "q1")
    assert [len(one["entries"]) for one in kept(page)] == [1]


def test_a_handout_of_a_newer_page_stays_and_another_is_begun(visit: Open, address: str) -> None:
    page = visit(CELL)
    newer = json.dumps({"format": "engagement-playbook-handout", "version": 2, "id": "new1"})
    page.evaluate("text => { localStorage.setItem('pb.handout.new1', text); localStorage.setItem('pb.at-hand', 'new1'); }", newer)
    page.reload()
    press_add(page, "q1")
    assert page.evaluate("localStorage.getItem('pb.handout.new1')") == newer
    page.goto(f"{address}compose/")
    expect(page.locator("#pb-entries > li")).to_have_count(1)
