"""A copy of the project in which each text field of the models holds hostile text of its own, found by walking the models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.catalog import load
from generator.checks.checked_edition import check
from generator.project import yaml_reader
from site_tests.support.nonempty import nonempty
from site_tests.support.past import age
from site_tests.support.two_editions import copy_first_edition

EVIL = (
    "</textarea></script><script>hit=1</script><img src=x onerror=hit=1><pb-evil>\" data-evil=\"1 ' data-evil='1 "
    "{{7*7}}{% raw %}${hit}**b**[l](javascript:hit=1)`c`&lt;\\|-->]]>{: .evil}?"
)
"""Ends of elements and attributes, scripts, Markdown, Jinja, entities."""
EVIL_ADDRESS = "https://example.org/{mark}/?'data-evil='1&`${{hit}}`|\\{{{{7*7}}}})]('javascript:hit=1"
STARTS = ("", "# ", "- ", "1. ", "> ", "=1+1 ", "@", "+1 ", "```", "| ", "[x]: ", "***", "<pb-evil> ", "{% include 'x' %} ")
"""What Markdown, Jinja or a spreadsheet reads as a sign at the start of a line."""
NAMING = {("LinkStatus", "url"), ("Figure", "name")}
"""Fields that say of what a record speaks; the check refuses another name."""
MARK = re.compile(r"m(\d{3})m")


def mark(number: int) -> str:
    """What tells one field's text from all others."""
    return f"m{number:03}m"


@dataclass(frozen=True)
class Slot:
    """A text field at one kind of place: `owner` and `name` are its model and field, `pattern` the way to it without numbers."""

    owner: str
    name: str
    pattern: str
    path: tuple[Any, ...]
    kind: Any
    old: Any


_adapter = cache(TypeAdapter)
"""Made once for each kind of field: making it takes far longer than asking it."""


def accepts(kind: Any, text: str) -> bool:
    """Whether a field of this kind may hold this text."""
    try:
        _adapter(kind).validate_python(text, strict=True)
    except ValidationError:
        return False
    return True


def slots(shape: Any, value: Any, owner: str, name: str, path: tuple[Any, ...]) -> Iterator[Slot]:
    """Each text field of a value of this shape, also those left out."""
    for option in alternatives(shape):
        bare = get_args(option)[0] if get_origin(option) is Annotated else option
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            for field, info in bare.model_fields.items():
                key = info.alias or field
                inner = value.get(key) if isinstance(value, dict) else None
                if isinstance(value, dict):
                    yield from slots(annotation(info), inner, bare.__name__, field, (*path, key))
        elif get_origin(bare) is tuple:
            inner = value if isinstance(value, list) else []
            for index, item in enumerate(inner):
                yield from slots(get_args(bare)[0], item, owner, name, (*path, index))
        elif get_origin(bare) is dict:
            for key, item in (value or {}).items():
                yield from slots(get_args(bare)[1], item, owner, name, (*path, key))
        elif bare is str and (value is None or isinstance(value, str)):
            pattern = ".".join("*" if isinstance(part, int) else part for part in path)
            yield Slot(owner, name, pattern, path, option, value)


def alternatives(shape: Any) -> Iterator[Any]:
    """X | None with limits to X with limits."""
    bare, *limits = get_args(shape) if get_origin(shape) is Annotated else (shape,)
    if get_origin(bare) in (Union, UnionType):
        for option in get_args(bare):
            yield from alternatives(Annotated[option, *limits] if limits and option is not type(None) else option)
    else:
        yield shape


def annotation(info: FieldInfo) -> Any:
    """A field's type with its limits."""
    kind: Any = info.annotation
    return Annotated[kind, *info.metadata] if info.metadata else kind


def text_fields(shape: Any, seen: set[Any]) -> Iterator[tuple[str, str]]:
    """Each model and field below a shape that may hold hostile text."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        if shape not in seen:
            seen.add(shape)
            for name, info in shape.model_fields.items():
                if any(accepts(kind, text) for kind in leaves(annotation(info)) for text in (EVIL, address(0))):
                    yield shape.__name__, name
                yield from text_fields(info.annotation, seen)
    else:
        for inner in get_args(shape):
            yield from text_fields(inner, seen)


def leaves(kind: Any) -> Iterator[Any]:
    """The kinds of text in a field's type."""
    for option in alternatives(kind):
        bare = get_args(option)[0] if get_origin(option) is Annotated else option
        if bare is str:
            yield option
        elif get_origin(bare) in (tuple, dict):
            for inner in get_args(bare):
                yield from leaves(inner)


def address(number: int) -> str:
    return EVIL_ADDRESS.format(mark=mark(number))


def _filled(slot: Slot, number: int) -> str | None:
    """The hostile text for a slot, after what stood there, so that what is sorted stays sorted; None where none is allowed."""
    if accepts(slot.kind, address(0)) and not accepts(slot.kind, EVIL):
        return address(number)
    old = "" if slot.old is None else slot.old
    start = "" if (slot.owner, slot.name) == ("Term", "term") else STARTS[number % len(STARTS)]
    text = f"{start}{old[:30]} {mark(number)}{EVIL}" if old else f"{start}{mark(number)}{EVIL}"
    return text if accepts(slot.kind, text) else None


def put(value: Any, path: tuple[Any, ...], text: str) -> None:
    *around, last = path
    for part in around:
        value = value[part]
    value[last] = text


def shapes(data: Path) -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Each data file with the kind of its place and its model."""
    for name, shape in load.FILES.items():
        yield name, name, shape
    for folder, shape in load.FOLDERS.items():
        for path in sorted((data / folder).glob("*.yml")):
            yield f"{folder}/{path.name}", folder, shape


def make(root: Path) -> tuple[Path, dict[int, Slot]]:
    """The copy, and which mark stands in which slot."""
    age(copy_first_edition(root))
    data = root / "data"
    tools = yaml.safe_load((data / "tools.yml").read_text(encoding="utf-8"))
    with_address, another, *_ = (tool for tool in tools["tools"] if "url" in tool)
    with_address["replaced_by"] = {"url": "https://example.org/", "note": "x"}
    (data / "tools.yml").write_text(yaml.safe_dump(tools, allow_unicode=True, sort_keys=False), encoding="utf-8")
    status = {"url": another["url"], "checked": "2026-11-22", "verdict": "moved", "reason": "x"}
    (data / "link-status.yml").write_text(yaml.safe_dump({"links": [status]}), encoding="utf-8")
    measured = yaml.safe_load((data / "figures.yml").read_text(encoding="utf-8"))
    for figure in measured["figures"]:
        # Such texts are hard to read, and a build would not stand for it.
        figure["value"] = 1000.0 if figure["name"].startswith("reading-") else figure["value"]
    (data / "figures.yml").write_text(yaml.safe_dump(measured), encoding="utf-8")
    filled: dict[int, Slot] = {}
    done: set[tuple[str, str]] = set()
    for name, place, shape in nonempty(shapes(data)):
        source, _ = yaml_reader.read(name, (data / name).read_bytes())
        assert source
        value = source.value
        for slot in sorted(slots(shape, value, "", "", ()), key=lambda found: found.old is None):
            text = _filled(slot, len(filled))
            if text is None or (place, slot.pattern) in done or (slot.owner, slot.name) in NAMING:
                continue
            put(value, slot.path, text)
            try:
                shape.model_validate(value, strict=False)
            except ValidationError:
                put(value, slot.path, slot.old)
                continue
            done.add((place, slot.pattern))
            filled[len(filled)] = slot
        (data / name).write_text(yaml.safe_dump(_without_none(value), allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
    _let_differ(root)
    return root, filled


def _let_differ(root: Path) -> None:
    """Texts that two documents shared word for word differ where one of them is hostile now, and terms are lost: links and term list allow it."""
    path = root / "data" / "term-list.yml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    for term in value["keep"]:
        term["ours"].append("*")
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
    path = root / "data" / "crosswalk.yml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = check(root)
    assert isinstance(found, list)
    for problem in nonempty(problem for problem in found if problem.code == "words-apart"):
        del value["links"][int(problem.path.split("[")[1].split("]")[0])]["same_words"]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list) else value
