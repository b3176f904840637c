"""Whatever a file holds that is given to `playbook collect`, it is read or told; the same examples in each run."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.checked_edition import Edition
from generator.collecting import collection
from site_tests import ROOT
from site_tests.support.filled_in_files import session
from site_tests.support.handmade_files import packed, pdf, text_field, word, workbook
from site_tests.support.odd_input import bounded, mangled, misshapen
from site_tests.support.project import silent

FIRST, QUESTION = "1a.school.participation.1", "1a.school.q1"
SAVED = session(answers={FIRST: "doing", QUESTION: "Yes", "1a.school.team": "A", "1a.school.date": "2026-01-02"}, wording={FIRST: "Doing it"})


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """A small file of each kind."""
    return {
        "json": json.dumps(SAVED).encode(),
        "pdf": pdf([text_field(QUESTION, "Yes"), text_field(FIRST, "doing")]),
        "xlsx": workbook(),
        "docx": word(),
    }


def collected(edition: Edition, place: Path, content: bytes, by: str | None) -> None:
    """One run over this file and a good one, which counts whatever the other holds."""
    place.mkdir(exist_ok=True)
    (place / "any").write_bytes(content)
    (place / "good.json").write_text(json.dumps(session(id="good", answers={FIRST: "doing", "1a.school.team": "B"})))
    wish = collection.Wish(by, (None, None), 1, True)  # type: ignore[arg-type]
    outcome = collection.collect(ROOT, edition, [place / "any", place / "good.json"], place / "out", wish, silent)
    assert outcome.done or by
    assert all(problem.hint for problem in outcome.problems)


@settings(bounded, max_examples=60)
@given(st.data())
def test_no_saved_session_makes_it_fail(edition: Edition, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = json.dumps(data.draw(misshapen(SAVED)), ensure_ascii=data.draw(st.booleans())).encode("utf-8", "surrogatepass")
    collected(edition, tmp_path_factory.getbasetemp() / "any-json", content, data.draw(st.sampled_from((None, "team", "date"))))


@settings(bounded, max_examples=120)
@given(st.data())
def test_no_bytes_make_it_fail(edition: Edition, made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(tuple(made)))
    content = made[kind]
    if kind in ("xlsx", "docx") and data.draw(st.booleans()):
        with zipfile.ZipFile(BytesIO(content)) as old:
            name = data.draw(st.sampled_from(old.namelist()))
            content = packed({name: data.draw(mangled(old.read(name)))}, content)
    else:
        content = data.draw(mangled(content))
    collected(edition, tmp_path_factory.getbasetemp() / "any-bytes", content, None)
