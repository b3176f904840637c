"""What a built site holds: its files, the anchors of its pages, and every address that stands in one of its files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

INDEX = "index.html"
"""The file that a server shows for a folder."""

RECORDS = ("data/playbook.json", "assets/search-entries.js")
"""Files whose records hold addresses from the site's root: 'url', and 'anchor' of what stands on that page."""

_ATTRIBUTES = frozenset({"href", "xlink:href", "src", "data-src", "poster", "action", "formaction", "data", "srcset", "imagesrcset"})
_PICTURES = frozenset({"og:url", "og:image", "twitter:image"})
_CSS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']*)["']""")
_REFRESH = re.compile(r"""^\s*\d*\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)""", re.IGNORECASE)
_POLICY = etree.XPath("string(/html/head/meta[@http-equiv='Content-Security-Policy']/@content)")
_LONGEST = 60


@dataclass(frozen=True)
class Reference:
    """An address in a file: as it is written, what a reader sees of it, the ids around it from the inside."""

    file: str
    line: int
    way: str
    words: str
    around: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What an HTML file holds: how many of its elements have each anchor, each address once, its content security policy; '' where it has none."""

    anchors: Mapping[str, int]
    ways: tuple[str, ...]
    policy: str


@dataclass(frozen=True)
class Site:
    """All files by their paths from the site's root, the HTML files among them, and the addresses in each that holds any."""

    files: frozenset[str]
    pages: Mapping[str, Page]
    ways: Mapping[str, tuple[str, ...]]


def read(folder: Path, page_of: Callable[[bytes], Page]) -> Site:
    """Everything in a built site; `page_of` is `page`, or what remembers it."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {file: page_of((folder / file).read_bytes()) for file in files if file.endswith(".html")}
    ways = {file: pages[file].ways if file in pages else _once(references(folder, file)) for file in files}
    return Site(frozenset(files), pages, {file: found for file, found in ways.items() if found})


def page(content: bytes) -> Page:
    """An HTML file, from its bytes."""
    tree = _parsed(content)
    anchors = Counter(anchor for element in tree.iter(etree.Element) if (anchor := element.get("id")))
    ways = dict.fromkeys(way for element in tree.iter(etree.Element) for way in _ways(element))
    return Page(anchors, tuple(ways), str(_POLICY(tree)))


def references(folder: Path, file: str) -> Iterator[Reference]:
    """The addresses in a file, each as often as it stands there."""
    path = folder / file
    if file.endswith(".html"):
        yield from _in_page(file, _parsed(path.read_bytes()))
    elif file.endswith(".css"):
        yield from _in_style(file, path.read_text(encoding="utf-8"))
    elif file in RECORDS:
        yield from _in_records(file, path.read_text(encoding="utf-8"))
    elif file == "sitemap.xml":
        yield from _in_map(file, path.read_bytes())


def last_line(folder: Path, file: str, anchor: str) -> int:
    """The last line of an HTML file that has this anchor."""
    tree = _parsed((folder / file).read_bytes())
    return max(int(element.sourceline or 1) for element in tree.iter(etree.Element) if element.get("id") == anchor)


def base(file: str) -> str:
    """The folder that the addresses of a file start from."""
    return "" if file in RECORDS else file.rpartition("/")[0]


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def _once(found: Iterable[Reference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reference.way for reference in found))


def _in_page(file: str, page: etree._Element) -> Iterator[Reference]:
    for element in page.iter(etree.Element):
        for way in _ways(element):
            around = tuple(anchor for near in (element, *element.iterancestors()) if (anchor := near.get("id")))
            yield Reference(file, element.sourceline, way, _words(element), around)


def _ways(element: etree._Element) -> Iterator[str]:
    """The addresses in an element's attributes."""
    for name, value in element.attrib.items():
        if name not in _ATTRIBUTES:
            continue
        if name.endswith("srcset"):
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        else:
            yield value.strip()
    if element.tag == "meta":
        if element.get("property", element.get("name")) in _PICTURES:
            yield element.get("content", "")
        elif element.get("http-equiv", "").lower() == "refresh" and (refresh := _REFRESH.match(element.get("content", ""))):
            yield refresh[1].strip()


def _words(element: etree._Element) -> str:
    """What a reader sees of it, else the element's name."""
    words = "".join(element.itertext()) if element.tag == "a" else ""
    said = " ".join((element.get("aria-label") or words or element.get("alt") or "").split()) or f"<{element.tag}>"
    return said if len(said) <= _LONGEST else said[: _LONGEST - 2].rstrip() + " …"


def _in_style(file: str, text: str) -> Iterator[Reference]:
    for match in _CSS.finditer(text):
        way = next(filter(None, match.groups()), "")
        yield Reference(file, text.count("\n", 0, match.start()) + 1, way, "url()")


def _in_map(file: str, content: bytes) -> Iterator[Reference]:
    for element in etree.fromstring(content).iter("{*}loc"):
        yield Reference(file, element.sourceline or 1, (element.text or "").strip(), "<loc>")


def _in_records(file: str, text: str) -> Iterator[Reference]:
    """The JSON of the file, or of the one assignment that a script is."""
    value = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return (Reference(file, 1, way, words) for way, words in _recorded(value, "", ""))


def _recorded(value: Any, page: str, words: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        words = str(value.get("id") or value.get("title") or value.get("kind") or words)
        if "url" in value:
            page = value["url"]
            yield page or ".", words
        if value.get("anchor"):
            yield f"{page or '.'}#{value['anchor']}", words
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _recorded(inner, page, words)
