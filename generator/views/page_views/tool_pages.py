"""The views of tools, questions, resources and outside addresses."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import playbook
from generator.views import link_table, lists
from generator.views.page_views.page_context import PageContext
from generator.views.shared import related
from generator.views.shared.parts import Item, Link
from generator.views.shared.web_links import Outward, outward


@dataclass(frozen=True)
class ToolsView:
    """tools.md.jinja"""

    tools: tuple[lists.ToolLine, ...]

    @classmethod
    def of(cls, here: PageContext) -> ToolsView:
        return cls(tuple(lists.tool_line(here, tool) for tool in here.catalog.tools.values()))


@dataclass(frozen=True)
class ToolView:
    """tool.md.jinja"""

    tool: lists.ToolLine
    uses: tuple[lists.PlacedUse, ...]
    named: tuple[tuple[Link, Item], ...]
    similar: tuple[related.Related, ...]
    errata: tuple[Link, ...]

    @classmethod
    def of(cls, here: PageContext, record: playbook.Tool) -> ToolView:
        return cls(
            tool=lists.tool_line(here, record),
            uses=lists.uses(here, record.id),
            named=lists.named_in(here, record.id),
            similar=related.similar_tools(here, record.id),
            errata=here.errata(record.id),
        )


@dataclass(frozen=True)
class QuestionsView:
    """questions.md.jinja"""

    practices: tuple[lists.PracticeItems, ...]

    @classmethod
    def of(cls, here: PageContext) -> QuestionsView:
        return cls(lists.questions(here))


@dataclass(frozen=True)
class ResourcesView:
    """resources.md.jinja: each resource with its ways out, what is said of it where it is named, and its errata."""

    resources: tuple[tuple[playbook.Resource, Outward | None, tuple[Item, ...], tuple[Link, ...]], ...]

    @classmethod
    def of(cls, here: PageContext) -> ResourcesView:
        catalog = here.catalog
        return cls(
            tuple(
                (resource, outward(catalog, resource.url), lists.mentions(here, resource), here.errata(resource.id))
                for resource in catalog.resources.values()
            )
        )


@dataclass(frozen=True)
class LinksView:
    """links.md.jinja"""

    rows: tuple[link_table.Row, ...]
    counts: tuple[link_table.Count, ...]

    @classmethod
    def of(cls, here: PageContext) -> LinksView:
        return cls(link_table.rows(here, here.inputs.outside), link_table.counts(here, here.inputs.outside))
