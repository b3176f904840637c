"""Tests can fail: a loop that asserts runs at least once, and an assertion states something that may be false."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_tests import ROOT

FILES = sorted(path for path in (ROOT / "site_tests").rglob("*.py") if path.name.startswith("test_"))
LITERAL = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and ast.unparse(node.value).startswith("expect(")


def _loops(node: ast.AST, around: ast.For | None = None) -> Iterator[ast.For]:
    """The innermost loop around each assertion."""
    if _asserts(node) and around:
        yield around
    for child in ast.iter_child_nodes(node):
        yield from _loops(child, None if isinstance(child, ast.FunctionDef) else child if isinstance(child, ast.For) else around)


def _never_empty(items: ast.expr) -> bool:
    """Written out, a constant of the module, a range, or asked for by nonempty()."""
    match items:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper():
            return True
        case ast.Call(func=ast.Name(id="nonempty" | "range")):
            return True
        case ast.Call(func=ast.Name(id="enumerate" | "zip" | "sorted" | "reversed"), args=[first, *_]):
            return _never_empty(first)
        case ast.Call(func=ast.Attribute(value=of, attr="items" | "values")):
            return _never_empty(of)
    return isinstance(items, LITERAL)


@each_file
def test_a_loop_that_asserts_runs_at_least_once(path: Path) -> None:
    loops = {loop.lineno: loop for loop in _loops(ast.parse(path.read_text(encoding="utf-8")))}
    assert {line: ast.unparse(loop.iter) for line, loop in loops.items() if not _never_empty(loop.iter)} == {}


@each_file
def test_no_assertion_is_always_true(path: Path) -> None:
    """Objects and texts with something in them are true: asserting one states nothing."""
    asserted = [node.test for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Assert)]
    always: list[ast.expr] = [test for test in asserted if isinstance(test, (*LITERAL, ast.JoinedStr, ast.GeneratorExp, ast.Lambda))]
    always += [test for test in asserted if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id[0].isupper()]
    assert [ast.unparse(test) for test in always] == []


def test_mypy_reads_the_tests_as_strictly_as_the_generator() -> None:
    """What is left out are only the types of packages that have none."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert (settings["strict"], settings["packages"]) == (True, ["generator", "site_tests"])
    assert all(override.keys() == {"module", "ignore_missing_imports"} for override in settings["overrides"])
