"""An example made by hand: the next edition of the project, with each kind of change once or twice.

It begins with the project as if it were at its first edition, so that a real next edition changes nothing here.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from site_tests import ROOT
from site_tests.support.nonempty import nonempty
from site_tests.support.project import copy_project

FIRST = "version: 0.1.0\ndate: 2026-11-22\nsummary: The first edition.\n"

RETIRED = """\
retired:
  - id: 4a.school.q2
    addresses: [practices/4a/school/#q2]
    was: Where in your school do students feel safe to talk about their struggles, and what makes it so?
    since: 0.2.0
    why: Question 4 asks it of staff too.
    replaced_by: 4a.school.q4
  - id: 4a.state.q1
    addresses: [practices/4a/state/#q1]
    was: What good practice in one district should the others hear about, and how would it reach them?
    since: 0.2.0
    why: Teams found that it asked two things at once.
"""

SAFE = "Where in your school do students and staff feel safe to talk about their struggles?"

FIRST_OF_4C = """\
      - id: 4c.state.q1
        origin: site
        text: >-
          Which families in your state find it hardest to take part, and which family groups could help you
          reach them?
"""
MOVED_STATEMENT = """\
        - id: 1a.school.participation.3
          parts:
            - >-
              Find ways for many people to take part and to lead. Not everyone in the school community can lead
              in the same way.
            - >-
              Find ways to use what faculty know and can do.
            - >-
              Look for leaders among families and in the community. Empower them to be active partners who create
              new energy for school turnaround.
          from: [p04.04]
"""


def copy_first_edition(to: Path, of: Path = ROOT) -> Path:
    """A copy of a project without what later editions took out, and with the version and day of the first."""
    data = copy_project(to, of) / "data"
    head = data / "playbook.yml"
    head.write_text(re.sub(r"(?m)^version: .*\ndate: .*$", "version: 0.1.0\ndate: 2026-11-22", head.read_text(encoding="utf-8")), encoding="utf-8")
    cited = to / "CITATION.cff"
    text = re.sub(r"(?m)^version: .*$", "version: 0.1.0", cited.read_text(encoding="utf-8"))
    cited.write_text(re.sub(r"(?m)^date-released: .*$", "date-released: '2026-11-22'", text), encoding="utf-8")
    retired, listed = data / "retired.yml", data / "permalinks.txt"
    gone = {address for record in yaml.safe_load(retired.read_text(encoding="utf-8"))["retired"] for address in record["addresses"]}
    retired.write_text("# yaml-language-server: $schema=schema/retired.schema.json\nretired: []\n", encoding="utf-8")
    listed.write_text("".join(line for line in listed.read_text(encoding="utf-8").splitlines(True) if line.strip() not in gone), encoding="utf-8")
    for edition in (data / "editions").glob("*.yml"):
        edition.unlink()
    (data / "editions" / "0.1.0.yml").write_text(f"# yaml-language-server: $schema=../schema/released.schema.json\n{FIRST}", encoding="utf-8")
    return to


_PLACE = TemporaryDirectory()
FIRST_EDITION = copy_first_edition(Path(_PLACE.name) / "project")
"""The first edition, which no test may change."""


def edit(project: Path, file: str, *edits: tuple[str, str]) -> None:
    """Replace words that stand in a file of data/ exactly once."""
    path = project / "data" / file
    text = path.read_text(encoding="utf-8")
    for old, new in nonempty(edits):
        assert text.count(old) == 1, f"the example needs these words once in data/{file}; mend site_tests/support/two_editions.py: {old}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def ours(name: str, *lines: str) -> str:
    """A question of ours as it stands in a practice's file."""
    return "".join(
        f"{line}\n" for line in (f"      - id: {name}", "        origin: site", "        text: >-", *(f"          {line}" for line in lines))
    )


def make_next_edition(project: Path) -> None:
    """Version 0.2.0: each kind of change once or twice."""
    edit(project, "playbook.yml", ("version: 0.1.0", "version: 0.2.0"), ("date: 2026-11-22", "date: 2027-02-01"))
    edit(project, "../CITATION.cff", ("version: 0.1.0", "version: 0.2.0"), ("released: '2026-11-22'", "released: '2027-02-01'"))
    edit(
        project,
        "practices/1a.yml",
        ("Raise the questions that", "Ask the questions that"),
        (
            "            Do people agree on them?\n        from: [p05.04]",
            "            Do most families and staff agree on them?\n        from: [p05.04]",
        ),
        (f"{MOVED_STATEMENT}      together:\n", f"      together:\n{MOVED_STATEMENT}"),
    )
    place = "id: p04.04, page: 4, lines: [243, 254], kind: statement, cell: 1a.school, column: "
    edit(project, "source-map/playbook.yml", (f"{place}participation", f"{place}together"))
    gone = ours("4a.school.q2", "Where in your school do students feel safe to talk about their struggles, and what makes it so?")
    edit(project, "practices/4a.yml", (gone, ours("4a.school.q4", SAFE)))
    gone = ours("4a.state.q1", "What good practice in one district should the others hear about, and how would it reach them?")
    edit(project, "practices/4a.yml", (gone, ""))
    edit(project, "practices/4c.yml", (FIRST_OF_4C, ""))
    path = project / "data" / "practices" / "4c.yml"
    path.write_text(path.read_text(encoding="utf-8") + FIRST_OF_4C, encoding="utf-8")
    edit(project, "domains.yml", ("title: Talent Development", "title: People first"))
    edit(project, "tools.yml", ("url: https://ncsi-library.wested.org/resources/203", "url: https://example.org/engaging"))
    edit(project, "retired.yml", ("retired: []\n", RETIRED))
    edit(project, "permalinks.txt", ("practices/4a/school/#q3\n", "practices/4a/school/#q3\npractices/4a/school/#q4\n"))


def lose(project: Path) -> None:
    """Take something out and tell nobody."""
    gone = ours("4b.school.q2", "What did you change because of something people told you, and how did you let them know?")
    edit(project, "practices/4b.yml", (gone, ""))
