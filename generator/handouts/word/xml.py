"""What the Word modules share: pieces of HTML to read, and of Word's XML to make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

MM = 1440 / 25.4
"""A millimeter in Word's unit, a twentieth of a point."""

Piece = Element | str


def pieces(element: Element) -> Iterator[Piece]:
    """What stands in an element of HTML, in order."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def classes(element: Element) -> list[str]:
    """The classes of an element of HTML."""
    return element.get("class", "").split()


def words(element: Element) -> str:
    """The text of an element of HTML in one line."""
    return " ".join("".join(element.itertext()).split())


def el(name: str, *children: Any, **values: object) -> Any:
    """An element of Word's XML: el("tag", val="q1") is <w:tag w:val="q1"/>."""
    space, _, local = name.rpartition(":")
    made = OxmlElement(f"{space or 'w'}:{local}")
    for key, value in values.items():
        made.set(qn(f"{space or 'w'}:{key}"), str(value))
    made.extend(children)
    return made


def run(text: str, **look: object) -> Any:
    """A piece of text with marks: `rStyle` is a style, `b` bold (0: not bold in a heading), `i` italic."""
    shown = el("t")
    shown.text = text
    shown.set(qn("xml:space"), "preserve")
    marks = [el(name, val=look[name]) for name in ("rStyle", "b", "i") if name in look]
    return el("r", *([el("rPr", *marks)] if marks else []), shown)


def paragraph(style: str, content: Iterable[Any] = (), numbers: int = 0) -> Any:
    """A paragraph of a style; `numbers` is the list that it is counted in."""
    counted = [el("numPr", el("ilvl", val=0), el("numId", val=numbers))] if numbers else []
    return el("p", el("pPr", el("pStyle", val=style), *counted), *content)
