"""The companion guides fit together: whatever they name exists, and their records stand where their source items stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from generator.catalog.guide_index import nodes
from generator.catalog.index import Catalog
from generator.model import guides, ids, playbook
from generator.problems import Problem, suggestion

_KINDS: dict[type[playbook.Cited], frozenset[str]] = {
    guides.FutureState: frozenset({"future-state", "pointer"}),
    guides.Strategy: frozenset({"strategy", "step", "lead-in"}),
    guides.Element: frozenset({"element"}),
    guides.CoachingItem: frozenset({"coaching-item"}),
    guides.Reference: frozenset({"reference", "prose"}),
    guides.DomainSummary: frozenset({"form-part"}),
}
"""The kinds of source item that a record may carry; other records are not so particular."""


def guide_items_elsewhere(catalog: Catalog) -> Iterator[Problem]:
    """A guide's record carries items of its own kind and cell."""
    for name, record in catalog.companions.carriers():
        for source in record.sources:
            item = catalog.source_items.get(source)
            if item is None:
                continue
            cell = record.cell if isinstance(record, guides.Element) else ids.cell_of(name)
            hint = "cite the right item, or mend data/source-map/"
            if item.kind not in _KINDS.get(type(record), {item.kind}):
                yield catalog.problem(record, "source-elsewhere", f"'{name}' cites '{source}', a {item.kind}", hint, "from")
            elif item.cell and item.cell != cell:
                yield catalog.problem(record, "source-elsewhere", f"'{name}' cites '{source}', an item of cell '{item.cell}'", hint, "from")


def unknown_guide_references(catalog: Catalog) -> Iterator[Problem]:
    """Cells, practices, domains, levels, steps and items that a guide names exist."""
    found = catalog.companions
    practices = {*catalog.cells, *catalog.practices}
    for section in found.sections:
        yield from _unknown(catalog, section, "cell", [section.cell], catalog.cells, "cell")
        for state in section.future_states:
            others = [other.id for other in section.future_states if other.strategies]
            yield from _unknown(catalog, state, "future-state", [state.see] if state.see else [], others, "see")
    for coached in found.coaching.sets:
        yield from _unknown(catalog, coached, "step", coached.steps, found.steps, "steps")
        before: list[str] = []
        for item in coached.items:
            yield from _unknown(catalog, item, "coaching-item", [item.part_of] if item.part_of else [], before, "part_of")
            yield from _unknown(catalog, item, "level", item.levels, catalog.levels, "levels")
            before.append(item.id)
    for element in found.rubric.elements:
        yield from _unknown(catalog, element, "cell", [element.cell], catalog.cells, "cell")
    for summary in found.rubric.summaries:
        yield from _unknown(catalog, summary, "domain", [summary.domain], catalog.domains, "domain")
    for form in found.forms.values():
        yield from _unknown(catalog, form, "step", form.step, found.steps, "step")
    for step in found.cycle.steps:
        if step.next:
            yield from _unknown(catalog, step.next, "step", [step.next.step], found.steps, "step")
        for example in step.examples:
            yield from _unknown(catalog, example, "practice", example.practices, practices, "practices")
    page = found.external
    for external in (*page.practices, *page.strands, *page.services):
        for rated in external.practices:
            yield from _unknown(catalog, rated, "practice", [rated.practice], catalog.practices, "practice")
        for touched in external.steps:
            yield from _unknown(catalog, touched, "step", [touched.step], found.steps, "step")


def _unknown(catalog: Catalog, record: playbook.Record, kind: str, names: Iterable[str], known: Iterable[str], field: str) -> Iterator[Problem]:
    words = set(known)
    for name in names:
        if name not in words:
            yield catalog.problem(record, f"unknown-{kind}", f"no {kind.replace('-', ' ')} '{name}'", catalog.hint(name, words), field)


def unknown_link_ends(catalog: Catalog) -> Iterator[Problem]:
    """Both ends of a link exist and differ, and a link stands once."""
    seen: set[tuple[str, str, str]] = set()
    for link in catalog.companions.links:
        for field, end in (("from", link.source), ("to", link.to)):
            if end not in catalog.known_ids:
                yield catalog.problem(link, "unknown-record", f"no record '{end}'", catalog.hint(end, catalog.known_ids), field)
        if link.source == link.to or (link.source, link.to, link.kind) in seen:
            yield catalog.problem(
                link, "idle-link", f"'{link.source}' to '{link.to}' says nothing new", "remove the link, or mend one of its ends", "to"
            )
        seen.add((link.source, link.to, link.kind))


def words_that_drifted_apart(catalog: Catalog) -> Iterator[Problem]:
    """Two records that say the same word for word are linked so, and stay equal."""
    records = dict(catalog.all_carriers())
    for link in catalog.companions.links:
        ends = [records[end] for end in (link.source, link.to) if end in records and records[end].said and not catalog.altered(records[end])]
        if len(ends) < 2:
            continue
        first, other = (catalog.place_of(end).mark() for end in ends)
        equal = ends[0].said == ends[1].said
        if link.same_words and not equal:
            message = f"'{link.source}' and '{link.to}' must say the same, word for word"
            hint = f"change both ({first.file}:{first.line} and {other.file}:{other.line}), or remove 'same_words'"
            yield catalog.problem(link, "words-apart", message, hint, "same_words")
        elif equal and not link.same_words:
            message = f"'{link.source}' and '{link.to}' say the same, word for word"
            yield catalog.problem(link, "words-apart", message, "add 'same_words: true', so that they stay equal")


def keys_used_twice(catalog: Catalog) -> Iterator[Problem]:
    """In one part of a form no two columns, rows or options have the same key: their answers would be one."""
    for form in catalog.companions.forms.values():
        for node in nodes(form.nodes):
            for lines in (node.columns, node.row_labels, node.options):
                before: dict[str, str] = {}
                for line in lines:
                    if line.key in before:
                        message = f"key '{line.key}' of '{line.label}' is that of '{before[line.key]}' in '{node.id}' too"
                        yield catalog.problem(line, "key-used-twice", message, "give it a key of its own", "key")
                    before[line.key] = line.label


_STEP = re.compile(r"step of the cycle, “([^”]+)”")


def copied_titles(catalog: Catalog) -> Iterator[Problem]:
    """A form that repeats the title of a practice or of a step repeats it as it is."""
    steps = {step.title: step.id for step in catalog.companions.steps.values()}
    for form in catalog.companions.forms.values():
        for node in nodes(form.nodes):
            for option in node.options:
                practice = catalog.practices.get(option.label.lower())
                if practice and option.hint != practice.title:
                    message = f"practice {option.label} has the title '{practice.title}' now, and '{node.id}' repeats another one"
                    yield catalog.problem(option, "copied-title", message, "copy the title of the practice", "hint")
            for title in (found for words in node.said for found in _STEP.findall(words)):
                if title not in steps:
                    message = f"'{node.id}' names a step '{title}'"
                    yield catalog.problem(node, "copied-title", message, f"copy the title of the step: {suggestion(title, steps)}")


_SECTION = re.compile(r"section “([^”]+)”")


def unknown_sections(catalog: Catalog) -> Iterator[Problem]:
    """A step that sends its reader to a section of a form names a section that the form has."""
    found = catalog.companions
    for step in found.cycle.steps:
        for use in step.tools:
            if use.tool in found.forms:
                sections = {node.label for node in found.forms[use.tool].nodes}
                for title in (title for words in use.said for title in _SECTION.findall(words) if title not in sections):
                    message = f"'{use.tool}' has no section '{title}'"
                    yield catalog.problem(use, "unknown-section", message, suggestion(title, sections), "text")


def additions_that_repeat(catalog: Catalog) -> Iterator[Problem]:
    """A level of the self-reflection says only what it adds to the lower ones."""
    for element in catalog.companions.rubric.elements:
        for (lower, before), (higher, after) in combinations(zip(guides.Additions.model_fields, element.adds.texts, strict=True), 2):
            if before in after:
                message = f"'{higher}' of '{element.id}' says again what '{lower}' says"
                yield catalog.problem(element.adds, "repeated-level", message, "write only what this level adds", higher)


def ragged_tables(catalog: Catalog) -> Iterator[Problem]:
    """Each row of an example's table is as long as its heads."""
    for step in catalog.companions.cycle.steps:
        for example in step.examples:
            for number, row in enumerate(example.rows, 1):
                if len(row) != len(example.columns):
                    message = f"row {number} has {len(row)} cells under {len(example.columns)} heads"
                    yield catalog.problem(example, "ragged-table", message, "give each row a cell for each column", "rows")


def repeats_without_numbers(catalog: Catalog) -> Iterator[Problem]:
    """What a form repeats has a unit and a number of times; what is checked or chosen has options."""
    needed: dict[str, tuple[str, ...]] = {"repeat": ("unit", "times"), "checklist": ("options",), "choice": ("options",), "table": ("columns",)}
    for name, node in catalog.companions.carriers():
        if isinstance(node, guides.Node):
            for field in needed.get(node.kind, ()):
                if not getattr(node, field):
                    yield catalog.problem(node, "missing-field", f"'{name}' is a {node.kind} without '{field}'", "add it")
