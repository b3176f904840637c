"""The hand-written pages in content/: Markdown whose links name records, as in [the first practice](@1a)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.index import Catalog
from generator.catalog.routes import PAGES, Routes
from generator.checks import page_errors
from generator.checks.rules import term_list
from generator.problems import Mark, Problem, suggestion
from generator.project import project_files

_LINK = re.compile(r"\]\(@([^)\s]*)\)")
_OTHER = re.compile(r"\]\((?!@|#|https?://|mailto:)([^)\s]*)\)")


@dataclass(frozen=True)
class Prose:
    """A hand-written page or part of one: `name` is its file's name without '.md'."""

    name: str
    file: str
    text: str

    def linked(self, routes: Routes, page: str) -> str:
        """The text with its links as they go from `page`."""
        return _LINK.sub(lambda match: f"]({routes.link(page, match[1])})", self.text)


REQUIRED = frozenset({"home", "about", "accessibility", "how-to-use", "not-covered", "sources"})
"""The pages that templates take their words from."""


def read(root: Path) -> tuple[dict[str, Prose], list[Problem]]:
    """All of content/ by name."""
    found: dict[str, Prose] = {}
    problems: list[Problem] = []
    present = project_files.names(root / "content", ".md", ".markdown", ".txt")
    missing = {f"content/{name}.md" for name in REQUIRED if f"{name}.md" not in present}
    for file in (f"content/{name}" for name in present):
        name = file.removeprefix("content/").removesuffix(".md")
        if name not in REQUIRED:
            hint = f"the hand-written pages are {', '.join(f'{page}.md' for page in sorted(REQUIRED))}"
            problem, meant = project_files.stranger(file, missing, hint)
            problems.append(problem)
            missing -= {meant}
            continue
        text, wrong = project_files.text(root, file)
        wrong = wrong or _without_title(file, text) or list(page_errors.problems(file, text))
        problems += wrong
        if not wrong:
            found[name] = Prose(name, file, text)
    return found, [*problems, *map(project_files.missing, missing)]


def _without_title(file: str, text: str) -> list[Problem]:
    first = next((number for number, line in enumerate(text.splitlines(), 1) if line.strip()), 0)
    if not first:
        return [Problem(Mark(file), "empty-file", "", "the page has no words", "write them, or bring the page back from git")]
    line = text.splitlines()[first - 1]
    if line.startswith("# "):
        return []
    hint = "begin the page with '# ' and its title"
    if line.strip() == "---":
        return [Problem(Mark(file, first), "front-matter", "", "a page has no lines between '---' before its title: the build writes them", hint)]
    return [Problem(Mark(file, first), "no-title", "", "the page does not begin with its title", hint)]


def unknown_links(prose: dict[str, Prose], catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    """Each link of a hand-written page leads to a record or page that exists."""
    for page in prose.values():
        for number, line in enumerate(page.text.splitlines(), 1):
            for match in _OTHER.finditer(line):
                hint = "name a record or page, as in '[the first practice](@1a)' or '[tools](@tools)'"
                yield Problem(Mark(page.file, number, match.start(1) + 1), "unknown-link", "", f"'{match[1]}' is no name of a record or page", hint)
            for match in _LINK.finditer(line):
                if match[1] not in routes and catalog.could_tell(match[1]):
                    mark = Mark(page.file, number, match.start(1) + 1)
                    yield Problem(mark, "unknown-link", "", f"no record or page '@{match[1]}'", suggestion(match[1], [*PAGES, *routes]))


def avoided_words(prose: dict[str, Prose], catalog: Catalog) -> Iterator[Problem]:
    """No hand-written page uses a word that the term list avoids."""
    for page in prose.values():
        for number, line in enumerate(page.text.splitlines(), 1):
            for word, instead in term_list.found(line, catalog.avoided_words):
                mark = Mark(page.file, number, line.index(word) + 1)
                yield Problem(mark, "avoided-word", "", f"'{word}' is a word to avoid", instead)
