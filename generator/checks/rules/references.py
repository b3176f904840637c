"""Whatever a record names exists, and what exists is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalog.index import Catalog
from generator.model import ids, playbook
from generator.problems import Problem


def _unknown(catalog: Catalog, record: playbook.Record, kind: str, name: str, known: Iterable[str], field: str) -> Problem:
    return catalog.problem(record, f"unknown-{kind}", f"no {kind} '{name}'", catalog.hint(name, known), field)


def unknown_domains(catalog: Catalog) -> Iterator[Problem]:
    """A practice belongs to the domain whose number its id begins with, and a mention to a domain or to none."""
    for practice in catalog.practices.values():
        if practice.domain not in catalog.domains:
            yield _unknown(catalog, practice, "domain", practice.domain, catalog.domains, "domain")
        elif not ids.is_of_domain(practice.id, practice.domain):
            own = next((domain for domain in catalog.domains if ids.is_of_domain(practice.id, domain)), None)
            hint = f"write 'domain: {own}'" if own else "give the practice an id that begins with the number of its domain"
            message = f"practice '{practice.id}' is in domain '{practice.domain}'"
            yield catalog.problem(practice, "misplaced-practice", message, hint, "domain")
    for resource in catalog.resources.values():
        for mention in resource.mentions:
            if mention.domain and mention.domain not in catalog.domains:
                yield _unknown(catalog, mention, "domain", mention.domain, catalog.domains, "domain")


def unknown_levels(catalog: Catalog) -> Iterator[Problem]:
    """A cell is an overview or stands at a level that exists."""
    for cell in catalog.cells.values():
        level = ids.level_of(cell.id)
        if level and level not in catalog.levels:
            yield _unknown(catalog, cell, "level", level, (ids.OVERVIEW, *catalog.levels), "id")


def unknown_columns(catalog: Catalog) -> Iterator[Problem]:
    """Statements stand under habits that exist."""
    for cell in catalog.cells.values():
        for column in cell.columns:
            if column not in catalog.columns:
                yield _unknown(catalog, cell, "column", column, catalog.columns, "columns")


def unknown_tools(catalog: Catalog) -> Iterator[Problem]:
    """A cell may only use tools that exist."""
    for cell in catalog.cells.values():
        for use in cell.tool_uses():
            if use.tool not in catalog.tools:
                yield _unknown(catalog, use, "tool", use.tool, catalog.tools, "tool")
        for _, statement in cell.statements():
            if statement.tool and statement.tool not in catalog.tools:
                yield _unknown(catalog, statement, "tool", statement.tool, catalog.tools, "tool")


def tools_used_twice(catalog: Catalog) -> Iterator[Problem]:
    """A cell names a tool once among its tools and once among its foundational tools."""
    for cell in catalog.cells.values():
        for uses in (cell.tools, tuple(use for group in cell.foundational_tools for use in group.tools)):
            seen: set[str] = set()
            for use in uses:
                if use.tool in seen:
                    yield catalog.problem(
                        use, "tool-used-twice", f"tool '{use.tool}' is listed twice in '{cell.id}'", "join the two, or remove one", "tool"
                    )
                seen.add(use.tool)


def unused_tools(catalog: Catalog) -> Iterator[Problem]:
    """A tool that no cell uses has no place on the site."""
    used = {use.tool for cell in catalog.cells.values() for use in cell.tool_uses()}
    for tool in catalog.tools.values():
        if tool.id not in used:
            yield catalog.problem(tool, "unused-tool", f"no cell uses tool '{tool.id}'", "use it in a cell, or remove it", "id")


def unknown_parents(catalog: Catalog) -> Iterator[Problem]:
    """A statement that continues a list stands after its head, in the same column."""
    for cell in catalog.cells.values():
        for statements in cell.columns.values():
            before: list[str] = []
            for statement in statements:
                if statement.part_of and statement.part_of not in before and catalog.practice_whole(cell.id):
                    yield _unknown(catalog, statement, "statement", statement.part_of, before or [statement.id], "part_of")
                before.append(statement.id)


def unknown_terms(catalog: Catalog) -> Iterator[Problem]:
    """Glossary terms point to each other by id."""
    for term in catalog.terms.values():
        for other in term.see:
            if other not in catalog.terms or other == term.id:
                yield _unknown(catalog, term, "term", other, set(catalog.terms) - {term.id}, "see")


def unknown_subjects(catalog: Catalog) -> Iterator[Problem]:
    """An erratum is about records that exist."""
    for erratum in catalog.errata.values():
        for about in erratum.about:
            if about not in catalog.known_ids and catalog.could_tell(about):
                yield _unknown(catalog, erratum, "record", about, catalog.known_ids, "about")
