"""Every public address is listed in data/permalinks.txt and stays: what goes is retired, and its old address still answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog.handout_list import Shelf
from generator.catalog.page_table import answering
from generator.catalog.routes import HANDOUTS
from generator.checks.checked_edition import Edition, check
from generator.model.history import Retired
from generator.site import build
from site_tests import ROOT
from site_tests.support.two_editions import copy_first_edition, lose, make_next_edition

GOLDEN = ROOT / "data" / "permalinks.txt"
LISTED = GOLDEN.read_text(encoding="utf-8").splitlines()


def public(root: Path, edition: Edition) -> set[str]:
    """Pages, anchors and files that others may link to."""
    files = {path.as_posix() for path in build.documents(root, edition, {}).files if path.suffix != ".md" and path.parts[0] != "assets"}
    handouts = {HANDOUTS + handout.file(form) for handout in Shelf(edition.catalog) for form in handout.formats}
    return {*edition.routes.addresses(), *files, *handouts}


def retired(edition: Edition) -> set[str]:
    """The addresses of what is retired; a page answers for all that was on it."""
    gone = {address for record in edition.catalog.retired.values() for address in record.addresses}
    return gone | {address for address in LISTED if address.partition("#")[0] in gone}


def test_the_list_is_sorted_and_says_nothing_twice() -> None:
    assert sorted(set(LISTED)) == LISTED


def test_every_public_address_is_listed(edition: Edition) -> None:
    new = sorted((public(ROOT, edition) | retired(edition)) - set(LISTED))
    assert not new, f"add these to {GOLDEN.name}, at their sorted places; from then on they stay:\n" + "\n".join(new)


def test_no_address_vanishes(edition: Edition) -> None:
    lost = sorted(set(LISTED) - public(ROOT, edition) - retired(edition))
    assert not lost, "bring these back, or list what stood there in data/retired.yml with these addresses:\n" + "\n".join(lost)


def test_an_address_leaves_the_pages_only_when_it_is_retired(tmp_path: Path) -> None:
    project = copy_first_edition(tmp_path / "project")
    make_next_edition(project)
    (project / "data" / "editions" / "0.2.0.yml").write_text("version: 0.2.0\ndate: 2027-02-01\nsummary: x\n", encoding="utf-8")
    listed = (project / "data" / "permalinks.txt").read_text(encoding="utf-8").splitlines()
    found = check(project)
    assert isinstance(found, Edition), found
    assert set(listed) - public(project, found) == {"practices/4a/school/#q2", "practices/4a/state/#q1"}
    lose(project)
    told = check(project)
    assert isinstance(told, list)
    (problem,) = told
    assert (problem.mark.file, problem.code) == ("data/permalinks.txt", "address-lost")
    assert listed[problem.mark.line - 1] == "practices/4b/school/#q2"


def test_a_page_that_vanishes_is_told_once_and_not_for_all_that_was_on_it(project: Path) -> None:
    path = project / "data" / "permalinks.txt"
    path.write_text(path.read_text(encoding="utf-8") + "forms/what-we-had/\nforms/what-we-had/#glance\n", encoding="utf-8")
    told = check(project)
    assert isinstance(told, list)
    assert [(problem.code, problem.message) for problem in told] == [("address-lost", "nothing is at 'forms/what-we-had/' anymore")]


@pytest.mark.parametrize("engine_site", ["site", "zensical_site"])
def test_every_listed_address_answers_on_the_built_site(engine_site: str, request: pytest.FixtureRequest, edition: Edition) -> None:
    site: Path = request.getfixturevalue(engine_site)
    anchors: dict[str, set[str]] = {}
    dead = []
    for address in LISTED:
        if (site / address).is_file():
            continue
        page, _, anchor = (address and answering(address)).partition("#")
        path = site / page / "index.html"
        if page not in anchors:
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            anchors[page] = {node.attributes["id"] or "" for node in HTMLParser(text).css("[id]")} if text else set()
        if not path.is_file() or (anchor and anchor not in anchors[page] and page not in retired(edition)):
            dead.append(address)
    assert not dead


def test_a_page_answers_for_all_that_was_on_it(edition: Edition) -> None:
    record = Retired(id="planning-template", addresses=("forms/planning-template/",), was="x", since="0.2.0", why="y")
    aged = replace(edition, catalog=replace(edition.catalog, retired={record.id: record}))
    assert "forms/planning-template/#glance" in retired(aged)


def test_an_address_that_is_not_listed_is_a_problem_with_the_line_to_add(project: Path) -> None:
    path = project / "data" / "permalinks.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("practices/1a/school/#q2\n", ""), encoding="utf-8")
    told = check(project)
    assert isinstance(told, list)
    (problem,) = told
    assert (problem.code, problem.hint) == ("address-missing", "add this line, at its place in the alphabet: practices/1a/school/#q2")
    assert text.splitlines()[problem.mark.line - 1] == "practices/1a/school/#q2"


def test_a_list_that_lost_its_lines_is_one_problem(project: Path) -> None:
    (project / "data" / "permalinks.txt").write_text("", encoding="utf-8")
    told = check(project)
    assert isinstance(told, list)
    assert [(problem.code, problem.mark.file) for problem in told] == [("addresses-missing", "data/permalinks.txt")]
