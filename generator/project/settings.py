"""What mkdocs.yml says that the generator must know, and what the pages need it to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from generator.problems import Mark, Problem, suggestion
from generator.project import project_files, security_policy
from generator.project.yaml_reader import Source, Tagged

Paper = Literal["letter", "a4"]
PAPERS: dict[Paper, str] = {"letter": "US Letter", "a4": "A4"}
"""What people call the papers."""

FILE = "mkdocs.yml"

BUILT: Mapping[str, str] = {
    "nav": "the build makes the menu from data/",
    "docs_dir": "the build writes build/docs",
    "site_dir": "the build writes site/",
    "use_directory_urls": "the addresses of the pages are fixed",
    "INHERIT": "write all settings into this file",
}
"""Settings of the engine that the build makes itself, and why they are left out."""

# fmt: off
KNOWN = frozenset({
    "site_name", "site_url", "site_description", "site_author", "copyright", "theme", "extra", "extra_css", "extra_javascript",
    "extra_templates", "plugins", "markdown_extensions", "mdx_configs", "validation", "repo_url", "repo_name", "edit_uri", "edit_uri_template",
    "exclude_docs", "draft_docs", "not_in_nav", "dev_addr", "strict", "watch", "hooks", "remote_branch", "remote_name",
})
# fmt: on
"""The other settings of the engine."""

NEEDED: Mapping[tuple[str, ...], tuple[object, str]] = {
    ("theme", "name"): ("material", "the pages are made for it"),
    ("theme", "language"): ("en", "the pages are in English, and screen readers speak them as this says"),
    ("theme", "palette"): ({"scheme": "default", "primary": "custom", "accent": "custom"}, "theme/assets/playbook.css has the colors"),
    ("theme", "font"): (False, "else each page asks another server for its letters"),
    ("plugins",): ([], "the site has its own search"),
}
"""Settings that must be as they are, and why."""

LISTED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("theme", "features"): ("navigation.indexes", "navigation.prune", "navigation.tabs"),
    ("extra_css",): ("assets/playbook.css", "assets/print.css"),
    ("markdown_extensions",): ("attr_list", "md_in_html", "generator.site.finished_html", "toc"),
}
"""What must be in a list of settings: without it pages lose their look, their menu or their anchors."""


@dataclass(frozen=True)
class Settings:
    """The site's name, its address, ending in '/', and the paper of the handouts."""

    name: str
    address: str
    paper: Paper
    policy: str
    """The content security policy of every page."""
    editor: str | None = None
    """Where the code host opens a file to be changed, with '{path}' and '{line}' in it; None while there is no public repository."""

    def change(self, mark: Mark) -> str | None:
        """The address at which the text at `mark` can be changed."""
        return self.editor and self.editor.replace("{path}", mark.file).replace("{line}", str(mark.line))


_DEFAULT = Settings("", "", "letter", "")


def read(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings, and what is wrong with them. The engine's tags (`!ENV`, `!!python/name:`) are left to the engine."""
    source, problems = project_files.source(root, FILE, tags=True)
    if source is None:
        return _DEFAULT, problems
    if not isinstance(source.value, dict):
        return _DEFAULT, [_problem(source, (), "not-a-record", "expected 'setting: value' lines", "bring the file back from git")]
    problems += (
        *_unknown(source),
        *_needed(source),
        *_listed(source),
        *security_policy.problems(_at(source, "extra", "policy"), source.mark(("extra", "policy"))),
    )
    paper, editor = _at(source, "extra", "paper", otherwise=_DEFAULT.paper), _at(source, "extra", "edit")
    name, address = _at(source, "site_name"), _at(source, "site_url")
    if not isinstance(paper, str) or paper not in PAPERS:
        problems.append(_problem(source, ("extra", "paper"), "unknown-paper", f"no paper '{paper}'", suggestion(str(paper), PAPERS)))
    if not isinstance(name, str) or not name:
        problems.append(_problem(source, ("site_name",), "missing-name", "the site has no name", "write it after 'site_name:'"))
    if not _is_address(address) or "?" in address or "#" in address:
        hint = "write the site's address, as in https://example.org/playbook/; it stands on every handout"
        message = "the site has no address" if not address else f"{_said(address)} is not the address of a site"
        message = "only the engine knows what this tag stands for" if isinstance(address, Tagged) else message
        problems.append(_problem(source, ("site_url",), "missing-address", message, hint))
    if editor is not None and not (_is_address(editor) and "{path}" in editor):
        hint = "write it as in https://github.com/OWNER/REPOSITORY/edit/main/{path}#L{line}, or leave it out"
        message = "the address has no '{path}' or does not begin with https://"
        problems.append(_problem(source, ("extra", "edit"), "bad-edit-address", message, hint))
    # A setting whose name is mistyped is missing by that only.
    meant = {problem.hint for problem in problems if problem.code == "unknown-setting"}
    problems = [problem for problem in problems if problem.path in source.value or f"did you mean '{problem.path.partition('.')[0]}'?" not in meant]
    return (_DEFAULT if problems else Settings(name, f"{address.rstrip('/')}/", paper, _at(source, "extra", "policy"), editor)), problems


def _unknown(source: Source) -> Iterator[Problem]:
    for key in source.value:
        if reason := BUILT.get(key):
            yield _problem(source, (key,), "unused-setting", f"'{key}' has no effect here: {reason}", "remove it")
        elif key not in KNOWN:
            yield _problem(source, (key,), "unknown-setting", f"no setting '{key}'", suggestion(key, KNOWN))


def _needed(source: Source) -> Iterator[Problem]:
    for path, (value, reason) in NEEDED.items():
        found = _at(source, *path, otherwise="missing")
        if found != value or type(found) is not type(value):
            written = "{" + ", ".join(f"{key}: {item}" for key, item in value.items()) + "}" if isinstance(value, dict) else str(value).lower()
            message = f"'{path[-1]}' is {_said(found)}, and must be {written}: {reason}"
            yield _problem(source, path, "needed-setting", message, f"write '{path[-1]}: {written}'")


def _listed(source: Source) -> Iterator[Problem]:
    for path, names in LISTED.items():
        found = _at(source, *path)
        items = found if isinstance(found, list) else []
        there = [next(iter(item), "") if isinstance(item, dict) else item for item in items]
        if missing := [name for name in names if name not in there]:
            message = f"'{path[-1]}' lacks {', '.join(missing)}"
            hint = "add it as an item of the list: pages need it for their look, their menu or their anchors"
            yield _problem(source, path, "needed-setting", message, hint)


def _at(source: Source, *path: str, otherwise: Any = None) -> Any:
    value = source.value
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return otherwise
        value = value[part]
    return value


def _said(value: object) -> str:
    return value if isinstance(value, str) else "something else" if isinstance(value, dict | Tagged) else str(value).lower()


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        # The port of a number that is none is an error only when it is asked for.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _problem(source: Source, path: tuple[str, ...], code: str, message: str, hint: str) -> Problem:
    return Problem(source.mark(path), code, ".".join(path), message, hint)
