"""What the documents say is so: commands exist, samples are valid, every module has its line."""

from __future__ import annotations

import importlib
import json
import re

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model import guides, playbook
from generator.project import yaml_reader
from site_tests import ROOT
from site_tests.support.nonempty import nonempty


def _blocks(file: str, language: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def _sample(sample: str) -> str:
    """A sample as JSON."""
    source, problems = yaml_reader.read("sample", sample.encode())
    assert not problems
    assert source
    return json.dumps(source.value)


def test_the_annotated_records_are_valid() -> None:
    practice, step, element = (_sample(block) for block in _blocks("data/README.md", "yaml"))
    assert playbook.Practice.model_validate_json(practice).cells[0].questions[1].origin == "site"
    assert guides.Step.model_validate_json(step).next
    assert len(guides.Element.model_validate_json(element).levels) == 4


def test_the_sample_record_is_valid() -> None:
    (sample,) = _blocks("CONTRIBUTING.md", "yaml")
    assert playbook.Statement.model_validate_json(_sample(sample)).part_of == "1a.school.participation.1"


CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`|^ {4,}(\S.*)$", flags=re.DOTALL | re.MULTILINE)
"""What is set as code: blocks, words in a line, indented lines."""


def _code(file: str) -> str:
    return "\n".join(part for found in CODE.findall((ROOT / file).read_text(encoding="utf-8")) for part in found if part)


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_make_target_that_is_named_exists(file: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    code = _code(file) if file.endswith(".md") else (ROOT / file).read_text(encoding="utf-8")
    for target in nonempty(re.findall(r"^(?:exec )?make ([a-z-]+)", code, flags=re.MULTILINE)):
        assert target in targets, target


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "data/README.md", "generator/README.md", "CHANGELOG.md"])
def test_every_command_that_is_named_exists(file: str) -> None:
    """Named as `playbook check`, or as `.venv/bin/playbook check`."""
    for command in nonempty(re.findall(r"^(?:\.venv/bin/)?playbook (\w+)", _code(file), flags=re.MULTILINE)):
        assert command in main.commands, command


def test_every_command_is_explained_to_maintainers() -> None:
    code = "\n".join(map(_code, ("README.md", "CONTRIBUTING.md", "data/README.md", "generator/README.md")))
    targets = dict(re.findall(r"^([a-z-]+):.*\n\t@\$\(BIN\)/playbook (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"^(?:\.venv/bin/)?playbook (\w+)", code, flags=re.MULTILINE))
    named |= {targets[target] for target in re.findall(r"^make ([a-z-]+)", code, flags=re.MULTILINE) if target in targets}
    assert set(main.commands) - named == set()


def test_every_test_file_that_is_named_exists_and_holds_what_it_is_named_for() -> None:
    for file in nonempty(re.findall(r"site_tests/[\w/]+\.py", _code("CONTRIBUTING.md"))):
        assert (ROOT / file).is_file(), file
    (rule,) = re.findall(r"\| add a rule \|.*`(site_tests/[\w/]+\.py)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert "\nBROKEN: " in (ROOT / rule).read_text(encoding="utf-8"), rule


def test_every_module_is_named_in_the_generators_readme() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    for path in nonempty((ROOT / "generator").rglob("*.py")):
        if not path.stem.startswith("__"):
            assert re.search(rf"[`.]{path.stem}`", text), path


def test_the_worked_example_names_what_there_is() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"## One record, all the way\n(.*?)\n## ", text, flags=re.DOTALL)
    column = [row.split("|")[2] for row in example.splitlines() if row.startswith("|")][2:]
    named = re.findall(r"`([\w./-]+)`", "".join(column))
    for name in nonempty([name for name in named if "/" not in name]):
        module, _, attribute = name.rpartition(".") if name.split(".")[-1][0].isupper() else (name, "", "")
        assert not attribute or hasattr(importlib.import_module(f"generator.{module}"), attribute), name
        importlib.import_module(f"generator.{module}")
    for name in nonempty([name for name in named if "/" in name]):
        assert (ROOT / name).is_file(), name


def test_every_file_of_the_data_is_named_in_its_readme() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for path in nonempty((ROOT / "data").iterdir()):
        if path.name != "README.md" and path.name != "practices":
            assert f"`{path.name}`" in text or f"`{path.name}/`" in text, path.name


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    listed = dict(re.findall(r"^  ([a-z]+) {2,}(\S.*)$", result.output.partition("Commands:")[2], flags=re.MULTILINE))
    assert set(listed) == set(main.commands)
