"""Each record of data/ is in the file that bears its name; a file that is missing, misnamed or there twice is one problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model import guides, history, ids, playbook
from generator.problems import Mark, Problem
from generator.project import project_files
from generator.project.yaml_reader import Source

_LEADERSHIP = "turnaround-leadership-guide"
_OTHERS = ("permalinks.txt", "schema/")
"""What data/ holds beside records."""
_LISTED = "data/README.md lists the files; mind '.yml'"


@dataclass(frozen=True)
class _Naming:
    """What a folder's files hold: the field that names the file, and the file's name."""

    kind: str
    field: str
    file: Callable[[Any], str]


_NAMINGS: Mapping[type[playbook.Record], _Naming] = {
    playbook.Practice: _Naming("practice", "id", lambda record: _practice(record.id)),
    guides.LeadershipSection: _Naming("section", "cell", lambda record: _section(record.cell)),
    history.Released: _Naming("version", "version", lambda record: f"editions/{record.version}.yml"),
}


def _practice(practice: str) -> str:
    return f"practices/{practice}.yml"


def _section(cell: str) -> str:
    return f"guides/leadership/{ids.as_anchor(cell)}.yml"


@dataclass(frozen=True)
class Filed:
    """What is wrong with the files of data/ as files."""

    problems: tuple[Problem, ...]
    explained: frozenset[str]
    """The missing files whose content is in a file with a wrong name: that they are missing is told already."""
    broken: frozenset[str]
    """The files that are not whole by it."""


def check(files: Iterable[str], known: Iterable[str], records: Mapping[str, playbook.Record], sources: Mapping[str, Source]) -> Filed:
    """Compare the files that are in data/ with those that are read (`known`), and with those that the records ask for."""
    present, read = set(files), set(known)
    problems: list[Problem] = []
    copies: set[str] = set()
    elsewhere: set[str] = set()
    for name, record in records.items():
        wanted = _file(record)
        if wanted in ("", name):
            continue
        if wanted in records and _file(records[wanted]) == wanted:
            copies.add(name)
            problems.append(_copy(name, record, wanted, sources[name]))
        else:
            # Two that have each other's id: it says nothing of what is in them.
            (copies if wanted in present else elsewhere).add(name if wanted in present else wanted)
            problems.append(_misnamed(name, record, wanted, sources[name]))
    asked_for = set(_asked_for(records)) - read
    missing = (asked_for | read) - present - elsewhere
    explained: set[str] = set()
    for name in sorted(present - read):
        if not name.startswith(_OTHERS):
            problem, meant = project_files.stranger(f"data/{name}", (f"data/{other}" for other in missing), _LISTED)
            problems.append(problem)
            explained |= {meant.removeprefix("data/")} if meant else set()
    lacking = asked_for & missing - explained
    problems += (_lacking(name) for name in lacking)
    return Filed(tuple(problems), frozenset(explained), frozenset(copies | explained | lacking))


def _file(record: playbook.Record) -> str:
    """The file in which a record belongs; '' where a file's name says nothing of its record."""
    naming = _NAMINGS.get(type(record))
    return naming.file(record) if naming else ""


def _asked_for(records: Mapping[str, playbook.Record]) -> Iterator[str]:
    """The files that there must be for the cells of the source maps."""
    for source_map in records.values():
        if isinstance(source_map, playbook.SourceMap):
            yield from (_practice(ids.practice_of(basis.cell)) for basis in source_map.columns)
            yield from (_section(item.cell) for item in source_map.items if item.cell and source_map.document == _LEADERSHIP)


def _copy(name: str, record: playbook.Record, wanted: str, source: Source) -> Problem:
    naming = _NAMINGS[type(record)]
    hint = f"remove data/{name} if it is a copy; if it is another {naming.kind}, mend its '{naming.field}'"
    return _of_record(record, source, "file-twice", f"is in data/{wanted} too: two files hold it", hint)


def _misnamed(name: str, record: playbook.Record, wanted: str, source: Source) -> Problem:
    return _of_record(record, source, "misnamed-file", f"is in data/{name}", f"name the file {wanted.rpartition('/')[2]}")


def _of_record(record: playbook.Record, source: Source, code: str, message: str, hint: str) -> Problem:
    naming = _NAMINGS[type(record)]
    return Problem(source.mark((naming.field,)), code, naming.field, f"{naming.kind} '{getattr(record, naming.field)}' {message}", hint)


def _lacking(name: str) -> Problem:
    hint = f"bring it back from git: git checkout -- data/{name}; or mend the cells in data/source-map/"
    return Problem(Mark(f"data/{name}"), "missing-file", "", f"data/{name} is missing, and the source map has cells of it", hint)
