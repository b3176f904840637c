"""Files that people hand in, made for tests: as the site saves them, and handouts filled in by other programs."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from generator.cli import main
from site_tests import ROOT


def session(**changes: Any) -> dict[str, Any]:
    """What the site saves of one session."""
    return {
        "format": "engagement-playbook-answers",
        "version": 1,
        "id": "x",
        "form": "1a.school",
        "title": "1A Prioritize improvement",
        "name": "Session of 2 January",
        "created": "2026-01-01T12:00:00Z",
        "changed": "2026-01-02T12:00:00Z",
        "edition": "0.1.0",
        "answers": {},
        "wording": {},
    } | changes


def save(folder: Path, file: str, **changes: Any) -> Path:
    """A saved session as a file."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{file}.json"
    path.write_text(json.dumps(session(**{"id": file, **changes})), encoding="utf-8")
    return path


def fill_pdf(blank: Path, to: Path, answers: Mapping[str, str]) -> Path:
    """A PDF filled in by pypdf; a choice or a box is given as it stands in the file: '/doing', '/Yes'."""
    writer = pypdf.PdfWriter(clone_from=blank)
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(answers), auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    to.write_bytes(out.getvalue())
    return to


def fill_workbook(blank: Path, to: Path, answers: Mapping[str, Any]) -> Path:
    """An Excel file filled in by openpyxl, by the names of its blanks."""
    book = load_workbook(blank)
    for name, answer in answers.items():
        ((title, place),) = book.defined_names["id." + name.replace("-", "_")].destinations
        book[title][place].value = answer
    book.save(to)
    return to


def dated(path: Path, day: str) -> Path:
    """The same file, as if it had been changed at noon of that day."""
    noon = datetime.fromisoformat(f"{day}T12:00:00").timestamp()
    os.utime(path, (noon, noon))
    return path


def collect(*arguments: object) -> Result:
    """The command, run on this project."""
    return CliRunner().invoke(main, ["collect", "--root", str(ROOT), *map(str, arguments)])


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file, as a spreadsheet reads it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
