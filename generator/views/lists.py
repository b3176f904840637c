"""Items gathered across practices: by practice, by level, by habit, by tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.catalog.index import Catalog
from generator.model import ids, playbook
from generator.views.shared.parts import (
    DomainTag,
    Here,
    Item,
    Level,
    Link,
    ToolLink,
    ToolUse,
    domain_tag,
    item,
    items,
    levels,
    statements,
    tool_link,
    tool_use,
)


@dataclass(frozen=True)
class CellLink:
    """A cell as a row or a box of a table; the counts are of its statements, the touch points among them, tool uses and questions.

    `dots` counts the statements of each habit, for the map.
    """

    id: str
    name: str
    url: str
    level: Level | None
    statements: int
    touch_points: int
    tools: int
    questions: int
    dots: tuple[int, ...]

    @property
    def anchor(self) -> str:
        """Its anchor where several cells are on one page."""
        return ids.as_anchor(self.id)


@dataclass(frozen=True)
class PracticeLine:
    """A practice with the way to its overview and to each of its levels."""

    id: str
    code: str
    title: str
    url: str
    domain: DomainTag
    overview: CellLink
    cells: tuple[CellLink, ...]


@dataclass(frozen=True)
class DomainGroup:
    """A domain and its practices."""

    domain: DomainTag
    practices: tuple[PracticeLine, ...]


@dataclass(frozen=True)
class CellItems:
    """Some of a cell's items, under the cell's name."""

    cell: CellLink
    items: tuple[Item, ...]


@dataclass(frozen=True)
class PracticeItems:
    """Some of a practice's items, cell by cell."""

    practice: PracticeLine
    cells: tuple[CellItems, ...]


@dataclass(frozen=True)
class PlacedUse:
    """A tool use with the cell it stands in."""

    cell: CellLink
    practice: PracticeLine
    use: ToolUse
    foundational: bool


@dataclass(frozen=True)
class Heat:
    """A box of the heat strip: at how many levels a practice uses a tool, and whether it names it as a foundation.

    `first` is the number of its domain's practices in the box of the first one, else 0.
    """

    code: str
    domain: str
    domain_title: str
    first: int
    levels: int
    foundation: bool


@dataclass(frozen=True)
class ToolLine:
    """A tool with how often it is used, and where."""

    link: ToolLink
    type: str
    publisher: str | None
    purpose: str
    aliases: tuple[str, ...]
    uses: int
    heat: tuple[Heat, ...]


def cell_link(here: Here, cell: playbook.Cell) -> CellLink:
    """A cell's name, way and counts."""
    level, counts = ids.level_of(cell.id), here.catalog.counts[cell.id]
    return CellLink(
        id=cell.id,
        name=here.catalog.place(cell.id),
        url=here.routes.link(here.page, cell.id),
        level=next((found for found in levels(here) if found.id == level), None),
        statements=counts.statements,
        touch_points=counts.touch_points,
        tools=counts.tools,
        questions=counts.questions,
        dots=tuple(len(cell.columns[column]) for column in here.catalog.columns),
    )


def practice_line(here: Here, practice: playbook.Practice) -> PracticeLine:
    """A practice and its cells; its own page is the overview."""
    overview, *cells = (cell_link(here, cell) for cell in practice.cells)
    return PracticeLine(
        id=practice.id,
        code=ids.code(practice.id),
        title=practice.title,
        url=here.routes.link(here.page, practice.id),
        domain=domain_tag(here, here.catalog.domains[practice.domain]),
        overview=overview,
        cells=tuple(cells),
    )


def domain_groups(here: Here) -> tuple[DomainGroup, ...]:
    """All practices, domain by domain."""
    return tuple(
        DomainGroup(domain_tag(here, domain), tuple(practice_line(here, practice) for practice in here.catalog.practices_of[domain.id]))
        for domain in here.catalog.domains.values()
    )


def gathered(here: Here, chosen: Callable[[playbook.Cell], tuple[Item, ...]]) -> tuple[PracticeItems, ...]:
    """The items that `chosen` takes from each cell; cells and practices without any are left out."""
    found = []
    for practice in here.catalog.practices.values():
        cells = tuple(CellItems(cell_link(here, cell), items) for cell in practice.cells if (items := chosen(cell)))
        if cells:
            found.append(PracticeItems(practice_line(here, practice), cells))
    return tuple(found)


def questions(here: Here) -> tuple[PracticeItems, ...]:
    """All reflection questions by practice and level."""
    return gathered(here, lambda cell: items(here, cell.questions))


def statements_under(here: Here, column: str) -> tuple[PracticeItems, ...]:
    """All statements under one habit by practice and level."""
    return gathered(here, lambda cell: statements(here, cell.columns[column]))


def uses(here: Here, tool: str) -> tuple[PlacedUse, ...]:
    """Everywhere a tool is used, and how."""
    found = []
    for name, record in here.catalog.uses_of[tool]:
        cell = here.catalog.cells[ids.cell_of(name)]
        line = practice_line(here, here.catalog.practices[ids.practice_of(name)])
        found.append(PlacedUse(cell_link(here, cell), line, tool_use(here, record, name), ids.is_foundational(name)))
    return tuple(found)


def named_in(here: Here, tool: str) -> tuple[tuple[Link, Item], ...]:
    """The statements that name a tool themselves."""
    return tuple(
        (here.link(statement.id, here.catalog.place(ids.cell_of(statement.id))), item(here, statement, statement.id))
        for statement in here.catalog.named_in[tool]
    )


def tool_line(here: Here, tool: playbook.Tool) -> ToolLine:
    """A row of the tools index."""
    link, uses = tool_link(here, tool), len(here.catalog.uses_of[tool.id])
    return ToolLine(link, tool.type, tool.publisher, tool.purpose, tool.aliases, uses, tuple(_heat(here.catalog, tool.id)))


def _heat(catalog: Catalog, tool: str) -> Iterator[Heat]:
    """All practices, in their order."""
    names = [name for name, _ in catalog.uses_of[tool]]
    for domain in catalog.domains.values():
        inside = catalog.practices_of[domain.id]
        for practice in inside:
            here = [name for name in names if ids.practice_of(name) == practice.id]
            yield Heat(
                code=ids.code(practice.id),
                domain=ids.domain_number(domain.id),
                domain_title=domain.title,
                first=len(inside) if practice is inside[0] else 0,
                levels=len({ids.cell_of(name) for name in here if not ids.is_foundational(name)}),
                foundation=any(map(ids.is_foundational, here)),
            )


def levels_with_purpose(here: Here) -> tuple[tuple[Level, playbook.Level], ...]:
    """The levels with their records."""
    return tuple((level, here.catalog.levels[level.id]) for level in levels(here))


def habits(here: Here) -> tuple[tuple[Link, playbook.Column], ...]:
    """The habits with their records."""
    return tuple((here.link(column.id, column.title), column) for column in here.catalog.columns.values())


def mentions(here: Here, resource: playbook.Resource) -> tuple[Item, ...]:
    """What is said of a resource wherever it is named."""
    return tuple(_mention(here, resource, mention) for mention in resource.mentions)


def mentions_in(here: Here, domain: str) -> tuple[tuple[Link, Item], ...]:
    """The resources that a domain names, and what it says of each."""
    return tuple(
        (here.link(resource.id, resource.title), _mention(here, resource, mention))
        for resource in here.catalog.resources.values()
        for mention in resource.mentions
        if mention.domain == domain
    )


def _mention(here: Here, resource: playbook.Resource, mention: playbook.Mention) -> Item:
    return item(here, mention, ids.mention_id(resource.id, mention.domain))


def tools_at(here: Here, level: str) -> tuple[tuple[ToolLine, tuple[CellLink, ...]], ...]:
    """The tools used at one level, each with the cells that use it, in the order of the titles."""
    found = []
    for tool in here.catalog.tools.values():
        cells = [ids.cell_of(name) for name, _ in here.catalog.uses_of[tool.id] if ids.level_of(name) == level]
        if cells:
            found.append((tool_line(here, tool), tuple(cell_link(here, here.catalog.cells[cell]) for cell in cells)))
    return tuple(found)
