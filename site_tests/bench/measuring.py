"""Times whole processes, with the most memory that each one took; what is compared is measured in turns, so that a busy machine wrongs all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPEATS = 3
INSIDE = "seconds inside: "


@dataclass(frozen=True)
class Cost:
    """What one process took; `inside` are the seconds that it says it measured itself, in its last line."""

    seconds: float
    megabytes: float
    inside: float = 0.0


@dataclass(frozen=True)
class Case:
    """A command in a folder; `before` puts the folder in the state that is measured, outside of the time."""

    command: Sequence[str]
    folder: Path
    before: Callable[[], object] = lambda: None


def run(case: Case) -> Cost:
    """One run; RuntimeError with the command's last words when it fails."""
    case.before()
    # As readers have it: Python keeps what it compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as told:
        start = time.perf_counter()
        process = subprocess.Popen(case.command, cwd=case.folder, env=environment, stdout=told, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        words = told.read().decode(errors="replace").rstrip()
        if process.returncode:
            raise RuntimeError(f"{case.command} stopped with {process.returncode}:\n{words[-2000:]}")
    last = words.rpartition("\n")[2]
    return Cost(seconds, used.ru_maxrss / 1024, float(last.removeprefix(INSIDE)) if last.startswith(INSIDE) else 0.0)


def in_turns(cases: Mapping[str, Case], repeats: int = REPEATS) -> dict[str, Cost]:
    """The median of each case."""
    found: dict[str, list[Cost]] = {name: [] for name in cases}
    for number in range(repeats):
        for name, case in cases.items():
            _tell(f"{number + 1} of {repeats}: {name}")
            found[name].append(run(case))
    _tell("")
    return {name: _median(costs) for name, costs in found.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in costs), max(cost.megabytes for cost in costs), statistics.median(cost.inside for cost in costs)
    )


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; every column but the first is of numbers."""
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
