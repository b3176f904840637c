"""The edition: data/ and content/ read and checked, all that a build needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalog import load
from generator.catalog.index import Catalog
from generator.catalog.page_table import TEMPLATES
from generator.catalog.routes import Routes, pairs
from generator.checks import changed_ids, citation_file, prose_pages, retired_ids, rules
from generator.checks.prose_pages import Prose
from generator.model import ids
from generator.problems import Problem
from generator.project import project_files, settings, theme_files
from generator.project.settings import Settings


@dataclass(frozen=True)
class Edition:
    """Checked data: all that a build needs."""

    catalog: Catalog
    routes: Routes
    prose: dict[str, Prose]
    settings: Settings


def check(root: Path, *, with_stubs: bool = False) -> Edition | list[Problem]:
    """Read data/, content/ and the settings, and find every problem; the edition when there is none. `with_stubs`: see rules.check."""
    if missing := project_files.missing_folders(root):
        return missing
    loaded = load.load(root)
    prose, found = prose_pages.read(root)
    set_so, wrong = settings.read(root)
    listed, unlisted = load.permalinks(root)
    problems = [*loaded.problems, *found, *wrong, *unlisted, *theme_files.problems(root, TEMPLATES)]
    if loaded.catalog is None:
        return problems
    routes = Routes(loaded.catalog)
    problems += rules.check(loaded.catalog, with_stubs=with_stubs)
    problems += _shared(loaded.catalog, routes)
    catalog, _ = rules.frame(loaded.catalog)
    problems += [*prose_pages.unknown_links(prose, catalog, routes), *prose_pages.avoided_words(prose, catalog), *_unknown_pages(catalog, routes)]
    problems += citation_file.problems(root, loaded.catalog.edition, set_so)
    problems = changed_ids.without_consequences(loaded.catalog, routes, listed, problems)
    problems = problems or list(retired_ids.problems(loaded.catalog, routes, listed, with_stubs=with_stubs))
    return problems or Edition(loaded.catalog, routes, prose, set_so)


def _shared(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    """No two records of different kinds share an id or an address; an overview stands on its practice's page."""
    records = {name: record for record in catalog.records if isinstance(name := getattr(record, "id", None), str)}
    addresses: dict[str, str] = {}
    owners: dict[str, str] = {}
    told: set[str] = set()
    for name, address in pairs(catalog, routes.pages):
        record = records.get(name, catalog.edition)
        if (before := addresses.setdefault(name, address)) != address:
            message = f"the id '{name}' would be at '{before}' and at '{address}'"
            yield catalog.problem(record, "id-shared", message, "give one of the two records another id", "id")
        owner = owners.setdefault(address, name)
        page = address.partition("#")[0]
        if owner not in (name, ids.overview_to_practice(name)) and page not in told:
            told.add(page)
            message = f"'{name}' and '{owner}' would both be at '{address}'"
            yield catalog.problem(record, "address-shared", message, "give one of the two another id or slug", "id")


def _unknown_pages(catalog: Catalog, routes: Routes) -> Iterator[Problem]:
    """What people ask is answered by a page or a term that exists."""
    pages = [*(name for name in routes if not routes.anchor(name)), *(ids.term_id(term) for term in catalog.terms)]
    for asked in catalog.asked:
        if asked.about not in pages and catalog.could_tell(asked.about):
            yield catalog.problem(asked, "unknown-page", f"no page '{asked.about}'", catalog.hint(asked.about, pages), "about")
