"""The edition: data/ and content/ read and checked, all that a build needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import content, load, rules, settings
from generator.catalog import Catalog
from generator.content import Prose
from generator.problems import Problem
from generator.routes import Routes
from generator.settings import Settings


@dataclass(frozen=True)
class Edition:
    """Checked data: all that a build needs."""

    catalog: Catalog
    routes: Routes
    prose: dict[str, Prose]
    settings: Settings


def check(root: Path) -> Edition | list[Problem]:
    """Read data/, content/ and the settings, and find every problem; the edition when there is none."""
    loaded = load.load(root)
    prose, found = content.read(root)
    set_so, wrong = settings.read(root)
    problems = [*loaded.problems, *found, *wrong]
    if loaded.catalog:
        problems += rules.check(loaded.catalog)
    if loaded.catalog is None or problems:
        return problems
    routes = Routes(loaded.catalog)
    return list(content.unknown_links(prose, routes)) or Edition(loaded.catalog, routes, prose, set_so)
