"""What differs between two wordings, word by word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

BREAK = "\n"
"""Stands between the parts of a text."""

LIKE = 0.4
"""Below this share of common words two texts are shown one after the other: marks would hide both."""


@dataclass(frozen=True)
class Span:
    """Words that follow each other: in both wordings, or in one only."""

    words: str
    gone: bool = False
    new: bool = False


def spans(old: Sequence[str], new: Sequence[str]) -> tuple[Span, ...]:
    """Both wordings in one stream; a text's parts end with a break."""
    before, after = _words(old), _words(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKE:
        found = [Span(BREAK.join(old), gone=True), Span(BREAK.join(new), new=True)]
        return tuple(span for span in found if span.words)
    return tuple(_marked(matcher, before, after))


def _words(texts: Sequence[str]) -> list[str]:
    """All words, a break between two texts."""
    return [word for number, text in enumerate(texts) for word in ([BREAK] if number else []) + text.split()]


def _marked(matcher: difflib.SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Span]:
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield Span(joined(before[first:last]))
            continue
        if last > first:
            yield Span(joined(before[first:last]), gone=True)
        if end > start:
            yield Span(joined(after[start:end]), new=True)


def joined(words: Iterable[str]) -> str:
    """Words to a text, with nothing around the breaks between its parts."""
    return " ".join(words).replace(f" {BREAK}", BREAK).replace(f"{BREAK} ", BREAK)


def sides(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[tuple[Span, ...], ...], tuple[tuple[Span, ...], ...]]:
    """The old wording and the new one, part by part, each with what only it has marked."""
    found = spans(old, new)
    return _side(span for span in found if not span.new), _side(span for span in found if not span.gone)


def _side(found: Iterator[Span]) -> tuple[tuple[Span, ...], ...]:
    pieces: list[Span | None] = []
    for span in found:
        for number, words in enumerate(span.words.split(BREAK)):
            pieces += [None] if number else []
            pieces += [Span(words, span.gone, span.new)] if words else []
    parts = groupby(pieces, key=lambda piece: piece is None)
    return tuple(tuple(piece for piece in part if piece) for broken, part in parts if not broken)
