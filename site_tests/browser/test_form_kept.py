"""What people typed into a form is kept, whatever its length, its edition, and whatever happens to the page: in a real Chromium."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from generator.forms.saved_answers import LONGEST
from site_tests.support.chromium import Open
from site_tests.support.form_filling import CELL, saved, sessions, write

NOTES, Q1, Q2 = "1a.school.notes", "1a.school.q1", "1a.school.q2"
KEYS = "Object.keys(localStorage).filter(key => /^pb\\.(answers|unreadable)/.test(key)).sort()"
OVERWRITE = """change => {
    const key = Object.keys(localStorage).find(name => name.startsWith("pb.answers."));
    const found = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...found, answers: { ...found.answers, ...change }, changed: new Date().toISOString() }));
}"""
"""What another tab or page does, of which this one is not told."""


FILL_ALL = """(blanks, text) => blanks.forEach(blank => {
    blank.value = text;
    blank.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def _session(**changes: Any) -> dict[str, Any]:
    told = {"format": "engagement-playbook-answers", "version": 1, "id": "s", "form": "1a.school", "title": "1A", "name": "Session"}
    times = {"created": "2026-01-01T12:00:00Z", "changed": "2026-01-02T12:00:00Z"}
    return told | times | {"edition": "0.0.9", "answers": {}, "wording": {}} | changes


def _keep(page: Page, key: str, value: object) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, value if isinstance(value, str) else json.dumps(value)])


def _blank(page: Page, name: str) -> Any:
    return page.locator(f"[name='{name}']")


# ---- Length ----


@pytest.mark.parametrize("letters", [30_000, LONGEST], ids=["30,000", "the most"])
def test_a_long_answer_is_there_after_a_reload(visit: Open, letters: int) -> None:
    page = visit(CELL)
    write(page, NOTES, "x" * letters)
    page.reload()
    assert len(_blank(page, NOTES).input_value()) == letters


def test_an_answer_that_is_too_long_is_told_and_its_beginning_is_kept(visit: Open) -> None:
    page = visit(CELL)
    _blank(page, NOTES).fill("x" * (LONGEST + 7))
    expect(page.locator("#pb-saved")).to_have_text("Not all of it is saved")
    expect(page.locator("#pb-notice")).to_contain_text("holds 100,007 letters. Only the first 100,000 are saved")
    _blank(page, Q1).fill("and more")
    page.reload()
    assert [len(_blank(page, name).input_value()) for name in (NOTES, Q1)] == [LONGEST, 8]


def test_a_session_that_is_too_large_is_told_stays_here_and_can_be_taken_away(visit: Open) -> None:
    page = visit(CELL)
    write(page, Q1, "small")
    blanks = page.locator("form [name$='.what'], form [name$='.who'], form [name$='-notes']")
    blanks.evaluate_all(FILL_ALL, "é" * LONGEST)
    expect(page.locator("#pb-saved")).to_have_text("Not saved")
    expect(page.locator("#pb-notice")).to_contain_text("It cannot be kept: it is larger than 2 MB.")
    assert [session["answers"] for session in sessions(page)] == [{Q1: "small"}]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert download.value.suggested_filename.endswith(".txt")
    assert Path(download.value.path()).read_text(encoding="utf-8").count("é" * LONGEST) == blanks.count()


# ---- Set aside ----


def test_what_a_newer_page_wrote_stays_and_is_listed(visit: Open, address: str) -> None:
    page = visit(CELL)
    newer = json.dumps(_session(version=2, id="new1", name="From tomorrow"))
    _keep(page, "pb.answers.new1", newer)
    for _ in range(2):
        page.reload()
        expect(page.locator("#pb-notice")).to_contain_text("1 saved session could not be read. You find it under “All your sessions”.")
    assert page.evaluate("localStorage.getItem('pb.answers.new1')") == newer
    page.goto(f"{address}reflect/")
    expect(page.locator("#pb-unread li")).to_contain_text("“From tomorrow”: it was saved by a newer site (version 2 of the format")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file: From tomorrow").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == newer


def test_what_a_newer_page_wrote_is_not_written_over(visit: Open) -> None:
    page = visit(CELL)
    write(page, Q1, "here")
    key = page.evaluate(KEYS)[0]
    newer = json.dumps(_session(version=2, id=key.removeprefix("pb.answers."), answers={Q1: "there"}))
    _keep(page, key, newer)
    write(page, Q2, "more")
    assert [json.loads(page.evaluate("key => localStorage.getItem(key)", name))["answers"] for name in page.evaluate(KEYS)] == [
        {Q1: "here", Q2: "more"},
        {Q1: "there"},
    ]


def test_what_was_set_aside_is_listed_and_comes_back_when_it_can_be_read(visit: Open, address: str) -> None:
    page = visit("reflect/")
    _keep(page, "pb.unreadable.a", '{"format": "engagement')
    _keep(page, "pb.unreadable.b", _session(id="b", name="Too long for the last edition", answers={NOTES: "x" * 30_000}))
    page.reload()
    expect(page.locator("#pb-unread li")).to_have_text(["“a”: it is damaged, or no file of this site. Save to a file Delete"])
    expect(page.get_by_role("link", name="Too long for the last edition")).to_be_visible()
    page.get_by_role("button", name="Delete: a").click()
    expect(page.locator("#pb-unread")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate(KEYS) == ["pb.answers.b", "pb.unreadable.a"]
    page.goto(address + CELL)
    assert len(_blank(page, NOTES).input_value()) == 30_000


def test_what_is_set_aside_under_one_name_twice_is_there_twice(visit: Open) -> None:
    page = visit(CELL)
    for damaged in ("{first", "{second"):
        _keep(page, "pb.answers.bad", damaged)
        page.reload()
    assert page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('pb.unreadable.')).map(([, text]) => text).sort()") == [
        "{first",
        "{second",
    ]


# ---- Typing ----


@pytest.mark.parametrize(("where", "blank"), [(CELL, f"[name='{NOTES}']"), ("compose/", "#pb-title")], ids=["form", "composer"])
def test_steady_typing_is_kept_when_the_tab_crashes(visit: Open, address: str, where: str, blank: str) -> None:
    page = visit(where)
    page.locator(blank).focus()
    began, typed = time.monotonic(), []
    while time.monotonic() - began < 4:
        page.keyboard.type("a", delay=40)
        typed.append(time.monotonic())
    with pytest.raises(Error):
        page.goto("chrome://crash")
    end = time.monotonic()
    again = page.context.new_page()
    again.goto(address + where)
    there = len(again.locator(blank).input_value())
    assert there >= sum(when < end - 2 for when in typed)
    assert there > 0


def test_what_is_typed_is_kept_at_once_when_the_page_is_hidden(visit: Open) -> None:
    page = visit(CELL)
    stored = page.evaluate(
        """name => {
            const blank = document.getElementsByName(name)[0];
            blank.value = "hidden at once";
            blank.dispatchEvent(new Event("input", { bubbles: true }));
            Object.defineProperty(document, "hidden", { value: true });
            document.dispatchEvent(new Event("visibilitychange"));
            return Object.entries(localStorage).filter(([key]) => key.startsWith("pb.answers.")).map(([, text]) => JSON.parse(text).answers);
        }""",
        NOTES,
    )
    assert stored == [{NOTES: "hidden at once"}]


def test_saving_is_announced_once_and_the_list_of_sessions_stays(visit: Open) -> None:
    page = visit(CELL)
    page.evaluate("""() => {
        window.seen = { status: 0, list: 0 };
        const every = { childList: true, characterData: true, subtree: true };
        const watch = (of, found) => new MutationObserver(() => (window.seen[of] += 1)).observe(document.querySelector(found), every);
        watch("status", "#pb-saved");
        watch("list", "#pb-sessions");
    }""")
    for number in range(8):
        write(page, NOTES, f"pause {number}")
    assert page.evaluate("window.seen.status") == 1
    assert page.evaluate("window.seen.list") <= 1
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    _blank(page, NOTES).fill("fails")
    expect(page.locator("#pb-saved[role=status]")).to_have_text("Not saved")


# ---- Another edition ----


def test_an_answer_that_no_choice_has_is_kept_until_another_is_chosen(visit: Open) -> None:
    page = visit(CELL)
    rating, date, old = "1a.school.participation.1", "1a.school.date", "Stop bringing people together."
    _keep(
        page,
        "pb.answers.s",
        _session(answers={rating: "mostly", date: "next Friday", Q1: "answer"}, wording={rating: old}),
    )
    page.reload()
    earlier = page.locator("#pb-earlier li")
    expect(earlier.nth(0)).to_contain_text("Your answer “mostly” is not among today’s choices, and is kept until you answer anew. It was asked: “")
    expect(earlier.nth(1)).to_contain_text("Your answer “next Friday” is not among today’s choices")
    page.locator("#pb-session-name").fill("Renamed")
    write(page, Q2, "more")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    wanted = {rating: "mostly", date: "next Friday", Q1: "answer", Q2: "more"}
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"] == wanted
    assert [session["answers"] for session in sessions(page)] == [wanted]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert "mostly" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.locator(f"[name='{rating}'][value=doing]").check()
    expect(earlier).to_have_count(1)
    assert [session["answers"] for session in sessions(page)] == [wanted | {rating: "doing"}]


# ---- Other tabs and pages ----


def test_a_page_that_comes_back_shows_what_was_written_meanwhile(visit: Open) -> None:
    page = visit(CELL)
    write(page, Q1, "old")
    page.evaluate(OVERWRITE, {Q1: "new"})
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(_blank(page, Q1)).to_have_value("new")


def test_a_new_name_writes_the_name_and_nothing_else(visit: Open) -> None:
    page = visit(CELL)
    write(page, Q1, "old")
    page.evaluate(OVERWRITE, {Q1: "new", Q2: "added"})
    page.locator("#pb-session-name").fill("Team A")
    saved(page)
    assert [(session["name"], session["answers"]) for session in sessions(page)] == [("Team A", {Q1: "new", Q2: "added"})]


ROUND = """([name, text, at]) => new Promise(done => setTimeout(() => {
    const blank = name ? document.getElementsByName(name)[0] : document.getElementById("pb-session-name");
    blank.value = text;
    blank.dispatchEvent(new Event("input", { bubbles: true }));
    playbookSession.save();
    done();
}, at - Date.now()))"""


def test_two_tabs_that_store_in_the_same_instant_lose_nothing(visit: Open, address: str) -> None:
    one = visit(CELL)
    write(one, NOTES, "begun")
    two = one.context.new_page()
    two.goto(address + CELL)
    for number in range(12):
        text = f"round {number}"
        at = one.evaluate("Date.now()") + 120
        # The first tab's call waits in the page, so that both come at one time.
        one.evaluate(f"details => void ({ROUND})(details)", [Q1, text, at])
        two.evaluate(ROUND, [Q2 if number % 2 else "", text, at])
        two.wait_for_function(
            """([key, wanted]) => {
                const { name, answers } = JSON.parse(localStorage.getItem(Object.keys(localStorage).find(one => one.startsWith("pb.answers."))));
                return answers["1a.school.q1"] === wanted && (key ? answers[key] : name) === wanted;
            }""",
            arg=[Q2 if number % 2 else "", text],
        )
