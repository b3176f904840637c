"""What pydantic found wrong, in our words; each of its error types that can occur has an entry here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.model.ids import SAMPLES
from generator.problems import Problem, suggestion
from generator.project.yaml_reader import Path, Source

Detail = Mapping[str, Any]
Wording = Callable[[ErrorDetails, Detail], tuple[str, str, str]]
"""An error and its context to a code, a message and a hint."""


def _given(error: ErrorDetails) -> str:
    value = error["input"]
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    return f"'{str(value)[:60]}'"


def _expected(code: str, wanted: str, hint: str) -> Wording:
    return lambda error, context: (code, f"expected {wanted}, found {_given(error)}", hint)


MORE_SAMPLES: dict[str, str] = {
    r"^\d+\.\d+\.\d+$": "0.2.0",
    r"^\d\.\d\.\d{2}$": "1.2.03",
    r"^[a-z0-9-]+\.svg$": "fishbone.svg",
    r"^[a-z0-9]+([.-][a-z0-9]+)*$": "1a.school",
    r"^[a-z0-9]+(-([a-z0-9]+|\{[a-z]+\}))*$": "next-step",
    r"^([a-z0-9-]+/)*(#[a-z0-9-]+)?$": "tools/#your-brand",
    r"^([a-z0-9-]+/)*([a-z0-9-]+(/|\.[a-z]+))(#[a-z0-9-]+)?$": "practices/1a/school/#q1",
}
"""Patterns of texts that are no ids, each with a text that fits it; people do not read patterns."""

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _pattern(error: ErrorDetails, context: Detail) -> tuple[str, str, str]:
    pattern = str(context["pattern"])
    if "x00" in pattern:
        return "control-character", "the text has a line break or an invisible character", "write the text after '>-', without blank lines"
    if "https?" in pattern:
        return "not-a-link", f"{_given(error)} is not an address", "begin with http:// or https:// and the name of a site, and write a space as %20"
    if pattern == _DAY:
        return WORDINGS["not-a-day"](error, context)
    if re.search('[“”‘’"]', str(error["input"])):
        return "malformed-id", f"{_given(error)} has quotation marks in it", "write it without them; data/README.md shows each kind of id"
    sample = (SAMPLES | MORE_SAMPLES)[pattern]
    return "malformed-id", f"{_given(error)} does not have the right form", f"write it as in '{sample}'; data/README.md shows each kind of id"


WORDINGS: Mapping[str, Wording] = {
    "missing": lambda e, c: ("missing-field", f"'{e['loc'][-1]}' is missing", "add it; data/README.md shows a whole record"),
    "string_type": _expected("not-text", "text", "write words; put numbers and true or false in quotes"),
    "bool_type": _expected("not-true-or-false", "true or false", "write true or false (yes and no are words here)"),
    "float_type": _expected("not-a-number", "a number", "write digits without quotes"),
    "date_type": _expected("not-a-day", "a day", "write it as in '2026-11-22'"),
    "date_parsing": _expected("not-a-day", "a day", "write it as in '2026-11-22'"),
    "not-a-day": _expected("not-a-day", "a day of the calendar from 1980 to 2107", "write it as in '2026-11-22'"),
    "int_type": _expected("not-a-number", "a whole number", "write digits without quotes"),
    "int_parsing": _expected("not-a-number", "a whole number", "write digits without quotes"),
    "int_from_float": _expected("not-a-number", "a whole number", "write digits without a point"),
    "greater_than_equal": lambda e, c: ("out-of-range", f"{_given(e)} is less than {c['ge']}", f"use {c['ge']} or more"),
    "less_than_equal": lambda e, c: ("out-of-range", f"{_given(e)} is more than {c['le']}", f"use {c['le']} or less"),
    "tuple_type": _expected("not-a-list", "a list", "write [one, two], or one '- item' a line"),
    "model_type": _expected("not-a-record", "a record", "write 'field: value' lines, indented two spaces more"),
    "model_attributes_type": _expected("not-a-record", "a record", "write 'field: value' lines, indented two spaces more"),
    "dict_type": _expected("not-a-record", "a mapping", "write 'name:' lines, indented two spaces more"),
    "too_short": lambda e, c: ("too-few", f"needs at least {c['min_length']}, has {c['actual_length']}", "add the missing ones, or remove the field"),
    "too_long": lambda e, c: ("too-many", f"takes at most {c['max_length']}, has {c['actual_length']}", "remove the others"),
    "string_too_short": lambda e, c: ("empty-text", "the text is empty", "write it"),
    "string_too_long": lambda e, c: (
        "text-too-long",
        f"the text has more than {c['max_length']} characters",
        "make it shorter, or split it into parts",
    ),
    "string_pattern_mismatch": _pattern,
    "literal_error": lambda e, c: ("unknown-word", f"{_given(e)} is not known here", f"use one of {c['expected']}"),
    "text-or-parts": lambda e, c: (
        "text-or-parts",
        "has both 'text' and 'parts'" if c["both"] else "has no 'text'",
        "keep one of the two" if c["both"] else "write 'text: >-' and the words in the line below, two spaces further in",
    ),
}
"""Pydantic's error types to code, message and hint; 'extra_forbidden' needs the class's fields and stands apart."""


def problems(source: Source, model: type[BaseModel], errors: Iterable[ErrorDetails]) -> list[Problem]:
    """One problem for each error that validating `source` as a `model` gave."""
    found = []
    for error in errors:
        location = place(error)
        if error["type"] == "extra_forbidden":
            code, message = "unknown-field", f"no field '{location[-1]}' here"
            hint = suggestion(str(location[-1]), fields_at(model, location[:-1]))
        else:
            code, message, hint = WORDINGS[error["type"]](error, error.get("ctx", {}))
            if code == "empty-text":
                hint += _advice(model, location)
        found.append(Problem(source.mark(location), code, dotted(source.written(location)), message, hint))
    return found


def _advice(model: type[BaseModel], location: Path) -> str:
    """What a field that is empty should say, and whether it may be left out instead."""
    *around, last = location
    kind = _kind_at(model, tuple(around))
    field = next((f for n, f in getattr(kind, "model_fields", {}).items() if last in (n, f.alias)), None)
    said = f": {field.description[0].lower()}{field.description[1:].rstrip('.')}" if field and field.description else ""
    return said if field and field.is_required() else f"{said}; or remove it"


def place(error: ErrorDetails) -> Path:
    """The path of what is wrong; pydantic puts '[key]' behind the path of a wrong key."""
    path = error["loc"]
    return path[:-1] if path[-1:] == ("[key]",) and error["type"] != "extra_forbidden" else path


def dotted(path: Path) -> str:
    """('cells', 1, 'tools', 0) to 'cells[1].tools[0]'."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields that the record at `path` below `model` may have, as they are written in YAML."""
    kind = _kind_at(model, path)
    return [field.alias or name for name, field in kind.model_fields.items()] if hasattr(kind, "model_fields") else []


def _kind_at(model: type[BaseModel], path: Path) -> Any:
    """The type of what stands at `path` below `model`."""
    kind: Any = model
    for part in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = next((f.annotation for n, f in kind.model_fields.items() if part in (n, f.alias)), None)
        else:
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
        kind = _bare(kind)
    return kind


def _bare(kind: Any) -> Any:
    """X | None and Annotated[X, …] to X."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
    return kind
