"""An edition to compare: a playbook.json, the folder of a project, or a revision in git; read by today's models or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from generator.catalog import load
from generator.catalog.routes import Routes
from generator.checks import rules
from generator.editions.normalized import Snapshot, snapshot
from generator.exports import playbook_json
from generator.problems import Mark, Problem


def read(name: str, root: Path) -> Snapshot | list[Problem]:
    """The edition of that name; paths and revisions are looked for from `root`."""
    path = root / name
    if path.is_file():
        return _of_file(path, name)
    if path.is_dir():
        found = _of_folder(path)
        return found if isinstance(found, Snapshot) else _placed(found, "" if name == "." else f"{name.rstrip('/')}/")
    return _of_git(name, root)


def summary(folder: Path, version: str) -> str:
    """What the file of an edition says in its own words already; '' for none."""
    catalog = load.load(folder).catalog
    return next((released.summary for released in catalog.released if released.version == version), "") if catalog else ""


def _of_file(path: Path, name: str) -> Snapshot | list[Problem]:
    try:
        return snapshot(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
        return [
            _problem(name, "not-an-edition", "is no playbook.json that this generator can read", "take the data/playbook.json of a published site")
        ]


def _of_folder(folder: Path) -> Snapshot | list[Problem]:
    found = load.load(folder)
    problems = [*found.problems, *(rules.check(found.catalog) if found.catalog else ())]
    if problems or found.catalog is None:
        return problems
    catalog = found.catalog
    edition = snapshot(json.loads(playbook_json.as_json(playbook_json.as_value(playbook_json.export(catalog, Routes(catalog))))))
    return replace(edition, marks={name: catalog.place_of(record).mark("since") for name, record in catalog.retired.items()})


def _of_git(name: str, root: Path) -> Snapshot | list[Problem]:
    """The data of a revision, unpacked into a folder that is thrown away."""
    archive = None if name.startswith("-") else _git(root, "archive", "--format=zip", name, "data")
    if archive is None:
        hint = "name a playbook.json, the folder of a project, or a revision such as v0.1.0 that has data/ ('git tag' lists the tagged ones)"
        return [_problem(name, "no-such-edition", "is no file, no folder and no revision in git with data/", hint)]
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(folder)
        found = _of_folder(Path(folder))
    return found if isinstance(found, Snapshot) else [_unfit(name, found)]


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _unfit(name: str, problems: Sequence[Problem]) -> Problem:
    """The data was whole when it was committed: what is wrong is that today's generator asks for more, so no hint would help."""
    first = min(problems)
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    reason = f"{first.mark.file}:{first.mark.line}: {first.message}{more}"
    hint = "nothing is wrong with it: compare with the playbook.json that was published with it, or with a newer revision"
    return _problem(name, "unfit-revision", f"is too old for today's generator, which cannot read its data ({reason})", hint)


def _placed(problems: Iterable[Problem], before: str) -> list[Problem]:
    """The same problems, with what stands before their files' names to find them."""
    return [replace(problem, mark=replace(problem.mark, file=before + problem.mark.file)) for problem in problems]


def _problem(name: str, code: str, message: str, hint: str) -> Problem:
    return Problem(Mark(name), code, "", f"'{name}' {message}", hint)
