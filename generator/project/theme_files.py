"""The theme and the schemas are whole: no file is missing, texts have no conflicts or invisible characters, templates and JSON can be read."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import jinja2
from jinja2 import nodes

from generator.problems import Mark, Problem, suggestion
from generator.project import project_files, text_errors

_TEXTS = (".jinja", ".html", ".css", ".js", ".svg", ".txt")
_BEGINS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".ico": b"\x00\x00\x01\x00", ".woff2": b"wOF2"}
"""What a picture or a font begins with."""

# fmt: off
_SHEETS = (
    "coaching", "fishbone", "form", "future-states", "packet", "page-numbers", "planning-template", "practice", "reflection",
    "self-reflection", "touch-points",
)
_BOOKS = ("planning-template", "self-reflection", "touch-points")
# fmt: on

_QUOTED = re.compile(r"""/\*.*?\*/|"[^"\n]*"|'[^'\n]*'""", re.DOTALL)
_NAMED = re.compile(r'(?:@import |url\()"([^":#]+)"')
_HANDLER = re.compile(r"<[^>]*\s(on[a-z]+)=")

NEEDED = (
    *(f"theme/print/{name}.html.jinja" for name in _SHEETS),
    *(f"theme/print/{name}.book.jinja" for name in _BOOKS),
    *("theme/print/print.css", "theme/collected/summary.html.jinja", "theme/collected/summary.css", "theme/assets/playbook.css"),
    *(f"theme/overrides/{name}.html" for name in ("main", "404", *(f"partials/{part}" for part in ("footer", "header", "mark", "nav", "toc")))),
)
"""What the generator asks for by name beside the templates of pages, and what the engine would replace by its own in silence.

Templates name the rest.
"""

FILTERS = frozenset({*jinja2.Environment().filters, *("counted", "markdown", "match"), *("url", "script_tag")})
"""What templates may use: Jinja's own filters, those of our pages, and those of the engine."""

MADE = frozenset({"print.css", "blanks.js", "items.js", "search-entries.js", "search-suggestions.js", "lunr.js"})
"""What a build adds to the assets."""


def problems(root: Path, templates: Iterable[str]) -> Iterator[Problem]:
    """All of them; what a template or a style means is not looked at. `templates` are those of the pages."""
    needed = (*templates, *NEEDED)
    yield from (project_files.missing(name) for name in needed if not (root / name).exists())
    yield from _links(root)
    unknown: dict[str, Problem] = {}
    for name in project_files.names(root / "theme", *_TEXTS):
        file = f"theme/{name}"
        text, wrong = project_files.text(root, file)
        yield from wrong or _meaningless(file, text)
        if not wrong and file.endswith((".jinja", ".html", ".css")):
            named, malformed = _parsed(file, text) if not file.endswith(".css") else (_styled(file, text), ())
            yield from malformed
            for other, line in named:
                # A template can name no other folder's, whatever is there.
                if ".." in other or (other not in needed and not (root / other).exists()):
                    unknown.setdefault(other, _unknown(Mark(file, line), other))
    yield from unknown.values()
    for name in project_files.names(root / "theme", ""):
        if not name.lower().endswith(_TEXTS) and not (root / "theme" / name).is_dir():
            content, wrong = project_files.read(root, f"theme/{name}")
            yield from wrong or text_errors.pointer(f"theme/{name}", content) or _no_picture(f"theme/{name}", content)
    for name in project_files.names(root / "data" / "schema", ".json"):
        yield from _schema(root, f"data/schema/{name}")


def _links(root: Path) -> Iterator[Problem]:
    """A link would publish what it leads to, whatever that is."""
    for folder in project_files.FOLDERS:
        for name in project_files.names(root / folder, ""):
            path = root / folder / name
            if path.is_symlink() and path.exists() and (path.is_dir() or not path.resolve().is_relative_to(root.resolve())):
                message = f"the link leads to {'a folder' if path.is_dir() else 'a file outside of the project'}"
                yield Problem(Mark(f"{folder}/{name}"), "foreign-link", "", message, "put the file itself here, or remove the link")


def _meaningless(file: str, text: str) -> Iterator[Problem]:
    """What holds nothing, what the build makes or would publish without a policy, and styles and drawings that end within something."""
    if not text.strip():
        yield Problem(Mark(file), "empty-file", "", "the file is empty", f"bring it back from git: git checkout -- {file}")
    elif file.startswith("theme/assets/") and file.endswith(".html"):
        yield Problem(Mark(file), "unknown-file", "", "a page here would have no content security policy", "make it a page of content/, or remove it")
    elif file.startswith("theme/assets/") and file.removeprefix("theme/assets/") in MADE:
        yield Problem(Mark(file), "unknown-file", "", "the build makes a file of this name", "give yours another name, or remove it")
    elif file.endswith(".css"):
        if (bare := _QUOTED.sub("", text)).count("{") != bare.count("}"):
            yield Problem(Mark(file), "bad-style", "", "it has not as many '{' as '}'", "look for the rule that is not closed")
    elif file.endswith(".svg"):
        try:
            ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            line, column = error.position
            yield Problem(Mark(file, line, column + 1), "bad-drawing", "", f"the drawing is not XML: {error.msg}", "save it again as SVG")


def _no_picture(file: str, content: bytes) -> list[Problem]:
    ending = Path(file).suffix.lower()
    if content.startswith(_BEGINS.get(ending, b"")):
        return []
    hint = f"save it again, or bring it back from git: git checkout -- {file}"
    return [Problem(Mark(file), "bad-picture", "", f"the file does not begin as a {ending} does", hint)]


@lru_cache(maxsize=512)
def _parsed(file: str, text: str) -> tuple[tuple[tuple[str, int], ...], tuple[Problem, ...]]:
    """The files of the theme that a template names, each with its line; and what is wrong with its syntax."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        return (), (Problem(Mark(file, error.lineno), "bad-template", "", f"the template cannot be read: {error.message}", "mend it at this line"),)
    strange = [node for node in tree.find_all(nodes.Filter) if node.name not in FILTERS]
    if strange:
        node = strange[0]
        return (), (Problem(Mark(file, node.lineno), "bad-template", "", f"there is no filter '{node.name}'", suggestion(node.name, FILTERS)),)
    if found := _HANDLER.search(text):
        mark = Mark(file, text.count("\n", 0, found.start(1)) + 1)
        hint = "let a script of theme/assets/ listen for it"
        return (), (Problem(mark, "bad-template", "", f"'{found[1]}' has no effect: the policy of the pages forbids it", hint),)
    needed = [*_assets(text)]
    # A template of the engine may name others of the engine.
    if not file.startswith("theme/overrides/"):
        folder = file.rpartition("/")[0]
        naming = tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
        named = ((getattr(node, "template", None), node.lineno) for node in naming)
        needed += [(f"{folder}/{template.value}", line) for template, line in named if isinstance(template, nodes.Const)]
    return tuple(needed), ()


def _assets(text: str) -> Iterator[tuple[str, int]]:
    """The styles, scripts and pictures that a template names, each with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((f"theme/{name}", number) for name in re.findall(r"\bassets/[\w./-]+\.\w+", line) if name.removeprefix("assets/") not in MADE)


def _styled(file: str, text: str) -> tuple[tuple[str, int], ...]:
    """The styles and pictures that a style names, each with its line."""
    found = ((match[1], text.count("\n", 0, match.start()) + 1) for match in _NAMED.finditer(text))
    # The style for paper is published among the assets.
    folder = "theme/assets" if file == "theme/print/print.css" else posixpath.dirname(file)
    return tuple((posixpath.normpath(posixpath.join(folder, name)), line) for name, line in found)


def _unknown(mark: Mark, file: str) -> Problem:
    return Problem(mark, "unknown-theme-file", "", f"there is no {file}", f"mend the name, or bring the file back from git: git checkout -- {file}")


def _schema(root: Path, name: str) -> Iterator[Problem]:
    text, wrong = project_files.text(root, name)
    yield from wrong
    try:
        _ = wrong or json.loads(text)
    except ValueError as error:
        mark = Mark(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        yield Problem(mark, "bad-schema", "", "the schema is not JSON", "run 'playbook schema', which writes it anew")
