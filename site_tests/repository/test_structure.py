"""The rooms of the generator: imports go one way, I/O stays at the rim, what is generated is fresh."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from generator.exports import json_schemas
from site_tests import ROOT

ROOMS: dict[str, set[str]] = {
    "project": set(),
    "output": {"project"},
    "model": set(),
    "catalog": {"project", "model"},
    "checks.rules": {"model", "catalog"},
    "checks": {"project", "model", "catalog", "checks.rules"},
    "external_links": {"model", "catalog", "checks"},
    "forms": {"model", "catalog"},
    "views.shared": {"project", "model", "catalog", "external_links"},
    "views": {"model", "catalog", "checks", "external_links", "views.shared"},
    "views.page_views": {"model", "catalog", "checks", "external_links", "forms", "views.shared", "views"},
    "exports": {"project", "output", "model", "catalog", "external_links", "forms", "views.shared", "views"},
    "editions": {"model", "catalog", "checks.rules", "views.shared", "exports"},
    "editing": {"project", "output", "model", "catalog", "checks.rules", "checks", "editions"},
    "pages": {"project", "output", "catalog", "checks", "external_links", "forms", "views.shared", "views.page_views", "exports"},
    "handouts.word": {"output"},
    "handouts": {"project", "output", "model", "catalog", "forms", "views.shared", "views", "handouts.word"},
    "collecting.readers": {"model", "forms"},
    "collecting.office": {"handouts.word", "handouts", "collecting.readers"},
    "collecting": {"project", "output", "catalog", "checks", "forms", "handouts.word", "handouts", "collecting.readers", "collecting.office"},
    "site.link_check": {"output", "model", "catalog", "checks"},
    "site": {"output", "catalog", "checks", "forms", "exports", "pages", "handouts", "site.link_check"},
}
"""The rooms of generator/, each after those that it may import. All may import GROUND; the rest of the root imports all."""
GROUND = {"problems", "progress"}

SKILLS = {"open", "read_text", "read_bytes", "glob", "rglob", "iterdir", "write_bytes", "write_text", "environ", "subprocess", "print", "exit"}
SKILLS |= {"httpx", "socket", "getaddrinfo"}
CLOCK = {"now", "today", "utcnow", "time"}
"""Methods that read the clock; as plain names the words are free."""
AT_THE_RIM = {
    "project.project_files": {"read_bytes", "rglob"},
    "output.templates": {"read_text"},
    "output.stylesheet": {"read_text"},
    "output.folders": {"open", "read_bytes", "write_bytes", "rglob", "iterdir"},
    # Outside addresses are asked here, and only for 'playbook links'.
    "external_links.client": {"httpx"},
    "external_links.checking": {"httpx"},
    "external_links.transport": {"httpx", "socket", "getaddrinfo"},
    "editions.loader": {"read_text", "subprocess"},
    "editing.trial_run": {"read_bytes"},
    "handouts.fonts": {"read_bytes"},
    "handouts.builder": {"read_bytes", "glob", "rglob", "iterdir"},
    "handouts.worker": {"read_bytes"},
    # pikepdf.open reads bytes in memory.
    "handouts.pdf_fields": {"open"},
    "handouts.packets": {"open"},
    "collecting.collection": {"read_bytes"},
    "collecting.detect": {"read_bytes", "rglob", "open"},
    "collecting.readers.from_pdf": {"read_bytes", "open"},
    "site.link_check.known_pages": {"read_bytes"},
    "site.link_check.link_sources": {"read_text", "glob"},
    "site.link_check.page_links": {"read_bytes", "read_text", "rglob"},
    "site.engine": {"subprocess", "environ", "rglob"},
    "site.offline": {"read_bytes", "read_text", "rglob"},
    "site.up_to_date": {"read_bytes", "read_text", "iterdir", "environ"},
    "site.changed_pages": {"read_bytes", "rglob", "write_bytes"},
    "site.build": {"read_bytes"},
    # The number of a preview is higher than that of an earlier run.
    "site.preview_server": {"read_bytes", "time"},
    "site.serve": {"read_bytes", "rglob"},
    "site.release": {"subprocess", "read_bytes", "rglob"},
    "progress": {"now"},
    "cli": {"read_bytes", "exit", "now"},
}
"""Who may touch the disk, the network, the clock, the environment or the terminal, and how."""


def _modules() -> dict[str, Path]:
    """Each module by its dotted name below generator/; a package by the name of its folder."""
    folder = ROOT / "generator"
    paths = {path: path.relative_to(folder).with_suffix("").parts for path in sorted(folder.rglob("*.py")) if path != folder / "__init__.py"}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in paths.items()}


MODULES = _modules()
each_module = pytest.mark.parametrize("name", MODULES)


def _room(name: str) -> str:
    """'checks.rules' of 'checks.rules.order', '' of a module at the root."""
    return name if MODULES[name].stem == "__init__" else name.rpartition(".")[0]


def _imports(name: str) -> set[str]:
    """The modules of generator/ that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "generator":
            of = (node.module or "").partition(".")[2]
            inner = {f"{of}.{alias.name}".lstrip(".") for alias in node.names}
            found |= inner & set(MODULES) or {of}
        elif isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("generator.") for alias in node.names if alias.name.startswith("generator.")}
    return found


ARROWS = {(room, _room(imported)) for name in MODULES if (room := _room(name)) for imported in _imports(name)}


def test_each_room_is_in_the_table_after_those_that_it_may_import() -> None:
    assert {_room(name) for name in MODULES} == {"", *ROOMS}
    above: set[str] = set()
    for room, allowed in ROOMS.items():
        assert allowed <= above, room
        above.add(room)


@each_module
def test_a_module_imports_only_from_its_room_and_those_that_the_table_allows(name: str) -> None:
    if room := _room(name):
        assert {found for found in _imports(name) if _room(found) not in ROOMS[room] | {room} and found not in GROUND} == set()
    elif name in GROUND:
        assert _imports(name) == set()


def test_the_table_allows_no_import_that_nobody_needs() -> None:
    assert {(room, other) for room, allowed in ROOMS.items() for other in allowed} - ARROWS == set()


def test_no_module_imports_itself_over_others() -> None:
    TopologicalSorter({name: _imports(name) for name in MODULES}).prepare()


def test_the_readme_lists_the_rooms_as_the_table_does() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w/]+)/` \|.*\| (.*) \|$", text, flags=re.MULTILINE)
    assert {room.replace("/", "."): set(re.findall(r"`([\w/]+)`", names.replace("/`", "`"))) for room, names in listed} == {
        room: {name.replace(".", "/") for name in allowed} for room, allowed in ROOMS.items()
    }
    picture = text.partition("```mermaid\n")[2].partition("```")[0]
    floors = [names.split(" · ") for names in re.findall(r'\["(?:\*\*.+\*\*<br>)?(.+)"\]', picture)]
    assert [room for floor in floors for room in floor] == [room.replace(".", "/") for room in ROOMS]
    assert " --> ".join(re.findall(r"^ +(\w+)\[", picture, flags=re.MULTILINE)) in picture


@each_module
def test_only_the_rim_touches_disk_and_terminal(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
    }
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    assert (used & SKILLS) | (called & CLOCK) == AT_THE_RIM.get(name, set())


def test_tests_are_in_rooms_named_as_those_of_the_generator() -> None:
    """And in four of their own."""
    tests = ROOT / "site_tests"
    rooms = {path.parent.name for path in tests.glob("*/__init__.py")}
    assert rooms - {name.partition(".")[0] for name in ROOMS} == {"bench", "browser", "repository", "support"}
    assert {path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")} == rooms - {"bench", "support"}


def test_scripts_and_styles_are_in_folders_by_feature() -> None:
    """What is left beside the folders belongs to all pages; the build joins every style in the order of playbook.css."""
    assets = ROOT / "theme" / "assets"
    assert {path.name for path in assets.iterdir() if path.is_file()} == {"playbook.css", "no-script.css", "card.png", "fishbone.svg", "icon.svg"}
    assert {path.name for path in assets.iterdir() if path.is_dir()} == {"base", "browse", "compose", "fonts", "forms", "marks", "search", "team"}
    joined = re.findall(r'^@import "(.+)";$', (assets / "playbook.css").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(joined) == sorted(path.relative_to(assets).as_posix() for path in assets.glob("*/*.css"))


def test_the_committed_schemas_are_fresh() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "data" / "schema").iterdir()}
    assert committed == json_schemas.schemas(), "run 'playbook schema' and commit what it writes"


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
    "model.history": {"split('.')"},
    "catalog.routes": {"replace('.')"},
    # Names of files.
    "handouts.builder": {"split('.')"},
    "project.project_files": {"startswith('.')"},
    "project.theme_files": {"in '..'"},
    "checks.retired_ids": {"in '.'"},
    "checks.changed_ids": {"in '.'"},
    "site.engine": {"startswith('.')"},
    "collecting.detect": {"startswith('.')"},
    # What programs make of the names of fields where they join files.
    "collecting.readers.from_pdf": {"split('.')"},
    "site.link_check.internal_links": {"endswith('..')"},
    # Fields of records, and their places in a file: 'link_status.checked', 'cells.2.id'.
    "exports.csv_tables": {"partition('.')"},
    "project.settings": {"partition('.')"},
    "catalog.validation_messages": {"removeprefix('.')", "rstrip('.')"},
    # The end of a sentence.
    "catalog.index": {"rstrip('.')"},
    # Hidden files.
    "site.up_to_date": {"startswith('.')"},
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


@each_module
def test_only_the_module_of_ids_takes_ids_apart(name: str) -> None:
    if name != "model.ids":
        assert _cuts(MODULES[name]) == NO_IDS.get(name, set()), "move this to model/ids.py, or say in NO_IDS what else is cut here"


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
