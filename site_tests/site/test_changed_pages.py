"""A site whose changed pages alone were rendered is, byte for byte, the one that the engine makes of everything."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.checks.checked_edition import Edition, check
from generator.output import folders
from generator.site import build, changed_pages, engine
from generator.site.changed_pages import ChangedPages
from site_tests.support.files import contents, edit
from site_tests.support.project import copy_project, silent, stock

DATE = "2026-01-01"
STATUS = """\
links:
- url: http://centeronschoolturnaround.org/wp-content/uploads/2017/02/CST_Four-Domains-Framework-Final.pdf
  checked: '2026-01-01'
  verdict: moved
  reason: moved for good
  moved_to: https://example.org/framework.pdf
"""


class Project:
    """A project, and what its builds leave, without handouts and links, which have tests of their own."""

    def __init__(self, root: Path, handouts: build.Stock) -> None:
        self.root, self.handouts = root, handouts
        self.made = root / "build" / "site"

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.root / file, (old, new))

    def prepare(self) -> ChangedPages:
        """Write build/docs as every build does."""
        found = check(self.root)
        assert isinstance(found, Edition), found
        build.prepare(self.root, found, self.handouts)
        return ChangedPages(self.root, DATE)

    def by_the_engine(self) -> dict[str, str]:
        """The whole site, which is in its place afterwards."""
        changed = ChangedPages(self.root, DATE)
        shutil.rmtree(self.made, ignore_errors=True)
        engine.run(self.root, "mkdocs", DATE)
        found = contents(self.made)
        folders.replace(self.made, self.root / "site")
        changed.keep()
        return found

    def in_part(self, changed: ChangedPages) -> dict[str, str] | None:
        """What of it is made when only the changed pages are rendered; None where that is left to the engine."""
        if not changed.render():
            assert not self.made.exists()
            return None
        found = contents(self.made)
        shutil.rmtree(self.made)
        return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, small_edition: Path) -> Project:
    root = stock(copy_project(tmp_path_factory.mktemp("changed") / "project", small_edition), small_edition)
    found = check(root)
    assert isinstance(found, Edition), found
    made = Project(root, build.handouts(root, found, silent))
    made.prepare()
    made.by_the_engine()
    return made


@pytest.mark.parametrize(
    ("file", "old", "new", "pages"),
    [
        ("data/practices/1a.yml", "Raise the questions that", "Ask the questions that", {"practices/1a/school/index.html"}),
        ("content/how-to-use.md", "Each page takes", "Every page takes", {"how-to-use/index.html"}),
        ("data/link-status.yml", "links: []\n", STATUS, {"links/index.html"}),
        ("theme/pages/cell.md.jinja", "{{ practice.tools(cell) }}", "New words.\n\n{{ practice.tools(cell) }}", {"practices/1a/school/index.html"}),
        ("theme/assets/base/colors.css", "\n", "\n:root { --pb-test: 1px }\n", {"assets/playbook.css"}),
        ("theme/print/print.css", "\n", "\n@page { margin: 0.6in }\n", {"assets/print.css"}),
    ],
    ids=["a sentence", "a hand-written page", "what is known of a link", "a template of pages", "a style", "the style of paper"],
)
def test_what_only_some_pages_show_is_rendered_there(project: Project, file: str, old: str, new: str, pages: set[str]) -> None:
    last = contents(project.root / "site")
    project.edit(file, old, new)
    in_part = project.in_part(project.prepare())
    assert in_part is not None
    assert contents(project.root / "site") == last
    assert in_part == project.by_the_engine()
    assert pages <= {name for name, content in in_part.items() if last[name] != content}


def add_a_page(project: Project) -> None:
    """A page that no menu names, as an address of a retired record is."""
    page = project.root / "build" / "docs" / "new" / "index.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: New\n---\n\n# New\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.edit("data/tools.yml", "title: Seeds of Trust", "title: Trust and its Seeds"),
        lambda project: project.edit("data/domains.yml", "title: Turnaround Leadership", "title: Leadership"),
        lambda project: project.edit("theme/overrides/main.html", "\n", "\n<!-- new -->\n"),
        lambda project: project.edit("mkdocs.yml", "An independent plain-language", "A plain-language"),
        lambda project: os.utime(project.root / "site" / "index.html"),
        lambda project: (project.root / "site" / "assets" / "playbook.css").unlink(),
        lambda project: (project.root / "build" / changed_pages.FILE).write_text('{"frame": 1}', encoding="utf-8"),
    ],
    ids=["a tool's name", "a title", "a template of the engine", "a setting", "a page that somebody touched", "a file goes", "a damaged record"],
)
def test_what_all_pages_may_show_is_left_to_the_engine(project: Project, change: Callable[[Project], object]) -> None:
    change(project)
    assert project.in_part(project.prepare()) is None
    project.by_the_engine()
    assert project.in_part(project.prepare()) == contents(project.root / "site")


def test_a_page_that_comes_or_goes_is_left_to_the_engine(project: Project) -> None:
    project.prepare()
    add_a_page(project)
    assert project.in_part(ChangedPages(project.root, DATE)) is None
    assert "new/index.html" in project.by_the_engine()
    assert project.in_part(project.prepare()) is None
    assert "new/index.html" not in project.by_the_engine()


def test_another_version_of_a_package_is_left_to_the_engine(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs-1.7.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert project.in_part(project.prepare()) is None


def test_what_fails_or_is_unknown_is_left_to_the_engine(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import mkdocs.commands.build

    def fail(*context: Any) -> Any:
        raise ValueError("a template cannot be rendered")

    project.edit("content/how-to-use.md", "page takes", "single page takes")
    changed = project.prepare()
    before = contents(project.root / "site")
    with monkeypatch.context() as patch:
        patch.setattr(mkdocs.commands.build, "get_context", fail)
        assert project.in_part(changed) is None
    with monkeypatch.context() as patch:
        patch.setattr(changed_pages, "ALONE", {"toc"})
        assert project.in_part(changed) is None
    assert contents(project.root / "site") == before
