"""Zips of which the same content is the same bytes, on any day and machine."""

from __future__ import annotations

import time
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = "1980-01-01"
"""The first day that a zip can carry."""

_UNIX, _FILE = 3, 0o100644
"""The system that entries come from, and that they are files to read: the same on all machines."""


def named(version: str, part: str) -> str:
    """What a zip of a part of the edition is called, and the folder in it: 'engagement-playbook-0.1.0-site'."""
    return f"engagement-playbook-{version}-{part}"


def packed(files: Mapping[str, bytes], date: str = EARLIEST) -> bytes:
    """A zip of these files by their names in it, sorted; each has the first moment of this day."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, time.strptime(date, "%Y-%m-%d")[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _FILE << 16
            archive.writestr(entry, files[name])
    return content.getvalue()


def repacked(content: bytes) -> bytes:
    """A Word or Excel file, which is a zip, so that the same content is the same bytes.

    Its entries are sorted by name, which puts '[Content_Types].xml' first, and nothing of the day or machine is in it.
    """
    with ZipFile(BytesIO(content)) as old:
        return packed({name: old.read(name) for name in old.namelist()})
