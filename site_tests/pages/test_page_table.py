"""The table of pages: each row with one view and one template, and a new page in three files."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import jinja2
import pytest
from jinja2 import meta, nodes

from generator.catalog.handout_list import Shelf
from generator.catalog.page_table import ENTRIES, SITE_PAGES
from generator.catalog.site_page import SitePage
from generator.checks.checked_edition import Edition
from generator.pages import all_pages
from generator.pages.renderer import Writer
from generator.project import theme_files
from generator.views import page_views
from generator.views.page_views.page_context import FrameView
from site_tests import ROOT
from site_tests.support.project import copy_project

TEMPLATES = ROOT / "theme" / "pages"
each_row = pytest.mark.parametrize("row", SITE_PAGES, ids=lambda row: row.key)


def _view(row: SitePage) -> Any:
    module, _, name = row.view.partition(":")
    return getattr(importlib.import_module(f"{page_views.__name__}.{module}"), name)


def _fields(view: type) -> set[str]:
    return {field.name for field in dataclasses.fields(view)}


def _asked(template: str) -> set[str]:
    """The names that a template, and those that it names, take from outside: neither macros of theirs nor what they import."""
    jinja = jinja2.Environment(autoescape=True)
    jinja.filters |= dict.fromkeys(theme_files.FILTERS, str)
    tree = jinja.parse((TEMPLATES / template).read_text(encoding="utf-8"))
    own = {macro.name for macro in tree.find_all(nodes.Macro)} | {"part", *(found.target for found in tree.find_all(nodes.Import))}
    own |= {name if isinstance(name, str) else name[1] for found in tree.find_all(nodes.FromImport) for name in found.names}
    named = (name for name in meta.find_referenced_templates(tree) if name)
    return (meta.find_undeclared_variables(tree) - own).union(*(_asked(name) for name in named))


@each_row
def test_a_template_names_the_fields_of_its_view_and_those_of_the_frame(row: SitePage) -> None:
    frame, own = _fields(FrameView), _fields(_view(row))
    assert own & frame == set()
    assert _asked(f"{row.template}.md.jinja") - frame == own


@each_row
def test_a_view_is_a_frozen_value_with_types_and_names_its_template(row: SitePage) -> None:
    view = _view(row)
    assert view.__name__.endswith("View")
    assert view.__dataclass_params__.frozen
    assert view.__doc__.partition(":")[0] == f"{row.template}.md.jinja"
    assert "Any" not in str([field.type for field in dataclasses.fields(view)])


@each_row
def test_a_view_is_made_from_the_record_that_its_row_is_about(row: SitePage, edition: Edition) -> None:
    wanted = {name: kind for name, kind in get_type_hints(_view(row).of).items() if name not in ("here", "return")}
    if row.of_records:
        kinds = {type(page.subject.record) for page in edition.routes.pages if page.row is row}
        assert kinds <= {wanted["record"]}
    else:
        assert wanted == {}


def test_no_view_is_left_out() -> None:
    modules = [importlib.import_module(f"{page_views.__name__}.{path.stem}") for path in Path(inspect.getfile(page_views)).parent.glob("[a-z]*.py")]
    found = {name for module in modules for name, kind in vars(module).items() if name.endswith("View") and kind.__module__ == module.__name__}
    assert found == {_view(row).__name__ for row in SITE_PAGES} | {"FrameView"}


def test_every_page_is_rendered_where_a_name_that_its_view_lacks_is_an_error(edition: Edition) -> None:
    writer = Writer(ROOT, edition, Shelf(edition.catalog))
    assert writer.environment.undefined is jinja2.StrictUndefined
    assert [page.address for page in all_pages.pages(writer, 0, ())] == [page.address for page in edition.routes.pages]


def test_each_entry_of_the_menu_opens_the_page_of_its_name() -> None:
    rows = {row.key: row for row in SITE_PAGES}
    assert [rows[entry].entry for entry in ENTRIES] == list(ENTRIES)
    assert {row.entry for row in SITE_PAGES} == {*ENTRIES, ""}


def test_each_page_but_the_first_the_search_and_those_that_are_gone_is_in_the_menu(edition: Edition) -> None:
    outside = [page.row.key for page in edition.routes.pages if not page.under and page.id not in ENTRIES]
    assert outside == ["home", "search"]


@pytest.mark.parametrize("row", [row for row in SITE_PAGES if row.edited], ids=lambda row: row.key)
def test_the_file_that_a_row_says_is_edited_exists(row: SitePage) -> None:
    assert (ROOT / row.edited).is_file()


ROW = """    SitePage(
        key="first-steps",
        address="first-steps/",
        title="First steps",
        description="Where {tools} tools begin.",
        template="first-steps",
        view="front_pages:FirstStepsView",
        entry="about",
        search=SearchWords("Where to begin."),
    ),
    # ---- In no menu ----
"""
VIEW = '''

@dataclass(frozen=True)
class FirstStepsView:
    """first-steps.md.jinja"""

    tools: int

    @classmethod
    def of(cls, here: PageContext) -> FirstStepsView:
        return cls(len(here.catalog.tools))
'''
TEMPLATE = "{% extends '_page.jinja' %}\n{% block body %}\n# First steps\n\nOne of {{ tools }} tools.\n{% endblock %}\n"
LOOK = """
import pathlib
from generator.checks.checked_edition import check
from generator.site import build, engine
from site_tests.support.layouts import LAYOUTS
found = check(pathlib.Path())
tree = build.documents(pathlib.Path(), found, {})
page = tree.files[pathlib.PurePosixPath("first-steps/index.md")].decode()
entries = tree.files[pathlib.PurePosixPath("assets/search-entries.js")].decode()
print("One of 21 tools." in page, 'description: "Where 21 tools begin."' in page, '"title":"First steps"' in entries)
print(engine.navigation(found.routes)[-1]["About"][-1], LAYOUTS["first-steps"], found.routes.address("first-steps"))
"""


def test_a_new_page_is_a_row_a_view_and_a_template(tmp_path: Path) -> None:
    """In three files; the check asks for its address in the list of addresses, which every edition keeps."""
    project = copy_project(tmp_path / "project")
    for package in ("generator", "site_tests"):
        shutil.copytree(ROOT / package, project / package, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    table, views = project / "generator/catalog/page_table.py", project / "generator/views/page_views/front_pages.py"
    text = table.read_text(encoding="utf-8")
    assert text.count("    # ---- In no menu ----\n") == 1
    table.write_text(text.replace("    # ---- In no menu ----\n", ROW), encoding="utf-8")
    views.write_text(views.read_text(encoding="utf-8") + VIEW, encoding="utf-8")
    (project / "theme/pages/first-steps.md.jinja").write_text(TEMPLATE, encoding="utf-8")
    touched = {str(path.relative_to(project)) for path in project.rglob("*") if path.is_file() and before.get(path) != path.read_bytes()}
    assert touched == {"generator/catalog/page_table.py", "generator/views/page_views/front_pages.py", "theme/pages/first-steps.md.jinja"}

    def run(*command: str) -> str:
        there = {**os.environ, "PYTHONPATH": str(project)}
        return subprocess.run([sys.executable, *command], cwd=project, env=there, capture_output=True, text=True, check=False).stdout

    assert "error[address-missing]" in run("-m", "generator", "check")
    addresses = project / "data/permalinks.txt"
    addresses.write_text("".join(sorted([*addresses.read_text(encoding="utf-8").splitlines(keepends=True), "first-steps/\n"])), encoding="utf-8")
    assert run("-c", LOOK).splitlines() == ["True True True", "{'First steps': 'first-steps/index.md'} first-steps/ first-steps/"]
