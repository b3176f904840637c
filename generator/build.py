"""From data/ to site/ in a few readable steps; nothing is written while a problem is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path, PurePosixPath

from generator import blanks, composer, coverage, engine, exports, feed, pages, schema, search, staging, writer
from generator.edition import Edition
from generator.engine import Engine
from generator.handouts.press import Made, Press, Progress
from generator.routes import FEED, HANDOUTS
from generator.shelf import File, Shelf

Stock = Mapping[str, Made]
"""The handouts that are made, by the names of their files."""


def documents(root: Path, edition: Edition, stock: Stock) -> staging.Tree:
    """Every file of build/docs: plain Markdown and static files."""
    catalog, routes = edition.catalog, edition.routes
    tree = staging.Tree()
    shelf = Shelf(catalog, {name: File(made.path.stat().st_size, made.pages) for name, made in stock.items()})
    pen = writer.Writer(root, edition, shelf)
    for page in pages.pages(pen):
        tree.add(page.path, page.text)
    for name, made in stock.items():
        tree.add(HANDOUTS + name, made.path.read_bytes())
    tree.add_folder(root / "theme" / "assets", PurePosixPath("assets"))
    tree.add("assets/print.css", (root / "theme" / "print" / "print.css").read_bytes())
    tree.add("assets/lunr.js", files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes())
    tree.add("assets/blanks.js", blanks.script(pen.forms.values()))
    tree.add("assets/search-entries.js", search.script(catalog, routes))
    tree.add("assets/items.js", composer.script(catalog, routes))
    tree.add("data/playbook.json", exports.as_json(exports.export(catalog, routes)))
    tree.add(FEED, feed.feed(catalog, edition.settings))
    for name, text in schema.schemas().items():
        tree.add(f"data/schema/{name}", text)
    return tree


def handouts(root: Path, edition: Edition, progress: Progress) -> Stock:
    """Make the handouts whose input changed; all of them as they are now."""
    return Press(root, edition.catalog, edition.routes, edition.settings).run(progress)


def prepare(root: Path, edition: Edition, stock: Stock) -> int:
    """Write build/docs and build/mkdocs.yml; the number of files that changed."""
    build = root / "build"
    configuration = engine.configuration(root, edition.catalog, edition.routes, build / "site")
    changed = documents(root, edition, stock).write(build / "docs")
    return changed + staging.write(build / "mkdocs.yml", configuration.encode())


def build(root: Path, edition: Edition, chosen: Engine, say: Callable[[str], None], progress: Progress) -> None:
    """Make the handouts, write build/, run the engine, put the finished site in the place of the last one."""
    site, made = root / "site", root / "build" / "site"
    if staging.recover(site):
        say("an earlier run was cut off; the last good site is back")
    stock = handouts(root, edition, progress)
    say(f"build/docs: {prepare(root, edition, stock)} files changed")
    shutil.rmtree(made, ignore_errors=True)
    say(f"{chosen} is building the site …")
    engine.run(root, chosen, edition.catalog.edition.date)
    staging.replace(made, site)
    say(coverage.summary(edition.catalog))
