"""Copies of the project, each in a folder of its own, and what is built there."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.checks.checked_edition import Edition, check
from generator.checks.retired_ids import live_addresses
from generator.site import build, engine
from site_tests import ROOT

PARTS = ("data", "content", "theme")
FILES = ("mkdocs.yml", "CITATION.cff")


def copy_project(to: Path, of: Path = ROOT) -> Path:
    """The parts of the project that a build reads."""
    for part in PARTS:
        shutil.copytree(of / part, to / part)
    for file in FILES:
        shutil.copy(of / file, to)
    return to


def list_addresses(project: Path) -> None:
    """Add what a test added to a project to its list of addresses, as 'playbook new' does."""
    path = project / "data" / "permalinks.txt"
    found = check(project, with_stubs=True)
    assert isinstance(found, Edition), found
    every = {*path.read_text(encoding="utf-8").splitlines(), *live_addresses(found.catalog, found.routes)}
    path.write_text("".join(f"{address}\n" for address in sorted(every)), encoding="utf-8")


@contextmanager
def silent(what: str, number: int) -> Iterator[Callable[[], None]]:
    """Progress that nobody hears."""
    yield lambda: None


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that whichever worker comes first fills, and the others use."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (done := folder.with_suffix(".done")).exists():
            make(folder)
            done.touch()
    return folder


def stock(root: Path, finished_handouts: Path) -> Path:
    """Give a copy of the project the finished handouts."""
    shutil.copytree(finished_handouts / "build" / "handouts", root / "build" / "handouts", copy_function=os.link)
    return root


def built(root: Path, chosen: engine.Engine) -> Path:
    """The site of a project and its offline copy."""
    found = check(root)
    assert isinstance(found, Edition), found
    assert build.build(root, found, chosen, lambda message: None, silent, with_offline=True) == []
    return root / "site"
