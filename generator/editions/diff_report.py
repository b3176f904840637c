"""What changed between two editions, told: as text, as Markdown for the changelog, as JSON, and as the file that an edition keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby

import yaml

from generator.editions.edition_diff import Comparison
from generator.model.history import CHANGES, Change, Difference
from generator.views.shared.word_diff import BREAK, Span, joined, spans

INDENT = "      "
WIDTH = 110
"""About as long as the lines of data/ are."""

Mark = Callable[[Span], str]
"""Shows some words, and whether they came or went."""


def as_text(found: Comparison) -> str:
    """For a terminal: in what was reworded, [-words that went-] and {+words that came+}."""
    lines = [f"{found.old.version} of {found.old.date} to {found.new.version} of {found.new.date}"]
    for kind, changes in groupby(found.changes, key=lambda change: change.change):
        told = tuple(changes)
        lines += ["", f"{CHANGES[kind]} ({len(told)})"]
        lines += [line for change in told for line in _lines(change)]
    return "\n".join([*lines, "", *_fields(found), _counts(found), _due(found)])


def _lines(change: Change) -> Iterator[str]:
    yield f"  {change.id}: {change.name}{_with_it(change)}"
    for told in _told(change, _plain):
        yield INDENT + told.replace(BREAK, f"\n{INDENT}")


def _plain(span: Span) -> str:
    return f"[-{span.words}-]" if span.gone else f"{{+{span.words}+}}" if span.new else span.words


def as_markdown(found: Comparison) -> str:
    """The lines on content of a section of CHANGELOG.md."""
    return "\n".join(
        f"- **{CHANGES[change.change]}**: {_escaped(change.name)} (`{change.id}`){_with_it(change)}"
        + "".join(f"\n  {told.replace(BREAK, ' / ')}" for told in _told(change, _struck))
        for change in found.changes
    )


def _struck(span: Span) -> str:
    words = _escaped(span.words)
    return f"~~{words}~~" if span.gone else f"**{words}**" if span.new else words


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_~\[\]<])", r"\\\1", words)


def _told(change: Change, mark: Mark) -> Iterator[str]:
    """What differs, a line for each field, and why something was retired."""
    for difference in change.differences:
        if change.change == "reworded":
            words = "" if difference.what == "text" else f"{difference.what}: "
            yield words + joined(mark(span) for span in spans(difference.old, difference.new))
        elif change.change in ("moved", "changed"):
            yield mark(Span(f"{difference.what}: {_fact(difference)}"))
        else:
            yield mark(Span(BREAK.join(difference.old or difference.new)))
    if change.why:
        yield f"Why: {mark(Span(change.why))}" + (f" Now: {change.replaced_by}" if change.replaced_by else "")


def _fact(difference: Difference) -> str:
    """'a' to 'b', with 'b', without 'a'."""
    old, new = (", ".join(f"'{text}'" for text in texts) for texts in (difference.old, difference.new))
    return f"{old} to {new}" if old and new else f"without {old}" if old else f"with {new}"


def _with_it(change: Change) -> str:
    return f", with {change.with_it} more on its page" if change.with_it else ""


def _fields(found: Comparison) -> Iterator[str]:
    for name in found.fields_gone:
        yield f"playbook.json no longer has '{name}'"
    for name in found.arrays_new:
        yield f"playbook.json has a new array '{name}'"
    for name in found.fields_new:
        yield f"playbook.json has a new field '{name}'"


def _counts(found: Comparison) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in found.counts.items()) or "no record changed"


def _due(found: Comparison) -> str:
    return "no new version is due" if found.step == "none" else f"a {found.step} step is due: version {found.least} or later"


def as_json(found: Comparison) -> str:
    """For programs: everything."""
    value = {
        "old": {"version": found.old.version, "date": found.old.date},
        "new": {"version": found.new.version, "date": found.new.date},
        "changes": [change.model_dump(mode="json", exclude_defaults=True) for change in found.changes],
        "counts": found.counts,
        "fields_gone": found.fields_gone,
        "arrays_new": found.arrays_new,
        "fields_new": found.fields_new,
        "step": found.step,
        "least": found.least,
        "problems": [asdict(problem) for problem in found.problems],
    }
    return json.dumps(value, indent=2)


class _Dumper(yaml.SafeDumper):
    """Long texts stand folded after '>-' and lists further in, as in the rest of data/."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > 80 else None)


_Dumper.add_representer(str, _string)


def as_edition(found: Comparison, summary: str) -> str:
    """The file of data/editions/ for the new edition; an empty summary waits for its words."""
    value = {
        "version": found.new.version,
        "date": found.new.date,
        "summary": summary,
        "changes": [change.model_dump(mode="json", exclude_defaults=True) for change in found.changes],
    }
    head = "# yaml-language-server: $schema=../schema/released.schema.json\n# Made by `playbook diff OLD NEW --write`, but for the summary.\n"
    return head + yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
