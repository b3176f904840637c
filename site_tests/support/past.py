"""A project with a past: records that are retired, and earlier editions."""

from __future__ import annotations

from pathlib import Path

RETIRED = """\
retired:
  - id: old-tool
    addresses: [tools/old-tool/]
    was: The Old Tool & Co.
    since: 0.1.0
    why: Its publisher made a better one.
    replaced_by: four-simple-questions
  - id: older-tool
    addresses: [tools/older-tool/, handouts/older-tool.pdf]
    was: The Older Tool
    since: 0.1.0
    why: One question does what it did.
    replaced_by: 1a.school.q2
  - id: old-form
    addresses: [forms/old-form/]
    was: The old form
    since: 0.1.0
    why: Nobody filled it in.
  - id: old-sheet
    addresses: [handouts/old-sheet.pdf]
    was: The old sheet
    since: 0.1.0
    why: It had room for one word only.
  - id: 1a.school.q9
    addresses: [practices/1a/school/#q9]
    was: Who speaks for the families that cannot come?
    since: 0.1.0
    why: Question 2 asks it better.
    replaced_by: 1a.school.q2
  - id: glossary.old-word
    addresses: [glossary/#old-word]
    was: 'Old word: what people said before.'
    since: 0.1.0
    why: No text has it any more.
"""


EDITION = """\
version: 0.1.0
date: 2026-11-22
summary: Questions say what they mean.
changes:
  - {change: added, id: 1a.school.q3, name: 'question 3, 1A at the school level', differences: [{what: text, new: ['Is it new?']}]}
  - change: reworded
    id: 1a.school.together.2
    name: touch point together 2, 1A at the school level
    differences: [{what: text, old: [Raise the questions that lie behind it.], new: [Ask the questions that lie behind it.]}]
  - change: moved
    id: 1a.school.participation.3
    name: touch point participation 3, 1A at the school level
    differences: [{what: habit, old: [Ensure relevant participation], new: [Work together]}]
  - change: changed
    id: four-simple-questions
    name: 'tool: Four Simple Questions'
    differences: [{what: link, old: ['http://example.org/a'], new: ['http://example.org/b']}]
  - change: retired
    id: 1a.school.q9
    name: question 9, 1A at the school level
    differences: [{what: text, old: [Who speaks for the families that cannot come?]}]
    why: Question 2 asks it better.
    replaced_by: 1a.school.q2
  - {change: retired, id: old-form, name: 'form: The old form', why: Nobody filled it in., with_it: 3}
"""


EARLIER = "version: 0.0.9\ndate: 2026-10-01\nsummary: A first try.\n"


def age(project: Path) -> Path:
    """Give the project a past."""
    (project / "data" / "retired.yml").write_text(RETIRED, encoding="utf-8")
    (project / "data" / "editions" / "0.1.0.yml").write_text(EDITION, encoding="utf-8")
    (project / "data" / "editions" / "0.0.9.yml").write_text(EARLIER, encoding="utf-8")
    return project
