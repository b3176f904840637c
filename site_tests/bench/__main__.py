"""All tables, printed and kept in generator/BENCHMARKS.md; `python -m bench growth` runs the named ones and keeps nothing."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

from site_tests import ROOT
from site_tests.bench import browse, growth, handouts, lighthouse, painting, pipeline, searching, serving, weights

PARTS = {
    "pipeline": pipeline.main,
    "serving": serving.main,
    "handouts": handouts.main,
    "weights": weights.main,
    "lighthouse": lighthouse.main,
    "painting": painting.main,
    "browse": browse.main,
    "searching": searching.main,
    "growth": growth.main,
}
HEAD = """\
# Benchmarks

What `make bench` measured last, all in one run on one machine. Seconds differ from machine to machine, so compare ratios. No test asks for them.

"""


def main(asked: list[str]) -> None:
    """Run the parts that are asked for, or all."""
    found = []
    for name in asked or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            found.append(PARTS[name](Path(folder)))
        print(found[-1], flush=True)
    if not asked:
        machine = f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}.\n\n"
        (ROOT / "generator" / "BENCHMARKS.md").write_text(HEAD + machine + "\n".join(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
