"""Every page of the site, made from views by the templates in theme/pages/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.catalog.handout_list import KINDS, STATUS
from generator.catalog.index import Catalog
from generator.exports.csv_tables import Table
from generator.model import ids
from generator.pages import guide_pages, reference_pages, whats_new
from generator.pages.renderer import Page, Writer
from generator.views import browse, lists, practices
from generator.views.shared import handout_files, parts, related, retired
from generator.views.shared.parts import Here
from generator.views.shared.related_guides import bearing
from generator.views.shared.web_links import outward


def pages(writer: Writer, size: int, tables: Sequence[Table]) -> Iterator[Page]:
    """All pages in the order of the site; `size` is that of playbook.json, `tables` hold the same as CSV."""
    yield from _front(writer)
    yield from _practices(writer)
    yield from _cells(writer)
    yield from _forms(writer)
    yield from _ways_in(writer)
    yield from _collections(writer)
    yield from _tools(writer)
    yield from guide_pages.pages(writer)
    yield from reference_pages.pages(writer, size, tables)
    yield from whats_new.pages(writer)


def _front(writer: Writer) -> Iterator[Page]:
    catalog = writer.catalog
    yield writer.page(
        "home",
        words=writer.words("home"),
        groups=lists.domain_groups,
        levels=_levels(catalog),
        columns=_columns(catalog),
        counts=_counts(catalog),
    )
    yield writer.page(
        "how-to-use",
        words=writer.words("how-to-use"),
    )
    yield writer.page(
        "accessibility",
        words=writer.words("accessibility"),
    )
    yield writer.page(
        "about",
        words=writer.words("about"),
        paragraphs=lambda here: [parts.item(here, paragraph, paragraph.id) for paragraph in catalog.paragraphs],
        groups=lists.domain_groups,
        columns=_columns(catalog),
    )
    yield writer.page(
        "search",
    )
    yield writer.page(
        "browse",
        browse=browse.browse,
    )
    yield writer.page(
        "matrix",
        groups=lists.domain_groups,
    )


def _practices(writer: Writer) -> Iterator[Page]:
    catalog = writer.catalog
    yield writer.page(
        "practices",
        groups=lists.domain_groups,
        handouts=_handouts("handouts"),
    )
    yield writer.page(
        "domains",
        groups=lists.domain_groups,
        domains=tuple(catalog.domains.values()),
    )
    for domain in catalog.domains.values():
        yield writer.page(
            domain.id,
            domain=domain,
            tag=lambda here, domain=domain: parts.domain_tag(here, domain),
            paragraphs=lambda here, domain=domain: [parts.item(here, paragraph, paragraph.id) for paragraph in domain.introduction],
            practices=lambda here, domain=domain: [lists.practice_line(here, practice) for practice in catalog.practices_of[domain.id]],
            resources=lambda here, domain=domain: _mentions(here, domain.id),
            errata=lambda here, domain=domain: here.errata(domain.id),
            tools=lambda here, domain=domain: related.tools_of_domain(here, domain.id),
            steps=lambda here, domain=domain: related.steps_of_domain(here, domain.id),
            handouts=_handouts(domain.id),
        )


def _cells(writer: Writer) -> Iterator[Page]:
    """Each practice with its overview, and its levels."""
    catalog = writer.catalog
    for practice in catalog.practices.values():
        yield writer.page(
            practice.id,
            practice=lambda here, practice=practice: practices.practice(here, practice),
            bearing=lambda here, practice=practice: bearing(here, f"{practice.id}.{ids.OVERVIEW}"),
            related=lambda here, practice=practice: related.by_tools(here, f"{practice.id}.{ids.OVERVIEW}"),
            handouts=_handouts(f"{practice.id}.{ids.OVERVIEW}"),
            form=lambda here, practice=practice: here.link(ids.reflection_id(practice.cells[0].id), "").url,
            terms=lambda here, practice=practice: practices.terms(here, practice.cells[0]),
        )
        for cell in practice.cells:
            level = ids.level_of(cell.id)
            if level:
                yield writer.page(
                    cell.id,
                    cell=lambda here, cell=cell: practices.cell(here, cell),
                    bearing=lambda here, cell=cell: bearing(here, cell.id),
                    related=lambda here, cell=cell: related.by_tools(here, cell.id),
                    form=lambda here, cell=cell: here.link(ids.reflection_id(cell.id), "").url,
                    handouts=_handouts(cell.id),
                    terms=lambda here, cell=cell: practices.terms(here, cell),
                )


def _forms(writer: Writer) -> Iterator[Page]:
    """What is filled in on screen; the forms of the guides are their own pages."""
    catalog, found = writer.catalog, writer.catalog.companions
    yield writer.page(
        "reflect",
        groups=lists.domain_groups,
        ways=lambda here: {cell: here.link(ids.reflection_id(cell), "").url for cell in catalog.cells},
        forms=lambda here: [(form.id, here.link(form.id, form.title)) for form in found.forms.values()],
    )
    yield writer.page(
        "team",
    )
    for cell in catalog.cells.values():
        yield writer.page(
            ids.reflection_id(cell.id),
            cell=lambda here, cell=cell: practices.cell(here, cell),
            wording=writer.forms[cell.id].wording,
            reading=lambda here, cell=cell: here.link(cell.id, "").url,
            status=STATUS,
            handouts=_handouts(cell.id),
            no_longer_asked=lambda here, cell=cell: retired.gone_from(here, cell.id),
        )


def _ways_in(writer: Writer) -> Iterator[Page]:
    """By level, by habit."""
    catalog = writer.catalog
    yield writer.page(
        "levels",
        levels=_levels(catalog),
    )
    for level in catalog.levels.values():
        yield writer.page(
            level.id,
            level=level,
            view=lambda here, level=level: next(found for found in parts.levels(here) if found.id == level.id),
            groups=lists.domain_groups,
            tools=lambda here, level=level: lists.tools_at(here, level.id),
            handouts=_handouts(level.id),
        )
    yield writer.page(
        "habits",
        columns=_columns(catalog),
    )
    for column in catalog.columns.values():
        yield writer.page(
            column.id,
            column=column,
            practices=lambda here, column=column: lists.statements_under(here, column.id),
        )


def _collections(writer: Writer) -> Iterator[Page]:
    """Questions and handouts of all practices, and the page that makes handouts."""
    catalog = writer.catalog
    yield writer.page(
        "questions",
        practices=lists.questions,
    )
    yield writer.page(
        "handouts",
        groups=handout_files.everything,
        practices=lists.domain_groups,
        levels=_levels(catalog),
        kinds=KINDS,
        formats=handout_files.FORMATS,
        paper=writer.paper,
    )
    yield writer.page(
        "compose",
    )


def _tools(writer: Writer) -> Iterator[Page]:
    catalog = writer.catalog
    yield writer.page(
        "tools",
        tools=lambda here: [lists.tool_line(here, tool) for tool in catalog.tools.values()],
    )
    for tool in catalog.tools.values():
        yield writer.page(
            tool.id,
            tool=lambda here, tool=tool: lists.tool_line(here, tool),
            uses=lambda here, tool=tool: lists.uses(here, tool.id),
            named=lambda here, tool=tool: lists.named_in(here, tool.id),
            similar=lambda here, tool=tool: related.similar_tools(here, tool.id),
            errata=lambda here, tool=tool: here.errata(tool.id),
        )
    yield writer.page(
        "resources",
        resources=lambda here: [
            (resource, outward(catalog, resource.url), [_mention(here, resource, m) for m in resource.mentions], here.errata(resource.id))
            for resource in catalog.resources.values()
        ],
    )


def _handouts(*records: str) -> Any:
    return lambda here: handout_files.about(here, *records)


def _levels(catalog: Catalog) -> Any:
    return lambda here: [(view, catalog.levels[view.id]) for view in parts.levels(here)]


def _columns(catalog: Catalog) -> Any:
    return lambda here: [(here.link(column.id, column.title), column) for column in catalog.columns.values()]


def _counts(catalog: Catalog) -> dict[str, int]:
    return {
        "touch_points": sum(len(catalog.touch_points(cell)) for cell in catalog.cells.values()),
        "framework": len(catalog.framework_statements),
        "tools": len(catalog.tools),
        "questions": sum(len(cell.questions) for cell in catalog.cells.values()),
    }


def _mentions(here: Here, domain: str) -> list[Any]:
    return [
        (here.link(resource.id, resource.title), _mention(here, resource, mention))
        for resource in here.catalog.resources.values()
        for mention in resource.mentions
        if mention.domain == domain
    ]


def _mention(here: Here, resource: Any, mention: Any) -> parts.Item:
    return parts.item(here, mention, ids.mention_id(resource.id, mention.domain))
