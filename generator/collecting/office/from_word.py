"""Filled-in Word and OpenDocument texts, by the tags of their blanks, or where a program took these away by their places in the handout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from generator.collecting.office.lost import lost
from generator.collecting.office.places import CHECKED, Placed, place
from generator.collecting.office.text_pieces import Piece, pieces
from generator.collecting.readers.limits import Measure
from generator.collecting.readers.package import Package, opened
from generator.collecting.readers.session import Known, Paper
from generator.handouts.word.controls import tagged

LEAST_SAME = 0.5
"""The part of a handout's printed texts that a file of unknown blanks has at least."""


def read(package: Package, known: Known) -> Paper:
    """All blanks of a text. Its boxes let people check two levels of one scale: then both stand in the answer."""
    root = package.xml(package.main)
    filled = pieces(root)
    names = _names(known)
    tags = {piece.tag for piece in filled if piece.tag}
    measure = Measure()
    for piece in filled:
        measure.blank(names.get(piece.tag, (piece.tag, ""))[0], piece.text)
    placed = _placed(package, filled, known)
    if placed is None or (not tags and placed.same < LEAST_SAME):
        if not tags:
            raise lost(package, known, [piece.text for piece in filled])
        placed = None
    found: dict[str, list[str]] = defaultdict(list)
    if placed is None:
        placed = Placed()
        for piece in filled:
            if piece.tag:
                placed.answers[piece.tag].append(piece.text if piece.box is None else CHECKED if piece.box else "")
    else:
        for piece in filled:
            # A blank that the handout does not have, or no longer.
            if piece.tag and piece.tag not in placed.answers:
                placed.answers[piece.tag].append(piece.text if piece.box is None else CHECKED if piece.box else "")
    for tag, texts in placed.answers.items():
        name, value = names.get(tag, (tag.partition("=")[0], tag.partition("=")[2] or "on"))
        found[name] += [value if text == CHECKED else text for text in texts]
    comments = [" ".join("".join(one.itertext()).split()) for one in _comments(package, root)]
    not_read = (*(f"“{' '.join(text.split())}”" for text in placed.not_read), *(f"the comment “{text}”" for text in comments if text))
    beside = tuple(f"“{' '.join(text.split())}”" for text in placed.beside)
    return Paper({name: ", ".join(filter(None, texts)) for name, texts in found.items()}, {}, not_read, beside=beside)


def _names(known: Known) -> dict[str, tuple[str, str]]:
    """Each tag's blank, and what it holds where it is a box."""
    names = {tagged(blank.name): (blank.name, "on") for blank in known.blanks.values()}
    return names | {
        tagged(blank.name, value): (blank.name, title) for blank in known.blanks.values() for value, title in blank.choices if value != "on"
    }


def _placed(package: Package, filled: list[Piece], known: Known) -> Placed | None:
    """The file laid beside the handout that it is most like."""
    if known.printed is None:
        return None
    texts = [piece.text for piece in filled]
    best: Placed | None = None
    for blank in known.printed.like(package.title, known.mentioned(texts), "docx"):
        found = place(_given_out(blank.content), filled)
        best = found if best is None or found.same > best.same else best
    return best


@lru_cache(maxsize=16)
def _given_out(content: bytes) -> list[Piece]:
    package = opened(content)
    return pieces(package.xml(package.main))


def _comments(package: Package, root: Any) -> Iterator[Any]:
    """The notes that people put at the side."""
    apart = package.xml(package.beside("comments.xml"))
    for tree in (root, apart):
        if tree is not None:
            yield from tree.iter(f"{{*}}{'annotation' if tree is root else 'comment'}")
