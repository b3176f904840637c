"""Nothing of the source is lost and nothing is added in silence: every item of it is carried, or left out with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ids, model
from generator.catalog import Catalog
from generator.problems import Problem, suggestion


def _cited(catalog: Catalog) -> Iterator[model.Cited]:
    for _, record in catalog.carriers():
        yield record
    yield from catalog.errata.values()


def unknown_items(catalog: Catalog) -> Iterator[Problem]:
    """A record cites items that stand in the source map."""
    for record in _cited(catalog):
        for item in record.sources:
            if item not in catalog.source_items:
                yield catalog.problem(record, "unknown-source-item", f"no source item '{item}'", suggestion(item, catalog.source_items), "from")
    for left in catalog.source_map.left_out:
        if left.id not in catalog.source_items:
            yield catalog.problem(left, "unknown-source-item", f"no source item '{left.id}'", suggestion(left.id, catalog.source_items), "id")


def uncited(catalog: Catalog) -> Iterator[Problem]:
    """A record from the playbook says where it comes from; one of ours says 'origin: site' and cites nothing."""
    for name, record in catalog.carriers():
        ours = isinstance(record, model.Question) and record.origin == "site"
        if ours and record.sources:
            yield catalog.problem(record, "cited-site-record", f"'{name}' is ours but cites the source", "remove 'from' or 'origin'", "from")
        elif not ours and not record.sources:
            yield catalog.problem(record, "no-source", f"'{name}' does not say where it comes from", "add 'from: [p04.02]' with its source item")


def items_elsewhere(catalog: Catalog) -> Iterator[Problem]:
    """A record stands where the source map says that its item stands."""
    tools = {tool.id: tool.source_id for tool in catalog.tools.values()}
    resources = {resource.id: resource.source_id for resource in catalog.resources.values()}
    for name, record in catalog.carriers():
        for source in record.sources:
            item = catalog.source_items.get(source)
            if item and (difference := _difference(catalog, name, record, item, tools, resources)):
                hint = "cite the right item, or mend data/source-map/ if you have looked at the printed page"
                yield catalog.problem(record, "source-elsewhere", f"'{name}' cites '{source}', {difference}", hint, "from")


def _difference(
    catalog: Catalog, name: str, record: model.Cited, item: model.SourceItem, tools: dict[str, str], resources: dict[str, str]
) -> str | None:
    kinds = {
        model.Paragraph: "prose",
        model.Statement: "statement",
        model.FoundationalTools: "foundational-lead-in",
        model.ToolUse: "foundational-tool" if ".foundational." in name else "tool",
        model.Question: "question",
        model.Mention: "resource",
    }
    if kinds[type(record)] != item.kind:
        return f"a {item.kind}"
    if item.cell and ids.cell_of(name) != item.cell:
        return f"an item of cell '{item.cell}'"
    if isinstance(record, model.Paragraph) and item.domain and not name.startswith(f"{item.domain}."):
        return f"an item of domain '{item.domain}'"
    if isinstance(record, model.Mention) and record.domain != item.domain:
        return f"an item of {f'domain {item.domain}' if item.domain else 'the introduction'}"
    if isinstance(record, model.Mention) and resources.get(name.split(".")[0]) != item.resource:
        return f"which names resource {item.resource}"
    if isinstance(record, model.ToolUse) and record.tool in tools and tools[record.tool] != item.tool:
        return f"which names tool {item.tool}"
    if isinstance(record, model.Statement):
        column = next(c for c, s in catalog.cells[ids.cell_of(name)].statements() if s is record)
        if item.column != column:
            return f"an item of column '{item.column}'"
        if item.framework != record.framework:
            return "a Four Domains statement" if item.framework else "a touch point, not a Four Domains statement"
    return None


def usage_notes(catalog: Catalog) -> Iterator[Problem]:
    """A tool use says how to use the tool when the source does, and nothing when it does not."""
    for name, record in catalog.carriers():
        if isinstance(record, model.ToolUse):
            noted = any(catalog.source_items[item].usage_note for item in record.sources if item in catalog.source_items)
            if record.sources and noted != (record.text is not None):
                message = f"'{name}' lacks its 'text'" if noted else f"'{name}' has a 'text', but the source says nothing on its use"
                hint = "say how to use the tool here" if noted else "remove the text rather than invent one"
                yield catalog.problem(record, "usage-note", message, hint, "text" if not noted else "")


def items_not_carried(catalog: Catalog) -> Iterator[Problem]:
    """Each source item is carried by a record or left out with a reason, not both."""
    for item in catalog.source_map.items:
        carried, left = item.id in catalog.carried_by, item.id in catalog.left_out
        if not carried and not left:
            where = f"page {item.page}, lines {item.lines[0]} to {item.lines[1]}"
            message = f"source item '{item.id}' ({item.kind}, {where}) is not carried"
            yield catalog.problem(item, "not-carried", message, "add a record with 'from: [" + item.id + "]', or list it under 'left_out' with a reason", "id")
        if carried and left:
            message = f"source item '{item.id}' is left out, but {catalog.carried_by[item.id][0]} carries it"
            yield catalog.problem(item, "carried-and-left-out", message, "remove it from 'left_out', or from the record", "id")
