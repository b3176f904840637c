"""mkdocs.yml: the engine's tags pass, what the pages need is asked for, and each problem is at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from generator.problems import Mark, Problem
from generator.project import security_policy, settings
from site_tests import ROOT

TEXT = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def told(tmp_path: Path, text: str) -> list[Problem]:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    return sorted(settings.read(tmp_path)[1])


def line(text: str, words: str) -> int:
    return next(number for number, found in enumerate(text.splitlines(), 1) if words in found)


def test_tags_of_the_engine_pass(tmp_path: Path) -> None:
    tags = "  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
    text = TEXT.replace("markdown_extensions:\n", f"markdown_extensions:\n{tags}") + "site_author: !ENV [AUTHOR, nobody]\n"
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "code", "hint"),
    [
        ("site_url: https://engagement-playbook.example/", "site_url: !ENV SITE_URL", "site_url", "missing-address", "write the site's address"),
        ("playbook.example/", "playbook.example/?a=b", "site_url", "missing-address", "write the site's address"),
        ("playbook.example/", "playbook.example:99999/", "site_url", "missing-address", "write the site's address"),
        ("https://engagement-playbook.example/", "https:///playbook/", "site_url", "missing-address", "write the site's address"),
        ("https://engagement-playbook.example/", "https://[::1/", "site_url", "missing-address", "write the site's address"),
        ("language: en", "language: de", "language: de", "needed-setting", "write 'language: en'"),
        ("accent: custom", "accent: red", "palette:", "needed-setting", "{scheme: default, primary: custom, accent: custom}"),
        ("- navigation.indexes", "- navigation.index", "features:", "needed-setting", "add it"),
        ("site_name:", "site_nme:", "site_nme", "unknown-setting", "did you mean 'site_name'?"),
        ("plugins: []", "pluggins: []", "pluggins", "unknown-setting", "did you mean 'plugins'?"),
        ("plugins: []", "plugins: [search]", "plugins", "needed-setting", "write 'plugins: []'"),
        ("name: material", "name: readthedocs", "readthedocs", "needed-setting", "write 'name: material'"),
        ("font: false", "font: Roboto", "Roboto", "needed-setting", "write 'font: false'"),
        ("  - md_in_html\n", "", "markdown_extensions", "needed-setting", "add it"),
        ("  - assets/playbook.css\n", "", "extra_css", "needed-setting", "add it"),
        ("plugins: []\n", "plugins: []\nnav: []\n", "nav", "unused-setting", "remove it"),
        ("plugins: []\n", "plugins: []\nsite_name: x\n", "site_name: x", "duplicate-key", "keep one of them"),
        ("paper: letter", "paper: [letter]", "paper: [", "unknown-paper", "'letter'"),
        ("site_name: ", "site_name: '", "site_name", "yaml-syntax", "close it"),
        ("variant: classic", f"variant: {'[' * 900}", "variant", "yaml-depth", "stray brackets"),
        ("variant: classic", "variant: cla\u200bssic", "variant", "invisible-character", "delete it"),
        ("plugins: []\n", "<<<<<<< HEAD\nplugins: []\n=======\n>>>>>>> x\n", "<<<<<<<", "merge-conflict", "keep one of the two"),
        ("  policy: >-\n", "  polcy: >-\n", "extra", "weak-policy", "write 'policy: >-'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "policy", "weak-policy", "write script-src 'self'"),
        ("connect-src 'self'", "connect-src 'self' https://x.example", "policy", "weak-policy", "write connect-src 'self'"),
        ("default-src 'none'; ", "", "policy", "weak-policy", "add default-src 'none'"),
        ("default-src", "defualt-src", "policy", "weak-policy", "did you mean 'default-src'?"),
        ("base-uri 'none'", "base-uri 'none'; script-src *", "policy", "weak-policy", "keep one of them"),
        ("base-uri 'none'", "base-uri 'none'; sandbox", "policy", "weak-policy", "use one of"),
    ],
)
def test_a_mistake_is_one_problem_at_its_line(tmp_path: Path, old: str, new: str, at: str, code: str, hint: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    (problem,) = told(tmp_path, text)
    start = line(text, f"{at}:" if f"\n{at}:" in text else at)
    assert (problem.code, problem.mark.line) == (code, start)
    assert hint in problem.hint


@pytest.mark.parametrize("text", ["- a list\n", "words\n", "", "#\n"])
def test_what_is_no_list_of_settings_is_one_problem(tmp_path: Path, text: str) -> None:
    assert len(told(tmp_path, text)) == 1


def test_every_setting_of_the_engine_is_known() -> None:
    engine = {name for name, _ in MkDocsConfig()._schema} - {"config_file_path", "pages", "google_analytics"}
    assert engine | {"INHERIT"} == settings.KNOWN | set(settings.BUILT)


def test_the_policy_is_the_one_that_pages_need() -> None:
    written = "; ".join(f"{name} {' '.join(sources)}" for name, sources in security_policy.NEEDED.items())
    assert list(security_policy.problems(written, Mark("mkdocs.yml"))) == []
    assert settings.read(ROOT)[0].policy.startswith("default-src 'none'")
