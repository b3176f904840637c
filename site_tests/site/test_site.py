"""The built tree: whole, linked, the same from both engines, the same twice, and never half-written."""

from __future__ import annotations

import errno
import gzip
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.output import folders
from generator.site import engine
from site_tests.support.nonempty import nonempty

MOST_BYTES = 250_000


def _pages(site: Path) -> dict[str, HTMLParser]:
    """Each page's address to its parsed HTML."""
    return {
        path.relative_to(site).parent.as_posix().removeprefix(".") + "/": HTMLParser(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("index.html"))
    }


def _anchors(page: HTMLParser) -> set[str]:
    return {node.attributes["id"] or "" for node in page.css("[id]")}


def test_every_address_has_a_page(site: Path, edition: Edition) -> None:
    pages = {address.lstrip("/") for address in _pages(site)}
    assert pages == {address.partition("#")[0] for address in edition.routes.addresses()}


def test_every_statement_has_its_anchor_and_its_page_number(site: Path, edition: Edition) -> None:
    pages = _pages(site)
    for cell in nonempty(edition.catalog.cells.values()):
        page = pages[edition.routes.page(cell.id)]
        for _, statement in nonempty(cell.statements()):
            item = page.css_first(f"#{edition.routes.anchor(statement.id)}")
            assert item is not None, statement.id
            for said in nonempty(statement.said):
                assert said in item.text(), statement.id
            for number in nonempty(edition.catalog.pages(statement)):
                assert re.search(rf"Page [\d, ]*\b{number}\b", item.text()), statement.id


def test_every_page_says_that_nobody_endorsed_it(site: Path) -> None:
    for address, page in nonempty(_pages(site).items()):
        foot = page.css_first(".md-footer")
        assert foot is not None, address
        assert "independent plain-language edition" in foot.text()
        assert "Nobody has endorsed it" in foot.text()


@pytest.mark.parametrize("engine_site", ["site", "zensical_site"])
def test_every_page_forbids_scripts_in_the_page_and_has_none(engine_site: str, request: pytest.FixtureRequest) -> None:
    found: Path = request.getfixturevalue(engine_site)
    pages = _pages(found) | {"404": HTMLParser((found / "404.html").read_text(encoding="utf-8"))}
    for address, page in nonempty(pages.items()):
        node = page.css_first("meta[http-equiv=Content-Security-Policy]")
        assert node is not None, address
        policy = dict(part.split(maxsplit=1) for part in (node.attributes["content"] or "").split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert [script.html for script in page.css("script:not([src])")] == [], address
        assert [style.html for style in page.css("style, [style]")] == [], address
        handlers = [name for node in page.css("*") for name in node.attributes if name.startswith("on")]
        assert handlers == [], address


def test_a_page_is_light(site: Path) -> None:
    """Everything that a page loads at first, compressed as a server would."""
    heavy = {}
    for address, page in _pages(site).items():
        here = site / address.lstrip("/")
        ways = [node.attributes.get("src") or node.attributes.get("href") or "" for node in page.css("script[src], link[rel=stylesheet]")]
        files = [here / "index.html", *((here / way).resolve() for way in ways)]
        size = sum(len(gzip.compress(file.read_bytes())) for file in files)
        if size > MOST_BYTES:
            heavy[address] = size
    assert not heavy


def test_both_engines_make_the_same_pages_and_anchors(site: Path, zensical_site: Path) -> None:
    ours, theirs = _pages(site), _pages(zensical_site)
    assert list(ours) == list(theirs)
    for address, page in nonempty(ours.items()):
        made = {anchor for anchor in _anchors(page) if not anchor.startswith("__")}
        also = {anchor for anchor in _anchors(theirs[address]) if not anchor.startswith("__")}
        assert made == also, address
        title, other = page.css_first("h1"), theirs[address].css_first("h1")
        assert title is not None
        assert other is not None
        assert title.text() == other.text()


def test_only_what_changed_is_written_again(small_project: Path) -> None:
    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for folder in ("build/docs", "site") for path in (small_project / folder).rglob("*") if path.is_file()}

    assert CliRunner().invoke(main, ["build", "--root", str(small_project)]).exit_code == 0
    before = files()
    path = small_project / "data" / "practices" / "1a.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Raise the questions that", "Ask the questions that"), encoding="utf-8")
    assert CliRunner().invoke(main, ["build", "--root", str(small_project)]).exit_code == 0
    changed = {file.relative_to(small_project).as_posix() for file, time in files().items() if before.get(file) != time}
    here = {
        f"{folder}/practices/1a/{file}" for folder, name in (("build/docs", "index.md"), ("site", "index.html")) for file in (name, f"school/{name}")
    }
    assert here <= changed
    assert "build/docs/practices/1a/state/index.md" not in changed
    assert "site/practices/1a/state/index.html" not in changed


def test_a_failing_engine_leaves_the_last_site(small_project: Path) -> None:
    assert CliRunner().invoke(main, ["build", "--root", str(small_project)]).exit_code == 0
    before = (small_project / "site" / "index.html").read_bytes()
    base = small_project / "theme" / "overrides" / "main.html"
    line = base.read_text(encoding="utf-8").count("\n") + 1
    base.write_text(f"{base.read_text(encoding='utf-8')}{{% block footer %}}{{{{ nowhere.at.all }}}}{{% endblock %}}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--root", str(small_project)])
    assert result.exit_code == 1
    assert f"theme/overrides/main.html:{line}: 'nowhere' is undefined\nsite/ is as it was" in result.output
    assert "Traceback" not in result.output
    assert (small_project / "site" / "index.html").read_bytes() == before


def test_a_warning_of_the_engine_fails_the_build(small_project: Path) -> None:
    settings = small_project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nextra_templates: [nowhere.html]\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--root", str(small_project)])
    assert result.exit_code == 1
    assert "nowhere.html" in result.output


def test_a_full_disk_leaves_no_half_written_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.md"
    folders.write(path, b"the last good page")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        folders.write(path, b"a new page")
    assert path.read_bytes() == b"the last good page"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_and_leaves_the_last_site(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_project / "site").mkdir()
    (small_project / "site" / "index.html").write_text("the last good site")

    def full(path: Path, content: bytes) -> bool:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(folders, "write", full)
    result = CliRunner().invoke(main, ["build", "--root", str(small_project)])
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert "make room" in result.output
    assert (small_project / "site" / "index.html").read_text() == "the last good site"


def test_a_site_that_cannot_be_put_in_place_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, site = tmp_path / "new", tmp_path / "site"
    new.mkdir()
    site.mkdir()
    (site / "index.html").write_text("last")
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self == new:
            raise OSError(errno.EACCES, "not now")
        return rename(self, target)

    monkeypatch.setattr(folders, "_swap", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OSError, match="not now"):
        folders.replace(new, site)
    assert (site / "index.html").read_text() == "last"


def test_a_run_that_was_killed_between_two_renames_is_mended(tmp_path: Path) -> None:
    before = tmp_path / ".site-before"
    before.mkdir()
    (before / "index.html").write_text("last")
    assert folders.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "last"


def test_two_owners_of_one_path_are_refused() -> None:
    tree = folders.Tree()
    tree.add("a.md", "one")
    with pytest.raises(folders.ConflictError, match=r"a\.md"):
        tree.add("a.md", "two")


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    one, other = folders.Tree(), folders.Tree()
    one.add("sheet.pdf", "a file")
    one.add("guide/index.md", "a page in a folder")
    other.add("sheet.pdf/index.md", "why it is gone")
    other.add("guide", "a file")
    for tree in (one, other, one):
        tree.write(tmp_path)
        assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {str(path) for path in tree.files}


@pytest.mark.usefixtures("same_handouts")
def test_text_with_markup_is_shown_as_it_is(project: Path) -> None:
    hostile = "<script>alert(1)</script> [x](http://evil) **no** {{ 7*7 }} & {: #id } " + "x" * 80
    path = project / "data" / "practices" / "1a.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("title: Prioritize improvement", f"title: '{hostile}", 1).replace("its urgency\n", "its urgency'\n", 1), encoding="utf-8"
    )
    # The planning template offers the practices by their titles.
    form = project / "data" / "guides" / "planning-template.yml"
    text = form.read_text(encoding="utf-8")
    form.write_text(
        text.replace("hint: Prioritize improvement", f"hint: '{hostile}", 1).replace("its urgency\n", "its urgency'\n", 1), encoding="utf-8"
    )
    path = project / "data" / "practices" / "2b.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "text: >-" in line) + 1
    # The term of its source has to stay.
    lines[at] = " " * (len(lines[at]) - len(lines[at].lstrip())) + hostile + " opportunity"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--root", str(project)])
    assert result.exit_code == 0, result.output
    for page in ("practices/1a", "practices/2b", "practices", "search"):
        assert "<script>alert" not in (project / "site" / page / "index.html").read_text(encoding="utf-8"), page
    heading = HTMLParser((project / "site" / "practices/1a/index.html").read_text(encoding="utf-8")).css_first("h1")
    assert heading is not None
    assert hostile in heading.text()
    assert hostile in HTMLParser((project / "site" / "practices/2b/index.html").read_text(encoding="utf-8")).text()


def test_the_site_map_has_the_day_of_the_edition(site: Path, edition: Edition) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<lastmod>{edition.catalog.edition.date}</lastmod>" in text


def test_the_menu_holds_every_page_but_search(edition: Edition) -> None:
    listed: list[str] = []

    def visit(node: object) -> None:
        if isinstance(node, str):
            listed.append(node)
        elif isinstance(node, list):
            for child in node:
                visit(child)
        elif isinstance(node, dict):
            for child in node.values():
                visit(child)

    visit(engine.navigation(edition.routes))
    files = {f"{address.partition('#')[0]}index.md" for address in edition.routes.addresses()}
    assert sorted(listed) == sorted(files - {"search/index.md"})
