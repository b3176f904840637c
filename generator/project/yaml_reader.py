"""YAML text to plain values, with the place of every one; a file that cannot be read is a list of problems, never half a value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.problems import Mark, Problem
from generator.project import text_errors, yaml_hints

Path = tuple[str | int, ...]

MAX_DEPTH = 20
MANY_BRACKETS = 100
"""More than stand around texts with quotes in any file of ours, and a tenth of what makes the parser fail."""

# The scalars of YAML 1.2's core schema: 'no', 'on' and '12:30' are words, not booleans and base-60 numbers.
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]+")
# What only a file with anchors, tags, a second document or deep nesting has; most files need no closer look.
_SUSPECT = re.compile(r"[&*!]|^---|^ {40}|(?:[\[{?-]\s*){10}", re.MULTILINE)
# A note close behind a text is most likely a part of the text.
_CUT = re.compile(r" #|(?<=: )#")
# A list or mapping on one line with nothing in it that could hide a bracket: [1, 2].
_FLAT = re.compile(r"[\[{][^\[\]{}\"'#\n]*[\]}]")
_OPENING = re.compile(r"[\[{]")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Source:
    """One file's value and the mark of each path in it."""

    file: str
    value: Any
    marks: Mapping[Path, yaml.Mark]
    moved: Mapping[Path, Path] = field(default_factory=dict)
    """Where a value stood before broken neighbors were taken out."""
    removed: frozenset[Path] = frozenset()
    """What was taken out, by the paths in the file."""

    def written(self, path: Path) -> Path:
        """The path as it is in the file."""
        return self.moved.get(path, path)

    def without(self, broken: Set[Path]) -> Source:
        """The same file less the values at `broken`: the rest can still be checked."""
        marks: dict[Path, yaml.Mark] = {}
        moved: dict[Path, Path] = {}

        def rest(value: Any, old: Path, new: Path) -> Any:
            marks[new], moved[new] = self.marks[old], self.written(old)
            if isinstance(value, dict):
                return {key: rest(inner, (*old, key), (*new, key)) for key, inner in value.items() if (*old, key) not in broken}
            if isinstance(value, list):
                kept = [index for index in range(len(value)) if (*old, index) not in broken]
                return [rest(value[index], (*old, index), (*new, place)) for place, index in enumerate(kept)]
            return value

        return Source(self.file, rest(self.value, (), ()), marks, moved, self.removed | {self.written(path) for path in broken})

    def mark(self, path: Path) -> Mark:
        """The place of `path`, or of the nearest thing around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return _mark(self.file, self.marks[path]) if path in self.marks else Mark(self.file)


@dataclass(frozen=True)
class Tagged:
    """A value with a tag, such as `!ENV SITE_URL`: only the program that knows the tag can say what it is."""

    tag: str


def read(file: str, content: bytes, *, tags: bool = False) -> tuple[Source | None, list[Problem]]:
    """Parse one file: its value where it has one, and the problems of its syntax, all that can be told at once.

    `tags` where another program reads the file too, and knows tags: their values are `Tagged`.
    """
    text, problems = text_errors.decoded(file, content)
    if problems := problems or text_errors.problems(file, text):
        return None, problems
    try:
        if (_SUSPECT.search(text) or _may_be_deep(text)) and (problems := list(_forbidden(file, text, tags=tags))):
            return None, problems
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [yaml_hints.problem(file, text, error)]
    if node is None:
        return None, [_problem(Mark(file), "empty-file", "the file has no records", "see data/README.md for a sample record")]
    builder = _Builder(file, text)
    value = builder.build(node, ())
    return Source(file, value, builder.marks), builder.problems


class _Loader(yaml.CSafeLoader):
    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """No tag: `_scalar` reads plain words, and asking for one takes a fifth of the time."""
        return ""


def _may_be_deep(text: str) -> bool:
    """Whether so many brackets are open at once that the parser, which calls itself for each, might crash."""
    return len(_OPENING.findall(_FLAT.sub("", _FLAT.sub("", text)))) > MANY_BRACKETS


def _forbidden(file: str, text: str, *, tags: bool) -> Iterator[Problem]:
    """Anchors, aliases, second documents and deep nesting have no use here and hide meaning; tags have where `tags` says so."""
    depth = documents = 0
    found: dict[tuple[str, str, str], list[Mark]] = {}
    event: Any  # the type stubs of PyYAML know no event's fields
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = _mark(file, event.start_mark)
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            yield _problem(mark, "yaml-documents", "a second document begins here", "put one document in a file; remove the '---' line")
            break
        if depth > MAX_DEPTH:
            yield _problem(mark, "yaml-depth", f"lists and mappings are nested more than {MAX_DEPTH} deep", "look for stray brackets")
            break
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            found.setdefault(_ANCHOR, []).append(mark)
        elif not tags and (tag := getattr(event, "tag", None)):
            found.setdefault(("yaml-tag", f"tag '{tag}' is not used here", "put text that begins with ! in quotes"), []).append(mark)
    for (code, message, hint), (first, *others) in found.items():
        yield _problem(first, code, message, hint + text_errors.also_in(first, others))


_ANCHOR = ("yaml-anchor", "anchors (&) and aliases (*) are not used here", "put text with & or * in quotes")


def _unseen(text: str) -> str:
    """The first invisible character of a text in double quotes; a no-break space written as '\\_' can be seen in the file."""
    found = text_errors.INVISIBLE.search(text.replace("\N{NO-BREAK SPACE}", " "))
    return found[0] if found else ""


class _Builder:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.marks: dict[Path, yaml.Mark] = {}
        self.problems: list[Problem] = []

    def build(self, node: Any, path: Path) -> Any:
        self.marks[path] = node.start_mark
        if node.tag:
            return Tagged(node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        if node.style:
            # Only in such quotes it can be written with letters, as in "\\0".
            if node.style == '"' and (found := _unseen(node.value)):
                message = f"the invisible character {text_errors.called(found)} is in this text"
                self.problems.append(_problem(_mark(self.file, node.start_mark), "invisible-character", message, "take its '\\' away"))
            return node.value
        if _CUT.match(self.text, node.end_mark.index) and (" " in node.value or not node.value):
            hint = "put a text with '#' in quotes, or two spaces before a '#' that begins a note"
            self.problems.append(_problem(_mark(self.file, self.marks[path]), "yaml-note", "the text after '#' is a note that nobody reads", hint))
        return _scalar(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            mark = key_node.start_mark
            if not isinstance(key_node, yaml.ScalarNode) or key == "<<" or _unseen(key):
                self.problems.append(
                    _problem(_mark(self.file, mark), "yaml-key", "a key must be one word", "write 'key: value'; merge keys are not used here")
                )
            elif key in value:
                hint = f"keep one of them; the first is near line {self.marks[(*path, key)].line + 1}"
                begins_item = key == next(iter(value)) and path and isinstance(path[-1], int)
                hint = f"begin a new record with '- {key}:', or {hint}" if begins_item else hint
                self.problems.append(_problem(_mark(self.file, mark), "duplicate-key", f"key '{key}' appears twice in this record", hint))
                if begins_item:
                    break  # What follows belongs to the other record.
            else:
                value[key] = self.build(child, (*path, key))
                if not isinstance(child, yaml.ScalarNode) or child.style in ("|", ">"):
                    self.marks[(*path, key)] = mark
        return value


def _mark(file: str, mark: yaml.Mark) -> Mark:
    """The parser counts from 0, people from 1."""
    return Mark(file, mark.line + 1, mark.column + 1)


def _scalar(text: str) -> str | int | float | bool | None:
    if _NULL.fullmatch(text):
        return None
    if _BOOLEAN.fullmatch(text):
        return text[0] in "tT"
    if _INTEGER.fullmatch(text) and len(text) < 19:
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _problem(mark: Mark, code: str, message: str, hint: str) -> Problem:
    return Problem(mark, code, "", message, hint)
