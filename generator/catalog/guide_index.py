"""The companion guides as an index: every record with its id, and what follows from where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model import guides, ids
from generator.model.playbook import Cited


@dataclass(frozen=True)
class Companions:
    """The guides; each collection is in the order of the files."""

    leadership_introduction: tuple[guides.Passage, ...]
    sections: tuple[guides.LeadershipSection, ...]
    cycle: guides.Cycle
    coaching: guides.Coaching
    rubric: guides.Rubric
    forms: Mapping[str, guides.Form]
    external: guides.ExternalPractices
    links: tuple[guides.Link, ...]
    no_twins: tuple[guides.NoTwin, ...]

    @cached_property
    def steps(self) -> Mapping[str, guides.Step]:
        return {step.id: step for step in self.cycle.steps}

    @cached_property
    def future_states(self) -> Mapping[str, guides.FutureState]:
        return {state.id: state for section in self.sections for state in section.future_states}

    @cached_property
    def coaching_items(self) -> Mapping[str, guides.CoachingItem]:
        return {item.id: item for coached in self.coaching.sets for item in coached.items}

    @cached_property
    def elements(self) -> Mapping[str, guides.Element]:
        return {element.id: element for element in self.rubric.elements}

    @cached_property
    def sections_of(self) -> Mapping[str, guides.LeadershipSection]:
        """A cell's id to its section of the leadership guide."""
        return {section.cell: section for section in self.sections}

    @cached_property
    def elements_of(self) -> Mapping[str, tuple[guides.Element, ...]]:
        """A cell's id to the elements of the self-reflection that measure it."""
        found: dict[str, list[guides.Element]] = defaultdict(list)
        for element in self.rubric.elements:
            found[element.cell].append(element)
        return {cell: tuple(elements) for cell, elements in found.items()}

    @cached_property
    def sets_of(self) -> Mapping[str, guides.CoachingSet]:
        """A step's id to its coaching questions."""
        return {step: coached for coached in self.coaching.sets for step in coached.steps}

    def carriers(self) -> Iterator[tuple[str, Cited]]:
        """Each record that may carry items of a source, with its public id."""
        for part in (self._leadership(), self._cycle(), self._tools(), self._external()):
            for record in part:
                yield record.id, record
        for step in self.cycle.steps:
            for tool in step.tools:
                yield ids.step_tool_id(step.id, tool.tool), tool

    def _leadership(self) -> Iterator[guides.Identified]:
        yield from self.leadership_introduction
        for section in self.sections:
            yield from (*section.description, section.example)
            for state in section.future_states:
                yield from (state, *state.all_strategies(), *state.questions)

    def _cycle(self) -> Iterator[guides.Identified]:
        yield from self.cycle.introduction
        for step in self.cycle.steps:
            yield from (*step.passages, *step.examples)
        yield from (*self.cycle.conclusion, *self.cycle.references)

    def _tools(self) -> Iterator[guides.Identified]:
        yield from self.coaching.introduction
        for coached in self.coaching.sets:
            yield from (*coached.preparation, *coached.items)
        yield from (*self.rubric.introduction, *self.rubric.elements, *self.rubric.summaries, self.rubric.closing)
        for form in self.forms.values():
            yield from (form, *nodes(form.nodes))

    def _external(self) -> Iterator[guides.Identified]:
        page = self.external
        yield from (*page.introduction, *page.practices, *page.strands, *page.services, *page.research, *page.references)

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """Every id of a guide that an erratum or a link may name."""
        sets = (coached.id for coached in self.coaching.sets)
        return frozenset((*self.steps, *sets, self.rubric.id, *(name for name, _ in self.carriers())))

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The ids of the practices, strands and services of the turnaround practices page, which begin with no word of their own."""
        return frozenset(record.id for record in (*self.external.practices, *self.external.strands, *self.external.services))

    def all_links(self) -> Iterator[guides.Link]:
        """The links of the crosswalk, and those that follow from where a record stands."""
        yield from self.links
        for element in self.rubric.elements:
            yield guides.Link(source=element.id, to=element.cell, kind="measures", confidence="high")
        for section in self.sections:
            for state in section.future_states:
                yield guides.Link(source=state.id, to=section.cell, kind="supports", confidence="high")
        for practice in self.external.practices:
            for rated in practice.practices:
                yield guides.Link(source=practice.id, to=rated.practice, kind="supports", confidence=rated.confidence)
        for step in self.cycle.steps:
            for example in step.examples:
                for name in example.practices:
                    yield guides.Link(source=example.id, to=name, kind="example of", confidence="high")

    @cached_property
    def _links_to(self) -> Mapping[str, tuple[guides.Link, ...]]:
        found: dict[str, list[guides.Link]] = defaultdict(list)
        for link in self.all_links():
            found[link.to].append(link)
        return {to: tuple(links) for to, links in found.items()}

    def links_of(self, cell: str) -> tuple[guides.Link, ...]:
        """The links that lead to a cell, then those to its practice."""
        return (*self._links_to.get(cell, ()), *self._links_to.get(ids.practice_of(cell), ()))


def nodes(tree: tuple[guides.Node, ...]) -> Iterator[guides.Node]:
    """Every node of a form, outer ones first."""
    for node in tree:
        yield node
        yield from nodes(node.nodes)
