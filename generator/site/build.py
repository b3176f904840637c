"""From data/ to site/ in a few readable steps; nothing is written while a problem is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path, PurePosixPath

from generator.catalog.handout_list import File, Shelf
from generator.catalog.routes import DATA, FEED, HANDOUTS
from generator.checks import coverage, ratchet
from generator.checks.checked_edition import Edition
from generator.exports import atom_feed, compose_items, csv_tables, playbook_json, search_entries, search_suggestions
from generator.forms import form_fields
from generator.handouts.builder import Made, Press
from generator.output import folders, stylesheet, zip_files
from generator.pages import all_pages, renderer
from generator.problems import Problem
from generator.progress import Progress
from generator.site import changed_pages, engine, link_check, offline, up_to_date
from generator.site.engine import Engine

MADE = ("docs", "handouts", "templates", "site", "preview", "preview-next", offline.FOLDER, "release")
"""The folders in build/, whose files come and go."""

Stock = Mapping[str, Made]
"""The handouts that are made, by the names of their files."""


def documents(root: Path, edition: Edition, stock: Stock) -> folders.Tree:
    """Every file of build/docs: plain Markdown and static files."""
    catalog, routes = edition.catalog, edition.routes
    tree = folders.Tree()
    shelf = Shelf(catalog, {name: File(made.path.stat().st_size, made.pages) for name, made in stock.items()})
    pen = renderer.Writer(root, edition, shelf)
    value = playbook_json.as_value(playbook_json.export(catalog, routes))
    whole, parts = playbook_json.as_json(value).encode(), csv_tables.tables(value)
    tree.add(DATA + "playbook.json", whole)
    for table in parts:
        tree.add(DATA + table.file, table.content)
    for page in all_pages.pages(pen, len(whole), parts):
        tree.add(page.path, page.text)
    for name, made in stock.items():
        tree.add(HANDOUTS + name, made.path.read_bytes())
    style = [*stylesheet.lines(root / "theme" / "assets")]
    tree.add_folder(root / "theme" / "assets", PurePosixPath("assets"), without={stylesheet.FILE, *(line.file for line in style)})
    tree.add(f"assets/{stylesheet.FILE}", stylesheet.joined(style))
    tree.add("assets/print.css", (root / "theme" / "print" / "print.css").read_bytes())
    tree.add("assets/lunr.js", files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes())
    tree.add("assets/blanks.js", form_fields.script(pen.forms.values()))
    tree.add("assets/search-entries.js", search_entries.script(catalog, routes))
    tree.add("assets/search-suggestions.js", search_suggestions.script(catalog, routes))
    tree.add("assets/items.js", compose_items.script(catalog, routes))
    tree.add("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {edition.settings.address}sitemap.xml\n")
    tree.add(FEED, atom_feed.feed(catalog, edition.settings))
    tree.add_folder(root / "data" / "schema", PurePosixPath(DATA + "schema"))
    return tree


def handouts(root: Path, edition: Edition, progress: Progress) -> Stock:
    """Make the handouts whose input changed; all of them as they are now."""
    return Press(root, edition.catalog, edition.routes, edition.settings).run(progress)


def prepare(root: Path, edition: Edition, stock: Stock) -> int:
    """Write build/docs and build/mkdocs.yml; the number of files that changed."""
    build = root / "build"
    configuration = engine.configuration(root, edition.catalog, edition.routes, build / "site")
    changed = documents(root, edition, stock).write(build / "docs")
    return changed + folders.write(build / "mkdocs.yml", configuration.encode())


def build(
    root: Path,
    edition: Edition,
    chosen: Engine,
    say: Callable[[str], None],
    progress: Progress,
    *,
    with_offline: bool = False,
    done: Callable[[], None] = lambda: None,
) -> list[Problem]:
    """Make the handouts, write build/, run the engine, put the site in the place of the last one, while no other build does.

    The site stays as it was where a link is dead, or where a figure of data/figures.yml got worse. `done` is called before another build may write.
    """
    with alone(root, say):
        problems = renew(root, edition, chosen, say, progress, with_offline=with_offline)
        if not problems:
            done()
        return problems


@contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Where no other build of this folder writes. PlaceError where build/ or a folder in it is not its own."""
    build = root / "build"
    folders.refuse_foreign([build])
    with folders.alone(build, lambda: say("another build of this folder is running; waiting for it …")):
        folders.refuse_foreign(build / name for name in MADE)
        yield


def renew(
    root: Path, edition: Edition, chosen: Engine, say: Callable[[str], None], progress: Progress, *, with_offline: bool = False
) -> list[Problem]:
    """`build` for those who are alone already."""
    up_to_date.forget(root)
    if problems := list(ratchet.worse(edition.catalog, ratchet.counted(edition.catalog))):
        return problems
    site, made = root / "site", root / "build" / "site"
    folders.refuse_foreign([site, *([root / offline.FOLDER] if with_offline else ())])
    if folders.recover(site):
        say("an earlier run was cut off; the last good site is back")
    date = edition.catalog.edition.date
    with ThreadPoolExecutor(max_workers=1) as beside:
        # While others make handouts, which is what this process waits for.
        if chosen == "mkdocs":
            beside.submit(engine.load)
        reading = beside.submit(ratchet.grades, edition.catalog)
        stock = handouts(root, edition, progress)
        say(f"build/docs: {prepare(root, edition, stock)} files changed")
        shutil.rmtree(made, ignore_errors=True)
        changed = changed_pages.ChangedPages(root, date) if chosen == "mkdocs" else None
        say(f"{chosen} is building the site …")
        if not (changed and changed.render()):
            engine.run(root, chosen, date)
        harder = list(ratchet.worse(edition.catalog, ratchet.of_reading(reading.result())))
    if problems := harder or link_check.problems(made, root, edition):
        return problems
    if with_offline and (problems := _offline(root, edition, made)):
        return problems
    say(coverage.summary(edition.catalog))
    folders.replace(made, site)
    if changed:
        changed.keep()
    return []


def _offline(root: Path, edition: Edition, site: Path) -> list[Problem]:
    """Put the offline copy of a finished site and its zip in the place of the last ones unless a link in it needs a server."""
    found = edition.catalog.edition
    made, place = root / "build" / offline.FOLDER, root / offline.FOLDER
    folders.recover(place)
    copy = offline.copy(site)
    copy.write(made)
    if problems := link_check.problems(made, root, edition, by_files=True):
        return problems
    files = {f"{zip_files.named(found.version, 'site')}/{path}": content for path, content in copy.files.items()}
    folders.write(root / offline.ZIP, zip_files.packed(files, found.date))
    folders.replace(made, place)
    return []
