"""Small PDF, Excel and Word files put together by hand, with what a test wants in them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pikepdf
from docx import Document
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from pikepdf import Array, Dictionary, Name, String

from generator.handouts import pdf_fields

FIRST = "1a.school.participation.1"


def pdf(fields: list[Any], **form: Any) -> bytes:
    """A PDF with these form fields."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field) for field in fields]), **form)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def text_field(name: str, value: str) -> Any:
    return Dictionary(FT=Name.Tx, T=String(name), V=String(value))


def workbook(answer: Any = "doing", name: str = f"id.{FIRST}") -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = answer
    book.defined_names[name] = DefinedName(name, attr_text="'Sheet'!$A$1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes], into: bytes = b"") -> bytes:
    """A packed file with these parts, put into another one's place where it has them."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        if into:
            with zipfile.ZipFile(BytesIO(into)) as old:
                for name in old.namelist():
                    new.writestr(name, parts.get(name, old.read(name)))
        for name, content in parts.items():
            if name not in new.namelist():
                new.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("Dear all")
    document.save(out)
    return out.getvalue()


def sheet(answers: dict[str, str], *notes: Any) -> bytes:
    """A PDF of one page with text fields by their whole names, and these notes on the page."""
    made = pikepdf.new()
    page = made.add_blank_page()
    fields = {
        name: made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, V=String(text), Rect=Array([0, 0, 9, 9])))
        for name, text in answers.items()
    }
    page.Annots = Array([*fields.values(), *map(made.make_indirect, notes)])
    made.Root.AcroForm = Dictionary(Fields=pdf_fields.tree(made, fields))
    out = BytesIO()
    made.save(out)
    return out.getvalue()
