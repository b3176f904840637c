"""The matrix in a real Chromium: what each box holds, all on one screen, a list on a phone, one sheet on paper."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.checks.checked_edition import Edition
from generator.model import ids
from site_tests.support.chromium import PHONE, Open
from site_tests.support.nonempty import nonempty

BOXES = """[...document.querySelectorAll('.pb-grid td')].map(box =>
    [box.dataset.cell, box.querySelector('a').getAttribute('href'), [...box.querySelectorAll('a > span')].map(span => span.textContent)])"""


def _counted(number: int, one: str) -> list[str]:
    return [f"{number} {one}{'' if number == 1 else 's'}"] if number else []


def test_every_box_says_what_its_page_holds_and_leads_there(visit: Open, edition: Edition) -> None:
    boxes = visit("matrix/").evaluate(BOXES)
    assert [cell for cell, _, _ in boxes] == list(edition.catalog.cells)
    for name, way, said in nonempty(boxes):
        cell = edition.catalog.cells[name]
        level = ids.level_of(name) or "overview"
        touch_points = len(edition.catalog.touch_points(cell))
        tools = len(cell.tools) + sum(len(group.tools) for group in cell.foundational_tools)
        counts = _counted(touch_points, "touch point") + _counted(tools, "tool") + _counted(len(cell.questions), "question")
        assert said == [f"{name[:2].upper()} {level}", *counts]
        assert way == edition.routes.link("matrix/", name)


def test_a_level_page_counts_the_same_things_as_the_map(site: Path, edition: Edition) -> None:
    page = HTMLParser((site / "levels" / "school" / "index.html").read_text(encoding="utf-8"))
    counts = [node.text() for node in page.css(".pb-rows .pb-meta")][: len(edition.catalog.practices)]
    touch_points = [len(edition.catalog.touch_points(edition.catalog.cells[f"{practice}.school"])) for practice in edition.catalog.practices]
    assert [said.partition(",")[0] for said in counts] == [_counted(number, "touch point")[0] for number in nonempty(touch_points)]


def test_a_click_opens_the_page(visit: Open) -> None:
    page = visit("matrix/")
    page.get_by_role("link", name="4C state").click()
    expect(page.locator("h1")).to_contain_text("at the state level")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 1440, "height": 900}], ids=["1280", "1440"])
def test_all_of_it_is_on_one_screen(visit: Open, size: dict[str, int]) -> None:
    table = visit("matrix/", viewport=size).locator(".pb-grid").bounding_box()
    assert table
    assert table["y"] + table["height"] <= size["height"]
    assert table["x"] + table["width"] <= size["width"]


def test_heads_stay_in_view(visit: Open) -> None:
    page = visit("matrix/", viewport={"width": 1280, "height": 500})
    page.evaluate("scrollTo(0, 350)")
    expect(page.get_by_role("columnheader", name="District")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("rowheader", name="3A Diagnose")).to_be_in_viewport(ratio=1)
    head, site = page.get_by_role("columnheader", name="District").bounding_box(), page.locator(".md-header").bounding_box()
    assert head
    assert site
    assert head["y"] >= site["y"] + site["height"] - 1


def test_rows_and_columns_have_heads_for_screen_readers(visit: Open) -> None:
    page = visit("matrix/")
    expect(page.get_by_role("columnheader")).to_have_text(["Domain", "Practice", "Overview", "School", "District", "State"])
    expect(page.get_by_role("rowheader")).to_have_count(16)


def test_a_phone_shows_a_list(visit: Open, edition: Edition) -> None:
    page = visit("matrix/", viewport=PHONE)
    boxes = [box for box in (found.bounding_box() for found in page.locator(".pb-grid td").all()) if box]
    assert len(boxes) == len(edition.catalog.cells)
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in itertools.pairwise(boxes))
    expect(page.locator(".pb-grid td").first).to_have_text("1A overview 6 touch points", use_inner_text=False)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_it_prints_on_one_landscape_page(visit: Open, paper: str) -> None:
    page = visit("matrix/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True)))
    assert len(printed.pages) == 1
    text = printed.pages[0].extract_text()
    assert "1A" in text
    assert "4C" in text
    by_itself = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(by_itself.pages) == 1
    assert by_itself.pages[0].mediabox.width > by_itself.pages[0].mediabox.height


def test_a_practice_counts_the_same_touch_points_as_the_map(visit: Open, edition: Edition) -> None:
    page = visit("practices/1a/school/")
    number = len(edition.catalog.touch_points(edition.catalog.cells["1a.school"]))
    expect(page.locator(".pb-acts p")).to_have_text(f"{number} touch points, 3 tools, 3 questions")
