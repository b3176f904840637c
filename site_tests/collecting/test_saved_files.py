"""Saved files however they come: saved_files.json, of which each case is asked of the scripts and of `playbook collect`."""

from __future__ import annotations

import base64
import codecs
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.checks.checked_edition import Edition
from generator.collecting.readers import UnreadableError, from_json
from generator.collecting.readers.session import Known
from generator.forms import form_fields
from generator.forms.saved_answers import LONGEST
from site_tests.support.chromium import Open
from site_tests.support.nonempty import nonempty

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "saved_files.json").read_text(encoding="utf-8"))
READ = """files => Promise.all(files.map(async ([content, name]) => {
    const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
    try {
        return (await playbookAnswers.readFile(new File([bytes], name))).answers;
    } catch (error) {
        return null;
    }
}))"""


def _file(case: dict[str, Any]) -> bytes:
    session = CASES["session"]
    if "longest" in case:
        session = session | {"answers": {"1a.school.q1": "x" * (LONGEST + case["longest"])}}
    text = json.dumps(session, ensure_ascii=False, indent=1) + "\n"
    for before, after in case.get("edits", ()):
        text = text.replace(before, after)
    text = text.partition("\0")[0]
    mark = codecs.BOM_UTF16_BE if case.get("mark") else b""
    return mark + text.encode(case["as"])


def _answers(case: dict[str, Any]) -> dict[str, str] | None:
    """What is to be read; nothing where the file is to be refused."""
    if case.get("refused"):
        return None
    found: dict[str, str] = {"1a.school.q1": "x" * LONGEST} if "longest" in case else CASES["session"]["answers"]
    return found


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["case"])
def test_the_command_reads_what_the_case_says(edition: Edition, case: dict[str, Any]) -> None:
    known = Known(form_fields.forms(edition.catalog, edition.routes))
    try:
        found = dict(from_json.read(_file(case), known, datetime(2026, 1, 3, tzinfo=UTC)).answers)
    except UnreadableError:
        assert case.get("refused")
    else:
        assert found == _answers(case)


@pytest.mark.parametrize("where", ["team/", "reflect/1a/school/", "reflect/"])
def test_the_pages_read_what_the_cases_say(visit: Open, where: str) -> None:
    files = [[base64.b64encode(_file(case)).decode(), case["name"]] for case in CASES["cases"]]
    told = visit(where).evaluate(READ, files)
    assert {case["case"]: found for case, found in zip(nonempty(CASES["cases"]), told, strict=True)} == {
        case["case"]: _answers(case) for case in CASES["cases"]
    }
