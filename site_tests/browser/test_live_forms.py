"""Forms that make something of their answers while they are typed: drawings and a sentence; and every form on paper."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from playwright.sync_api import Page, expect

from site_tests.support.chromium import PHONE, Open
from site_tests.support.nonempty import nonempty

WHYS = {
    "five-whys.symptom": "Few parents come",
    "five-whys.why.1.because": "They hear of it late",
    "five-whys.why.2.because": "Letters go out on the day before",
    "five-whys.cause": "Nobody owns the invitations",
}
BONES = {
    "fishbone.diagram.problem": "Few parents come to our meetings",
    "fishbone.diagram.bone.1.category": "Leadership",
    "fishbone.diagram.bone.1.causes": "Nobody owns it\nLate letters",
    "fishbone.diagram.bone.1.act": "Name one person",
    "fishbone.diagram.bone.6.causes": "The bus stops at four",
}
PRINTED = {
    "cell": "reflect/1a/school/",
    "overview": "reflect/1c/overview/",
    "self-reflection": "self-reflection/lea/",
    "planning-template": "forms/planning-template/",
    "five-whys": "forms/five-whys/",
    "fishbone": "forms/fishbone/",
    "theory-of-action": "forms/theory-of-action/",
}


def _fill(page: Page, answers: dict[str, str]) -> None:
    for name, answer in answers.items():
        page.locator(f"[name='{name}']").fill(answer)
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")


def _drawn(page: Page) -> str:
    return " ".join(page.locator("#pb-drawing svg tspan").all_text_contents())


def test_the_five_whys_draw_a_chain_of_what_is_filled_in(visit: Open) -> None:
    page = visit("forms/five-whys/")
    expect(page.locator("#pb-drawn")).to_be_hidden()
    _fill(page, WHYS)
    expect(page.locator("#pb-drawing rect")).to_have_count(4)
    page.get_by_label("In part").check()
    expect(page.get_by_role("img", name="Symptom: Few parents come. Why 1: because: They hear of it late")).to_be_visible()
    for answer in (*WHYS.values(), "We can act on part of it."):
        expect(page.locator("#pb-drawing")).to_contain_text(answer)
    page.reload()
    expect(page.locator("#pb-drawing rect")).to_have_count(4)


def test_the_fishbone_draws_each_bone_with_its_causes(visit: Open) -> None:
    page = visit("forms/fishbone/")
    _fill(page, BONES)
    drawing = page.get_by_role("img", name="Problem: Few parents come to our meetings")
    expect(drawing).to_be_visible()
    words = _drawn(page)
    for said in ("Few parents", "Leadership", "– Nobody owns it", "– Late letters", "We can act on: Name", "Cause 6", "– The bus stops at"):
        assert said in words
    assert "Cause 2" not in words
    assert "Bone" not in page.inner_text("main")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(("where", "answers"), [("forms/five-whys/", WHYS), ("forms/fishbone/", BONES)], ids=["five-whys", "fishbone"])
def test_no_word_of_a_drawing_leaves_it(visit: Open, where: str, answers: dict[str, str], size: dict[str, int]) -> None:
    page = visit(where, viewport=size)
    _fill(page, {name: f"{answer} {'unbreakable' * 12} and more words to go on with" for name, answer in answers.items()})
    outside = page.locator("#pb-drawing svg").evaluate(
        "svg => { const all = svg.getBoundingClientRect();"
        " return [...svg.querySelectorAll('text, rect')].map(part => part.getBoundingClientRect())"
        ".filter(box => box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1 || box.bottom > all.bottom + 1).length }"
    )
    assert outside == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_drawing_can_be_taken_away_as_a_file(visit: Open) -> None:
    page = visit("forms/fishbone/")
    hostile = '<script>alert(1)</script> & "quotes"'
    _fill(page, BONES | {"fishbone.diagram.bone.2.causes": hostile})
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the drawing").click()
    assert download.value.suggested_filename == "fishbone.svg"
    drawing = ElementTree.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert {part.tag.rpartition("}")[2] for part in drawing.iter()} <= {"svg", "path", "rect", "text", "tspan"}
    assert "<script>alert(1)" in "".join(drawing.itertext())


THEORIES = {
    "nothing": ({}, None, None),
    "one part": ({"if": "visit families"}, "Still missing: “then …”, “and …”. No practice is checked yet.", "If we visit families, then …, and …."),
    "all parts": (
        {"if": "visit families", "then": "teachers know them", "and": "students come"},
        "No practice is checked yet.",
        "If we visit families, then teachers know them, and students come.",
    ),
    "said twice": (
        {"if": "If we visit families,", "then": "Then teachers know them.", "and": "… and students come …"},
        "No practice is checked yet.",
        "If we visit families, then teachers know them, and students come.",
    ),
}


@pytest.mark.parametrize(("parts", "note", "sentence"), THEORIES.values(), ids=THEORIES)
def test_a_theory_of_action_tells_what_is_missing(visit: Open, parts: dict[str, str], note: str | None, sentence: str | None) -> None:
    page = visit("forms/theory-of-action/")
    if not parts:
        expect(page.locator("#pb-drawn")).to_be_hidden()
        return
    _fill(page, {f"theory-of-action.{part}": text for part, text in parts.items()})
    expect(page.locator("#pb-drawn-note")).to_have_text(str(note))
    expect(page.locator("#pb-sentence")).to_have_text(str(sentence))


def test_a_theory_of_action_carries_the_codes_of_its_practices(visit: Open) -> None:
    page = visit("forms/theory-of-action/", permissions=["clipboard-read", "clipboard-write"])
    _fill(page, {"theory-of-action.if": "visit families", "theory-of-action.then": "teachers know them", "theory-of-action.and": "students come"})
    for code in ("4C", "1A"):
        page.get_by_label(f"Practices of the playbook that it is aligned with: {code}").check()
    expect(page.locator("#pb-sentence")).to_have_text("If we visit families, then teachers know them, and students come (1A, 4C).")
    expect(page.locator("#pb-drawn-note")).to_have_text("All three parts are there.")
    page.get_by_role("button", name="Copy the sentence").click()
    expect(page.get_by_text("Text copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "If we visit families, then teachers know them, and students come (1A, 4C)."


def test_the_code_of_a_tenth_domain_is_whole(visit: Open) -> None:
    page = visit("forms/theory-of-action/")
    page.get_by_label("Practices of the playbook that it is aligned with: 2A").check()
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(key => key.startsWith("pb.answers."));
            const session = JSON.parse(localStorage[key]);
            session.answers["theory-of-action.practices.10a"] = "on";
            localStorage[key] = JSON.stringify(session);
        }"""
    )
    page.reload()
    expect(page.locator("#pb-sentence")).to_have_text("If we …, then …, and … (2A, 10A).")


@pytest.mark.parametrize("where", PRINTED.values(), ids=PRINTED)
def test_each_form_prints_its_answers_and_nothing_of_the_screen(visit: Open, where: str) -> None:
    page = visit(where)
    areas = page.locator("form[data-form] textarea")
    last = areas.count() - 1
    for at, words in ((0, "The first answer"), (last, "The last answer")):
        areas.nth(at).fill(words)
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages]
    text = " ".join(" ".join(sheets).split())
    assert "The first answer" in text
    assert "The last answer" in text
    assert all(sheet.strip() for sheet in sheets)
    for button in ("Save to a file", "Download", "Copy", "Nothing is sent", "Added by this edition Added"):
        assert button not in text
    page.emulate_media(media="print")
    for blank in nonempty(page.locator("form[data-form] :is(textarea, input[type=text])").all()[:40]):
        assert blank.evaluate("blank => blank.scrollHeight - blank.clientHeight") <= 2
