"""What somebody types, or a link asks for, never freezes a page: it is looked for as far as that helps, and the page says where it was cut."""

from __future__ import annotations

import random
import re
import string
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from site_tests.support.chromium import Open

MOST_LETTERS, MOST_WORDS, MOST_SHOWN = 200, 24, 1000
CUT = re.compile(r"Only the beginning of your words was looked for, up to “.*”\.$")

QUESTIONS = {
    "500 equal letters": "a" * 500,
    "800 varied letters": "".join(chr(97 + (number * number * 7 + number) % 26) for number in range(800)),
    "an unknown word of the longest kind": "qwertyuiopasdfghjklzxcvbnm" * 7,
    "8,000 words": "school " * 8_000,
    "8,000 different words": " ".join(f"w{number}" for number in range(8_000)),
    "as many unknown words as there is room for": " ".join(f"{first}urbx{last}" for first in string.ascii_lowercase for last in "abc"),
    "only punctuation": "?!.,-" * 2_000,
    "astral characters": "𝒜𝒷𝒸😀" * 1_000,
    "a cut within a letter": "x" + "😀" * 400,
    "combining marks": "a" + "\u0301\u0316" * 4_000,
    "what patterns are made of": "(a+)+$ [a-z]{9,99} .* \\\\ *~9 ^9 " * 40,
    "spaces": " " * 5_000 + "school" + " " * 5_000,
}
BOXES = {"search/": ("#pb-query", "#pb-status"), "browse/": ("#pb-words", "#pb-status"), "compose/": ("#pb-item-words", "#pb-item-number")}


def _type(page: Page, box: str, text: str) -> None:
    """Put a text into a box as a paste does, whatever the box itself would hold."""
    page.locator(box).evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }", text)


@pytest.mark.parametrize("where", ["search/", "browse/"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_link_with_any_question_opens(visit: Open, where: str, question: str) -> None:
    box, told = BOXES[where]
    errors: list[str] = []
    page = visit("about/")
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(re.sub(r"about/$", where, page.url) + "?q=" + quote_plus(QUESTIONS[question]))
    assert len(page.locator(box).input_value()) <= MOST_SHOWN
    _type(page, box, "trust")
    expect(page.locator(told)).to_have_text(re.compile("^[1-9]"))
    assert errors == []


@pytest.mark.parametrize("where", BOXES)
def test_any_question_is_answered_as_far_as_it_was_looked_for(visit: Open, where: str) -> None:
    box, told = BOXES[where]
    page = visit(where)
    for name, question in QUESTIONS.items():
        if name == "combining marks":
            continue  # The browser itself takes a minute to draw them, which the boxes' own limit prevents.
        _type(page, box, question)
        told_of = page.locator(told).inner_text()
        is_long = len(question.strip()) > MOST_LETTERS or len(question.split()) > MOST_WORDS
        has_words = where != "search/" or any(letter.isalnum() for letter in question)
        assert bool(CUT.search(told_of)) == (is_long and has_words), (name, told_of)
    _type(page, box, "trust")
    assert "beginning" not in page.locator(told).inner_text()


def test_the_same_little_is_looked_for_everywhere(visit: Open) -> None:
    """The work of a question grows with its words, their letters and nothing else."""
    page = visit("search/")
    for question in QUESTIONS.values():
        asked, words = page.evaluate(
            "text => { const { text: asked } = playbookWords.asked(text); return [asked, questionOf(asked).words]; }", question
        )
        assert len(asked.encode("utf-16-le")) // 2 <= MOST_LETTERS
        assert len(words) <= MOST_WORDS
        assert "\ufffd" not in asked
        assert question.strip().startswith(asked)


def test_a_word_too_long_to_be_known_is_compared_with_none(visit: Open) -> None:
    """The slow part of the search was to look for words like this one."""
    page = visit("search/")
    count = "word => [...vocabulary.values()].flat().filter((known) => Math.abs(known.length - word.length) <= 2).length"
    assert page.evaluate(count, "a" * MOST_LETTERS) == 0
    assert page.evaluate(count, "improvment") > 100


def _distance(one: str, other: str) -> int:
    """How many letters two words differ by: more, less, another or two that changed places; written down as it is defined."""
    known: dict[tuple[int, int], int] = {}
    for row in range(len(one) + 1):
        for at in range(len(other) + 1):
            if not row or not at:
                known[row, at] = row + at
                continue
            same = one[row - 1] == other[at - 1]
            found = [known[row - 1, at] + 1, known[row, at - 1] + 1, known[row - 1, at - 1] + (not same)]
            if row > 1 and at > 1 and one[row - 1] == other[at - 2] and one[row - 2] == other[at - 1]:
                found.append(known[row - 2, at - 2] + 1)
            known[row, at] = min(found)
    return known[len(one), len(other)]


def test_words_are_near_by_the_letters_that_differ(visit: Open) -> None:
    chance = random.Random(7)
    pairs = [tuple("".join(chance.choices("abc", k=chance.randrange(7))) for _ in "12") for _ in range(2_000)]
    pairs += [("trust", "trsut"), ("trust", "tust"), ("improvement", "improvment"), ("improvement", "impovemetn"), ("", "a"), ("", "")]
    found = visit("search/").evaluate("pairs => pairs.map(([one, other]) => [1, 2].map((most) => playbookWords.near(one, other, most)))", pairs)
    assert found == [[_distance(*pair) <= most for most in (1, 2)] for pair in pairs]


def test_every_box_for_words_holds_no_more_than_a_browser_can_draw(visit: Open) -> None:
    for where in ("", "search/", "browse/", "compose/"):
        boxes = visit(where).locator("input[type=search]")
        assert boxes.evaluate_all("boxes => boxes.map((box) => box.maxLength)") == [MOST_SHOWN] * boxes.count()
        assert boxes.count()


COUNT = """() => {
    window.measured = 0;
    const { measureText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.measureText = function (text) {
        window.measured += text.length;
        return measureText.call(this, text);
    };
}"""
"""How many letters a drawing measures."""


@pytest.mark.parametrize(
    ("text", "drawn"),
    [("w" * 20_000, 20_000), ("\ufdfd" * 20_000, 20_000), ("\u200b" * 5_000, 5_000), (". " * 9_999 + "x", 10_000)],
    ids=["one word", "wide letters", "letters without width", "points"],
)
def test_a_text_as_long_as_a_form_takes_is_drawn_whole(visit: Open, text: str, drawn: int) -> None:
    page = visit("forms/fishbone/")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate(COUNT)
    page.locator("[name='fishbone.diagram.problem']").fill(text)
    expect(page.locator("#pb-drawing svg")).to_be_visible()
    assert errors == []
    # A letter is measured again with each word and each cut of its line, not with each of the text.
    assert page.evaluate("measured") <= 1000 * len(text)
    assert (
        page.evaluate("[...document.querySelectorAll('#pb-drawing tspan')].map((line) => line.textContent).join('').replaceAll(' ', '').length")
        >= drawn
    )


def test_a_theory_of_action_forgives_any_points_at_its_end(visit: Open) -> None:
    page = visit("forms/theory-of-action/")
    page.locator("[name='theory-of-action.if']").fill("meet " + ". " * 5_000 + "weekly ; … .")
    expect(page.locator("#pb-sentence")).to_contain_text("weekly, then …")
