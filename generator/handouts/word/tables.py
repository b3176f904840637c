"""Word's tables: lines and boxes to write in, statements to check off, and the tables of forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element

from docx.oxml.table import CT_Tbl
from docx.shared import Pt
from docx.text.parfmt import ParagraphFormat

from generator.handouts.word.controls import Text
from generator.handouts.word.styles import BOXED, EDGE, INDENT, LINES, RULED
from generator.handouts.word.xml import MM, el, paragraph, pieces, run, words

LETTER = 120
"""The width of a letter in a label, on average."""


def spaced(blocks: Iterable[Any]) -> list[Any]:
    """Blocks with tables held apart, or joined where both are lines to write on; the last is a paragraph, as Word demands."""
    found: list[Any] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, CT_Tbl) and isinstance(last, CT_Tbl):
            if last.tblStyle_val == block.tblStyle_val == LINES and last.tblGrid.xml == block.tblGrid.xml:
                last.extend(block.tr_lst)
                continue
            found.append(paragraph("Gap"))
        elif isinstance(block, CT_Tbl) and last is not None and block.tblStyle_val != LINES:
            ParagraphFormat(last).keep_with_next = True
        elif isinstance(last, CT_Tbl) and not block.style.startswith("Heading"):
            ParagraphFormat(block).space_before = Pt(8)
        found.append(block)
    return [*found, paragraph("Gap")] if isinstance(found[-1], CT_Tbl) else found


def _table(style: str, rows: Iterable[Any], widths: Sequence[int]) -> Any:
    head = style == RULED
    looks = el("tblLook", val="0620" if head else "0600", firstRow=int(head), lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    about = el("tblPr", el("tblStyle", val=style), el("tblW", w=sum(widths), type="dxa"), el("tblLayout", type="fixed"), looks)
    return el("tbl", about, el("tblGrid", *(el("gridCol", w=width) for width in widths)), *rows)


def _row(cells: Iterable[Any], *, height: float = 0, head: bool = False) -> Any:
    """A row that stays in one piece, at least `height` millimeters high; a head is repeated on each page."""
    tall = [el("trHeight", val=round(height * MM), hRule="atLeast")] if height else []
    return el("tr", el("trPr", el("cantSplit"), *tall, *([el("tblHeader")] if head else [])), *cells)


def _cell(width: int, *blocks: Any, inset: float = 0, line: bool = False, low: bool = False) -> Any:
    """A cell of a table; `low` puts what is in it at its foot, `line` draws a line there to write on."""
    about = [el("tcW", w=width, type="dxa")]
    about += [el("tcBorders", el("bottom", val="single", sz=4, space=0, color=EDGE))] if line else []
    about += [el("tcMar", el("left", w=round(inset * MM), type="dxa"))] if inset else []
    about += [el("vAlign", val="bottom")] if low else []
    return el("tc", el("tcPr", *about), *blocks)


def box(control: Any, width: int, height: float) -> Any:
    """Room to write, which grows from its height in millimeters."""
    return _table(BOXED, [_row([_cell(width, paragraph("Normal", [control]))], height=height)], [width])


def lines(labels: Sequence[Element], width: int, text: Text, *, first: int) -> Any:
    """Labels and lines to write on, side by side if there is room; the first line is `first` times as long as another."""
    heads = [round(len(words(label)) * LETTER + 5 * MM) for label in labels]
    spare = width - sum(heads)
    if len(labels) == 1 or spare < 30 * MM * len(labels):
        head = round(8 * MM) if max(heads) < 8 * MM else round(width * 0.3)
        return _table(LINES, [_row(_line(label, head, width - head, text), height=7.5) for label in labels], [head, width - head])
    weights = [(1 if label[-1].get("type") == "date" else 2) * (1 if number else first) for number, label in enumerate(labels)]
    rooms = [int(spare * weight / sum(weights)) for weight in weights]
    cells = [_line(*line, text, gap=3 * (number > 0)) for number, line in enumerate(zip(labels, heads, rooms, strict=True))]
    return _table(LINES, [_row(chain(*cells), height=7.5)], [*chain(*zip(heads, rooms, strict=True))])


def _line(label: Element, head: int, width: int, text: Text, gap: float = 0) -> list[Any]:
    told, blank = paragraph("LineLabel", [run(words(label))]), paragraph("LineLabel", [text.control(label[-1])])
    return [_cell(head, told, inset=gap, low=True), _cell(width, blank, line=True, low=True)]


def statements(found: Iterable[tuple[int, Sequence[Any], Sequence[Any]]], choices: Sequence[str], width: int) -> Any:
    """A row for each statement: how deep it is, its paragraphs, a box for each choice or none; and room for notes."""
    tick, notes = round(20 * MM), width // 4
    widths = (width - notes - tick * len(choices), *[tick] * len(choices), notes)
    heads = (("TableText", "Touch point"), *(("TickHead", choice) for choice in choices), ("TableText", "Notes"))
    rows = [_row([_cell(room, paragraph(style, [run(told, b=1)])) for room, (style, told) in zip(widths, heads, strict=True)], head=True)]
    for depth, blocks, boxes in found:
        ticks = [_cell(tick, paragraph("Tick", boxes[number : number + 1])) for number in range(len(choices))]
        rows.append(_row([_cell(widths[0], *blocks, inset=INDENT * depth), *ticks, _cell(notes, paragraph("TableText"))]))
    return _table(RULED, rows, widths)


def form(element: Element, width: int, text: Text) -> Any:
    """A table of the HTML: its columns as wide as they need, its head on each page, high rows to write in."""
    needs = [max(map(_need, column)) for column in zip(*element.iter("tr"), strict=True)]
    widths, rows = [int(width * need / sum(needs)) for need in needs], []
    for row in element.iter("tr"):
        told = [paragraph("TableText", text.line(pieces(cell), **({"b": 1} if cell.tag == "th" else {}))) for cell in row]
        height = 0 if row.find("td/textarea") is None else 10
        rows.append(_row(map(_cell, widths, told), height=height, head=row is element.find("thead/tr")))
    return _table(RULED, rows, widths)


def _need(cell: Element) -> float:
    """How many letters wide a cell wants to be: for its longest word, a line of its text, what a hand writes in a blank."""
    told = words(cell)
    longest = max(map(len, told.split()), default=0)
    return 2 + max(5 if cell.find("textarea") is None else 16, min(len(told), 40), 1.4 * min(longest, 20))
