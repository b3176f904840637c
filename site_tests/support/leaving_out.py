"""Which tests need a browser or a whole site: these come first, and `-m "not whole"` leaves them out and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

WHOLE = {
    "playwright": "in a browser",
    "finished_handouts": "of the whole site or of all handouts",
    "small_edition": "of one practice's site",
    "site": "of the whole site or of all handouts",
    "zensical_site": "of the whole site or of all handouts",
    "few": "that make handouts",
    "spoiled": "of hostile text in every field",
    "machine": "of set-up",
    "office": "in LibreOffice",
}
"""The fixtures that take long, and what is said of tests that use one."""
_LEFT_OUT = pytest.StashKey[Counter[str]]()


def _reasons(item: pytest.Item) -> Iterator[str]:
    """What makes a test slow; a fixture may also be asked for by its name, as a parameter."""
    parameters = getattr(item, "callspec", None)
    asked = {*getattr(item, "fixturenames", ()), *(value for value in (parameters.params.values() if parameters else ()) if isinstance(value, str))}
    yield from (said for fixture, said in WHOLE.items() if fixture in asked)


def _rank(reasons: set[str]) -> int:
    """Files that build on their own, then files that look at what is built, then what needs neither; so no worker waits long at the end."""
    return 2 if not reasons else 1 if WHOLE["playwright"] in reasons else 0


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "whole: takes long; set here, by the fixtures that a test uses")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that take long, and put their files first; the tests of a file stay together."""
    reasons: dict[str, set[str]] = {}
    for item in items:
        found = list(_reasons(item))
        reasons.setdefault(item.nodeid.partition("::")[0], set()).update(found)
        if found:
            item.add_marker(pytest.mark.whole(found[0]))
    items.sort(key=lambda item: _rank(reasons[item.nodeid.partition("::")[0]]))


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count what is left out by its mark; of several workers each counts the same."""
    if items and items[0].config.option.markexpr:
        found = Counter(mark.args[0] for item in items if (mark := item.get_closest_marker("whole")))
        config = items[0].config
        config.stash[_LEFT_OUT] = found
        if hasattr(config, "workeroutput"):
            config.workeroutput["left_out"] = dict(found)


def pytest_testnodedown(node: Any) -> None:
    """A worker has ended; one that crashed says nothing."""
    if found := getattr(node, "workeroutput", {}).get("left_out"):
        node.config.stash[_LEFT_OUT] = Counter(found)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out."""
    for said, count in sorted(config.stash.get(_LEFT_OUT, Counter()).items()):
        terminalreporter.write_line(f"left out: {count} tests {said}")
    if config.stash.get(_LEFT_OUT, None):
        terminalreporter.write_line("'make test' runs them all")
