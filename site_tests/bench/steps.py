"""One step of the pipeline in a process of its own: `python -m bench.steps STEP FOLDER`; the last line says what the step itself took."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.checks import rules
from generator.checks.checked_edition import Edition, check
from generator.checks.rules import twins
from generator.exports import search_entries
from generator.project import project_files
from generator.site import build, engine, link_check
from site_tests.bench.measuring import INSIDE

# A synthetic playbook has longer files than a person would write, and the names and the printed pages of what it was copied from.
COPIED = {"source-elsewhere", "name-used-twice"}
project_files.MAX_BYTES = 1_000_000_000
rules.RULES = tuple(rule for rule in rules.RULES if rule.find is not twins.unlinked_twins)  # each of its questions has a hundred twins
_all_problems = rules.check
rules.check = lambda catalog, **how: [problem for problem in _all_problems(catalog, **how) if problem.code not in COPIED]


@contextmanager
def _silent(what: str, number: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


def _checked(root: Path) -> Edition:
    found = check(root)
    assert isinstance(found, Edition), found[:5]
    return found


def _markdown(root: Path) -> Callable[[], object]:
    """Data checked and all of build/docs written; which handouts there are is asked before."""
    stock = build.handouts(root, _checked(root), _silent) if (root / "build" / "handouts").is_dir() else {}
    return lambda: build.prepare(root, _checked(root), stock)


STEPS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "check": lambda root: lambda: _checked(root),
    "markdown": _markdown,
    "handouts": lambda root: _after(_checked(root), lambda found: build.handouts(root, found, _silent)),
    "search": lambda root: _after(_checked(root), lambda found: search_entries.script(found.catalog, found.routes)),
    "links": lambda root: _after(_checked(root), lambda found: link_check.problems(root / "site", root, found)),
    "mkdocs": lambda root: lambda: engine.run(root, "mkdocs", "2026-01-01"),
}
"""Each makes ready what is not measured, and gives what is."""


def _after(found: Edition, work: Callable[[Edition], object]) -> Callable[[], object]:
    return lambda: work(found)


if __name__ == "__main__":
    gc.set_threshold(100_000, 50, 50)
    work = STEPS[sys.argv[1]](Path(sys.argv[2]))
    start = time.perf_counter()
    work()
    print(f"{INSIDE}{time.perf_counter() - start}")
