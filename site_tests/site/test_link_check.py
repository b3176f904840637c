"""Links inside the site: what is broken is told at the line that made it, and the last good site stays."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.problems import as_text
from generator.site import link_check, offline
from generator.site.link_check import known_pages, page_links
from site_tests import ROOT
from site_tests.support.files import edit


def line_of(path: Path, words: str) -> int:
    """The line of a file on which these words stand first."""
    return next(number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if words in line)


def told(site: Path, edition: Edition, *, by_files: bool = False) -> list[str]:
    return list(map(as_text, sorted(link_check.problems(site, site.parent, edition, by_files=by_files))))


# ---- Mistakes of those who write ----


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.usefixtures("same_handouts")
def test_each_mistake_is_told_at_the_line_that_made_it(project: Path, engine: str) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    edit(project / "content/home.md", ("in plain words", '<a href="how-to-use/#prnt">How to use this site</a>'))
    edit(project / "content/how-to-use.md", ("## In a hurry", '<a href="../pratices/">a page</a>\n\n## In a hurry'))
    edit(project / "theme/pages/cell.md.jinja", ("{{ practice.near(", '<a href="#handout">Handouts of this page</a>\n\n{{ practice.near('))
    edit(project / "data/guides/root-cause.yml", ("file: fishbone.svg", "file: fish.svg"))
    edit(project / "data/resources.yml", ("    url: http://", "    url: https://engagement-playbook.example/gone/ #"))
    (project / "theme" / "assets" / "unlisted.svg").write_text("<svg/>")
    picture = line_of(project / "data/guides/root-cause.yml", "fish.svg")
    template = line_of(project / "theme/pages/cell.md.jinja", "#handout")
    result = CliRunner().invoke(main, ["build", "--root", str(project), "--engine", engine])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "content/home.md:3:71: error[dead-anchor] /: 'How to use this site' leads to 'how-to-use/#prnt', and that page has no '#prnt'",
        "    hint: did you mean 'print'?",
        "content/how-to-use.md:3:10: error[dead-link] /how-to-use/: 'a page' leads to 'pratices/', which is not there",
        "    hint: did you mean 'practices/'?",
        f"data/guides/root-cause.yml:{picture}:13: error[dead-link] /forms/fishbone/: "
        "'A fishbone. Its head, on the right, is the problem. Six bo …' leads to 'assets/fish.svg', which is not there",
        "    hint: did you mean 'assets/fishbone.svg'?",
        "data/resources.yml:7:10: error[dead-link] /links/: 'https://engagement-playbook.example/gone/' leads to 'gone/', which is not there "
        "(and 1 more like it)",
        "    hint: write the address of a page or file of the site, or take the link away",
        "theme/assets/fishbone.svg:1:1: error[unused-file] assets/fishbone.svg: no page, style or search entry leads to this file",
        "    hint: link it where it belongs, or remove it",
        "theme/assets/unlisted.svg:1:1: error[unused-file] assets/unlisted.svg: no page, style or search entry leads to this file",
        "    hint: link it where it belongs, or remove it",
        f"theme/pages/cell.md.jinja:{template}:10: error[dead-anchor] /practices/1a/district/: 'Handouts of this page' leads to "
        "'practices/1a/district/#handout', and that page has no '#handout' (and 35 more like it)",
        "    hint: did you mean 'handouts'?",
        "7 problems",
    ]
    assert (project / "site" / "index.html").read_text() == "the last good site"


# ---- A finished site that somebody changed ----


END = "</article>"


@dataclass(frozen=True)
class Change:
    """An edit of one file of the site, whose new words stand on a line of their own, and what is told of it."""

    new: str
    message: str
    file: str = "about/index.html"
    old: str = END
    at: str = "site/{file}:{line}:1"


def record(words: str, file: str, column: int) -> str:
    """The place of a record, as it is told."""
    return f"{file}:{line_of(ROOT / file, words)}:{column}"


CELL = "practices/1a/school/index.html"
MARKS = "theme/assets/base/marks.css"

CHANGES = {
    "a page that is not there": Change(
        '<a href="../covrage/">Go</a>',
        "dead-link] /about/: 'Go' leads to 'covrage/', which is not there\n    hint: did you mean 'coverage/'?",
    ),
    "a page without the last '/'": Change(
        '<a href="../glossary">Go</a>',
        "dead-link] /about/: 'Go' leads to 'glossary', which is not there\n    hint: did you mean 'glossary/'?",
    ),
    "an anchor that is not there": Change(
        '<a href="#introduction-99">Go</a>',
        "dead-anchor] /about/: 'Go' leads to 'about/#introduction-99', and that page has no '#introduction-99'\n"
        "    hint: did you mean 'introduction-8'?",
    ),
    "a download that is not there": Change(
        '<a href="../handouts/1a-schol.pdf" download>Get</a>',
        "dead-link] /about/: 'Get' leads to 'handouts/1a-schol.pdf', which is not there\n    hint: did you mean 'handouts/1a-school.pdf'?",
    ),
    "one of several pictures": Change(
        '<img alt="Card" src="../assets/card.png" srcset="../assets/card.png 1x, ../assets/card2.png 2x">',
        "dead-link] /about/: 'Card' leads to 'assets/card2.png', which is not there\n    hint: did you mean 'assets/card.png'?",
    ),
    "a drawing in the page": Change(
        '<svg><use href="#a-fish"></use></svg>',
        "dead-anchor] /about/: '<use>' leads to 'about/#a-fish', and that page has no '#a-fish'\n"
        "    hint: look at the page for the anchors that it has",
    ),
    "a page that sends on": Change(
        '<meta http-equiv="refresh" content="0; url=../matix/">',
        "dead-link] /about/: '<meta>' leads to 'matix/', which is not there\n    hint: did you mean 'matrix/'?",
    ),
    "a form": Change(
        '<form action="../serch/"></form>',
        "dead-link] /about/: '<form>' leads to 'serch/', which is not there\n    hint: did you mean 'search/'?",
    ),
    "the site's own address": Change(
        '<a href="https://engagement-playbook.example/habts/">Go</a>',
        "dead-link] /about/: 'Go' leads to 'habts/', which is not there\n    hint: did you mean 'habits/'?",
    ),
    "a way out of the site": Change(
        '<a href="../../secret.txt">Go</a>',
        "leaving-link] /about/: 'Go' leads out of the site: '../../secret.txt'\n    hint: take a '../' away",
    ),
    "a way from the server's root": Change(
        '<a href="/coverage/">Go</a>',
        "rooted-link] /about/: 'Go' begins at the server's root: '/coverage/'\n"
        "    hint: write it from its page on, as in '../tools/': the site may lie in a folder",
    ),
    "a file of this machine": Change(
        '<a href="file:///home/me/notes.txt">Go</a>',
        "machine-link] /about/: 'Go' leads to this machine: 'file:///home/me/notes.txt'\n    hint: write the address that it has on the site",
    ),
    "a server on this machine": Change(
        '<a href="http://localhost:8000/about/">Go</a>',
        "machine-link] /about/: 'Go' leads to this machine: 'http://localhost:8000/about/'\n    hint: write the address that it has on the site",
    ),
    "an anchor used twice": Change(
        '<p id="introduction-1"></p>',
        "anchor-used-twice] /about/: 2 things of the page have the anchor '#introduction-1'\n    hint: give one of them another id",
        at=record("- id: introduction.1", "data/introduction.yml", 5),
    ),
    "a link in an item": Change(
        'href="../9z/"',
        "dead-link] /practices/1a/school/: 'Copy the link to this touch point' leads to 'practices/1a/9z/', which is not there\n"
        "    hint: did you mean 'practices/1a/'?",
        CELL,
        'href="#participation-1"',
        record("id: 1a.school.participation.1", "data/practices/1a.yml", 11),
    ),
    "an item without its anchor": Change(
        'id="question-one"',
        "dead-anchor] /browse/: 'What goals has your school set for its turnaround?' leads to 'practices/1a/school/#q1', "
        "and that page has no '#q1' (and 5 more like it)\n    hint: look at the page for the anchors that it has",
        CELL,
        'id="q1"',
        record("id: 1a.school.q1", "data/practices/1a.yml", 9),
    ),
    "a picture of a style": Change(
        'url("marks/togther.svg")',
        "dead-link] assets/playbook.css: 'url()' leads to 'assets/marks/togther.svg', which is not there\n"
        "    hint: did you mean 'assets/marks/together.svg'?",
        "assets/playbook.css",
        'url("marks/together.svg")',
        record("together.svg", MARKS, 1),
    ),
    "the site map": Change(
        "example/tols/<",
        "dead-link] sitemap.xml: '<loc>' leads to 'tols/', which is not there\n    hint: did you mean 'tools/'?",
        "sitemap.xml",
        "example/tools/<",
    ),
    "a search entry": Change(
        '"url":"tools/your-brnd/"',
        "dead-link] assets/search-entries.js: 'Your Brand' leads to 'tools/your-brnd/', which is not there\n"
        "    hint: did you mean 'tools/your-brand/'?",
        "assets/search-entries.js",
        '"url":"tools/your-brand/"',
    ),
    "a page without the policy": Change(
        '<meta name="policy"',
        "policy-missing] /coverage/: the page does not have the content security policy of mkdocs.yml\n"
        '    hint: a page gets it in its head: <meta http-equiv="Content-Security-Policy" content="{{ config.extra.policy }}">',
        "coverage/index.html",
        '<meta http-equiv="Content-Security-Policy"',
        "theme/overrides/main.html:1:1",
    ),
    "an address in the data": Change(
        '"url": "practices/1a/school/#q77"',
        "dead-anchor] data/playbook.json: '1a.school.q1' leads to 'practices/1a/school/#q77', and that page has no '#q77'\n"
        "    hint: look at the page for the anchors that it has",
        "data/playbook.json",
        '"url": "practices/1a/school/#q1"',
        "site/{file}:1:1",
    ),
}
"""What is done to a finished site, and what is told of it."""


@pytest.fixture(scope="module")
def spoiled(site: Path, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A finished site with all of these changes, and a script that is gone; and what is told of them in one run."""
    copy = tmp_path_factory.mktemp("spoiled") / "site"
    shutil.copytree(site.parent / "theme", copy.parent / "theme")
    shutil.copytree(site, copy, copy_function=os.link)
    for change in CHANGES.values():
        path = copy / change.file
        text = path.read_text(encoding="utf-8")
        assert change.old in text, change
        path.unlink()
        new = f"{change.new}\n{change.old}" if change.old == END else change.new
        path.write_text(text.replace(change.old, new, 1), encoding="utf-8")
    (copy / "assets" / "base" / "files.js").unlink()
    return copy, told(copy, edition)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_wrong_is_told_at_its_line(spoiled: tuple[Path, list[str]], change: Change) -> None:
    copy, found = spoiled
    at = change.at.format(file=change.file, line=line_of(copy / change.file, change.new))
    assert f"{at}: error[{change.message}" in found


def test_a_missing_file_is_told_once_for_all_pages(spoiled: tuple[Path, list[str]]) -> None:
    (message,) = (message for message in spoiled[1] if "files.js" in message)
    line = line_of(ROOT / "theme" / "pages" / "_session.jinja", "files.js")
    assert message.startswith(
        f"theme/pages/_session.jinja:{line}:36: error[dead-link] /browse/: '<script>' leads to 'assets/base/files.js', which is not there"
    )
    assert re.search(r"\(and [0-9]{2} more like it\)\n    hint: did you mean 'assets/browse/filter.js'\?$", message)


def test_nothing_else_is_told(spoiled: tuple[Path, list[str]]) -> None:
    assert len(spoiled[1]) == len(CHANGES) + 1


@pytest.mark.parametrize("engine_site", ["site", "zensical_site"])
def test_every_link_inside_the_site_leads_somewhere(engine_site: str, edition: Edition, request: pytest.FixtureRequest) -> None:
    found: Path = request.getfixturevalue(engine_site)
    assert told(found, edition) == []
    assert told(found.parent / offline.FOLDER, edition, by_files=True) == []


def test_without_a_server_no_link_may_lead_to_a_folder(site: Path, edition: Edition) -> None:
    found = told(site, edition, by_files=True)
    assert len(found) > 100
    assert all("error[folder-link]" in message for message in found)


# ---- Pages that are as they were ----


@pytest.fixture
def pair(tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[bytes]]:
    """A site of two pages, the second of which links to a place on the first; and the pages that are parsed from now on."""
    head = f'<html><head><meta http-equiv="Content-Security-Policy" content="{edition.settings.policy}"></head><body>'
    for name, body in (("one", '<p id="place">Here.</p>'), ("two", '<p>First line.</p>\n<a href="../one/#place">To the place</a>')):
        (tmp_path / "site" / name).mkdir(parents=True)
        (tmp_path / "site" / name / "index.html").write_text(f"{head}{body}</body></html>", encoding="utf-8")
    parsed: list[bytes] = []
    page = page_links.page

    def counted(content: bytes) -> page_links.Page:
        parsed.append(content)
        return page(content)

    monkeypatch.setattr(page_links, "page", counted)
    return tmp_path / "site", parsed


def test_a_page_that_is_as_it_was_is_not_parsed_again(pair: tuple[Path, list[bytes]], edition: Edition) -> None:
    site, parsed = pair
    assert told(site, edition) == []
    assert len(parsed) == 2
    assert told(site, edition) == []
    assert len(parsed) == 2


def test_a_link_of_a_page_that_is_as_it_was_is_followed_again(pair: tuple[Path, list[bytes]], edition: Edition) -> None:
    site, parsed = pair
    told(site, edition)
    one = site / "one" / "index.html"
    one.write_text(one.read_text(encoding="utf-8").replace("place", "places"), encoding="utf-8")
    (message,) = told(site, edition)
    assert message.startswith("site/two/index.html:2:1: error[dead-anchor] /two/: 'To the place' leads to 'one/#place'")
    assert len(parsed) == 3


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"reader": "other", "pages": {}}', '{"reader": 1}'])
def test_what_is_kept_of_pages_may_be_damaged(pair: tuple[Path, list[bytes]], edition: Edition, kept: str) -> None:
    site, parsed = pair
    told(site, edition)
    (site.parent / "build" / known_pages.FILE).write_text(kept, encoding="utf-8")
    assert told(site, edition) == []
    assert len(parsed) == 4
