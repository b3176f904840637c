"""Order in a file is order on the page, so it follows the printed order or the alphabet."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.index import Catalog
from generator.model import ids
from generator.problems import Problem


def cells_out_of_order(catalog: Catalog) -> Iterator[Problem]:
    """Overview first, then the levels in their order; columns in theirs."""
    levels = [ids.OVERVIEW, *catalog.levels]
    columns = list(catalog.columns)
    for practice in catalog.practices.values():
        present = [cell.id for cell in practice.cells]
        wanted = [f"{practice.id}.{level}" for level in levels if f"{practice.id}.{level}" in present]
        known = [cell for cell in present if cell in wanted]
        if known != wanted and catalog.practice_whole(practice.id):
            yield catalog.problem(practice, "cell-order", f"the order of the cells is {', '.join(known)}", f"order them {', '.join(wanted)}", "cells")
        for cell in practice.cells:
            standing = [column for column in cell.columns if column in columns]
            if standing != sorted(standing, key=columns.index):
                hint = f"order them {', '.join(sorted(standing, key=columns.index))}"
                yield catalog.problem(cell, "column-order", f"the order of the columns is {', '.join(standing)}", hint, "columns")


def statements_out_of_order(catalog: Catalog) -> Iterator[Problem]:
    """Statements, tools and questions follow the printed page."""
    place = {item: number for number, item in enumerate(catalog.source_items)}
    for cell in catalog.cells.values():
        for items in (*cell.columns.values(), cell.tools, cell.questions):
            last = -1
            for item in items:
                printed = [place[source] for source in item.sources if source in place]
                if printed and min(printed) < last:
                    yield catalog.problem(
                        item, "printed-order", "it comes after an item that is printed later", "put the items in printed order", "from"
                    )
                last = max(printed, default=last)


def terms_out_of_order(catalog: Catalog) -> Iterator[Problem]:
    """The glossary is sorted, so that a term has one place."""
    last = ""
    for term in catalog.terms.values():
        key = term.term.casefold()
        if key < last:
            yield catalog.problem(term, "term-order", f"'{term.term}' comes after '{last}'", "sort the terms by the alphabet", "term")
        last = key
