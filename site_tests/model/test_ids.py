"""Ids are taken apart in one module: what each kind is told by, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.catalog.handout_list import Shelf
from generator.catalog.page_table import SITE_PAGES
from generator.checks.checked_edition import Edition
from generator.model import guides, ids
from generator.views.shared.parts import Here
from generator.views.shared.related_guides import bearing


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("1a.school.f2.q3", ("2", "3")),
        ("1a.school.f2.s3", None),
        ("1a.school.f2", None),
        ("4a.overview.foundational.1", None),
        ("1a.school.q1", None),
    ],
)
def test_a_question_of_a_future_state_is_known_by_its_whole_id(name: str, question: tuple[str, str] | None) -> None:
    assert ids.future_state_question(name) == question


@pytest.mark.parametrize(
    ("name", "inside"),
    [("1a.school.f2", True), ("1a.school.f2.step1", True), ("4a.overview.foundational.1", False), ("1a.school.example", False)],
)
def test_what_is_in_a_future_state_is_known_by_its_whole_id(name: str, inside: bool) -> None:
    assert ids.is_of_a_future_state(name) is inside


@pytest.mark.parametrize(
    ("name", "other", "inside"),
    [
        ("1a.school.q1", "1a.school", True),
        ("1a.school.q1", "1a", True),
        ("1a.school.q1", "1a.sch", False),
        ("1a", "1a", False),
        ("1a.school", "", False),
    ],
)
def test_an_id_is_in_another_one_by_whole_words(name: str, other: str, inside: bool) -> None:
    assert ids.is_in(name, other) is inside


@pytest.mark.parametrize(
    ("made", "bare"),
    [
        (ids.term_id("sea"), "sea"),
        (ids.erratum_id("x"), "x"),
        (ids.document_id("playbook"), "playbook"),
        (ids.reflection_id("1a.school"), "1a.school"),
        ("1a.school.q1", "1a.school.q1"),
        ("your-brand", "your-brand"),
    ],
)
def test_the_word_before_an_id_comes_off_again(made: str, bare: str) -> None:
    assert ids.without_prefix(made) == bare


def test_each_word_that_is_put_before_an_id_is_in_the_table_of_families() -> None:
    made = [
        ids.term_id("x"),
        ids.erratum_id("x"),
        ids.document_id("x"),
        ids.reflection_id("1a.x"),
        ids.section_id("1a.x"),
        ids.step_tool_id("x", "y"),
    ]
    assert {ids.begins(name) for name in made} <= set(ids.FAMILIES)


def test_each_family_is_shown_on_a_page() -> None:
    assert {family.page for family in ids.FAMILIES.values()} <= {row.key for row in SITE_PAGES}


def test_only_what_is_a_future_state_is_called_one(edition: Edition) -> None:
    link: Any = {"from": "4a.overview.foundational.1", "to": "1a.school.q1", "kind": "same question", "confidence": "high"}
    found = edition.catalog.companions
    catalog = replace(edition.catalog, companions=replace(found, links=(guides.Link.model_validate(link),)))
    ((ours, other, _),) = bearing(Here(catalog, edition.routes, edition.routes.page("1a.school"), Shelf(catalog)), "1a.school").same_questions
    assert (ours.title, other.title) == ("question 1", "playbook, 4A overview")
