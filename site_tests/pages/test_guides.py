"""The companion guides are whole, joined to the practices, and readable as guides."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.guide_index import nodes
from generator.checks import readability
from generator.checks.checked_edition import Edition
from generator.exports import playbook_json
from generator.model import guides, ids
from site_tests.support.nonempty import nonempty


@pytest.fixture(scope="module")
def exported(edition: Edition) -> dict[str, Any]:
    """playbook.json as a program reads it."""
    found: dict[str, Any] = json.loads(playbook_json.as_json(playbook_json.as_value(playbook_json.export(edition.catalog, edition.routes))))
    return found


@pytest.mark.parametrize(
    ("array", "number"),
    [
        ("future_states", 33),
        ("strategies", 204),
        ("strategy_lead_ins", 10),
        ("future_state_questions", 136),
        ("cycle_steps", 7),
        ("coaching_items", 115),
        ("elements", 37),
        ("forms", 4),
        ("external_practices", 4),
        ("external_strands", 4),
        ("external_services", 5),
    ],
)
def test_the_guides_are_whole(exported: dict[str, Any], array: str, number: int) -> None:
    assert len(exported[array]) == number


def test_future_states_stand_where_the_source_has_them(edition: Edition) -> None:
    counts = {section.cell: len(section.future_states) for section in edition.catalog.companions.sections}
    assert counts == {"1a.school": 7, "1a.district": 4, "1b.school": 5, "1b.district": 4, "1c.school": 8, "1c.district": 5}
    pointers = [state for state in edition.catalog.companions.future_states.values() if state.see]
    assert len(pointers) == 5
    assert not any(state.strategies or state.questions for state in pointers)


def test_survey_numbers_stand_only_where_the_source_implies_them(edition: Edition) -> None:
    numbers = {state.call for state in edition.catalog.companions.future_states.values() if state.call}
    assert numbers == {"1.1.50", "1.2.30", "1.3.53"}


def test_strategies_keep_their_nesting(exported: dict[str, Any]) -> None:
    assert Counter(record["kind"] for record in exported["strategy_lead_ins"]) == {"step": 3, "group": 7}


def test_coaching_items_keep_their_kinds_and_nesting(edition: Edition) -> None:
    items = edition.catalog.companions.coaching_items.values()
    kinds = Counter(item.kind for item in items)
    assert kinds["question"] + kinds["prompt"] == 104
    assert kinds["directive"] == 8
    assert kinds["lead-in"] == 3
    assert sum(item.part_of is not None for item in items) == 18


def test_each_level_of_the_self_reflection_adds_to_the_one_before(edition: Edition) -> None:
    elements = edition.catalog.companions.rubric.elements
    assert len({text for element in elements for text in element.levels}) == 148
    for element in nonempty(elements):
        low, *added = element.adds.texts
        assert element.levels[0] == low
        for lower, higher, adds in nonempty(zip(element.levels, element.levels[1:], added, strict=False)):
            assert higher == f"{lower} {adds}", element.id


def test_what_a_level_adds_is_clear_by_itself(edition: Edition) -> None:
    texts = [text for element in edition.catalog.companions.rubric.elements for text in element.adds.texts]
    assert len(set(texts)) == 148
    assert not [text for text in texts if re.match(r"(And|It|Its|They|Their|This|That|These|Those|Such)\b", text)]


def test_the_self_reflection_shows_what_each_level_adds_and_each_level_in_full(site: Path, edition: Edition) -> None:
    page = HTMLParser((site / "self-reflection/lea/index.html").read_text(encoding="utf-8"))
    for element in nonempty(edition.catalog.companions.rubric.elements):
        (shown,) = page.css(f"[data-element='{element.id}']")
        low, *added = element.adds.texts
        words = [" ".join(label.text().split()) for label in shown.css(".pb-levels label")]
        titles = [level.title for level in edition.catalog.companions.rubric.levels]
        assert words == [f"{title} {text}" for title, text in zip(titles, (low, *(f"Also: {text}" for text in added)), strict=True)]
        assert [full.text().strip() for full in shown.css("details dd")] == list(element.levels)


def test_the_planning_template_has_every_table_and_repeat(edition: Edition) -> None:
    form = edition.catalog.companions.forms["planning-template"]
    by_id = {node.id.removeprefix("planning-template."): node for node in nodes(form.nodes)}
    glance = [node for name, node in by_id.items() if name.startswith("glance.")]
    assert [node.kind for node in glance] == ["field"] * 15
    checklists = [node for name, node in by_id.items() if name.startswith("needs.elements.") and node.kind == "checklist"]
    assert len(checklists) == 12
    repeats = Counter((node.unit, node.times) for node in by_id.values() if node.kind == "repeat")
    assert repeats[("goal", 4)] == 1
    assert repeats[("priority", 4)] == 3
    assert repeats[("strategy", 2)] == 3
    site = {node.label for node in by_id.values() if node.origin == "site"}
    assert any("practice" in label.lower() for label in site)
    assert any("month" in label.lower() for label in site)
    actions = next(node for node in by_id.values() if node.unit == "action")
    assert actions.rows == 4
    assert len(actions.columns) == 6


def test_every_item_of_the_guides_is_carried_or_left_out(exported: dict[str, Any]) -> None:
    lost = [item["id"] for item in exported["companion_items"] if not item["carried_by"] and not item["left_out"]]
    assert not lost


def test_every_link_says_how_sure_it_is_and_leads_somewhere(edition: Edition) -> None:
    kinds = set()
    for link in nonempty(edition.catalog.companions.all_links()):
        assert {link.source, link.to} <= edition.catalog.known_ids, link
        kinds.add(link.kind)
    assert kinds == {"restates", "same question", "measures", "supports", "example of", "see also"}


def test_practices_of_domain_1_lead_to_their_future_states_and_back(site: Path, edition: Edition) -> None:
    for section in nonempty(edition.catalog.companions.sections):
        cell = HTMLParser((site / edition.routes.page(section.cell) / "index.html").read_text(encoding="utf-8"))
        guide = HTMLParser((site / f"leadership/{section.cell.replace('.', '/')}" / "index.html").read_text(encoding="utf-8"))
        ways = [node.attributes["href"] or "" for node in cell.css("article a[href]")]
        for state in nonempty(section.future_states):
            assert any(way.endswith(f"leadership/{section.cell.replace('.', '/')}/#{state.id.rpartition('.')[2]}") for way in ways), state.id
        assert any((node.attributes["href"] or "").endswith(edition.routes.page(section.cell)) for node in guide.css("article a[href]"))


def test_a_district_page_shows_its_elements_and_steps(site: Path) -> None:
    page = HTMLParser((site / "practices/1b/district/index.html").read_text(encoding="utf-8"))
    ways = [node.attributes["href"] or "" for node in page.css("article a[href]")]
    assert sum("self-reflection/lea/#1b" in way for way in ways) == 3
    assert any("cycle/assess-needs/" in way for way in ways)
    assert any("coaching/?level=district#assess-needs" in way for way in ways)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("practices/1b/district", "Question 1: playbook, 1B at the school level (same words)"),
        ("practices/1a/district", "1B at the school level: A plan that is monitored and adjusted, question 3 (a likely match)"),
        ("practices/1a/school", "Set the direction (a sure match)"),
        ("practices/2a/state", "1A at the state level (a sure match)"),
        ("leadership/1a/school", "Also asked: playbook, 1C at the school level (a possible match)"),
    ],
)
def test_a_link_between_documents_says_how_sure_it_is(site: Path, page: str, words: str) -> None:
    article = HTMLParser((site / page / "index.html").read_text(encoding="utf-8")).css_first("article")
    assert article is not None
    assert words in " ".join(article.text().split())


def test_the_cycle_is_a_list_in_order(site: Path, edition: Edition) -> None:
    page = HTMLParser((site / "cycle/index.html").read_text(encoding="utf-8"))
    titles = [node.text().strip() for node in page.css("ol.pb-cycle > li > a")]
    assert titles == [f"{step.number} {step.title}" if step.number else step.title for step in edition.catalog.companions.cycle.steps]
    assert titles[0] == "1 Set the direction"
    assert len(titles) == 7


def test_a_step_begins_with_what_to_do_first_who_and_how_long(site: Path, edition: Edition) -> None:
    for step in nonempty(edition.catalog.companions.cycle.steps):
        page = HTMLParser((site / f"cycle/{step.id}/index.html").read_text(encoding="utf-8"))
        heads = [node.text().strip() for node in page.css("article h2")]
        assert heads[0].startswith("Start here"), step.id
        told = [" ".join(node.text().split()) for node in page.css(".pb-start > div")]
        for words, head, passage in nonempty(zip(told, ("First", "Who", "Time"), (step.first, step.who, step.time), strict=True)):
            assert words.startswith(f"{head} {passage.said[0]}"), (step.id, head)


def test_a_school_with_a_direction_begins_with_the_six_questions(site: Path, edition: Edition) -> None:
    first = edition.catalog.companions.steps["set-the-direction"].first
    assert sum(text.endswith("?") for text in first.said) == 6
    page = HTMLParser((site / "cycle/index.html").read_text(encoding="utf-8"))
    assert page.css_first(f"#begin ~ p a[href$='{edition.routes.link('cycle', first.id)}']") is not None


def test_the_step_on_direction_leads_to_the_section_with_the_vision_and_the_goals(edition: Edition) -> None:
    companions = edition.catalog.companions
    (use,) = [use for use in companions.steps["set-the-direction"].tools if use.tool == "planning-template"]
    (section,) = [node for node in companions.forms["planning-template"].nodes if f"section “{node.label}”" in " ".join(use.said)]
    assert {"Vision", "Mission", "Goal"} <= {node.label for node in section.nodes}


def test_every_step_leads_on_and_the_last_one_to_the_plan_of_the_coming_year(site: Path, edition: Edition) -> None:
    order = [step.id for step in edition.catalog.companions.cycle.steps]
    for step, following in nonempty(zip(order, [*order[1:], "create-a-plan"], strict=True)):
        page = HTMLParser((site / f"cycle/{step}/index.html").read_text(encoding="utf-8"))
        (link,) = page.css("article a[rel=next]")
        assert (link.attributes["href"] or "").endswith(f"{following}/"), step
    page = HTMLParser((site / "cycle/tell-the-story/index.html").read_text(encoding="utf-8"))
    assert page.css_first("#next ~ ul #p1") is not None


def test_the_self_reflection_says_that_it_is_no_needs_assessment(site: Path) -> None:
    page = HTMLParser((site / "self-reflection/lea/index.html").read_text(encoding="utf-8"))
    assert "It is not a needs assessment." in page.text()


def test_the_licence_of_the_cycle_guide_is_credited_on_its_pages(site: Path) -> None:
    for page in ("cycle", "cycle/assess-needs", "coaching", "self-reflection/lea", "forms/planning-template", "forms/fishbone"):
        assert "CC BY 4.0" in (site / page / "index.html").read_text(encoding="utf-8"), page


def test_guides_read_plainly(edition: Edition) -> None:
    texts = [said for name, record in edition.catalog.companions.carriers() for said in record.said if not isinstance(record, guides.Reference)]
    texts += [text for element in edition.catalog.companions.rubric.elements for text in element.levels]
    hard = {text: grade for text in texts if (grade := readability.grade(text)) > 13}
    assert not hard


def test_a_leadership_page_begins_with_the_practice_and_names_its_future_states(site: Path, edition: Edition) -> None:
    for section in nonempty(edition.catalog.companions.sections):
        page = HTMLParser((site / edition.routes.page(ids.section_id(section.cell)) / "index.html").read_text(encoding="utf-8"))
        heads = [node.text().strip() for node in page.css("article h2")]
        names = [state.title for state in section.future_states]
        assert heads[: len(names) + 2] == ["What this practice is", "What it looks like when it works", *names]
        assert len(set(names)) == len(names)
        assert any((node.attributes["href"] or "").endswith("forms/planning-template/") for node in page.css("p.pb-how a"))


def test_what_the_leadership_guide_prints_twice_is_shown_once_with_a_note(site: Path, edition: Edition) -> None:
    repeated = set()
    for section in nonempty(edition.catalog.companions.sections):
        page = HTMLParser((site / edition.routes.page(ids.section_id(section.cell)) / "index.html").read_text(encoding="utf-8"))
        for state in section.future_states:
            for record in (state, *state.all_strategies()):
                (node,) = page.css(f'div[data-item="{record.id}"], li#{edition.routes.anchor(record.id)}')
                if record.said[0] not in node.text():
                    assert "Note: " in node.text(), record.id
                    repeated.add(record.id)
    assert repeated == {"1a.school.f2.s14", "1a.school.f2.s15", "1b.school.f2"}


def test_questions_that_two_documents_ask_are_linked_both_ways(site: Path, edition: Edition) -> None:
    pages: dict[str, HTMLParser] = {}
    for link in edition.catalog.companions.links:
        if link.kind == "same question":
            for one, other in ((link.source, link.to), (link.to, link.source)):
                page = edition.routes.page(one)
                found = pages.setdefault(page, HTMLParser((site / page / "index.html").read_text(encoding="utf-8")))
                way = edition.routes.link(page, other)
                assert any(node.attributes["href"] == way for node in found.css("article a[href]")), (one, other)
