"""Follows every address of a built site; one that leads nowhere is a problem at the line that made it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.checks.checked_edition import Edition
from generator.problems import Mark, Problem, suggestion
from generator.site.link_check import page_links
from generator.site.link_check.known_pages import KnownPages
from generator.site.link_check.link_sources import Makers
from generator.site.link_check.page_links import INDEX, Reference, Site

_OUTWARD = frozenset({"http", "https", "mailto", "tel", "data"})
_MACHINE = re.compile(r"^(?:file:|[a-z]:[\\/]|https?://(?:localhost|127\.|\[::1\]))", re.IGNORECASE)
_HINTS = {
    "machine-link": "write the address that it has on the site",
    "rooted-link": "write it from its page on, as in '../tools/': the site may lie in a folder",
    "leaving-link": "take a '../' away",
    "folder-link": "write the page's file, as in 'tools/index.html': opened from a folder, the link shows a list of files",
}


@dataclass(frozen=True)
class _Broken:
    """What is wrong with an address, and where it leads from the site's root."""

    code: str
    target: str
    wrong: str


def problems(folder: Path, root: Path, edition: Edition, *, by_files: bool = False) -> list[Problem]:
    """All that is wrong inside the built site in `folder`; `by_files` where no server shows a folder's page for the folder."""
    site = _site(folder, root / "build") if not by_files else page_links.read(folder, page_links.page)
    makers = Makers(root, folder, edition)
    used: set[str] = set()
    broken: dict[str, dict[str, _Broken]] = {}
    for file, ways in site.ways.items():
        for way in ways:
            found = _follow(site, file, way, edition.settings.address, by_files=by_files)
            if isinstance(found, _Broken):
                broken.setdefault(file, {})[way] = found
            elif found:
                used.add(found)
    # The styles of the offline copy hold their pictures, which lie there too.
    unused = () if by_files else _unused(site, makers, used)
    return [*_without_policy(site, edition), *_dead(site, makers, _located(folder, broken)), *_anchors_used_twice(site, makers, folder), *unused]


def _site(folder: Path, build: Path) -> Site:
    """What the site holds; pages that are as they were at the last check are not read again."""
    known = KnownPages(build)
    site = page_links.read(folder, known.page)
    known.keep()
    return site


def _follow(site: Site, origin: str, way: str, address: str, *, by_files: bool) -> str | _Broken | None:
    """The file that an address in the file `origin` leads to; None where it leads to another site."""
    base = page_links.base(origin)
    # A server shows this page at any address, so its links begin at the server's root.
    starts = (address, urlsplit(address).path) if origin == "404.html" else (address,)
    if own := next((start for start in starts if way.startswith(start)), ""):
        way, base = way.removeprefix(own) or ".", ""
    elif _MACHINE.match(way):
        return _Broken("machine-link", way, f"leads to this machine: '{way}'")
    elif urlsplit(way).scheme in _OUTWARD or way.startswith("//"):
        return None
    elif way.startswith("/"):
        return _Broken("rooted-link", way, f"begins at the server's root: '{way}'")
    path, anchor = (unquote(part) for part in (urlsplit(way).path, urlsplit(way).fragment))
    file = posixpath.normpath(posixpath.join(base, path)) if path else origin
    if file.split("/")[0] == "..":
        return _Broken("leaving-link", file, f"leads out of the site: '{way}'")
    by_files &= origin.endswith(".html") and not own
    return _arrive(site, file, anchor, is_folder=file == "." or path.endswith(("/", "/.", "..")), by_files=by_files)


def _arrive(site: Site, file: str, anchor: str, *, is_folder: bool, by_files: bool) -> str | _Broken:
    page = posixpath.normpath(posixpath.join(file, INDEX)) if is_folder else file
    written = _shown(page) + (f"#{anchor}" if anchor else "")
    if page not in site.files:
        return _Broken("dead-link", written, f"leads to '{written}', which is not there")
    if is_folder and by_files:
        return _Broken("folder-link", written, f"leads to the folder '{written}'")
    if anchor and page in site.pages and anchor not in site.pages[page].anchors:
        return _Broken("dead-anchor", written, f"leads to '{written}', and that page has no '#{anchor}'")
    return page


def _located(folder: Path, broken: Mapping[str, Mapping[str, _Broken]]) -> Iterable[list[tuple[Reference, _Broken]]]:
    """The links to each broken place; now that something is wrong, the files are read again for the lines of their links."""
    found: dict[tuple[str, str], list[tuple[Reference, _Broken]]] = {}
    for file, ways in broken.items():
        for reference in page_links.references(folder, file):
            if wrong := ways.get(reference.way):
                found.setdefault((wrong.code, wrong.target), []).append((reference, wrong))
    return found.values()


def _dead(site: Site, makers: Makers, targets: Iterable[list[tuple[Reference, _Broken]]]) -> Iterator[Problem]:
    """One problem for all links to the same place, and for all that the same line made."""
    made: dict[tuple[Mark, str], list[tuple[Reference, _Broken]]] = {}
    for found in targets:
        # What a page shows says more than what its data or the search holds.
        found.sort(key=lambda link: not link[0].file.endswith(".html"))
        _, broken = found[0]
        mark = makers.of_link([reference for reference, _ in found], broken.target)
        made.setdefault((mark, broken.code), []).extend(found)
    for (mark, code), ((reference, broken), *others) in made.items():
        more = f" (and {len(others)} more like it)" if others else ""
        message = f"'{reference.words}' {broken.wrong}{more}"
        yield Problem(mark, code, _place(reference.file), message, _hint(site, broken))


def _hint(site: Site, broken: _Broken) -> str:
    page, _, anchor = broken.target.partition("#")
    if broken.code == "dead-anchor":
        return suggestion(anchor, site.pages[_file(page)].anchors, "look at the page for the anchors that it has")
    if broken.code == "dead-link":
        return suggestion(page, map(_shown, site.files), "write the address of a page or file of the site, or take the link away")
    return _HINTS[broken.code]


def _anchors_used_twice(site: Site, makers: Makers, folder: Path) -> Iterator[Problem]:
    for file, page in site.pages.items():
        for anchor, count in page.anchors.items():
            if count > 1:
                mark = makers.of_anchor(file, anchor, page_links.last_line(folder, file, anchor))
                message = f"{count} things of the page have the anchor '#{anchor}'"
                yield Problem(mark, "anchor-used-twice", _place(file), message, "give one of them another id")


def _without_policy(site: Site, edition: Edition) -> Iterator[Problem]:
    """Each page has the content security policy of the settings; one problem for all that have not."""
    wanted = edition.settings.policy.split()
    if lacking := sorted(file for file, page in site.pages.items() if page.policy.split() != wanted):
        more = f" (and {len(lacking) - 1} more pages)" if len(lacking) > 1 else ""
        message = f"the page does not have the content security policy of mkdocs.yml{more}"
        hint = 'a page gets it in its head: <meta http-equiv="Content-Security-Policy" content="{{ config.extra.policy }}">'
        yield Problem(Mark("theme/overrides/main.html"), "policy-missing", _place(lacking[0]), message, hint)


def _unused(site: Site, makers: Makers, used: set[str]) -> Iterator[Problem]:
    """A file of the theme that no page loads and no page links to."""
    for file in sorted(site.files - used):
        if mark := makers.of_asset(file):
            yield Problem(mark, "unused-file", file, "no page, style or search entry leads to this file", "link it where it belongs, or remove it")


def _place(file: str) -> str:
    """A file of the site as readers know it: '/about/' for 'about/index.html'."""
    return f"/{_shown(file)}".replace("/./", "/") if file.endswith(INDEX) else file


def _shown(file: str) -> str:
    """'about/index.html' to 'about/'; './' is the first page."""
    return file.removesuffix(INDEX) or "./"


def _file(shown: str) -> str:
    return f"{shown}{INDEX}".removeprefix("./") if shown.endswith("/") else shown
