"""What search engines and shared links show of each page: one or two sentences of our own."""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalog.index import Catalog
from generator.model import guides, history, ids, playbook
from generator.views.shared.parts import listed

FIXED = {
    "home": "Twelve practices to turn a school around, for school, district and state teams: what to do together, tools, questions to ask.",
    "about": "Two frameworks, the Four Domains and Leading by Convening: what each is, who made it, how The Engagement Playbook joins the two.",
    "how-to-use": "How to find what you need here, read a page, print a handout, fill in a form, share a link and cite the printed playbook.",
    "accessibility": "What was tested so that everyone can use this site: keyboard, screen readers, large letters, colors; and what was not.",
    "search": "Find touch points, tools and questions for school improvement in your own words. The search runs in your browser and sends nothing.",
    "browse": "Every touch point, tool use, question, strategy and coaching item in one list: choose by practice, level, habit, kind or tool.",
    "matrix": "The twelve practices by overview, school, district and state on one screen: how many touch points, tools and questions each holds.",
    "reflect": "Forms to fill in on screen, alone or with a team: touch points, questions, next steps. What you write stays in your browser.",
    "team": "Put the answers of a team side by side: median, spread and count, greatest disagreement first. Files never leave your device.",
    "practices": "The twelve practices of the Four Domains for Rapid School Improvement, each for school, district and state.",
    "domains": "The four domains of rapid school improvement: {domains}.",
    "levels": "What the playbook asks of a school, a district and a state: pick the level at which you work.",
    "habits": "The three habits of Leading by Convening, how to bring people along: {habits}.",
    "questions": "{questions} questions for a school, district or state leadership team to reflect on, by practice and level.",
    "handouts": "Handouts for school improvement meetings: touch point and reflection sheets, packets, coaching questions, forms; PDF, Word, Excel.",
    "compose": "Make a handout and a session plan of your own: choose items, order them, set room to write and minutes, print, share by address.",
    "tools": "{tools} tools for engaging people in school improvement: what each is for, where it is used, the original, an archived copy.",
    "resources": "{resources} documents and pages that The Engagement Playbook sends its readers to: what each is for, and an archived copy.",
    "glossary": "{terms} words of school turnaround in plain language: adaptive challenge, community of practice, LEA, SEA, touch point.",
    "sources": "The five documents that this edition is made from, who wrote them and on what terms they stand, and the errors found in them.",
    "coverage": "What of The Engagement Playbook and its companion guides this edition carries, what is left out and why, how well search finds it.",
    "links": "Which of the outside addresses on this site still open: each with its last check, an archived copy and what uses it.",
    "data": "All content of this edition as files for other programs: JSON with its JSON Schema, CSV tables, ids, addresses and sources.",
    "whats-new": "What each edition of this site added, said in other words, moved or took out, the newest first, with old and new words.",
    "guides": "Four companions of the playbook: a guide for turnaround leaders, an improvement cycle, its coaching and forms, turnaround practices.",
    "leadership": "How things look when turnaround leadership has taken hold in a school or district, what to do to get there, what to ask.",
    "cycle": "A school improvement cycle in six steps, from setting the direction to adjusting course: tools, examples, coaching tips.",
    "coaching": "{coaching} questions and hints for coaches of school improvement teams, by step of the improvement cycle and level.",
    "lea-self-reflection": "{elements} elements in which a district looks at how it supports school improvement, each described at four levels.",
    "forms": "Forms for school improvement teams, to print or fill in: {forms}.",
    "turnaround-practices": "Four practices of successful turnaround schools as another organization names them, and where they meet the playbook.",
}
"""Of the pages that are no record's own; names in braces are filled in."""


def fixed(catalog: Catalog, page: str) -> str:
    """Of a page that is no record's own."""
    found = catalog.companions
    return FIXED[page].format(
        domains=listed(domain.title for domain in catalog.domains.values()),
        habits=listed(column.title for column in catalog.columns.values()),
        questions=sum(len(cell.questions) for cell in catalog.cells.values()),
        tools=len(catalog.tools),
        resources=len(catalog.resources),
        terms=len(catalog.terms),
        coaching=len(found.coaching_items),
        elements=len(found.elements),
        forms=listed(form.title for form in found.forms.values()),
    )


def domain(catalog: Catalog, record: playbook.Domain) -> str:
    """Of a domain: its practices."""
    return f"{record.title}: {listed(f'{ids.code(practice.id)} {practice.title}' for practice in catalog.practices_of[record.id])}."


def practice(catalog: Catalog, record: playbook.Practice) -> str:
    """Of a practice: what its pages hold together."""
    return f"{ids.code(record.id)} {record.title}: what school, district and state are asked, side by side. {_held(catalog, record.cells)}."


def cell(catalog: Catalog, record: playbook.Cell) -> str:
    """Of a practice at a level: what it holds."""
    of, level = catalog.practices[ids.practice_of(record.id)], catalog.levels[ids.level_of(record.id) or ""]
    return f"What {level.title.lower()} teams can do and ask together: {_held(catalog, [record])}. {ids.code(of.id)} {of.title}."


def _held(catalog: Catalog, cells: Iterable[playbook.Cell]) -> str:
    """'6 touch points, 3 tools, 4 questions'; a tool that is used twice counts once."""
    cells = tuple(cells)
    numbers = {
        "touch point": sum(len(catalog.touch_points(cell)) for cell in cells),
        "tool": len({use.tool for cell in cells for use in cell.tool_uses()}),
        "question": sum(len(cell.questions) for cell in cells),
    }
    return ", ".join(f"{number} {one}{'' if number == 1 else 's'}" for one, number in numbers.items() if number)


def reflection(catalog: Catalog, record: playbook.Cell) -> str:
    """Of the form of a cell: what there is to fill in."""
    of = catalog.practices[ids.practice_of(record.id)]
    return f"Fill in on screen, alone or together: {_held(catalog, [record])} and next steps. {catalog.place(record.id)}, {of.title}."


def level(record: playbook.Level) -> str:
    """Of a level: what it is."""
    return f"All twelve practices at the {record.title.lower()} level, with their tools and handouts. {record.purpose}"


def habit(record: playbook.Column) -> str:
    """Of a habit: what it is."""
    return f"{record.title}, in all twelve practices and at every level. {record.purpose}"


def tool(record: playbook.Tool) -> str:
    """Of a tool: what it is for."""
    return f"{record.title} ({record.type}): {record.purpose}"


def section(catalog: Catalog, record: guides.LeadershipSection) -> str:
    """Of a page of the leadership guide: what it holds."""
    of = catalog.practices[ids.practice_of(record.cell)]
    return f"{len(record.future_states)} future states, with what to do and what to ask: {catalog.place(record.cell)}, {of.title}."


def step(record: guides.Step) -> str:
    """Of a step of the cycle: what it is for."""
    return f"{record.title}, a step of the school improvement cycle. {' '.join(record.purpose.said)}"


def form(record: guides.Form) -> str:
    """Of a form: what it is for."""
    return f"{record.title}: {record.purpose}"


def retired(record: history.Retired) -> str:
    """Of a page that is no longer here: why."""
    return f"No longer here since version {record.since}. {record.why}"
