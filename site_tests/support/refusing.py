"""A folder in which the system lets nothing be written, as on a full disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CHANGES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.utime", "os.truncate"})


_refused: list[tuple[Path, int]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event in _CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    if writes and _refused:
        for name in arguments[:2]:
            folder, number = _refused[0]
            if isinstance(name, str | os.PathLike) and Path(name).is_relative_to(folder):
                raise OSError(number, os.strerror(number), str(name))


sys.addaudithook(_audit)


@contextmanager
def refusing(folder: Path, number: int) -> Iterator[None]:
    """Let nothing be written below `folder`, whoever we are: Python asks its hooks before the system."""
    _refused[:] = [(folder, number)]
    try:
        yield
    finally:
        _refused.clear()
