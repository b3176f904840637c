"""The companion guides in playbook.json: future states, strategies, cycle steps, coaching items, elements, forms, practices elsewhere, links."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.exports import record_shapes as shapes
from generator.exports.record_shapes import R, exported
from generator.model import guides, ids, playbook
from generator.model.playbook import Cited
from generator.views.guide_parts import TOOLS


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

    future_states: list[shapes.ExportedFutureState] = Field(description="How things are when a practice of domain 1 has taken hold.")
    strategies: list[shapes.ExportedStrategy] = Field(description="What to do toward a future state.")
    strategy_lead_ins: list[shapes.ExportedStrategyLeadIn] = Field(description="The steps and groups that strategies are in.")
    future_state_questions: list[shapes.ExportedStateQuestion] = Field(description="Questions about a future state.")
    cycle_steps: list[shapes.ExportedStep] = Field(description="The steps of the improvement cycle.")
    coaching_items: list[shapes.ExportedCoachingItem] = Field(description="What a coach asks and does at each step (Tool B).")
    elements: list[shapes.ExportedElement] = Field(description="The elements of the LEA self-reflection, each at four levels (Tool C).")
    forms: list[ExportedForm] = Field(description="Forms to fill in (Tools A and D).")
    external_practices: list[shapes.ExportedExternalPractice] = Field(description="Turnaround practices as another organization names them.")
    external_strands: list[shapes.ExportedExternalPractice] = Field(description="That organization's strands of work.")
    external_services: list[shapes.ExportedExternalPractice] = Field(description="That organization's services.")
    coaching_sets: list[shapes.ExportedCoachingSet] = Field(description="What a coach prepares and asks at a step: the sets of coaching items.")
    passages: list[shapes.ExportedPassage] = Field(description="The paragraphs, examples and notes of the guides that are in no other array.")
    references: list[shapes.ExportedReference] = Field(description="The works that the guides refer to.")
    links: list[ExportedLink] = Field(description="How records of different documents bear on each other, and how surely.")


def export(catalog: Catalog, routes: Routes) -> GuideExport:
    """All records of the guides that other programs may use."""
    found = catalog.companions
    states = [(section.cell, state) for section in found.sections for state in section.future_states]
    strategies = [record for cell, state in states for record in _strategies(routes, cell, state, state.strategies, None)]
    return GuideExport(
        future_states=[
            _record(shapes.ExportedFutureState, routes, state, title=state.title, see=state.see, call=state.call, **_place(cell))
            for cell, state in states
        ],
        strategies=[record for record in strategies if isinstance(record, shapes.ExportedStrategy)],
        strategy_lead_ins=[record for record in strategies if isinstance(record, shapes.ExportedStrategyLeadIn)],
        future_state_questions=[
            _record(shapes.ExportedStateQuestion, routes, q, future_state=state.id, **_place(cell)) for cell, state in states for q in state.questions
        ],
        cycle_steps=[_step(routes, step) for step in found.cycle.steps],
        coaching_items=[
            _record(
                shapes.ExportedCoachingItem, routes, item, kind=item.kind, part_of=item.part_of, steps=list(coached.steps), levels=list(item.levels)
            )
            for coached in found.coaching.sets
            for item in coached.items
        ],
        elements=[_element(routes, element) for element in found.rubric.elements],
        forms=[ExportedForm.model_validate(_tree(routes, form), strict=False) for form in found.forms.values()],
        external_practices=_external(routes, found.external.practices),
        external_strands=_external(routes, found.external.strands),
        external_services=_external(routes, found.external.services),
        coaching_sets=[
            exported(shapes.ExportedCoachingSet, coached.id, routes.address(coached.id), title=coached.title, sources=[], steps=list(coached.steps))
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


def _record(shape: type[R], routes: Routes, record: Cited, **fields: object) -> R:
    """A record; one without an id of its own is given its public one."""
    said = list(record.said)
    words = {"text": " ".join(said) or None, "parts": said if len(said) > 1 else None, "sources": list(record.sources)}
    name = str(fields.pop("id", "") or getattr(record, "id", ""))
    return exported(shape, name, routes.address(name), **(words | fields))


def _element(routes: Routes, record: guides.Element) -> shapes.ExportedElement:
    levels = dict(zip(guides.Additions.model_fields, record.levels, strict=True))
    return _record(shapes.ExportedElement, routes, record, title=record.title, **levels, adds=list(record.adds.texts), **_place(record.cell))


def _external(routes: Routes, records: tuple[guides.ExternalPractice, ...]) -> list[shapes.ExportedExternalPractice]:
    return [
        _record(shapes.ExportedExternalPractice, routes, record, title=record.title, steps=[rated.step for rated in record.steps] or None)
        for record in records
    ]


def _strategies(
    routes: Routes, cell: str, state: guides.FutureState, strategies: tuple[guides.Strategy, ...], around: str | None
) -> Iterator[shapes.ExportedStrategy | shapes.ExportedStrategyLeadIn]:
    """What to do toward a future state, and the lead-ins, in the order of the guide."""
    for strategy in strategies:
        where = {"future_state": state.id, "part_of": around, **_place(cell)}
        if strategy.is_lead_in:
            yield _record(shapes.ExportedStrategyLeadIn, routes, strategy, kind=ids.strategy_kind(strategy.id), **where)
        else:
            yield _record(shapes.ExportedStrategy, routes, strategy, **where)
        yield from _strategies(routes, cell, state, strategy.strategies, strategy.id)


def _tree(routes: Routes, part: guides.Form | guides.Node) -> dict[str, object]:
    """A form or a part of one, and what stands in it, each with its address."""
    told: dict[str, object] = {"url": routes.address(part.id), "nodes": [_tree(routes, node) for node in part.nodes]}
    if isinstance(part, guides.Node):
        told |= {field: [line.label for line in lines] for field, lines in (("columns", part.columns), ("row_labels", part.row_labels))}
    return part.model_dump(by_alias=True) | told


def _passages(catalog: Catalog, routes: Routes) -> Iterator[shapes.ExportedPassage]:
    """What a guide says between its questions, strategies and elements."""
    listed = {question.id for state in catalog.companions.future_states.values() for question in state.questions}
    for name, record in catalog.companions.carriers():
        if isinstance(record, guides.Passage) and name not in listed:
            cell = ids.cell_of(name)
            yield _record(shapes.ExportedPassage, routes, record, **(_place(cell) if cell in catalog.cells else {}))
        elif isinstance(record, guides.Example):
            yield _record(
                shapes.ExportedPassage,
                routes,
                record,
                title=record.title,
                columns=list(record.columns) or None,
                rows=[list(row) for row in record.rows] or None,
            )
        elif isinstance(record, guides.DomainSummary | guides.StepTool):
            yield _record(shapes.ExportedPassage, routes, record, id=name)


def _reference(routes: Routes, record: guides.Reference) -> shapes.ExportedReference:
    fields = {"title": record.title, "authors": list(record.authors), "year": str(record.year), "publisher": record.publisher, "link": record.url}
    return _record(shapes.ExportedReference, routes, record, **fields)


def _step(routes: Routes, step: guides.Step) -> shapes.ExportedStep:
    letters = [TOOLS[tool.tool][0].removeprefix("Tool ") for tool in step.tools]
    return _record(shapes.ExportedStep, routes, step.purpose, id=step.id, title=step.title, number=step.number, tools=letters)
