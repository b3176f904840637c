"""A team that rates: files as the site saves them, and the page that puts them side by side."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import FilePayload, Page

from generator.forms.form_fields import FormBlanks

File = dict[str, Any]


def saved(form: FormBlanks, person: int, answers: Mapping[str, str], **changes: object) -> File:
    """A file as the site saves it."""
    return {
        "format": "engagement-playbook-answers",
        "version": 1,
        "id": f"{form.id}-{person}",
        "form": form.id,
        "title": form.title,
        "name": f"Session {person}",
        "created": "2026-03-01T08:00:00Z",
        "changed": "2026-03-02T08:00:00Z",
        "edition": "0.1.0",
        "answers": {f"{form.prefix}.name": f"Person {person}", **answers},
        "wording": {},
    } | changes


def people(form: FormBlanks, number: int = 25) -> list[File]:
    """People who rate at random, and leave out some."""
    chance = random.Random(7)
    rated = [blank for blank in form.blanks if blank.rates]
    return [saved(form, n, {blank.name: chance.choice(blank.choices)[0] for blank in rated if chance.random() < 0.9}) for n in range(number)]


def give(page: Page, files: Iterable[object]) -> None:
    """Open files on the page of a team; a text is a file's content as it is."""
    texts = [file if isinstance(file, str) else json.dumps(file) for file in files]
    payloads: list[FilePayload] = [{"name": f"{n}.json", "mimeType": "application/json", "buffer": text.encode()} for n, text in enumerate(texts)]
    page.locator("#pb-team-files").set_input_files(payloads)
