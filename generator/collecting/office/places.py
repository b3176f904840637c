"""Which piece of a filled-in text is which blank: the handout as given out is laid beside it. What fits nowhere is kept with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.collecting.office.text_pieces import CHECKS, Piece
from generator.collecting.readers.folding import folded

ALIKE = 0.6
"""From when on two texts are one that was reworded."""

SAME_EDITION = 0.98
"""The part of the printed texts that a handout of this edition has at least; what differs in it, a person wrote."""


@dataclass
class Placed:
    """What each blank holds, by its tag; `beside` is what was written next to a blank and read as its answer, `not_read` what is in no blank.

    `same` is the part of the printed texts that both have.
    """

    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    beside: list[str] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    same: float = 0.0


CHECKED = "\u2612"
"""What a checked box holds, until its value is known."""


def place(blank: Sequence[Piece], filled: Sequence[Piece]) -> Placed:
    """Lay a filled-in text beside the blank handout. Where tags are left, they tell; else the places of printed texts do."""
    tagged = {piece.tag for piece in blank if piece.tag} & {piece.tag for piece in filled}
    steps = SequenceMatcher(None, list(_keys(blank, tagged)), list(_keys(filled, tagged)), autojunk=False).get_opcodes()
    printed = {at for at, piece in enumerate(blank) if not piece.blank and piece.text}
    kept = {at for step, a, b, _, _ in steps if step == "equal" for at in range(a, b)}
    found = Placed(same=len(kept & printed) / max(len(printed), 1))
    words = {folded(blank[at].text) for at in printed}
    loose: list[int] = []
    for step, a, b, c, d in steps:
        if step == "equal":
            for one, other in zip(blank[a:b], filled[c:d], strict=True):
                _fill(found, one, other)
        else:
            loose += _between(found, blank[a:b], list(enumerate(filled[c:d], c)))
    _read_beside(found, filled, [at for at in loose if folded(filled[at].text) not in words], tagged)
    return found


def _keys(pieces: Sequence[Piece], tagged: set[str]) -> Iterator[tuple[object, ...]]:
    """What is compared of each piece: a tag, a printed text, or how far a box is behind one. A blank without a tag is like no other piece."""
    last, number = "", 0
    for at, piece in enumerate(pieces):
        number += 1
        if piece.tag in tagged:
            yield "tag", piece.tag
        elif piece.box is not None:
            yield "box", last, number
        elif piece.blank:
            yield "blank", id(pieces), at
        elif not piece.text:
            yield "empty", last, number
        else:
            last, number = folded(piece.text), 0
            yield "text", last


def _fill(found: Placed, one: Piece, other: Piece) -> None:
    """Put what a piece holds into its blank."""
    if not one.blank:
        return
    if one.box is None:
        found.answers[one.tag].append(other.text)
    else:
        found.answers[one.tag].append(CHECKED if other.box or other.text.casefold() in CHECKS else "")


def _between(found: Placed, ours: Sequence[Piece], theirs: list[tuple[int, Piece]]) -> list[int]:
    """Where the texts differ: put pieces into the blanks as far as that is sure. Gives the numbers of the rest."""
    reworded = found.same < SAME_EDITION and any(not one.blank for one in ours)
    if reworded and [one.box is None for one in ours] == [other.box is None for _, other in theirs]:
        for one, (_, other) in zip(ours, theirs, strict=True):
            _fill(found, one, other)
        return []
    blanks, rest = _without_printed(ours, theirs, reworded=reworded)
    boxes, texts = [one for one in blanks if one.box is not None], [one for one in blanks if one.box is None]
    given = rest if len(blanks) == len(rest) else [one for one in rest if one[1].text or one[1].blank]
    if blanks and [one.box is None for one in blanks] == [other.box is None for _, other in given]:
        for one, (_, other) in zip(blanks, given, strict=True):
            _fill(found, one, other)
        return []
    ticked = [other for _, other in given if other.box is not None]
    if boxes and len(ticked) == len(boxes):
        for one, other in zip(boxes, ticked, strict=True):
            _fill(found, one, other)
        given = [one for one in given if one[1].box is None]
    if len(texts) == 1 and not any(other.box is not None or other.tag for _, other in given):
        found.answers[texts[0].tag].append(_joined([other for _, other in given]))
        return []
    return [] if reworded else [at for at, other in given if other.text and not other.tag and other.box is None]


def _without_printed(ours: Sequence[Piece], theirs: list[tuple[int, Piece]], *, reworded: bool) -> tuple[list[Piece], list[tuple[int, Piece]]]:
    """The blanks, and what is not printed: the rest of a text that begins with a printed one; nothing of one that another edition rewords."""
    left = list(theirs)
    for one in [one for one in ours if not one.blank and one.text]:
        for at, (number, other) in enumerate(left):
            if other.blank or other.box is not None:
                continue
            if other.text.startswith(one.text):
                left[at] = number, Piece(other.text.removeprefix(one.text).strip(), other.line, other.cell)
                break
            if reworded and SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() >= ALIKE:
                del left[at]
                break
    return [one for one in ours if one.blank], left


def _joined(pieces: Sequence[Piece]) -> str:
    """Texts of one paragraph in one line, each other paragraph in its own.

    LibreOffice repeats a blank for each script in it, some with a part of the text before the whole: then the first has all.
    """
    if pieces and pieces[0].blank and all(piece.text.endswith(pieces[0].text) or piece.text in pieces[0].text for piece in pieces):
        return pieces[0].text
    text, line = "", None
    for piece in pieces:
        text += ("" if line is None else " " if piece.line == line else "\n") + piece.text
        line = piece.line
    return text.strip()


def _read_beside(found: Placed, filled: Sequence[Piece], loose: list[int], tagged: set[str]) -> None:
    """Read what was typed next to a blank, in its cell or paragraph, as its answer; the rest is not read."""
    cells: Mapping[int, list[Piece]] = _by_cell(filled)
    for at in loose:
        piece = filled[at]
        near = [one for one in cells[piece.cell] if one.tag in tagged]
        if len(near) != 1:
            found.not_read.append(piece.text)
        elif near[0].box is None:
            texts = found.answers[near[0].tag]
            texts[:] = [_joined([*(Piece(text, piece.line, piece.cell) for text in texts if text), piece])]
            found.beside.append(piece.text)
        elif piece.text.casefold() in CHECKS:
            found.answers[near[0].tag][:] = [CHECKED]
            found.beside.append(piece.text)
        else:
            found.not_read.append(piece.text)


def _by_cell(pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.cell].append(piece)
    return found
