"""Filled-in PDFs: fields by their whole names, as any program that fills in forms has saved them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from generator.collecting.readers import UnreadableError
from generator.collecting.readers.limits import Measure, checked
from generator.collecting.readers.session import Paper

MOST_MEMORY = 50_000_000
"""Bytes that one compressed part of a file may grow to."""

RADIO, BUTTON = 1 << 15, 1 << 16
"""The flags of a button's field: one of several, or one that only does something."""

ITSELF = "ask for the PDF itself, saved after it was filled in (not printed to a PDF, not scanned)"


def read(content: bytes) -> Paper:
    """All fields of a PDF that can be filled in."""
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_MEMORY, run_length_max_memory=MOST_MEMORY, png_max_memory=MOST_MEMORY)
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError as error:
        raise UnreadableError("locked", "it is locked with a password", "ask for a copy without a password") from error
    with pdf:
        form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
        answers, wording, measure = {}, {}, Measure()
        for name, field in _fields(form.get("/Fields", ()), "", set()):
            label = str(field.get("/TU", ""))
            answers[name] = measure.blank(name, _value(field), label)
            if label:
                wording[name] = label
        if not answers and "/XFA" in form:
            raise UnreadableError(
                "xfa", "its form is of a kind (XFA) that only Adobe's programs read", "fill in the handout as it comes from the site"
            )
        if not answers:
            raise UnreadableError("no-fields", "it has no fields", ITSELF)
        return Paper(answers, wording)


def _fields(found: Any, around: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Any]]:
    """The fields with a value of their own, by their whole names; a kid without a name is only where its parent is drawn.

    `seen` are the numbers of fields that were here: a hostile file makes one its own kid.
    """
    for field in found:
        if "/T" not in field or field.objgen in seen:
            continue
        if field.is_indirect:
            seen.add(field.objgen)
        name = checked(f"{around}.{field.T}" if around else str(field.T))
        kids = list(field.get("/Kids", ()))
        if any("/T" in kid for kid in kids):
            yield from _fields(kids, name, seen)
        else:
            yield name, field


def _value(field: Any) -> str:
    kind = str(field.get("/FT", ""))
    if kind == "/Btn":
        return _state(field)
    value = field.get("/V", "")
    if isinstance(value, pikepdf.Array):
        return ", ".join(str(one) for one in value)
    # Some programs keep long texts as a stream.
    return value.read_bytes().decode("utf-8", "replace") if isinstance(value, pikepdf.Stream) else str(value)


def _state(field: Any) -> str:
    """What is chosen, 'on' for a box. Where a program changed only what is drawn, that is it."""
    flags = int(field.get("/Ff", 0))
    drawn = (str(mark.get("/AS", "")).lstrip("/") for mark in (field, *field.get("/Kids", ())))
    states = (str(field.get("/V", "")).lstrip("/"), *drawn)
    state = next((state for state in states if state not in ("", "Off")), "")
    return "" if flags & BUTTON or not state else state if flags & RADIO else "on"
