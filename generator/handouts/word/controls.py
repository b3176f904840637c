"""Lines of text for Word: white space as browsers show it, links, and a content control with its name for each blank."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from generator.handouts.word.xml import Piece, classes, el, pieces, run

LOOKS: dict[str, dict[str, Any]] = {
    "b": {"b": 1},
    "cite": {"i": 1},
    "pb-code": {"b": 1},
    "pb-note": {"rStyle": "Note", "b": 0},
    "pb-at": {"rStyle": "Soft", "b": 0},
}
"""The marks of an inline element or class."""

NO_BREAK, EM_SPACE = "\u00a0", "\u2003"

BOX, CHECKED, BOX_FONT = "☐", "☒", "MS Gothic"
"""The signs of a check box and the font that has them."""

ROOM = {"date": 16, "textarea": 1, "text": 32}
"""How many letters wide a kind of blank is before somebody types."""

LONGEST, TAIL = 64, 24
"""Word takes no longer title or tag; the last part of a title ('…: doing') stays when the title is cut, if it is no longer than this."""


class Text:
    """Makes the lines and controls of one document; `part` is the part of the file that keeps the links."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.ids = count(1)

    def line(self, found: Iterable[Piece], **look: Any) -> list[Any]:
        """What stands in a paragraph, nothing if it is blank; a box keeps its first word beside it."""
        told = [*_flat(found, look)]
        while told and isinstance(told[-1][0], str) and not told[-1][0].strip():
            told.pop()
        made, end = [], " "
        for piece, marks in told:
            if isinstance(piece, Element):
                made.append(self.control(piece, ruled=piece.tag == "input"))
                end = BOX if _is_box(piece) else ""
            else:
                text = re.sub(r"\s+", " ", piece, flags=re.ASCII)
                if text.startswith(" ") and end in (" ", BOX):
                    text = (NO_BREAK if end == BOX else "") + text[1:]
                if text:
                    made.append(self._run(text, marks))
                    end = text[-1]
        return made

    def _run(self, text: str, look: dict[str, Any]) -> Any:
        if "href" not in look:
            return run(text, **look)
        link = el("hyperlink", run(text, **look))
        link.set(qn("r:id"), self.part.relate_to(look["href"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link

    def control(self, blank: Element, *, ruled: bool = False) -> Any:
        """The content control for an input or a textarea; `ruled` draws a line to write on, where nothing else does."""
        kind = blank.get("type", blank.tag)
        about = [el("alias", val=alias(blank.get("title", ""))), el("tag", val=tag(blank)), el("id", val=next(self.ids))]
        if _is_box(blank):
            states = (el(f"w14:{name}State", val=f"{ord(sign):X}", font=BOX_FONT) for name, sign in (("checked", CHECKED), ("unchecked", BOX)))
            check = el("w14:checkbox", el("w14:checked", val=0), *states)
            return el("sdt", el("sdtPr", *about, check), el("sdtContent", run(BOX, rStyle="Box")))
        typed = _date() if kind == "date" else el("text", multiLine=1) if kind == "textarea" else el("text")
        marks = [el("rPr", el("u", val="single"))] if ruled else []
        shown = run(("_" if ruled else NO_BREAK) * ROOM[kind])
        return el("sdt", el("sdtPr", *marks, *about, el("showingPlcHdr"), typed), el("sdtContent", shown))


def _flat(found: Iterable[Piece], look: dict[str, Any]) -> Iterator[tuple[Piece, dict[str, Any]]]:
    """The texts and blanks in some pieces, each with its look; a label is set off from the next one."""
    for piece in found:
        if isinstance(piece, str) or piece.tag in ("input", "textarea"):
            yield piece, look
        else:
            inner = dict(look, href=piece.get("href")) if piece.tag == "a" else look
            for name in (piece.tag, *classes(piece)):
                inner = inner | LOOKS.get(name, {})
            yield from _flat(pieces(piece), inner)
            if piece.tag == "label":
                yield EM_SPACE, look


def _is_box(blank: Element) -> bool:
    return blank.get("type") in ("checkbox", "radio")


def _date() -> Any:
    stored = el("storeMappedDataAs", val="dateTime")
    return el("date", el("dateFormat", val="M/d/yyyy"), el("lid", val="en-US"), stored, el("calendar", val="gregorian"))


def alias(title: str) -> str:
    """A title that Word takes, cut at a word; its last part ('…: doing') stays, for it tells the blanks of one question from each other."""
    start, colon, end = title.rpartition(": ")
    if len(end) > TAIL:
        start, colon, end = title, "", ""
    room = LONGEST - len(colon + end)
    if len(start) > room:
        kept = start[: room - 1]
        start = f"{kept.rpartition(' ')[0] or kept}…"
    return start + colon + end


def tag(blank: Element) -> str:
    """What a blank is tagged with."""
    return tagged(blank.get("name", ""), blank.get("value", "") if blank.get("type") == "radio" else "")


def tagged(name: str, value: str = "") -> str:
    """The name of a blank, with its value where several share a name; a hash stands for the middle of one that Word would not take."""
    name = f"{name}={value}" if value else name
    return name if len(name) <= LONGEST else f"{name[:24]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}~{name[-30:]}"
