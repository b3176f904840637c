"""Nothing of the source is lost and nothing is added in silence: every item of it is carried, or left out with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.index import PLAYBOOK, Catalog
from generator.model import guides, ids, playbook
from generator.problems import Problem, suggestion


def _cited(catalog: Catalog) -> Iterator[playbook.Cited]:
    for _, record in catalog.all_carriers():
        yield record
    yield from catalog.errata.values()


def unknown_items(catalog: Catalog) -> Iterator[Problem]:
    """A record cites items that stand in the source map."""
    for record in _cited(catalog):
        for item in record.sources:
            if item not in catalog.source_items:
                yield catalog.problem(record, "unknown-source-item", f"no source item '{item}'", suggestion(item, catalog.source_items), "from")
    for left in (left for source_map in catalog.source_maps.values() for left in source_map.left_out):
        if left.id not in catalog.source_items:
            yield catalog.problem(left, "unknown-source-item", f"no source item '{left.id}'", suggestion(left.id, catalog.source_items), "id")


def uncited(catalog: Catalog) -> Iterator[Problem]:
    """A record from a source says where it comes from; one of ours says 'origin: site' and cites nothing.

    A part of a form may rest on what the form cites, and a document on itself. A tool names its number in the source map.
    """
    for name, record in catalog.all_carriers():
        if not (isinstance(record, guides.Node | playbook.Document) and getattr(record, "origin", "") != "site"):
            yield from _sourced(catalog, name, record, record.sources, "from", "[p04.02]' with its source item")
    for tool in catalog.tools.values():
        yield from _sourced(catalog, tool.id, tool, tool.source_id, "source_id", "T02' with its number in the source map")


def _sourced(catalog: Catalog, name: str, record: playbook.Record, cited: object, field: str, sample: str) -> Iterator[Problem]:
    ours = getattr(record, "origin", "") == "site"
    if ours and cited:
        yield catalog.problem(record, "cited-site-record", f"'{name}' is ours but cites the source", f"remove '{field}' or 'origin'", field)
    elif not ours and not cited and not catalog.altered(record):
        or_ours = ", or 'origin: site' if it is written by us" if "origin" in type(record).model_fields else ""
        yield catalog.problem(record, "no-source", f"'{name}' does not say where it comes from", f"add '{field}: {sample}{or_ours}")


def items_elsewhere(catalog: Catalog) -> Iterator[Problem]:
    """A record stands where the source map says that its item stands."""
    stated = (pair for cell in catalog.cells.values() for pair in cell.statements())
    columns = {id(statement): column for column, statement in stated if column in catalog.columns}
    for name, record in catalog.carriers():
        for source in record.sources:
            item = catalog.source_items.get(source)
            if item and (difference := _place(name, record, item, columns.get(id(record))) or _subject(catalog, name, record, item)):
                hint = "cite the right item, or mend data/source-map/ if you have looked at the printed page"
                yield catalog.problem(record, "source-elsewhere", f"'{name}' cites '{source}', {difference}", hint, "from")


_KINDS: dict[type[playbook.Cited], str] = {
    playbook.Paragraph: "prose",
    playbook.Statement: "statement",
    playbook.FoundationalTools: "foundational-lead-in",
    playbook.ToolUse: "tool",
    playbook.Question: "question",
    playbook.Mention: "resource",
}


def _place(name: str, record: playbook.Cited, item: playbook.SourceItem, column: str | None) -> str | None:
    """What the item is or where it stands, if that is not so for the record."""
    kind = "foundational-tool" if isinstance(record, playbook.ToolUse) and ids.is_foundational(name) else _KINDS[type(record)]
    if kind != item.kind:
        return f"a {item.kind}"
    if item.cell and not ids.is_in(name, item.cell):
        return f"an item of cell '{item.cell}'"
    if item.domain and not item.cell and item.domain not in ids.names(name):
        return f"an item of domain '{item.domain}'"
    if column and item.column != column:
        return f"an item of column '{item.column}'"
    return None


def _subject(catalog: Catalog, name: str, record: playbook.Cited, item: playbook.SourceItem) -> str | None:
    """The tool or resource that the item names, if it is not the record's."""
    if isinstance(record, playbook.ToolUse) and (tool := catalog.tools.get(record.tool)) and tool.source_id != item.tool:
        return f"which names tool {item.tool}"
    if isinstance(record, playbook.Mention) and catalog.resources[ids.begins(name)].source_id != item.resource:
        return f"which names resource {item.resource}"
    return None


def usage_notes(catalog: Catalog) -> Iterator[Problem]:
    """A tool use says how to use the tool when the source does, and nothing when it does not; one of ours always does."""
    for name, record in catalog.carriers():
        if isinstance(record, playbook.ToolUse):
            ours = record.origin == "site"
            noted = ours or any(catalog.source_items[item].usage_note for item in record.sources if item in catalog.source_items)
            if (ours or record.sources) and noted != (record.text is not None):
                message = f"'{name}' lacks its 'text'" if noted else f"'{name}' has a 'text', but the source says nothing on its use"
                hint = "say how to use the tool here" if noted else "remove the text rather than invent one"
                yield catalog.problem(record, "usage-note", message, hint, "text" if not noted else "")


def items_not_carried(catalog: Catalog) -> Iterator[Problem]:
    """Each source item is carried by a record or left out with a reason, not both."""
    for item in catalog.source_items.values():
        carried, left = item.id in catalog.carried_by, item.id in catalog.left_out
        if not carried and not left and catalog.whole(_home(catalog, item)):
            page = f"page {item.page}, " if item.page else ""
            where = f"{page}lines {item.lines[0]} to {item.lines[1]}"
            message = f"source item '{item.id}' ({item.kind}, {where}) is not carried"
            yield catalog.problem(
                item, "not-carried", message, "add a record with 'from: [" + item.id + "]', or list it under 'left_out' with a reason", "id"
            )
        if carried and left:
            message = f"source item '{item.id}' is left out, but {catalog.carried_by[item.id][0]} carries it"
            yield catalog.problem(item, "carried-and-left-out", message, "remove it from 'left_out', or from the record", "id")


def repeated_confidence(catalog: Catalog) -> Iterator[Problem]:
    """An item of the source states how sure its column is only where that is not so for its whole cell."""
    for item in catalog.source_map.items:
        if item.column_confidence and item.column_confidence == catalog.usual_confidence(item):
            message = f"'{item.id}' repeats the confidence of '{item.cell}'"
            yield catalog.problem(item, "repeated-confidence", message, "remove 'column_confidence': its cell states it", "column_confidence")


def _home(catalog: Catalog, item: playbook.SourceItem) -> str:
    """The file of data/ whose records carry such an item, or the folder."""
    if catalog.document_of[item.id] != PLAYBOOK:
        return "sources.yml" if item.kind == "record" else "guides/"
    if item.cell:
        return f"practices/{ids.practice_of(item.cell)}.yml"
    if item.kind == "resource":
        return "resources.yml"
    return "domains.yml" if item.domain else "introduction.yml"
