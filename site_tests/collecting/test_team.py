"""A team's answers side by side, in a real Chromium: what the page says of 25 people is worked out again here."""

from __future__ import annotations

import csv
import io
import json
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from generator.forms.form_fields import FormBlanks
from site_tests.support.chromium import Open
from site_tests.support.nonempty import nonempty
from site_tests.support.team_files import File, give, people, saved

LEA, CELL = "lea-self-reflection", "1a.school"
ROW = """row => ({
    words: row.querySelector("th")?.textContent,
    cells: Object.fromEntries([...row.querySelectorAll("td")].map(cell => [cell.dataset.label, cell.textContent])),
})"""


@pytest.fixture(scope="module")
def forms(edition: Edition) -> dict[str, FormBlanks]:
    return form_fields.forms(edition.catalog, edition.routes)


def _ratings(files: Sequence[File], form: FormBlanks) -> dict[str, dict[str, Any]]:
    """Each rating's figures, by its words, worked out with Python's own statistics."""
    found = {}
    for blank in (blank for blank in form.blanks if blank.rates):
        levels = [value for value, _ in blank.choices]
        positions = [levels.index(file["answers"][blank.name]) + 1 for file in files if blank.name in file["answers"]]
        median = statistics.median(positions)
        found[blank.wording] = {
            "id": blank.name,
            "people": len(positions),
            "median": median,
            "lowest": min(positions),
            "highest": max(positions),
            "apart": statistics.fmean(abs(position - median) for position in positions),
            "counts": [positions.count(level) for level in range(1, len(levels) + 1)],
        }
    return found


def _download(page: Page, button: str) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ---- Figures ----


@pytest.mark.parametrize("form", [LEA, CELL])
def test_25_people_add_up_and_the_greatest_disagreement_comes_first(visit: Open, forms: dict[str, FormBlanks], form: str) -> None:
    files = people(forms[form])
    expected = _ratings(files, forms[form])
    page = visit("team/")
    give(page, files)
    expect(page.locator("#pb-team-status")).to_have_text("25 files: 25 sessions of 1 form")
    rows = page.locator(".pb-team-table tbody tr").evaluate_all(f"rows => rows.map({ROW})")
    titles = [title.lower() for _, title in next(blank for blank in forms[form].blanks if blank.rates).choices]
    assert len(rows) == len(expected)
    for row in nonempty(rows):
        wanted = expected[row["words"]]
        assert row["cells"]["People"] == str(wanted["people"])
        assert row["cells"]["Disagreement"] == f"{wanted['apart']:.2f}"
        low, high = (titles[wanted[side] - 1] for side in ("lowest", "highest"))
        assert row["cells"]["Spread"] == (low if low == high else f"{low} to {high}")
        assert row["cells"]["Median"] == _median(wanted["median"], titles)
        assert row["cells"]["Ratings"] == ", ".join(f"{n} {title}" for n, title in zip(wanted["counts"], titles, strict=True) if n)
    apart = [expected[row["words"]]["apart"] for row in rows]
    assert apart == sorted(apart, reverse=True)


def _median(median: float, titles: Sequence[str]) -> str:
    if median == int(median):
        return titles[int(median) - 1]
    return f"between {titles[int(median) - 1]} and {titles[int(median)]}"


def test_the_csv_file_of_ratings_has_the_same_figures(visit: Open, forms: dict[str, FormBlanks]) -> None:
    files = people(forms[LEA])
    page = visit("team/")
    give(page, files)
    rows = _download(page, "Download ratings")
    expected = {row["id"]: row for row in _ratings(files, forms[LEA]).values()}
    assert {row["id"] for row in rows} == set(expected)
    for row in nonempty(rows):
        wanted = expected[row["id"]]
        assert (int(row["people"]), float(row["median"])) == (wanted["people"], wanted["median"])
        assert (int(row["lowest"]), int(row["highest"])) == (wanted["lowest"], wanted["highest"])
        assert float(row["disagreement"]) == pytest.approx(wanted["apart"], abs=1e-4)
        assert [int(row[f"level {level}"]) for level in (1, 2, 3, 4)] == wanted["counts"]


def test_two_forms_stand_one_after_the_other(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    give(page, [*people(forms[LEA], 3), *people(forms[CELL], 3)])
    expect(page.locator("#pb-team-status")).to_have_text("6 files: 6 sessions of 2 forms")
    expect(page.locator(".pb-team-form h2")).to_have_text(
        ["1A at the school level: Prioritize improvement and communicate its urgency", "LEA self-reflection"]
    )
    page.get_by_role("link", name="1A at the school level").click()
    expect(page.locator("form[data-form='1a.school']")).to_be_visible()


# ---- Who is seen ----


def test_answers_of_few_are_hidden_until_asked_for(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    rating, question = f"{CELL}.participation.1", f"{CELL}.q1"
    give(page, [saved(forms[CELL], n, {rating: "doing", question: f"Secret {n}"}) for n in range(2)])
    expect(page.get_by_text("Hidden: fewer than 3 people answered.")).to_have_count(2)
    assert "Secret" not in page.content()
    assert "Secret" not in "".join(value for row in nonempty(_download(page, "Download answers")) for value in row.values())
    hidden = _download(page, "Download ratings")[0]
    assert (hidden["people"], hidden["note"]) == ("", "Hidden: fewer than 3 people answered.")
    page.get_by_label("Hide answers from fewer than").fill("2")
    expect(page.get_by_text("Secret 1")).to_be_visible()
    expect(page.locator(".pb-team-table")).to_contain_text("2 doing")


def test_names_are_left_out_unless_asked_for(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    words = ["Pears", "Apples", "Cherries", "Dates"]
    give(page, [saved(forms[CELL], n, {f"{CELL}.q1": word}) for n, word in enumerate(words)])
    answers = page.locator(".pb-team-answers li")
    expect(answers).to_have_text(sorted(words))
    assert "Person" not in page.locator("#pb-team-shown").inner_text()
    assert set(_download(page, "Download answers")[0]) == {"form", "id", "question", "group", "answer", "note"}
    page.get_by_label("Show names").check()
    expect(answers).to_have_text([f"Person {n}: {word}" for n, word in enumerate(words)])
    assert [row["name"] for row in _download(page, "Download answers")] == [f"Person {n}" for n in range(4)]


def test_the_last_save_of_a_session_counts(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    early, late = ({f"{CELL}.participation.1": answer} for answer in ("not-yet", "doing"))
    others = [saved(forms[CELL], n, late) for n in (1, 2)]
    give(page, [saved(forms[CELL], 0, late, changed="2026-05-01T08:00:00Z"), saved(forms[CELL], 0, early, changed="2026-04-01T08:00:00Z"), *others])
    expect(page.locator("#pb-team-status")).to_have_text("4 files: 3 sessions of 1 form")
    expect(page.locator(".pb-team-table tbody")).to_contain_text("3 doing")


def test_two_dates_are_compared(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    rating, date = f"{CELL}.participation.1", f"{CELL}.date"
    then = [saved(forms[CELL], n, {rating: "not-yet", date: f"2026-03-0{n + 1}"}) for n in range(3)]
    now = [saved(forms[CELL], n, {rating: "doing" if n else "starting", date: f"2026-09-0{n + 1}"}) for n in range(4)]
    give(page, [*then, *now])
    page.get_by_label("Compare").select_option("dates")
    expect(page.get_by_label("Then: until")).to_have_value("2026-03-03")
    expect(page.get_by_label("Now: from")).to_have_value("2026-09-01")
    table = page.locator(".pb-team-table tbody tr")
    expect(table).to_have_count(2)
    expect(table.first).to_contain_text("Until Mar 3, 2026")
    expect(table.first).to_contain_text("3 not yet")
    expect(table.last).to_contain_text("From Sep 1, 2026")
    expect(table.last).to_contain_text("1 starting, 3 doing")
    page.get_by_label("Then: until").fill("2026-09-30")
    expect(page.locator("#pb-team-note")).to_contain_text("must be before the second")


def test_teams_are_compared_however_their_names_are_written(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    teams = ["Math", "math ", " MATH", "Office", "Office", "Office", ""]
    give(page, [saved(forms[CELL], n, {f"{CELL}.team": team, f"{CELL}.participation.1": "doing"}) for n, team in enumerate(teams)])
    page.get_by_label("Compare").select_option("teams")
    expect(page.locator(".pb-team-form > .pb-quiet")).to_have_text("MATH: hidden · Office: 3 people · No team named: fewer than 3 people")
    rows = page.locator(".pb-team-table tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Hidden: a smaller group could be worked out.")
    expect(rows.nth(1)).to_contain_text("3 doing")
    expect(rows.last).to_contain_text("Hidden: fewer than 3 people answered.")
    hidden = [row["note"] for row in _download(page, "Download ratings")]
    assert hidden == ["Hidden: a smaller group could be worked out.", "", "Hidden: fewer than 3 people answered."]


def test_choices_and_boxes_are_counted(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    theory = forms["theory-of-action"]
    give(page, [saved(theory, n, {"theory-of-action.practices.1a": "on"} if n == 1 else {"theory-of-action.if": "meet"}) for n in range(4)])
    hidden = page.get_by_text("Hidden: fewer than 3 people answered.")
    expect(hidden).to_have_count(1)
    assert "Checked by" not in page.content()
    page.get_by_label("Hide answers from fewer than").fill("1")
    expect(page.get_by_text("Checked by 1 of 4")).to_be_visible()
    page.get_by_label("Hide answers from fewer than").fill("3")
    give(page, [saved(forms["five-whys"], n, {"five-whys.act": "yes" if n else "in-part"}) for n in range(4)])
    expect(page.locator(".pb-team-form").filter(has_text="Five Whys").locator("li")).to_have_text(["Yes: 3", "In part: 1"])


# ---- Files ----


def test_bad_files_are_told_and_the_good_ones_count(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    hostile = "<img src=x onerror=\"document.body.dataset.hacked='yes'\">"
    good = [saved(forms[CELL], n, {f"{CELL}.q1": hostile}, name=hostile, title=hostile) for n in range(3)]
    newer = saved(forms[CELL], 9, {}, version=2)
    give(page, ["{", json.dumps({"format": "other"}), newer, "x" * 2_100_000, *good])
    expect(page.locator("#pb-team-refused p")).to_have_count(4)
    expect(page.locator("#pb-team-refused")).to_contain_text("“3.json” cannot be read: it is larger than 2 MB.")
    expect(page.locator("#pb-team-refused")).to_contain_text("saved by a newer site")
    expect(page.locator(".pb-team-answers li")).to_have_text([hostile] * 3)
    assert page.evaluate("document.body.dataset.hacked") is None


def test_names_that_every_object_has_harm_nobody(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    answered = {f"{CELL}.q1": "fine"}
    named = saved(forms[CELL], 7, answered | {"constructor": "x"})
    give(page, [named, *(saved(forms[CELL], n, answered) for n in range(3)), saved(forms[CELL], 8, answered) | {"form": "constructor"}])
    expect(page.locator("#pb-team-refused")).to_contain_text("“constructor” is not the name of a blank")
    expect(page.locator("#pb-team-note")).to_contain_text("This edition has no such form")
    expect(page.locator(".pb-team-answers li")).to_have_text(["fine"] * 3)
    assert errors == []


def test_a_file_in_which_nobody_answered_is_no_person(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    give(page, [saved(forms[CELL], 0, {}), *people(forms[CELL], 3)])
    expect(page.locator("#pb-team-refused")).to_contain_text("“0.json” cannot be read: nothing is filled in.")


def test_an_empty_limit_shows_no_more_than_the_usual_one(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    give(page, [saved(forms[CELL], n, {f"{CELL}.q1": f"Secret {n}"}) for n in range(2)])
    for limit in ("", "0"):
        page.get_by_label("Hide answers from fewer than").fill(limit)
        expect(page.get_by_text("Hidden: fewer than 3 people answered.")).to_be_visible()
        assert "Secret" not in page.content()


def test_two_people_in_one_session_are_told(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    answer = {f"{CELL}.q1": "yes"}
    give(page, [saved(forms[CELL], 0, answer), saved(forms[CELL], 0, answer | {f"{CELL}.name": "Person 9"}, changed="2026-05-01T08:00:00Z")])
    expect(page.locator("#pb-team-note")).to_have_text("Person 0 and Person 9 saved the same session: only the one saved last counts.")


@pytest.mark.parametrize(("ending", "kind"), [("pdf", "PDF"), ("xlsx", "Excel"), ("docx", "Word")])
def test_a_filled_in_handout_is_told_where_to_go(visit: Open, ending: str, kind: str) -> None:
    page = visit("team/")
    page.locator("#pb-team-files").set_input_files({"name": f"sheet.{ending}", "mimeType": "application/octet-stream", "buffer": b"PK"})
    expect(page.locator("#pb-team-refused")).to_contain_text(re.compile(rf"For .*\b{kind}\b.* there is the command ‘playbook collect’"))
    expect(page.locator("#pb-team-status")).to_have_text("No files yet.")


def test_questions_and_forms_of_another_edition_are_shown_or_told(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    old = [saved(forms[CELL], n, {f"{CELL}.q99": f"Old answer {n}"}, wording={f"{CELL}.q99": "What was asked?"}) for n in range(3)]
    give(page, [*old, saved(forms[CELL], 7, {f"{CELL}.q1": "x"}, title="A form of the moon") | {"form": "9z.moon"}])
    expect(page.locator("#pb-team-shown h4")).to_have_text("What was asked? No longer asked")
    expect(page.locator(".pb-team-answers li")).to_have_text([f"Old answer {n}" for n in range(3)])
    expect(page.locator("#pb-team-note")).to_have_text("This edition has no such form: A form of the moon.")


def test_files_can_be_taken_away_and_brought_back(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    give(page, people(forms[CELL], 4))
    page.get_by_text("The files", exact=True).click()
    page.get_by_role("button", name="Remove 2.json").click()
    expect(page.locator("#pb-team-status")).to_have_text("3 files: 3 sessions of 1 form")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#pb-team-status")).to_have_text("4 files: 4 sessions of 1 form")
    page.get_by_role("button", name="Remove all files").click()
    expect(page.locator("#pb-team-status")).to_have_text("No files yet.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".pb-team-table")).to_be_visible()


def test_files_can_be_dropped(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    page.evaluate(
        """text => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "dropped.json"));
            document.getElementById("pb-team-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }""",
        json.dumps(people(forms[CELL], 1)[0]),
    )
    expect(page.locator("#pb-team-status")).to_have_text("1 file: 1 session of 1 form")


def test_what_is_saved_in_this_browser_can_be_added(visit: Open, address: str) -> None:
    page = visit("reflect/1a/school/")
    page.locator("[name='1a.school.q1']").fill("mine")
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")
    page.goto(f"{address}team/")
    for _ in range(2):
        page.get_by_role("button", name="Add what is saved in this browser").click()
        expect(page.locator("#pb-team-status")).to_have_text("1 file: 1 session of 1 form")
    page.get_by_label("Hide answers from fewer than").fill("1")
    expect(page.locator(".pb-team-answers li")).to_have_text(["mine"])


def test_nothing_is_kept_and_nothing_is_sent(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    give(page, people(forms[LEA], 5))
    expect(page.locator(".pb-team-table")).to_be_visible()
    page.get_by_label("Show names").check()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [url for url in asked if not url.endswith("favicon.png")] == []
    page.reload()
    expect(page.locator("#pb-team-status")).to_have_text("No files yet.")


# ---- Everyone ----


def test_the_keyboard_alone_looks_at_a_team(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    page.get_by_role("button", name="Choose files").focus()
    page.evaluate("window.chosen = 0; document.getElementById('pb-team-files').addEventListener('click', () => { window.chosen += 1; })")
    page.keyboard.press("Enter")
    assert page.evaluate("window.chosen") == 1
    give(page, people(forms[CELL], 4))
    expect(page.locator(".pb-team-table")).to_be_visible()
    while page.evaluate("document.activeElement.id") != "pb-team-compare":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    while page.evaluate("document.activeElement.id") != "pb-team-names":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Show names")).to_be_checked()
    expect(page.locator(".pb-team-form > .pb-quiet")).to_contain_text("Until")


def test_paper_has_the_figures_and_not_the_buttons(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    give(page, [*people(forms[CELL], 5), *people(forms[LEA], 5)])
    expect(page.locator(".pb-team-form")).to_have_count(2)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages]
    text = " ".join(" ".join(sheets).split())
    assert "Ratings, greatest disagreement first" in text
    assert any(sheet.lstrip().startswith("LEA self-reflection") for sheet in sheets)
    for screen in ("Choose files", "Download", "Drop files", "Hide answers", "0.json", "How to read"):
        assert screen not in text


def test_it_works_from_a_folder_with_the_network_off(visit: Open, site: Path, forms: dict[str, FormBlanks]) -> None:
    page = visit((site / "team" / "index.html").as_uri(), offline=True)
    give(page, people(forms[CELL], 4))
    expect(page.locator(".pb-team-table tbody tr")).to_have_count(len(_ratings(people(forms[CELL], 4), forms[CELL])))


# ---- One person ----


def test_one_persons_files_count_once_until_told_otherwise(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    same = {f"{CELL}.name": "Ana Ruiz", f"{CELL}.team": "North", f"{CELL}.q1": "Secret"}
    give(page, [saved(forms[CELL], n, same, changed=f"2026-03-0{n + 1}T08:00:00Z") for n in range(3)])
    expect(page.locator("#pb-team-status")).to_have_text("3 files: 1 session of 1 form")
    expect(page.get_by_text("Hidden: fewer than 3 people answered.")).to_be_visible()
    assert "Secret" not in page.content()
    asked = page.locator("#pb-team-same li")
    expect(asked).to_contain_text("Ana Ruiz, North: 3 files of")
    expect(asked).to_contain_text("(0.json, 1.json, 2.json). The same person? They count as one.")
    page.get_by_role("button", name="They are several people: Ana Ruiz, North").click()
    expect(page.locator("#pb-team-status")).to_have_text("3 files: 3 sessions of 1 form")
    expect(page.locator(".pb-team-answers li")).to_have_count(3)
    page.get_by_role("button", name="It is one person: Ana Ruiz, North").click()
    expect(page.locator(".pb-team-answers")).to_have_count(0)


def test_a_copy_that_was_opened_elsewhere_is_the_same_person(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    first = saved(forms[CELL], 0, {f"{CELL}.q1": "day 1"})
    give(page, [first, first | {"id": "copy", "origin": first["id"], "changed": "2026-03-09T08:00:00Z"}])
    expect(page.locator("#pb-team-status")).to_have_text("2 files: 1 session of 1 form")
    expect(page.locator("#pb-team-same")).to_be_hidden()


def test_a_wrong_clock_is_told_and_does_not_win(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    one = [saved(forms[CELL], 0, {f"{CELL}.q1": words}, changed=when) for words, when in (("OLD", "2099-01-02"), ("NEW", "2026-11-28"))]
    give(page, [*one, saved(forms[CELL], 1, {f"{CELL}.q1": "begun"}, changed="1970-01-01T00:00:05Z")])
    page.get_by_label("Hide answers from fewer than").fill("1")
    expect(page.locator(".pb-team-answers li")).to_have_text(["begun", "NEW"])
    note = page.locator("#pb-team-note")
    expect(note).to_contain_text("“0.json” says that it was changed on Jan 2, 2099, so its clock was wrong: another save of the same person counts.")
    expect(note).to_contain_text("“2.json” says that it was changed on Jan 1, 1970, so its clock was wrong: it counts with the day")
    page.get_by_text("The files", exact=True).click()
    expect(page.locator("#pb-team-list li").last).to_contain_text("2026-03-01")


# ---- Other editions, and many dates ----


def test_other_wordings_and_scales_are_told_as_collect_tells_them(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    rating, old = f"{CELL}.participation.1", "Stop bringing people together."
    files = [saved(forms[CELL], n, {rating: "doing"}) for n in range(3)]
    give(page, [*files, *(saved(forms[CELL], 3 + n, {rating: value}, wording={rating: old}) for n, value in enumerate(("mostly", "fully")))])
    row = page.locator(".pb-team-table tbody tr")
    expect(row.locator("th")).to_contain_text(f"In another edition it read: “{old}”")
    expect(row.locator("td").first).to_contain_text("Not on the scale: fully, mostly")
    expect(row.locator("td").last).to_have_text("3")
    assert "mostly" in {row["answer"] for row in _download(page, "Download answers")}
    page.get_by_label("Hide answers from fewer than").fill("4")
    expect(page.get_by_text("Hidden: fewer than 4")).to_be_visible()
    assert "mostly" not in page.content()
    assert old not in page.content()


def test_all_dates_are_compared_with_a_line_for_each_rating(visit: Open, forms: dict[str, FormBlanks]) -> None:
    page = visit("team/")
    rating, date = f"{CELL}.participation.1", f"{CELL}.date"
    days = (("2026-03-01", "not-yet"), ("2026-06-02", "starting"), ("2026-09-03", "doing"))
    give(page, [saved(forms[CELL], n, {rating: answer, date: day}, id=f"{n} {day}") for day, answer in days for n in range(3)])
    page.get_by_label("Compare").select_option("rounds")
    expect(page.locator(".pb-team-table tbody tr td:first-of-type")).to_have_text(["Mar 1, 2026", "Jun 2, 2026", "Sep 3, 2026"])
    line = page.get_by_role("img", name="Median over time. Mar 1, 2026: not yet; Jun 2, 2026: starting; Sep 3, 2026: doing")
    expect(line.locator("circle")).to_have_count(3)
