"""The companion guides in playbook.json: future states, strategies, cycle steps, coaching items, elements, forms, practices elsewhere, links."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.model import guides, ids, playbook
from generator.model.playbook import Cited
from generator.views.guide_parts import TOOLS


class GuideRecord(BaseModel):
    """A record of a guide; fields that do not apply are left out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str = Field(description="The record's id.")
    url: str = Field(description="Its address from the site's root.")
    title: str | None = Field(default=None, description="Its title.")
    text: str | None = Field(default=None, description="What it says, in one piece.")
    parts: list[str] | None = Field(default=None, description="What it says, in its parts, where it has several.")
    sources: list[str] = Field(default=[], alias="from", description="The ids of the source items that it carries.")
    cell: str | None = Field(default=None, description="The cell of the playbook that it belongs to.")
    practice: str | None = Field(default=None, description="The practice of that cell.")
    level: str | None = Field(default=None, description="The level of that cell.")
    future_state: str | None = Field(default=None, description="The future state that a strategy or question belongs to.")
    kind: str | None = Field(default=None, description="What a coaching item is, or a lead-in to strategies: step or group.")
    part_of: str | None = Field(default=None, description="The record whose list it is in.")
    see: str | None = Field(default=None, description="The future state that this one points to.")
    call: str | None = Field(default=None, description="The CALL survey's number, where the source implies one.")
    number: int | None = Field(default=None, description="The step's place in the cycle.")
    steps: list[str] | None = Field(default=None, description="The cycle steps that it serves.")
    levels: list[str] | None = Field(default=None, description="The levels that it suits.")
    tools: list[str] | None = Field(default=None, description="The tools that serve a step: A to D.")
    columns: list[str] | None = Field(default=None, description="The heads of an example's table.")
    rows: list[list[str]] | None = Field(default=None, description="The rows of that table.")
    authors: list[str] | None = Field(default=None, description="The authors of a work that a guide refers to.")
    year: str | None = Field(default=None, description="Its year, as printed.")
    publisher: str | None = Field(default=None, description="Who published it.")
    link: str | None = Field(default=None, description="Its address elsewhere.")
    low: str | None = Field(default=None, description="An element's lowest level.")
    basic: str | None = Field(default=None, description="Its second level, in full.")
    moderate: str | None = Field(default=None, description="Its third level, in full.")
    high: str | None = Field(default=None, description="Its highest level, in full.")
    adds: list[str] | None = Field(default=None, description="What each of these levels adds to the one before, lowest first.")


class ExportedNode(guides.Node):
    """A part of a form, with its address; columns and rows are told by their labels."""

    url: str
    columns: tuple[playbook.Name, ...] = ()  # type: ignore[assignment]
    row_labels: tuple[playbook.Name, ...] = Field(default=(), description="Named rows of a table.")  # type: ignore[assignment]
    nodes: tuple[ExportedNode, ...] = ()


class ExportedForm(guides.Form):
    """A form as a tree, with its address."""

    url: str
    nodes: tuple[ExportedNode, ...]


class ExportedLink(BaseModel):
    """How one record bears on another."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str = Field(description="Made of its ends and its kind.")
    source: str = Field(alias="from", description="The record that bears on the other.")
    to: str = Field(description="The other.")
    kind: guides.LinkKind
    confidence: playbook.Confidence


class GuideExport(BaseModel):
    """The arrays that the guides add."""

    future_states: list[GuideRecord] = Field(description="How things are when a practice of domain 1 has taken hold.")
    strategies: list[GuideRecord] = Field(description="What to do toward a future state.")
    strategy_lead_ins: list[GuideRecord] = Field(description="The steps and groups that strategies are in.")
    future_state_questions: list[GuideRecord] = Field(description="Questions about a future state.")
    cycle_steps: list[GuideRecord] = Field(description="The steps of the improvement cycle.")
    coaching_items: list[GuideRecord] = Field(description="What a coach asks and does at each step (Tool B).")
    elements: list[GuideRecord] = Field(description="The elements of the LEA self-reflection, each at four levels (Tool C).")
    forms: list[ExportedForm] = Field(description="Forms to fill in (Tools A and D).")
    external_practices: list[GuideRecord] = Field(description="Turnaround practices as another organization names them.")
    external_strands: list[GuideRecord] = Field(description="That organization's strands of work.")
    external_services: list[GuideRecord] = Field(description="That organization's services.")
    coaching_sets: list[GuideRecord] = Field(description="What a coach prepares and asks at a step: the sets of coaching items.")
    passages: list[GuideRecord] = Field(description="The paragraphs, examples and notes of the guides that are in no other array.")
    references: list[GuideRecord] = Field(description="The works that the guides refer to.")
    links: list[ExportedLink] = Field(description="How records of different documents bear on each other, and how surely.")


def export(catalog: Catalog, routes: Routes) -> GuideExport:
    """All records of the guides that other programs may use."""
    found = catalog.companions
    states = [(section.cell, state) for section in found.sections for state in section.future_states]
    strategies = [pair for cell, state in states for pair in _strategies(routes, cell, state, state.strategies, None)]
    return GuideExport(
        future_states=[_record(routes, state, title=state.title, see=state.see, call=state.call, **_place(cell)) for cell, state in states],
        strategies=[record for strategy, record in strategies if not strategy.is_lead_in],
        strategy_lead_ins=[record for strategy, record in strategies if strategy.is_lead_in],
        future_state_questions=[_record(routes, q, future_state=state.id, **_place(cell)) for cell, state in states for q in state.questions],
        cycle_steps=[_step(routes, step) for step in found.cycle.steps],
        coaching_items=[
            _record(routes, item, kind=item.kind, part_of=item.part_of, steps=list(coached.steps), levels=list(item.levels))
            for coached in found.coaching.sets
            for item in coached.items
        ],
        elements=[_element(routes, element) for element in found.rubric.elements],
        forms=[ExportedForm.model_validate(_tree(routes, form), strict=False) for form in found.forms.values()],
        external_practices=_external(routes, found.external.practices),
        external_strands=_external(routes, found.external.strands),
        external_services=_external(routes, found.external.services),
        coaching_sets=[
            GuideRecord(id=coached.id, url=routes.address(coached.id), title=coached.title, steps=list(coached.steps))
            for coached in found.coaching.sets
        ],
        passages=list(_passages(catalog, routes)),
        references=[_reference(routes, record) for _, record in found.carriers() if isinstance(record, guides.Reference)],
        links=[
            ExportedLink(
                id=f"{link.source}:{link.kind.replace(' ', '-')}:{link.to}",
                source=link.source,
                to=link.to,
                kind=link.kind,
                confidence=link.confidence,
            )
            for link in found.all_links()
        ],
    )


def _place(cell: str) -> dict[str, str | None]:
    return {"cell": cell, "practice": ids.practice_of(cell), "level": ids.level_of(cell)}


def _record(routes: Routes, record: Cited, **fields: object) -> GuideRecord:
    """A record; one without an id of its own is given its public one."""
    said = list(record.said)
    words = {"text": " ".join(said) or None, "parts": said if len(said) > 1 else None, "sources": list(record.sources)}
    name = str(fields.get("id") or getattr(record, "id", ""))
    return GuideRecord.model_validate({"id": name, "url": routes.address(name), **words, **fields})


def _element(routes: Routes, record: guides.Element) -> GuideRecord:
    levels = dict(zip(guides.Additions.model_fields, record.levels, strict=True))
    return _record(routes, record, title=record.title, **levels, adds=list(record.adds.texts), **_place(record.cell))


def _external(routes: Routes, records: tuple[guides.ExternalPractice, ...]) -> list[GuideRecord]:
    return [_record(routes, record, title=record.title, steps=[rated.step for rated in record.steps] or None) for record in records]


def _strategies(
    routes: Routes, cell: str, state: guides.FutureState, strategies: tuple[guides.Strategy, ...], around: str | None
) -> Iterator[tuple[guides.Strategy, GuideRecord]]:
    for strategy in strategies:
        kind = ids.strategy_kind(strategy.id) if strategy.is_lead_in else None
        yield strategy, _record(routes, strategy, future_state=state.id, part_of=around, kind=kind, **_place(cell))
        yield from _strategies(routes, cell, state, strategy.strategies, strategy.id)


def _tree(routes: Routes, part: guides.Form | guides.Node) -> dict[str, object]:
    """A form or a part of one, and what stands in it, each with its address."""
    told: dict[str, object] = {"url": routes.address(part.id), "nodes": [_tree(routes, node) for node in part.nodes]}
    if isinstance(part, guides.Node):
        told |= {field: [line.label for line in lines] for field, lines in (("columns", part.columns), ("row_labels", part.row_labels))}
    return part.model_dump(by_alias=True) | told


def _passages(catalog: Catalog, routes: Routes) -> Iterator[GuideRecord]:
    """What a guide says between its questions, strategies and elements."""
    listed = {question.id for state in catalog.companions.future_states.values() for question in state.questions}
    for name, record in catalog.companions.carriers():
        if isinstance(record, guides.Passage) and name not in listed:
            cell = ids.cell_of(name)
            yield _record(routes, record, **(_place(cell) if cell in catalog.cells else {}))
        elif isinstance(record, guides.Example):
            yield _record(routes, record, title=record.title, columns=list(record.columns) or None, rows=[list(row) for row in record.rows] or None)
        elif isinstance(record, guides.DomainSummary | guides.StepTool):
            yield _record(routes, record, id=name)


def _reference(routes: Routes, record: guides.Reference) -> GuideRecord:
    fields = {"title": record.title, "authors": list(record.authors), "year": str(record.year), "publisher": record.publisher, "link": record.url}
    return _record(routes, record, **fields)


def _step(routes: Routes, step: guides.Step) -> GuideRecord:
    letters = [TOOLS[tool.tool][0].removeprefix("Tool ") for tool in step.tools]
    own = {"id": step.id, "url": routes.address(step.id), "title": step.title, "number": step.number, "tools": letters}
    return GuideRecord.model_validate(_record(routes, step.purpose).model_dump(by_alias=True) | own)
