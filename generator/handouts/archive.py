"""Word and Excel files are zips; packed here so that the same content is the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can carry; each entry has it."""

UNIX, FILE = 3, 0o100644
"""The system that entries come from, and that they are files to read: the same on all machines."""


def rewritten(content: bytes) -> bytes:
    """The same zip with its entries sorted by name, which puts '[Content_Types].xml' first, and nothing of the day or machine in it."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = ZipInfo(name, DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = FILE << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()
