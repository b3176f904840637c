"""`playbook serve` in a real browser: a saved change shows itself on the open page; a mistake is told and the page stays."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.output import folders
from generator.site import engine
from generator.site.preview_server import Preview
from site_tests import ROOT
from site_tests.support.chromium import WIDE, free_port
from site_tests.support.files import edit
from site_tests.support.project import copy_project, stock

WAIT = 120_000
"""Milliseconds that a loaded machine may take; nothing here is timed."""


@dataclass(frozen=True)
class Served:
    """A project that is being served, and where its words go."""

    root: Path
    address: str
    log: Path

    def change(self, name: str, old: str, new: str) -> None:
        edit(self.root / name, (old, new))

    def told(self, words: str) -> str:
        """The server's words, once they hold `words`."""
        for _ in range(WAIT // 200):
            if words in (text := self.log.read_text(encoding="utf-8")):
                return text
            time.sleep(0.2)
        pytest.fail(f"not told: {words}\n{text}")


@pytest.fixture(scope="module")
def served(small_edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    root = stock(copy_project(folder / "project", small_edition), small_edition)
    project = Served(root, f"http://127.0.0.1:{(port := free_port())}/", folder / "log.txt")
    command = [sys.executable, "-m", "generator", "serve", "--root", str(project.root), "--port", str(port)]
    with (
        project.log.open("w", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        project.told("serving on")
        yield project
        process.terminate()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(f"{served.address}practices/1a/school/")
    yield page
    context.close()


def test_a_changed_sentence_shows_itself_on_the_open_page(served: Served, page: Page) -> None:
    served.change("data/practices/1a.yml", "What does success mean to you", "What would success look like to you")
    expect(page.get_by_text("What would success look like to you").first).to_be_visible(timeout=WAIT)


def test_a_changed_style_shows_itself(served: Served, page: Page) -> None:
    (served.root / "theme" / "assets" / "base" / "type.css").write_text(".md-typeset h1 { letter-spacing: 7px !important }", encoding="utf-8")
    expect(page.locator("h1").first).to_have_css("letter-spacing", "7px", timeout=WAIT)


def test_after_changes_the_preview_is_what_a_whole_build_gives(served: Served, page: Page, tmp_path: Path) -> None:
    served.change("data/practices/1a.yml", "aliases:\n", "aliases:\n  - a name on trial\n")
    served.change("content/about.md", "joins two frameworks", "joins these two frameworks")
    page.goto(f"{served.address}about/")
    expect(page.get_by_text("joins these two frameworks").first).to_be_visible(timeout=WAIT)
    whole = engine.Live(served.root, served.address)
    with folders.alone(served.root / "build", lambda: None):
        whole.build(tmp_path, only_changed=False)
        shown = served.root / "build" / "preview"
        pages = [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*.html"))]
        assert len(pages) > 50
        assert [path for path in pages if (shown / path).read_bytes() != (tmp_path / path).read_bytes()] == []


def test_a_change_of_what_all_pages_share_shows_itself(served: Served, page: Page) -> None:
    served.change("mkdocs.yml", "\n  name: Engagement Playbook\n", "\n  name: Engagement Playbook on trial\n")
    expect(page.get_by_text("on trial").first).to_be_visible(timeout=WAIT)


def test_a_mistake_is_told_and_the_page_stays(served: Served, page: Page) -> None:
    served.change("data/practices/1a.yml", "title:", "titel:")
    assert "data/practices/1a.yml:" in served.told("unknown-field")
    page.reload()
    expect(page.locator("h1").first).to_be_visible()
    served.change("data/practices/1a.yml", "titel:", "title:")


def test_a_template_that_is_wrong_is_told_and_the_next_change_is_shown(served: Served, page: Page) -> None:
    served.change("theme/pages/cell.md.jinja", "{{ practice.tools(cell) }}", "## Said {{ nowhere }}\n\n{{ practice.tools(cell) }}")
    assert "theme/pages/cell.md.jinja:" in served.told("'nowhere' is undefined")
    served.change("theme/pages/cell.md.jinja", "Said {{ nowhere }}", "Said once more")
    expect(page.get_by_role("heading", name="Said once more")).to_be_visible(timeout=WAIT)


def test_a_dead_link_is_told_and_the_page_is_shown(served: Served, page: Page) -> None:
    served.change("content/about.md", "This site is an independent", "See [there](#nowhere). This site is an independent")
    assert "content/about.md:" in served.told("dead-anchor")


def test_an_address_without_a_page_shows_the_sites_own_page(served: Served, page: Page) -> None:
    answer = page.goto(f"{served.address}nowhere/")
    assert answer
    assert answer.status == 404
    expect(page.locator("main h1")).to_have_text("There is no page here")


def test_an_open_page_asks_for_news_once(browser: Browser, tmp_path: Path) -> None:
    shown = tmp_path / "index.html"
    shown.write_text("<!doctype html><title>A page</title><body>Old words</body>", encoding="utf-8")

    def come_late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with Preview(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with page.expect_request(f"**/.reload/{server.number}.js"):
            page.goto(server.address)
        shown.write_text("<!doctype html><title>A page</title><body>New words</body>", encoding="utf-8")
        # While the new page is long in coming, the old one must not ask again and again.
        page.route(server.address, come_late)
        with page.expect_request(f"**/.reload/{server.number + 1}.js"):
            server.show()
        expect(page.locator("body")).to_contain_text("New words")
        assert asked.count(server.address) == 2
        assert asked.count(f"{server.address}.reload/{server.number - 1}.js") == 1
        server.shutdown()
    page.close()


def test_a_port_that_is_taken_is_told_with_another(served: Served) -> None:
    port = served.address.split(":")[2].strip("/")
    command = [sys.executable, "-m", "generator", "serve", "--root", str(served.root), "--port", port]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f"cannot serve on port {port}" in result.stderr
    assert f"--port {int(port) + 1}" in result.stderr
