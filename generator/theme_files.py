"""What is published as it stands, the theme and the schemas, is whole: text without conflicts and invisible characters, JSON that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from generator import project_files, text_mistakes
from generator.problems import Mark, Problem

_TEXTS = (".jinja", ".html", ".css", ".js", ".svg", ".txt")
_PICTURES = (".png", ".jpg", ".ico", ".woff2")


def problems(root: Path) -> Iterator[Problem]:
    """All of them; what a template or a style means is not looked at."""
    for name in project_files.names(root / "theme", *_TEXTS):
        yield from project_files.text(root, f"theme/{name}")[1]
    for name in project_files.names(root / "theme", *_PICTURES):
        content, wrong = project_files.read(root, f"theme/{name}")
        yield from wrong or text_mistakes.pointer(f"theme/{name}", content)
    for name in project_files.names(root / "data" / "schema", ".json"):
        yield from _schema(root, f"data/schema/{name}")


def _schema(root: Path, name: str) -> Iterator[Problem]:
    text, wrong = project_files.text(root, name)
    yield from wrong
    try:
        _ = wrong or json.loads(text)
    except ValueError as error:
        mark = Mark(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        yield Problem(mark, "bad-schema", "", "the schema is not JSON", "run 'playbook schema', which writes it anew")
