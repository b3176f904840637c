"""CITATION.cff says of the edition what data/playbook.yml and mkdocs.yml say: its title, version and day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model import playbook
from generator.problems import Mark, Problem
from generator.project import project_files
from generator.project.settings import Settings

FILE = "CITATION.cff"
NEEDED = ("cff-version", "message", "authors")
"""What programs that read the file ask for, besides what is compared."""


def problems(root: Path, edition: playbook.Edition, settings: Settings) -> Iterator[Problem]:
    """Each line that differs; where the settings could not be read, their name is not asked for."""
    source, found = project_files.source(root, FILE)
    yield from found
    if source is None:
        return
    if not isinstance(source.value, dict):
        yield Problem(Mark(FILE), "not-a-record", "", "expected 'field: value' lines", f"bring it back from git: git checkout -- {FILE}")
        return
    for field in NEEDED:
        if not source.value.get(field):
            yield Problem(source.mark(()), "missing-field", field, f"'{field}' is missing", f"add it, or bring it back: git checkout -- {FILE}")
    same = {
        "title": (settings.name, "mkdocs.yml"),
        "version": (edition.version, "data/playbook.yml"),
        "date-released": (edition.date, "data/playbook.yml"),
    }
    for field, (wanted, where) in same.items():
        said = source.value.get(field)
        if wanted and said != wanted:
            message = f"'{field}' is '{said or 'missing'}', and {where} says '{wanted}'"
            yield Problem(source.mark((field,)), "citation-differs", field, message, f"write '{field}: {wanted}', or mend {where}")
