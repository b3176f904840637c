"""Reading grades: what textstat 0.7.3 said of the same texts, from which data/figures.yml was measured before."""

from __future__ import annotations

import pytest

from generator.checks import readability

SAID = {
    "Ask families what they see.": 2.9,
    "Read the plan aloud. Ask what is missing! Who will say so?": -1.1,
    "Who decides? The team. Everybody else hears of it a week later, in the hall.": 5.6,
    "Leaders’ decisions don’t stand alone: each one rests on evidence, on trust, and on who was in the room.": 7.2,
    "A high-quality, evidence-based plan (see 2.5) names who does what by when.": 4.5,
    "Communicate responsibilities unambiguously.": 44.6,
    "Go.": -3.5,
    "Stakeholders collaboratively operationalize transformational accountability infrastructure across organizational boundaries.": 36.3,
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_grade_is_what_textstat_said(text: str, said: float) -> None:
    assert readability.grade(text) == pytest.approx(said, abs=0.11)
