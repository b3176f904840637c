"""The making of handouts: from nothing, with nothing to do, and after one changed sentence."""

from __future__ import annotations

from pathlib import Path

from site_tests.bench.measuring import in_turns, table
from site_tests.bench.pipeline import change_a_sentence, step
from site_tests.support.project import copy_project


def main(folder: Path) -> str:
    """The table."""
    root = copy_project(folder / "project")
    cases = {
        "all handouts from nothing": step("handouts", root),
        "nothing to do": step("handouts", root),
        "one changed sentence": step("handouts", root, lambda: change_a_sentence(root)),
    }
    found = in_turns(cases, 1)
    files = sum(1 for path in (root / "build" / "handouts").iterdir() if path.suffix != ".ttf")
    whole = found["all handouts from nothing"].inside
    rows = [(name, f"{cost.inside:.1f}", f"{cost.inside / whole:.3f}") for name, cost in found.items()]
    return table(f"Handouts, {files} files", ("", "seconds", "of all from nothing"), rows)
