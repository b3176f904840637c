"""The pieces of a Word file: its XML, lines of text, tables, styles, and a content control for each blank of a form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

MM = 1440 / 25.4
"""A millimeter in Word's unit, a twentieth of a point."""

LONGEST = 64
"""Word takes no longer title or tag of a content control."""

TAIL = 24
"""The last part of a title ('…: doing') stays when the title is cut, if it is no longer than this."""

NO_BREAK, LINE = "\u00a0", "_"
ROOM = {"date": 16, "textarea": 1}
"""How many blanks show where to write; in a line of text 32."""

BOX, CHECKED, BOX_FONT = "☐", "☒", "MS Gothic"
"""The signs of a check box and the font that has them."""

FONT, INK, SOFT, EDGE, HAIR = "Calibri", "000000", "444444", "777777", "BBBBBB"

LINES, BOXED, RULED = "WritingLines", "WritingBox", "HandoutTable"
"""The styles of tables."""

BULLETS, NUMBERS, CELLS = 1, 2, 3
"""The kinds of list: with bullets, with numbers (each counts for itself), with bullets in a table."""

LEVELS = (1, 2, 3)
INDENT, CELL_INDENT = 5.5, 4.0
"""How far in millimeters a list is inside what is around it."""


def el(name: str, *children: Any, **values: object) -> Any:
    """An element of Word's XML: el("tag", val="q1") is <w:tag w:val="q1"/>."""
    space, _, local = name.rpartition(":")
    made = OxmlElement(f"{space or 'w'}:{local}")
    for key, value in values.items():
        made.set(qn(f"{space or 'w'}:{key}"), str(value))
    made.extend(children)
    return made


@dataclass(frozen=True)
class Look:
    """How a piece of text differs from its paragraph, and the address that it leads to."""

    style: str = ""
    bold: bool | None = None
    italic: bool = False
    underline: bool = False
    font: str = ""
    href: str = ""

    def marks(self) -> list[Any]:
        """Its XML: one element, or none if nothing differs."""
        found = [el("rStyle", val=self.style)] if self.style else []
        found += [el("rFonts", ascii=self.font, hAnsi=self.font, eastAsia=self.font, cs=self.font)] if self.font else []
        found += [el("b", val=int(self.bold))] if self.bold is not None else []
        found += [el("i")] if self.italic else []
        found += [el("u", val="single")] if self.underline else []
        return [el("rPr", *found)] if found else []


PLAIN = Look()


def run(words: str, look: Look = PLAIN) -> Any:
    """A piece of text of one look."""
    text = el("t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return el("r", *look.marks(), text)


class Line:
    """The pieces of a paragraph in the order that they are found; white space is put together as browsers do."""

    def __init__(self) -> None:
        self.pieces: list[Any] = []

    def text(self, words: str, look: Look) -> None:
        """More text; none of it begins with a space after a space, a break or at the start, and a box keeps its first word."""
        words = re.sub(r"[ \t\r\n\f]+", " ", words)
        last = self.pieces[-1] if self.pieces else (" ", look)
        if last[0].endswith(" ") if isinstance(last, tuple) else last.find(qn("w:br")) is not None:
            words = words.removeprefix(" ")
        elif is_box(last):
            words = re.sub("^ ", NO_BREAK, words)
        if words:
            self.pieces.append((words, look))

    def runs(self, part: Any) -> list[Any]:
        """What stands in the paragraph, nothing if it is blank. `part` is the part of the file that keeps the links."""
        while self.pieces and isinstance(self.pieces[-1], tuple):
            words, look = self.pieces.pop()
            if words.rstrip(" "):
                self.pieces.append((words.rstrip(" "), look))
                break
        return [_linked(part, *piece) if isinstance(piece, tuple) else piece for piece in self.pieces]


def is_box(piece: Any) -> bool:
    """Whether a piece of a line is a check box."""
    return not isinstance(piece, tuple) and piece.find(f".//{qn('w14:checkbox')}") is not None


def _linked(part: Any, words: str, look: Look) -> Any:
    if not look.href:
        return run(words, look)
    link = el("hyperlink", run(words, look))
    link.set(qn("r:id"), part.relate_to(look.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return link


def paragraph(style: str, content: Iterable[Any] = (), number: tuple[int, int] | None = None) -> Any:
    """A paragraph of a style; `number` is a list and the level in it, counted from 0."""
    listed = [el("numPr", el("ilvl", val=number[1]), el("numId", val=number[0]))] if number else []
    return el("p", el("pPr", el("pStyle", val=style), *listed), *content)


def is_table(block: Any) -> bool:
    """Whether a block is a table, not a paragraph."""
    return bool(block.tag == qn("w:tbl"))


def spaced(blocks: Iterable[Any]) -> list[Any]:
    """Blocks with tables held apart, or joined where both are lines to write on; the last is a paragraph, as Word demands."""
    found: list[Any] = []
    for block in blocks:
        last = found[-1] if found else None
        if last is not None and is_table(block) and is_table(last):
            if _grid(last) == _grid(block) and last.tblStyle_val == block.tblStyle_val == LINES:
                last.extend(block.tr_lst)
                continue
            found.append(paragraph("Gap"))
        elif last is not None and is_table(block) and block.tblStyle_val != LINES:
            ParagraphFormat(last).keep_with_next = True
        elif last is not None and is_table(last) and not block.style.startswith("Heading"):
            ParagraphFormat(block).space_before = Pt(8)
        found.append(block)
    return [*found, paragraph("Gap")] if found and is_table(found[-1]) else found


def _grid(block: Any) -> list[int]:
    return [column.w for column in block.tblGrid.gridCol_lst]


def cell(blocks: Iterable[Any], width: int, *, span: int = 1, indent: float = 0, low: bool = False, ruled: bool = False) -> Any:
    """A cell of a table; `ruled` gives it a line at its foot to write on, `low` puts what is in it there."""
    wide = [el("gridSpan", val=span)] if span > 1 else []
    foot = [el("tcBorders", el("bottom", val="single", sz=4, space=0, color=EDGE))] if ruled else []
    inset = [el("tcMar", el("left", w=round(indent * MM), type="dxa"))] if indent else []
    sunk = [el("vAlign", val="bottom")] if low else []
    return el("tc", el("tcPr", el("tcW", w=width, type="dxa"), *wide, *foot, *inset, *sunk), *(spaced(blocks) or [paragraph("TableText")]))


def row(cells: Iterable[Any], *, height: float = 0, head: bool = False) -> Any:
    """A row that stays in one piece, at least `height` millimeters high; a head is repeated on each page."""
    tall = [el("trHeight", val=round(height * MM), hRule="atLeast")] if height else []
    return el("tr", el("trPr", el("cantSplit"), *tall, *([el("tblHeader")] if head else [])), *cells)


def table(style: str, rows: Iterable[Any], widths: Sequence[int], *, head: bool = False, caption: str = "") -> Any:
    """A table whose columns are as wide as told."""
    looks = el("tblLook", val="0620" if head else "0600", firstRow=int(head), lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    named = [el("tblCaption", val=caption)] if caption else []
    about = el("tblPr", el("tblStyle", val=style), el("tblW", w=sum(widths), type="dxa"), el("tblLayout", type="fixed"), looks, *named)
    return el("tbl", about, el("tblGrid", *(el("gridCol", w=width) for width in widths)), *rows)


def rule_off(blocks: list[Any]) -> None:
    """Make a page's head of some paragraphs: a line below them, and a picture that stands first beside them at the right edge."""
    edge = el("pBdr", el("bottom", val="single", sz=12, space=5, color=INK))
    blocks[-1].get_or_add_pPr().insert_element_before(edge, "w:tabs", "w:spacing", "w:ind", "w:jc")
    found = blocks[0].xpath("./w:r[w:drawing/wp:inline]")
    if found and len(blocks) > 1:
        del blocks[0]
        found[0].drawing_lst[0][:] = [_beside(found[0].drawing_lst[0][0])]
        blocks[0].insert(1, found[0])
        for block in blocks[:-1]:
            ParagraphFormat(block).right_indent = Mm(22)
    for block in blocks[1:]:
        ParagraphFormat(block).space_before = Pt(0)
    ParagraphFormat(blocks[-1]).space_after = Pt(8)


def _beside(inline: Any) -> Any:
    """A picture in a line as one at the right edge, a little above the paragraph that holds it."""
    still = dict.fromkeys(("distT", "distB", "distL", "distR", "simplePos", "behindDoc", "locked"), "0")
    anchor = OxmlElement("wp:anchor", attrs={**still, "relativeHeight": "1", "layoutInCell": "1", "allowOverlap": "1"})
    across, down = OxmlElement("wp:positionH", attrs={"relativeFrom": "margin"}), OxmlElement("wp:positionV", attrs={"relativeFrom": "paragraph"})
    across.append(el("wp:align"))
    across[0].text = "right"
    down.append(el("wp:posOffset"))
    down[0].text = str(-Mm(2))
    extent, *rest = inline
    anchor.extend([OxmlElement("wp:simplePos", attrs={"x": "0", "y": "0"}), across, down, extent, el("wp:wrapNone"), *rest])
    return anchor


def cut(words: str, limit: int) -> str:
    """Words that are too many, cut between two of them."""
    kept = words[: limit - 1]
    return words if len(words) <= limit else f"{kept.rpartition(' ')[0] or kept}…"


def alias(title: str) -> str:
    """A title that Word takes; its last part ('…: doing') stays, for it tells the blanks of one question from each other."""
    start, colon, end = " ".join(title.split()).rpartition(": ")
    return f"{cut(start, LONGEST - len(colon + end))}: {end}" if colon and len(end) <= TAIL else cut(start + colon + end, LONGEST)


def tag(blank: Element) -> str:
    """The name of a blank, with its value where several share a name; a hash stands for the middle of one that Word would not take."""
    name = blank.get("name", "")
    if blank.get("type") == "radio":
        name = f"{name}={blank.get('value', '')}"
    return name if len(name) <= LONGEST else f"{name[:24]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}~{name[-30:]}"


class Controls:
    """Makes the content controls of one document; ids are numbers from 1."""

    def __init__(self) -> None:
        self.made = 0

    def number(self) -> int:
        """The next id."""
        self.made += 1
        return self.made

    def control(self, blank: Element, *, ruled: bool = False) -> Any:
        """The content control for an input, a textarea or a select; `ruled` draws a line to write on, where nothing else does."""
        kind = blank.get("type", "text") if blank.tag == "input" else blank.tag
        if kind in ("checkbox", "radio"):
            return self._sdt(blank, _box(), run(BOX, Look(font=BOX_FONT)))
        hint = [el("showingPlcHdr")]
        if kind == "select":
            return self._sdt(blank, _choices(blank), run("Choose", Look(style="Soft")), hint)
        shown = el("text", multiLine=1) if kind == "textarea" else _date() if kind == "date" else el("text")
        words = (LINE if ruled else NO_BREAK) * ROOM.get(kind, 32)
        return self._sdt(blank, shown, run(words), hint, Look(underline=ruled).marks())

    def _sdt(self, blank: Element, kind: Any, content: Any, hint: Sequence[Any] = (), marks: Sequence[Any] = ()) -> Any:
        """`hint` says that what is shown goes as soon as somebody types, `marks` how that looks then."""
        told = {"alias": alias(blank.get("title", "")), "tag": tag(blank), "id": self.number()}
        about = [el(name, val=value) for name, value in told.items() if value]
        return el("sdt", el("sdtPr", *marks, *about, *hint, kind), el("sdtContent", content))


def _box() -> Any:
    checked, empty = (el(f"w14:{name}State", val=f"{ord(sign):X}", font=BOX_FONT) for name, sign in (("checked", CHECKED), ("unchecked", BOX)))
    return el("w14:checkbox", el("w14:checked", val=0), checked, empty)


def _date() -> Any:
    stored = el("storeMappedDataAs", val="dateTime")
    return el("date", el("dateFormat", val="M/d/yyyy"), el("lid", val="en-US"), stored, el("calendar", val="gregorian"))


def _choices(blank: Element) -> Any:
    """Each option once, for Word takes none twice."""
    words = dict.fromkeys(" ".join("".join(option.itertext()).split()) for option in blank.iter("option"))
    return el("dropDownList", *(el("listItem", displayText=option, value=option) for option in words if option))


@dataclass(frozen=True)
class Kind:
    """A paragraph style: points for sizes and spaces, indents in steps of a list, the list whose sign it carries, the level of a heading."""

    size: float = 10.5
    before: float = 0
    after: float = 3
    bold: bool = False
    grey: bool = False
    keep: bool = False
    left: float = 0
    hanging: float = 0
    center: bool = False
    list: int = 0
    level: int = 0


KINDS = {
    "Normal": Kind(),
    "heading 1": Kind(17, 0, 2, bold=True, keep=True, level=1),
    "heading 2": Kind(13, 11, 3, bold=True, keep=True, level=2),
    "heading 3": Kind(11.5, 9, 2, bold=True, keep=True, level=3),
    "heading 4": Kind(10.5, 8, 2, bold=True, keep=True, level=4),
    "List Bullet": Kind(before=1, left=1, hanging=1, list=BULLETS),
    "List Number": Kind(before=1, left=1, hanging=1, list=NUMBERS),
    "List Continue": Kind(left=1),
    "Check": Kind(left=1, hanging=1),
    "caption": Kind(9.5, 6, bold=True, keep=True),
    "footer": Kind(7.5, 0, 0, grey=True),
    "Kicker": Kind(9, 0, 2, grey=True, keep=True),
    "Address": Kind(9, grey=True),
    "Lead-in": Kind(9, 2, grey=True, keep=True),
    "Field Label": Kind(10.5, 6, 2, bold=True, keep=True),
    "Quiet": Kind(8.5, grey=True),
    "Meta": Kind(8, grey=True),
    "Source": Kind(8, 8, grey=True),
    "Ticks": Kind(9),
    "Line Label": Kind(9.5, 0, 0),
    "Table Text": Kind(9.5, 0, 2),
    "Table Bullet": Kind(9.5, 0, 2, list=CELLS),
    "Tick": Kind(10.5, 0, 0, center=True),
    "Tick Head": Kind(8.5, 0, 2, center=True),
    "Gap": Kind(4, 0, 0),
}
"""The paragraph styles by Word's names; those of lists come in three levels."""

UNUSED = {"stylesWithEffects", "customXml", "webSettings", "thumbnail", "extended-properties"}
"""What the library's template brings along and nobody needs."""


def deeper(style: str, level: int) -> str:
    """A list's style at a level, as Word names them: ListBullet, ListBullet2."""
    return style if level == 1 else f"{style}{level}"


def dress(file: Document) -> None:
    """Our styles, lists and settings in place of those that the library's template brings."""
    for rels in (file.part.rels, file.part.package.rels):
        for rel in [rel for rel in rels.values() if rel.reltype.rpartition("/")[2] in UNUSED]:
            del rels[rel.rId]
    file.settings.element.xpath("./w:zoom")[0].set(qn("w:percent"), "100")
    file.settings.element.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']")[0].set(qn("w:val"), "15")
    fonts, language = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT), el("lang", val="en-US", eastAsia="en-US", bidi="ar-SA")
    defaults = el("docDefaults", el("rPrDefault", el("rPr", fonts, language)), el("pPrDefault"))
    listed = [_paragraph_style(name, kind, level) for name, kind in KINDS.items() for level in (LEVELS if kind.left == 1 else (1,))]
    small = el("rPr", el("color", val=SOFT), el("sz", val=16))
    letters = [
        el("style", el("name", val="Default Paragraph Font"), type="character", styleId="DefaultParagraphFont", default=1),
        el("style", el("name", val="Hyperlink"), el("rPr", el("u", val="single")), type="character", styleId="Hyperlink"),
        el("style", el("name", val="Soft"), el("rPr", el("color", val=SOFT)), type="character", styleId="Soft", customStyle=1),
        el("style", el("name", val="Note"), small, type="character", styleId="Note", customStyle=1),
    ]
    plain = el("style", el("name", val="Normal Table"), el("tblPr", el("tblInd", w=0, type="dxa")), type="table", styleId="TableNormal", default=1)
    none = el("style", el("name", val="No List"), type="numbering", styleId="NoList", default=1)
    file.styles.element[:] = [defaults, *listed, *letters, plain, none, *_table_styles()]
    numbering = file.part.numbering_part.element
    numbering[:] = [_signs(BULLETS, "ListBullet", "•–•"), _signs(NUMBERS, "ListNumber", ""), _signs(CELLS, "TableBullet", "•", CELL_INDENT)]
    numbering.extend(_numbers(kind, kind) for kind in (BULLETS, NUMBERS, CELLS))


def _paragraph_style(name: str, kind: Kind, level: int) -> Any:
    heading = name.startswith("heading")
    inset = {"left": round(kind.left * level * INDENT * MM), "hanging": round(kind.hanging * INDENT * MM)}
    flow = [el("keepNext")] * kind.keep + [el("keepLines")] * heading + [el("widowControl")]
    flow += [el("numPr", el("ilvl", val=level - 1), el("numId", val=kind.list))] if kind.list else []
    flow += [el("spacing", before=round(kind.before * 20), after=round(kind.after * 20), line=252, lineRule="auto")]
    flow += [el("ind", **inset)] if kind.left else []
    flow += [el("jc", val="center")] * kind.center + ([el("outlineLvl", val=kind.level - 1)] if heading else [])
    text = [el("b")] * kind.bold + [el("color", val=SOFT if kind.grey else INK), el("sz", val=round(kind.size * 2))]
    named = el("name", val=deeper(f"{name} " if level > 1 else name, level))
    base = [el("basedOn", val="Normal")] if name != "Normal" else []
    style = deeper(name.title().replace(" ", "").replace("-", ""), level)
    whole = {"default": 1} if name == "Normal" else {} if name[0].islower() or name.startswith("List") else {"customStyle": 1}
    return el("style", named, *base, el("qFormat"), el("pPr", *flow), el("rPr", *text), type="paragraph", styleId=style, **whole)


def _table_styles() -> Iterator[Any]:
    sides = {LINES: (), BOXED: ("top", "left", "bottom", "right"), RULED: ("top", "bottom", "insideH", "insideV")}
    for style, drawn in sides.items():
        edges = el("tblBorders", *(el(side, val="single", sz=4, space=0, color=EDGE if style == BOXED else HAIR) for side in drawn))
        room = {"top": 1, "left": 0 if style == LINES else 1.5, "bottom": 0.5, "right": 0 if style == LINES else 1.5}
        margins = el("tblCellMar", *(el(side, w=round(size * MM), type="dxa") for side, size in room.items()))
        below = el("tcPr", el("tcBorders", el("bottom", val="single", sz=8, space=0, color=INK)))
        first = [el("tblStylePr", below, type="firstRow")] if style == RULED else []
        about = (el("name", val=style), el("basedOn", val="TableNormal"), el("tblPr", edges, margins))
        yield el("style", *about, *first, type="table", styleId=style, customStyle=1)


def _signs(kind: int, style: str, signs: str, inset: float = INDENT) -> Any:
    """What stands before the items of a kind of list, level by level; the number of a question is bold."""
    levels = []
    for level in LEVELS[: len(signs) or None]:
        form = (el("numFmt", val="bullet" if signs else "decimal"), el("pStyle", val=deeper(style, level)))
        sign = el("lvlText", val=signs[level - 1] if signs else f"%{level}.")
        place = el("pPr", el("ind", left=round(level * inset * MM), hanging=round(inset * MM)))
        bold = [] if signs else [el("rPr", el("b"))]
        levels.append(el("lvl", el("start", val=1), *form, sign, el("lvlJc", val="left"), place, *bold, ilvl=level - 1))
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=kind)


def _numbers(number: int, kind: int, level: int = 0) -> Any:
    again = [el("lvlOverride", el("startOverride", val=1), ilvl=level - 1)] if level else []
    return el("num", el("abstractNumId", val=kind), *again, numId=number)


def new_list(part: Any, level: int) -> int:
    """The number of a new numbered list, which begins with 1."""
    found = part.numbering_part.element
    number = len(found.num_lst) + 1
    found.append(_numbers(number, NUMBERS, level))
    return number
