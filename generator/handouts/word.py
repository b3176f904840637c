"""A handout's HTML as a Word file: real headings, lists and tables to edit, content controls to type in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import chain, groupby, repeat
from typing import Any
from xml.etree.ElementTree import Element

import segno
import tinyhtml5
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENTATION
from docx.image.exceptions import UnrecognizedImageError
from docx.section import Section
from docx.shared import Mm, Twips
from docx.text.parfmt import ParagraphFormat

from generator.handouts import archive
from generator.handouts.word_controls import (
    BOXED,
    INDENT,
    LINES,
    MM,
    PLAIN,
    RULED,
    Controls,
    Line,
    Look,
    cell,
    deeper,
    dress,
    el,
    is_box,
    is_table,
    new_list,
    paragraph,
    row,
    rule_off,
    run,
    spaced,
    table,
)

PAPERS = {"letter": (12240, 15840), "a4": (11906, 16838)}
"""Width and height of the papers in Word's unit."""

MARGIN, TOP, BOTTOM, FOOT = (round(size * MM) for size in (14, 12, 15, 6))
FOOT_LETTER, LABEL_LETTER = 80, 120
"""The width of a letter in the footer and in a label, on average."""

NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and others that have no picture."""

LINK = re.compile(r"(https?://|mailto:)[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)
"""What Word takes for an address; it refuses the file for another."""

EM_SPACE = "\u2003"
COMMENT = "comment"
SILENT = {COMMENT, "script", "style", "template", "title", "noscript", "svg", "button"}
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "textarea", "blockquote", "pre", "figure", "form"}
BLOCKS |= {"div", "section", "article", "aside", "header", "footer", "main", "nav"}
LISTS = {"ul", "ol"}
BLANKS = {"input", "textarea", "select"}
HELD = {"hidden", "submit", "reset", "button", "image", "file"}
"""Kinds of input that are nothing on paper."""

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

LOOK_OF: dict[str, dict[str, Any]] = {
    **{name: {"bold": True} for name in ("b", "strong", "pb-code")},
    **{name: {"italic": True} for name in ("em", "i", "cite")},
    **{name: {"bold": False, "style": "Note"} for name in ("pb-note", "pb-page")},
    "pb-at": {"bold": False, "style": "Soft"},
}
"""How an inline element or class differs from the text around it."""

ROOM_OF = {"pb-field": 15.0, "pb-notes-area": 15.0, "pb-asked": 18.0}
"""Less room to write than elsewhere, in millimeters, for what has many blanks."""


def document(html: str, date: str) -> bytes:
    """The file's bytes, the same for the same text; `date` (2026-11-22) is when it says it was made."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            element.tag, element.text = COMMENT, ""
        element.text, element.tail = NOT_FOR_XML.sub("", element.text or ""), NOT_FOR_XML.sub("", element.tail or "")
        element.attrib.update({name: NOT_FOR_XML.sub("", value) for name, value in element.attrib.items()})
    file = Document()
    dress(file)
    _describe(file, tree, datetime.fromisoformat(date))
    _fill(file, tree)
    out = BytesIO()
    file.save(out)
    return archive.rewritten(out.getvalue())


def _describe(file: Word, tree: Element, date: datetime) -> None:
    about = {meta.get("name"): meta.get("content", "")[:255] for meta in tree.iter("meta")}
    told = file.core_properties
    told.title = (tree.findtext("head/title") or "")[:255]
    told.author = told.last_modified_by = about.get("author", "")
    told.comments = about.get("description", "")
    told.created = told.modified = date
    told.language = "en-US"


def _fill(file: Word, tree: Element) -> None:
    """The body, in sections: what is of class pb-wide lies on its side."""
    body = tree.find("body")
    assert body is not None
    paper = PAPERS["a4" if "pb-on-a4" in _classes(body) else "letter"]
    address = tree.find(".//p[@class='pb-address']/a")
    writer = _Writer(file.part, "" if address is None else address.get("href", ""))
    parts = []
    for wide, found in groupby((piece for piece in _pieces(body) if not isinstance(piece, str) or piece.strip()), _is_wide):
        blocks = spaced(writer.flow(found, _Place(paper[wide] - 2 * MARGIN)))
        if blocks:
            parts.append((wide, blocks))
    last = file.element.body.get_or_add_sectPr()
    for number, (_, blocks) in enumerate(parts, 1):
        for block in blocks:
            last.addprevious(block)
        if number < len(parts):
            blocks[-1].set_sectPr(last.clone())
    for section, (wide, _) in zip(file.sections, parts, strict=bool(parts)):
        _lay_out(section, paper, wide=wide)
        _foot(section, body, paper[wide] - 2 * MARGIN)


def _is_wide(piece: Element | str) -> bool:
    return not isinstance(piece, str) and "pb-wide" in _classes(piece)


def _lay_out(section: Section, paper: tuple[int, int], *, wide: bool) -> None:
    section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Twips(paper[wide]), Twips(paper[not wide])
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin, section.bottom_margin = Twips(TOP), Twips(BOTTOM)
    section.header_distance = section.footer_distance = Twips(FOOT)


def _foot(section: Section, body: Element, width: int) -> None:
    """What the handout is and the page at the left, the edition at the right; on a line of its own where there is no room for both."""
    name, edition = body.get("data-run", ""), body.get("data-edition", "")
    page, pages = (el("fldSimple", run("1"), instr=field) for field in ("PAGE", "NUMPAGES"))
    narrow = (len(name) + len(edition) + 16) * FOOT_LETTER > width
    across = el("r", *([el("br")] if narrow else []), el("tab"))
    line = paragraph("Footer", [run(f"{name}, page " if name else "Page "), page, run(" of "), pages, across, run(edition)])
    line.pPr.append(el("tabs", el("tab", val="right", pos=width)))
    section.footer.is_linked_to_previous = False
    section.footer._element[:] = [line]


def _pieces(element: Element) -> Iterator[Element | str]:
    """What stands in an element, in order."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _kind(blank: Element) -> str:
    """'textarea', 'select', or what kind of input; '' for what is no blank."""
    return blank.get("type", "text") if blank.tag == "input" else blank.tag if blank.tag in BLANKS else ""


def _is_written(blank: Element) -> bool:
    return _kind(blank) not in {"", "checkbox", "radio", *HELD}


def _labels(element: Element) -> list[Element]:
    """The labels of a paragraph that is nothing but labels in front of lines to write on."""
    labels = [child for child in element if child.tag == "label" and len(child) and _is_written(child[-1]) and not (child[-1].tail or "").strip()]
    loose = [element.text or "", *(child.tail or "" for child in element)]
    return labels if len(labels) == len(element) and not "".join(loose).strip() else []


def _leads(element: Element) -> bool:
    """Whether the text of an element stands on one page with what it leads to: room to write, the points of an item."""
    return any(child.tag == "textarea" or (child.tag in LISTS and element.tag == "li" and "pb-parts" not in _classes(child)) for child in element)


def _is_ticked(element: Element) -> bool:
    return any("pb-ticks" in _classes(found) for found in element.iter("p"))


def _rows(item: Element, depth: int = 0) -> Iterator[tuple[Element, dict[str, Element], int]]:
    """A statement, its boxes by their words, how deep it is; then its points. It is left with its text alone."""
    own = [child for child in item if "pb-ticks" in _classes(child)]
    lists = [child for child in item if child.tag in LISTS and _is_ticked(child)]
    words = {label.find(".//input"): _words(label) for ticks in own for label in ticks.iter("label")}
    boxes = {words.get(blank, blank.get("value", "")): blank for ticks in own for blank in ticks.iter("input")}
    points = [point for child in lists for point in child]
    for child in (*own, *lists):
        child.tag, child.text, child[:] = "span", "", []
    yield item, boxes, depth
    for point in points:
        yield from _rows(point, depth + 1)


def _widths(rows: list[list[Element]], width: int) -> list[int]:
    """Columns as wide as what is in them needs, together as wide as told."""
    needs = [1.0] * max((sum(map(_span, found)) for found in rows), default=0)
    for found in rows:
        column = 0
        for child in found:
            words = _words(child)
            blank = 16 if any(map(_is_written, child.iter())) else 5
            need = 2 + max(blank, min(len(words), 40), *(1.4 * min(len(word), 20) for word in words.split()), 0)
            for number in range(column, column + _span(child)):
                needs[number] = max(needs[number], need / _span(child))
            column += _span(child)
    return [int(width * need / sum(needs)) for need in needs]


def _span(child: Element) -> int:
    told = child.get("colspan", "")
    return min(max(int(told), 1), 20) if told.isdecimal() else 1


@dataclass(frozen=True)
class _Place:
    """Where a piece stands: the room there is, the style of plain text, the signs of the list item around, the depth of the list."""

    width: int
    style: str = "Normal"
    look: Look = PLAIN
    signs: Iterator[tuple[str, tuple[int, int] | None]] | None = None
    level: int = 0
    inset: int = 0
    cell: bool = False
    ruled: bool = True
    keep: bool = False
    room: float = 25


class _Writer:
    """Makes Word's paragraphs and tables of HTML."""

    def __init__(self, part: Any, address: str) -> None:
        self.part = part
        self.address = address
        self.controls = Controls()

    def flow(self, found: Iterable[Element | str], place: _Place) -> Iterator[Any]:
        """Blocks of blocks, and paragraphs of the text between them."""
        line = Line()
        for piece in found:
            if not isinstance(piece, str) and _is_block(piece, place):
                yield from self._paragraph(line, place)
                line = Line()
                yield from self._block(piece, place)
            else:
                self._inline(piece, line, place, place.look)
        yield from self._paragraph(line, place)

    def _paragraph(self, line: Line, place: _Place) -> Iterator[Any]:
        """In a list the first one carries the item's sign; a box to check in front is a sign by itself."""
        content = line.runs(self.part)
        if not content:
            return
        style, number, plain = place.style, None, place.style in ("Normal", "TableText")
        if plain and place.signs:
            style, number = next(place.signs)
        if plain and is_box(content[0]):
            style, number = place.style if place.cell else deeper("Check", max(place.level, 1)), None
        made = paragraph(style, content, number)
        if place.keep:
            ParagraphFormat(made).keep_with_next = True
        if place.signs and not plain:
            ParagraphFormat(made).left_indent = Mm(INDENT * place.inset)
        yield made

    def _block(self, element: Element, place: _Place) -> Iterator[Any]:
        classes = _classes(element)
        if element.tag == "table":
            yield from self._table(element, place)
        elif element.tag in LISTS:
            yield from self._list(element, place)
        elif element.tag == "textarea":
            blank = paragraph("Normal", [self.controls.control(element)])
            yield table(BOXED, [row([cell([blank], place.width)], height=place.room)], [place.width])
        elif not place.cell and (labels := _labels(element)):
            yield self._lines(labels, place.width, first=2 if "pb-next" in classes else 1)
        elif "pb-qr" in classes:
            yield from self._code(element)
        else:
            yield from self._container(element, classes, place)

    def _container(self, element: Element, classes: list[str], place: _Place) -> Iterator[Any]:
        """A heading, a paragraph, or what holds others; its class says how it looks."""
        styles = [STYLE_OF[name] for name in (element.tag, *classes) if name in STYLE_OF]
        if element.tag == "p" and not styles and len(element) == 1 and element[0].tag == "a" and _words(element) == _words(element[0]):
            styles = ["Address"]
        rooms = [ROOM_OF[name] for name in classes if name in ROOM_OF]
        keep = place.keep or _leads(element)
        inner = replace(place, style=[place.style, *styles][-1], room=[place.room, *rooms][-1], keep=keep)
        found = list(self.flow(_pieces(element), inner))
        if {"pb-head", "pb-head-again"} & {*classes} and found and not any(map(is_table, found)):
            rule_off(found)
        if "pb-rubric-domain" in classes and found:
            ParagraphFormat(found[0]).page_break_before = True
        yield from found

    def _inline(self, piece: Element | str, line: Line, place: _Place, look: Look) -> None:
        if isinstance(piece, str):
            line.text(piece, look)
        elif piece.tag == "br":
            line.pieces.append(el("r", el("br")))
        elif piece.tag == "img":
            line.pieces += self._picture(piece)
        elif piece.tag in BLANKS:
            ruled = place.ruled and piece.tag == "input"
            line.pieces += [self.controls.control(piece, ruled=ruled)] if _kind(piece) not in HELD else []
        elif piece.tag not in SILENT:
            for name in (piece.tag, *_classes(piece)):
                look = replace(look, **LOOK_OF.get(name, {}))
            if piece.tag == "a" and LINK.fullmatch(piece.get("href", "")):
                look = replace(look, href=piece.get("href", ""), style=look.style if place.style == "Address" else "Hyperlink")
            if piece.tag == "label" and place.style == "Ticks" and line.pieces:
                line.text(EM_SPACE, look)
            for inner in _pieces(piece):
                self._inline(inner, line, place, look)

    def _list(self, element: Element, place: _Place) -> Iterator[Any]:
        """A list. The parts of one long statement are paragraphs of its item; statements to check off are a table."""
        classes = _classes(element)
        items = [child for child in element if child.tag not in SILENT]
        if "pb-parts" in classes and place.signs:
            for item in items:
                yield from self.flow(_pieces(item), place)
        elif "pb-items" in classes and len(items) == 1 and not _is_ticked(element):
            yield from self.flow(_pieces(items[0]), place)
        elif "pb-items" in classes and not place.cell:
            for ticked, found in ((ticked, list(found)) for ticked, found in groupby(items, _is_ticked)):
                yield from [self._statements(found, place)] if ticked else self._items(element, found, place)
        else:
            yield from self._items(element, items, place)

    def _items(self, element: Element, items: Iterable[Element], place: _Place) -> Iterator[Any]:
        level = inset = min(place.level + 1, 3)
        first, rest, number = deeper("ListBullet", level), deeper("ListContinue", level), None
        if "pb-plain" in _classes(element):
            first, rest = "FieldLabel", "Normal"
        elif "pb-checks" in _classes(element):
            first, inset = deeper("ListContinue", level - 1) if level > 1 else "Normal", level - 1
        elif place.cell:
            first, rest = "TableBullet", "TableText"
        elif element.tag == "ol":
            first, number = deeper("ListNumber", level), (new_list(self.part, level), level - 1)
        for item in items:
            signs = chain([(first, number)], repeat((rest, None)))
            inner = replace(place, level=level, inset=inset, signs=signs, keep=False, style="TableText" if place.cell else "Normal")
            yield from self._container(item, _classes(item), inner)

    def _statements(self, items: list[Element], place: _Place) -> Any:
        """Statements with a box for each answer, their points in rows of their own, and room for notes."""
        rows = [found for item in items for found in _rows(item)]
        choices = [*dict.fromkeys(words for _, boxes, _ in rows for words in boxes)]
        notes, tick = place.width // 4, round(20 * MM)
        widths = (place.width - notes - tick * len(choices), *[tick] * len(choices), notes)
        heads = zip(("Touch point", *choices, "Notes"), ("TableText", *["TickHead"] * len(choices), "TableText"), widths, strict=True)
        made = [row((cell([paragraph(style, [run(words, Look(bold=True))])], width) for words, style, width in heads), head=True)]
        for number, (item, boxes, depth) in enumerate(rows, 1):
            leads = number < len(rows) and rows[number][2] > depth
            inner = replace(place, width=widths[0], style="TableText", cell=True, signs=None, level=0, keep=leads)
            cells = [cell(self.flow(_pieces(item), inner), widths[0], indent=INDENT * depth)]
            for words in choices:
                drawn = [self.controls.control(boxes[words])] if words in boxes else []
                cells.append(cell([paragraph("Tick", drawn)], tick))
            made.append(row([*cells, cell([], notes)]))
        return table(RULED, made, widths, head=True)

    def _lines(self, labels: list[Element], width: int, *, first: int) -> Any:
        """Labels and lines to write on, side by side if there is room; the first line is `first` times as long as another."""
        words = [round(len(_words(label)) * LABEL_LETTER + 5 * MM) for label in labels]
        spare = width - sum(words)
        if len(labels) == 1 or spare < 30 * MM * len(labels):
            head = round(8 * MM) if max(words) < 8 * MM else round(width * 0.3)
            return table(LINES, [row(self._line(label, head, width - head), height=7.5) for label in labels], [head, width - head])
        weights = [(1 if _kind(label[-1]) == "date" else 2) * (1 if number else first) for number, label in enumerate(labels)]
        rooms = [int(spare * weight / sum(weights)) for weight in weights]
        cells = [self._line(*line, gap=3 * (number > 0)) for number, line in enumerate(zip(labels, words, rooms, strict=True))]
        return table(LINES, [row(chain(*cells), height=7.5)], [*chain(*zip(words, rooms, strict=True))])

    def _line(self, label: Element, head: int, width: int, gap: float = 0) -> list[Any]:
        line, blank = Line(), label[-1]
        for piece in _pieces(label):
            if piece is not blank:
                self._inline(piece, line, _Place(head), PLAIN)
        control = paragraph("LineLabel", [self.controls.control(blank)])
        return [cell([paragraph("LineLabel", line.runs(self.part))], head, low=True, indent=gap), cell([control], width, low=True, ruled=True)]

    def _table(self, element: Element, place: _Place) -> Iterator[Any]:
        """A table with its caption above it; heads at its top are repeated on each page."""
        caption = element.find("caption")
        if caption is not None:
            yield from self.flow(_pieces(caption), replace(place, style="Caption", signs=None))
        rows = [[child for child in found if child.tag in ("td", "th")] for part in element for found in part.findall("tr")]
        widths, made, head = _widths(rows, place.width), [], True
        for found in rows:
            blank = any(map(_is_written, chain(*(child.iter() for child in found))))
            head = head and not blank and all(child.tag == "th" or not _words(child) for child in found)
            made.append(row(self._cells(found, widths, place), height=10 if blank else 0, head=head))
        if made:
            top = bool(made[0].xpath("./w:trPr/w:tblHeader"))
            yield table(RULED, made, widths, head=top, caption="" if caption is None else _words(caption))

    def _cells(self, found: list[Element], widths: list[int], place: _Place) -> Iterator[Any]:
        column = 0
        for child in found:
            span = _span(child)
            width = sum(widths[column : column + span])
            look = Look(bold=True) if child.tag == "th" else PLAIN
            inner = _Place(width, style="TableText", look=look, cell=True, ruled=bool(_words(child)), room=place.room)
            yield cell(self.flow(_pieces(child), inner), width, span=span)
            column += span
        yield from (cell([], width) for width in widths[column:])

    def _code(self, element: Element) -> Iterator[Any]:
        """The code to scan, drawn anew, for Word does not take the drawing that the HTML holds."""
        image = element.find(".//img")
        if image is not None and self.address:
            drawn = BytesIO()
            segno.make(self.address, error="m", boost_error=False).save(drawn, kind="png", scale=8, border=0)
            yield paragraph("Normal", [self._drawing(drawn, image, Mm(17))])

    def _picture(self, image: Element) -> list[Any]:
        """A picture that the HTML holds, if Word takes it."""
        kind, _, content = image.get("src", "").partition(",")
        try:
            return [self._drawing(BytesIO(base64.b64decode(content)), image)] if kind == "data:image/png;base64" else []
        except (ValueError, UnrecognizedImageError):
            return []

    def _drawing(self, png: BytesIO, image: Element, width: Mm | None = None) -> Any:
        inline = self.part.new_pic_inline(png, width, None)
        inline.docPr.id = self.controls.number()
        inline.docPr.name, inline.docPr.attrib["descr"] = "Picture", image.get("alt", "")
        return el("r", el("drawing", inline))


def _is_block(element: Element, place: _Place) -> bool:
    """Whether an element stands by itself; in a table a text area is part of its line."""
    names = (found.tag for found in ([element] if element.tag in BLOCKS else element.iter()))
    return any(name in BLOCKS and not (name == "textarea" and place.cell) for name in names)
