"""What `playbook collect` makes of sessions: numbers, groups, order, and a page that a real Chromium shows."""

from __future__ import annotations

import csv
import html
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from generator.forms.form_fields import FormBlanks
from site_tests.support.filled_in_files import collect, rows, save
from site_tests.support.nonempty import nonempty

FIRST, SECOND, THIRD = "1a.school.participation.1", "1a.school.participation.2", "1a.school.participation.3"
QUESTION = "1a.school.q1"
LEVELS = {"1a.school": ["not-yet", "starting", "doing"], "lea-self-reflection": ["low", "basic", "moderate", "high"]}
HIDDEN = "hidden (fewer than 3 people)"


def rated(folder: Path, name: str, values: list[list[str]], **changes: Any) -> None:
    """A session for each person; `values` are a row for each question, a letter for each person: n, s, d, and - for no answer."""
    words = {"n": "not-yet", "s": "starting", "d": "doing"}
    for person in range(len(values[0])):
        answers = {question: words[row[person]] for question, row in zip((FIRST, SECOND, THIRD), values, strict=False) if row[person] in words}
        save(folder, f"{name}{person}", **{"answers": answers, **changes})


@pytest.fixture
def forms(edition: Edition) -> dict[str, FormBlanks]:
    return form_fields.forms(edition.catalog, edition.routes)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(tmp_path: Path, *options: object) -> dict[str, list[dict[str, str]]]:
    """The command on all that lies in 'in'; its tables by name."""
    result = collect(tmp_path / "in", "--out", tmp_path / "out", *options)
    assert result.exit_code == 0, result.output
    return {name: rows(tmp_path / "out" / f"{name}.csv") for name in ("ratings", "answers")}


# ---- Numbers ----


@pytest.mark.parametrize(
    ("ratings", "numbers", "words"),
    [
        ("ddd", ("3", "3", "3", "3", "0", "0", "0", "3"), ["doing", "all doing", "0.00", "3 doing"]),
        ("nsd", ("3", "1", "2", "3", "0.666667", "1", "1", "1"), ["starting", "not yet to doing", "0.67", "1 not yet, 1 starting, 1 doing"]),
        ("nnsd", ("4", "1", "1.5", "3", "0.75", "2", "1", "1"), ["between not yet and starting", "not yet to doing", "0.75"]),
        ("ssdd", ("4", "2", "2.5", "3", "0.5", "0", "2", "2"), ["between starting and doing", "starting to doing", "0.50"]),
        ("nndd", ("4", "1", "2", "3", "1", "2", "0", "2"), ["starting", "not yet to doing", "1.00", "2 not yet, 2 doing"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ratings_are_counted_by_their_place_on_the_scale(tmp_path: Path, ratings: str, numbers: tuple[str, ...], words: list[str]) -> None:
    rated(tmp_path / "in", "p", [list(ratings)])
    (row,) = run(tmp_path)["ratings"]
    keys = ("people", "lowest", "median", "highest", "disagreement", "level 1", "level 2", "level 3")
    assert tuple(row[key] for key in keys) == numbers
    assert row["scale"] == "1 not yet, 2 starting, 3 doing"
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert all(f">{said}</" in page for said in words)


def test_twenty_five_sessions_add_up(tmp_path: Path, forms: dict[str, FormBlanks]) -> None:
    chance = random.Random(25)
    given: dict[str, list[int]] = {}
    for person in range(25):
        form = "lea-self-reflection" if person % 2 else "1a.school"
        answers = {}
        for name in [blank.name for blank in forms[form].blanks if blank.rates]:
            if chance.random() < 0.8:
                answers[name] = chance.choice(LEVELS[form])
                given.setdefault(name, []).append(LEVELS[form].index(answers[name]) + 1)
        save(tmp_path / "in", f"p{person}", form=form, answers=answers)
    assert len(given) > 40
    found = run(tmp_path)["ratings"]
    assert {row["id"] for row in found} == set(given)
    for row in nonempty(found):
        places = sorted(given[row["id"]])
        half = len(places) // 2
        median = Fraction(places[half] + places[~half], 2)
        mean = sum(abs(place - median) for place in places) / len(places)
        expected = [len(places), places[0], float(median), places[-1], float(mean)]
        assert [float(row[key]) for key in ("people", "lowest", "median", "highest", "disagreement")] == pytest.approx(expected, abs=1e-5)
        scale = LEVELS["1a.school" if row["id"].startswith("1a") else "lea-self-reflection"]
        assert [row[f"level {place}"] for place in range(1, 5)] == [str(places.count(place)) if place <= len(scale) else "" for place in range(1, 5)]


def test_the_greatest_disagreement_stands_first_and_equal_ones_as_in_the_form(tmp_path: Path) -> None:
    rated(tmp_path / "in", "p", [list("dddd"), list("nndd"), list("ssss")])
    assert [row["id"] for row in run(tmp_path)["ratings"]] == [SECOND, FIRST, THIRD]
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    places = [page.index(html.escape(row["question"])) for row in run(tmp_path)["ratings"]]
    assert places == sorted(places)


def test_choices_are_counted_and_texts_stand_side_by_side(tmp_path: Path, forms: dict[str, FormBlanks]) -> None:
    choice = next(blank for blank in forms["five-whys"].blanks if blank.choices)
    for number, value in enumerate(("yes", "yes", "no")):
        save(tmp_path / "in", f"p{number}", form="five-whys", answers={choice.name: value, "five-whys.symptom": f"symptom {number}"})
    found = run(tmp_path)
    assert found["ratings"] == []
    assert [row["answer"] for row in found["answers"] if row["id"] == choice.name] == ["Yes", "Yes", "No"]
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<td>2 Yes, 1 No</td>" in page
    assert all(f"symptom {number}</span>" in page for number in range(3))


def test_evidence_stands_under_its_rating(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / "in", f"p{number}", answers={FIRST: "doing", f"{FIRST}-notes": f"seen {number}", QUESTION: "text"})
    found = run(tmp_path)["answers"]
    assert [row["id"] for row in found] == [FIRST] * 3 + [f"{FIRST}-notes"] * 3 + [QUESTION] * 3


# ---- Who counts ----


def test_the_latest_save_of_a_session_counts(tmp_path: Path) -> None:
    save(tmp_path / "in", "late", id="one", changed="2026-02-02T12:00:00Z", answers={FIRST: "doing"})
    save(tmp_path / "in", "early", id="one", changed="2026-01-02T12:00:00Z", answers={FIRST: "not-yet"})
    (row,) = run(tmp_path, "--minimum", 1)["ratings"]
    assert (row["people"], row["lowest"]) == ("1", "3")


def test_a_group_that_is_too_small_shows_nothing(tmp_path: Path) -> None:
    for number, answers in enumerate(({FIRST: "doing", QUESTION: "secret words"}, {FIRST: "starting", QUESTION: "more secrets"}, {FIRST: "doing"})):
        save(tmp_path / "in", f"p{number}", answers=answers)
    found = run(tmp_path)
    assert [(row["id"], row["answer"], row["note"]) for row in found["answers"] if row["id"] == QUESTION] == [(QUESTION, "", HIDDEN)]
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "secret" not in page
    assert "--minimum 1" in page
    more = run(tmp_path, "--minimum", 4)
    (row,) = more["ratings"]
    assert {key: row[key] for key in ("people", "lowest", "median", "disagreement", "level 1", "note")} == {
        "people": "",
        "lowest": "",
        "median": "",
        "disagreement": "",
        "level 1": "",
        "note": "hidden (fewer than 4 people)",
    }
    assert '<svg class="bar"' not in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert len([row for row in run(tmp_path, "--minimum", 2)["answers"] if row["id"] == QUESTION]) == 2


def test_everything_hidden_is_told(tmp_path: Path) -> None:
    rated(tmp_path / "in", "p", [list("dd")])
    result = collect(tmp_path / "in", "--out", tmp_path / "out")
    assert "all answers are hidden: to each question, fewer than 3 people of a group answered; '--minimum 1' shows them" in result.output


def test_names_are_left_out_and_nobody_can_be_followed(tmp_path: Path) -> None:
    names = ("Quirina", "Xaver", "Zbigniew")
    for name, first, second in zip(names, ("zebra", "apple", "mango"), ("apple", "zebra", "mango"), strict=True):
        save(tmp_path / "in", name, name=f"Session of {name}", answers={"1a.school.name": name, QUESTION: first, "1a.school.q2": second})
    found = run(tmp_path)["answers"]
    assert [row["answer"] for row in found] == ["apple", "mango", "zebra"] * 2
    assert "name" not in found[0]
    written = [path.read_bytes() for path in nonempty(sorted((tmp_path / "out").iterdir())) if path.suffix != ".xlsx"]
    with zipfile.ZipFile(tmp_path / "out" / "results.xlsx") as workbook:
        written += [workbook.read(part) for part in workbook.namelist()]
    assert not [name for name in names if name in b"".join(written).decode()]


def test_names_are_shown_when_asked_for(tmp_path: Path) -> None:
    for name in ("Ana", "Bo", ""):
        save(tmp_path / "in", f"p{name}", name="Session 7", answers={"1a.school.name": name, FIRST: "doing"})
    assert [(row["name"], row["answer"]) for row in run(tmp_path, "--names")["answers"]] == [(name, "doing") for name in ("Ana", "Bo", "Session 7")]
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "This page shows names." in page
    assert '<b dir="auto">Ana</b>' in page


def test_teams_stand_side_by_side(tmp_path: Path) -> None:
    for number, team in enumerate(("North", " north ", "NORTH", "North", "South", "", "", "")):
        save(tmp_path / "in", f"p{number}", answers={FIRST: "doing" if team else "not-yet", "1a.school.team": team})
    assert [(row["group"], row["people"], row["median"], row["note"]) for row in run(tmp_path, "--by", "team")["ratings"]] == [
        ("North", "4", "3", ""),
        ("South", "", "", HIDDEN),
        ("no team", "", "", "hidden (a smaller group could be worked out)"),
    ]


def test_two_people_in_one_session_are_told(tmp_path: Path) -> None:
    for number, name in enumerate(("Bo", "Ana", "BO ")):
        save(tmp_path / "in", f"p{number}", id="one", answers={FIRST: "doing", "1a.school.name": name})
    assert "Ana and Bo saved the same session: only the one saved last counts" in collect(tmp_path / "in", "--out", tmp_path / "out").output


def test_a_team_that_did_not_fill_in_a_form_is_no_group_of_it(tmp_path: Path) -> None:
    for number in range(6):
        form, prefix, rating, level = (("1a.school", "1a.school", FIRST, "doing"), ("lea-self-reflection", "rubric", "rubric.1a1", "low"))[number % 2]
        save(tmp_path / "in", f"p{number}", form=form, answers={rating: level, f"{prefix}.team": form})
    assert [(row["group"], row["people"], row["note"]) for row in run(tmp_path, "--by", "team")["ratings"]] == [
        ("1a.school", "3", ""),
        ("lea-self-reflection", "3", ""),
    ]


# ---- Dates ----


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """Three people in January, the same three and one more in April, one in between."""
    for person in range(3):
        rated(tmp_path / "in", f"jan{person}-", [["n"]], id=f"p{person}", changed=f"2026-01-{10 + person}T12:00:00Z")
        rated(tmp_path / "in", f"apr{person}-", [["d"]], id=f"p{person}", changed=f"2026-04-{10 + person}T12:00:00Z")
    rated(tmp_path / "in", "feb", [["s"]], changed="2026-02-01T12:00:00Z")
    save(tmp_path / "in", "by-hand", changed="2026-01-01T12:00:00Z", answers={FIRST: "doing", "1a.school.date": "2026-04-20"})
    return tmp_path


@pytest.mark.parametrize(
    ("options", "groups"),
    [
        (("--by", "date"), [("2026-01-10 to 2026-01-12", "", ""), ("2026-02-01", "", ""), ("2026-04-10 to 2026-04-20", "4", "3")]),
        (("--until", "2026-01-31"), [("until 2026-01-31", "3", "1"), ("after 2026-01-31", "5", "3")]),
        (("--from", "2026-04-01"), [("before 2026-04-01", "4", "1"), ("from 2026-04-01", "4", "3")]),
        (("--until", "2026-01-31", "--from", "2026-04-01"), [("until 2026-01-31", "3", "1"), ("from 2026-04-01", "4", "3")]),
    ],
    ids=["every date", "until", "from", "both"],
)
def test_dates_are_compared(quarters: Path, options: tuple[str, ...], groups: list[tuple[str, ...]]) -> None:
    assert [(row["group"], row["people"], row["median"]) for row in run(quarters, *options)["ratings"]] == groups


def test_more_than_two_dates_give_a_line_for_each_rating(tmp_path: Path) -> None:
    for month, level in (("01", "n"), ("03", "s"), ("06", "d")):
        rated(tmp_path / "in", f"m{month}-", [list(level * 3)], changed=f"2026-{month}-10T12:00:00Z")
    assert [row["group"] for row in run(tmp_path, "--by", "date")["ratings"]] == ["2026-01-10", "2026-03-10", "2026-06-10"]
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert 'aria-label="Median over time. 2026-01-10: not yet; 2026-03-10: starting; 2026-06-10: doing"' in page
    assert '<polyline points="5.0,27.0 50.0,15.0 95.0,3.0 "/>' in page


def test_what_lies_between_the_dates_is_told(quarters: Path) -> None:
    result = collect(quarters / "in", "--out", quarters / "out", "--until", "2026-01-31", "--from", "2026-04-01")
    assert "1 session is not counted: older saves or copies of others, or between the two dates" in result.output


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--until", "2025-01-01"), 1, "there is no file until 2025-01-01; the files are of 2026-01-10 to 2026-04-20"),
        (("--by", "team", "--until", "2026-01-01"), 2, "'--until' and '--from' compare dates: leave out '--by team'"),
        (("--until", "2026-02-01", "--from", "2026-02-01"), 2, "'--from' must be a later day than '--until'"),
        (("--from", "04/01/2026"), 2, "does not match the format '%Y-%m-%d'"),
        (("--minimum", "0"), 2, "0 is not in the range x>=1"),
    ],
)
def test_dates_that_cannot_be_compared_are_told(quarters: Path, options: tuple[str, ...], code: int, words: str) -> None:
    result = collect(quarters / "in", "--out", quarters / "out", *options)
    assert (result.exit_code, words in result.output) == (code, True), result.output
    assert not (quarters / "out").exists()


def test_files_of_one_day_cannot_be_compared_by_date(tmp_path: Path) -> None:
    rated(tmp_path / "in", "p", [list("nsd")])
    result = collect(tmp_path / "in", "--out", tmp_path / "out", "--by", "date")
    assert result.exit_code == 1
    assert "all files are of one day (2026-01-02), so there are no two dates to compare" in result.output


# ---- The tables and the page ----


def test_the_tables_are_safe_and_readable_in_spreadsheets(tmp_path: Path) -> None:
    for number, text in enumerate(("=1+1", "@sum", 'a "b", c\nd', "-5", "école")):
        save(tmp_path / "in", f"p{number}", answers={QUESTION: text})
    assert [row["answer"] for row in run(tmp_path)["answers"]] == ["'-5", "'=1+1", "'@sum", 'a "b", c\nd', "école"]
    content = (tmp_path / "out" / "answers.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfform,id,question,group,answer,note\r\n")


def test_the_workbook_holds_the_same_tables_and_texts_as_they_were_written(tmp_path: Path) -> None:
    texts = ["3/4", "=1+1", "007", "good idea;=1+1;bye", "x" * 40_000]
    for number, text in enumerate(texts):
        save(tmp_path / "in", f"p{number}", answers={QUESTION: text, FIRST: "doing"})
    found = run(tmp_path)
    book = load_workbook(tmp_path / "out" / "results.xlsx")
    for name in ("ratings", "answers"):
        head, *lines = book[name].iter_rows(values_only=True)
        assert list(head) == list(found[name][0])
        assert [cell.data_type for row in book[name].iter_rows() for cell in row if cell.data_type == "f"] == []
        assert len(lines) == len(found[name]) + (name == "answers")
    column = list(found["answers"][0]).index("answer")
    written = [str(row[column]) for row in book["answers"].iter_rows(min_row=2, values_only=True) if row[1] == QUESTION]
    assert written == ["3/4", "007", "=1+1", "good idea;=1+1;bye", "x" * 32_767, "x" * (40_000 - 32_767)]
    numbers = [row[5:9] for row in book["ratings"].iter_rows(min_row=2, values_only=True)]
    assert numbers == [(5, 3, 3, 3)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whichever_separator_a_spreadsheet_takes(tmp_path: Path, separator: str) -> None:
    for number, text in enumerate(("good idea;=1+1;bye", 'x";=1+3;"y', "a\t@sum", "a\n-1")):
        save(tmp_path / "in", f"p{number}", answers={QUESTION: text})
    run(tmp_path)
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.strip(' "')[:1] in ("=", "+", "-", "@")] == []


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of everything: two teams, ratings, evidence, texts, hidden groups, hostile words; its address."""
    folder = tmp_path_factory.mktemp("page")
    hostile = "<img src=x onerror=alert(1)><script>document.title='hacked'</script><style>body{display:none}</style>"
    for number in range(9):
        answers = {
            FIRST: LEVELS["1a.school"][(number + 2) % 3],
            f"{FIRST}-notes": hostile,
            SECOND: "doing",
            QUESTION: f"{hostile} {number}",
            "1a.school.q9": hostile,
        }
        save(folder / "in", f"p{number}", answers=answers | {"1a.school.team": f"Team {number // 4} {hostile}"}, wording={"1a.school.q9": hostile})
        save(
            folder / "in",
            f"r{number}",
            form="lea-self-reflection",
            answers={"rubric.1a1": LEVELS["lea-self-reflection"][number % 4], "rubric.team": "A"},
        )
    assert collect(folder / "in", "--out", folder / "out", "--by", "team").exit_code == 0
    return (folder / "out" / "summary.html").as_uri()


@dataclass(frozen=True)
class Seen:
    """The page in a browser, what it asked for, and what the browser said of it."""

    tab: Page
    asked: list[str]
    complaints: list[str]


@pytest.fixture(params=["light", "dark"])
def seen(request: pytest.FixtureRequest, browser: Browser, page: str) -> Iterator[Seen]:
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 800}, bypass_csp=False)
    found = Seen(context.new_page(), [], [])
    found.tab.on("request", lambda request: found.asked.append(request.url))
    found.tab.on("console", lambda message: found.complaints.append(message.text))
    found.tab.goto(page)
    yield found
    context.close()


def test_the_page_runs_nothing_and_asks_nothing(seen: Seen, page: str) -> None:
    assert seen.asked == [page]
    assert seen.complaints == []
    policy = seen.tab.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert (policy or "").startswith("default-src 'none'; style-src 'sha256-")
    assert seen.tab.title() == "Collected answers"
    assert seen.tab.locator("script, img, link, iframe, [style], [onerror]").count() == 0
    assert seen.tab.locator("li", has_text="<img src=x onerror=alert(1)><script>").count() > 9
    assert seen.tab.evaluate("getComputedStyle(document.body).display") == "block"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_is_accessible_and_does_not_scroll_sideways(seen: Seen, width: int) -> None:
    seen.tab.set_viewport_size({"width": width, "height": 800})
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= width
    seen.tab.evaluate(AXE_SCRIPT)
    violations = seen.tab.evaluate(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        ".then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)))"
    )
    assert violations == []


def test_the_page_prints_with_all_its_words_on_white(seen: Seen) -> None:
    sheets = pypdf.PdfReader(io.BytesIO(seen.tab.pdf(format="Letter"))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    for words in ("Collected answers", "hidden (fewer than 3 people)", "Consistently high", "between", "Not in the form"):
        assert words in text, words
    seen.tab.emulate_media(media="print")
    assert seen.tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
