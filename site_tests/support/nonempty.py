"""Loops that assert must run at least once: over nothing, a test would pass without having looked at anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def nonempty(items: Iterable[T]) -> list[T]:
    """The items as a list; none at all fails the test that asks for them."""
    found = list(items)
    assert found, "nothing to look at: the loop over it would assert nothing"
    return found
