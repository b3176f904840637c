"""What a folder holds, and changes of a file's words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path


def contents(folder: Path) -> dict[str, str]:
    """What a folder holds: each file, as a path from it, with a hash of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replace words of a file, each where they first occur."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{path}: {old}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def replacing(old: str, new: str) -> Callable[[Path], None]:
    """What makes this change in a file."""
    return lambda path: edit(path, (old, new))
