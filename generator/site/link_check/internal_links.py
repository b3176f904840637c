"""Follows every address of a built site; one that leads nowhere is a problem at the line that made it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.edition import Edition
from generator.problems import Mark, Problem, suggestion
from generator.site.link_check import page_links
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
    """What is wrong with a reference, and where it leads from the site's root."""

    code: str
    reference: Reference
    target: str
    wrong: str


def problems(folder: Path, root: Path, edition: Edition, *, by_files: bool = False) -> list[Problem]:
    """All that is wrong inside the built site in `folder`; `by_files` where no server shows a folder's page for the folder."""
    site = page_links.read(folder)
    makers = Makers(root, folder, edition)
    used: set[str] = set()
    broken: dict[tuple[str, str], list[_Broken]] = {}
    for reference in site.references:
        found = _follow(site, reference, edition.settings.address, by_files=by_files)
        if isinstance(found, _Broken):
            broken.setdefault((found.code, found.target), []).append(found)
        elif found:
            used.add(found)
    # The styles of the offline copy hold their pictures, which lie there too.
    unused = () if by_files else _unused(site, makers, used)
    return [*_without_policy(site, edition), *_dead(site, makers, broken.values()), *_anchors_used_twice(site, makers), *unused]


def _follow(site: Site, reference: Reference, address: str, *, by_files: bool) -> str | _Broken | None:
    """The file that a reference leads to; None where it leads to another site."""
    way, base = reference.way, reference.base
    # A server shows this page at any address, so its links begin at the server's root.
    starts = (address, urlsplit(address).path) if reference.file == "404.html" else (address,)
    if own := next((start for start in starts if way.startswith(start)), ""):
        way, base = way.removeprefix(own) or ".", ""
    elif _MACHINE.match(way):
        return _Broken("machine-link", reference, way, f"leads to this machine: '{way}'")
    elif urlsplit(way).scheme in _OUTWARD or way.startswith("//"):
        return None
    elif way.startswith("/"):
        return _Broken("rooted-link", reference, way, f"begins at the server's root: '{way}'")
    path, anchor = (unquote(part) for part in (urlsplit(way).path, urlsplit(way).fragment))
    file = posixpath.normpath(posixpath.join(base, path)) if path else reference.file
    if file.split("/")[0] == "..":
        return _Broken("leaving-link", reference, file, f"leads out of the site: '{way}'")
    by_files &= reference.file.endswith(".html") and not own
    return _arrive(site, reference, file, anchor, is_folder=file == "." or path.endswith(("/", "/.", "..")), by_files=by_files)


def _arrive(site: Site, reference: Reference, file: str, anchor: str, *, is_folder: bool, by_files: bool) -> str | _Broken:
    page = posixpath.normpath(posixpath.join(file, INDEX)) if is_folder else file
    written = _shown(page) + (f"#{anchor}" if anchor else "")
    if page not in site.files:
        return _Broken("dead-link", reference, written, f"leads to '{written}', which is not there")
    if is_folder and by_files:
        return _Broken("folder-link", reference, written, f"leads to the folder '{written}'")
    if anchor and page in site.anchors and anchor not in site.anchors[page]:
        return _Broken("dead-anchor", reference, written, f"leads to '{written}', and that page has no '#{anchor}'")
    return page


def _dead(site: Site, makers: Makers, targets: Iterable[list[_Broken]]) -> Iterator[Problem]:
    """One problem for all links to the same place, and for all that the same line made."""
    made: dict[tuple[Mark, str], list[_Broken]] = {}
    for found in targets:
        # What a page shows says more than what its data or the search holds.
        found.sort(key=lambda broken: not broken.reference.file.endswith(".html"))
        mark = makers.of_link([broken.reference for broken in found], found[0].target)
        made.setdefault((mark, found[0].code), []).extend(found)
    for (mark, code), (first, *others) in made.items():
        more = f" (and {len(others)} more like it)" if others else ""
        message = f"'{first.reference.words}' {first.wrong}{more}"
        yield Problem(mark, code, _place(first.reference.file), message, _hint(site, first))


def _hint(site: Site, broken: _Broken) -> str:
    page, _, anchor = broken.target.partition("#")
    if broken.code == "dead-anchor":
        return suggestion(anchor, site.anchors[_file(page)], "look at the page for the anchors that it has")
    if broken.code == "dead-link":
        return suggestion(page, map(_shown, site.files), "write the address of a page or file of the site, or take the link away")
    return _HINTS[broken.code]


def _anchors_used_twice(site: Site, makers: Makers) -> Iterator[Problem]:
    for file, anchors in site.anchors.items():
        for anchor, lines in anchors.items():
            if len(lines) > 1:
                mark = makers.of_anchor(file, anchor, lines[-1])
                message = f"{len(lines)} things of the page have the anchor '#{anchor}'"
                yield Problem(mark, "anchor-used-twice", _place(file), message, "give one of them another id")


def _without_policy(site: Site, edition: Edition) -> Iterator[Problem]:
    """Each page has the content security policy of the settings; one problem for all that have not."""
    wanted = edition.settings.policy.split()
    if lacking := sorted(file for file, policy in site.policies.items() if policy.split() != wanted):
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
