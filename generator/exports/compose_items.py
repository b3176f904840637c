"""What the page that composes handouts knows of every single item, as a script that it can load from a folder too."""

from __future__ import annotations

import json
from typing import Any

from generator.catalog import items
from generator.catalog.index import PLAYBOOK, Catalog
from generator.catalog.items import Single
from generator.catalog.routes import Routes
from generator.model.playbook import Document
from generator.views.browse import source_title
from generator.views.shared.citation import original

OURS = "Added by this edition."


def script(catalog: Catalog, routes: Routes) -> str:
    """`kinds` and `sources` by id, and of each item: id, kind, source, place in words, texts, the words that lead into it, tools, address."""
    known = {
        "kinds": items.KINDS,
        "sources": {document.id: _credit(document) for document in catalog.documents.values()} | {items.OURS: OURS},
        "items": [_fields(catalog, routes, single) for single in items.singles(catalog)],
    }
    return f"window.playbookItems = {json.dumps(known, ensure_ascii=False, separators=(',', ':'))};\n"


def _fields(catalog: Catalog, routes: Routes, single: Single) -> list[Any]:
    tools = [catalog.tools[tool].title for tool in single.tools]
    return [
        single.id,
        single.kind,
        single.source,
        _place(catalog, single),
        single.texts,
        single.under,
        ", ".join(tools),
        routes.address(single.id),
    ]


def _place(catalog: Catalog, single: Single) -> str:
    """What stands below an item on paper: '1A at the school level, p. 5'."""
    pages = catalog.pages(single.record)
    parts = [items.place(catalog, single)]
    if single.source != PLAYBOOK:
        parts.append(source_title(single.source).lower())
    if pages:
        parts.append(f"p.\u00a0{', '.join(map(str, pages))}")
    return ", ".join(parts)


def _credit(document: Document) -> str:
    """The reference to a source, with its licence where it states one."""
    stated = "" if document.licence == "not stated" else f" License: {document.licence}."
    return original(document) + stated
