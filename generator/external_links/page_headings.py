"""What an HTML page calls itself: its title and headings. A page may be broken or hostile; nothing of it is shown to anybody."""

from __future__ import annotations

import zlib

from lxml import etree

_NAMED = ("title", "h1", "h2")
_LONGEST = 300


def headings(body: bytes) -> tuple[str, ...]:
    """The texts of title, h1 and h2, in lower case with single spaces; letters beyond ASCII do not matter here and may be wrong."""
    # A parser that is told an encoding looks for no other; libxml2 takes any text, but a null for its end.
    parser = etree.HTMLParser(encoding="iso-8859-1", recover=True, no_network=True)
    page = etree.fromstring(body.replace(b"\0", b" ") or b" ", parser)
    found = () if page is None else page.iter(*_NAMED)
    return tuple(" ".join("".join(heading.itertext()).split()).lower()[:_LONGEST] for heading in found)


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
