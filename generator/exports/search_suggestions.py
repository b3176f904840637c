"""What the search box in the head of each page suggests: titles, and how touch points and questions begin; a script of its own that stays small."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.catalog.site_page import shortened
from generator.exports.search_entries import Entry, entries

LONGEST = 80
"""How many letters of a text are suggested."""

ORDER = ("Page", "Touch point", "Tool", "Question", "Term")
"""The kinds in the order in which they are suggested."""

_KINDS = {"Tool": "Tool", "Glossary": "Term"}
_PARTS = {"Touch point": "Touch point", "Four Domains statement": "Touch point", "Question": "Question"}


def script(catalog: Catalog, routes: Routes) -> str:
    """`kinds` in order, and of each suggestion the place of its kind, its text, its address and other names that find it."""
    found = sorted(_suggestions(catalog, routes), key=lambda one: one[0])
    known = {"kinds": ORDER, "found": found}
    return f"window.playbookSuggestions = {json.dumps(known, ensure_ascii=False, separators=(',', ':'))};\n"


def _suggestions(catalog: Catalog, routes: Routes) -> Iterator[tuple[int, str, str, str]]:
    for entry in entries(catalog, routes):
        yield ORDER.index(_KINDS.get(entry.kind, "Page")), entry.title, entry.url, " ".join(entry.names)
        yield from _parts(entry)


def _parts(entry: Entry) -> Iterator[tuple[int, str, str, str]]:
    """The touch points and questions of a practice's page."""
    for part in entry.parts if entry.practice else ():
        if kind := _PARTS.get(part.kind):
            yield ORDER.index(kind), shortened(part.text, LONGEST), f"{entry.url}#{part.anchor}", ""
