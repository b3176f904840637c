"""Every record has one id, made by the grammar, in the place that the id says."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ids, model
from generator.catalog import Catalog
from generator.link_status import LinkStatus
from generator.problems import Problem


def ids_used_twice(catalog: Catalog) -> Iterator[Problem]:
    """No two records of one kind share an id."""
    first: dict[tuple[type, str], model.Record] = {}
    for record in catalog.records:
        name = getattr(record, "id", None)
        if name is None:
            continue
        before = first.setdefault((type(record), name), record)
        if before is not record:
            mark = catalog.places[id(before)].mark("id")
            hint = f"the first is at {mark.file}:{mark.line}; take a new number, or remove one"
            yield catalog.problem(record, "id-used-twice", f"id '{name}' is used twice", hint, "id")


def links_recorded_twice(catalog: Catalog) -> Iterator[Problem]:
    """An address has one status. That an address is gone from the data is no problem: the next run drops its status."""
    seen: set[str] = set()
    for record in catalog.records:
        if isinstance(record, LinkStatus):
            if record.url in seen:
                yield catalog.problem(record, "link-recorded-twice", f"'{record.url}' stands here twice", "remove the older one", "url")
            seen.add(record.url)


def asked_twice(catalog: Catalog) -> Iterator[Problem]:
    """What people ask about a page stands in one place."""
    seen: set[str] = set()
    for asked in catalog.asked:
        if asked.about in seen:
            yield catalog.problem(asked, "asked-twice", f"what people ask about '{asked.about}' stands here twice", "join the two", "about")
        seen.add(asked.about)


def misnamed_files(catalog: Catalog) -> Iterator[Problem]:
    """A practice's file bears its id."""
    for practice in (record for record in catalog.records if isinstance(record, model.Practice)):
        file = catalog.places[id(practice)].source.file
        if file.rpartition("/")[2] != f"{practice.id}.yml":
            yield catalog.problem(practice, "misnamed-file", f"practice '{practice.id}' stands in {file}", f"name the file {practice.id}.yml", "id")


def misplaced_ids(catalog: Catalog) -> Iterator[Problem]:
    """An id begins with the id of what it stands in; a statement moved to another column keeps its id."""
    for practice in catalog.practices.values():
        for cell in practice.cells:
            if not ids.is_in(cell.id, practice.id):
                yield _misplaced(catalog, cell, cell.id, practice.id)
            if ids.level_of(cell.id) not in (None, *catalog.levels):
                continue  # the level is the mistake, not every id under it
            inside: list[model.Statement | model.FoundationalTools | model.Question] = [statement for _, statement in cell.statements()]
            for item in (*inside, *cell.foundational_tools, *cell.questions):
                if not ids.is_in(item.id, cell.id):
                    yield _misplaced(catalog, item, item.id, cell.id)
    for domain in catalog.domains.values():
        for paragraph in domain.introduction:
            if not ids.is_in(paragraph.id, domain.id):
                yield _misplaced(catalog, paragraph, paragraph.id, domain.id)


def _misplaced(catalog: Catalog, record: model.Record, name: str, around: str) -> Problem:
    return catalog.problem(record, "misplaced-id", f"'{name}' stands in '{around}'", f"begin the id with '{around}.', or move the record", "id")


def missing_cells(catalog: Catalog) -> Iterator[Problem]:
    """A practice has its overview and a cell for each level, and a cell has every column."""
    for practice in filter(lambda practice: catalog.practice_whole(practice.id), catalog.practices.values()):
        present = {cell.id for cell in practice.cells}
        for level in (ids.OVERVIEW, *catalog.levels):
            if f"{practice.id}.{level}" not in present:
                message = f"cell '{practice.id}.{level}' is missing"
                yield catalog.problem(practice, "missing-cell", message, "a practice has an overview and a cell for each level", "cells")
        for cell in practice.cells:
            misnamed = any(column not in catalog.columns for column in cell.columns)
            for column in catalog.columns:
                if column not in cell.columns and not misnamed:
                    message = f"column '{column}' is missing in '{cell.id}'"
                    yield catalog.problem(cell, "missing-column", message, f"add '{column}: []' when nothing stands there", "columns")


def missing_practices(catalog: Catalog) -> Iterator[Problem]:
    """Each domain has practices, and each cell of the source map belongs to one."""
    for domain in catalog.domains.values():
        if not catalog.practices_of[domain.id]:
            yield catalog.problem(
                domain, "empty-domain", f"no practice belongs to '{domain.id}'", "add one in data/practices/, or remove the domain", "id"
            )
    lacking = {ids.practice_of(basis.cell): basis for basis in reversed(catalog.source_map.columns)}
    for name, basis in lacking.items():
        if name not in catalog.practices:
            message = f"practice '{name}' is in the source map but has no file"
            yield catalog.problem(basis, "missing-practice", message, f"add data/practices/{name}.yml", "cell")
