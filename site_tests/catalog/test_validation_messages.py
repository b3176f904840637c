"""Every way in which a record can be misshapen has words of its own."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from generator.catalog import validation_messages
from generator.exports.json_schemas import SCHEMAS
from generator.model import ids, link_status, playbook
from generator.project.yaml_reader import Source
from site_tests.support.nonempty import nonempty


def _types(value: object) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        playbook.Practice.model_validate_json(json.dumps(value))
    return {error["type"] for error in caught.value.errors()}


ODD: list[Any] = [None, "", "x\ny", "x" * 2000, 1, 1.5, True, [], {}, [1], {"a": 1}, [{}], [{"id": []}], "no"]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name not in ("playbook", "answers", "composition")])
def test_every_error_of_every_model_is_explained(name: str) -> None:
    """Each field of each model gets every odd value; pydantic's error types must all have words."""
    shape = SCHEMAS[name]
    seen: set[str] = set()
    for field in _paths(shape.model_json_schema()):
        for odd in ODD:
            try:
                shape.model_validate_json(json.dumps(_nested(field, odd)))
            except ValidationError as error:
                seen |= {found["type"] for found in error.errors()}
                source = Source("f.yml", None, {})
                for problem in nonempty(validation_messages.problems(source, shape, error.errors(include_url=False))):
                    assert problem.hint
                    assert problem.message
    assert seen <= set(validation_messages.WORDINGS) | {"extra_forbidden"}


def _paths(schema: dict[str, object], at: tuple[str, ...] = (), depth: int = 0) -> list[tuple[str, ...]]:
    """The paths of all fields; '[]' stands for a list item."""
    root = schema.get("$defs", {})
    found: list[tuple[str, ...]] = []

    def visit(node: dict[str, object], path: tuple[str, ...], left: int) -> None:
        if not left:
            return
        if "$ref" in node:
            node = root[str(node["$ref"]).rpartition("/")[2]]  # type: ignore[index]
        for option in node.get("anyOf", ()):  # type: ignore[attr-defined]
            visit(option, path, left)
        if "items" in node:
            visit(node["items"], (*path, "[]"), left - 1)  # type: ignore[arg-type]
        for name, child in node.get("properties", {}).items():  # type: ignore[attr-defined]
            found.append((*path, name))
            visit(child, (*path, name), left - 1)

    visit(schema, at, 8)
    return found


def _nested(path: tuple[str, ...], value: object) -> object:
    for part in reversed(path):
        value = [value] if part == "[]" else {part: value}
    return value


def test_an_unknown_field_names_the_nearest_known_one() -> None:
    assert validation_messages.fields_at(playbook.Practice, ("cells", 0, "tools", 1)) == ["from", "tool", "origin", "text"]
    assert validation_messages.fields_at(playbook.Practice, ("cells", 0, "columns", "coalesce", 2))[0] == "from"


def test_a_misshapen_record_is_found() -> None:
    assert "missing" in _types({})


def _patterns(node: object) -> set[str]:
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    here = {node["pattern"]} if isinstance(node, dict) and isinstance(node.get("pattern"), str) else set()
    return here.union(*map(_patterns, inside))


def test_nobody_has_to_read_a_pattern() -> None:
    """A text of a wrong form is explained by one of the right form."""
    samples = ids.SAMPLES | validation_messages.MORE_SAMPLES
    worded = {playbook._ONE_LINE, get_args(playbook.Url)[1].pattern, link_status.ADDRESS, validation_messages._DAY}
    read = [shape for name, shape in SCHEMAS.items() if name not in ("playbook", "answers", "composition")]
    found = set().union(*(_patterns(shape.model_json_schema()) for shape in read))
    for pattern in nonempty(found - worded):
        assert re.search(pattern, samples[pattern]), pattern


def test_a_day_as_europeans_write_it_is_answered_with_a_sample() -> None:
    with pytest.raises(ValidationError) as caught:
        playbook.Edition.model_validate_json(json.dumps({"date": "22.11.2026"}))
    (error,) = (found for found in caught.value.errors(include_url=False) if found["loc"] == ("date",))
    (problem,) = validation_messages.problems(Source("f.yml", None, {}), playbook.Edition, [error])
    assert (problem.code, problem.hint) == ("not-a-day", "write it as in '2026-11-22'")
    assert problem.message.endswith("found '22.11.2026'")
