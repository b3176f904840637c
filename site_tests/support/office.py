"""A real office program that tests use to open and convert files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Convert(Protocol):
    """Opens files in one LibreOffice and saves them in another format into a folder."""

    def __call__(self, files: Iterable[Path], kind: str, to: Path, *options: str) -> None: ...
