"""The data holds the whole playbook, in plain words and in its counts."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from generator.checks import readability
from generator.checks.checked_edition import Edition
from generator.model import ids, playbook
from site_tests import ROOT
from site_tests.support import source_counts
from site_tests.support.nonempty import nonempty

WORDING = ROOT.parent / "shared" / "tools" / "wording"


def _statements(edition: Edition) -> Iterator[tuple[str, playbook.Statement]]:
    for cell in edition.catalog.cells.values():
        yield from cell.statements()


def _questions(edition: Edition) -> list[playbook.Question]:
    return [question for cell in edition.catalog.cells.values() for question in cell.questions if question.origin == "playbook"]


def test_the_source_maps_hold_each_item_of_the_documents(edition: Edition) -> None:
    maps = edition.catalog.source_maps
    assert {name: dict(Counter(item.kind for item in source_map.items)) for name, source_map in maps.items()} == source_counts.ITEMS
    items = maps["playbook"].items
    assert Counter(item.column for item in items if item.kind == "statement") == source_counts.COLUMNS
    assert sum(item.question_marks or 0 for item in items) == source_counts.QUESTION_MARKS
    assert sum(not item.usage_note for item in items) == source_counts.WITHOUT_A_NOTE
    assert len({item.tool for item in items if item.tool}) == source_counts.TOOLS
    assert len({item.resource for item in items if item.resource}) == source_counts.RESOURCES


def test_the_edition_has_every_part_of_the_playbook(edition: Edition) -> None:
    catalog = edition.catalog
    assert len(catalog.domains) == source_counts.DOMAINS
    assert len(catalog.practices) == source_counts.PRACTICES
    assert len(catalog.cells) == source_counts.CELLS
    framework = {column for column, statement in _statements(edition) if statement.id in catalog.framework_statements}
    assert framework == {"coalesce"}


def test_every_question_mark_of_the_source_is_asked(edition: Edition) -> None:
    questions = _questions(edition)
    marks = {item.id: item.question_marks for item in edition.catalog.source_map.items}
    for question in nonempty(questions):
        (source,) = question.sources
        assert sum(part.count("?") for part in question.said) == marks[source], question.id


def test_the_questions_that_domain_4_lacks_are_added_as_ours(edition: Edition) -> None:
    catalog = edition.catalog
    lacking = {
        cell.id: cell.questions
        for practice in catalog.practices.values()
        if practice.domain == "d4"
        for cell in practice.cells
        if ids.level_of(cell.id) in catalog.levels
    }
    assert len(lacking) == len(catalog.levels) * len(catalog.practices_of["d4"])
    for cell, questions in nonempty(lacking.items()):
        assert {question.origin for question in questions} == {"site"}, cell
    printed = {ids.cell_of(name) for name, record in catalog.carriers() if isinstance(record, playbook.Question) and record.sources}
    assert not printed & set(lacking)


def test_every_source_item_is_carried_or_left_out(edition: Edition) -> None:
    catalog = edition.catalog
    assert set(catalog.carried_by) | set(catalog.left_out) == set(catalog.source_items)


def test_every_cell_says_how_sure_its_columns_are(edition: Edition) -> None:
    assert [basis.cell for basis in edition.catalog.source_map.columns] == list(edition.catalog.cells)


def test_the_glossary_explains_what_a_newcomer_meets(edition: Edition) -> None:
    terms = edition.catalog.terms
    assert len(terms) >= 30
    names = {name.casefold() for term in terms.values() for name in (term.term, *term.aliases)}
    assert {"turnaround", "adaptive", "lea", "sea", "csi", "touch point", "theory of action"} <= names


def test_known_errors_of_the_print_are_told_where_they_show(edition: Edition) -> None:
    about = edition.catalog.errata_about
    assert "4c.school.coalesce.1" in about
    assert "d4" in about
    assert any(name.startswith("2a.state.coalesce") for name in about)
    assert len(edition.catalog.errata) >= 35


def _grades(texts: Iterator[str] | list[str]) -> dict[str, float]:
    return {text: readability.grade(text) for text in texts}


def _said(edition: Edition) -> list[str]:
    items = [*(statement for _, statement in _statements(edition)), *_questions(edition)]
    return [" ".join(item.said) for item in items]


def test_statements_and_questions_read_at_grade_nine_or_lower(edition: Edition) -> None:
    assert statistics.median(_grades(_said(edition)).values()) <= 9


def test_no_text_reads_above_grade_thirteen(edition: Edition) -> None:
    catalog = edition.catalog
    texts = [said for _, record in catalog.carriers() for said in record.said]
    texts += [term.definition for term in catalog.terms.values()]
    texts += [tool.purpose for tool in catalog.tools.values()]
    hard = {text: grade for text, grade in _grades([*texts, *_said(edition)]).items() if grade > 13}
    assert not hard


@pytest.mark.skipif(not WORDING.exists(), reason="the sources lie beside the project only where it is written")
def test_no_run_of_eight_words_is_taken_from_a_source() -> None:
    paths = [str(ROOT / part) for part in ("data", "content", "theme", "generator", "README.md")]
    result = subprocess.run([sys.executable, str(WORDING), *paths], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
