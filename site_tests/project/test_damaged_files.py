"""A file that is missing, misnamed, cut off, there twice, or no file at all is one problem that names the cause; nothing that follows is reported."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.catalog.handout_list import KINDS
from generator.catalog.page_table import TEMPLATES
from generator.checks.checked_edition import Edition, check
from generator.cli import main
from generator.problems import Problem
from generator.project import project_files, theme_files
from site_tests import ROOT
from site_tests.support import files

P = "data/practices/"
ABOUT = "content/about.md"
CITATION = "CITATION.cff"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def problems(project: Path) -> list[Problem]:
    found = check(project)
    assert not isinstance(found, Edition)
    return sorted(found)


def remove(file: str) -> Callable[[Path], object]:
    return lambda root: (root / file).unlink()


def rename(file: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / file).rename(root / to)


def copy(file: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / to).write_bytes((root / file).read_bytes())


def write(file: str, content: str) -> Callable[[Path], object]:
    return lambda root: (root / file).write_text(content, encoding="utf-8")


def edit(file: str, *changes: tuple[str, str]) -> Callable[[Path], None]:
    return lambda root: files.edit(root / file, *changes)


def cut(file: str, after: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(text[: text.index(after) + len(after)], encoding="utf-8")

    return spoil


def end_before(file: str, line: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / file).write_text((root / file).read_text(encoding="utf-8").partition(line)[0], encoding="utf-8")

    return spoil


def pipe(file: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / file).unlink()
        os.mkfifo(root / file)

    return spoil


def folder(file: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / file).unlink()
        (root / file).mkdir()

    return spoil


CASES: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    # What is done, the file and the line or its words, the code, a part of the hint.
    "a missing practice": (remove(f"{P}3b.yml"), f"{P}3b.yml:1", "missing-file", f"git checkout -- {P}3b.yml"),
    "a missing section": (
        remove("data/guides/leadership/1a-school.yml"),
        "data/guides/leadership/1a-school.yml:1",
        "missing-file",
        "git checkout -- data/guides/leadership/1a-school.yml",
    ),
    "a missing form": (remove("data/guides/root-cause.yml"), "data/guides/root-cause.yml:1", "missing-file", "bring it back"),
    "another ending": (rename(f"{P}3b.yml", f"{P}3b.yaml"), f"{P}3b.yaml:1", "misnamed-file", "name it 3b.yml"),
    "the ending of a text": (rename(f"{P}3b.yml", f"{P}3b.txt"), f"{P}3b.txt:1", "misnamed-file", "name it 3b.yml"),
    "an ending in capitals": (rename(f"{P}3b.yml", f"{P}3b.YML"), f"{P}3b.YML:1", "misnamed-file", "name it 3b.yml"),
    "two endings": (rename("data/tools.yml", "data/tools.yml.txt"), "data/tools.yml.txt:1", "misnamed-file", "name it tools.yml"),
    "the name of a second download": (rename(f"{P}3b.yml", f"{P}3b (1).yml"), f"{P}3b (1).yml:2", "misnamed-file", "name the file 3b.yml"),
    "another folder": (rename(f"{P}3b.yml", "data/3b.yml"), "data/3b.yml:1", "misnamed-file", f"move it to {P}3b.yml"),
    "a copy": (copy(f"{P}1a.yml", f"{P}1a (1).yml"), f"{P}1a (1).yml:2", "file-twice", f"remove {P}1a (1).yml if it is a copy"),
    "a copy over another": (copy(f"{P}1a.yml", f"{P}3b.yml"), f"{P}3b.yml:2", "file-twice", f"remove {P}3b.yml if it is a copy"),
    "the id of another practice": (edit(f"{P}1a.yml", ("id: 1a\n", "id: 1b\n")), f"{P}1a.yml:2", "file-twice", "mend its 'id'"),
    "cut off in a text": (
        cut(f"{P}2b.yml", "              Create timelines"),
        f"{P}2b.yml|              Create timelines",
        "cut-off-file",
        "git checkout",
    ),
    "cut off behind the last field": (
        cut(f"{P}2b.yml", "id: 2b.state.q1"),
        f"{P}2b.yml|id: 2b.state.q1",
        "cut-off-file",
        "add a line break at its end",
    ),
    "cut off between two cells": (
        end_before(f"{P}2b.yml", "  - id: 2b.district\n"),
        f"{P}2b.yml|cells:",
        "missing-cell",
        "if the file was saved only in part, bring it back from git",
    ),
    "two levels with each other's id": (
        edit(f"{P}1a.yml", ("  - id: 1a.school\n", "  - id: 1a.x\n"), ("  - id: 1a.district\n", "  - id: 1a.school\n"), ("1a.x\n", "1a.district\n")),
        f"{P}1a.yml|  - id: 1a.district",
        "exchanged-cell",
        "write 'id: 1a.school', or exchange it",
    ),
    "a level with the id of another": (
        edit(f"{P}1a.yml", ("  - id: 1a.district\n", "  - id: 1a.school\n")),
        f"{P}1a.yml|  - id: 1a.school",
        "exchanged-cell",
        "write 'id: 1a.district'",
    ),
    "a file of another encoding": (
        lambda root: (root / P / "1a.yml").write_bytes((root / P / "1a.yml").read_text(encoding="utf-8").encode("utf-16")),
        f"{P}1a.yml:1",
        "not-utf-8",
        "save the file as UTF-8",
    ),
    "a pointer of Git LFS": (write("data/tools.yml", LFS), "data/tools.yml:1", "git-lfs", "git lfs pull"),
    "a picture as a pointer": (write("theme/assets/card.png", LFS), "theme/assets/card.png:1", "git-lfs", "git lfs pull"),
    "a page as a pointer": (write(ABOUT, LFS), f"{ABOUT}:1", "git-lfs", "git lfs pull"),
    "a pipe": (pipe("data/tools.yml"), "data/tools.yml:1", "unreadable-file", "remove it"),
    "a pipe for the settings": (pipe("mkdocs.yml"), "mkdocs.yml:1", "unreadable-file", "remove it"),
    "a pipe for a page": (pipe(ABOUT), f"{ABOUT}:1", "unreadable-file", "remove it"),
    "a folder for the settings": (folder("mkdocs.yml"), "mkdocs.yml:1", "unreadable-file", "git checkout -- mkdocs.yml"),
    "a folder for a page": (folder(ABOUT), f"{ABOUT}:1", "unreadable-file", "git checkout -- content/about.md"),
    "a folder for a style": (folder("theme/assets/base/type.css"), "theme/assets/base/type.css:1", "unreadable-file", "remove it"),
    "a folder for a schema": (folder("data/schema/tools.schema.json"), "data/schema/tools.schema.json:1", "unreadable-file", "remove it"),
    "a broken schema": (write("data/schema/tools.schema.json", "{\n"), "data/schema/tools.schema.json:2", "bad-schema", "playbook schema"),
    "no citation file": (remove("CITATION.cff"), "CITATION.cff:1", "missing-file", "git checkout -- CITATION.cff"),
    "a folder for the citation file": (folder("CITATION.cff"), "CITATION.cff:1", "unreadable-file", "git checkout -- CITATION.cff"),
    "a list for the citation file": (write("CITATION.cff", "- title: x\n"), "CITATION.cff:1", "not-a-record", "git checkout -- CITATION.cff"),
    "an empty page": (write(ABOUT, "\n\n"), f"{ABOUT}:1", "empty-file", "write them"),
    "a page of fifty megabytes": (
        write(ABOUT, "# About\n" + "words\n" * 9_000_000),
        f"{ABOUT}:1",
        "file-too-large",
        "take out",
    ),
    "a page with a head": (write(ABOUT, "---\ntitle: [x\n---\n# About\n"), f"{ABOUT}:1", "front-matter", "'# ' and its title"),
    "a page without a title": (write(ABOUT, "\nAbout this.\n"), f"{ABOUT}:2", "no-title", "'# ' and its title"),
    "a page that is cut off": (write(ABOUT, "# About\n\nThis si"), f"{ABOUT}:3", "cut-off-file", "add a line break"),
    "a page with another ending": (
        rename(ABOUT, "content/About.markdown"),
        "content/About.markdown:1",
        "misnamed-file",
        "name it about.md",
    ),
    "a page that nothing shows": (write("content/news.md", "# News\n"), "content/news.md:1", "unknown-file", "about.md, accessibility.md"),
    "a theme that is gone": (lambda root: (root / "theme").rename(root / "x"), "theme:1", "missing-folder", "git checkout -- theme"),
    "no style for paper": (remove("theme/print/print.css"), "theme/print/print.css:1", "missing-file", "git checkout -- theme/print/print.css"),
    "no template of a page": (remove("theme/pages/matrix.md.jinja"), "theme/pages/matrix.md.jinja:1", "missing-file", "git checkout"),
    "no template of a sheet": (remove("theme/print/fishbone.html.jinja"), "theme/print/fishbone.html.jinja:1", "missing-file", "git checkout"),
    "no template of a workbook": (remove("theme/print/touch-points.book.jinja"), "theme/print/touch-points.book.jinja:1", "missing-file", "git"),
    "no template of collected answers": (
        remove("theme/collected/summary.html.jinja"),
        "theme/collected/summary.html.jinja:1",
        "missing-file",
        "git checkout",
    ),
    "a change of the engine's page is gone": (remove("theme/overrides/main.html"), "theme/overrides/main.html:1", "missing-file", "git checkout"),
    "a part that templates share is gone": (
        remove("theme/pages/_items.jinja"),
        "theme/pages/_page.jinja|_items.jinja",
        "unknown-theme-file",
        "git checkout -- theme/pages/_items.jinja",
    ),
    "a part of collected answers is gone": (
        remove("theme/collected/_questions.html.jinja"),
        "theme/collected/summary.html.jinja|_questions",
        "unknown-theme-file",
        "mend the name",
    ),
    "a script that a page needs is gone": (
        remove("theme/assets/team/statistics.js"),
        "theme/pages/team.md.jinja|statistics.js",
        "unknown-theme-file",
        "theme/assets/team/statistics.js",
    ),
    "a style that is gone": (remove("theme/assets/team/team.css"), "theme/assets/playbook.css|team/team.css", "unknown-theme-file", "team.css"),
    "a picture of a style that is gone": (
        remove("theme/assets/marks/together.svg"),
        "theme/assets/base/marks.css|together.svg",
        "unknown-theme-file",
        "theme/assets/marks/together.svg",
    ),
    "a tag of a page that is not closed": (
        edit("theme/pages/matrix.md.jinja", ("{% block body %}", "{% block body }")),
        "theme/pages/matrix.md.jinja|block body",
        "bad-template",
        "mend it at this line",
    ),
    "a tag of a sheet that does not exist": (
        edit("theme/print/fishbone.html.jinja", ("{%", "{% blok %}{%")),
        "theme/print/fishbone.html.jinja|blok",
        "bad-template",
        "mend it",
    ),
    "a tag of collected answers that is not closed": (
        edit("theme/collected/_questions.html.jinja", ("{% if row.hidden %}", "{% if row.hidden")),
        "theme/collected/_questions.html.jinja|",
        "bad-template",
        "mend it",
    ),
    "an expression of the engine's page that is half": (
        edit("theme/overrides/main.html", ("<!doctype", "{{ 1 + }}\n<!doctype")),
        "theme/overrides/main.html|1 +",
        "bad-template",
        "mend it",
    ),
    "a filter that does not exist": (
        edit("theme/collected/summary.html.jinja", ("{{ facts.days }}", "{{ facts.days | uper }}")),
        "theme/collected/summary.html.jinja|uper",
        "bad-template",
        "did you mean 'upper'?",
    ),
    "a handler that the policy forbids": (
        edit("theme/pages/team.md.jinja", ('<button type="button" id="pb-team-choose"', '<button type="button" onclick="x()" id="pb-team-choose"')),
        "theme/pages/team.md.jinja|onclick",
        "bad-template",
        "let a script",
    ),
    "a part of another folder": (
        edit("theme/pages/matrix.md.jinja", ("{% block body %}", "{% block body %}{% include '../print/print.css' %}")),
        "theme/pages/matrix.md.jinja|include",
        "unknown-theme-file",
        "mend the name",
    ),
    "an empty template": (write("theme/pages/matrix.md.jinja", "\n"), "theme/pages/matrix.md.jinja:1", "empty-file", "git checkout"),
    "an empty style": (write("theme/assets/no-script.css", ""), "theme/assets/no-script.css:1", "empty-file", "git checkout"),
    "a rule of a style that is not closed": (
        edit("theme/assets/no-script.css", ("{", "{{")),
        "theme/assets/no-script.css:1",
        "bad-style",
        "not closed",
    ),
    "a drawing that is not XML": (write("theme/print/fishbone.svg", "<svg>\n<g></svg>\n"), "theme/print/fishbone.svg:2", "bad-drawing", "save it"),
    "a picture that is none": (write("theme/assets/card.png", "x"), "theme/assets/card.png:1", "bad-picture", "save it again"),
    "a film among the assets": (
        lambda root: (root / "theme/assets/film.mp4").write_bytes(bytes(6_000_000)),
        "theme/assets/film.mp4:1",
        "file-too-large",
        "take out",
    ),
    "a page among the assets": (write("theme/assets/note.html", "<p>x</p>\n"), "theme/assets/note.html:1", "unknown-file", "a page of content/"),
    "an asset with the name of one that is made": (
        write("theme/assets/print.css", "a{}\n"),
        "theme/assets/print.css:1",
        "unknown-file",
        "another name",
    ),
    "a link out of the project": (
        lambda root: (root / "theme/assets/list.txt").symlink_to("/etc/passwd"),
        "theme/assets/list.txt:1",
        "foreign-link",
        "put the file itself here",
    ),
    "a link to a folder": (lambda root: (root / "data/practices/all").symlink_to(".."), "data/practices/all:1", "foreign-link", "remove the link"),
    "a citation file that says no version of its format": (
        edit("CITATION.cff", ("cff-version:", "cff-versoin:")),
        "CITATION.cff:1",
        "missing-field",
        "git checkout -- CITATION.cff",
    ),
    "a script in a page": (write(ABOUT, "# About\n\nx <script>y\n"), f"{ABOUT}:3", "html-in-page", "write it in Markdown"),
    "a style in a page": (write(ABOUT, '# About\n\n<p style="x">y</p>\n'), f"{ABOUT}:3", "html-in-page", "theme/assets/playbook.css"),
    "HTML that is not closed": (write(ABOUT, "# About\n\n<div>\ny\n"), f"{ABOUT}:3", "open-html", "write '</div>'"),
    "HTML that closes nothing": (write(ABOUT, "# About\n\ny</div>\n"), f"{ABOUT}:3", "open-html", "remove it"),
    "a second title": (write(ABOUT, "# About\n\n# Again\n"), f"{ABOUT}:3", "second-title", "begin this heading with '## '"),
    "a heading too deep": (write(ABOUT, "# About\n\n#### Deep\n"), f"{ABOUT}:3", "skipped-heading", "begin it with '## '"),
    "an anchor that is there twice": (write(ABOUT, "# About\n\n## A {: #a }\n\n## B {: #a }\n"), f"{ABOUT}:5", "anchor-twice", "another name"),
    "a link without words": (write(ABOUT, "# About\n\n[](@tools)\n"), f"{ABOUT}:3", "empty-link", "where it leads"),
    "code that does not end": (write(ABOUT, "# About\n\n```\nx\n"), f"{ABOUT}:3", "open-code", "the same marks"),
    "an alias bomb": (
        write("data/tools.yml", "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))),
        "data/tools.yml:1",
        "yaml-anchor",
        "also in line 2, 3, 4",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_damage_is_one_problem(project: Path, case: tuple[Callable[[Path], object], str, str, str]) -> None:
    spoil, place, code, hint = case
    spoil(project)
    (problem,) = problems(project)
    assert problem.code == code
    file, _, words = place.partition("|")
    assert f"{problem.mark.file}:{problem.mark.line}".startswith(file)
    assert not words or words in (project / file).read_text(encoding="utf-8").splitlines()[problem.mark.line - 1]
    assert hint in problem.hint


def test_two_practices_with_each_others_id_are_two_problems(project: Path) -> None:
    edit(f"{P}1a.yml", ("id: 1a\n", "id: 1b\n"))(project)
    edit(f"{P}1b.yml", ("id: 1b\n", "id: 1a\n"))(project)
    assert [(problem.mark.file, problem.code) for problem in problems(project)] == [(f"{P}1a.yml", "misnamed-file"), (f"{P}1b.yml", "misnamed-file")]


def test_a_socket_is_no_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "data" / "tools.yml").unlink()
    monkeypatch.chdir(project / "data")
    with socket.socket(socket.AF_UNIX) as here:
        here.bind("tools.yml")
        (problem,) = problems(project)
    assert problem.message == "a socket has the name of this file"


def test_a_device_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").symlink_to("/dev/zero")
    content, (problem,) = project_files.read(tmp_path, "a.yml")
    assert (content, problem.message) == (b"", "a device has the name of this file")


def test_what_editors_and_systems_leave_is_no_data(project: Path) -> None:
    for name in ("._1a.yml", ".writing-1b.yml", "1a.yml~", "~$1a.yml", ".#1c.yml"):
        copy(f"{P}1a.yml", f"{P}{name}")(project)
    (project / P / ".#1a.yml").symlink_to("nobody@nowhere.1234")
    write("content/.#about.md", "<<<<<<< HEAD\n")(project)
    write("theme/assets/base/.#type.css", "\u200b")(project)
    assert isinstance(check(project), Edition)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yml").open("wb") as file:
        file.truncate(10**12)
    content, (problem,) = project_files.read(tmp_path, "a.yml")
    assert (content, problem.code) == (b"", "file-too-large")


def test_every_file_of_the_theme_that_the_generator_names_is_needed() -> None:
    """A template that is asked for in code must be in the list, and all of the list is asked for."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py") if path.name != "theme_files.py")
    named = set(re.findall(r'"([\w-]+\.html\.jinja)"', code))
    listed = [Path(file) for file in theme_files.NEEDED]
    kinds = {f"{kind}.html.jinja" for kind in KINDS}
    assert named | kinds == {path.name for path in listed if path.name.endswith(".html.jinja")}
    books = {path.name for path in (ROOT / "theme" / "print").glob("[!_]*.book.jinja")}
    assert books == {path.name for path in listed if path.name.endswith(".book.jinja")}
    overrides = {path.relative_to(ROOT).as_posix() for path in (ROOT / "theme" / "overrides").rglob("*.html")}
    assert overrides == {path.as_posix() for path in listed if "overrides" in path.parts}
    assert len(listed) == len(set(listed)) > 20
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "theme" / "pages").glob("[!_]*.jinja")}
    assert pages == set(TEMPLATES)


def test_what_a_build_adds_to_the_assets_is_known() -> None:
    code = (ROOT / "generator" / "site" / "build.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"assets/([\w.-]+\.\w+)"', code)) == theme_files.MADE


@pytest.mark.parametrize("spoil", [remove("data/schema/tools.schema.json"), edit("data/schema/tools.schema.json", ("tools", "spoons"))])
def test_a_schema_that_is_not_as_the_models_say_fails_the_check(project: Path, spoil: Callable[[Path], object]) -> None:
    spoil(project)
    for command in (("check",), ("schema", "--check")):
        result = CliRunner().invoke(main, [*command, "--root", str(project)])
        assert result.exit_code == 1
        assert "data/schema/tools.schema.json:1:1" in result.output
        assert "the schema is not what the models say" in result.output
        assert "run 'playbook schema'" in result.output
    assert CliRunner().invoke(main, ["schema", "--root", str(project)]).exit_code == 0
    assert CliRunner().invoke(main, ["check", "--root", str(project)]).exit_code == 0


def test_what_stands_in_code_is_no_html(project: Path) -> None:
    write(ABOUT, "# About\n\nUse `<script>` so:\n\n```\n<div>\n# x\n```\n\n<p>Words <b>here</b>\nand <cite>there</cite>.</p>\n")(project)
    assert isinstance(check(project), Edition)


def test_a_drawing_without_a_last_line_break_is_whole(project: Path) -> None:
    drawing = project / "theme" / "assets" / "fishbone.svg"
    drawing.write_text(drawing.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert isinstance(check(project), Edition)
