"""The site's stylesheet: written as one file for each feature, loaded as one, in the order of the `@import` lines of theme/assets/playbook.css."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = "playbook.css"
_IMPORT = re.compile(r'@import "([^":]+)";')
_PICTURE = re.compile(r'(?<=url\(")[^":]+(?="\))')


@dataclass(frozen=True)
class Line:
    """A line of the joined stylesheet, and where it is written: a file below theme/assets/ and the number of the line there."""

    text: str
    file: str
    number: int


def lines(assets: Path) -> Iterator[Line]:
    """The joined stylesheet of the folder `assets`: each `@import` line is replaced by the lines of that file. OSError where a file is missing."""
    for line in _written(assets, FILE):
        found = _IMPORT.fullmatch(line.text)
        yield from _written(assets, found[1]) if found else [line]


def joined(found: Iterable[Line]) -> str:
    """The text that pages load."""
    return "".join(f"{line.text}\n" for line in found)


def _written(assets: Path, file: str) -> Iterator[Line]:
    """The lines of one file; its pictures are named from `assets`, as 'marks/together.svg' where the file says '../marks/together.svg'."""
    folder = posixpath.dirname(file)
    for number, text in enumerate((assets / file).read_text(encoding="utf-8").splitlines(), 1):
        yield Line(_PICTURE.sub(lambda way: posixpath.normpath(posixpath.join(folder, way[0])), text), file, number)
