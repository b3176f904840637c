"""Nothing leaves the device: no page, style or script of either engine's site loads from, sends to or leaves anything elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from site_tests.support.nonempty import nonempty

LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "xlink:href", "manifest")
"""Attributes whose address a browser opens by itself or sends a form to."""
READ_BY_OTHERS = {"canonical", "alternate", "license", "author"}
"""Kinds of <link> that name an address and load nothing."""
REACHING_OUT = re.compile(
    r"\b(fetch|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|importScripts|RTCPeerConnection|SharedWorker|Worker|serviceWorker"
    r"|cookie|cookieStore|eval|Function)\b\s*[(.=]|\bimport\s*\("
)
ALLOWED = {"'none'", "'self'", "data:", "blob:"}
DATA = {"blanks.js", "items.js", "search-entries.js", "search-suggestions.js"}
"""Scripts that are one value with the words of the edition."""
STYLES = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")

each_site = pytest.mark.parametrize("name", ["site", "zensical_site"])


def files(name: str, request: pytest.FixtureRequest, ending: str) -> Iterator[tuple[str, str]]:
    """The files of a site and of its offline copy with this ending, and their text."""
    site: Path = request.getfixturevalue(name)
    found = [path for folder in (site, site.parent / "site-offline") for path in sorted(folder.rglob(f"*{ending}"))]
    assert found
    for path in found:
        yield path.relative_to(site.parent).as_posix(), path.read_text(encoding="utf-8")


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data", "blob")


@each_site
def test_no_page_loads_from_or_sends_to_elsewhere(name: str, request: pytest.FixtureRequest) -> None:
    for path, text in nonempty(files(name, request, ".html")):
        attributes = [(node, *pair) for node in HTMLParser(text).css("*") for pair in node.attributes.items()]
        for node, attribute, value in nonempty(attributes):
            loads = attribute in LOADING or (node.tag == "link" and attribute == "href" and node.attributes["rel"] not in READ_BY_OTHERS)
            if loads and value:
                assert not any(is_elsewhere(way.split()[0]) for way in (value.split(",") if attribute == "srcset" else [value])), (
                    path,
                    node.html,
                )
            if attribute == "style":
                assert "url(" not in (value or ""), (path, node.html)
        assert re.findall(r'http-equiv="refresh" content="[^"]*//[^"]*"', text) == [], path


@each_site
def test_the_policy_of_every_page_allows_only_the_site_itself(name: str, request: pytest.FixtureRequest) -> None:
    for path, text in nonempty(files(name, request, ".html")):
        first, *more = HTMLParser(text).css("meta[http-equiv=Content-Security-Policy]")
        assert not more, path
        policy = dict(part.split(maxsplit=1) for part in (first.attributes["content"] or "").split(";") if part.strip())
        assert {source for sources in policy.values() for source in sources.split()} <= ALLOWED, path
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"


@each_site
def test_no_style_loads_from_elsewhere(name: str, request: pytest.FixtureRequest) -> None:
    for path, text in nonempty(files(name, request, ".css")):
        assert [way for found in STYLES.findall(text) for way in found if way and is_elsewhere(way)] == [], path


@each_site
def test_no_script_asks_the_network_or_writes_a_cookie(name: str, request: pytest.FixtureRequest) -> None:
    """Of the scripts that pages load; what the engines bring lies there unused."""
    loaded = {src.partition("assets/")[2] for _, text in files(name, request, ".html") for src in re.findall(r'<script[^>]* src="([^"]+)"', text)}
    assert {"base/playbook.js", "search/search.js", "forms/fill.js"} <= loaded
    for path, text in nonempty(files(name, request, ".js")):
        if path.partition("assets/")[2] in loaded - DATA:
            code = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text, flags=re.DOTALL)
            assert [found[0] for found in REACHING_OUT.finditer(code)] == [], path
