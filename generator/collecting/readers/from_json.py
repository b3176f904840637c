"""Files that the forms on screen save: JSON, by the format that `answers` tells; errors have the words of theme/assets/forms/answers.js."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from generator.collecting.readers import UnreadableError
from generator.collecting.readers.session import Known, Saved, Session, of_answers
from generator.forms.saved_answers import Answers

AGAIN = "save it again on the site with 'Save to a file'"
VERSION = 1


def read(content: bytes, known: Known, changed: datetime) -> Session:
    """The session of a saved file; `changed` stands in where the file's own time is no time."""
    try:
        found = Answers.model_validate(_checked(content))
    except ValidationError as error:
        raise UnreadableError("wrong-json", _told(error), AGAIN) from error
    form = known.form(found.form, found.title)
    saved = Saved(_time(found.changed) or changed, _time(found.created), found.id, found.origin, found.name)
    return of_answers(known, form, found.answers, found.wording, saved)


def _checked(content: bytes) -> dict[str, Any]:
    """What the file holds, when it says that it is one of ours and of a version that is known."""
    try:
        found = json.loads(_decoded(content))
    except ValueError as error:
        hint = f"collect files that the site saved, and handouts that were filled in; or {AGAIN}"
        raise UnreadableError("not-ours", "it is damaged, or no file of this site", hint) from error
    if not isinstance(found, dict) or found.get("format") != "engagement-playbook-answers":
        raise UnreadableError("not-ours", "it is no file of this site", "collect files that the site saved, and handouts that were filled in")
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        message = f"it was saved by a newer site (version {version} of the format; this one knows {VERSION})"
        raise UnreadableError("newer-version", message, "bring this project up to date, then collect again")
    return found


def _decoded(content: bytes) -> str:
    """A text in UTF-8, or in UTF-16 as some editors save it, with a mark in front or without; raises ValueError for any other."""
    encoding = json.detect_encoding(content)
    if encoding.startswith("utf-32"):
        raise ValueError(encoding)
    return content.decode(encoding)


def _told(error: ValidationError) -> str:
    """The first thing that is wrong, with where it stands."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    return f"its '{where[:80]}' is missing, too long or not what it should be"


def _time(text: str) -> datetime | None:
    """A time of ISO 8601 in UTC."""
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
