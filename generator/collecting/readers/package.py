"""An office file as its parts: packed or flat, of Microsoft's format in both variants or of OpenDocument; and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""The names that 'Strict Open XML' has for what everybody else calls otherwise."""

OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "odt"}
"""The kinds of OpenDocument that our handouts are saved in."""

Kind = Literal["xlsx", "docx", "ods", "odt", ""]


@dataclass(frozen=True)
class Package:
    """The parts of a file that are XML, by their names; `content` is the file in the common variant, `names` are those of all parts."""

    parts: Mapping[str, bytes]
    content: bytes
    names: tuple[str, ...] = ()

    @cached_property
    def main(self) -> str:
        """The part that holds the text or the list of worksheets."""
        if (relations := self.xml("_rels/.rels")) is not None:
            for one in relations:
                if one.get("Type", "").endswith("/officeDocument"):
                    return str(one.get("Target", "")).lstrip("/")
        return "content.xml"

    @cached_property
    def kind(self) -> Kind:
        """What it is, nothing if it is none of these."""
        if self.main not in self.parts:
            return ""
        head = self.parts[self.main][:200_000]
        if b"/wordprocessingml/" in head:
            return "docx"
        if b"/spreadsheetml/" in head:
            return "xlsx"
        found = re.search(rb"<office:(spreadsheet|text)[ >]", self.parts[self.main])
        return OPEN_DOCUMENT[found[1].decode()] if found else ""  # type: ignore[return-value]

    def xml(self, name: str) -> Any | None:
        """A part as a tree, nothing if there is none; neither entities nor other files are read."""
        content = self.parts.get(name)
        return None if content is None else etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))

    def beside(self, name: str) -> str:
        """A part in the folder of the main one."""
        folder, slash, _ = self.main.rpartition("/")
        return f"{folder}{slash}{name}"

    @cached_property
    def title(self) -> str:
        return self._property("title")

    @cached_property
    def program(self) -> str:
        """What saved it last: 'LibreOffice'; nothing if it does not say."""
        told = self._property("Application") or self._property("generator")
        return re.split(r"[/\d]", told)[0].strip()

    def _property(self, name: str) -> str:
        for part in ("docProps/core.xml", "docProps/app.xml", "meta.xml", "content.xml"):
            tree = self.xml(part) if part in self.parts else None
            found = next(tree.iter(f"{{*}}{name}"), None) if tree is not None else None
            if found is not None:
                return " ".join("".join(found.itertext()).split())
        return ""


def opened(content: bytes) -> Package:
    """The parts of a packed file whose size is known to be small, in the words of the common variant."""
    with ZipFile(BytesIO(content)) as packed:
        names = tuple(packed.namelist())
        parts = {name: packed.read(name) for name in names if name.endswith((".xml", ".rels"))}
    if any(b"purl.oclc.org/ooxml" in part for part in parts.values()):
        parts = {name: _common(part) for name, part in parts.items()}
        content = _packed(parts)
    return Package(parts, content, names)


def flat(content: bytes) -> Package:
    """An OpenDocument file that is one XML text."""
    return Package({"content.xml": content}, content)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def _common(part: bytes) -> bytes:
    for strict, common in STRICT:
        part = part.replace(strict, common)
    return part
