"""Playbooks of 10 and 100 times the domains, practices and tools: how time, memory and output grow, without handouts."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from site_tests.bench.measuring import Cost, in_turns, table
from site_tests.bench.pipeline import bare, engine, step
from site_tests.support.project import copy_project, list_addresses

SIZES = (1, 10, 100)
DOMAINS = 4


def _other(text: str, copy: int) -> str:
    """The same data about other domains, practices and tools, so that all ids are new and all links lead to the same copy."""
    text = re.sub(r"\b([1-4])([abc])\b(?=\.|$)", lambda found: f"{int(found[1]) + DOMAINS * copy}{found[2]}", text, flags=re.MULTILINE)
    text = re.sub(r"\bd([1-4])\b", lambda found: f"d{int(found[1]) + DOMAINS * copy}", text)
    return re.sub(r"^(\s*(?:- )?(?:tool|slug): )(.+)$", rf"\1\2-{copy}", text, flags=re.MULTILINE)


def multiply(root: Path, times: int) -> None:
    """Make the data of a copied project so many times as large."""
    data = root / "data"
    domains = (data / "domains.yml").read_text(encoding="utf-8")
    records = domains.partition("domains:\n")[2]
    copies = range(1, times)
    (data / "domains.yml").write_text(domains + "".join(_other(records, copy) for copy in copies), encoding="utf-8")
    tools = (data / "tools.yml").read_text(encoding="utf-8")
    records = tools.partition("tools:\n")[2]
    named = [re.sub(r"^(\s*- id: )(.+)$", rf"\1\2-{copy}", records, flags=re.MULTILINE) for copy in copies]
    (data / "tools.yml").write_text(tools + "".join(named), encoding="utf-8")
    for path in sorted((data / "practices").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for copy in copies:
            (path.parent / f"{int(path.name[0]) + DOMAINS * copy}{path.name[1:]}").write_text(_other(text, copy), encoding="utf-8")
    list_addresses(root)


def main(folder: Path) -> str:
    """The table of growth, and what each is of the size before."""
    rows = []
    for times in SIZES:
        root = copy_project(folder / f"times-{times}")
        multiply(root, times)
        found = in_turns({"markdown": step("markdown", root)}, 1)
        settings = bare(root, "with-menu")
        found |= in_turns({"mkdocs": step("mkdocs", root)}, 1)
        _with_whole_menu(settings)
        if times < SIZES[-1]:
            found |= in_turns({"menu": engine("mkdocs", settings)}, 1)
        rows.append(_row(times, root, found))
    head = ("size", "pages", "data to Markdown s", "MB", "MkDocs s", "MB", "site MB", "s with the whole menu on each page", "MB")
    return table("Growth: domains, practices and tools multiplied; no handouts", head, rows)


def _with_whole_menu(settings: Path) -> None:
    """The stock theme with its menu as it is: every page holds links to all others."""
    value = yaml.safe_load(settings.read_text(encoding="utf-8"))
    value["theme"]["features"].remove("navigation.prune")
    settings.write_text(yaml.safe_dump(value), encoding="utf-8")


def _row(times: int, root: Path, found: dict[str, Cost]) -> tuple[str, ...]:
    site = root / "build" / "site"
    pages = sum(1 for _ in site.rglob("*.html"))
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1_000_000
    markdown, mkdocs, menu = found["markdown"], found["mkdocs"], found.get("menu")
    return (
        f"{times} ×",
        f"{pages:,}",
        f"{markdown.inside:.1f}",
        f"{markdown.megabytes:.0f}",
        f"{mkdocs.inside:.1f}",
        f"{mkdocs.megabytes:.0f}",
        f"{size:.0f}",
        f"{menu.seconds:.1f}" if menu else "not run",
        f"{menu.megabytes:.0f}" if menu else "",
    )
