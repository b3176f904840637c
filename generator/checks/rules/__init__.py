"""What the data means across files: each rule is a function from the catalog to the problems it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.catalog.index import Catalog
from generator.checks.rules import guide_rules, identity, order, provenance, references, term_list, twins, wording
from generator.problems import Problem


@dataclass(frozen=True)
class Rule:
    """A rule and the files of data/ that must be whole before it can speak; a broken file would make it blame the innocent.

    `stubs_may_break` for what a record of 'playbook new' cannot keep until it is finished.
    """

    find: Callable[[Catalog], Iterator[Problem]]
    needs: tuple[str, ...] = ()
    stubs_may_break: bool = False


def _rule(find: Callable[[Catalog], Iterator[Problem]], *needs: str, stubs_may_break: bool = False) -> Rule:
    return Rule(find, needs, stubs_may_break)


FRAME: tuple[Rule, ...] = (
    _rule(identity.exchanged_cells, "playbook.yml"),
    _rule(identity.missing_cells, "playbook.yml"),
    _rule(identity.missing_columns, "playbook.yml"),
)
"""What must hold of a practice's file before anything else is asked of it: else one slip would break forty rules."""

RULES: tuple[Rule, ...] = (
    _rule(identity.ids_used_twice),
    _rule(identity.links_recorded_twice),
    _rule(identity.asked_twice),
    _rule(identity.misplaced_ids),
    _rule(identity.unknown_families, "practices/"),
    _rule(identity.empty_domains, "domains.yml", "practices/"),
    _rule(references.unknown_domains, "domains.yml"),
    _rule(references.unknown_levels, "playbook.yml"),
    _rule(references.unknown_columns, "playbook.yml"),
    _rule(references.unknown_tools, "tools.yml"),
    _rule(references.tools_used_twice),
    _rule(references.unused_tools, "practices/", stubs_may_break=True),
    _rule(references.unknown_parents),
    _rule(references.unknown_terms, "glossary.yml"),
    _rule(references.unknown_subjects, "tools.yml", "resources.yml", "domains.yml", "introduction.yml", "playbook.yml"),
    _rule(order.cells_out_of_order, "playbook.yml"),
    _rule(order.statements_out_of_order, "source-map/playbook.yml"),
    _rule(order.terms_out_of_order),
    _rule(provenance.unknown_items, "source-map/"),
    _rule(provenance.uncited),
    _rule(provenance.items_elsewhere, "source-map/playbook.yml"),
    _rule(provenance.usage_notes, "source-map/playbook.yml"),
    _rule(provenance.items_not_carried, "source-map/"),
    _rule(provenance.repeated_confidence, "playbook.yml", "source-map/playbook.yml"),
    _rule(guide_rules.guide_items_elsewhere),
    _rule(guide_rules.unknown_guide_references, "playbook.yml", "domains.yml", "practices/", "guides/cycle.yml"),
    _rule(guide_rules.unknown_link_ends, "practices/", "guides/"),
    _rule(guide_rules.words_that_drifted_apart),
    _rule(guide_rules.keys_used_twice),
    _rule(guide_rules.copied_titles, "practices/", "guides/cycle.yml"),
    _rule(guide_rules.unknown_sections, "guides/"),
    _rule(guide_rules.additions_that_repeat),
    _rule(guide_rules.ragged_tables),
    _rule(guide_rules.repeats_without_numbers),
    _rule(term_list.lost_terms, "term-list.yml", "source-map/", "practices/", "guides/", "introduction.yml", "domains.yml", "resources.yml"),
    _rule(term_list.avoided_words),
    _rule(twins.unlinked_twins, "practices/", "guides/", "crosswalk.yml", stubs_may_break=True),
    _rule(wording.unwritten, stubs_may_break=True),
    _rule(wording.repeated_texts),
    _rule(wording.questions_without_mark),
    _rule(wording.names_used_twice),
)


def frame(catalog: Catalog) -> tuple[Catalog, list[Problem]]:
    """The problems of the frame, and the catalog that knows that their files are not whole."""
    found: list[Problem] = []
    for rule in FRAME:
        if catalog.whole(*rule.needs):
            found += rule.find(catalog)
            catalog = catalog.less({problem.mark.file for problem in found})
    return catalog, found


def check(catalog: Catalog, *, with_stubs: bool = False) -> list[Problem]:
    """The problems of every rule whose files are whole; `with_stubs` where records of 'playbook new' may wait for their words."""
    catalog, found = frame(catalog)
    waiting = {problem.mark.file for problem in found}
    rules = (rule for rule in RULES if catalog.whole(*rule.needs) and not (with_stubs and rule.stubs_may_break))
    return [*found, *(problem for rule in rules for problem in rule.find(catalog) if problem.mark.file not in waiting)]
