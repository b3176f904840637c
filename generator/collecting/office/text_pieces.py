"""A text of Word or OpenDocument as a row of pieces: what is printed, and what can be filled in, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from generator.collecting.readers.limits import too_large
from generator.handouts.word.controls import NO_BREAK

MOST_PARTS = 300_000
"""Elements of a text; the largest of our handouts has 60,000."""

BOX_SIGNS = re.compile("([☐☒☑])")
EMPTY = re.compile(f"[_{NO_BREAK}]+")
"""What stands in a blank that nobody filled in."""

CHECKS = {"☒", "☑", "✓", "✔", "x", "yes"}
"""What people put into a box, or beside it."""

IGNORED = {"Fallback", "moveFrom", "del", "tracked-changes", "sdtPr", "annotation", "forms"}
"""Elements whose text is not there for a reader, or stands somewhere else again."""

_WORDML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Piece:
    """A printed text, or a blank; `box` is whether a box is checked, None if it is none.

    `tag` is the tag of a blank that has one still. Pieces of one `line` are in one paragraph, of one `cell` in one cell of a table.
    """

    text: str
    line: int
    cell: int
    blank: bool = False
    tag: str = ""
    box: bool | None = None


@dataclass
class _Flow:
    """The pieces as they come; `cells` are the numbers of those around, and how many pieces there were at the start of each."""

    pieces: list[Piece] = field(default_factory=list)
    line: int = 0
    cells: list[tuple[int, int]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    field_from: int = -1

    def end_line(self) -> None:
        self.flush()
        self.line += 1

    def begin_cell(self) -> None:
        self.end_line()
        self.cells.append((self.line, len(self.pieces)))

    def end_cell(self) -> None:
        self.end_line()
        if self.cells and self.cells.pop()[1] == len(self.pieces):
            self.add("")
            self.line += 1

    def add(self, text: str, *, blank: bool = False, tag: str = "", box: bool | None = None) -> None:
        self.pieces.append(Piece(text, self.line, self.cells[-1][0] if self.cells else -self.line, blank, tag, box))

    def control(self, text: str, tag: str, box: bool | None) -> None:
        self.flush()
        shown = text.strip(f"_ \n{NO_BREAK}")
        if box is not None:
            box = box or shown.casefold() in CHECKS
        self.add(shown, blank=True, tag=tag, box=box)

    def old_field(self, part: str) -> None:
        """A blank of old Word files: what is between the 'separate' and the 'end' of a field."""
        if part == "separate":
            self.flush()
            self.field_from = 0
        elif part == "end" and self.field_from == 0:
            text, self.text, self.field_from = "".join(self.text), [], -1
            if BOX_SIGNS.search(text) is None:
                self.control(text, "", None)
            else:
                self.text = [text]

    def flush(self) -> None:
        """What was printed since the last piece; a sign of a box is a piece by itself."""
        words, self.text = "".join(self.text), []
        for part in BOX_SIGNS.split(words):
            if BOX_SIGNS.fullmatch(part):
                self.add(part, box=part != "☐")
            elif part.strip() or EMPTY.fullmatch(part.strip(" ")):
                self.add(part.strip(f"_ \n\t{NO_BREAK}"))


def pieces(root: Any) -> list[Piece]:
    """All pieces of a document, of either format."""
    flow = _Flow()
    inside = None
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if number > 2 * MOST_PARTS:
            raise too_large(f"it has more than {MOST_PARTS:,} parts")
        if not isinstance(element.tag, str):
            continue
        if inside is not None:
            if event == "end" and element is inside:
                inside = None
                flow.text.append(_tail(element))
            continue
        name = etree.QName(element).localname
        if event == "start" and (name in IGNORED or _is_control(element, name)):
            inside = element
            if name not in IGNORED:
                flow.control(*_control(element, name))
        elif event == "start":
            _begin(flow, element, name)
        else:
            _end(flow, element, name)
    flow.flush()
    return flow.pieces


def _begin(flow: _Flow, element: Any, name: str) -> None:
    if name in ("tc", "table-cell"):
        flow.begin_cell()
    elif name in ("p", "h"):
        flow.end_line()
    if name == "t" or (_is_open(element) and name in ("p", "h", "span", "a")):
        flow.text.append(element.text or "")
    elif name in ("br", "cr", "line-break"):
        flow.text.append("\n")
    elif name in ("tab", "s"):
        flow.text.append(" ")
    elif name == "fldChar":
        flow.old_field(element.get(f"{_WORDML}fldCharType", ""))


def _end(flow: _Flow, element: Any, name: str) -> None:
    if name in ("tc", "table-cell"):
        flow.end_cell()
    elif name in ("p", "h"):
        flow.end_line()
    flow.text.append(_tail(element))


def _is_open(element: Any) -> bool:
    """Whether it is of OpenDocument, where text stands between elements."""
    return not element.tag.startswith(_WORDML)


def _tail(element: Any) -> str:
    above = element.getparent()
    inside_text = above is not None and isinstance(above.tag, str) and _is_open(element) and etree.QName(above).localname in ("p", "h", "span", "a")
    return element.tail or "" if inside_text else ""


def _is_control(element: Any, name: str) -> bool:
    """Whether an element is a blank; one that holds others is only around them."""
    return name in ("content-control", "text-input") or (name == "sdt" and element.find(f".//{_WORDML}sdtContent//{_WORDML}sdt") is None)


def _control(element: Any, name: str) -> tuple[str, str, bool | None]:
    """What a blank holds, its tag, and whether it is checked if it is a box."""
    if name != "sdt":
        about = {etree.QName(key).localname: value for key, value in element.attrib.items()}
        text = "" if about.get("showing-place-holder") == "true" else "".join(_open_text(element))
        return text, about.get("tag", ""), about.get("checked") == "true" if about.get("checkbox") == "true" else None
    properties = element.find(f"{_WORDML}sdtPr")
    found = properties if properties is not None else ()
    about = {etree.QName(one).localname: one for one in found if isinstance(one.tag, str)}
    tag = about["tag"].get(f"{_WORDML}val", "") if "tag" in about else ""
    content = element.find(f"{_WORDML}sdtContent")
    shown = "" if "showingPlcHdr" in about and "checkbox" not in about else "".join(_word_text(content))
    if "checkbox" not in about:
        return shown, tag, None
    state = next((value for one in about["checkbox"].iter("{*}checked") for value in one.attrib.values()), "0")
    return shown, tag, state in ("1", "true")


def _word_text(content: Any) -> Iterator[str]:
    signs = {"br": "\n", "cr": "\n", "p": "\n", "tab": "\t"}
    for part in content.iter() if content is not None else ():
        if isinstance(part.tag, str):
            name = etree.QName(part).localname
            yield part.text or "" if name == "t" else signs.get(name, "")


def _open_text(element: Any) -> Iterator[str]:
    signs = {"line-break": "\n", "p": "\n", "tab": "\t", "s": " "}
    for part in element.iter():
        yield signs.get(etree.QName(part).localname, "") if isinstance(part.tag, str) else ""
        yield part.text or ""
        if part is not element:
            yield part.tail or ""
