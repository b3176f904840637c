"""What the documents say is so: commands exist, samples are valid, every module has its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from generator import model, yaml_source
from generator.cli import main

ROOT = Path(__file__).parent.parent


def _blocks(file: str, language: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_annotated_practice_is_valid() -> None:
    (sample,) = _blocks("data/README.md", "yaml")
    source, problems = yaml_source.read("sample", sample.encode())
    assert not problems
    assert source
    practice = model.Practice.model_validate_json(json.dumps(source.value))
    assert practice.cells[0].questions[1].origin == "site"


def test_the_sample_record_is_valid() -> None:
    (sample,) = _blocks("CONTRIBUTING.md", "yaml")
    source, problems = yaml_source.read("sample", sample.encode())
    assert not problems
    assert source
    assert model.Statement.model_validate_json(json.dumps(source.value)).part_of == "1a.school.participation.1"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for file in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        named = set(re.findall(r"make ([a-z]+)`|^(?:exec )?make ([a-z]+)$", (ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert {one or other for one, other in named} <= targets, file


def test_every_command_that_is_named_exists() -> None:
    for file in ("README.md", "CONTRIBUTING.md", "data/README.md", "generator/README.md", "CHANGELOG.md"):
        for command in re.findall(r"`playbook (\w+)", (ROOT / file).read_text(encoding="utf-8")):
            assert command in main.commands, (file, command)


def test_every_module_has_its_line_in_the_generators_readme() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "generator").iterdir():
        name = path.name.removesuffix(".py")
        if not name.startswith("__") and name != "README.md":
            assert f"`{name}`" in text or f"`{name}/`" in text, name


def test_every_file_of_the_data_is_named_in_its_readme() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "data").iterdir():
        if path.name != "README.md" and path.name != "practices":
            assert f"`{path.name}`" in text or f"`{path.name}/`" in text, path.name


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert all(command in result.output for command in ("check", "build", "serve", "collect", "schema"))
