"""What is no longer here: its id stays away, its old address leads on or says why, in both engines, with and without scripts, from a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.page_table import answering
from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.problems import Problem
from site_tests.support.chromium import Open, served
from site_tests.support.nonempty import nonempty
from site_tests.support.page_faults import faults
from site_tests.support.past import EARLIER, EDITION, age
from site_tests.support.project import built, once, stock
from site_tests.support.two_editions import copy_first_edition

CELL = "practices/1a/school/"
ENGINES = ("mkdocs", "zensical")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first edition, to be given a past."""
    return copy_first_edition(tmp_path / "project")


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory, small_edition: Path) -> dict[str, Path]:
    """The site of a project with a past, as each engine builds it."""

    def make(engine: str) -> Path:
        folder = once(
            tmp_path_factory,
            f"aged-{engine}",
            lambda root: built(age(stock(copy_first_edition(root, small_edition), small_edition)), engine),  # type: ignore[arg-type]
        )
        return folder / "site"

    return {engine: make(engine) for engine in ENGINES}


@pytest.fixture(scope="module")
def past(aged: dict[str, Path]) -> Iterator[str]:
    """The same site on this machine."""
    with served(aged["mkdocs"]) as address:
        yield address


# ---- In the data ----


def _problems(project: Path, records: str) -> list[Problem]:
    (project / "data" / "retired.yml").write_text(f"retired:\n{records}", encoding="utf-8")
    found = check(project)
    assert not isinstance(found, Edition)
    return found


def _record(name: str, addresses: str, replaced_by: str = "") -> str:
    end = f"    replaced_by: {replaced_by}\n" if replaced_by else ""
    return f"  - id: {name}\n    addresses: [{addresses}]\n    was: x\n    since: 0.2.0\n    why: y\n{end}"


@pytest.mark.parametrize(
    ("records", "line", "code", "hint"),
    [
        pytest.param(_record("1a.school.q1", f"{CELL}#q8"), 2, "retired-id-back", "new number", id="an id that is here again"),
        pytest.param(
            _record("1a.school.q9", f"{CELL}#q9", "1a.school.q7"), 7, "unknown-record", "did you mean '1a.school.q", id="no such replacement"
        ),
        pytest.param(
            _record("a", "tools/a/", "b") + _record("b", "tools/b/", "1a.school.q1"),
            7,
            "replacement-retired",
            "what replaced that: '1a.school.q1'",
            id="a replacement that went too",
        ),
        pytest.param(
            _record("a", "tools/a/", "b") + _record("b", "tools/b/"), 7, "replacement-retired", "leave 'replaced_by' out", id="one that led nowhere"
        ),
        pytest.param(_record("1a.school.q9", f"{CELL}#q1"), 3, "address-taken", "the address that", id="an address that a record has"),
        pytest.param(_record("x", "handouts/1a-school.pdf"), 3, "address-taken", "the address that", id="an address that a handout has"),
        pytest.param(_record("a", "tools/a/") + _record("b", "tools/a/"), 8, "address-taken", "the address that", id="an address that two had"),
        pytest.param(_record("1a.school.q9", "practices/1a/scool/#q9"), 3, "unknown-page", "did you mean", id="an anchor on no page"),
        pytest.param(_record("a", "tools/a/") + _record("a", "tools/b/"), 7, "id-used-twice", "remove one", id="an id that is listed twice"),
    ],
)
def test_a_mistake_in_the_list_is_told_at_its_line(project: Path, records: str, line: int, code: str, hint: str) -> None:
    (told,) = _problems(project, records)
    assert (told.mark.file, told.mark.line, told.code) == ("data/retired.yml", line, code)
    assert hint in told.hint


def test_a_handout_that_is_no_longer_made_is_told(project: Path) -> None:
    path = project / "data" / "permalinks.txt"
    path.write_text(path.read_text(encoding="utf-8") + "handouts/an-old-sheet.pdf\n", encoding="utf-8")
    found = check(project)
    assert isinstance(found, list)
    assert [(problem.code, problem.message) for problem in found] == [
        ("address-lost", "nothing is at 'handouts/an-old-sheet.pdf' anymore"),
    ]


def test_an_address_with_a_slash_before_it_is_told(project: Path) -> None:
    told = _problems(project, _record("a", "/tools/a/"))[0]
    assert (told.mark.line, told.code, told.message) == (3, "malformed-id", "'/tools/a/' does not have the right form")


@pytest.mark.parametrize(
    ("file", "text", "at", "code"),
    [
        pytest.param("editions/0.3.0.yml", EARLIER, "data/editions/0.3.0.yml", "file-twice", id="a file with another version's name"),
        pytest.param("editions/0.1.0.yml", None, "data/playbook.yml", "edition-missing", id="an edition that says nothing"),
        pytest.param("editions/0.1.0.yml", EDITION.replace("2026-11-22", "2026-11-23"), "data/playbook.yml", "edition-missing", id="two dates"),
        pytest.param(
            "editions/0.1.0.yml", EDITION.replace("id: old-form", "id: older-form"), "data/editions/0.1.0.yml", "unknown-record", id="no record"
        ),
    ],
)
def test_a_mistake_in_the_editions_is_told(project: Path, file: str, text: str | None, at: str, code: str) -> None:
    path = age(project) / "data" / file
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    found = check(project)
    assert not isinstance(found, Edition)
    assert [(problem.mark.file, problem.code) for problem in found] == [(at, code)]


def test_new_titles_leave_every_address_where_it_was(project: Path, edition: Edition) -> None:
    for file in (project / "data").rglob("*.yml"):
        if "source-map" not in file.parts:
            text = file.read_text(encoding="utf-8")
            text = re.sub(r"^( *(?:- )?title: ['\"]?)(\w)", r"\1New \2", text, flags=re.MULTILINE)
            # Forms repeat titles of practices and steps.
            file.write_text(re.sub(r"(label: [1-4][A-C]\n +hint: |cycle,\s+“)(\w)", r"\1New \2", text), encoding="utf-8")
    found = check(project)
    assert isinstance(found, Edition), found[:3]
    assert found.catalog.domains["d1"].title == "New Turnaround Leadership"
    assert found.routes.addresses() == edition.routes.addresses()


# ---- On the site ----


@pytest.mark.parametrize("engine", ENGINES)
def test_every_retired_address_answers(aged: dict[str, Path], engine: str) -> None:
    found = check(aged[engine].parent)
    assert isinstance(found, Edition)
    for retired in nonempty(found.catalog.retired.values()):
        for address in nonempty(retired.addresses):
            page, _, anchor = answering(address).partition("#")
            html = HTMLParser((aged[engine] / page / "index.html").read_text(encoding="utf-8"))
            place = html.css_first(f"#{anchor}" if anchor else "article")
            assert place is not None, address
            assert retired.was in place.text()
            assert retired.why in place.text()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_was_replaced_names_the_new_one_to_search_engines(aged: dict[str, Path], engine: str) -> None:
    page = HTMLParser((aged[engine] / "tools/old-tool/index.html").read_text(encoding="utf-8"))
    refresh, canonical = page.css_first("meta[http-equiv=refresh]"), page.css_first("link[rel=canonical]")
    assert refresh is not None
    assert refresh.attributes["content"] == "0; url=../../tools/four-simple-questions/index.html"
    assert canonical is not None
    assert canonical.attributes["href"] == "https://engagement-playbook.example/tools/four-simple-questions/"
    assert len(page.css("link[rel=canonical]")) == 1
    explained = HTMLParser((aged[engine] / "forms/old-form/index.html").read_text(encoding="utf-8"))
    assert not explained.css("meta[http-equiv=refresh]")


with_and_without_scripts = pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="no scripts")])


@with_and_without_scripts
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("offline", [pytest.param(False, id="served"), pytest.param(True, id="from a folder")])
@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param("tools/old-tool/", "tools/four-simple-questions/", "h1", id="to a page"),
        pytest.param("tools/older-tool/", "practices/1a/school/", "#q2", id="to an item"),
        pytest.param("handouts/older-tool.pdf/", "practices/1a/school/", "#q2", id="from a file"),
    ],
)
def test_an_old_address_leads_to_the_new_place(
    visit: Open, aged: dict[str, Path], engine: str, scripts: bool, offline: bool, old: str, new: str, shown: str
) -> None:
    with served(aged[engine]) as address:
        start = (aged[engine] / old / "index.html").as_uri() if offline else address + old
        page = visit(start, java_script_enabled=scripts, offline=offline)
        page.wait_for_url(f"**/{new}index.html*")
        expect(page.locator(shown)).to_be_in_viewport()


@pytest.mark.parametrize("old", ["forms/old-form/", "handouts/old-sheet.pdf"])
@with_and_without_scripts
def test_an_old_address_without_a_successor_says_why_and_where_to_look(visit: Open, past: str, old: str, scripts: bool) -> None:
    page = visit(past + old, java_script_enabled=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("No longer here")
    expect(page.get_by_text("Taken out in version 0.1.0")).to_be_visible()
    for name in ("search", "browse everything", "what is new"):
        expect(page.get_by_role("article").get_by_role("link", name=name)).to_be_visible()


@with_and_without_scripts
def test_an_old_address_of_an_item_shows_what_it_was_and_what_took_its_place(visit: Open, past: str, scripts: bool) -> None:
    page = visit(f"{past}{CELL}#q9", java_script_enabled=scripts)
    item = page.locator("#q9")
    expect(item).to_be_in_viewport()
    expect(item).to_contain_text("Who speaks for the families that cannot come?")
    expect(item).to_contain_text("Question 2 asks it better.")
    item.get_by_role("link", name="1A at the school level, question 2").click()
    expect(page.locator("#q2")).to_be_in_viewport()


def test_paper_does_not_carry_what_is_no_longer_here(visit: Open, past: str) -> None:
    page = visit(past + CELL)
    page.emulate_media(media="print")
    expect(page.locator(".pb-gone")).not_to_be_visible()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="Letter"))) == 2


def test_an_answer_to_a_retired_question_says_why_it_is_no_longer_asked(visit: Open, past: str) -> None:
    page = visit(f"{past}reflect/1a/school/")
    session = {"format": "engagement-playbook-answers", "version": 1, "id": "s1", "form": "1a.school", "title": "1A", "name": "May"}
    session |= {"created": "2026-05-01T10:00:00Z", "changed": "2026-05-01T10:00:00Z", "edition": "0.0.9"}
    said = {"answers": {"1a.school.q9": "Our liaison."}, "wording": {"1a.school.q9": "Who speaks for the families?"}}
    page.locator("#pb-open-file").set_input_files({"name": "may.json", "mimeType": "application/json", "buffer": json.dumps(session | said).encode()})
    told = page.locator("#pb-earlier li")
    expect(told).to_contain_text("No longer asked: “Who speaks for the families?” Your answer: Our liaison.")
    expect(told).to_contain_text("Question 2 asks it better.")
    expect(told.get_by_role("link", name="1A at the school level, question 2")).to_have_attribute("href", "../../../practices/1a/school/#q2")


# ---- What is new ----


def _section(page: Page, title: str) -> str:
    return page.get_by_role("heading", name=title).locator("xpath=following-sibling::ul[1]").inner_text()


def test_the_newest_edition_comes_first_with_what_it_changed(visit: Open, past: str) -> None:
    page = visit(f"{past}whats-new/")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Version 0.1.0", "Version 0.0.9"])
    expect(page.get_by_role("heading", level=3)).to_have_text(["Added (1)", "Reworded (1)", "Moved (1)", "Changed (1)", "Retired (2)"])
    assert "Ensure relevant participation" in _section(page, "Moved (1)")
    assert "http://example.org/b" in _section(page, "Changed (1)")
    assert "and 3 more on its page" in _section(page, "Retired (2)")


def test_old_and_new_words_are_told_apart_by_words_and_marks(visit: Open, past: str) -> None:
    page = visit(f"{past}whats-new/")
    item = page.locator("li", has_text="Touch point together 2")
    expect(item.locator("dt")).to_have_text(["Before", "Now"])
    expect(item.locator("dd")).to_have_text(["Raise the questions that lie behind it.", "Ask the questions that lie behind it."])
    expect(item.locator("del")).to_have_text("Raise")
    expect(item.locator("ins")).to_have_text("Ask")
    assert "line-through" in item.locator("del").evaluate("node => getComputedStyle(node).textDecorationLine")
    assert "underline" in item.locator("ins").evaluate("node => getComputedStyle(node).textDecorationLine")


def test_a_change_leads_to_its_record_or_to_what_became_of_it(visit: Open, past: str) -> None:
    page = visit(f"{past}whats-new/")
    ways: Callable[[str], str | None] = lambda name: page.get_by_role("link", name=name).get_attribute("href")  # noqa: E731
    assert ways("Touch point together 2") == "../practices/1a/school/#together-2"
    assert ways("Question 9, 1A") == "../practices/1a/school/#q9"
    assert ways("Form: The old form") == "../forms/old-form/"


@pytest.mark.parametrize("where", ["whats-new/", "forms/old-form/", f"{CELL}#q9"])
def test_the_pages_of_what_was_are_without_faults(visit: Open, past: str, where: str) -> None:
    assert "\n".join(faults(visit(past + where))) == ""


def test_the_feed_tells_each_edition(aged: dict[str, Path]) -> None:
    atom = {"": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring((aged["mkdocs"] / "whats-new" / "feed.xml").read_bytes())
    assert feed.findtext("updated", namespaces=atom) == "2026-11-22T00:00:00Z"
    told = [(entry.findtext("title", namespaces=atom), entry.findtext("summary", namespaces=atom)) for entry in feed.findall("entry", atom)]
    assert told == [("Version 0.1.0", "Questions say what they mean."), ("Version 0.0.9", "A first try.")]
    page = HTMLParser((aged["mkdocs"] / "whats-new" / "index.html").read_text(encoding="utf-8"))
    ids = [entry.findtext("id", "", atom) for entry in feed.findall("entry", atom)]
    assert all(page.css(f"#{name.partition('#')[2]}") for name in ids)


def test_programs_read_what_is_retired(aged: dict[str, Path]) -> None:
    told = json.loads((aged["mkdocs"] / "data" / "playbook.json").read_text(encoding="utf-8"))["retired"]
    assert [record["id"] for record in told] == ["old-tool", "older-tool", "old-form", "old-sheet", "1a.school.q9", "glossary.old-word"]


def test_check_is_good_with_a_past(project: Path) -> None:
    assert CliRunner().invoke(main, ["check", "--root", str(age(project))]).exit_code == 0
