"""What runs elsewhere: workflows, hooks before a commit, the citation file; each names only what exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.project import yaml_reader
from site_tests import ROOT
from site_tests.support.nonempty import nonempty

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
TRUSTED = {"checkout", "upload-artifact", "upload-pages-artifact", "deploy-pages"}
each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def _read(path: Path) -> Any:
    source, problems = yaml_reader.read(path.name, path.read_bytes())
    assert not problems, problems
    assert source
    return source.value


def _steps(path: Path) -> list[Any]:
    return [step for job in _read(path)["jobs"].values() for step in job.get("steps", ())]


OURS = "uses: ./.github/workflows/"
"""A job that is another workflow of this repository."""


@each
def test_every_action_is_pinned_by_hash_with_its_version(path: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line and OURS not in line]
    assert len(lines) == sum("uses" in step for step in _steps(path))
    for line in nonempty(lines):
        match = re.fullmatch(r"uses: actions/([a-z-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
        assert match, line
        assert match[1] in TRUSTED


def test_the_site_is_published_only_after_all_checks() -> None:
    publish = _read(ROOT / ".github/workflows/publish.yml")["jobs"]
    assert publish["check"]["uses"] == "./.github/workflows/check.yml"
    assert publish["build"]["needs"] == "check"
    assert publish["deploy"]["needs"] == "build"
    checks = _read(ROOT / ".github/workflows/check.yml")
    assert "workflow_call" in checks["on"]
    assert [step["run"] for step in checks["jobs"]["tests"]["steps"] if "run" in step] == ["make test"]


def test_an_action_has_one_version_everywhere() -> None:
    pins = {
        line.strip().removeprefix("- ")
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line and OURS not in line
    }
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


@each
def test_a_job_may_do_no_more_than_it_says_and_ends(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for name, job in nonempty(workflow["jobs"].items()):
        assert job["permissions"], name
        # A job that is another of our workflows has the limits of its jobs.
        assert "uses" in job or job["timeout-minutes"] <= 90, name
        assert all(right != "write" or key in ALLOWED.get(path.stem, ()) for key, right in job["permissions"].items()), name


ALLOWED = {"publish": ("pages", "id-token"), "links": ("issues",)}
"""What a workflow may write."""


@each
def test_what_others_write_runs_nowhere(path: Path) -> None:
    assert "pull_request_target" not in _read(path)["on"]
    for step in nonempty(_steps(path)):
        assert "${{" not in step.get("run", ""), step
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@each
def test_targets_and_commands_of_workflows_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    script = "\n".join(step.get("run", "") for step in _steps(path))
    assert set(re.findall(r"^ *make (?:-C \S+ )?([a-z]+)", script, flags=re.MULTILINE)) <= targets
    assert set(re.findall(r"\.venv/bin/playbook ([a-z]+)", script)) <= set(main.commands)
    assert [file for file in re.findall(r"(?<!\S)(\.ci/\S+)", script) if not (ROOT / file).is_file()] == []


def test_a_check_annotates_the_lines_of_a_change() -> None:
    run = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", "check", "FORMAT=github"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == ".venv/bin/playbook check --format github"


def test_changed_pages_are_gathered_with_what_they_load(tmp_path: Path) -> None:
    for name, files in {
        "before": {"a/index.html": "1", "b/index.html": "1", "assets/x.css": "1"},
        "after": {"a/index.html": "1", "b/index.html": "2", "c/index.html": "1", "assets/x.css": "1", "file.pdf": "1"},
    }.items():
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text)
    script = str(ROOT / ".ci" / "changed-pages")
    run = subprocess.run([script, "before", "after", "to"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "- b/index.html\n- c/index.html\n"
    found = {path.relative_to(tmp_path / "to").as_posix() for path in (tmp_path / "to").rglob("*") if path.is_file()}
    assert found == {"b/index.html", "c/index.html", "assets/x.css"}
    run = subprocess.run([script, "after", "after", "none"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (run.stdout, list((tmp_path / "none").iterdir())) == ("No page changes.\n", [])


def test_changed_styles_are_gathered_with_a_page_that_shows_them(tmp_path: Path) -> None:
    for name, style in {"before": "1", "after": "2"}.items():
        (tmp_path / name / "assets").mkdir(parents=True)
        (tmp_path / name / "assets" / "x.css").write_text(style)
        for file in ("assets/x.js", "index.html", "other.html"):
            (tmp_path / name / file).write_text("1")
    run = subprocess.run([ROOT / ".ci" / "changed-pages", "before", "after", "to"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "- assets/x.css\n"
    found = {path.relative_to(tmp_path / "to").as_posix(): path.read_text() for path in (tmp_path / "to").rglob("*") if path.is_file()}
    assert found == {"index.html": "1", "assets/x.css": "2", "assets/x.js": "1"}


def test_hooks_before_a_commit_download_nothing_and_run_what_exists() -> None:
    repositories = _read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [found["repo"] for found in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert all(hook["language"] == "system" for hook in hooks)
    assert [hook["entry"].removeprefix(".venv/bin/") for hook in hooks] == [hook["name"] for hook in hooks]
    for command in nonempty(hook["name"].split()[1] for hook in hooks if hook["name"].startswith("playbook")):
        assert command in main.commands


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", "0.0.9"), ("date-released", "'2025-01-01'"), ("title", "Playbook in plain words"), ("version", None)],
    ids=["version", "day", "title", "no version"],
)
def test_a_citation_file_that_differs_is_told_at_its_line(project: Path, field: str, value: str | None) -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (old,) = re.findall(rf"^{field}: .*\n", text, flags=re.MULTILINE)
    (project / "CITATION.cff").write_text(text.replace(old, f"{field}: {value}\n" if value else "", 1), encoding="utf-8")
    line = text[: text.index(f"\n{old}")].count("\n") + 2 if value else 1
    result = CliRunner().invoke(main, ["check", "--root", str(project)])
    assert result.exit_code == 1
    right = str(_read(ROOT / "CITATION.cff")[field])
    where = "mkdocs.yml" if field == "title" else "data/playbook.yml"
    said = f"{field}: '{field}' is '{(value or 'missing').strip(chr(39))}', and {where} says '{right}'"
    assert f"CITATION.cff:{line}:" in result.stdout
    assert f"error[citation-differs] {said}" in result.stdout


def test_the_citation_file_names_the_works_that_the_edition_restates(edition: Edition) -> None:
    cited = _read(ROOT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    works = [document for name, document in edition.catalog.documents.items() if name != "library-record"]
    assert [reference["title"] for reference in cited["references"]] == [work.title for work in works]
    for reference, work in nonempty(zip(cited["references"], works, strict=True)):
        people = [f"{person['given-names']} {person['family-names']}" for person in reference["authors"] if "family-names" in person]
        assert people == list(work.authors)
        assert reference.get("year") == work.year
