"""playbook.json: flat records that fit its schema and lead to the site."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.catalog import routes
from generator.checks.checked_edition import Edition
from generator.editions.normalized import snapshot
from generator.exports import playbook_json
from generator.model import playbook
from site_tests import ROOT
from site_tests.support.nonempty import nonempty


@pytest.fixture(scope="module")
def exported(edition: Edition) -> dict[str, Any]:
    """The file as a program reads it."""
    found: dict[str, Any] = json.loads(playbook_json.as_json(playbook_json.as_value(playbook_json.export(edition.catalog, edition.routes))))
    return found


def test_the_file_fits_its_schema(exported: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "data" / "schema" / "playbook.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(exported)


def test_the_arrays_hold_the_whole_playbook(exported: dict[str, Any], edition: Edition) -> None:
    catalog = edition.catalog
    carriers = Counter(type(record) for _, record in catalog.carriers())
    whole: dict[str, int] = {
        "domains": len(catalog.domains),
        "practices": len(catalog.practices),
        "levels": len(catalog.levels),
        "columns": len(catalog.columns),
        "cells": len(catalog.cells),
        "statements": carriers[playbook.Statement],
        "tools": len(catalog.tools),
        "questions": carriers[playbook.Question],
        "resources": len(catalog.resources),
        "resource_mentions": carriers[playbook.Mention],
        "paragraphs": carriers[playbook.Paragraph],
        "source_items": len(catalog.source_map.items),
    }
    assert {array: len(exported[array]) for array in whole} == whole
    uses = carriers[playbook.ToolUse] + carriers[playbook.FoundationalTools]
    assert len(exported["tool_uses"]) + len(exported["foundational_tools"]) == uses


def test_ids_are_unique_and_references_lead_somewhere(exported: dict[str, Any]) -> None:
    ids = {array: [record["id"] for record in records] for array, records in exported.items() if isinstance(records, list)}
    for array, names in nonempty(ids.items()):
        assert len(names) == len(set(names)), array
    for array in ("statements", "tool_uses", "questions"):
        for record in nonempty(exported[array]):
            assert record["cell"] in ids["cells"]
            assert record["practice"] in ids["practices"]
            assert set(record.get("from", ())) <= set(ids["source_items"])
            assert record.get("level", "school") in ids["levels"]
    assert {use["tool"] for use in exported["tool_uses"]} <= set(ids["tools"])
    assert {statement["column"] for statement in exported["statements"]} == set(ids["columns"])


def test_every_source_item_names_its_carriers_or_a_reason(exported: dict[str, Any]) -> None:
    named = {record["id"] for records in exported.values() if isinstance(records, list) for record in records}
    for item in nonempty(exported["source_items"]):
        assert item["carried_by"] or item["left_out"], item
        assert set(item["carried_by"]) <= named
        assert set(item) == {"id", "page", "kind", "cell", "carried_by", "left_out"}


def test_every_address_stands_on_the_site(exported: dict[str, Any], site: Path) -> None:
    pages: dict[str, str] = {}
    arrays = [records for records in exported.values() if isinstance(records, list)]
    for url in nonempty(record["url"] for records in arrays for record in records if "url" in record):
        page, _, anchor = url.partition("#")
        text = pages.setdefault(page, (site / page / "index.html").read_text(encoding="utf-8"))
        assert not anchor or f'id="{anchor}"' in text, url


def test_every_record_with_an_address_is_exported(exported: dict[str, Any], edition: Edition) -> None:
    """What is left are pages that stand for no record of their own."""
    missing = set(edition.routes) - set(snapshot(exported).entries) - set(routes.PAGES)
    assert {name.partition(".")[0] for name in missing} == {"reflect", "leadership"}


@pytest.mark.parametrize(
    ("page", "address", "way"),
    [
        ("", "levels/school/", "levels/school/"),
        ("levels/school/", "", "../../"),
        ("practices/1a/school/", "practices/1a/school/#q1", "#q1"),
        ("practices/1a/", "practices/1a/school/#q1", "../../practices/1a/school/#q1"),
        ("", "", "./"),
    ],
)
def test_ways_are_relative(page: str, address: str, way: str) -> None:
    assert routes.relative(page, address) == way
