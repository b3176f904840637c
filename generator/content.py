"""The hand-written pages in content/: Markdown whose links name records, as in [the first practice](@1a)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalog import Catalog
from generator.problems import Mark, Problem, suggestion
from generator.routes import PAGES, Routes

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


def read(root: Path) -> tuple[dict[str, Prose], list[Problem]]:
    """All of content/ by name."""
    found: dict[str, Prose] = {}
    problems = []
    unread = set()
    for path in sorted((root / "content").glob("*.md")):
        file = f"content/{path.name}"
        try:
            found[path.stem] = Prose(path.stem, file, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            unread.add(path.stem)
            problems.append(Problem(Mark(file), "not-utf-8", "", "the file is not UTF-8", "save the file as UTF-8 in your editor"))
    for name in sorted(REQUIRED - unread - set(found)):
        problems.append(
            Problem(
                Mark(f"content/{name}.md"), "missing-file", "", "the file is not there", f"bring it back from git: git checkout -- content/{name}.md"
            )
        )
    return found, problems


REQUIRED = frozenset({"home", "about", "accessibility", "how-to-use", "sources"})
"""The pages that templates take their words from."""


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
