"""One page of every layout, and every state that a reader can bring a page into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from generator.catalog.routes import PAGES, page_of
from generator.forms.form_fields import FormBlanks
from site_tests.support.composing import address as composed
from site_tests.support.composing import find, own, press_add, rows
from site_tests.support.page_faults import NARROWEST, PHONE, WIDE
from site_tests.support.team_files import give, people, saved

SINGLE = {
    "practice": "4b",
    "cell": "1a/school",
    "reflection": "4c/school",
    "domain": "turnaround-leadership",
    "level": "school",
    "habit": "participation",
    "tool": "four-simple-questions",
    "step": "create-a-plan",
    "form": "planning-template",
    "section": "1a/school",
}
"""Of each kind of pages of single records, the one that is looked at."""

LAYOUTS = {
    **PAGES,
    **{kind: page_of(kind, path) for kind, path in SINGLE.items()},
    "overview of a practice": "practices/1c/",
    "practice at a level with notes": "practices/4c/school/",
    "five whys": "forms/five-whys/",
    "theory of action": "forms/theory-of-action/",
    "no such page": "404.html",
}
"""One page of each row of the table of pages, and some more: each layout to its address."""

FRAME = ("home", "cell", "no such page")
"""Head, tabs, menu, contents and foot are the engine's own; these have all of them."""

Forms = Mapping[str, FormBlanks]

CELL, LEA, TEAM, COMPOSE = "reflect/1a/school/", "self-reflection/lea/", "team/", "compose/"
TALK = composed(
    ("t", "Building trust"),
    ("g", "Lincoln team"),
    ("s", "14:00"),
    ("p", "12"),
    ("e", ".step~n~5~e4"),
    ("x", "Welcome everyone"),
    ("e", "1a.school.q1~l~10~g4"),
    ("n", "Listen for names"),
    ("e", "rubric.1a1~h~10~a4"),
)


@dataclass(frozen=True)
class State:
    """A page, and what a reader does there."""

    where: str
    enter: Callable[[Page, Forms], None]
    widths: tuple[int, ...] = (WIDE, NARROWEST)
    whole: bool = True
    """Whether all of the page is in reach."""


def _nothing(page: Page, forms: Forms) -> None:
    """The address says it all."""


def _open_all(page: Page, forms: Forms) -> None:
    """Of the menus of items, which lie over the page, a reader has one open at a time."""
    page.evaluate("document.querySelectorAll('details:not(.pb-item-menu)').forEach(one => { one.open = true; })")


def _fill(page: Page, answers: Mapping[str, str]) -> None:
    for name, answer in answers.items():
        page.locator(f"[name='{name}']").fill(answer)
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")


def _answer(page: Page, forms: Forms) -> None:
    page.locator("[name='1a.school.participation.1'][value=doing]").check()
    page.locator("[name='1a.school.participation.2'][value='not-yet']").check()
    _fill(page, {"1a.school.q1": "What we said. " * 20})


def _cleared(page: Page, forms: Forms) -> None:
    _answer(page, forms)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def _two_sessions(page: Page, forms: Forms) -> None:
    _answer(page, forms)
    page.locator("#pb-sessions").select_option("")
    page.locator("#pb-session-name").fill("The second team, with a name that is rather long for a list")
    _fill(page, {"1a.school.q2": "Something else"})


def _bad_file(page: Page, forms: Forms) -> None:
    page.locator("#pb-open-file").set_input_files({"name": "answers.json", "mimeType": "application/json", "buffer": b"{"})
    expect(page.locator("#pb-notice")).to_be_visible()


def _sessions_listed(page: Page, forms: Forms) -> None:
    _two_sessions(page, forms)
    page.goto(page.url.removesuffix("1a/school/"))
    expect(page.get_by_role("link", name="The second team")).to_be_visible()


def _own_matrix(page: Page, forms: Forms) -> None:
    _answer(page, forms)
    page.goto(page.url.replace(CELL, "matrix/"))
    expect(page.locator(".pb-mine")).to_be_visible()


def _rated(page: Page, forms: Forms) -> None:
    for element in ("1a1", "1a2", "2a1", "3a1", "4c1"):
        page.locator(f"[name='rubric.{element}']").nth(int(element[2])).check()
    expect(page.locator("#pb-summary-count")).to_contain_text("rated")


def _whys(page: Page, forms: Forms) -> None:
    _fill(page, {"five-whys.symptom": "Few parents come", "five-whys.why.1.because": "They hear of it late", "five-whys.cause": "Nobody owns it"})


def _bones(page: Page, forms: Forms) -> None:
    _fill(page, {"fishbone.diagram.problem": "Few parents come", "fishbone.diagram.bone.1.causes": "Nobody owns it\nLate letters"})


def _theory(page: Page, forms: Forms) -> None:
    _fill(page, {f"theory-of-action.{part}": "we visit families" for part in ("if", "then")})
    page.get_by_label("Practices of the playbook that it is aligned with: 4C").check()


def _team_of_25(page: Page, forms: Forms) -> None:
    give(page, people(forms["lea-self-reflection"]))
    expect(page.locator("#pb-team-status")).to_have_text("25 files: 25 sessions of 1 form")
    _open_all(page, forms)


def _two_dates(page: Page, forms: Forms) -> None:
    form = forms["1a.school"]
    give(page, [*people(form, 4), *(saved(form, 9 + n, {"1a.school.q1": "An answer in words"}, changed="2026-06-02T08:00:00Z") for n in range(3))])
    page.get_by_label("Compare").select_option("dates")
    expect(page.get_by_label("Then: until")).to_be_visible()
    _open_all(page, forms)


def _bad_team_file(page: Page, forms: Forms) -> None:
    give(page, ["{", *people(forms["1a.school"], 2)])
    expect(page.locator("#pb-team-refused")).to_be_visible()
    page.get_by_role("button", name="Remove all files").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def _composing(page: Page, forms: Forms) -> None:
    own(page, "Text or question", "A long own question " * 8)
    find(page, "trust")
    rows(page).nth(1).get_by_role("button", name="Remove").click()
    _open_all(page, forms)


def _several_handouts(page: Page, forms: Forms) -> None:
    page.get_by_label("Title").fill("Building trust, again")
    expect(page.locator("#pb-handouts")).to_contain_text("Building trust")


def _added(page: Page, forms: Forms) -> None:
    for anchor in ("q1", "participation-2"):
        press_add(page, anchor)
    expect(page.get_by_role("navigation", name="My session")).to_be_visible()


def _menu(page: Page, forms: Forms) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()


STATES = {
    "browse, all facets open": State("browse/", _open_all),
    "browse, chosen": State("browse/?q=family&level=state&sort=kind", _open_all),
    "browse, nothing fits": State("browse/?q=truancy", _nothing),
    "matrix, own answers": State(CELL, _own_matrix),
    "form, filled": State(CELL, _answer),
    "form, cleared": State(CELL, _cleared),
    "form, two sessions": State(CELL, _two_sessions),
    "form, bad file": State(CELL, _bad_file),
    "list of sessions": State(CELL, _sessions_listed),
    "self-reflection, summed up": State(LEA, _rated),
    "five whys, drawn": State("forms/five-whys/", _whys),
    "fishbone, drawn": State("forms/fishbone/", _bones),
    "theory of action, said": State("forms/theory-of-action/", _theory),
    "team of 25": State(TEAM, _team_of_25),
    "team at two dates": State(TEAM, _two_dates),
    "team, bad file": State(TEAM, _bad_team_file),
    "compose, searching and undoing": State(TALK, _composing),
    "compose, saved": State(TALK, _several_handouts),
    "compose, cut address": State(TALK[:-12], _nothing),
    "search, found": State("search/?q=parents", _nothing),
    "search, nothing found": State("search/?q=xyzzy", _nothing),
    "items added": State("practices/1a/school/", _added),
    "an item that a link leads to": State("practices/1a/school/#q3", _nothing),
    "all that opens": State("practices/1a/school/", _open_all),
    "coaching, chosen": State("coaching/", _open_all),
    "menu": State("practices/1a/school/", _menu, (PHONE, NARROWEST), whole=False),
    "menu of the first page": State("", _menu, (NARROWEST,), whole=False),
}
"""What is done on a page, and what it is then."""
