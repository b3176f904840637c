"""What data/ says of its own past holds: a retired id stays retired, its address leads on, every edition says what it changed."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from generator.catalog.handout_list import Shelf
from generator.catalog.index import Catalog
from generator.catalog.routes import HANDOUTS, Routes
from generator.problems import Mark, Problem, suggestion

_MANY = 200
"""More addresses than come at once, unless the list was damaged."""


def problems(catalog: Catalog, routes: Routes, listed: Sequence[str], *, with_stubs: bool) -> Iterator[Problem]:
    """All of them; asked only when the rest of the data has none. `listed` are the lines of data/permalinks.txt.

    `with_stubs`: records that were just added may still lack their line there.
    """
    if not with_stubs:
        yield from _unlisted(catalog, routes, listed)
    yield from _lost(catalog, routes, listed)
    yield from _back(catalog, routes)
    yield from _replacements(catalog, routes)
    yield from _addresses(catalog, routes)
    yield from _editions(catalog, routes)


def live_addresses(catalog: Catalog, routes: Routes) -> frozenset[str]:
    """Every address at which something is: pages, anchors and files of handouts."""
    return frozenset({*routes.addresses(), *_files(catalog)})


def _unlisted(catalog: Catalog, routes: Routes, listed: Sequence[str]) -> Iterator[Problem]:
    """Every address is listed from its first day on, so that its loss would be noticed."""
    new = sorted(live_addresses(catalog, routes) - set(listed))
    if len(new) > _MANY:
        message = f"{len(new)} addresses of the site are not in the list"
        yield Problem(
            Mark("data/permalinks.txt"), "addresses-missing", "", message, "bring the file back from git: git checkout -- data/permalinks.txt"
        )
        return
    for address in new:
        line = bisect.bisect(listed, address) + 1
        message = f"'{address}' is not in the list"
        yield Problem(Mark("data/permalinks.txt", line), "address-missing", "", message, f"add this line, at its place in the alphabet: {address}")


def _lost(catalog: Catalog, routes: Routes, listed: Sequence[str]) -> Iterator[Problem]:
    """What once stood at an address stands there still, or is retired; a page that is gone answers for all that was on it."""
    retired = {address for record in catalog.retired.values() for address in record.addresses}
    answered = {*routes.addresses(), *retired, *_files(catalog)}
    told: set[str] = set()
    for number, address in enumerate(listed, 1):
        page = address.partition("#")[0]
        if address in answered or page in retired or page in told or _is_of_the_build(address):
            continue
        told.add(address)
        hint = "bring its record back and use 'playbook retire', or list this address in data/retired.yml: data/README.md, 'Retire a record'"
        yield Problem(Mark("data/permalinks.txt", number), "address-lost", "", f"nothing is at '{address}' anymore", hint)


def _files(catalog: Catalog) -> dict[str, str]:
    """The addresses of the handouts' files, and what each is."""
    return {HANDOUTS + handout.file(form): f"handout {handout.id}" for handout in Shelf(catalog) for form in handout.formats}


def _is_of_the_build(address: str) -> bool:
    """Whether it is a file that no record stands behind: the feed, the data files."""
    return "." in address.rpartition("/")[2] and not address.startswith(HANDOUTS)


def _back(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    for retired in catalog.retired.values():
        if retired.id in routes:
            hint = "give the new record a new number or name: a retired id is never used again"
            yield catalog.problem(retired, "retired-id-back", f"'{retired.id}' is retired, and a record has this id again", hint, "id")


def _replacements(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    for retired in catalog.retired.values():
        name = retired.replaced_by or ""
        if name in catalog.retired:
            then = catalog.retired[name].replaced_by
            hint = f"name what replaced that: '{then}'" if then else "leave 'replaced_by' out, and say in 'why' where to look"
            yield catalog.problem(retired, "replacement-retired", f"'{name}' is itself retired", hint, "replaced_by")
        elif name and name not in routes:
            yield catalog.problem(retired, "unknown-record", f"no record '{name}'", catalog.hint(name, routes), "replaced_by")


def _addresses(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    """An address that a record has cannot be a retired one's, and an anchor stands on a page."""
    owners = {routes.address(record): record for record in routes}
    owners |= _files(catalog)
    pages = {routes.page(record) for record in routes} | {address for retired in catalog.retired.values() for address in retired.addresses}
    for retired in catalog.retired.values():
        for address in retired.addresses:
            owner = owners.setdefault(address, retired.id)
            if owner != retired.id:
                hint = "write the address that the retired record had; data/permalinks.txt lists all"
                yield catalog.problem(retired, "address-taken", f"'{address}' is the address of '{owner}'", hint, "addresses")
            page = address.partition("#")[0]
            if "#" in address and page not in pages:
                yield catalog.problem(retired, "unknown-page", f"no page '{page}'", suggestion(page, pages), "addresses")


def _editions(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    """Each file of editions/ bears its version and names records that are here or retired; the newest is the edition itself."""
    now = catalog.edition
    for released in catalog.released:
        for change in released.changes:
            if change.id not in routes and change.id not in catalog.retired:
                hint = "a record that goes is listed in data/retired.yml"
                yield catalog.problem(change, "unknown-record", f"no record '{change.id}', and none is retired", hint, "id")
    newest = catalog.released[0] if catalog.released else None
    if newest is None or (newest.version, newest.date) != (now.version, now.date):
        told = f"the newest is {newest.version} of {newest.date}" if newest else "there is none"
        hint = f"run 'playbook diff OLD . --write', where OLD is the edition before: it makes data/editions/{now.version}.yml"
        message = f"data/editions/ has no {now.version} of {now.date}: {told}"
        yield Problem(Mark("data/playbook.yml"), "edition-missing", "version", message, hint)
