"""Files as nobody would write them: bytes cut, doubled and replaced, values of odd shapes; the same examples in each run."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

bounded = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
"""Reproducible; what stops a hang is the time limit of the whole run."""


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**17, 10**30, 1e300, float("inf"), float("nan"), [], {}, [[]], [None], {"a": 1}, {"": None}),
    *("", " ", "x" * 10_000, "1a", "1a.school", "T01", "true", "0", "\u202eabc", "😀", "[key]", "{{ x }}", "9" * 5000),
    *("2026-99-99", "a\nb", "\uffff\0"),
)


KEYS = ("id", "text", "parts", "from", "sources", "", "1", "[key]", "x")


ODD_TEXT = st.text(alphabet="ab:-[]{}#&*!|>'\"%@`\\\t\n ,?0.~", max_size=12) | st.sampled_from(
    ("[a," * 400, "{a: " * 400, "[a,\n" * 50_000, "[" * 20, "&a [*a, *a]", "? " * 300, "- " * 300, "!!python/object:x y", "\n---\n", "<<: *a", "\x00")
)


@st.composite
def mangled(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes of a real file with some of them cut, doubled or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 1, 7, 300))))
        middle = draw(st.binary(max_size=8) | ODD_TEXT.map(str.encode) | st.just(content[start:end] * 2))
        content = content[:start] + middle + content[end:]
    return content


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*here, key)
        yield from paths(inner, (*here, key))


@st.composite
def misshapen(draw: st.DrawFn, value: Any) -> Any:
    """The value of a real file with some of its parts taken out, doubled, swapped, wrapped, renamed or replaced by what is odd."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        ways = list(paths(value))
        if not ways:
            break
        *around, last = draw(st.sampled_from(ways))
        parent = functools.reduce(lambda inner, key: inner[key], around, value)
        match draw(st.sampled_from(("odd", "odd", "without", "twice", "another", "wrapped", "renamed"))):
            case "odd":
                parent[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "without":
                del parent[last]
            case "twice" if isinstance(parent, list):
                parent.insert(last, copy.deepcopy(parent[last]))
            case "another":
                other = functools.reduce(lambda inner, key: inner[key], draw(st.sampled_from(ways)), value)
                parent[last] = copy.deepcopy(other)
            case "wrapped":
                parent[last] = draw(st.sampled_from(([parent[last]], {"a": parent[last]})))
            case "renamed" if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = parent.pop(last)
    return value
