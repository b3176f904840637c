"""Two questions that ask the same are linked, so that whoever reads one finds the other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from generator.catalog.index import Catalog
from generator.model import ids
from generator.model.playbook import Cited
from generator.problems import Problem

ALIKE = 0.5
"""The share of their words that two questions have in common before someone must compare them."""
FEWEST = 3
"""A question of fewer words, such as 'How do we know?', means something else in each place."""
_WORD = re.compile(r"[^\W\d_]+")
_LIGHT = frozenset(
    _WORD.findall(
        "a an and are as at be by can could did do does each for from have how if in into is it its may not of on or should so such than that"
        " the their them then there these they this those to was were what when where which who why will with would you your"
    )
)


def unlinked_twins(catalog: Catalog) -> Iterator[Problem]:
    """Two questions in much the same words are linked in the crosswalk, or listed under 'no_twins'."""
    records: dict[str, Cited] = {}
    for name, question in _questions(catalog):
        records.setdefault(name, question)  # another rule tells of an id that is used twice
    linked = {frozenset((link.source, link.to)) for link in catalog.companions.links if link.kind == "same question"}
    apart = {frozenset((pair.source, pair.to)): pair for pair in catalog.companions.no_twins}
    for one, other in sorted(_alike(records)):
        pair = frozenset((one, other))
        if pair not in linked and not apart.pop(pair, None):
            message = f"'{other}' asks much the same as '{one}', and no link says so"
            hint = "open both sources, and add them to data/crosswalk.yml: to 'links' as 'same question', or to 'no_twins'"
            yield catalog.problem(records[other], "unlinked-twin", message, hint)
    for looked_at in apart.values():
        message = f"'{looked_at.source}' and '{looked_at.to}' are linked, or do not have much the same words"
        yield catalog.problem(looked_at, "idle-no-twin", message, "remove this entry")


def _questions(catalog: Catalog) -> Iterator[tuple[str, Cited]]:
    for cell in catalog.cells.values():
        yield from ((question.id, question) for question in cell.questions)
    for state in catalog.companions.future_states.values():
        yield from ((question.id, question) for question in state.questions)
    yield from catalog.companions.coaching_items.items()


def _alike(records: Mapping[str, Cited]) -> set[tuple[str, str]]:
    """The pairs of questions that share enough of their words, but for those of one page, which stand next to each other."""
    asked = [(name, words) for name, record in records.items() for text in record.said if len(words := _words(text)) >= FEWEST]
    common = Counter(word for _, words in asked for word in words)
    found: set[tuple[str, str]] = set()
    # Two questions that share enough words share one of their rarest: only questions with such a word in common are compared.
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (name, words) in enumerate(asked):
        rarest = sorted(words, key=lambda word: (common[word], word))[: len(words) - math.ceil(ALIKE * len(words)) + 1]
        for before in {holder for word in rarest for holder in holders[word]}:
            other, theirs = asked[before]
            if _page(other) != _page(name) and len(words & theirs) >= ALIKE * len(words | theirs):
                found.add((other, name))
        for word in rarest:
            holders[word].append(number)
    return found


def _words(text: str) -> frozenset[str]:
    """The words of a question that say what it is about; none for what does not ask."""
    return frozenset(_WORD.findall(text.casefold().replace("’", ""))) - _LIGHT if "?" in text else frozenset()


def _page(name: str) -> tuple[bool, str]:
    return ids.future_state_question(name) is not None, ids.cell_of(name)
