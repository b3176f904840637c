"""What became of each record from one edition to the next, and which step of the version that asks for."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import yaml

from generator.editions.normalized import KINDS, Entry, Snapshot, Texts
from generator.exports.guide_records import ExportedForm, ExportedNode
from generator.exports.playbook_json import Export, ExportedRetired
from generator.model.history import CHANGES, Change, ChangeKind, Difference, number
from generator.problems import Mark, Problem

Step = Literal["none", "patch", "minor", "major"]
DUE: Mapping[ChangeKind, Step] = {
    "added": "minor",
    "reworded": "patch",
    "moved": "patch",
    "changed": "patch",
    "retired": "major",
    "vanished": "major",
}
"""The step of the version that each change asks for; data/README.md says it in words."""
STEPS: tuple[Step, ...] = get_args(Step)

FIELDS = {"column": "habit", "from": "source items", "see": "related terms", "part_of": "continues", "about": "concerns"}
"""What people call a field, where its name does not say it."""
ALPHABETICAL = frozenset({"glossary"})
"""Kinds whose order follows from their names."""


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side; changes are in the order of their kinds, then of the site."""

    old: Snapshot
    new: Snapshot
    changes: tuple[Change, ...]
    fields_gone: tuple[str, ...]
    arrays_new: tuple[str, ...]
    fields_new: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many records each kind of change met."""
        met = Counter(change.change for change in self.changes)
        return {kind: met[kind] for kind in CHANGES if met[kind]}

    @property
    def step(self) -> Step:
        """The smallest step of the version that these changes ask for."""
        due = {DUE[change.change] for change in self.changes}
        due |= {"major"} if self.fields_gone else set()
        due |= {"minor"} if self.arrays_new or self.fields_new else set()
        return max(due, key=STEPS.index, default="none")

    @property
    def least(self) -> str:
        """The lowest version that makes this step."""
        return raised(self.old.version, self.step)

    @property
    def enough(self) -> bool:
        """Whether the new version makes the step."""
        return number(self.new.version) >= number(self.least)


def raised(version: str, step: Step) -> str:
    """'0.1.3' and 'minor' to '0.2.0'."""
    major, minor, patch = number(version)
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}", "none": version}[step]


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """All changes; arrays that the old file did not have yet are new to programs, not to readers."""
    arrays_new = tuple(kind for kind in new.fields if kind not in old.fields)
    entries = {name: entry for name, entry in new.entries.items() if entry.kind not in arrays_new}
    new = replace(new, entries=entries)
    both = [name for name in entries if name in old.entries]
    found = [
        *_added(old, new),
        *_reworded(old, new, both),
        *_moved(old, new, both),
        *_changed(old, new, both),
        *_gone(old, new),
    ]
    changes = tuple(sorted(found, key=lambda change: list(CHANGES).index(change.change)))
    return Comparison(old, new, changes, tuple(_fields_gone(old, new)), arrays_new, tuple(_fields_new(old, new)), tuple(_problems(old, new, changes)))


def _added(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Records that are new; what came with a new page is counted with it."""
    before = {entry.page for entry in old.entries.values()}
    added = [entry for name, entry in new.entries.items() if name not in old.entries]
    for entry, inside in _folded(added, {entry.page for entry in added} - before):
        yield _change("added", entry, [_difference("text", (), entry.words["text"])], with_it=inside)


def _gone(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Records that are no longer here, retired or not; what went with its page is counted with it."""
    gone = [entry for name, entry in old.entries.items() if name not in new.entries]
    pages = {entry.page for entry in gone} - {entry.page for entry in new.entries.values()}
    covered = [entry for entry in gone if _retirement(entry, old, new)]
    for entry, inside in _folded(covered, pages, keep=new.retired):
        retired = new.retired.get(entry.id)
        said = {"why": retired.why, "replaced_by": retired.replaced_by} if retired else {}
        yield _change("retired", entry, [_difference("text", entry.words["text"], ())], with_it=inside, **said)
    for entry, inside in _folded([entry for entry in gone if entry not in covered], pages):
        yield _change("vanished", entry, [_difference("text", entry.words["text"], ())], with_it=inside)


def _retirement(entry: Entry, old: Snapshot, new: Snapshot) -> ExportedRetired | None:
    """What retires a record: its own line of retired.yml, or that of its page."""
    of_page = (retired for name, retired in new.retired.items() if name in old.entries and entry.page in retired.addresses)
    return new.retired.get(entry.id) or next(of_page, None)


def _folded(entries: Iterable[Entry], pages: Iterable[str], keep: Iterable[str] = ()) -> Iterator[tuple[Entry, int]]:
    """Entries one by one, but one for each of these pages, with the number of the others on it; those to keep stay."""
    pages, keep = frozenset(pages), frozenset(keep)
    on_page: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        on_page[entry.page].append(entry)
    for page, inside in on_page.items():
        head = next((entry for entry in inside if "title" in entry.facts), inside[0])
        shown = [entry for entry in inside if page not in pages or entry is head or entry.id in keep]
        yield from ((entry, len(inside) - len(shown) if entry is head else 0) for entry in shown)


def _reworded(old: Snapshot, new: Snapshot, both: Iterable[str]) -> Iterator[Change]:
    """Records that say something in other words."""
    for name in both:
        if differences := _differences(old.entries[name].words, new.entries[name].words):
            yield _change("reworded", new.entries[name], differences)


def _changed(old: Snapshot, new: Snapshot, both: Iterable[str]) -> Iterator[Change]:
    """Facts that differ; of a list, only what came or went."""
    for name in both:
        if differences := _differences(old.entries[name].facts, new.entries[name].facts):
            yield _change("changed", new.entries[name], [_less_common(difference) for difference in differences])


def _less_common(difference: Difference) -> Difference:
    old, new = (
        [text for text in texts if text not in other] for texts, other in ((difference.old, difference.new), (difference.new, difference.old))
    )
    return Difference(what=difference.what, old=tuple(old), new=tuple(new)) if old or new else difference


def _moved(old: Snapshot, new: Snapshot, both: list[str]) -> Iterator[Change]:
    """Records that stand elsewhere, or in another order among those that stayed beside them."""
    after: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name in both:
        if old.entries[name].place == new.entries[name].place and new.entries[name].kind not in ALPHABETICAL:
            after[new.entries[name].kind, *new.entries[name].place.values()].append(name)
    order = {name: difference for group in after.values() for name, difference in _reordered(old, new, group)}
    titles = {**old.titles, **new.titles}
    for name in both:
        was, now = (
            {field: tuple(titles.get(text, text) for text in texts) for field, texts in entries[name].place.items()}
            for entries in (old.entries, new.entries)
        )
        differences = _differences(was, now) + ([order[name]] if name in order else [])
        if differences:
            yield _change("moved", new.entries[name], differences)


def _reordered(old: Snapshot, new: Snapshot, after: list[str]) -> Iterator[tuple[str, Difference]]:
    """Those of a group that left their row, each with what it stood after and stands after now."""
    place = {name: number for number, name in enumerate(old.entries)}
    before = sorted(after, key=place.__getitem__)
    if before == after:
        return
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {name for block in blocks for name in after[block.b : block.b + block.size]}
    for name in after:
        if name not in kept:
            was, now = (f"after {new.entries[row[row.index(name) - 1]].name}" if row.index(name) else "first" for row in (before, after))
            yield name, _difference("order", (was,), (now,))


def _differences(old: Mapping[str, Texts], new: Mapping[str, Texts]) -> list[Difference]:
    """The fields that differ, in the order of the record."""
    fields = [field for field in dict.fromkeys((*new, *old)) if old.get(field, ()) != new.get(field, ())]
    return [_difference(FIELDS.get(field, field.replace("_", " ")), old.get(field, ()), new.get(field, ())) for field in fields]


def _difference(what: str, old: Texts, new: Texts) -> Difference:
    return Difference(what=what, old=old, new=new)


def _change(kind: ChangeKind, entry: Entry, differences: Iterable[Difference], **more: Any) -> Change:
    """A change, without empty differences."""
    told = tuple(difference for difference in differences if difference.old or difference.new)
    return Change(change=kind, id=entry.id, name=entry.name, differences=told, **more)


def _fields_gone(old: Snapshot, new: Snapshot) -> Iterator[str]:
    """Arrays and fields that programs knew and playbook.json no longer has."""
    for kind, fields in old.fields.items():
        if kind not in new.fields:
            yield kind
        elif kind in Export.model_fields:
            yield from (f"{kind}.{field}" for field in sorted(fields - exported_fields(kind)))


def exported_fields(kind: str) -> frozenset[str]:
    """Every field that the records of an array may have, and the parts of a form."""
    shapes = {get_args(Export.model_fields[kind].annotation)[0]}
    shapes |= {ExportedNode} if shapes == {ExportedForm} else set()
    return frozenset(field.alias or name for shape in shapes for name, field in shape.model_fields.items())


def _fields_new(old: Snapshot, new: Snapshot) -> Iterator[str]:
    """Fields that no record of the old file had, in an array that it had."""
    for kind, fields in new.fields.items():
        if kind in old.fields and kind in KINDS and old.fields[kind]:
            yield from (f"{kind}.{field}" for field in sorted(fields - old.fields[kind]))


def _problems(old: Snapshot, new: Snapshot, changes: Iterable[Change]) -> Iterator[Problem]:
    """Fields that nobody knows, and addresses that no longer answer."""
    for field in new.unknown_fields:
        hint = "compare with the generator that made it; in the generator itself, list the field in a table of generator/editions/normalized.py"
        yield Problem(Mark("data/playbook.json"), "unknown-field", "", f"nothing says what a change of '{field}' means", hint)
    retired = {address for record in new.retired.values() for address in record.addresses}
    for change in changes:
        if change.change == "vanished":
            entry = old.entries[change.id]
            message = f"'{entry.id}' is gone and not retired: {entry.name}"
            yield _problem("vanished", message, f"bring it back, or list it in data/retired.yml:\n{_sample(entry, new)}")
    for name, entry in old.entries.items():
        now = new.entries.get(name)
        if now and now.url != entry.url:
            yield _problem("address-changed", f"'{name}' had the address '{entry.url}', now it has '{now.url}'", "give it back its old address")
        if name in new.retired and not {entry.url, entry.page} & retired:
            message = f"'{name}' is retired without its address"
            yield _problem("address-lost", message, f"add '{entry.url}' to its 'addresses'", new.marks.get(name))
    for name, record in new.retired.items():
        if name in old.entries and old.version != new.version != record.since:
            message = f"'{name}' went in {new.version}, but is listed with since {record.since}"
            yield _problem("since-differs", message, f"write 'since: {new.version}'", new.marks.get(name))
    for name in old.retired:
        if name not in new.retired:
            yield _problem("retired-lost", f"'{name}' is no longer listed", "bring it back: its id is never used again, and its address must answer")


def _problem(code: str, message: str, hint: str, mark: Mark | None = None) -> Problem:
    return Problem(mark or Mark("data/retired.yml"), code, "", message, hint)


def _sample(entry: Entry, new: Snapshot) -> str:
    """What to write into retired.yml, but for the reason."""
    was = entry.facts.get("title") or entry.words["text"] or (entry.name,)
    record = {"id": entry.id, "addresses": [entry.url], "was": " ".join(was), "since": new.version, "why": "…"}
    text = yaml.safe_dump([record], sort_keys=False, allow_unicode=True, width=10_000)
    return "".join(f"      {line}\n" for line in text.splitlines()).rstrip()
