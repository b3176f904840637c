"""MkDocs in this process for the pages that changed, all else linked from the last site; where anything else is new or odd, the engine has to."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Mapping, Set
from contextlib import suppress
from pathlib import Path

from generator.output import folders
from generator.site import engine
from generator.site.up_to_date import UNREADABLE, Inputs, UnknownError, state

FILE = "pages.json"
"""What the last site was made from, below build/."""

FRAME = ("mkdocs.yml", "build/mkdocs.yml", "theme/overrides")
"""What every page depends on, below the root; beside our code, packages and the environment."""

ALONE = {"toc", "tables", "fenced_code", "attr_list", "md_in_html", "generator.site.finished_html"}
"""Extensions of Markdown that read nothing but the page."""

_DOCS, _MADE, _SITE = "build/docs", "build/site", "site"


class ChangedPages:
    """The changes of one build since the last good one, whose site must be as it was left."""

    def __init__(self, root: Path, date: str) -> None:
        """Once build/docs is written; `date` as in `engine.run`."""
        self.root, self.date = root, date
        self.file = root / "build" / FILE
        self.frame = Inputs(root, FRAME, date)
        self.docs = _documents(root / _DOCS)

    def render(self) -> bool:
        """Make build/site, which must not be there; False where the engine has to."""
        changed = self._changed()
        if changed is None:
            return False
        made = self.root / _MADE
        shutil.copytree(self.root / _SITE, made, copy_function=os.link)
        pages = {name for name in changed if name.endswith(".md")}
        try:
            for name in changed - pages:
                # A link to the last site's file must not be written into.
                (made / name).unlink()
                shutil.copyfile(self.root / _DOCS / name, made / name)
            if not pages or _render(self.root / "build" / "mkdocs.yml", pages, self.date):
                return True
        except Exception:
            # Whatever it is, the engine will say it.
            logging.getLogger(__name__).debug("left to the engine", exc_info=True)
        shutil.rmtree(made)
        return False

    def _changed(self) -> Set[str] | None:
        """The files of build/docs that are not as they were; None where the others depend on more than themselves."""
        try:
            kept = json.loads(self.file.read_bytes())
            if not self.frame.key or (kept["frame"], kept["site"]) != (self.frame.key, state(self.root, [_SITE])):
                return None
            before = {name: (head, rest) for name, (head, rest) in kept["docs"].items()}
        except UNREADABLE:
            return None
        changed = {name for name, mark in self.docs.items() if before.get(name) != mark}
        # Menus show the titles of other pages.
        same_heads = before.keys() == self.docs.keys() and all(before[name][0] == self.docs[name][0] for name in changed)
        return changed if same_heads else None

    def keep(self) -> None:
        """Once site/ is in its place, while no other build writes; see `Stamp.keep`."""
        with suppress(OSError, UnknownError):
            if self.frame.key and self.frame.are_still():
                value = {"frame": self.frame.key, "site": state(self.root, [_SITE]), "docs": self.docs}
                folders.write(self.file, json.dumps(value).encode())


def _documents(docs: Path) -> Mapping[str, tuple[str, str]]:
    """Each file with a hash of its front matter, which only pages have, and of the rest."""
    found = {}
    for path in docs.rglob("*"):
        if path.is_file():
            head, mark, rest = path.read_bytes().partition(b"\n---\n") if path.suffix == ".md" else (b"", b"", path.read_bytes())
            found[path.relative_to(docs).as_posix()] = (_hash(head + mark), _hash(rest))
    return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _render(settings: Path, pages: Set[str], date: str) -> bool:
    """Write these pages as `mkdocs.commands.build.build` does; False where it would warn or where a page may depend on more than is known."""
    with engine.dated(date), _Warnings() as warnings:
        from mkdocs.commands.build import get_context
        from mkdocs.config import load_config
        from mkdocs.structure.files import get_files
        from mkdocs.structure.nav import get_navigation
        from mkdocs.structure.pages import Page

        config = load_config(str(settings), strict=True)
        if config.plugins or config.hooks or config.extra_templates or not ALONE.issuperset(config.markdown_extensions):
            return False
        environment = config.theme.get_env()
        files = get_files(config)
        files.add_files_from_theme(environment, config)
        menu = get_navigation(files, config)
        documents = files.documentation_pages()
        for file in documents:
            if file.page is None:
                Page(None, file, config)
            assert file.page is not None
            file.page.read_source(config)
            if "title" not in file.page.meta:
                return False
        changed = [page for file in documents if file.src_uri in pages and (page := file.page)]
        for page in changed:
            page.render(config, files)
        for page in changed:
            page.active = True
            html = environment.get_template(page.meta.get("template", "main.html")).render(get_context(menu, documents, config, page))
            place = Path(page.file.abs_dest_path)
            place.unlink()
            place.write_bytes(html.encode("utf-8", errors="xmlcharrefreplace"))
            page.active = False
        return len(changed) == len(pages) and not warnings.count


class _Warnings(logging.Handler):
    """Hears what MkDocs warns of, and says nothing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._log = logging.getLogger("mkdocs")

    def emit(self, record: logging.LogRecord) -> None:
        """Count it."""
        self.count += 1

    def __enter__(self) -> _Warnings:
        self._propagated, self._log.propagate = self._log.propagate, False
        self._log.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        self._log.removeHandler(self)
        self._log.propagate = self._propagated
