"""A long run of 'playbook links' says how far it is where no terminal shows a bar."""

from __future__ import annotations

import datetime

import pytest

from generator import progress


def _said(number: int, done: int) -> list[str]:
    lines: list[str] = []
    with progress.asking(number, lines.append) as one:
        for _ in range(done):
            one()
    return lines


def test_a_line_is_said_after_every_25_addresses_and_at_the_end() -> None:
    assert _said(60, 60) == ["links: asking 60", "links: 25 of 60 asked", "links: 50 of 60 asked", "links: 60 of 60 asked"]


def test_a_run_that_stops_says_no_more_than_it_did() -> None:
    assert _said(60, 30) == ["links: asking 60", "links: 25 of 60 asked"]


def test_a_line_is_said_when_the_pause_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE", datetime.timedelta())
    assert _said(60, 2) == ["links: asking 60", "links: 1 of 60 asked", "links: 2 of 60 asked"]
