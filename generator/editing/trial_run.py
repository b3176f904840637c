"""Retires a record in a copy of the project first, so that nothing is written unless all of it passes the check."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from generator.catalog import load
from generator.catalog.routes import Routes
from generator.checks import checked_edition, ratchet, retired_ids
from generator.editing import retire
from generator.editing.retire import Wish
from generator.output import folders
from generator.problems import Problem

_READ = ("data", "content", "theme", "mkdocs.yml", "CITATION.cff")
"""What a check of the project reads."""
FIGURES = "data/figures.yml"


def rehearse(root: Path, found: checked_edition.Edition, wish: Wish) -> dict[str, tuple[str, str]] | list[Problem]:
    """Each file that changes as it is and as it will be, or the problems that the result would have; RetireError where nothing can be cut."""
    gone = retire.leaving(found, wish)
    sources = {place.source.file: place.source for place in found.catalog.places.values()}
    before = {file: (root / file).read_bytes().decode() for file in {*gone.cuts, *gone.left_out.values(), retire.RETIRED_FILE, FIGURES}}
    after = before | {file: retire.without(sources[file], before[file], cuts) for file, cuts in gone.cuts.items()}
    for file in sorted({*gone.left_out.values()}):
        items = sorted(name for name, where in gone.left_out.items() if where == file)
        after[file] = retire.with_left_out(file, after[file], items, f"The record that carried it was retired. {wish.why}")
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        _copy(root, trial)
        _write(trial, after)
        halfway = load.load(trial)
        if halfway.catalog is None or halfway.problems:
            return list(halfway.problems)
        remaining = retired_ids.live_addresses(halfway.catalog, Routes(halfway.catalog))
        after[retire.RETIRED_FILE] = retire.with_entries(after[retire.RETIRED_FILE], retire.entries(found, remaining, gone))
        _write(trial, after)
        result = checked_edition.check(trial)
    if isinstance(result, list):
        return result
    reading = ratchet.grades(result.catalog)
    after[FIGURES] = ratchet.text((*ratchet.counted(result.catalog), *ratchet.of_reading(reading)), reading)
    return {file: (before[file], text) for file, text in sorted(after.items()) if text != before[file]}


def _copy(root: Path, to: Path) -> None:
    for name in _READ:
        if (root / name).is_dir():
            shutil.copytree(root / name, to / name)
        elif (root / name).exists():
            shutil.copy(root / name, to)


def _write(folder: Path, texts: dict[str, str]) -> None:
    folders.write_together({folder / file: text.encode() for file, text in texts.items()})
