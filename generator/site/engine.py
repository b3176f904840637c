"""The site engine, MkDocs or Zensical: its configuration, and one run over build/docs."""

from __future__ import annotations

import calendar
import logging
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

from generator.catalog.index import Catalog
from generator.catalog.page_table import ENTRIES
from generator.catalog.routes import Routes, file_of
from generator.catalog.site_page import OnePage
from generator.output.templates import Templates

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

Engine = Literal["mkdocs", "zensical"]
Entry = dict[str, "str | list[Entry | str]"]
"""One line of the navigation: a title to a file, or to more lines."""

COMMANDS: Mapping[Engine, tuple[str, ...]] = {
    "mkdocs": ("-m", "mkdocs", "build", "--strict", "--config-file"),
    "zensical": ("-m", "zensical", "build", "--strict", "--config-file"),
}


class EngineError(Exception):
    """The engine stopped with an error or a warning; its words say why."""


def configuration(root: Path, catalog: Catalog, routes: Routes, site_dir: Path) -> str:
    """build/mkdocs.yml: what mkdocs.yml cannot know, and the rest inherited from it."""
    build = root / "build"
    value = {
        "INHERIT": os.path.relpath(root / "mkdocs.yml", build),
        "docs_dir": "docs",
        "site_dir": os.path.relpath(site_dir, build),
        "theme": {"custom_dir": os.path.relpath(root / "theme" / "overrides", build)},
        "extra": {"edition": {"version": catalog.edition.version, "date": catalog.edition.date}},
        "nav": navigation(routes),
    }
    return "# Made by 'playbook build' from mkdocs.yml and data/; do not edit.\n" + yaml.safe_dump(value, sort_keys=False, allow_unicode=True)


def navigation(routes: Routes) -> list[Entry | str]:
    """The home page, then the entries of the menu with the pages under each. Both engines print its titles as HTML."""
    children: dict[str, list[OnePage]] = defaultdict(list)
    for page in routes.pages:
        children[page.under].append(page)

    def entry(page: OnePage, label: str) -> Entry:
        file = file_of(page.address).as_posix()
        inside: list[Entry | str] = [entry(child, child.label) for child in children[page.id]]
        return {escape(label): [file, *inside] if inside else file}

    return [entry(routes.by_id["home"], "Home"), *(entry(routes.by_id[name], label) for name, label in ENTRIES.items())]


def run(root: Path, engine: Engine, date: str) -> None:
    """Build build/docs into the configured folder; `date` (2026-11-22) stands where an engine would write today's."""
    command = [sys.executable, *COMMANDS[engine], str(root / "build" / "mkdocs.yml")]
    with dated(date):
        # Open files: the lock of staging.alone.
        result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, close_fds=False)
    if result.returncode:
        told = f"{result.stdout}{result.stderr}".rstrip()
        if refused := _REFUSED.search(told):
            number = int(refused["python"] or refused["rust"])
            raise OSError(number, os.strerror(number), refused["file"])
        raise EngineError(_in_template(result.stderr) or f"{engine} stopped with exit code {result.returncode}:\n{told}")


_REFUSED = re.compile(r"^\w*Error: \[Errno (?P<python>\d+)\] [^:\n]+(?:: '(?P<file>[^\n']*)')?(?: -> .*)?\Z|\(os error (?P<rust>\d+)\)", re.MULTILINE)
"""What an engine says last where the system refuses it something: MkDocs in the words of Python, Zensical in those of Rust."""


def _in_template(said: str) -> str | None:
    """The line of a template of ours in which MkDocs' traceback ends, and the error; None where it ends elsewhere."""
    places = re.findall(r'^ *File "([^"]+/theme/overrides/[^"]+)", line (\d+)', said, re.MULTILINE)
    error = re.search(r"^[\w.]+: (.+)\s*\Z", said, re.MULTILINE)
    return f"{places[-1][0]}:{places[-1][1]}: {error[1]}" if places and error else None


def load() -> None:
    """Load MkDocs, before there is anything for it to do."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    import mkdocs.commands.build
    import mkdocs.config  # noqa: F401


@contextmanager
def dated(date: str) -> Iterator[None]:
    """The environment in which an engine takes this day for today's, and says nothing of its successor."""
    wanted = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(calendar.timegm(time.strptime(date, "%Y-%m-%d")))}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


class Live:
    """MkDocs inside this process, for `playbook serve`: what one build has loaded, the next one uses again."""

    def __init__(self, root: Path, address: str) -> None:
        """`address` is the preview's."""
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        self._settings = root / "build" / "mkdocs.yml"
        self._address = address
        self._config: MkDocsConfig | None = None

    def build(self, folder: Path, *, only_changed: bool) -> None:
        """All of build/docs into `folder`, or what changed since the last time; then settings and theme must be the same as they were."""
        from mkdocs.commands.build import build
        from mkdocs.exceptions import MkDocsException

        try:
            if not (only_changed and self._config):
                self._config = self._loaded()
            self._config.site_dir = str(folder)
            if only_changed:
                _date_back(folder, Path(self._config.docs_dir))
            build(self._config, dirty=only_changed)
        except MkDocsException as error:
            raise EngineError(f"mkdocs stopped: {error}") from error

    def _loaded(self) -> MkDocsConfig:
        from mkdocs.config import load_config

        config = load_config(str(self._settings), site_url=self._address)
        environment = config.theme.get_env()
        environment.loader = _ThemeFiles(config.theme.dirs)
        config.theme.get_env = lambda: environment  # type: ignore[method-assign]
        return config


def _date_back(folder: Path, docs: Path) -> None:
    """Let MkDocs, which goes by dates, make every page anew that is later than all of its sources: the clock was wrong."""
    newest = max(path.stat().st_mtime for path in docs.rglob("*"))
    for path in folder.rglob("*"):
        if path.stat().st_mtime > newest:
            os.utime(path, (0, 0))


class _ThemeFiles(Templates):
    """Looks for the theme's files once, and not at its 14,000 icons: MkDocs would do so in each build, to leave them out."""

    def list_templates(self) -> list[str]:
        return self._listed

    @cached_property
    def _listed(self) -> list[str]:
        return [name for name in super().list_templates() if not name.startswith(".")]
