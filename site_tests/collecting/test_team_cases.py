"""The team page and `playbook collect` follow one set of rules: team_cases.json, of which each case is asked of both."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from playwright.sync_api import Browser, Page

from generator.collecting import groups
from generator.collecting.groups import Group
from generator.collecting.readers import from_json
from generator.collecting.readers.folding import folded, order
from generator.collecting.readers.session import Known, Saved, Session, of_answers
from generator.collecting.statistics import Result, compare, hidden
from generator.forms.form_fields import Blank, FormBlanks

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "team_cases.json").read_text(encoding="utf-8"))
FORM = FormBlanks("f", "Form", "", "f", (Blank("f.name", "Name"),))


SIGNED = "({ answers }) => ({ name: answers['f.name'] ?? '', team: answers['f.team'] ?? '' })"
ONE = f"(sessions => playbookPersons.latest(sessions, {SIGNED}, new Set()))"
"""Leaves one session of each person, as the page does."""


def cases(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["case"])


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The team page, whose figures are asked."""
    # Not in UTC, so that a time that is taken for local shows.
    context = browser.new_context(timezone_id="America/New_York")
    opened = context.new_page()
    opened.goto(f"{address}team/")
    yield opened
    context.close()


def session(number: int, answers: dict[str, str], changed: str = "2026-01-01T12:00:00Z", name: str = "") -> dict[str, Any]:
    """A saved file."""
    told = {"format": "engagement-playbook-answers", "version": 1, "id": name or f"s{number}", "form": "f", "title": "Form", "name": "Session"}
    return told | {"created": changed, "changed": changed, "edition": "0.1.0", "answers": answers, "wording": {}}


def read(files: list[dict[str, Any]]) -> list[Session]:
    """The same files as `playbook collect` reads them."""
    known = Known({"f": FORM}, now=datetime.now(UTC))
    return [from_json.read(json.dumps(file).encode(), known, datetime(2020, 1, 1, tzinfo=UTC)) for file in files]


def _choices(case: dict[str, Any]) -> list[str] | None:
    choices: list[str] | None = case.get("choices", CASES["scale"])
    return choices


# ---- Who is shown, and what ----


def _collected(case: dict[str, Any]) -> Result:
    """What the command makes of the answers to one blank."""
    choices = _choices(case)
    blank = Blank("f.a", "Asked", tuple((value, value) for value in choices or ()), rates="choices" not in case)
    form = FormBlanks("f", "Form", "", "f", (blank,))
    # Somebody elsewhere answers, so that the blank is asked at all.
    answered = [{"f.a": answer} if answer else {"f.b": "x"} for answer in [*case["answers"], *([(choices or ["doing"])[-1]] * 9)]]
    saved = [Saved(datetime(2026, 1, 1, tzinfo=UTC), id=str(at)) for at in range(len(answered))]
    everyone = tuple(of_answers(Known({"f": form}), form, answers, {}, one) for one, answers in zip(saved, answered, strict=True))
    these, others = Group("these", everyone[:-9]), Group("others", everyone[-9:])
    found = compare(form, [these, others], case.get("minimum", 3), names=False)
    return next(question for question in found.questions if question.blank == blank).results[0]


@cases("answers")
def test_the_command_shows_what_the_case_says(case: dict[str, Any]) -> None:
    found = _collected(case)
    assert found.hidden == ("few" if case["hidden"] else None)
    assert found.people == (0 if case["hidden"] else case["people"])
    assert not (found.hidden and (found.counts or found.spread or found.answers))
    if "counts" in case:
        assert list(found.counts) == case["counts"]
    if "median" in case:
        assert found.spread
        told = (found.spread.lowest, found.spread.median, found.spread.highest, round(found.spread.disagreement, 4))
        assert told == (case["lowest"], case["median"], case["highest"], case["disagreement"])


@cases("answers")
def test_the_page_shows_what_the_case_says(page: Page, case: dict[str, Any]) -> None:
    choices = _choices(case)
    given = [answer for answer in case["answers"] if answer]
    pairs = [[value, value] for value in choices] if choices is not None else None
    people, reason, found = page.evaluate(
        """([answers, choices, least]) => {
            const people = playbookFigures.peopleOf(answers, choices ?? undefined);
            return [people, playbookFigures.hides([people], least)[0], playbookFigures.figures(answers, choices ?? [])];
        }""",
        [given, pairs, case.get("minimum", 3)],
    )
    assert (people, reason) == (case["people"], "few" if case["hidden"] else "")
    if "counts" in case:
        assert (found["people"], found["counts"]) == (case["people"], case["counts"])
    if "median" in case:
        told = (found["lowest"], found["median"], found["highest"], round(found["apart"], 4))
        assert told == (case["lowest"], case["median"], case["highest"], case["disagreement"])


@cases("splits")
def test_no_hidden_group_can_be_worked_out_from_the_others(page: Page, case: dict[str, Any]) -> None:
    people, minimum = case["people"], case.get("minimum", 3)
    assert [reason or "" for reason in hidden(people, minimum)] == case["hidden"]
    assert page.evaluate("([people, least]) => playbookFigures.hides(people, least)", [people, minimum]) == case["hidden"]


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 5))
def test_what_is_hidden_of_several_groups_is_of_enough_people_or_everything(people: list[int], minimum: int) -> None:
    reasons = hidden(people, minimum)
    together = sum(number for number, reason in zip(people, reasons, strict=True) if reason)
    assert not any(reasons) or all(reasons) or together >= minimum
    assert all(reason or number >= minimum or minimum == 1 for number, reason in zip(people, reasons, strict=True))


# ---- Days, saves, teams ----


@cases("days")
def test_both_know_the_day_of_a_session(page: Page, case: dict[str, Any]) -> None:
    file = session(0, {"f.date": case["date"], "f.a": "x"}, case["changed"])
    assert str(read([file])[0].day) == case["day"]
    assert page.evaluate("session => playbookFigures.dayOf(session, { prefix: 'f' })", file) == case["day"]


@cases("latest")
def test_both_count_the_same_saves(page: Page, case: dict[str, Any]) -> None:
    files = [session(at, {"f.a": str(at)}, changed, name) for at, (name, changed) in enumerate(case["saves"])]
    assert sorted(int(found.answers["f.a"]) for found in groups.latest(read(files))) == case["counts"]
    told = page.evaluate(f"sessions => {ONE}(sessions).map(({{ answers }}) => Number(answers['f.a']))", files)
    assert sorted(told) == case["counts"]


@cases("teams")
def test_both_make_the_same_teams(page: Page, case: dict[str, Any]) -> None:
    files = [session(at, {"f.team": team, "f.a": "x"}) for at, team in enumerate(case["teams"])]
    found = [["" if group.label == groups.NO_TEAM else group.label, len(group.sessions)] for group in groups.by_team(read(files))]
    assert found == case["groups"]
    told = page.evaluate(
        f"sessions => playbookFigures.byTeam(sessions, {{ prefix: 'f' }}, {ONE}).map(({{ title, sessions }}) => [title, sessions.length])", files
    )
    assert [["" if title == "No team named" else title, number] for title, number in told] == case["groups"]


@cases("alike")
def test_both_take_texts_for_the_same(page: Page, case: dict[str, Any]) -> None:
    assert len(set(map(folded, case["texts"]))) == 1
    assert len(set(page.evaluate("texts => texts.map(playbookNames.folded)", case["texts"]))) == 1


@cases("different")
def test_both_take_texts_for_different(page: Page, case: dict[str, Any]) -> None:
    assert len(set(map(folded, case["texts"]))) == len(case["texts"])
    assert len(set(page.evaluate("texts => texts.map(playbookNames.folded)", case["texts"]))) == len(case["texts"])


def test_both_fold_every_character_alike(page: Page) -> None:
    """Of the characters that this Python knows; a later Unicode changes none of them."""
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    texts = [f"A{sign}b" for sign in known]
    told = page.evaluate("texts => texts.map(playbookNames.folded)", texts)
    assert [(text, here, there) for text, here, there in zip(texts, map(folded, texts), told, strict=True) if here != there] == []


@cases("orders")
def test_both_sort_alike(page: Page, case: dict[str, Any]) -> None:
    assert sorted(case["texts"], key=order) == case["sorted"]
    assert page.evaluate("texts => texts.sort(playbookNames.order)", case["texts"]) == case["sorted"]


@cases("signed")
def test_both_tell_two_people_in_one_session(page: Page, case: dict[str, Any]) -> None:
    files = [session(at, {"f.name": name, "f.a": "x"}, name=code) for at, (code, name) in enumerate(case["saves"])]
    assert [list(names) for names in groups.two_people(read(files))] == case["told"]
    assert page.evaluate(f"sessions => playbookPersons.twoPeople(sessions, {SIGNED})", files) == case["told"]


@cases("dates")
def test_both_compare_the_same_people_at_two_dates(page: Page, case: dict[str, Any]) -> None:
    files = [session(at, {"f.date": day, "f.a": "x"}, name=code) for at, (code, day) in enumerate(case["saves"])]
    until, since = (date.fromisoformat(case[end]) if case[end] else None for end in ("until", "from"))
    assert [sorted(one.id for one in group.sessions) for group in groups.by_date(read(files), until, since)] == [case["then"], case["now"]]
    told = page.evaluate(
        f"""([sessions, until, from]) => playbookFigures.byDate(sessions, {{ prefix: "f" }}, until, from, {ONE})
            .map(({{ sessions }}) => sessions.map(({{ id }}) => id).sort())""",
        [files, case["until"], case["from"]],
    )
    assert told == [case["then"], case["now"]]


def test_one_id_in_two_forms_is_two_sessions(page: Page) -> None:
    files = [session(0, {"f.a": "x"}, name="a"), session(0, {"g.a": "x"}, name="a") | {"form": "g"}]
    assert len(groups.latest(read(files))) == 2
    assert page.evaluate(f"sessions => {ONE}(sessions).length", files) == 2


@cases("gaps")
def test_both_see_the_widest_gap(page: Page, case: dict[str, Any]) -> None:
    found = groups.widest_gap(map(date.fromisoformat, case["days"]))
    assert (found and [str(day) for day in found]) == case["gap"]
    assert page.evaluate("days => playbookFigures.widestGap(days)", case["days"]) == case["gap"]


# ---- Persons ----


def _saves(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a case; what a save does not say is as in any other."""
    found = []
    for at, save in enumerate(case["saves"]):
        answers = {"f.a": str(at)} | {f"f.{part}": save[part] for part in ("name", "team") if part in save}
        file = session(at, answers, save.get("changed", f"2026-01-{at + 1:02}T12:00:00Z"), save.get("id", ""))
        found.append(file | {"origin": save.get("origin", ""), "created": save.get("created", "2026-01-01T12:00:00Z")})
    return found


@cases("persons")
def test_both_count_persons_and_not_files(page: Page, case: dict[str, Any]) -> None:
    files = _saves(case)
    sessions = read(files)
    assert sorted(int(one.answers["f.a"]) for one in groups.latest(sessions)) == case["counts"]
    assert [len(several) for several in groups.alike(sessions)] == case["asked"]
    told = page.evaluate(f"sessions => {ONE}(sessions).map(({{ answers }}) => Number(answers['f.a']))", files)
    assert sorted(told) == case["counts"]
    asked = page.evaluate(f"sessions => playbookPersons.alike(sessions, {SIGNED}).map(({{ sessions }}) => sessions.length)", files)
    assert asked == case["asked"]


@cases("persons")
def test_who_is_told_apart_on_the_page_counts_as_several(page: Page, case: dict[str, Any]) -> None:
    told = page.evaluate(
        f"""sessions => {{
            const apart = new Set(playbookPersons.alike(sessions, {SIGNED}).map(({{ key }}) => key));
            return playbookPersons.latest(sessions, {SIGNED}, apart).map(({{ answers }}) => Number(answers["f.a"]));
        }}""",
        _saves(case),
    )
    assert sorted(told) == case.get("apart", case["counts"])


@cases("rounds")
def test_both_see_the_rounds(page: Page, case: dict[str, Any]) -> None:
    assert [[str(first), str(last)] for first, last in groups.rounds(map(date.fromisoformat, case["days"]))] == case["rounds"]
    assert page.evaluate("days => playbookFigures.rounds(days)", case["days"]) == case["rounds"]
