"""A packet: finished handouts behind a cover and contents, with their tags, fields and bookmarks, and its own page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.handouts import pdf_fields
from generator.model import ids

CONTENTS = "https://packet.invalid/"
"""What the contents' links begin with; the page's number follows."""


def bind(front: bytes, sheets: Sequence[tuple[str, bytes]], numbers: bytes) -> tuple[bytes, int]:
    """One PDF of the front and the sheets with their titles, and its number of pages; page n of `numbers` shows the number n."""
    with pikepdf.open(BytesIO(front)) as packet, pikepdf.open(BytesIO(numbers)) as stamps:
        binding = _Binding(packet)
        starts = [binding.add(content) for _, content in sheets]
        binding.finish()
        _bookmarks(packet, [title for title, _ in sheets], starts)
        _contents(packet)
        for number, (page, stamp) in enumerate(zip(packet.pages, stamps.pages, strict=False), 1):
            _stamp(packet, page, stamp, Name(f"/PacketPage{number}"))
        return pdf_fields.saved(packet), len(packet.pages)


class _Binding:
    """The packet as it grows: its structure tree, the numbers of its marks, its fields."""

    def __init__(self, packet: pikepdf.Pdf) -> None:
        self.packet = packet
        self.root = packet.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.numbers: list[Any] = list(self.root.ParentTree.Nums)
        self.next = max((int(number) for number in self.numbers[::2]), default=-1) + 1
        self.names: dict[str, Any] = {}
        self.fonts = Dictionary()

    def add(self, content: bytes) -> int:
        """Append a sheet; the index of its first page."""
        first = len(self.packet.pages)
        with pikepdf.open(BytesIO(content)) as sheet:
            for page in sheet.pages:
                self.packet.pages.append(page)
            shift = self.next
            tree = self.packet.copy_foreign(sheet.Root.StructTreeRoot)
            for kid in tree.K[0].K:
                kid.P = self.document
                self.document.K.append(kid)
            nums = list(tree.ParentTree.Nums)
            for number, target in zip(nums[::2], nums[1::2], strict=True):
                self.numbers.extend((int(number) + shift, target))
                self.next = max(self.next, int(number) + shift + 1)
            for page in list(self.packet.pages)[first:]:
                page.obj.StructParents = int(page.obj.StructParents) + shift
                for mark in page.obj.get("/Annots", []):
                    if "/StructParent" in mark:
                        mark.StructParent = int(mark.StructParent) + shift
            if "/AcroForm" in sheet.Root:
                form = self.packet.copy_foreign(sheet.make_indirect(sheet.Root.AcroForm))
                self._fields(form)
        return first

    def _fields(self, form: Any) -> None:
        for field in form.Fields:
            self._hang(field, "", None)
        for name, font in form.DR.get("/Font", Dictionary()).items():
            self.fonts[name] = font

    def _hang(self, field: Any, around: str, parent: Any) -> None:
        """Add a field; an inner one that is there already takes in the other's."""
        name = f"{around}.{field.T}" if around else str(field.T)
        if name in self.names:
            for kid in field.Kids:
                self._hang(kid, name, self.names[name])
            return
        self.names[name] = field
        if parent is not None:
            field.Parent = parent
            parent.Kids.append(field)
        if "/FT" not in field:
            kids = list(field.Kids)
            field.Kids = Array()
            for kid in kids:
                self._hang(kid, name, field)

    def finish(self) -> None:
        """Put what was gathered in its place."""
        self.root.ParentTree.Nums = Array(self.numbers)
        self.root.ParentTreeNextKey = self.next
        roots = [field for name, field in self.names.items() if not ids.around(name)]
        form = Dictionary(Fields=Array(roots), NeedAppearances=True, DR=Dictionary(Font=self.fonts))
        self.packet.Root.AcroForm = self.packet.make_indirect(form)


def _bookmarks(packet: pikepdf.Pdf, titles: list[str], starts: list[int]) -> None:
    with packet.open_outline() as outline:
        outline.root.clear()
        outline.root.append(pikepdf.OutlineItem("Contents", 1))
        outline.root.extend(pikepdf.OutlineItem(title, start) for title, start in zip(titles, starts, strict=True))
    packet.Root.PageMode = Name.UseOutlines


def _contents(packet: pikepdf.Pdf) -> None:
    """The links of the contents lead to pages of the packet."""
    for page in packet.pages:
        for mark in page.obj.get("/Annots", []):
            address = str(mark.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(CONTENTS):
                del mark.A
                mark.Dest = Array([packet.pages[int(address.removeprefix(CONTENTS)) - 1].obj, Name.Fit])


def _stamp(packet: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page, name: Name) -> None:
    """A page number in the lower right corner, marked as no part of the text."""
    drawn = [step for step in pikepdf.parse_content_stream(stamp) if str(step.operator) not in ("BDC", "BMC", "EMC")]
    stamp.Contents.write(pikepdf.unparse_content_stream(drawn))
    page.add_resource(packet.copy_foreign(stamp.as_form_xobject()), Name.XObject, name)
    right = float(page.mediabox[2]) - float(stamp.mediabox[2])
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q /Artifact BMC q 1 0 0 1 {right:.2f} 0 cm {name} Do Q EMC".encode())
