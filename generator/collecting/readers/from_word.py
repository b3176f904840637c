"""Filled-in Word files, by the tags of their content controls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from generator.collecting.readers.limits import Measure, too_large
from generator.collecting.readers.session import Known, Paper
from generator.handouts.word.controls import NO_BREAK, tagged

MOST_PARTS = 300_000
"""Parts of the file that are looked at in its controls; the largest of our handouts has 16,000."""

_TEXT = qn("w:t")
_BOX = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def read(content: bytes, known: Known) -> Paper:
    """All blanks of a Word file. Its boxes let people check two levels of one scale: then both stand in the answer."""
    names = {tagged(blank.name): (blank.name, "on") for blank in known.blanks.values()}
    names |= {tagged(blank.name, value): (blank.name, title) for blank in known.blanks.values() for value, title in blank.choices if value != "on"}
    found: dict[str, list[str]] = defaultdict(list)
    measure, parts = Measure(), count(1)
    for control in Document(BytesIO(content)).element.body.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        tag = properties.find(qn("w:tag")) if properties is not None else None
        if tag is not None:
            words = tag.get(qn("w:val"), "")
            name, value = names.get(words, (words.partition("=")[0], words.partition("=")[2] or "on"))
            found[name].append(measure.blank(name, _text(control, properties, value, parts)))
    return Paper({name: ", ".join(filter(None, texts)) for name, texts in found.items()}, {})


def _text(control: Any, properties: Any, value: str, parts: Iterator[int]) -> str:
    """What a control holds; `value` if it is a box that is checked. `parts` counts what was looked at, again and again in nested controls."""
    box = properties.find(f"{_BOX}checkbox/{_BOX}checked")
    if box is not None:
        return value if box.get(f"{_BOX}val") in ("1", "true") else ""
    if properties.find(qn("w:showingPlcHdr")) is not None:
        return ""
    signs = {qn("w:br"): "\n", qn("w:p"): "\n", qn("w:tab"): "\t"}
    content = control.find(qn("w:sdtContent"))
    texts = []
    for part in content.iter() if content is not None else ():
        if next(parts) > MOST_PARTS:
            raise too_large(f"its controls have more than {MOST_PARTS:,} parts")
        texts.append(part.text or "" if part.tag == _TEXT else signs.get(part.tag, ""))
    return "".join(texts).strip(f"_ \n{NO_BREAK}")
