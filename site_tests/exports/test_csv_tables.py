"""The CSV files: read back they are playbook.json again, and a spreadsheet finds texts in them, never a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.checks.checked_edition import Edition
from generator.exports import csv_tables, playbook_json, record_shapes
from generator.exports.csv_tables import Table
from site_tests import ROOT
from site_tests.support.nonempty import nonempty
from site_tests.support.office import Convert

SCHEMA = json.loads((ROOT / "data" / "schema" / "playbook.schema.json").read_text(encoding="utf-8"))
INNER = {"form_nodes": ("nodes", "ExportedNode"), "form_options": ("options", "Option")}
HOSTILE = "=+-@'\t\r ＝＋－＠\"',;|\\%é\u00a0"


# ---- A reader that knows no more than the page /data/ and the JSON Schema say ----


def read(table: Table) -> list[dict[str, str]]:
    """The rows of a table with the apostrophes taken away, less their empty cells."""
    rows = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline=""), strict=True)
    return [{column: cell.removeprefix("'") for column, cell in row.items() if cell} for row in rows]


def records(rows: list[dict[str, str]], shape: str) -> list[dict[str, Any]]:
    return [record(row, SCHEMA["$defs"][shape]["properties"], SCHEMA["$defs"][shape].get("required", ())) for row in rows]


def record(row: dict[str, str], fields: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """A row as the schema has it; what is empty is a list of nothing, null where the field must be there, or no field at all."""
    found: dict[str, Any] = {}
    for name, field in fields.items():
        inside = {column.partition(".")[2]: cell for column, cell in row.items() if column.startswith(f"{name}.")}
        if inside:
            found[name] = inside
        elif name in row:
            found[name] = value(row[name], field)
        elif field.get("type") == "array":
            found[name] = []
        elif name in required:
            found[name] = None
    return found


def value(cell: str, field: dict[str, Any]) -> Any:
    kind = next(one for one in field.get("anyOf", [field]) if one.get("type") != "null")
    if kind.get("type") == "array":
        if kind.get("items", {}).get("type") == "array":
            return [json.loads(line) for line in cell.split("\n")]
        return [value(line, kind.get("items") or kind["prefixItems"][0]) for line in cell.split("\n")]
    if kind.get("type") == "boolean":
        return {"true": True, "false": False}[cell]
    return int(cell) if kind.get("type") == "integer" else cell


def shape_of(array: str) -> str:
    return str(SCHEMA["properties"][array]["items"]["$ref"]).rpartition("/")[2]


def read_back(found: tuple[Table, ...]) -> dict[str, list[dict[str, Any]]]:
    """The arrays of playbook.json."""
    rows = {table.name: read(table) for table in found}
    whole = {name: records(rows[name], shape_of(name)) for name in rows if name not in INNER}
    holders = {one["id"]: one for one in whole["forms"]}
    for name, (field, shape) in INNER.items():
        for row, inner in zip(rows[name], records(rows[name], shape), strict=True):
            holders[row["in"]].setdefault(field, []).append(inner)
            if "id" in inner:
                holders[inner["id"]] = inner
    return whole


@pytest.fixture(scope="module")
def exported(edition: Edition) -> dict[str, Any]:
    return playbook_json.as_value(playbook_json.export(edition.catalog, edition.routes))


def arrays(exported: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps({name: records for name, records in exported.items() if isinstance(records, list)}))
    return found


# ---- There and back ----


def test_every_record_of_the_json_is_in_a_table_and_comes_back_the_same(exported: dict[str, Any]) -> None:
    assert read_back(csv_tables.tables(exported)) == arrays(exported)


def spoiled(value: Any, text: str) -> Any:
    """The same with every text that is no id begun with another text."""
    if isinstance(value, dict):
        return {name: one if name in ("id", "url") else spoiled(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [spoiled(one, text) for one in value]
    return text + value if isinstance(value, str) else value


TEXTS = st.one_of(st.text(st.sampled_from(HOSTILE), max_size=4), st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20))


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_hostile_texts_come_back_the_same(exported: dict[str, Any], text: str) -> None:
    hostile = {name: spoiled(records[:20], text) for name, records in exported.items() if isinstance(records, list)}
    assert read_back(csv_tables.tables(hostile)) == arrays(hostile)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("'tis so", "''tis so"),
        ("one = two", "one = two"),
    ],
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    content = csv_tables.content([{"id": "a", "text": text}], record_shapes.ExportedParagraph).decode("utf-8-sig")
    assert [*csv.reader(io.StringIO(content, newline=""))] == [["id", "text"], ["a", cell]]


def test_the_files_are_as_excel_and_rfc_4180_ask(exported: dict[str, Any]) -> None:
    for table in nonempty(csv_tables.tables(exported)):
        assert table.content.startswith(b"\xef\xbb\xbf")
        assert table.content.endswith(b"\r\n")
        assert not re.search(rb"\r(?!\n)", table.content), table.name
        widths = {len(row) for row in csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline=""))}
        assert len(widths) == 1, table.name


# ---- In a spreadsheet ----


def shown(cell: object) -> str:
    """A cell's value as the CSV wrote it: a spreadsheet takes '4' for a number."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


def test_a_spreadsheet_shows_the_same_texts_and_no_formula(exported: dict[str, Any], office: Convert, tmp_path: Path) -> None:
    hostile = {name: spoiled(records, "=cmd|' /C calc'!A0&") for name, records in exported.items() if name in ("tools", "statements")}
    found = (*csv_tables.tables(exported), *(table for table in csv_tables.tables(hostile) if table.rows))
    files = []
    for number, table in enumerate(found):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_bytes(table.content)
    # Commas, quotes, UTF-8: what the window that opens a CSV file finds by itself.
    office(files, "xlsx", tmp_path, "--infilter=CSV:44,34,76")
    for file, table in nonempty(zip(files, found, strict=True)):
        sheet = openpyxl.load_workbook(file.with_suffix(".xlsx")).active
        assert sheet is not None
        cells = [list(row) for row in sheet.iter_rows()]
        assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "b"}, table.name
        wanted = [*csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline=""))]
        assert [[shown(cell.value) for cell in row] for row in cells] == wanted, table.name


# ---- On the site ----


def test_the_data_page_lists_every_file_with_its_records_and_purpose(site: Path) -> None:
    page = HTMLParser((site / "data" / "index.html").read_text(encoding="utf-8"))
    listed = {}
    for row in nonempty(page.css("tbody tr")):
        name, about, number, _ = (cell.text(strip=True) for cell in row.css("th, td"))
        assert about, name
        listed[name] = int(number)
    assert listed == {path.name: len(read(Table(path.stem, "", 0, path.read_bytes()))) for path in (site / "data").glob("*.csv")}
    assert len(listed) > 30
