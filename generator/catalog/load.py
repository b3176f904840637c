"""Reads data/ into a catalog; the only module that reads a file there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.catalog import filing, validation_messages
from generator.catalog.guide_index import Companions
from generator.catalog.index import Catalog, Place
from generator.model import guides, history, ids, link_status, measurements, playbook, search_terms, term_list
from generator.problems import Problem
from generator.project import project_files, yaml_reader
from generator.project.yaml_reader import Source

R = TypeVar("R", bound=playbook.Record)

FILES: dict[str, type[playbook.Record]] = {
    "playbook.yml": playbook.Edition,
    "introduction.yml": playbook.IntroductionFile,
    "domains.yml": playbook.DomainFile,
    "tools.yml": playbook.ToolFile,
    "resources.yml": playbook.ResourceFile,
    "glossary.yml": playbook.GlossaryFile,
    "errata.yml": playbook.ErratumFile,
    "sources.yml": playbook.DocumentFile,
    "term-list.yml": term_list.TermList,
    "search.yml": search_terms.SynonymFile,
    "asked.yml": search_terms.AskedFile,
    "search-score.yml": search_terms.SearchScore,
    "figures.yml": measurements.FigureFile,
    "link-status.yml": link_status.LinkStatusFile,
    "source-map/playbook.yml": playbook.SourceMap,
    "source-map/turnaround-leadership.yml": playbook.SourceMap,
    "source-map/improvement-cycle.yml": playbook.SourceMap,
    "source-map/turnaround-practices.yml": playbook.SourceMap,
    "source-map/library-record.yml": playbook.SourceMap,
    "guides/leadership.yml": guides.LeadershipIntroduction,
    "guides/cycle.yml": guides.Cycle,
    "guides/coaching.yml": guides.Coaching,
    "guides/lea-self-reflection.yml": guides.Rubric,
    "guides/planning-template.yml": guides.FormFile,
    "guides/root-cause.yml": guides.FormFile,
    "guides/theory-of-action.yml": guides.FormFile,
    "guides/turnaround-practices.yml": guides.ExternalPractices,
    "guides/errata.yml": playbook.ErratumFile,
    "crosswalk.yml": guides.Crosswalk,
    "retired.yml": history.RetiredFile,
}
"""The files of data/ that must be there, and what each one holds."""

FOLDERS: dict[str, type[playbook.Record]] = {
    "practices": playbook.Practice,
    "guides/leadership": guides.LeadershipSection,
    "editions": history.Released,
}
"""The folders of data/ whose every file holds one record, and bears its name; see `filing`."""

READABLE = (".yml", ".yaml", ".txt", ".json")
"""What a file of data/ may be called at all, also by those who mean another ending; README.md is none of them."""

FRAME = (
    "playbook.yml",
    "search-score.yml",
    "figures.yml",
    "guides/cycle.yml",
    "guides/coaching.yml",
    "guides/lea-self-reflection.yml",
    "guides/turnaround-practices.yml",
    *(name for name in FILES if name.startswith("source-map/")),
)
"""The files that are one record each; without one of them no question across files can be answered."""


@dataclass(frozen=True)
class Loaded:
    """What could be read: a catalog when the frame of the edition is there, and the problems."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Read and validate all of `root`/data; every problem of shape is found in one pass."""
    data = root / "data"
    problems: list[Problem] = []
    records: dict[str, playbook.Record] = {}
    sources: dict[str, Source] = {}
    broken: set[str] = set()
    files = project_files.names(data, *READABLE)
    for name, shape in _expected(files):
        read, found = project_files.source(root, f"data/{name}")
        if read:
            record, source, misshapen = _validate(read, shape)
            found += misshapen
            if record:
                records[name], sources[name] = record, source
        if found:
            broken.add(name)
        problems += found
    filed = filing.check(files, (name for name, _ in _expected(files)), records, sources)
    problems = [problem for problem in problems if problem.mark.file.removeprefix("data/") not in filed.explained]
    whole = {name: record for name, record in records.items() if name not in filed.broken}
    return Loaded(_catalog(whole, sources, filed.broken | broken), (*problems, *filed.problems))


def permalinks(root: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The public addresses of all editions, in the order of data/permalinks.txt, line by line."""
    name = "data/permalinks.txt"
    text, problems = project_files.text(root, name)
    return tuple(text.splitlines()), problems


def _expected(files: Sequence[str]) -> Iterator[tuple[str, type[playbook.Record]]]:
    yield from FILES.items()
    yield from ((name, shape) for name in files if (shape := _shape(name)))


def _shape(name: str) -> type[playbook.Record] | None:
    """What a file of one of the folders holds."""
    folder, _, file = name.rpartition("/")
    return FOLDERS.get(folder) if file.endswith(".yml") else None


def _validate(source: Source, shape: type[playbook.Record]) -> tuple[playbook.Record | None, Source, list[Problem]]:
    """The record, the source that its paths belong to, and what is wrong.

    Where something is wrong, what is broken is taken out and the rest read again, so that rules can speak of it in the same run.
    """
    found: list[Problem] = []
    while True:
        try:
            return shape.model_validate_json(json.dumps(source.value)), source, found
        except ValidationError as error:
            errors = error.errors(include_url=False)
            # Taking something out can leave a list too short: only the first reading speaks of what is in the file.
            found = found or validation_messages.problems(source, shape, errors)
            broken = {_removable(source.value, detail) for detail in errors}
            if () in broken:
                return None, source, found
            source = source.without(broken)


def _removable(value: Any, error: ErrorDetails) -> yaml_reader.Path:
    """The smallest thing whose removal takes the error away: an unknown field, else the nearest list item; () if there is none."""
    path = validation_messages.place(error)
    if error["type"] == "extra_forbidden" or "[key]" in error["loc"]:
        return path
    while path and not (isinstance(path[-1], int) and _holds(value, path)):
        path = path[:-1]
    return path


def _holds(value: Any, path: yaml_reader.Path) -> bool:
    """Whether the path leads to something; that of a missing second number does not."""
    for part in path:
        if not (part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int) and part < len(value)):
            return False
        value = value[part]
    return True


def _walk(record: playbook.Record, path: yaml_reader.Path) -> Iterator[tuple[yaml_reader.Path, playbook.Record]]:
    """Each record in `record` with the path at which it stands in the file."""
    yield path, record
    for name, written in playbook.fields(type(record)):
        value = getattr(record, name)
        key = (*path, written)
        if isinstance(value, dict):
            for inner, items in value.items():
                yield from _walk_list(items, (*key, inner))
        elif isinstance(value, tuple):
            yield from _walk_list(value, key)
        elif isinstance(value, playbook.Record):
            yield from _walk(value, key)


def _walk_list(items: Sequence[Any], path: yaml_reader.Path) -> Iterator[tuple[yaml_reader.Path, playbook.Record]]:
    for index, item in enumerate(items):
        if isinstance(item, playbook.Record):
            yield from _walk(item, (*path, index))


def _catalog(records: dict[str, playbook.Record], sources: dict[str, Source], broken: frozenset[str]) -> Catalog | None:
    """The index of what was read; None when a file of the frame has nothing to show."""
    if any(name not in records for name in FRAME):
        return None

    nested = [(record, Place(sources[name], path)) for name in records for path, record in _walk(records[name], ())]
    for record, place in nested:
        record.found_at(place.source.file, place.path)

    def one(name: str, shape: type[R]) -> R:
        record = records[name]
        assert isinstance(record, shape)
        return record

    def all_of(shape: type[R]) -> list[R]:
        return [record for record in records.values() if isinstance(record, shape)]

    def listed(name: str, field: str) -> tuple[Any, ...]:
        return getattr(records[name], field) if name in records else ()

    return Catalog(
        edition=one("playbook.yml", playbook.Edition),
        paragraphs=listed("introduction.yml", "paragraphs"),
        domains=_keyed(listed("domains.yml", "domains")),
        practices=_keyed(all_of(playbook.Practice)),
        tools=_keyed(listed("tools.yml", "tools")),
        resources=_keyed(listed("resources.yml", "resources")),
        terms=_keyed(listed("glossary.yml", "terms")),
        errata=_keyed([*listed("errata.yml", "errata"), *listed("guides/errata.yml", "errata")]),
        documents=_keyed(listed("sources.yml", "sources")),
        kept_terms=listed("term-list.yml", "keep"),
        avoided_words=listed("term-list.yml", "avoid"),
        synonyms=listed("search.yml", "synonyms"),
        asked=listed("asked.yml", "asked"),
        search_score=one("search-score.yml", search_terms.SearchScore),
        measured=one("figures.yml", measurements.FigureFile),
        link_status={status.url: status for status in listed("link-status.yml", "links")},
        source_maps={source_map.document: source_map for source_map in all_of(playbook.SourceMap)},
        companions=Companions(
            leadership_introduction=listed("guides/leadership.yml", "introduction"),
            sections=tuple(sorted(all_of(guides.LeadershipSection), key=_by_level(one("playbook.yml", playbook.Edition)))),
            cycle=one("guides/cycle.yml", guides.Cycle),
            coaching=one("guides/coaching.yml", guides.Coaching),
            rubric=one("guides/lea-self-reflection.yml", guides.Rubric),
            forms=_keyed([form for file in all_of(guides.FormFile) for form in file.forms]),
            external=one("guides/turnaround-practices.yml", guides.ExternalPractices),
            links=listed("crosswalk.yml", "links"),
            no_twins=listed("crosswalk.yml", "no_twins"),
        ),
        retired=_keyed(listed("retired.yml", "retired")),
        released=tuple(sorted(all_of(history.Released), key=lambda released: history.number(released.version), reverse=True)),
        records=tuple(record for record, _ in nested),
        places={record.at: place for record, place in nested},
        broken=broken,
    )


def _by_level(edition: playbook.Edition) -> Callable[[guides.LeadershipSection], tuple[str, int]]:
    """School before district, whatever the alphabet says of the files' names."""
    levels = [level.id for level in edition.levels]
    return lambda section: (ids.practice_of(section.cell), levels.index(level) if (level := ids.level_of(section.cell)) in levels else len(levels))


def _keyed(items: Sequence[Any]) -> dict[str, Any]:
    """By id; where two share one, the first stays and a rule tells of the other."""
    found: dict[str, Any] = {}
    for item in items:
        found.setdefault(item.id, item)
    return found
