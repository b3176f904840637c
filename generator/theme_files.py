"""The theme and the schemas are whole: no file is missing, texts have no conflicts or invisible characters, templates and JSON can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import nodes

from generator import project_files, text_mistakes
from generator.problems import Mark, Problem

_TEXTS = (".jinja", ".html", ".css", ".js", ".svg", ".txt")
_PICTURES = (".png", ".jpg", ".ico", ".woff2")

# fmt: off
_PAGES = (
    "about", "browse", "cell", "coaching", "compose", "coverage", "cycle", "data", "domain", "domains", "form", "forms", "glossary",
    "guides", "habit", "habits", "handouts", "home", "leadership", "level", "levels", "links", "matrix", "practice", "practices", "prose",
    "questions", "reflect", "resources", "retired", "rubric", "search", "section", "sessions", "sources", "step", "team", "tool", "tools",
    "turnaround_practices", "whats-new",
)
_SHEETS = (
    "coaching", "fishbone", "form", "future-states", "packet", "page-numbers", "planning-template", "practice", "reflection",
    "self-reflection", "touch-points",
)
_BOOKS = ("planning-template", "self-reflection", "touch-points")
# fmt: on

NEEDED = (
    *(f"theme/pages/{name}.md.jinja" for name in _PAGES),
    *(f"theme/print/{name}.html.jinja" for name in _SHEETS),
    *(f"theme/print/{name}.book.jinja" for name in _BOOKS),
    *("theme/print/print.css", "theme/collected/summary.html.jinja", "theme/collected/summary.css", "theme/assets/playbook.css"),
    *(f"theme/overrides/{name}.html" for name in ("main", "404", "partials/header", "partials/nav", "partials/toc")),
    *(f"theme/overrides/partials/javascripts/{name}.html" for name in ("base", "content")),
)
"""What the generator asks for by name, and what the engine would replace by its own in silence; templates name the rest."""

MADE = frozenset({"print.css", "blanks.js", "items.js", "search-entries.js", "lunr.js"})
"""What a build adds to the assets."""


def problems(root: Path) -> Iterator[Problem]:
    """All of them; what a template or a style means is not looked at."""
    yield from (project_files.missing(name) for name in NEEDED if not (root / name).exists())
    unknown: dict[str, Problem] = {}
    for name in project_files.names(root / "theme", *_TEXTS):
        file = f"theme/{name}"
        text, wrong = project_files.text(root, file)
        yield from wrong
        if not wrong and file.endswith((".jinja", ".html")):
            needed, malformed = _parsed(file, text)
            yield from malformed
            for other, line in needed:
                if other not in NEEDED and not (root / other).exists():
                    unknown.setdefault(other, _unknown(Mark(file, line), other))
    yield from unknown.values()
    for name in project_files.names(root / "theme", *_PICTURES):
        content, wrong = project_files.read(root, f"theme/{name}")
        yield from wrong or text_mistakes.pointer(f"theme/{name}", content)
    for name in project_files.names(root / "data" / "schema", ".json"):
        yield from _schema(root, f"data/schema/{name}")


@lru_cache(maxsize=512)
def _parsed(file: str, text: str) -> tuple[tuple[tuple[str, int], ...], tuple[Problem, ...]]:
    """The files of the theme that a template names, each with its line; and what is wrong with its syntax."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        return (), (Problem(Mark(file, error.lineno), "bad-template", "", f"the template cannot be read: {error.message}", "mend it at this line"),)
    needed = [*_assets(text)]
    # A template of the engine may name others of the engine.
    if not file.startswith("theme/overrides/"):
        folder = file.rpartition("/")[0]
        naming = tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
        named = ((getattr(node, "template", None), node.lineno) for node in naming)
        needed += [(f"{folder}/{template.value}", line) for template, line in named if isinstance(template, nodes.Const)]
    return tuple(needed), ()


def _assets(text: str) -> Iterator[tuple[str, int]]:
    """The styles, scripts and pictures that a template names, each with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((f"theme/{name}", number) for name in re.findall(r"\bassets/[\w./-]+\.\w+", line) if name.removeprefix("assets/") not in MADE)


def _unknown(mark: Mark, file: str) -> Problem:
    return Problem(mark, "unknown-theme-file", "", f"there is no {file}", f"mend the name, or bring the file back from git: git checkout -- {file}")


def _schema(root: Path, name: str) -> Iterator[Problem]:
    text, wrong = project_files.text(root, name)
    yield from wrong
    try:
        _ = wrong or json.loads(text)
    except ValueError as error:
        mark = Mark(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        yield Problem(mark, "bad-schema", "", "the schema is not JSON", "run 'playbook schema', which writes it anew")
