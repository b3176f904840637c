"""Whether a build would make what is there already: the same inputs, and the output as the last build left it.

Imports little, so that the answer takes a moment. Where anything is not understood, the answer is no.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from generator.output import folders

FILE = "unchanged.json"
"""The stamp, below build/."""

LIBRARIES = Path("/etc/ld.so.cache")
"""Written anew whenever a library of the system is installed, upgraded or removed."""

LARGEST = 50_000_000
"""Bytes of a file that is read to see whether it changed."""

READ = ("data", "content", "theme", "mkdocs.yml", "CITATION.cff")
"""What a build reads, below the root."""

_MADE = {"build", "site", "site-offline", "site-offline.zip", "release", "collected"}
"""What commands write below the root."""

_VARIABLES = {"SOURCE_DATE_EPOCH", "PYTHONPATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "FONTCONFIG_FILE", "FONTCONFIG_PATH"}


class UnknownError(Exception):
    """Nobody can tell whether this changed."""


UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, UnknownError)
"""What a kept file raises that is not there, damaged, or of somebody else."""


class Inputs:
    """What decides over an output, as it is before any of it is read."""

    def __init__(self, root: Path, names: Iterable[str], *options: object) -> None:
        """`names` are the project's files and folders that are read for it, `options` are what was asked for."""
        self._root, self._names = root, sorted(names)
        try:
            self._sources = _sources(root, self._names)
            self.key = _hash([repr((options, _machine(root))).encode(), self._sources[0]])
        except (OSError, UnknownError):
            self.key = ""

    def are_still(self) -> bool:
        """Whether nobody touched a file since. OSError, UnknownError: see `state`."""
        return self._sources == _sources(self._root, self._names)


class Stamp:
    """What a build is made from, taken before it reads anything; and what the last good build had, made and said."""

    def __init__(self, root: Path, options: Sequence[str], outputs: Sequence[str]) -> None:
        """`options` are the engine and what else was asked for; `outputs` are what the build makes below the root."""
        self.root, self.outputs = root, outputs
        self.file = root / "build" / FILE
        self.inputs = Inputs(root, READ, options)

    def lines(self) -> list[str] | None:
        """What the last build said at its end, where this one would change nothing."""
        try:
            kept = json.loads(self.file.read_bytes())
            lines, same = kept["lines"], (kept["inputs"], kept["outputs"]) == (self.inputs.key, state(self.root, self.outputs))
        except UNREADABLE:
            return None
        return lines if same and self.inputs.key and isinstance(lines, list) and all(isinstance(line, str) for line in lines) else None

    def keep(self, lines: Sequence[str]) -> None:
        """After a good build, while no other one writes; nothing is kept where an input changed meanwhile, or where there is no room."""
        with suppress(OSError, UnknownError):
            if self.inputs.key and self.inputs.are_still():
                value = {"inputs": self.inputs.key, "outputs": state(self.root, self.outputs), "lines": list(lines)}
                folders.write(self.file, json.dumps(value, indent=1).encode())


def forget(root: Path) -> None:
    """Before a build: one that fails leaves no stamp."""
    (root / "build" / FILE).unlink(missing_ok=True)


def _machine(root: Path) -> tuple[object, ...]:
    """What decides over the output beside files of the project: packages, libraries, the environment."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace")
    return sys.version, os.uname().machine, _distributions(), _times(LIBRARIES), _variables(settings)


def _sources(root: Path, names: Sequence[str]) -> tuple[bytes, str]:
    """A hash of all that is read, and one of its times, which tells of an edit that was taken back."""
    code = Path(__file__).parent.parent
    # A setting may name any file of the project; of what no build reads by itself, size and time have to do.
    others = [path.name for path in root.iterdir() if not path.name.startswith(".") and path.name not in {*_MADE, *READ}]
    named, times = state(root, others), state(root, names)
    read = [(root, path) for path in _files(root / name for name in names)] + [(code, path) for path in _files([code])]
    content = (os.fsencode(f"{path.relative_to(folder)} ") + _content(path) for folder, path in read)
    return _hash([named.encode(), *content]).encode(), named + times


def _hash(inputs: Iterable[bytes]) -> str:
    """One name for all of these."""
    found = hashlib.sha256()
    for content in inputs:
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


def state(root: Path, names: Iterable[str]) -> str:
    """A hash of the names, sizes and times of all files there. OSError, UnknownError: see `_files`."""
    return _hash(os.fsencode(f"{path.relative_to(root)} {_times(path)}") for path in _files(root / name for name in names))


def _content(path: Path) -> bytes:
    """UnknownError where that is no file of a project."""
    if path.stat().st_size > LARGEST:
        raise UnknownError(path)
    return path.read_bytes()


def _times(path: Path) -> tuple[int, ...]:
    """OSError where the file is not there. The system sets the last of these by each write, whatever date a program gives the file."""
    at = path.stat()
    return at.st_size, at.st_mtime_ns, at.st_ctime_ns


def _files(places: Iterable[Path]) -> Iterator[Path]:
    """All files there in one order, as far as the places exist; UnknownError where a folder is a link, or something is no file."""
    for place in sorted(places):
        if place.name == "__pycache__":
            continue
        if place.is_dir() and not place.is_symlink():
            yield from _files(place.iterdir())
        elif place.is_file():
            yield place
        elif place.exists() or place.is_symlink():
            raise UnknownError(place)


def _distributions() -> list[tuple[str, tuple[int, ...]]]:
    """The installed packages with their versions and the times of their installation."""
    places = [path for folder in map(Path, sys.path) if folder.is_dir() for path in folder.iterdir()]
    return sorted((path.name, _times(path)) for path in places if path.name.endswith((".dist-info", ".egg-info")))


def _variables(settings: str) -> list[tuple[str, str]]:
    """Those of the environment that a library reads, or that the settings name."""
    names = _VARIABLES.union(re.findall(r"[A-Za-z_]\w*", settings))
    return sorted((name, value) for name, value in os.environ.items() if name in names)
