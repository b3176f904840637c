"""Hostile text in every text field of the data comes out as text: in both sites, in a real Chromium, on paper, in files for other programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pypdf
import pytest
from lxml import etree
from openpyxl import load_workbook
from playwright.sync_api import Browser, Dialog
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.catalog import load
from generator.catalog.handout_list import Shelf
from generator.checks import rules
from generator.checks.checked_edition import Edition, check
from generator.checks.rules import twins
from generator.handouts.builder import Press
from generator.project import yaml_reader
from generator.site import build
from site_tests.support import hostile_data
from site_tests.support.chromium import served
from site_tests.support.composing import address
from site_tests.support.handout_facts import bare
from site_tests.support.hostile_data import EVIL, MARK, Slot
from site_tests.support.nonempty import nonempty
from site_tests.support.project import silent

ENGINES = ("mkdocs", "zensical")
UNSEEN = {
    *("ColumnBasis.basis", "Difference.what", "Document.file", "Edition.subtitle", "ReadingGrade.of", "Step.printed"),
    # The list of terms and that of questions that are no twins are for the check alone.
    *("AvoidedWords.words", "AvoidedWords.instead", "KeptTerm.term", "KeptTerm.ours", "NoTwin.why"),
}
"""The fields whose hostile text no page and no file of the site shows."""
SHOWN = (
    *("", "browse/", "matrix/", "reflect/", "reflect/1a/school/", "team/", "practices/", "practices/1a/", "practices/1a/school/", "levels/school/"),
    *("habits/participation/", "tools/", "tools/managing-or-engaging/", "questions/", "handouts/", "cycle/", "cycle/create-a-plan/", "coaching/"),
    *("forms/planning-template/", "forms/fishbone/", "forms/five-whys/", "forms/theory-of-action/", "self-reflection/lea/", "leadership/1a/school/"),
    *("turnaround-practices/", "resources/", "glossary/", "sources/", "coverage/", "links/", "data/", "whats-new/"),
    *("search/?q=evil", "search/?q=raw+hit+script"),
    address(("t", EVIL), ("e", "1a.school.q1~l~10~g4"), ("e", "1a.school.q2~l~10~g4")),
)
PLAIN = re.compile(r"[\w.#/-]*")
"""A name made of words, as anchors and fields have."""


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, Slot], Edition]:
    """The project with hostile text everywhere, and which mark stands where."""
    root, filled = hostile_data.make(tmp_path_factory.mktemp("hostile") / "project")
    with pytest.MonkeyPatch.context() as patch:
        # All of its questions are in the same words.
        patch.setattr(rules, "RULES", tuple(rule for rule in rules.RULES if rule.find is not twins.unlinked_twins))
        found = check(root)
    assert isinstance(found, Edition), found
    return root, filled, found


@pytest.fixture(scope="module")
def sites(spoiled: tuple[Path, dict[int, Slot], Edition], finished_handouts: Path) -> dict[str, Path]:
    """Its sites, with the handouts of the project as it is."""
    root, _, edition = spoiled
    clean = check(finished_handouts)
    assert isinstance(clean, Edition)
    stock = build.handouts(finished_handouts, clean, silent)
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "handouts", lambda *_: stock)
        for engine in ENGINES:
            assert build.build(root, edition, engine, lambda message: None, silent) == []  # type: ignore[arg-type]
            made[engine] = (root / "site").rename(root / engine)
    return made


@pytest.fixture(scope="module")
def papers(spoiled: tuple[Path, dict[int, Slot], Edition]) -> dict[str, Path]:
    """The first handout of each kind, in its formats."""
    root, _, edition = spoiled
    kinds = {handout.kind: handout for handout in reversed(list(Shelf(edition.catalog))) if not handout.parts and "overview" not in handout.id}
    names = {handout.file(form) for handout in kinds.values() for form in handout.formats}
    every = Press._sheets
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Press, "_sheets", lambda self: (job for job in every(self) if job.name in names))
        patch.setattr(Press, "_packets", lambda self, pool, finished: iter(()))
        stock = build.handouts(root, edition, silent)
    assert set(stock) == names
    return {name: made.path for name, made in stock.items()}


def texts_of(value: Any) -> Iterator[str]:
    """Each text in a JSON value, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value


def changed(text: str, evil: str = EVIL) -> Iterator[str]:
    """What follows a mark where it is not the hostile text as it was written, whole or cut at the end with '…'."""
    for found in MARK.finditer(text):
        rest = text[found.end() :]
        if rest.startswith((evil, "/?'data-evil=")):
            continue
        kept = re.split("…|$", rest, maxsplit=1)[0].rstrip()
        if not evil.startswith(kept):
            yield rest[: len(evil)]


def seen(texts: list[str]) -> set[int]:
    """The marks in some texts."""
    return {int(found[1]) for text in texts for found in MARK.finditer(text)}


# ---- The example is whole ----


def test_every_text_field_of_the_models_holds_hostile_text(spoiled: tuple[Path, dict[int, Slot], Edition]) -> None:
    """A new field is found by itself; where no record of the project has it, the example needs one."""
    walked: set[Any] = set()
    every = {field for shape in (*load.FILES.values(), *load.FOLDERS.values()) for field in hostile_data.text_fields(shape, walked)}
    covered = {(slot.owner, slot.name) for slot in spoiled[1].values()}
    either = {(owner, {"text": "parts", "parts": "text"}[name]) for owner, name in covered if name in ("text", "parts")}
    assert len(every) > 100
    assert every - covered - either == hostile_data.NAMING


def test_ten_thousand_letters_are_refused_in_every_text_field(spoiled: tuple[Path, dict[int, Slot], Edition]) -> None:
    for slot in nonempty(spoiled[1].values()):
        text = ("https://example.org/" if hostile_data.accepts(slot.kind, hostile_data.address(0)) else "") + "x" * 10_000
        assert not hostile_data.accepts(slot.kind, text), slot


def test_a_text_that_is_too_long_is_told_at_its_line(project: Path) -> None:
    path = project / "data" / "tools.yml"
    source, _ = yaml_reader.read("tools.yml", path.read_bytes())
    assert source
    source.value["tools"][0]["purpose"] = "x" * 10_000
    path.write_text(json.dumps(source.value, indent=1) + "\n", encoding="utf-8")
    found = check(project)
    assert not isinstance(found, Edition)
    (told,) = (problem for problem in found if problem.code == "text-too-long")
    assert (told.path, told.message) == ("tools[0].purpose", "the text has more than 1200 characters")


# ---- The sites ----


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_has_an_element_or_attribute_from_the_data(sites: dict[str, Path], engine: str) -> None:
    for path in nonempty(sorted(sites[engine].rglob("*.html"))):
        page = HTMLParser(path.read_text(encoding="utf-8"))
        assert [node.html for node in page.css("pb-evil, [data-evil], [onerror], .evil, script:not([src]), a[href^='javascript']")] == [], path
        assert [node.html for node in page.css("img[src=x]")] == [], path


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_show_the_text_as_it_was_written(sites: dict[str, Path], engine: str) -> None:
    wrong = {}
    for path in nonempty(sorted(sites[engine].rglob("*.html"))):
        tree = HTMLParser(path.read_text(encoding="utf-8"))
        assert tree.root
        texts = [
            tree.root.text(),
            *(unquote(value) for node in tree.css("*") for value in node.attributes.values() if value and not PLAIN.fullmatch(value)),
        ]
        if found := [rest for text in texts for rest in changed(text)]:
            wrong[path.relative_to(sites[engine]).as_posix()] = sorted(set(found))
    assert not wrong


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_of_it_runs_in_a_browser(sites: dict[str, Path], engine: str, browser: Browser) -> None:
    """One page of each layout, and what scripts make of it: results, items, forms. Nothing is asked of another host, no cookie is left."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []

    def shut(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", shut)
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    with served(sites[engine]) as root:
        for where in SHOWN:
            page.goto(root + where)
            made = page.evaluate('[typeof hit, document.querySelectorAll("pb-evil, [data-evil], [onerror], img[src=x], .evil").length]')
            assert (where, made, wrong) == (where, ["undefined", 0], [])
            texts = page.evaluate("[document.body.innerText, ...[...document.querySelectorAll('option, textarea')].map((one) => one.textContent)]")
            assert [rest for text in texts for rest in changed(re.sub(r"\s+", " ", text), re.sub(r"\s+", " ", EVIL))] == [], where
        assert seen([page.inner_text("body")]), "the last page shows a composed handout"
        assert [url for url in asked if not url.startswith((root, "data:", "blob:"))] == []
        assert context.cookies() == []
    context.close()


# ---- Files for other programs ----


def test_every_field_is_somewhere_and_nowhere_changed_in_files_for_programs(
    sites: dict[str, Path], spoiled: tuple[Path, dict[int, Slot], Edition]
) -> None:
    site, found = sites["mkdocs"], set()
    for path in nonempty(sorted(site.rglob("*"))):
        if path.suffix == ".json" and "schema" not in path.name:
            texts = list(texts_of(json.loads(path.read_text(encoding="utf-8"))))
        elif path.parent == site / "assets" and path.name in ("blanks.js", "items.js", "search-entries.js", "search-suggestions.js"):
            written = path.read_text(encoding="utf-8")
            texts = list(texts_of(json.loads(written[written.index("{") : written.rindex("}") + 1])))
        elif path.suffix == ".csv":
            cells = [cell for row in csv.reader(StringIO(path.read_text(encoding="utf-8-sig"))) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
            texts = [line if line[:2] != '["' else " ".join(texts_of(json.loads(line))) for cell in cells for line in cell.split("\n")]
        elif path.suffix == ".xml":
            tree = etree.parse(path)
            texts = list(tree.xpath("//text() | //@*"))
        elif path.suffix == ".html":
            tree = HTMLParser(path.read_text(encoding="utf-8"))
            found |= seen([tree.html or ""])
            continue
        else:
            continue
        assert [rest for text in texts if not PLAIN.fullmatch(text) for rest in changed(text)] == [], path
        found |= seen(texts)
    slots = spoiled[1]
    assert {f"{slots[number].owner}.{slots[number].name}" for number in set(slots) - found} == UNSEEN


# ---- Paper ----


def test_paper_shows_the_text_as_it_was_written(papers: dict[str, Path]) -> None:
    evil = bare(EVIL)
    shown: set[str] = set()
    for name, path in nonempty(papers.items()):
        if path.suffix == ".pdf":
            reader = pypdf.PdfReader(path)
            assert "/JS" not in str(reader.trailer["/Root"]), name
            text = "".join(page.extract_text() for page in reader.pages)
            hints = [str(field.get("/TU", "")) for field in (reader.get_fields() or {}).values()]
        elif path.suffix == ".docx":
            root = etree.fromstring(ZipFile(path).read("word/document.xml"))
            text = " ".join("".join(line.itertext()) for line in root.iter("{*}p"))
            hints = [value for node in root.iter("{*}alias") for value in node.attrib.values()]
        else:
            sheets = load_workbook(path).worksheets
            cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
            assert not [cell.coordinate for cell in cells if cell.data_type == "f"], name
            # The hidden sheet names sheets, and Excel cuts a sheet's name.
            shown_cells = [cell for sheet in sheets if sheet.sheet_state == "visible" for row in sheet.iter_rows() for cell in row]
            text, hints = " ".join(str(cell.value) for cell in shown_cells if cell.value is not None), []
        for said in (text, *hints):
            assert list(changed(bare(said), evil)) == [], name
        shown |= {path.suffix for _ in seen([bare(text)])}
    assert shown == {".pdf", ".docx", ".xlsx"}
