"""The site as a folder that opens by a double click: each link leads to a file, because no server finds the page of a folder."""

from __future__ import annotations

import base64
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from generator.output.folders import Tree

FOLDER, ZIP = "site-offline", "site-offline.zip"

_FOR_SERVERS = frozenset({"404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz"})
"""What only a server and its visitors' programs use."""

_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""(\s[^\s=>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINKS = frozenset({"href", "src", "action"})
_PICTURE = re.compile(r"""url\("([^":]+\.svg)"\)""")
_TO_A_FOLDER = re.compile(r"/$|(^|/)\.{1,2}$")


def copy(site: Path) -> Tree:
    """The files of a finished site as they work in a folder."""
    tree = Tree()
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and name not in _FOR_SERVERS:
            tree.add(name, _rewritten(path))
    return tree


def _rewritten(path: Path) -> bytes:
    if path.suffix == ".html":
        return page(path.read_text(encoding="utf-8")).encode()
    if path.suffix == ".css":
        return _PICTURE.sub(lambda found: _drawn(path.parent / found[1]), path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()


def _drawn(picture: Path) -> str:
    """A picture inside its style: as a file of its own, browsers would not let a style of a folder draw through it."""
    return f'url("data:image/svg+xml;base64,{base64.b64encode(picture.read_bytes()).decode()}")'


def page(text: str) -> str:
    """A page whose links lead to files; all else in it stays as it is."""
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(_to_file, tag[0]), text)


def _to_file(attribute: re.Match[str]) -> str:
    """href="../tools/?q=x#uses" to href="../tools/index.html?q=x#uses"; an address elsewhere, a file or an anchor stays."""
    parts = urlsplit(unescape(attribute[2] or attribute[3] or attribute[4] or "")) if attribute[1].strip() in _LINKS else None
    if parts is None or parts.scheme or parts.netloc or not _TO_A_FOLDER.search(parts.path):
        return attribute[0]
    file = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/index.html"))
    return f'{attribute[1]}="{escape(file)}"'
