"""Turns views into pages: one Markdown file for each address, by the templates in theme/pages/."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from generator import blanks, facets
from generator.edition import Edition
from generator.origins import origins
from generator.problems import Mark
from generator.project_files import is_hidden
from generator.routes import PAGES, file_of, relative
from generator.settings import PAPERS
from generator.shelf import Shelf
from generator.views import history
from generator.views.citation import Citations
from generator.views.items import Here


@dataclass(frozen=True)
class Page:
    """A page's address, its title in the navigation and its Markdown."""

    address: str
    title: str
    text: str

    @property
    def path(self) -> PurePosixPath:
        """Where it stands below build/docs."""
        return file_of(self.address)


COMPILED = Path("build/templates")
"""Where compiled templates are kept, below the root."""

LONGEST = 160
"""About how many letters of a description search engines show."""

MATCHES = {"high": "a sure match", "medium": "a likely match", "low": "a possible match"}
"""How sure a link is, in words for readers."""


def environment(folder: Path, compiled: Path | None = None) -> jinja2.Environment:
    """The templates of a folder: texts are escaped, a name that is not there fails; where `compiled` is given, they are compiled once."""
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    made = jinja2.Environment(
        loader=Templates(folder),
        bytecode_cache=_Compiled(str(compiled), f"{jinja2.__version__}-%s") if compiled else None,
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.context_class = _Context
    return made


def compile_all(templates: jinja2.Environment) -> None:
    """Compile every template of a folder: jinja2.TemplateError where one is not well formed, also one that no page needs today."""
    for name in templates.list_templates(filter_func=lambda name: name.endswith(".jinja") and not is_hidden(Path(name))):
        templates.get_template(name)


class _Context(jinja2.runtime.Context):
    """A template asks for its names when it begins: one that is not there fails, also in a branch that is not taken today."""

    def resolve_or_missing(self, key: str) -> Any:
        """What the name stands for; jinja2.UndefinedError where it stands for nothing."""
        if key in self.vars:
            return self.vars[key]
        if key in self.parent:
            return self.parent[key]
        raise jinja2.UndefinedError(f"'{key}' is undefined")


class Templates(jinja2.FileSystemLoader):
    """The templates of a folder; one that is not UTF-8 is told with its line."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            path = next(path for folder in self.searchpath if (path := Path(folder) / template).is_file())
            raise not_utf_8(path, error) from error


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates; a file that is damaged, as by a full disk, is made anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()


def style(path: Path) -> str:
    """A style of the theme."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise not_utf_8(path, error) from error


def not_utf_8(path: Path, error: UnicodeDecodeError) -> jinja2.TemplateSyntaxError:
    """The mistake of a file of the theme that `error` tells of."""
    return jinja2.TemplateSyntaxError("the file is not UTF-8", error.object.count(b"\n", 0, error.start) + 1, path.name, str(path))


def mistake(error: Exception) -> str | None:
    """What is wrong in a template, and where as far as the error tells it; None where no template has a part in it."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame for frame in frames if frame.filename.endswith((".jinja", ".html"))]
    words = f"there is no template '{error.name}'" if isinstance(error, jinja2.TemplateNotFound) else str(error)
    if not isinstance(error, jinja2.TemplateError):
        if not lines:
            return None
        # Where our own code fails for what a template asks of it, the place in it may be that of a bug.
        words = f"{type(error).__name__}: {error}" + (
            f" (in {Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames[-1] != lines[-1] else ""
        )
    return f"{lines[-1].filename}:{_line(lines[-1], words)}: {words}" if lines else f"a template: {words}"


def _line(frame: traceback.FrameSummary, message: str) -> int:
    """The line of a mistake; that of a name that stands for nothing comes after the line where its block begins and the error is raised."""
    begin = frame.lineno or 1
    name = re.fullmatch(r"'(\w+)' is undefined", message)
    linecache.checkcache(frame.filename)
    lines = enumerate(linecache.getlines(frame.filename)[begin - 1 :], begin)
    return next((number for number, line in lines if name and re.search(rf"\b{name[1]}\b", line)), begin)


class Writer:
    """Renders templates with what every page needs: the edition, links to the fixed pages, the page at hand."""

    def __init__(self, root: Path, edition: Edition, shelf: Shelf) -> None:
        self.catalog = edition.catalog
        self.routes = edition.routes
        self.prose = edition.prose
        self.shelf = shelf
        self.forms = blanks.forms(edition.catalog, edition.routes)
        self.settings = edition.settings
        self.paper = PAPERS[edition.settings.paper]
        self._origins = origins(edition.catalog, edition.routes, edition.prose)
        self._citations = Citations(edition.catalog, edition.routes, edition.settings)
        self.environment = environment(root / "theme" / "pages", root / COMPILED)
        self._choosable = frozenset(single.id for single in facets.singles(edition.catalog))
        self.environment.filters |= {"counted": _counted, "markdown": _markdown, "match": MATCHES.__getitem__}
        compile_all(self.environment)

    def page(self, address: str, title: str, template: str, description: str, **values: Any) -> Page:
        """One page; `description` is what search engines and shared links show of it, `values` are the views that its template shows."""
        here = Here(self.catalog, self.routes, address, self.shelf)
        text = self.environment.get_template(template).render(
            edition=self.catalog.edition,
            title=title,
            description=shortened(description, LONGEST),
            citation=self._citations.of(address, title),
            changing=self._change(address, template),
            to={name: relative(address, target) for name, target in PAGES.items()},
            root=relative(address, ""),
            choosable=self._choosable,
            no_longer_here=history.gone(here),
            **{name: value(here) if callable(value) else value for name, value in values.items()},
        )
        return Page(address, title, text)

    def _change(self, address: str, template: str) -> tuple[str, str] | None:
        """The address at which a page's words can be changed, and the name of their file: its record's, else its template's."""
        origin = self._origins.get(address) or Mark(f"theme/pages/{template}")
        where = self.settings.change(origin)
        return (where, origin.file) if where else None

    def words(self, name: str) -> Any:
        """A hand-written page, its links made for the page at hand."""
        return lambda here: Markup(self.prose[name].linked(self.routes, here.page))


def _markdown(text: str) -> Markup:
    """Plain text for a Markdown line: what Markdown or HTML would read as a sign is escaped."""
    return escape(re.sub(r"([\\`*_{}\[\]()#+.!|~^-])", r"\\\1", text))


def shortened(text: str, longest: int) -> str:
    """A text of at most so many letters, cut between words."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _counted(number: int, one: str, many: str | None = None) -> Markup:
    """2 and 'tool' to '2 tools'."""
    return escape(f"{number} {one if number == 1 else many or one + 's'}")
