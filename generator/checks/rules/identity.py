"""Every record has one id, made by the grammar, in the place that the id says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalog.index import Catalog
from generator.catalog.routes import guide_address
from generator.model import ids, playbook
from generator.model.link_status import LinkStatus
from generator.problems import Problem, suggestion


def ids_used_twice(catalog: Catalog) -> Iterator[Problem]:
    """No two records of one kind share an id."""
    first: dict[tuple[type, str], playbook.Record] = {}
    for record in catalog.records:
        name = getattr(record, "id", None)
        if name is None:
            continue
        before = first.setdefault((type(record), name), record)
        if before is not record:
            mark = catalog.place_of(before).mark("id")
            hint = f"the first is at {mark.file}:{mark.line}; take a new number, or remove one"
            yield catalog.problem(record, "id-used-twice", f"id '{name}' is used twice", hint, "id")


def links_recorded_twice(catalog: Catalog) -> Iterator[Problem]:
    """An address has one status. That an address is gone from the data is no problem: the next run drops its status."""
    seen: set[str] = set()
    for record in catalog.records:
        if isinstance(record, LinkStatus):
            if record.url in seen:
                yield catalog.problem(record, "link-recorded-twice", f"'{record.url}' is here twice", "remove the older one", "url")
            seen.add(record.url)


def asked_twice(catalog: Catalog) -> Iterator[Problem]:
    """What people ask about a page stands in one place."""
    seen: set[str] = set()
    for asked in catalog.asked:
        if asked.about in seen:
            yield catalog.problem(asked, "asked-twice", f"what people ask about '{asked.about}' is here twice", "join the two", "about")
        seen.add(asked.about)


def misplaced_ids(catalog: Catalog) -> Iterator[Problem]:
    """An id begins with the id of what it stands in; a statement moved to another column keeps its id."""
    for practice in catalog.practices.values():
        for cell in practice.cells:
            if not ids.is_in(cell.id, practice.id):
                yield _misplaced(catalog, cell, cell.id, practice.id)
            if ids.level_of(cell.id) not in (None, *catalog.levels):
                continue  # the level is the mistake, not every id under it
            for item in _inside(cell) if _meant(catalog, cell) == cell.id else ():
                if not ids.is_in(item.id, cell.id):
                    yield _misplaced(catalog, item, item.id, cell.id)
    for domain in catalog.domains.values():
        for paragraph in domain.introduction:
            if not ids.is_in(paragraph.id, domain.id):
                yield _misplaced(catalog, paragraph, paragraph.id, domain.id)


def unknown_families(catalog: Catalog) -> Iterator[Problem]:
    """An id of a guide begins with a word that says on which page it is."""
    for name, record in catalog.companions.carriers():
        if guide_address(catalog, name) is None:
            known = (*(family for family, found in ids.FAMILIES.items() if not found.put_before), *catalog.companions.forms)
            message = f"no page shows what has an id that begins with '{ids.begins(name)}'"
            yield catalog.problem(record, "unknown-family", message, suggestion(ids.begins(name), known), "id")


def _misplaced(catalog: Catalog, record: playbook.Record, name: str, around: str) -> Problem:
    return catalog.problem(record, "misplaced-id", f"'{name}' is in '{around}'", f"begin the id with '{around}.', or move the record", "id")


def missing_cells(catalog: Catalog) -> Iterator[Problem]:
    """A practice has its overview and a cell for each level."""
    for practice in filter(lambda practice: catalog.practice_whole(practice.id), catalog.practices.values()):
        present = {cell.id for cell in practice.cells}
        missing = [cell for level in (ids.OVERVIEW, *catalog.levels) if (cell := f"{practice.id}.{level}") not in present]
        # A cell at a level that does not exist is told as that.
        if missing and present <= {f"{practice.id}.{level}" for level in (ids.OVERVIEW, *catalog.levels)}:
            message = f"cell{_listed(missing)} missing"
            hint = "a practice has an overview and a cell for each level; if the file was saved only in part, bring it back from git"
            yield catalog.problem(practice, "missing-cell", message, hint, "cells")


def _listed(names: Sequence[str]) -> str:
    """The end of a noun, the names and their verb: "s 'a', 'b' are"."""
    many = len(names) > 1
    return ("s " if many else " ") + ", ".join(f"'{name}'" for name in names) + (" are" if many else " is")


def exchanged_cells(catalog: Catalog) -> Iterator[Problem]:
    """What a cell holds bears its id; where all of it bears another cell's, the cell's own id is the mistake."""
    held: dict[str, str] = {}
    for practice in catalog.practices.values():
        for cell in practice.cells:
            other = _meant(catalog, cell)
            # Of two that have each other's id, the first tells it.
            if other != cell.id and held.get(other) != cell.id:
                hint = f"write 'id: {other}', or exchange it with the cell that has that id"
                yield catalog.problem(cell, "exchanged-cell", f"cell '{cell.id}' holds what belongs to '{other}'", hint, "id")
            held[cell.id] = other


def _meant(catalog: Catalog, cell: playbook.Cell) -> str:
    """The id that all records of a cell bear, if it is one that a cell can have; else the cell's own."""
    around = {ids.cell_of(item.id) for item in _inside(cell)}
    other = min(around, default=cell.id)
    return other if len(around) == 1 and {ids.level_of(cell.id), ids.level_of(other)} <= {None, *catalog.levels} else cell.id


def _inside(cell: playbook.Cell) -> tuple[playbook.Statement | playbook.FoundationalTools | playbook.Question, ...]:
    """The records of a cell that bear its id."""
    return (*(statement for _, statement in cell.statements()), *cell.foundational_tools, *cell.questions)


def missing_columns(catalog: Catalog) -> Iterator[Problem]:
    """A cell has every column."""
    for cell in catalog.cells.values():
        missing = [column for column in catalog.columns if column not in cell.columns]
        if missing and catalog.practice_whole(cell.id) and all(column in catalog.columns for column in cell.columns):
            message = f"column{_listed(missing)} missing in '{cell.id}'"
            yield catalog.problem(cell, "missing-column", message, f"add '{missing[0]}: []' when nothing stands there", "columns")


def empty_domains(catalog: Catalog) -> Iterator[Problem]:
    """Each domain has practices."""
    for domain in catalog.domains.values():
        if not catalog.practices_of[domain.id]:
            yield catalog.problem(
                domain, "empty-domain", f"no practice belongs to '{domain.id}'", "add one in data/practices/, or remove the domain", "id"
            )
