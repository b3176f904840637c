"""What an HTML page calls itself: its title and headings. A page may be broken or hostile; nothing of it is shown to anybody."""

from __future__ import annotations

import zlib
from html.parser import HTMLParser

_NAMED = ("title", "h1", "h2")
_LONGEST = 300


def headings(body: bytes) -> tuple[str, ...]:
    """The texts of title, h1 and h2, in lower case with single spaces; letters beyond ASCII do not matter here and may be wrong."""
    reader = _Reader()
    reader.feed(body.decode("latin-1"))
    return tuple(" ".join(text.split()).lower()[:_LONGEST] for text in reader.found)


def unpacked(body: bytes, coding: str, limit: int) -> bytes:
    """A body without its compression, at most `limit` bytes of it; b'' where it is of a kind that we did not ask for."""
    if coding in ("", "identity"):
        return body[:limit]
    if coding not in ("gzip", "x-gzip", "deflate"):
        return b""
    try:
        return zlib.decompressobj(wbits=47).decompress(body, limit)
    except zlib.error:
        return b""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NAMED:
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _NAMED:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and len(self.found[-1]) < 2 * _LONGEST:
            self.found[-1] += data
