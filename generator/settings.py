"""What mkdocs.yml says that the generator must know: the site's name and address, the paper, and where its texts are changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from generator.problems import Mark, Problem, suggestion

Paper = Literal["letter", "a4"]
PAPERS: dict[Paper, str] = {"letter": "US Letter", "a4": "A4"}
"""What people call the papers."""

FILE = "mkdocs.yml"


@dataclass(frozen=True)
class Settings:
    """The site's name, its address, ending in '/', and the paper of the handouts."""

    name: str
    address: str
    paper: Paper
    editor: str | None = None
    """Where the code host opens a file to be changed, with '{path}' and '{line}' in it; None while there is no public repository."""

    def change(self, mark: Mark) -> str | None:
        """The address at which the text at `mark` can be changed."""
        return self.editor and self.editor.replace("{path}", mark.file).replace("{line}", str(mark.line))


def read(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings, and what is wrong with them."""
    try:
        found = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _DEFAULT, [Problem(Mark(FILE), "missing-file", "", "the file is not there", f"bring it back from git: git checkout -- {FILE}")]
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        return _DEFAULT, [
            Problem(Mark(FILE, *_place(error)), "bad-yaml", "", "cannot be read as YAML", "mend the line, or bring the file back from git")
        ]
    found = found if isinstance(found, dict) else {}
    extra = found.get("extra")
    extra = extra if isinstance(extra, dict) else {}
    paper, editor = extra.get("paper", _DEFAULT.paper), extra.get("edit")
    name, address = found.get("site_name"), found.get("site_url")
    problems = []
    if paper not in PAPERS:
        problems.append(Problem(Mark(FILE), "unknown-paper", "extra.paper", f"no paper '{paper}'", suggestion(str(paper), PAPERS)))
    if not isinstance(name, str) or not name:
        problems.append(Problem(Mark(FILE), "missing-name", "site_name", "the site has no name", "write it after 'site_name:'"))
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        hint = "write the site's address, as in https://example.org/playbook/; it stands on every handout"
        problems.append(Problem(Mark(FILE), "missing-address", "site_url", "the site has no address", hint))
    if editor is not None and not (isinstance(editor, str) and editor.startswith(("http://", "https://")) and "{path}" in editor):
        hint = "write it as in https://github.com/OWNER/REPOSITORY/edit/main/{path}#L{line}, or leave it out"
        problems.append(Problem(Mark(FILE), "bad-edit-address", "extra.edit", "the address has no '{path}' or does not begin with https://", hint))
    return (_DEFAULT if problems else Settings(str(name), f"{str(address).rstrip('/')}/", paper, editor)), problems


_DEFAULT = Settings("", "", "letter")


def _place(error: Exception) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None)
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
