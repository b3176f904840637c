"""Forms to files and back, in a real Chromium: nothing is lost, and a bad file changes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Page, expect

from generator.forms.saved_answers import LONGEST, Answers
from site_tests.support.chromium import Open
from site_tests.support.form_filling import CELL, FILL, FILLED, saved, sessions, write
from site_tests.support.nonempty import nonempty


def _file(page: Page, **changes: Any) -> dict[str, Any]:
    """A file of the form at hand."""
    form = page.locator("form[data-form]").get_attribute("data-form")
    return {
        "format": "engagement-playbook-answers",
        "version": 1,
        "id": "x",
        "form": form,
        "title": "A form",
        "name": "From a file",
        "created": "2026-01-01T00:00:00Z",
        "changed": "2026-01-02T00:00:00Z",
        "edition": "0.0.1",
        "answers": {},
        "wording": {},
    } | changes


def _open_file(page: Page, content: object, name: str = "answers.json") -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    page.locator("#pb-open-file").set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})


def test_saved_cleared_and_opened_is_the_same(visit: Open) -> None:
    page = visit(CELL)
    form = page.locator("form[data-form]")
    form.evaluate(FILL)
    saved(page)
    before = form.evaluate(FILLED)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), Answers.model_json_schema())
    assert download.value.suggested_filename.startswith("1a-school-")
    page.get_by_role("button", name="Clear").click()
    assert form.evaluate(FILLED) != before
    _open_file(page, text)
    saved(page)
    assert form.evaluate(FILLED) == before
    page.reload()
    assert form.evaluate(FILLED) == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{not json", "it is damaged, or no file of this site"),
        ("[]", "it is no file of this site"),
        ({"format": "something else"}, "it is no file of this site"),
        ({"version": 2}, "saved by a newer site"),
        ({"version": "1"}, "its version is not a number"),
        ({"name": 7}, "its “name” is missing or too long"),
        ({"answers": []}, "“answers” is not a mapping"),
        ({"answers": {"<script>": "x"}}, "is not the name of a blank"),
        ({"answers": {"1a.school.q1": {"a": 1}}}, "is not a text"),
        ({"answers": {"1a.school.q1": "x" * (LONGEST + 1)}}, f"is not a text of at most {LONGEST} letters"),
        ({"answers": {f"a.b{number}": "x" for number in range(3001)}}, "has more than 3000 entries"),
        (" " * 2_000_100, "it is larger than 2 MB"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(visit: Open, content: object, why: str) -> None:
    page = visit(CELL)
    write(page, "1a.school.q1", "mine")
    _open_file(page, content if isinstance(content, str) else _file(page, **content))  # type: ignore[arg-type]
    expect(page.locator("#pb-notice")).to_contain_text(why)
    expect(page.locator("#pb-notice")).to_have_attribute("role", "alert")
    expect(page.locator("[name='1a.school.q1']")).to_have_value("mine")
    assert [session["answers"] for session in sessions(page)] == [{"1a.school.q1": "mine"}]


def test_a_hostile_file_is_shown_as_text(visit: Open) -> None:
    page = visit(CELL)
    hostile = "<img src=x onerror=\"document.body.dataset.hacked='yes'\"><script>document.body.dataset.hacked='yes'</script>"
    wording = {"1a.school.q1": hostile, "gone.q1": hostile}
    _open_file(
        page, _file(page, name=hostile, title=hostile, answers={"1a.school.q1": hostile, "gone.q1": hostile}, wording=wording), f"{hostile}.json"
    )
    expect(page.locator("[name='1a.school.q1']")).to_have_value(hostile)
    expect(page.locator("#pb-session-name")).to_have_value(hostile)
    expect(page.locator("#pb-earlier")).to_contain_text("<img src=x")
    page.goto(page.url.replace(CELL, "reflect/"))
    expect(page.locator("#pb-all-sessions table")).to_contain_text("<img src=x")
    assert page.evaluate("document.body.dataset.hacked") is None


def test_a_file_of_another_form_is_saved_there(visit: Open, address: str) -> None:
    page = visit(CELL)
    _open_file(page, _file(page, form="1b.school", title="1B school", answers={"1b.school.q1": "elsewhere"}))
    expect(page.locator("#pb-notice")).to_contain_text("belongs to another form: 1B school")
    page.goto(f"{address}reflect/1b/school/")
    expect(page.locator("[name='1b.school.q1']")).to_have_value("elsewhere")


def test_an_older_edition_shows_what_it_asked(visit: Open) -> None:
    page = visit(CELL)
    answers = {"1a.school.q1": "kept", "1a.school.q9": "kept too"}
    _open_file(page, _file(page, answers=answers, wording={"1a.school.q1": "What did the old question say?", "1a.school.q9": "What is gone?"}))
    expect(page.locator("[name='1a.school.q1']")).to_have_value("kept")
    earlier = page.locator("#pb-earlier li")
    expect(earlier).to_have_count(2)
    expect(earlier.first).to_contain_text("No longer asked: “What is gone?” Your answer: kept too")
    expect(earlier.last).to_contain_text("When you answered, it read: “What did the old question say?”")
    write(page, "1a.school.q2", "more")
    assert all(session["answers"]["1a.school.q9"] == "kept too" for session in nonempty(sessions(page)))


def test_the_csv_file_and_the_copied_text_say_all(visit: Open) -> None:
    page = visit(CELL, permissions=["clipboard-read", "clipboard-write"])
    write(page, "1a.school.q1", '=1+1, "quoted"')
    page.locator("[name='1a.school.participation.1'][value=doing]").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["1a.school.q1"]["answer"] == '\'=1+1, "quoted"'
    assert rows["1a.school.q1"]["question"].startswith("What goals has your school set")
    assert rows["1a.school.participation.1"]["answer"] == "doing"
    page.get_by_role("button", name="Copy as text").click()
    expect(page.locator("#pb-saved")).to_have_text("Copied as text")
    assert '=1+1, "quoted"' in page.evaluate("navigator.clipboard.readText()")
