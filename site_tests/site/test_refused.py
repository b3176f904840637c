"""What the system refuses, as a full disk or a folder that may not be written, ends a command with one sentence; a bug shows its traceback."""

from __future__ import annotations

import datetime
import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2
import pytest
from click.testing import CliRunner, Result

from generator.checks.checked_edition import Edition
from generator.cli import main
from generator.exports import json_schemas
from generator.external_links import checking
from generator.external_links.status_file import Renewed
from generator.handouts.builder import Press
from generator.model.link_status import LinkStatus
from generator.output import templates
from generator.site import build, engine
from site_tests import ROOT
from site_tests.support.files import contents
from site_tests.support.project import copy_project
from site_tests.support.refusing import refusing


def run(root: Path, *command: str) -> Result:
    return CliRunner().invoke(main, [*command, "--root", str(root)])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project where a schema is stale, so that each command has something to write."""
    root = copy_project(tmp_path_factory.mktemp("refused") / "project")
    (root / "data" / "schema" / "edition.schema.json").unlink()
    figures = root / "data" / "figures.yml"
    figures.write_text(figures.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    return root


WRITING = {
    "build": ("build",),
    "release": ("release",),
    "coverage": ("coverage", "--write"),
    "links": ("links",),
    "schema": ("schema",),
    "new tool": ("new", "tool", "A fresh tool"),
    "new question": ("new", "question", "1a.school"),
    "retire": ("retire", "1a.school.q2", "--why", "It is a trial."),
    "new statement": ("new", "statement", "1a.school", "together"),
}
READING = {"check": ("check",), "coverage": ("coverage",), "schema": ("schema", "--check")}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first address it is learned that it opened."""
    day = datetime.date(2026, 11, 22)

    def check(urls: Sequence[str], *rest: object) -> Renewed:
        return Renewed((LinkStatus(url=urls[0], checked=day, verdict="fine", reason="it opened"),), frozenset())

    monkeypatch.setattr(checking, "check", check)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("command", WRITING.values(), ids=WRITING)
@pytest.mark.parametrize(
    ("number", "hint"),
    [(errno.EROFS, "let this user write there, then try again"), (errno.ENOSPC, "make room on the disk, then try again")],
    ids=["read-only", "full"],
)
def test_a_command_that_cannot_write_says_so_in_one_sentence(root: Path, command: tuple[str, ...], number: int, hint: str) -> None:
    before = contents(root)
    with refusing(root, number):
        result = run(root, *command)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    told = [line for line in result.output.splitlines() if not line.endswith("is as it was.")]
    assert told[-2].startswith(f"cannot read or write {root}/")
    assert told[-2].endswith(f": {os.strerror(number)}")
    assert ".writing-" not in told[-2]
    assert told[-1] == f"hint: {hint}"
    assert contents(root) == before


@pytest.mark.parametrize("command", READING.values(), ids=READING)
def test_a_command_that_only_reads_needs_no_right_to_write(root: Path, command: tuple[str, ...]) -> None:
    as_it_is = run(root, *command)
    with refusing(root, errno.EROFS):
        result = run(root, *command)
    assert (result.exit_code, result.output) == (as_it_is.exit_code, as_it_is.output)


def test_every_command_that_writes_into_the_project_is_tried() -> None:
    """`collect` and `diff` write where they are told to, and have tests of their own; `serve` goes on."""
    tried = {command[0] for command in (*WRITING.values(), *READING.values())}
    assert tried == set(main.commands) - {"collect", "diff", "serve"}


@pytest.mark.usefixtures("no_network")
def test_what_was_learned_of_links_is_said_where_it_cannot_be_written(root: Path, tmp_path: Path) -> None:
    learned = run(copy_project(tmp_path / "project"), "links").output
    with refusing(root, errno.ENOSPC):
        assert run(root, "links").output.startswith(f"{learned}cannot read or write {root}/data/link-status.yml: No space left")


def test_an_edition_that_cannot_be_written_is_told(root: Path, tmp_path: Path) -> None:
    new = copy_project(tmp_path / "new")
    with refusing(new, errno.EROFS):
        result = CliRunner().invoke(main, ["diff", str(root), str(new), "--write", "--root", str(root)])
    assert result.exit_code == 1
    assert "Read-only file system\nhint: let this user write there" in result.output


def test_a_bug_shows_its_traceback(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*rest: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(json_schemas, "schemas", bug)
    assert isinstance(run(root, "schema").exception, KeyError)


def test_a_bug_in_a_build_shows_its_traceback(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*rest: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(Press, "run", bug)
    assert isinstance(run(root, "build").exception, KeyError)


def test_a_terminal_without_a_character_shows_its_number(root: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", "new", "question", "1a.scho…", "--root", str(root)]
    result = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert result.returncode == 1
    assert result.stderr.decode("latin-1").startswith("no cell '1a.scho\\u2026'\n")
    told = subprocess.run([*command[:3], "--help"], env=environment, capture_output=True, check=False)
    assert (told.returncode, told.stderr) == (0, b"")


# ---- The engines ----


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A site of one page for an engine."""
    docs = tmp_path / "build" / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# A page\n", encoding="utf-8")
    (tmp_path / "build" / "mkdocs.yml").write_text("site_name: One page\ntheme: material\nplugins: []\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("chosen", ["mkdocs", "zensical"])
def test_an_engine_without_room_on_the_disk_says_so_in_one_sentence(little: Path, chosen: str) -> None:
    """The system refuses larger files, as a full disk does."""
    code = f"""
from pathlib import Path
from generator.site import engine
try:
    engine.run(Path({str(little)!r}), {chosen!r}, "2026-11-22")
except OSError as error:
    print(error.errno, error.strerror)
"""
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))  # noqa: E731
    # Python would write compiled modules in part only, where all later runs find them.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, preexec_fn=limit, capture_output=True, text=True)
    assert told.stdout == f"{errno.EFBIG} {os.strerror(errno.EFBIG)}\n", told


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("raise OSError(28, 'No space left on device', 'docs/a.md')", "[Errno 28] No space left on device: 'docs/a.md'"),
        ("raise OSError(28, 'No space left on device')", "[Errno 28] No space left on device"),
        ("raise PermissionError(13, 'Permission denied', 'a', None, 'b')", "[Errno 13] Permission denied: 'a'"),
        ("raise SystemExit('Error: No space left on device (os error 28)')", "[Errno 28] No space left on device"),
    ],
)
def test_what_the_system_refuses_an_engine_is_known_by_its_last_words(little: Path, monkeypatch: pytest.MonkeyPatch, ends: str, told: str) -> None:
    monkeypatch.setattr(engine, "COMMANDS", {"mkdocs": ("-c", ends)})
    with pytest.raises(OSError, match="Errno") as found:
        engine.run(little, "mkdocs", "2026-11-22")
    assert str(found.value) == told


def test_what_else_ends_an_engine_is_told_in_its_own_words(little: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "COMMANDS", {"mkdocs": ("-c", "raise SystemExit('Aborted with 1 warnings')")})
    with pytest.raises(engine.EngineError, match="Aborted with 1 warnings"):
        engine.run(little, "mkdocs", "2026-11-22")


# ---- What templates do, and what earlier runs left ----


def test_what_a_template_cannot_do_ends_a_build_with_its_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "handouts", lambda *rest: {})
    template = project / "theme" / "pages" / "cell.md.jinja"
    whole = template.read_text(encoding="utf-8")
    template.write_text(whole.replace("{{ practice.tools(cell) }}", "{{ 1/0 }}"), encoding="utf-8")
    result = run(project, "build")
    assert result.exit_code == 1
    assert result.output.endswith(f"{template}:12: ZeroDivisionError: division by zero\nsite/ is as it was.\n")


@pytest.mark.parametrize("left", [0, 5, 12, 20, 60, 100])
def test_a_compiled_template_that_was_cut_off_is_made_anew(tmp_path: Path, left: int) -> None:
    theme, compiled = tmp_path / "theme", tmp_path / "compiled"
    theme.mkdir()
    (theme / "page.jinja").write_text("{{ 1 + 1 }} words", encoding="utf-8")
    assert templates.environment(theme, compiled).get_template("page.jinja").render() == "2 words"
    (found,) = compiled.iterdir()
    whole = found.read_bytes()
    assert len(whole) > left
    found.write_bytes(whole[:left])
    assert templates.environment(theme, compiled).get_template("page.jinja").render() == "2 words"
    assert found.read_bytes() == whole


@pytest.mark.parametrize(
    "read",
    [lambda path: templates.environment(path.parent).get_template(path.name), templates.style],
    ids=["a template", "a style"],
)
def test_a_file_of_the_theme_that_is_not_utf_8_any_more_is_told_with_its_line(tmp_path: Path, read: Callable[[Path], object]) -> None:
    """The check has seen it whole; it was saved anew while a build was under way."""
    path = tmp_path / "saved.jinja"
    path.write_bytes(b"one\ntwo\ncaf\xe9\n")
    with pytest.raises(jinja2.TemplateSyntaxError) as raised:
        read(path)
    assert templates.mistake(raised.value) == f"{path}:3: the file is not UTF-8"


def test_a_handout_that_is_empty_is_not_taken_for_finished(tmp_path: Path, edition: Edition) -> None:
    folder = tmp_path / "build" / "handouts"
    folder.mkdir(parents=True)
    (folder / "0123.4.pdf").write_bytes(b"")
    (folder / "4567.4.pdf").write_bytes(b"%PDF")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    assert Press(tmp_path, edition.catalog, edition.routes, edition.settings).made.keys() == {"4567"}
