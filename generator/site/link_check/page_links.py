"""What a built site holds: its files, the anchors of its pages, and every address that stands in one of its files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

INDEX = "index.html"
"""The file that a server shows for a folder."""

RECORDS = ("data/playbook.json", "assets/search-entries.js")
"""Files whose records hold addresses from the site's root: 'url', and 'anchor' of what stands on that page."""

_ATTRIBUTES = frozenset({"href", "xlink:href", "src", "poster", "action", "formaction", "data", "srcset", "imagesrcset"})
_PICTURES = frozenset({"og:url", "og:image", "twitter:image"})
_CSS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']*)["']""")
_REFRESH = re.compile(r"""^\s*\d*\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)""", re.IGNORECASE)
_POLICY = etree.XPath("string(/html/head/meta[@http-equiv='Content-Security-Policy']/@content)")
_LONGEST = 60


@dataclass(frozen=True)
class Reference:
    """An address in a file: as it is written, the folder that it starts from, what a reader sees of it, the ids around it from the inside."""

    file: str
    base: str
    line: int
    way: str
    words: str
    around: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """All files by their paths from the site's root, and the anchors of each HTML file with the lines that they stand in."""

    files: frozenset[str]
    anchors: Mapping[str, Mapping[str, list[int]]]
    references: tuple[Reference, ...]
    policies: Mapping[str, str]
    """The content security policy of each HTML file; '' where it has none."""


def read(folder: Path) -> Site:
    """Everything in a built site."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    anchors: dict[str, dict[str, list[int]]] = {}
    references: list[Reference] = []
    policies: dict[str, str] = {}
    for file in files:
        if file.endswith(".html"):
            page = etree.fromstring((folder / file).read_bytes(), etree.HTMLParser(encoding="utf-8"))
            anchors[file] = _anchors(page)
            policies[file] = str(_POLICY(page))
            references += _in_page(file, page)
        elif file.endswith(".css"):
            references += _in_style(file, (folder / file).read_text(encoding="utf-8"))
        elif file in RECORDS:
            references += _in_records(file, (folder / file).read_text(encoding="utf-8"))
        elif file == "sitemap.xml":
            references += _in_map(file, (folder / file).read_bytes())
    return Site(frozenset(files), anchors, tuple(references), policies)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _anchors(page: etree._Element) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for element in page.iter(etree.Element):
        if anchor := element.get("id"):
            found.setdefault(anchor, []).append(element.sourceline)
    return found


def _in_page(file: str, page: etree._Element) -> Iterator[Reference]:
    for element in page.iter(etree.Element):
        for way in _ways(element):
            around = tuple(anchor for near in (element, *element.iterancestors()) if (anchor := near.get("id")))
            yield Reference(file, _folder(file), element.sourceline, way, _words(element), around)


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
        yield Reference(file, _folder(file), text.count("\n", 0, match.start()) + 1, way, "url()")


def _in_map(file: str, content: bytes) -> Iterator[Reference]:
    for element in etree.fromstring(content).iter("{*}loc"):
        yield Reference(file, _folder(file), element.sourceline or 1, (element.text or "").strip(), "<loc>")


def _in_records(file: str, text: str) -> Iterator[Reference]:
    """The JSON of the file, or of the one assignment that a script is."""
    value = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return (Reference(file, "", 1, way, words) for way, words in _recorded(value, "", ""))


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
