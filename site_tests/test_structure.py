"""The rooms of the generator: imports go one way, I/O stays at the rim, what is generated is fresh."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from generator import schema

ROOT = Path(__file__).parent.parent
LAYERS = (
    {"problems", "ids", "archive", "progress", "finished_html", "readability"},
    {"yaml_mistakes", "spreadsheet"},
    {"yaml_source", "model", "answers", "composition"},
    {"explain", "guides", "finding", "link_status", "measures"},
    {"history", "rewording"},
    {"companions"},
    {"catalog"},
    {"load", "rules", "routes", "coverage", "settings", "shelf", "facets"},
    {"citation_file", "content", "renaming", "retirement"},
    {"links"},
    {"views"},
    {"figures"},
    {"edition", "blanks", "origins"},
    {"writer", "guide_exports", "search", "composer", "descriptions", "stubs", "feed"},
    {"guide_pages", "history_pages", "exports"},
    {"tables"},
    {"reference_pages"},
    {"pages", "schema", "snapshot"},
    {"comparison"},
    {"changelog", "revision"},
    {"staging", "engine", "inside"},
    {"handouts", "offline"},
    {"build", "collecting"},
    {"preview"},
    {"serving", "release"},
    {"cli"},
    {"__main__"},
)
"""The modules and packages of generator/, lower layers first; one imports only from layers below its own."""

SKILLS = {"open", "read_text", "read_bytes", "glob", "rglob", "iterdir", "write_bytes", "write_text", "environ", "subprocess", "print", "exit"}
SKILLS |= {"httpx", "socket", "getaddrinfo"}
CLOCK = {"now", "today", "utcnow", "time"}
"""Methods that read the clock; as plain names the words are free."""
AT_THE_RIM = {
    "load": {"read_bytes", "glob", "rglob"},
    "content": {"read_text", "glob"},
    "citation_file": {"read_bytes"},
    "staging": {"open", "read_bytes", "write_bytes", "rglob", "iterdir"},
    "engine": {"subprocess", "environ"},
    "settings": {"read_text"},
    "inside": {"read_bytes", "read_text", "glob", "rglob"},
    # pikepdf.open reads bytes in memory.
    "handouts": {"read_bytes", "read_text", "glob", "iterdir", "open"},
    # The only room that goes to the network, and only for 'playbook links'.
    "links": {"httpx", "socket", "getaddrinfo"},
    # pikepdf.open reads bytes in memory.
    "collecting": {"read_bytes", "read_text", "rglob", "open"},
    "build": {"read_bytes"},
    "revision": {"read_text", "subprocess"},
    "offline": {"read_bytes", "read_text", "rglob"},
    # The number of a preview is higher than that of an earlier run.
    "preview": {"read_bytes", "time"},
    "serving": {"read_bytes", "rglob"},
    "release": {"subprocess", "read_bytes", "rglob"},
    "progress": {"now"},
    "cli": {"read_text", "read_bytes", "exit", "now"},
}
"""Who may touch the disk, the network, the clock, the environment or the terminal, and how."""


def _modules() -> list[tuple[str, Path]]:
    paths = sorted((ROOT / "generator").rglob("*.py"))
    return [
        (path.relative_to(ROOT / "generator").parts[0].removesuffix(".py"), path)
        for path in paths
        if path.parent.name != "generator" or path.stem != "__init__"
    ]


@pytest.mark.parametrize(("name", "path"), _modules(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_a_module_imports_only_from_layers_below(name: str, path: Path) -> None:
    level = next(number for number, layer in enumerate(LAYERS) if name in layer)
    below = set().union(*LAYERS[:level]) | {name}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
            parts = node.module.split(".")
            imported = {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
            assert imported <= below, f"{path}:{node.lineno}"


def test_the_picture_shows_every_module_in_the_order_of_the_layers() -> None:
    picture = (ROOT / "generator" / "README.md").read_text(encoding="utf-8").partition("```mermaid\n")[2].partition("```")[0]
    rooms = [names.split(" · ") for names in re.findall(r'\["\*\*.+\*\*<br>(.+)"\]', picture)]
    layer = {name: number for number, names in enumerate(LAYERS) for name in names}
    assert sorted(name for room in rooms for name in room) == sorted(layer)
    assert all(max(layer[name] for name in room) < min(layer[name] for name in after) for room, after in pairwise(rooms))
    drawn = re.findall(r"^ +(\w+)\[", picture, flags=re.MULTILINE)
    assert " --> ".join(drawn) in picture


@pytest.mark.parametrize(("name", "path"), _modules(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_only_the_rim_touches_disk_and_terminal(name: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
    }
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    assert (used & SKILLS) | (called & CLOCK) <= AT_THE_RIM.get(name, set())


def test_the_committed_schemas_are_fresh() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "data" / "schema").iterdir()}
    assert committed == schema.schemas(), "run 'playbook schema' and commit what it writes"


@pytest.mark.parametrize("path", sorted((ROOT / "data").rglob("*.yml")), ids=lambda path: path.stem)
def test_editors_find_the_schema_of_every_file(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (path.parent / first.removeprefix(prefix)).resolve().is_file()


def test_no_file_names_a_registry_or_this_machine() -> None:
    for path in (
        *ROOT.glob("requirements*.txt"),
        *ROOT.glob("*.md"),
        *(ROOT / ".ci").iterdir(),
        ROOT / "Makefile",
        ROOT / "setup.sh",
        ROOT / "pyproject.toml",
    ):
        text = path.read_text(encoding="utf-8")
        # What set-up tells to type on Ubuntu, which has no package of a browser.
        assert "://" not in text.replace("https://dl.google.com/linux/direct/", "") or path.suffix == ".md", path
        for name in ("pypi" + ".org", "npm" + "js", str(ROOT) + "/"):
            assert name not in text, path
