"""Forms in a real Chromium: what is typed is kept, comes back, and is never lost."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import BrowserContext, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.handout_list import Shelf
from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from generator.model import ids
from site_tests.support.chromium import PHONE, Open
from site_tests.support.form_filling import CELL, FILL, FILLED, saved, sessions, write
from site_tests.support.nonempty import nonempty

FORMS = {
    "a practice at a level": CELL,
    "an overview": "reflect/4a/overview/",
    "the LEA self-reflection": "self-reflection/lea/",
    "five whys": "forms/five-whys/",
    "the fishbone": "forms/fishbone/",
    "the planning template": "forms/planning-template/",
}


# ---- Kept ----


@pytest.mark.parametrize("where", FORMS.values(), ids=FORMS)
def test_what_is_filled_in_is_there_after_a_reload(visit: Open, where: str) -> None:
    page = visit(where)
    form = page.locator("form[data-form]")
    form.evaluate(FILL)
    saved(page)
    before = form.evaluate(FILLED)
    assert len(before) > 8
    page.reload()
    assert form.evaluate(FILLED) == before


def test_what_was_typed_last_is_kept_when_the_page_is_left_at_once(visit: Open, address: str) -> None:
    page = visit(CELL)
    page.locator("[name='1a.school.q1']").fill("in a hurry")
    page.goto(address)
    page.goto(address + CELL)
    expect(page.locator("[name='1a.school.q1']")).to_have_value("in a hurry")


@pytest.mark.parametrize("about", ["1a.school", "1a.overview", "4c.state", "lea-self-reflection", "five-whys", "fishbone", "planning-template"])
def test_screen_and_paper_have_the_same_blanks(visit: Open, site: Path, edition: Edition, about: str) -> None:
    record = about if about not in edition.catalog.cells else ids.reflection_id(about)
    page = visit(edition.routes.page(record))
    names = set(page.evaluate("[...document.querySelectorAll('form[data-form] [name]')].map(blank => blank.name)"))
    sheet = Shelf(edition.catalog).about(about)[0]
    fields = pypdf.PdfReader(site / HANDOUTS / sheet.file("pdf")).get_fields() or {}
    paper = {name for name, field in fields.items() if "/FT" in field}
    assert paper - names == set()


def test_the_pages_of_forms_have_the_blanks_that_the_generator_knows(site: Path, edition: Edition) -> None:
    for form in nonempty(form_fields.forms(edition.catalog, edition.routes).values()):
        page = HTMLParser((site / form.page / "index.html").read_text(encoding="utf-8"))
        found = {blank.attributes["name"]: blank.attributes["data-wording"] for blank in page.css("form[data-form] [name]")}
        assert found == form.wording, form.id


def test_a_scanned_code_leads_to_the_form(site: Path, edition: Edition) -> None:
    text = pypdf.PdfReader(site / HANDOUTS / "1a-school.pdf").pages[0].extract_text()
    assert "/reflect/1a/school/" in text


# ---- Sessions ----


def test_several_sessions_stand_side_by_side(visit: Open) -> None:
    page = visit(CELL)
    page.locator("#pb-session-name").fill("Team A")
    write(page, "1a.school.q1", "first")
    page.locator("#pb-sessions").select_option("")
    expect(page.locator("[name='1a.school.q1']")).to_have_value("")
    page.locator("#pb-session-name").fill("Team B")
    write(page, "1a.school.q1", "second")
    page.locator("#pb-sessions").select_option(index=1)
    expect(page.locator("[name='1a.school.q1']")).to_have_value("first")
    expect(page.locator("#pb-session-name")).to_have_value("Team A")
    assert {session["name"]: session["answers"]["1a.school.q1"] for session in sessions(page)} == {"Team A": "first", "Team B": "second"}


@pytest.mark.parametrize("button", ["Clear", "Delete this session"])
def test_clearing_and_deleting_can_be_undone(visit: Open, button: str) -> None:
    page = visit(CELL)
    write(page, "1a.school.q1", "do not lose this")
    page.get_by_role("button", name=button).click()
    expect(page.locator("[name='1a.school.q1']")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[name='1a.school.q1']")).to_have_value("do not lose this")
    page.reload()
    expect(page.locator("[name='1a.school.q1']")).to_have_value("do not lose this")


def test_what_is_typed_after_clearing_cannot_be_undone_away(visit: Open) -> None:
    page = visit(CELL)
    write(page, "1a.school.q1", "old")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    write(page, "1a.school.q1", "new")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_the_list_of_sessions_opens_and_deletes_them(visit: Open, address: str) -> None:
    page = visit(CELL)
    page.locator("#pb-session-name").fill("Team A")
    write(page, "1a.school.q1", "first")
    page.goto(f"{address}reflect/")
    page.get_by_role("link", name="Team A").click()
    expect(page.locator("[name='1a.school.q1']")).to_have_value("first")
    page.goto(f"{address}reflect/")
    page.get_by_role("button", name="Delete everything").click()
    assert sessions(page) == []
    expect(page.get_by_text("Nothing is saved in this browser yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert len(sessions(page)) == 1


# ---- Trouble ----


def test_two_tabs_keep_what_both_write(visit: Open, address: str) -> None:
    one = visit(CELL)
    write(one, "1a.school.q1", "from one")
    context: BrowserContext = one.context
    two = context.new_page()
    two.goto(address + CELL)
    expect(two.locator("[name='1a.school.q1']")).to_have_value("from one")
    write(two, "1a.school.q2", "from two")
    expect(one.locator("[name='1a.school.q2']")).to_have_value("from two")
    expect(one.locator("#pb-notice")).to_contain_text("open in another tab too")
    write(one, "1a.school.q3", "from one again")
    expect(two.locator("[name='1a.school.q3']")).to_have_value("from one again")
    [session] = sessions(one)
    assert session["answers"] == {"1a.school.q1": "from one", "1a.school.q2": "from two", "1a.school.q3": "from one again"}


def test_a_session_deleted_in_another_tab_is_not_lost_here(visit: Open, address: str) -> None:
    one = visit(CELL)
    write(one, "1a.school.q1", "still here")
    two = one.context.new_page()
    two.goto(f"{address}reflect/")
    two.get_by_role("button", name="Delete everything").click()
    expect(one.locator("#pb-notice")).to_contain_text("deleted in another tab")
    write(one, "1a.school.q2", "more")
    [session] = sessions(one)
    assert session["answers"] == {"1a.school.q1": "still here", "1a.school.q2": "more"}


def test_full_storage_is_told_and_nothing_typed_is_lost(visit: Open) -> None:
    page = visit(CELL)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    page.locator("[name='1a.school.q1']").fill("too much")
    expect(page.locator("#pb-saved")).to_have_text("Not saved")
    expect(page.locator("#pb-notice")).to_contain_text("The storage of this browser is full")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"] == {"1a.school.q1": "too much"}


def test_a_session_that_is_not_saved_stays_open(visit: Open) -> None:
    page = visit(CELL)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    page.locator("[name='1a.school.q1']").fill("too much")
    expect(page.locator("#pb-saved")).to_have_text("Not saved")
    page.locator("#pb-sessions").select_option("")
    expect(page.locator("#pb-notice")).to_contain_text("so this session stays open")
    expect(page.locator("[name='1a.school.q1']")).to_have_value("too much")


def test_a_session_that_is_not_saved_stays_open_under_its_new_name(visit: Open) -> None:
    page = visit(CELL)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    page.locator("[name='1a.school.q1']").press_sequentially("too much")
    page.locator("#pb-session-name").fill("Team A")
    expect(page.locator("#pb-saved")).to_have_text("Not saved")
    page.locator("#pb-sessions").select_option("")
    expect(page.locator("#pb-notice")).to_contain_text("so this session stays open")
    expect(page.locator("[name='1a.school.q1']")).to_have_value("too much")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.get_by_role("button", name="Clear", exact=True).click()
    page.locator("#pb-sessions").select_option("")
    expect(page.locator("#pb-session-name")).not_to_have_value("Team A")


def test_closed_storage_is_told_and_the_form_works(visit: Open, address: str) -> None:
    page = visit("about/")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('closed', 'SecurityError'); } });")
    page.goto(address + CELL)
    expect(page.locator("#pb-notice")).to_contain_text("This browser keeps nothing for this page")
    page.locator("[name='1a.school.q1']").fill("anyway")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["answers"] == {"1a.school.q1": "anyway"}
    for other in ("matrix/", "reflect/"):
        page.goto(address + other)
        expect(page.locator("h1")).to_be_visible()


def test_a_damaged_session_is_set_aside_and_told(visit: Open) -> None:
    page = visit(CELL)
    write(page, "1a.school.q1", "good")
    page.evaluate("localStorage.setItem('pb.answers.bad', '{\"format\": \"engagement')")
    page.reload()
    expect(page.locator("#pb-notice")).to_contain_text("could not be read")
    expect(page.locator("[name='1a.school.q1']")).to_have_value("good")
    assert page.evaluate("localStorage.getItem('pb.unreadable.bad')").startswith('{"format"')


def test_nonsense_from_another_tab_is_set_aside_and_what_is_here_is_saved(visit: Open) -> None:
    page = visit(CELL)
    page.locator("#pb-session-name").fill("Team A")
    write(page, "1a.school.q1", "first")
    page.evaluate("localStorage.setItem(Object.keys(localStorage).find(key => key.startsWith('pb.answers.')), 'nonsense')")
    write(page, "1a.school.q2", "second")
    [session] = sessions(page)
    assert (session["name"], session["answers"]) == ("Team A", {"1a.school.q1": "first", "1a.school.q2": "second"})
    expect(page.locator("#pb-notice")).to_be_hidden()
    assert page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('pb.unreadable.')).map(([, text]) => text)") == ["nonsense"]


# ---- Everywhere ----


def test_the_matrix_shows_what_the_reader_has_filled_in(visit: Open, address: str) -> None:
    page = visit(CELL)
    page.locator("[name='1a.school.participation.1'][value=doing]").check()
    page.locator("[name='1a.school.participation.2'][value='not-yet']").check()
    write(page, "1a.school.q1", "yes")
    page.goto(f"{address}matrix/")
    expect(page.locator(".pb-mine")).to_have_text(["1 doing, 1 not yet, 1 answered"])
    expect(page.locator("td[data-cell='1a.school'] .pb-mine")).to_be_visible()
    page.get_by_label("Show my answers saved in this browser").uncheck()
    expect(page.locator(".pb-mine")).to_have_count(0)


def test_the_self_reflection_adds_up(visit: Open, edition: Edition) -> None:
    page = visit("self-reflection/lea/")
    levels = [level.id for level in edition.catalog.companions.rubric.levels]
    for name, level in (("rubric.1a1", 0), ("rubric.1a2", 0), ("rubric.1a3", 3), ("rubric.2a1", 1), ("rubric.4c1", 3)):
        page.locator(f"[name='{name}'][value='{levels[level]}']").check()
    expect(page.locator("#pb-summary-count")).to_have_text("5 of 37 elements rated")
    expect(page.locator("#pb-summary tbody tr").first).to_contain_text(f"2 {levels[0]}, 1 {levels[3]}")
    assert page.locator("#pb-summary tbody tr").first.locator("rect").nth(0).get_attribute("width") == "40"
    page.reload()
    expect(page.locator("#pb-summary-count")).to_have_text("5 of 37 elements rated")
    lowest = page.locator("#pb-lowest a")
    expect(lowest).to_have_count(3)
    assert [link.inner_text()[:2] for link in lowest.all()] == ["1A", "2A", "4C"]


def test_a_form_works_from_a_folder_with_the_network_off(visit: Open, site: Path) -> None:
    page = visit((site / CELL / "index.html").as_uri(), offline=True)
    write(page, "1a.school.q1", "offline")
    page.reload()
    expect(page.locator("[name='1a.school.q1']")).to_have_value("offline")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "phone"])
def test_the_keyboard_alone_fills_in_a_form(visit: Open, size: dict[str, int]) -> None:
    page = visit(CELL, viewport=size)
    while page.evaluate("document.activeElement.name") != "1a.school.participation.1":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "1a.school.participation.1-notes"
    page.keyboard.type("we saw it")
    saved(page)
    [session] = sessions(page)
    assert session["answers"] == {"1a.school.participation.1": "doing", "1a.school.participation.1-notes": "we saw it"}


def test_paper_has_the_answers_and_not_the_buttons(visit: Open) -> None:
    page = visit(CELL)
    write(page, "1a.school.q1", "Printed answer")
    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages)
    assert "Printed answer" in text
    assert "Save to a file" not in text
    assert "Nothing is sent" not in text


def test_without_javascript_a_form_says_what_to_do(visit: Open) -> None:
    page = visit(CELL, java_script_enabled=False)
    expect(page.get_by_text("Saving what you write needs JavaScript.")).to_be_visible()
    expect(page.locator(".pb-session")).not_to_be_visible()
