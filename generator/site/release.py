"""`playbook release`: zips of the site, the data and the handouts with their checksums; the same commit and libraries give the same bytes."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.catalog.index import Catalog
from generator.catalog.routes import DATA, HANDOUTS
from generator.checks.checked_edition import Edition
from generator.handouts import system_libraries
from generator.output import folders, zip_files
from generator.problems import Mark, Problem
from generator.progress import Progress
from generator.site import build, offline

FOLDER = "release"
SUMS = "SHA256SUMS"
MADE_WITH = "MADE-WITH"
PROMISE = "The same commit gives the same bytes on every machine where all of these are the same:\n\n"


def release(root: Path, edition: Edition, say: Callable[[str], None], progress: Progress) -> list[Problem]:
    """Build, and fill release/ with the zips and their checksums and nothing else; nothing is written while a problem is open."""
    if problems := [*_unready(root, edition.catalog, say)]:
        return problems
    folders.refuse_foreign([root / FOLDER])
    with build.alone(root, say):
        if problems := build.renew(root, edition, "mkdocs", say, progress, with_offline=True):
            return problems
        _fill(root, edition.catalog)
    return []


def _fill(root: Path, catalog: Catalog) -> None:
    folders.recover(root / FOLDER)
    tree = folders.Tree()
    zips = dict(_zips(root, catalog))
    for name, content in zips.items():
        tree.add(name, content)
    tree.add(SUMS, "".join(f"{hashlib.sha256(zips[name]).hexdigest()}  {name}\n" for name in sorted(zips)))
    tree.add(MADE_WITH, PROMISE + "".join(f"{name} {version}\n" for name, version in system_libraries.versions().items()))
    made = root / "build" / FOLDER
    tree.write(made)
    folders.replace(made, root / FOLDER)


def _zips(root: Path, catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """The zips by their names."""
    edition = catalog.edition
    yield f"{zip_files.named(edition.version, 'site')}.zip", (root / offline.ZIP).read_bytes()
    for part, folder in (("data", DATA), ("handouts", HANDOUTS)):
        name = zip_files.named(edition.version, part)
        yield f"{name}.zip", zip_files.packed(dict(_files(root / "site" / folder, name)), edition.date)


def _files(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """All files in a folder of the site but the page that lists them."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "index.html":
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _unready(root: Path, catalog: Catalog, say: Callable[[str], None]) -> Iterator[Problem]:
    """What keeps this commit from being released."""
    head = _git(root, "rev-parse", "--verify", "HEAD")
    if head is None:
        say("git knows nothing of this folder: not checked that all changes are committed and that the version is new")
        return
    for line in (_git(root, "status", "--porcelain", "-z", "--no-renames") or "").split("\0"):
        if line:
            hint = "commit it or take it back: a release can be made again only from a commit"
            yield Problem(Mark(line[3:]), "uncommitted-change", "", "is not as it is committed", hint)
    version = catalog.edition.version
    tagged = _git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/v{version}^{{commit}}")
    if tagged not in (None, head):
        message = f"version {version} is released: the tag 'v{version}' is on another commit, {str(tagged)[:10]}"
        hint = "raise 'version' and 'date', and begin their part of CHANGELOG.md"
        yield catalog.problem(catalog.edition, "version-taken", message, hint, "version")


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None where it has nothing to say, or is not there."""
    try:
        result = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return result.stdout.rstrip("\n") if result.returncode == 0 else None
