"""The rooms of the generator: imports go one way, I/O stays at the rim, what is generated is fresh."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from generator import schema
from site_tests import ROOT
from site_tests.support.nonempty import nonempty

LAYERS = (
    {"problems", "ids", "archive", "progress", "finished_html", "readability"},
    {"yaml_mistakes", "text_mistakes", "spreadsheet"},
    {"yaml_source", "model", "answers", "composition"},
    {"explain", "guides", "finding", "link_status", "measures", "project_files", "policy"},
    {"history", "rewording"},
    {"companions", "filing"},
    {"catalog"},
    {"load", "rules", "routes", "coverage", "settings", "theme_files", "shelf", "facets"},
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
    {"changelog", "revision", "retiring"},
    {"staging", "engine", "inside"},
    {"handouts", "offline", "unchanged"},
    {"changed_pages"},
    {"build", "collecting"},
    {"preview", "rehearsal"},
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
    "project_files": {"read_bytes", "rglob"},
    "staging": {"open", "read_bytes", "write_bytes", "rglob", "iterdir"},
    "engine": {"subprocess", "environ", "rglob"},
    "writer": {"read_text"},
    "inside": {"read_bytes", "read_text", "glob", "rglob"},
    # pikepdf.open reads bytes in memory.
    "handouts": {"read_bytes", "read_text", "glob", "iterdir", "open"},
    # The only room that goes to the network, and only for 'playbook links'.
    "links": {"httpx", "socket", "getaddrinfo"},
    # pikepdf.open reads bytes in memory.
    "collecting": {"read_bytes", "read_text", "rglob", "open"},
    "build": {"read_bytes"},
    "changed_pages": {"read_bytes", "rglob", "write_bytes"},
    "unchanged": {"read_bytes", "read_text", "iterdir", "environ"},
    "revision": {"read_text", "subprocess"},
    "offline": {"read_bytes", "read_text", "rglob"},
    # The number of a preview is higher than that of an earlier run.
    "preview": {"read_bytes", "time"},
    "serving": {"read_bytes", "rglob"},
    "release": {"subprocess", "read_bytes", "rglob"},
    "progress": {"now"},
    "rehearsal": {"read_bytes"},
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
    for node in nonempty(ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
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


APART = {"split", "rsplit", "partition", "rpartition", "count", "replace", "find", "index"}
APART |= {"startswith", "endswith", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip"}
PIECE = re.compile(r"\.?([dfqs]|step|group|foundational|overview|introduction|tools|glossary|errata|sources|reflect|leadership)?\.?")
"""What only an id is cut at: a period, or a word or letter that has a meaning in ids."""
NO_IDS = {
    # Versions: '0.10.0'.
    "history.py": {"split('.')"},
    "routes.py": {"replace('.')"},
    # Names of files.
    "press.py": {"split('.')"},
    "project_files.py": {"startswith('.')"},
    "retirement.py": {"in '.'"},
    "renaming.py": {"in '.'"},
    "engine.py": {"startswith('.')"},
    "reading.py": {"startswith('.')"},
    "inside/check.py": {"endswith('..')"},
    # Fields of records, and their places in a file: 'link_status.checked', 'cells.2.id'.
    "tables.py": {"partition('.')"},
    "settings.py": {"partition('.')"},
    "explain.py": {"removeprefix('.')", "rstrip('.')"},
    # The end of a sentence.
    "catalog.py": {"rstrip('.')"},
    # Hidden files.
    "unchanged.py": {"startswith('.')"},
}
"""What is cut at a period and is no id, and where."""


def _cuts(path: Path) -> set[str]:
    """The places where a module looks at a piece of a text that may be an id."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in APART and node.args:
            found |= {f"{node.func.attr}({piece!r})" for piece in _pieces(node.args[0])}
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            if isinstance(node.left, ast.JoinedStr) and not isinstance(node.left.values[-1], ast.Constant):
                continue  # f'{practice}.{level}' is a whole id
            found |= {f"in {piece!r}" for piece in _pieces(node.left) if "." in piece}
    return found


def _pieces(node: ast.expr) -> set[str]:
    """The pieces of ids that an argument is: a text, one of several texts, or one around a value: f'{cell}.'."""
    if isinstance(node, ast.Tuple):
        return {piece for inner in node.elts for piece in _pieces(inner)}
    if isinstance(node, ast.JoinedStr):
        return {piece for inner in node.values if isinstance(inner, ast.Constant) for piece in _pieces(inner)}
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value and PIECE.fullmatch(node.value):
        return {node.value}
    return set()


@pytest.mark.parametrize(("name", "path"), _modules(), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_only_the_module_of_ids_takes_ids_apart(name: str, path: Path) -> None:
    if name == "ids":
        return
    allowed = NO_IDS.get(path.relative_to(ROOT / "generator").as_posix(), NO_IDS.get(path.name, set()))
    assert _cuts(path) <= allowed, "move this to generator/ids.py, or say in NO_IDS what else it is that is cut here"


def test_templates_take_no_ids_apart() -> None:
    cut = re.compile(r"(split|partition|replace|startswith|removeprefix)\(\s*['\"]\.")
    found = [path for path in (ROOT / "theme").rglob("*.jinja") if cut.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("code", "cut"),
    [
        ("name.split('.')", {"split('.')"}),
        ("name.startswith(f'{cell}.f')", {"startswith('.f')"}),
        ("'.f' in other", {"in '.f'"}),
        ("name.removeprefix('q')", {"removeprefix('q')"}),
        ("name.startswith(('step', 'group'))", {"startswith('step')", "startswith('group')"}),
        ("name.rpartition('. ')", set()),
        ("line.startswith('d ')", set()),
    ],
)
def test_what_counts_as_taking_an_id_apart(tmp_path: Path, code: str, cut: set[str]) -> None:
    path = tmp_path / "sample.py"
    path.write_text(code, encoding="utf-8")
    assert _cuts(path) == cut
