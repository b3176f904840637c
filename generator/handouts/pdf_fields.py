"""The form fields of a PDF, put in the order that the standard asks for: names with periods become a tree, radio buttons one field."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.model import ids

PRINT = 4
"""The annotation flag without which a mark is not printed."""


def put_in_order(content: bytes) -> bytes:
    """WeasyPrint's PDF with its fields and links mended."""
    with pikepdf.open(BytesIO(content)) as pdf:
        form = pdf.Root.get("/AcroForm")
        if form is not None:
            found = [field for field in form.Fields if "/Parent" not in field]
            for field in found:
                _one_field(field)
            form.Fields = tree(pdf, {str(field.T): field for field in found})
        for page in pdf.pages:
            page.Tabs = Name.S
            for mark in page.get("/Annots", []):
                mark.F = int(mark.get("/F", 0)) | PRINT
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same each time."""
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def tree(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> Array:
    """Fields by their whole names ('1a.school.q1') as a tree: a name in a PDF may hold no period."""
    roots = Array()
    nodes: dict[str, Any] = {}

    def node(name: str) -> Any:
        """The inner field of this name; made with all that are around it."""
        if name not in nodes:
            nodes[name] = pdf.make_indirect(Dictionary(T=String(ids.last(name)), Kids=Array()))
            hang(name, nodes[name])
        return nodes[name]

    def hang(name: str, field: Any) -> None:
        around = ids.around(name)
        if around:
            field.Parent = node(around)
            field.Parent.Kids.append(field)
        else:
            roots.append(field)

    for name, field in fields.items():
        field.T = String(ids.last(name))
        hang(name, field)
    return roots


def _one_field(field: Any) -> None:
    """Radio buttons carry no names of their own, but the value that they stand for; text areas shrink long answers to fit."""
    kind = str(field.FT)
    if kind == "/Btn" and "/Kids" in field:
        values = [str(value) for value in field.Opt]
        del field.Opt
        label = str(field.TU)
        for value, button in zip(values, field.Kids, strict=True):
            for key in ("/T", "/FT", "/V"):
                if key in button:
                    del button[key]
            (drawn,) = button.AP.N.values()
            button.AP.N = Dictionary({f"/{value}": drawn})
            button.AS = Name.Off
        field.TU = String(label.rpartition(": ")[0] or label)
    elif kind == "/Btn":
        (drawn,) = field.AP.N.values()
        field.AP.N = Dictionary({"/Yes": drawn})
    elif kind == "/Tx" and int(field.get("/Ff", 0)) & 1 << 12:
        size = str(field.DA).split()
        size[size.index("Tf") - 1] = "0"
        field.DA = String(" ".join(size))
