"""From data to site: each step, both engines, and against the bare engine and Hugo on the same pages."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from site_tests import ROOT
from site_tests.bench.measuring import Case, Cost, in_turns, table
from site_tests.support.project import copy_project

SENTENCE = ("data/practices/1a.yml", "Raise the questions that")
BARE, UNCHANGED, SENTENCE_CHANGED = "bare MkDocs", "playbook build, nothing changed", "playbook build, one sentence changed"
_NUMBER = itertools.count()


def step(name: str, root: Path, before: Callable[[], object] = lambda: None) -> Case:
    """A step of bench.steps."""
    return Case((sys.executable, "-m", "site_tests.bench.steps", name, str(root)), ROOT, before)


def whole(root: Path, engine: str, before: Callable[[], object] = lambda: None) -> Case:
    """`playbook build`."""
    return Case((sys.executable, "-m", "generator", "build", "--root", str(root), "--engine", engine), ROOT, before)


def change_a_sentence(root: Path) -> None:
    """New words each time."""
    path = root / SENTENCE[0]
    shutil.copy(ROOT / SENTENCE[0], path)
    text = path.read_text(encoding="utf-8")
    assert SENTENCE[1] in text
    path.write_text(text.replace(SENTENCE[1], f"Ask for the {next(_NUMBER)}th time the questions that"), encoding="utf-8")


def forget(*folders: Path) -> Callable[[], None]:
    """Remove what an earlier run left."""

    def away() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    return away


def bare(root: Path, name: str) -> Path:
    """The settings of a site of the same Markdown by the stock theme and extensions: its scripts, and nothing of ours."""
    value = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    made = yaml.safe_load((root / "build" / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = {key: value[key] for key in ("site_name", "site_url", "markdown_extensions", "validation", "theme")}
    settings["markdown_extensions"] = [found for found in value["markdown_extensions"] if found != "generator.site.finished_html"]
    path = root / "build" / f"{name}.yml"
    settings |= {"plugins": [], "nav": made["nav"], "docs_dir": "docs", "site_dir": name}
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path


def engine(name: str, settings: Path, before: Callable[[], object] = lambda: None) -> Case:
    """An engine alone."""
    return Case((sys.executable, "-m", name, "build", "--config-file", str(settings)), settings.parent, before)


def hugo(root: Path) -> Case | None:
    """Hugo with one small template over the same Markdown; None where it is not installed."""
    program = shutil.which("hugo")
    if not program:
        return None
    folder = root / "build" / "hugo"
    shutil.copytree(root / "build" / "docs", folder / "content")
    for path in folder.rglob("index.md"):
        path.rename(path.with_name("_index.md"))
    (folder / "layouts" / "_default").mkdir(parents=True)
    page = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"
    for kind in ("list", "single"):
        (folder / "layouts" / "_default" / f"{kind}.html").write_text(page, encoding="utf-8")
    settings = {"baseURL": "/", "title": "", "markup": {"goldmark": {"renderer": {"unsafe": True}}}, "disableKinds": ["taxonomy", "term", "RSS"]}
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    return Case((program, "--source", str(folder), "--quiet"), folder, forget(folder / "public", folder / "resources"))


PROMISES = {UNCHANGED: 0.5, SENTENCE_CHANGED: 1.2}
"""What `playbook build` takes at most, of the bare engine's time."""

COLD = 25
"""Seconds that a build from nothing takes at most, with all handouts, on two quiet processors."""


def promises(found: Mapping[str, Cost], cold: Cost) -> str:
    """What the build promises, against the bare engine in the same run."""
    base = found[BARE].seconds
    rows = [(name, f"{found[name].seconds:.2f}", f"{found[name].seconds / base:.2f} of bare MkDocs", f"{most}") for name, most in PROMISES.items()]
    rows.append(("playbook build, from nothing", f"{cold.seconds:.2f}", f"{cold.seconds:.1f} s", f"{COLD} s"))
    return table("What `playbook build` promises", ("", "seconds", "measured", "at most"), rows)


def main(folder: Path) -> str:
    """The tables of promises, of steps and of engines."""
    root = copy_project(folder / "project")
    build = root / "build"
    cold = in_turns({"first build": whole(root, "mkdocs")}, 1)["first build"]
    steps = {
        "data checked": step("check", root),
        "data to Markdown, from nothing": step("markdown", root, forget(build / "docs", build / "templates")),
        "data to Markdown, nothing changed": step("markdown", root),
        "data to Markdown, one sentence changed": step("markdown", root, lambda: change_a_sentence(root)),
        "search entries": step("search", root),
        "all links inside followed": step("links", root),
    }
    engines = {
        BARE: engine("mkdocs", bare(root, "bare-mkdocs")),
        "MkDocs with our templates": engine("mkdocs", build / "mkdocs.yml"),
        "bare Zensical, cold": engine("zensical", bare(root, "bare-zensical"), forget(build / "bare-zensical", build / ".cache")),
        "Zensical with our templates, cold": engine("zensical", build / "mkdocs.yml", forget(build / "site", build / ".cache")),
        "Zensical with our templates, warm": engine("zensical", build / "mkdocs.yml"),
        SENTENCE_CHANGED: whole(root, "mkdocs", lambda: change_a_sentence(root)),
        UNCHANGED: whole(root, "mkdocs"),
    }
    if other := hugo(root):
        engines["Hugo with one small template"] = other
    found = in_turns(steps | engines)
    # Last, because the site of another engine is no last one to MkDocs.
    other_engine = {"playbook build with Zensical": whole(root, "zensical", forget(build / ".cache"))}
    found |= in_turns(other_engine)
    base = found[BARE].seconds
    inside = [_row(name, found[name], found[name].inside, base) for name in steps]
    outside = [_row(name, found[name], found[name].seconds, base) for name in engines | other_engine]
    head = ("", "seconds", "of bare MkDocs", "MB of memory")
    return (
        promises(found, cold)
        + "\n"
        + table("From data to Markdown, without the start of Python", head, inside)
        + "\n"
        + table("Whole processes", head, outside)
    )


def _row(name: str, cost: Cost, seconds: float, base: float) -> tuple[str, ...]:
    return name, f"{seconds:.2f}", f"{seconds / base:.2f}", f"{cost.megabytes:.0f}"
