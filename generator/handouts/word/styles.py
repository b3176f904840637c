"""How our Word files look: styles and lists in place of those of the library's template; the paper, head and foot of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, Twips
from docx.text.parfmt import ParagraphFormat

from generator.handouts.word.controls import BOX_FONT
from generator.handouts.word.xml import MM, el, paragraph, run
from generator.output import qr_codes

PAPERS = {"letter": (12240, 15840), "a4": (11906, 16838)}
"""Width and height of the papers in Word's unit."""

MARGIN, INDENT = round(14 * MM), 5.5
"""The edge of a page in Word's unit; how far in millimeters a list is inside what is around it."""

LETTER = 80
"""The width of a letter in the foot, on average."""

FONT, INK, SOFT, EDGE, HAIR = "Calibri", "000000", "444444", "777777", "BBBBBB"

LINES, BOXED, RULED = "WritingLines", "WritingBox", "HandoutTable"
"""The styles of tables."""

BULLETS, NUMBERS, CELLS = 1, 2, 3
"""The kinds of list: with bullets, with numbers (each counts for itself), with bullets in a table."""

UNUSED = {"stylesWithEffects", "customXml", "webSettings", "thumbnail", "extended-properties"}
"""What the library's template brings along and nobody needs."""


@dataclass(frozen=True)
class Kind:
    """A paragraph style: points for sizes and spaces, the list whose sign it carries; one that stands `inside` comes in three levels."""

    size: float = 10.5
    before: float = 0
    after: float = 3
    bold: bool = False
    grey: bool = False
    keep: bool = False
    center: bool = False
    inside: bool = False
    hanging: bool = False
    list: int = 0


KINDS = {
    "Normal": Kind(),
    "heading 1": Kind(17, 0, 2, bold=True, keep=True),
    "heading 2": Kind(13, 11, 3, bold=True, keep=True),
    "heading 3": Kind(11.5, 9, 2, bold=True, keep=True),
    "heading 4": Kind(10.5, 8, 2, bold=True, keep=True),
    "List Bullet": Kind(before=1, inside=True, hanging=True, list=BULLETS),
    "List Number": Kind(before=1, inside=True, hanging=True, list=NUMBERS),
    "List Continue": Kind(inside=True),
    "Check": Kind(inside=True, hanging=True),
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
"""The paragraph styles by Word's names."""

ANCHOR = f"""
<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" behindDoc="0" locked="0" relativeHeight="1" layoutInCell="1"
  allowOverlap="1"><wp:simplePos x="0" y="0"/>
  <wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>
  <wp:positionV relativeFrom="paragraph"><wp:posOffset>{-Mm(2)}</wp:posOffset></wp:positionV>
</wp:anchor>"""
"""Where the code to scan stands: at the right edge, a little above the paragraph that holds it."""


def dress(file: Document) -> None:
    """Give a new file our styles, lists and settings."""
    for rels in (file.part.rels, file.part.package.rels):
        for rel in [rel for rel in rels.values() if rel.reltype.rpartition("/")[2] in UNUSED]:
            del rels[rel.rId]
    file.settings.element.xpath("./w:zoom")[0].set(qn("w:percent"), "100")
    file.settings.element.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']")[0].set(qn("w:val"), "15")
    language = el("lang", val="en-US", eastAsia="en-US", bidi="ar-SA")
    defaults = el("docDefaults", el("rPrDefault", el("rPr", _font(FONT), language)), el("pPrDefault"))
    told = [_paragraph_style(name, kind, level) for name, kind in KINDS.items() for level in ((1, 2, 3) if kind.inside else (1,))]
    file.styles.element[:] = [defaults, *told, *_letter_styles(), *_table_styles()]
    file.part.numbering_part.element[:] = [
        _signs(BULLETS, "ListBullet", ("•", "–", "•"), INDENT),
        _signs(NUMBERS, "ListNumber", ("%1.", "%2.", "%3."), INDENT),
        _signs(CELLS, "TableBullet", ("•",), 4),
        *(el("num", el("abstractNumId", val=kind), numId=kind) for kind in (BULLETS, NUMBERS, CELLS)),
    ]


def deeper(style: str, level: int) -> str:
    """A list's style at a level, as Word names them: ListBullet, ListBullet2."""
    return style if level <= 1 else f"{style}{level}"


def new_list(part: Any) -> int:
    """The number of a new numbered list, which begins with 1; `part` is the part of the file that keeps the lists."""
    found = part.numbering_part.element
    number = len(found.num_lst) + 1
    again = el("lvlOverride", el("startOverride", val=1), ilvl=0)
    found.append(el("num", el("abstractNumId", val=NUMBERS), again, numId=number))
    return number


def _font(name: str) -> Any:
    return el("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _paragraph_style(name: str, kind: Kind, level: int) -> Any:
    heading = name.startswith("heading")
    flow = [el("keepNext")] * kind.keep + [el("keepLines")] * heading + [el("widowControl")]
    flow += [el("numPr", el("ilvl", val=level - 1), el("numId", val=kind.list))] if kind.list else []
    flow += [el("spacing", before=round(kind.before * 20), after=round(kind.after * 20), line=252, lineRule="auto")]
    flow += [el("ind", left=round(INDENT * level * MM), hanging=round(INDENT * kind.hanging * MM))] if kind.inside else []
    flow += [el("jc", val="center")] * kind.center + ([el("outlineLvl", val=int(name[-1]) - 1)] if heading else [])
    text = [el("b")] * kind.bold + [el("color", val=SOFT if kind.grey else INK), el("sz", val=round(kind.size * 2))]
    base = [el("basedOn", val="Normal")] if name != "Normal" else []
    about = (el("name", val=deeper(f"{name} " if level > 1 else name, level)), *base, el("qFormat"), el("pPr", *flow), el("rPr", *text))
    whole = {"default": 1} if name == "Normal" else {} if name[0].islower() or name.startswith("List") else {"customStyle": 1}
    return el("style", *about, type="paragraph", styleId=deeper(name.title().replace(" ", "").replace("-", ""), level), **whole)


def _letter_styles() -> Iterator[Any]:
    yield el("style", el("name", val="Default Paragraph Font"), type="character", styleId="DefaultParagraphFont", default=1)
    letters = {"Soft": [el("color", val=SOFT)], "Note": [el("color", val=SOFT), el("sz", val=16)], "Box": [_font(BOX_FONT)]}
    for name, marks in letters.items():
        yield el("style", el("name", val=name), el("rPr", *marks), type="character", styleId=name, customStyle=1)


def _table_styles() -> Iterator[Any]:
    yield el("style", el("name", val="Normal Table"), el("tblPr", el("tblInd", w=0, type="dxa")), type="table", styleId="TableNormal", default=1)
    sides = {LINES: (), BOXED: ("top", "left", "bottom", "right"), RULED: ("top", "bottom", "insideH", "insideV")}
    for style, drawn in sides.items():
        edges = el("tblBorders", *(el(side, val="single", sz=4, space=0, color=EDGE if style == BOXED else HAIR) for side in drawn))
        beside = 0 if style == LINES else 1.5
        room = zip(("top", "left", "bottom", "right"), (1, beside, 0.5, beside), strict=True)
        margins = el("tblCellMar", *(el(side, w=round(size * MM), type="dxa") for side, size in room))
        below = el("tcPr", el("tcBorders", el("bottom", val="single", sz=8, space=0, color=INK)))
        first = [el("tblStylePr", below, type="firstRow")] if style == RULED else []
        about = (el("name", val=style), el("basedOn", val="TableNormal"), el("tblPr", edges, margins))
        yield el("style", *about, *first, type="table", styleId=style, customStyle=1)


def _signs(kind: int, style: str, signs: Iterable[str], inset: float) -> Any:
    """What stands before the items of a kind of list, level by level; numbers are bold."""
    levels = []
    form = "decimal" if kind == NUMBERS else "bullet"
    for level, sign in enumerate(signs, 1):
        shown = (el("numFmt", val=form), el("pStyle", val=deeper(style, level)), el("lvlText", val=sign), el("lvlJc", val="left"))
        place = el("ind", left=round(inset * level * MM), hanging=round(inset * MM))
        bold = [el("rPr", el("b"))] if kind == NUMBERS else []
        levels.append(el("lvl", el("start", val=1), *shown, el("pPr", place), *bold, ilvl=level - 1))
    return el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=kind)


def lay_out(section: Section, paper: tuple[int, int], name: str, edition: str) -> None:
    """The paper and margins of a section; at its foot what the handout is and the page, then the edition, below where there is no room beside it."""
    section.orientation = WD_ORIENTATION.LANDSCAPE if paper[0] > paper[1] else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = map(Twips, paper)
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin, section.bottom_margin = Mm(12), Mm(15)
    section.header_distance = section.footer_distance = Mm(6)
    room = paper[0] - 2 * MARGIN
    narrow = (len(name) + len(edition) + 16) * LETTER > room
    page, pages = (el("fldSimple", run("1"), instr=field) for field in ("PAGE", "NUMPAGES"))
    across = el("r", *([el("br")] if narrow else []), el("tab"))
    foot = paragraph("Footer", [run(f"{name}, page "), page, run(" of "), pages, across, run(edition)])
    foot.pPr.append(el("tabs", el("tab", val="right", pos=room)))
    section.footer.is_linked_to_previous = False
    section.footer._element[:] = [foot]


def head(blocks: list[Any], code: Any | None) -> list[Any]:
    """A page's head: paragraphs with a line below them, and beside them the code to scan."""
    blocks[-1].pPr.append(el("pBdr", el("bottom", val="single", sz=12, space=5, color=INK)))
    if code is not None:
        blocks[0].insert(1, code)
        for block in blocks[:-1]:
            ParagraphFormat(block).right_indent = Mm(22)
    for block in blocks[1:]:
        ParagraphFormat(block).space_before = Pt(0)
    ParagraphFormat(blocks[-1]).space_after = Pt(8)
    return blocks


def code(part: Any, image: Element, number: int) -> Any:
    """The code to scan for a picture of 'qr:https://example.org/'; `part` is the part of the file that keeps pictures."""
    inline = part.new_pic_inline(qr_codes.drawn(image.get("src", ""), "png", scale=8), Mm(17), None)
    inline.docPr.id, inline.docPr.name = number, "Picture"
    inline.docPr.set("descr", image.get("alt", ""))
    size, *rest = inline
    anchor = parse_xml(ANCHOR)
    anchor.extend([size, el("wp:wrapNone"), *rest])
    return el("r", el("drawing", anchor))
