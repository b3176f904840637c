"""Texts keep the terms of their sources and use no word of the term list's 'avoid'; names, quotations and the past are free."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.catalog.index import Catalog
from generator.catalog.load import load
from generator.checks.checked_edition import Edition, check
from generator.checks.rules import term_list
from generator.model.term_list import AvoidedWords
from generator.problems import Mark, Problem
from site_tests import ROOT
from site_tests.support.nonempty import nonempty

AVOIDED = (
    AvoidedWords(words=("leverag*",), instead="write 'use'"),
    AvoidedWords(words=("buy-in", "in good time"), instead="say it straight"),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Leverage time; leveraging helps.", ["Leverage", "leveraging"], id="any ending and case"),
        pytest.param("Win buy-in in good time.", ["buy-in", "in good time"], id="several words"),
        pytest.param("The beverages are cold, and rebuy-ins are not.", [], id="a part of another word"),
        pytest.param("The print says “leverage their buy-in” here.", [], id="in quotation marks"),
        pytest.param("“Use” what you leverage.", ["leverage"], id="outside quotation marks"),
    ],
)
def test_words_to_avoid_are_found_in_our_own_words_only(text: str, words: list[str]) -> None:
    assert [word for word, _ in term_list.found(text, AVOIDED)] == words


def test_no_template_and_no_page_in_content_uses_a_word_to_avoid(edition: Edition) -> None:
    texts = [path for suffix in ("jinja", "html") for path in (ROOT / "theme").rglob(f"*.{suffix}")] + [*(ROOT / "content").glob("*.md")]
    for path in nonempty(texts):
        words = re.sub(r"{{.*?}}|{%.*?%}|{#.*?#}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not [*term_list.found(words, edition.catalog.avoided_words)], path


def _problems(project: Path) -> list[Problem]:
    found = check(project)
    return [] if isinstance(found, Edition) else found


def _catalog(project: Path) -> Catalog:
    catalog = load(project).catalog
    assert catalog
    return catalog


def test_a_text_without_a_term_of_its_source_is_reported_with_what_to_do(project: Path) -> None:
    path = project / "data" / "practices" / "1c.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("knowledge and capacity to change", "knowledge and strength for change"), encoding="utf-8")
    line = text[: text.index("- id: 1c.overview.together.2\n")].count("\n") + 1
    hint = "say 'capacity'; where another word is right, take p15.08 out of 'items' of 'capacity' in data/term-list.yml"
    message = "'1c.overview.together.2' carries p15.08 and does not say 'capacity'"
    (problem,) = _problems(project)
    assert (problem.mark.file, problem.mark.line, problem.code, problem.message, problem.hint) == (
        "data/practices/1c.yml",
        line,
        "lost-term",
        message,
        hint,
    )


def test_a_term_may_be_in_any_of_the_records_that_carry_the_item(project: Path) -> None:
    """The introduction of a part of a list may leave the word to the list."""
    catalog = _catalog(project)
    (term,) = (term for term in catalog.kept_terms if term.term == "capacity")
    item = next(item for item in term.items if len(catalog.carried_by[item]) > 1)
    records = dict(catalog.all_carriers())
    assert not all("capacit" in " ".join(records[name].said).lower() for name in catalog.carried_by[item])
    assert list(term_list.lost_terms(catalog)) == []


def test_a_hand_written_page_uses_no_word_to_avoid(project: Path) -> None:
    path = project / "content" / "about.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nWe utilize plain words.\n", encoding="utf-8")
    (problem,) = _problems(project)
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        Mark("content/about.md", path.read_text(encoding="utf-8").count("\n"), 4),
        "avoided-word",
        "'utilize' is a word to avoid",
        "write 'use'",
    )


def test_a_title_is_as_printed(project: Path) -> None:
    path = project / "data" / "tools.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Seeds of Trust\n", "title: Leverage Trust\n"), encoding="utf-8")
    catalog = _catalog(project)
    assert catalog.tools["seeds-of-trust"].title == "Leverage Trust"
    assert list(term_list.avoided_words(catalog)) == []


def test_what_a_retired_record_said_stays_as_it_was(project: Path) -> None:
    record = "retired:\n  - id: 1a.school.q9\n    addresses: [practices/1a/school/#q9]\n    was: Who is held to account?\n"
    record += "    since: 0.1.0\n    why: Another question asks it.\n"
    (project / "data" / "retired.yml").write_text(record, encoding="utf-8")
    catalog = _catalog(project)
    assert catalog.retired["1a.school.q9"].was == "Who is held to account?"
    assert list(term_list.avoided_words(catalog)) == []
