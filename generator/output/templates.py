"""The templates of a folder, compiled once, and what is wrong in one, with its line."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from generator.project.project_files import is_hidden

COMPILED = Path("build/templates")
"""Where compiled templates are kept, below the root."""


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
