"""CITATION.cff says of the edition what data/playbook.yml and mkdocs.yml say: its title, version and day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator import model, yaml_source
from generator.problems import Problem
from generator.settings import Settings

FILE = "CITATION.cff"


def problems(root: Path, edition: model.Edition, settings: Settings) -> Iterator[Problem]:
    """Each line that differs; none where a copy of the data stands without the file."""
    if not (root / FILE).is_file():
        return
    source, found = yaml_source.read(FILE, (root / FILE).read_bytes())
    yield from found
    if source is None or not isinstance(source.value, dict):
        return
    same = {
        "title": (settings.name, "mkdocs.yml"),
        "version": (edition.version, "data/playbook.yml"),
        "date-released": (edition.date, "data/playbook.yml"),
    }
    for field, (wanted, where) in same.items():
        said = source.value.get(field)
        if said != wanted:
            message = f"'{field}' is '{said or 'missing'}', and {where} says '{wanted}'"
            yield Problem(source.mark((field,)), "citation-differs", field, message, f"write '{field}: {wanted}', or mend {where}")
