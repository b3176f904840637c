"""The term list holds for every text: a term of the sources keeps our word for it, and no text uses a word to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from generator.catalog.index import Catalog
from generator.model import playbook
from generator.model.term_list import AvoidedWords
from generator.problems import Problem

_PAST = ("data/retired.yml", "data/editions/")
"""Files that repeat what texts said once."""
_QUOTED = re.compile("“[^”]*”")


def lost_terms(catalog: Catalog) -> Iterator[Problem]:
    """What carries an item of the sources says our word for a term of that item."""
    records = dict(catalog.all_carriers())
    for term in catalog.kept_terms:
        said = _any_of(term.ours)
        for item in term.items:
            if item not in catalog.source_items:
                message = f"no source item '{item}'"
                yield catalog.problem(term, "unknown-source-item", message, catalog.hint(item, catalog.source_items), "items")
            carriers = [records[name] for name in catalog.carried_by.get(item, ())]
            if not carriers or any(catalog.altered(record) or any(said.search(text) for _, text in _texts(record)) for record in carriers):
                continue
            message = f"'{catalog.carried_by[item][0]}' carries {item} and does not say '{term.term}'"
            hint = f"say '{term.ours[0]}'; where another word is right, take {item} out of 'items' of '{term.term}' in data/term-list.yml"
            yield catalog.problem(carriers[0], "lost-term", message, hint)


def avoided_words(catalog: Catalog) -> Iterator[Problem]:
    """No text uses a word to avoid."""
    for record in catalog.records:
        if catalog.place_of(record).mark().file.startswith(_PAST):
            continue
        for field, text in _texts(record):
            for word, instead in found(text, catalog.avoided_words):
                yield catalog.problem(record, "avoided-word", f"'{word}' is a word to avoid", instead, field)


def found(text: str, avoided: Iterable[AvoidedWords]) -> Iterator[tuple[str, str]]:
    """The words to avoid that a text uses outside quotation marks, each with what to do instead."""
    ours = _QUOTED.sub("", text)
    for words in avoided:
        for match in _any_of(words.words).finditer(ours):
            yield match[0], words.instead


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}\b".replace(r"\*", r"\w*") for word in words), re.IGNORECASE)


def _texts(record: playbook.Record) -> Iterator[tuple[str, str]]:
    """Each running text of a record with its field as data/ names it; names and titles are as printed and none of them."""
    for name, written in _text_fields(type(record)):
        yield from ((written, text) for text in _strings(getattr(record, name)))


@cache
def _text_fields(kind: type[playbook.Record]) -> tuple[tuple[str, str], ...]:
    types = get_type_hints(kind, include_extras=True)
    return tuple(field for field in playbook.fields(kind) if _holds_text(types[field[0]]))


def _holds_text(shape: Any) -> bool:
    return shape == playbook.Text or any(_holds_text(inner) for inner in get_args(shape))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value if isinstance(value, tuple) else ():
        yield from _strings(inner)
