"""Word and Excel files are zips; packed again so that the same content is the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from generator import archive


def rewritten(content: bytes) -> bytes:
    """The same zip with its entries sorted by name, which puts '[Content_Types].xml' first, and nothing of the day or machine in it."""
    with ZipFile(BytesIO(content)) as old:
        return archive.packed({name: old.read(name) for name in old.namelist()})
