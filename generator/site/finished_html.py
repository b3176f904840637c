"""A Markdown extension for both engines: finished HTML is put aside unread. The pages stay the same, and most of them is HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEFORE_ALL_PARSERS = 25
"""Python-Markdown's own parser of HTML runs at 20 and MkDocs' at 21, each over the whole page; 'normalize_whitespace' at 30."""

_OPENING = re.compile(r"^<([a-z][a-z0-9]*)\b[^>]*>", re.MULTILINE)


class FinishedHtml(Extension):
    """`generator.finished_html` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register."""
        md.preprocessors.register(_PutAside(md), "finished_html", BEFORE_ALL_PARSERS)


class _PutAside(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        kept: list[str] = []
        at = 0
        for start, end in self._blocks(text):
            kept += [text[at:start], "\n\n", self.md.htmlStash.store(text[start:end]), "\n\n"]
            at = end
        return "".join((*kept, text[at:])).split("\n")

    def _blocks(self, text: str) -> Iterator[tuple[int, int]]:
        """Where elements begin and end that stand on lines of their own and hold no Markdown."""
        at = 0
        while opening := _OPENING.search(text, at):
            at = opening.end()
            end = _end(text, opening) if self.md.is_block_level(opening[1]) else None
            if end and text[end : end + 1] in ("\n", "") and text.find("markdown=", opening.start(), end) < 0:
                yield opening.start(), end
                at = end


def _end(text: str, opening: re.Match[str]) -> int | None:
    """Behind the tag that closes an element; none where nothing closes it."""
    open_ones = 0
    for tag in re.compile(rf"<(/?){opening[1]}\b[^>]*>").finditer(text, opening.start()):
        open_ones += -1 if tag[1] else 1
        if not open_ones:
            return tag.end()
    return None


def makeExtension(**settings: object) -> FinishedHtml:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls."""
    return FinishedHtml(**settings)
