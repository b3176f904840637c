"""Filled-in PDFs: fields by their whole names, as any program that fills in or joins forms has saved them; and what lies on the pages beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any

import pikepdf

from generator.collecting.readers import UnreadableError
from generator.collecting.readers.limits import MOST_BLANKS, Measure, checked, too_large
from generator.collecting.readers.session import WHO, Paper

MOST_MEMORY = 50_000_000
"""Bytes that one compressed part of a file may grow to."""

MOST_AROUND = 100
"""How deep a field may be inside others."""

RADIO, BUTTON = 1 << 15, 1 << 16
"""The flags of a button's field: one of several, or one that only does something."""

OURS = {"/Widget", "/Link", "/Popup"}
"""What lies on the pages of our handouts, and the window of a note."""

COPY = re.compile(r"[+~#]\d+$")
"""What programs put behind a name that a file has already, where they join files."""

ITSELF = "ask for the PDF itself, saved after it was filled in (not printed to a PDF, not scanned)"
SINGLE = "collect the single files instead of the joined one"


@dataclass
class _Form:
    """The blanks of one filled-in handout; a joined file holds several. `roots` are the outermost fields that they are in."""

    roots: set[object] = field(default_factory=set)
    fields: dict[str, Any] = field(default_factory=dict)


def read(content: bytes, beginnings: Collection[str]) -> Iterator[Paper]:
    """All fields of a PDF that can be filled in, those of each joined file by themselves; `beginnings` are what our names begin with."""
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_MEMORY, run_length_max_memory=MOST_MEMORY, png_max_memory=MOST_MEMORY)
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError as error:
        raise UnreadableError("locked", "it is locked with a password", "ask for a copy without a password") from error
    with pdf:
        measure = Measure()
        forms, cover = _forms(pdf, beginnings)
        notes = tuple(measure.blank("", note) for note in _notes(pdf))
        if not forms:
            raise _without_fields(pdf.Root.get("/AcroForm", pikepdf.Dictionary()), notes)
        for number, form in enumerate(forms):
            answers, wording = {}, {}
            for name, found in form.fields.items():
                label = str(found.get("/TU", ""))
                answers[name] = measure.blank(name, _value(found), label)
                if label:
                    wording[name] = label
            yield Paper(answers, wording, () if number else notes, number if len(forms) > 1 else 0, cover and len(forms) == 1)


def _without_fields(form: Any, notes: tuple[str, ...]) -> UnreadableError:
    if "/XFA" in form:
        return UnreadableError("xfa", "its form is of a kind (XFA) that only Adobe's programs read", "fill in the handout as it comes from the site")
    beside = f"; not read: {', '.join(notes)}" if notes else ""
    return UnreadableError("no-fields", f"it has no fields{beside}", ITSELF)


def _forms(pdf: pikepdf.Pdf, beginnings: Collection[str]) -> tuple[list[_Form], bool]:
    """The forms of a file, and whether it begins with a cover, as our packets do.

    What stands on the pages counts. A name that comes again is of the next form, and so is all that is in the same outermost field: some programs
    copy all fields for each page. Fields that stand on no page are of the form that theirs are of.
    """
    found: list[_Form] = []
    cover, number = True, count(1)
    for at, page in enumerate(pdf.pages):
        for mark in page.get("/Annots", ()):
            if mark.get("/Subtype") == "/Widget" and (placed := _whole_name(mark)):
                cover = cover and at > 0
                _add(found, *placed, beginnings)
                if next(number) > 2 * MOST_BLANKS:
                    raise too_large(f"it has more than {MOST_BLANKS:,} blanks")
    rest = _fields(pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", ()), "", set(), None)
    for root, name, one in rest:
        if next(number) > 2 * MOST_BLANKS:
            raise too_large(f"it has more than {MOST_BLANKS:,} blanks")
        if form := next((form for form in found if root in form.roots), None):
            form.fields.setdefault(_ours(name, beginnings), one)
        else:
            _add(found, root, name, one, beginnings)
    _same_value(pdf)
    names = {name for form in found for name in form.fields}
    if {*WHO} <= names:
        raise UnreadableError("joined", "its blanks lost their names when a program joined or split files", SINGLE)
    return found, cover


def _add(found: list[_Form], root: object, name: str, one: Any, beginnings: Collection[str]) -> None:
    """Put a field to its form, or to a new one if the last form has another field of its name."""
    own = _ours(name, beginnings)
    form = next((form for form in found if root in form.roots), found[-1] if found else None)
    if form is None or (own in form.fields and not _same(form.fields[own], one)):
        if form and root in form.roots:
            raise UnreadableError("joined", "it holds several filled-in forms, and their blanks cannot be told apart", SINGLE)
        found.append(form := _Form())
    form.roots.add(root)
    form.fields.setdefault(own, one)


def _same(one: Any, other: Any) -> bool:
    """Whether two fields are one; the buttons of a choice are."""
    return bool(one.objgen == other.objgen if one.is_indirect else one == other)


def _ours(name: str, beginnings: Collection[str]) -> str:
    """'1.1a.school.q1' and '1a+1.school.q1' to '1a.school.q1': names of ours as they were before files were joined; others as they are."""
    parts = [COPY.sub("", part) for part in name.split(".")]
    start = next((at for at, part in enumerate(parts) if part in beginnings), None)
    return name if start is None else ".".join(parts[start:])


def _same_value(pdf: pikepdf.Pdf) -> None:
    """No field of ours stands on two pages: one that does was one in each of several files, and has lost all values but one."""
    pages: dict[tuple[int, int], int] = {}
    for at, page in enumerate(pdf.pages):
        for mark in page.get("/Annots", ()):
            above = mark.get("/Parent")
            if mark.get("/Subtype") == "/Widget" and "/T" not in mark and above is not None and pages.setdefault(above.objgen, at) != at:
                raise UnreadableError("joined", "several filled-in forms were joined, and their blanks got one value for all", SINGLE)


def _whole_name(mark: Any) -> tuple[object, str, Any] | None:
    """The outermost field around a mark on a page, its whole name, and the field itself; nothing if it has no name."""
    names: list[str] = []
    one = root = None
    for _ in range(MOST_AROUND):
        if "/T" in mark:
            one = mark if one is None else one
            names.insert(0, str(mark.T))
        root = mark
        if (mark := mark.get("/Parent")) is None:
            break
    return (_key(root), checked(".".join(names)), one) if names else None


def _key(found: Any) -> object:
    return found.objgen if found.is_indirect else str(found.get("/T", ""))


def _fields(found: Iterable[Any], around: str, seen: set[tuple[int, int]], root: object) -> Iterator[tuple[object, str, Any]]:
    """The fields with a value of their own, by their outermost field and whole names; a kid without a name is only where its parent is drawn.

    `seen` are the numbers of fields that were here: a hostile file makes one its own kid.
    """
    for one in found:
        if one is None or "/T" not in one or one.objgen in seen:
            continue
        if one.is_indirect:
            seen.add(one.objgen)
        name = checked(f"{around}.{one.T}" if around else str(one.T))
        kids = list(one.get("/Kids", ()))
        key = root or _key(one)
        if any("/T" in kid for kid in kids):
            yield from _fields(kids, name, seen, key)
        else:
            yield key, name, one


def _notes(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What people put on the pages outside of all blanks: words in quotes, else what it is."""
    for number, page in enumerate(pdf.pages, 1):
        for mark in page.get("/Annots", ()):
            kind = str(mark.get("/Subtype", ""))
            if kind and kind not in OURS:
                words = " ".join((str(mark.get("/Contents", "")) or re.sub("<[^>]*>", " ", str(mark.get("/RC", "")))).split())
                yield f"“{words}” (page {number})" if words else f"a mark on page {number} ({kind.lstrip('/')})"


def _value(one: Any) -> str:
    kind = str(one.get("/FT", ""))
    if kind == "/Btn":
        return _state(one)
    value = one.get("/V", "")
    if isinstance(value, pikepdf.Array):
        return ", ".join(str(part) for part in value)
    # Some programs keep long texts as a stream.
    return value.read_bytes().decode("utf-8", "replace") if isinstance(value, pikepdf.Stream) else str(value)


def _state(one: Any) -> str:
    """What is chosen, 'on' for a box. Where a program changed only what is drawn, that is it."""
    flags = int(one.get("/Ff", 0))
    drawn = (str(mark.get("/AS", "")).lstrip("/") for mark in (one, *one.get("/Kids", ())))
    states = (str(one.get("/V", "")).lstrip("/"), *drawn)
    state = next((state for state in states if state not in ("", "Off")), "")
    return "" if flags & BUTTON or not state else state if flags & RADIO else "on"
