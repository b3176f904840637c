"""All that this browser keeps in one file, and back; and what is said to people whose browser may forget."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from site_tests.support.chromium import Open
from site_tests.support.form_filling import CELL, saved, sessions, write

Q1, Q2 = "1a.school.q1", "1a.school.q2"


def _everything(page: Page, address: str) -> dict[str, Any]:
    page.goto(f"{address}reflect/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything to one file").click()
    found: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return found


def _opened(page: Page, address: str, content: object) -> None:
    """Open a file on the page of all sessions."""
    page.goto(f"{address}reflect/")
    text = content if isinstance(content, str) else json.dumps(content)
    page.locator("#pb-open-file").set_input_files({"name": "all.json", "mimeType": "application/json", "buffer": text.encode()})


def _answers(page: Page) -> dict[str, Any]:
    return {session["name"]: session["answers"] for session in sessions(page) if "answers" in session}


def _made(page: Page, address: str) -> None:
    """A session and a handout."""
    page.goto(address + CELL)
    page.locator("#pb-session-name").fill("Team A")
    write(page, Q1, "one")
    page.goto(f"{address}compose/")
    page.get_by_label("Title").fill("Our evening")
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")


def test_everything_goes_into_one_file_and_comes_back(visit: Open, address: str) -> None:
    page = visit(CELL)
    _made(page, address)
    whole = _everything(page, address)
    assert [len(whole["sessions"]), len(whole["handouts"])] == [1, 1]
    elsewhere = visit("reflect/")
    _opened(elsewhere, address, whole)
    expect(elsewhere.locator("#pb-saved")).to_have_text("“all.json” is opened: 2 added (“Team A”, “Our evening”)")
    expect(elsewhere.locator("#pb-all-sessions tbody th")).to_have_text(["Our evening", "Team A"])
    assert _answers(elsewhere) == {"Team A": {Q1: "one"}}
    _opened(elsewhere, address, whole)
    expect(elsewhere.locator("#pb-saved")).to_have_text("“all.json” is opened: 2 the same")


def test_what_is_newer_in_the_file_wins_and_what_is_older_changes_nothing(visit: Open, address: str) -> None:
    page = visit(CELL)
    _made(page, address)
    first = _everything(page, address)
    elsewhere = visit("reflect/")
    _opened(elsewhere, address, first)
    elsewhere.get_by_role("link", name="Team A").click()
    write(elsewhere, Q1, "two")
    second = _everything(elsewhere, address)
    _opened(page, address, second)
    expect(page.locator("#pb-saved")).to_contain_text("1 newer in the file, and taken from there (“Team A”); 1 the same")
    assert _answers(page) == {"Team A": {Q1: "two"}}
    _opened(page, address, first)
    expect(page.locator("#pb-saved")).to_contain_text("1 older in the file, and left as it is here (“Team A”)")
    assert _answers(page) == {"Team A": {Q1: "two"}}


def test_what_changed_on_both_sides_is_kept_twice_and_told(visit: Open, address: str) -> None:
    page = visit(CELL)
    _made(page, address)
    elsewhere = visit("reflect/")
    _opened(elsewhere, address, _everything(page, address))
    for one, words in ((page, "here"), (elsewhere, "there")):
        one.goto(address + CELL)
        write(one, Q2, words)
    changed = _everything(elsewhere, address)
    for _ in range(2):
        _opened(page, address, changed)
        expect(page.locator("#pb-saved")).to_contain_text("is opened")
    assert _answers(page) == {"Team A": {Q1: "one", Q2: "here"}, "Team A (from the file)": {Q1: "one", Q2: "there"}}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "it is damaged, or no file of this site"),
        ({"format": "engagement-playbook-everything", "version": 2}, "it was saved by a newer site"),
        ({"format": "engagement-playbook-everything", "version": 1, "sessions": 7}, "it has no lists of sessions and handouts"),
        ({"format": "engagement-playbook-everything", "version": 1, "sessions": [7]}, "not opened: it is no file of this site"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(visit: Open, address: str, content: object, why: str) -> None:
    page = visit(CELL)
    write(page, Q1, "mine")
    _opened(page, address, content)
    expect(page.locator("#pb-notice")).to_contain_text(why)
    assert [session["answers"] for session in sessions(page)] == [{Q1: "mine"}]


@pytest.mark.parametrize("where", [CELL, "reflect/", "compose/"])
def test_the_key_for_saving_saves_a_file(visit: Open, address: str, where: str) -> None:
    page = visit(CELL)
    _made(page, address)
    page.goto(address + where)
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    assert download.value.suggested_filename.endswith(".json")


def test_a_file_is_recommended_after_twenty_answers_and_after_a_week(visit: Open) -> None:
    page = visit("forms/planning-template/")
    advice = page.locator("#pb-advice")
    blanks = page.locator("form[data-form] textarea[name]")
    for number in range(20):
        expect(advice).to_be_hidden()
        blanks.nth(number).fill("x")
    expect(advice).to_have_text("20 answers are in no file yet. A browser may forget what it keeps: “Save to a file” is safer.")
    assert advice.get_attribute("role") is None
    with page.expect_download():
        page.get_by_role("button", name="Save to a file").click()
    expect(advice).to_be_hidden()
    page.evaluate("""() => {
        const key = Object.keys(localStorage).find(name => name.startsWith("pb.filed."));
        const [, changed, count] = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify(["2026-01-01T00:00:00Z", changed, count]));
    }""")
    page.reload()
    expect(advice).to_be_hidden()
    blanks.nth(0).fill("changed since")
    expect(advice).to_contain_text("What you wrote is in no file yet.")


def test_the_browser_is_asked_once_to_keep_what_is_saved(visit: Open) -> None:
    page = visit("about/")
    page.add_init_script("window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; return true; };")
    page.goto(page.url.replace("about/", CELL))
    assert page.evaluate("window.asked") == 0
    write(page, Q1, "one")
    write(page, Q2, "two")
    assert page.evaluate("window.asked") == 1
    page.reload()
    write(page, Q1, "three")
    saved(page)
    assert page.evaluate("window.asked") == 0
