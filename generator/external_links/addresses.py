"""Where outside addresses stand: in every text of data/ and of the hand-written pages, so that a new field is asked too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from generator.catalog.index import Catalog, Place
from generator.catalog.routes import Routes
from generator.catalog.validation_messages import dotted
from generator.checks.prose_pages import Prose
from generator.model import ids, playbook
from generator.model.link_status import ADDRESS, LinkStatus
from generator.problems import Mark

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_PUBLIC_IDS = ((playbook.Document, ids.document_id), (playbook.Term, ids.term_id), (playbook.Erratum, ids.erratum_id))
"""How the routes name some kinds of records."""


@dataclass(frozen=True)
class Use:
    """One place where an address stands: the field, and the record on the site that it belongs to ('' for none)."""

    mark: Mark
    path: str
    record: str
    title: str


@dataclass(frozen=True)
class Address:
    """An address with everything that uses it, and the address of its archived copy where it is none itself."""

    url: str
    uses: tuple[Use, ...]
    archived: str | None


def find(catalog: Catalog, routes: Routes, prose: Iterable[Prose]) -> tuple[Address, ...]:
    """Every address once, in the order in which they are read."""
    uses: dict[str, list[Use]] = {}
    for url, use in chain(_in_data(catalog, routes), _in_prose(prose)):
        if not re.search(ADDRESS, url):
            continue  # 'https://…' in a sentence
        uses.setdefault(url, []).append(use)
    return tuple(Address(url, tuple(found), archived_copy(catalog, url)) for url, found in uses.items())


def archived_copy(catalog: Catalog, url: str) -> str | None:
    """The address of the archived copy; none for what is a copy in the archive already."""
    archive = catalog.edition.archive
    return None if url.startswith(archive[: archive.index("/", archive.index("//") + 2)]) else archive + url


def to_ask(addresses: Iterable[Address]) -> tuple[str, ...]:
    """The addresses, then their archived copies: a copy that is not there must not be promised."""
    addresses = tuple(addresses)
    return (*(address.url for address in addresses), *(address.archived for address in addresses if address.archived))


def _in_data(catalog: Catalog, routes: Routes) -> Iterator[tuple[str, Use]]:
    at = {record.at: record for record in catalog.records}
    for record in catalog.records:
        if isinstance(record, LinkStatus):
            continue
        place = catalog.place_of(record)
        for name, key in playbook.fields(type(record)):
            # The archive is no address of its own: it is asked with each copy.
            found = () if record is catalog.edition and name == "archive" else _addresses(getattr(record, name))
            for url in found:
                yield url, Use(place.mark(key), dotted((*place.path, key)), *_owner(at, place, routes))


def _owner(at: dict[tuple[str, tuple[str | int, ...]], playbook.Record], place: Place, routes: Routes) -> tuple[str, str]:
    """The nearest record around a place that has an address on the site, and its title."""
    for length in range(len(place.path), -1, -1):
        record = at.get((place.source.file, place.path[:length]))
        name = getattr(record, "id", "")
        name = next((public(name) for kind, public in _PUBLIC_IDS if isinstance(record, kind)), name)
        if name in routes:
            return name, getattr(record, "title", "") or getattr(record, "term", "") or name
    return "", ""


def _in_prose(prose: Iterable[Prose]) -> Iterator[tuple[str, Use]]:
    for page in prose:
        for number, line in enumerate(page.text.splitlines(), 1):
            for match in _ADDRESS.finditer(line):
                title = page.name.replace("-", " ").capitalize()
                yield _bare(match[0]), Use(Mark(page.file, number, match.start() + 1), "", page.name, title)


def _addresses(value: object) -> Iterator[str]:
    """The addresses in a field: all of its text, or some of its words."""
    for text in value if isinstance(value, tuple) else (value,):
        if isinstance(text, str) and "://" in text:
            whole = _ADDRESS.fullmatch(text)
            yield from [text] if whole else (_bare(match[0]) for match in _ADDRESS.finditer(text))


def _bare(url: str) -> str:
    """Without what ends a sentence, or a bracket that was opened before the address."""
    while url[-1] in ".,;:!?'’”*" or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url
