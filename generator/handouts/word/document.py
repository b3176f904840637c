"""A handout's HTML as a Word file: real headings, lists and tables to edit, content controls to type in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import chain, groupby, repeat
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.parfmt import ParagraphFormat

from generator.handouts.word import styles, tables
from generator.handouts.word.controls import Text
from generator.handouts.word.styles import INDENT, MARGIN, PAPERS, deeper
from generator.handouts.word.xml import Piece, classes, paragraph, pieces, words
from generator.output import zip_files

NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and others that have no picture."""

INLINE = {"a", "b", "cite", "input", "label", "span"}
BLOCKS = {"div", "section", "header", "p", "h1", "h2", "h3", "h4", "h5", "h6"}
"""Elements of a line, and those that hold lines or blocks; lists, tables and text areas are blocks of their own."""

STYLE_OF = {f"h{level}": f"Heading{min(level, 4)}" for level in range(1, 7)} | {
    "pb-kicker": "Kicker",
    "pb-address": "Address",
    "pb-lead-in": "LeadIn",
    "pb-source": "Source",
    "pb-quiet": "Quiet",
    "pb-meta": "Meta",
    "pb-ticks": "Ticks",
    "pb-field-label": "FieldLabel",
}
"""The paragraph style of an element or class."""

ROOM_OF = {"pb-field": 15.0, "pb-notes-area": 15.0, "pb-asked": 18.0}
"""Less room to write than elsewhere, in millimeters, for what has many blanks."""


def document(html: str, date: str) -> bytes:
    """The file's bytes, the same for the same text; `date` (2026-11-22) is when it says it was made."""
    tree = tinyhtml5.parse(NOT_FOR_XML.sub("", html), namespace_html_elements=False)
    body = tree.find("body")
    assert body is not None
    file, out = Document(), BytesIO()
    styles.dress(file)
    about, told = {meta.get("name"): meta.get("content", "")[:255] for meta in tree.iter("meta")}, file.core_properties
    told.title = (tree.findtext("head/title") or "")[:255]
    told.author, told.last_modified_by, told.comments = about["author"], about["author"], about["description"]
    told.created = told.modified = datetime.fromisoformat(date)
    told.language = "en-US"
    _fill(file, body)
    file.save(out)
    return zip_files.repacked(out.getvalue())


def _fill(file: Word, body: Element) -> None:
    """The body, in sections: what is of class pb-wide lies on its side."""
    writer, end, papers = _Writer(file.part), file.element.body.sectPr, []
    for wide, found in groupby(body, lambda part: "pb-wide" in classes(part)):
        short, long = PAPERS["a4" if "pb-on-a4" in classes(body) else "letter"]
        papers.append((long, short) if wide else (short, long))
        if len(papers) > 1:
            end.getprevious().set_sectPr(end.clone())
        for block in tables.spaced(writer.flow(found, _Place(papers[-1][0] - 2 * MARGIN))):
            end.addprevious(block)
    for section, paper in zip(file.sections, papers, strict=True):
        styles.lay_out(section, paper, body.get("data-run", ""), body.get("data-edition", ""))


@dataclass(frozen=True)
class _Place:
    """Where a piece stands: the room there is and the style of plain text; in a list how its paragraphs begin, how deep it is, how far inside."""

    width: int
    style: str = "Normal"
    signs: Iterator[tuple[str, int]] | None = None
    level: int = 0
    inset: int = 0
    keep: bool = False
    room: float = 25


class _Writer:
    """Makes Word's paragraphs and tables of HTML."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.text = Text(part)

    def flow(self, found: Iterable[Any], place: _Place) -> Iterator[Any]:
        """Blocks of blocks, and paragraphs of the text between them."""
        for inline, group in groupby(found, lambda piece: isinstance(piece, str) or piece.tag in INLINE):
            if inline:
                yield from self._paragraph(group, place)
            else:
                for element in group:
                    yield from self._block(element, place)

    def _paragraph(self, found: Iterable[Piece], place: _Place) -> Iterator[Any]:
        """In a list the first one carries the item's sign; a box to check in front is a sign by itself."""
        content = self.text.line(found)
        if not content:
            return
        style, number, plain = place.style, 0, place.style in ("Normal", "TableText")
        if plain and place.signs:
            style, number = next(place.signs)
        if plain and content[0].find(f".//{qn('w14:checkbox')}") is not None:
            style, number = deeper("Check", place.level), 0
        made = paragraph(style, content, number)
        if place.keep:
            ParagraphFormat(made).keep_with_next = True
        if place.signs and not plain:
            ParagraphFormat(made).left_indent = Mm(INDENT * place.inset)
        yield made

    def _block(self, element: Element, place: _Place) -> Iterator[Any]:
        if element.tag == "table":
            yield tables.form(element, place.width, self.text)
        elif element.tag in ("ul", "ol"):
            yield from self._list(element, place)
        elif element.tag == "textarea":
            yield tables.box(self.text.control(element), place.width, place.room)
        elif "pb-lines" in classes(element):
            yield tables.lines([*element], place.width, self.text, first=2 if "pb-next" in classes(element) else 1)
        elif element.tag == "header":
            image = element.find("p[@class='pb-qr']/img")
            code = None if image is None else styles.code(self.part, image, next(self.text.ids))
            yield from styles.head(self._container(element, place), code)
        elif element.tag in BLOCKS:
            yield from self._container(element, place)
        elif element.tag != "img":
            raise ValueError(f"<{element.tag}> has no form in Word")

    def _container(self, element: Element, place: _Place) -> list[Any]:
        """A heading, a paragraph, or what holds others; its class says how it looks."""
        for name in (element.tag, *classes(element)):
            place = replace(place, style=STYLE_OF.get(name, place.style), room=ROOM_OF.get(name, place.room))
        link = element.find("a")
        if link is not None and words(link) == words(element):
            place = replace(place, style="Address")
        found = [*self.flow(pieces(element), replace(place, keep=place.keep or _leads(element)))]
        if "pb-rubric-domain" in classes(element):
            ParagraphFormat(found[0]).page_break_before = True
        return found

    def _list(self, element: Element, place: _Place) -> Iterator[Any]:
        """A list. The parts of one long statement are paragraphs of its item; statements to check off are a table."""
        if "pb-parts" in classes(element) and place.signs:
            for item in element:
                yield from self.flow(pieces(item), place)
        elif "pb-items" in classes(element):
            for ticked, group in groupby(element, _is_ticked):
                if ticked:
                    yield self._statements([*group], place)
                elif len(element) == 1:
                    yield from self.flow(pieces(element[0]), place)
                else:
                    yield from self._items(element, group, place)
        else:
            yield from self._items(element, element, place)

    def _items(self, element: Element, items: Iterable[Element], place: _Place) -> Iterator[Any]:
        level = inset = min(place.level + 1, 3)
        first, rest, number = deeper("ListBullet", level), deeper("ListContinue", level), 0
        if "pb-plain" in classes(element):
            first, rest = "FieldLabel", "Normal"
        elif "pb-checks" in classes(element):
            inset = level - 1
            first = deeper("ListContinue", inset) if inset else "Normal"
        elif place.style == "TableText":
            first, rest = "TableBullet", "TableText"
        elif element.tag == "ol":
            first, number = "ListNumber", styles.new_list(self.part)
        for item in items:
            signs = chain([(first, number)], repeat((rest, 0)))
            yield from self._container(item, replace(place, level=level, inset=inset, signs=signs, keep=False))

    def _statements(self, items: list[Element], place: _Place) -> Any:
        """Statements to check off, their points in rows of their own."""
        rows = []
        for item, depth in chain.from_iterable(map(_with_points, items)):
            told = [child for child in item if not {"pb-ticks", "pb-points"} & {*classes(child)}]
            inner = replace(place, style="TableText", keep=item.find("ul[@class='pb-points']") is not None)
            boxes = [self.text.control(blank) for blank in item.iterfind("p[@class='pb-ticks']/label/input")]
            rows.append((depth, [*self.flow(told, inner)], boxes))
        choices = [*dict.fromkeys(words(label) for item in items for label in item.iterfind(".//p[@class='pb-ticks']/label"))]
        return tables.statements(rows, choices, place.width)


def _is_ticked(item: Element) -> bool:
    return item.find(".//p[@class='pb-ticks']") is not None


def _with_points(item: Element, depth: int = 0) -> Iterator[tuple[Element, int]]:
    """A statement and how deep it is, then its points."""
    yield item, depth
    for point in item.iterfind("ul[@class='pb-points']/li"):
        yield from _with_points(point, depth + 1)


def _leads(element: Element) -> bool:
    """Whether the text of an element stands on one page with what it ends in: room to write, the points of an item."""
    last = element[-1] if len(element) else element
    return last.tag == "textarea" or (element.tag == "li" and last.tag == "ul" and "pb-parts" not in classes(last))
