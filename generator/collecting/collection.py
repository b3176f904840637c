"""The whole way from files to tables and a page: read, grouped, put side by side, written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from generator.checks.checked_edition import Edition
from generator.collecting import detect, groups, result_tables, summary_page
from generator.collecting.blank_handouts import BlankHandouts
from generator.collecting.groups import Group
from generator.collecting.isolated import Reader
from generator.collecting.readers.session import OTHER, Known, Session
from generator.collecting.statistics import Comparison, Hidden, compare
from generator.forms.form_fields import FormBlanks, forms
from generator.output import folders
from generator.problems import Mark, Problem
from generator.progress import Progress

RATINGS, ANSWERS, BOOK, SUMMARY = "ratings.csv", "answers.csv", "results.xlsx", "summary.html"


@dataclass(frozen=True)
class Wish:
    """What is compared, and what is shown of it: everyone together, teams, or dates: all of them, or the time until one day and from another."""

    by: Literal["team", "date"] | None
    dates: tuple[date | None, date | None]
    minimum: int
    names: bool
    now: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it: what was wrong with files, and what to tell; `done` where the tables and the page are written."""

    problems: tuple[Problem, ...]
    told: tuple[str, ...]
    done: bool


def collect(root: Path, edition: Edition, paths: Sequence[Path], out: Path, wish: Wish, progress: Progress) -> Outcome:
    """Read the files, and write the tables and the page into the folder `out`; what else lies there stays."""
    outputs = [out / name for name in (RATINGS, ANSWERS, BOOK, SUMMARY)]
    strange = [_not_ours(path) for path in outputs if path.exists() and not _is_ours(path)]
    if strange:
        return Outcome(tuple(strange), ("nothing was read or written",), False)
    printed = BlankHandouts(root, edition.catalog, edition.routes, edition.settings)
    known = Known(forms(edition.catalog, edition.routes), printed, wish.now)
    found, problems = detect.files(paths, outputs)
    results = []
    with progress("files", len(found)) as step, Reader(known) as reader:
        for path in found:
            results.append(reader.read(path))
            step()
    problems += [told for result in results for told in result.problems]
    read = [result.sessions for result in results if result.sessions]
    if not read:
        return Outcome(tuple(problems), ("no file could be read; nothing was written",), False)
    sessions = [session for one in read for session in one]
    grouped = _grouped(sessions, wish)
    if isinstance(grouped, str):
        return Outcome(tuple(problems), (grouped, "nothing was written"), False)
    compared = _compared(grouped, known, wish)
    counted = list({id(session): session for group in grouped for session in group.sessions}.values())
    facts = replace(_facts(counted, len(read), wish), over_time=wish.by == "date" and len(grouped) > 1)
    folders.write_together(dict(zip(outputs, _outputs(root, compared, facts, wish), strict=True)))
    told = (
        f"{facts.sessions} of {summary_page.counted(len(compared), 'form', 'forms')} from {facts.files}, {facts.days}",
        *_remarks(sessions, counted, compared, wish),
        f"{out / SUMMARY} shows them; {BOOK} beside it is for spreadsheets, {RATINGS} and {ANSWERS} are the same as text",
    )
    return Outcome(tuple(problems), told, True)


def _grouped(sessions: Sequence[Session], wish: Wish) -> tuple[Group, ...] | str:
    """The groups; or why there is nothing to compare."""
    if wish.by == "team":
        return groups.by_team(sessions)
    if wish.by is None:
        return groups.everyone(sessions)
    until, since = wish.dates
    if not until and not since:
        if len(rounds := groups.rounds(session.day for session in sessions)) > 2:
            return groups.by_round(sessions, rounds)
        gap = groups.widest_gap(session.day for session in sessions)
        if gap is None:
            return f"all files are of one day ({sessions[0].day}), so there are no two dates to compare"
        until, since = gap
    found = groups.by_date(sessions, until, since)
    empty = [group.label for group in found if not group.sessions]
    days = sorted(session.day for session in sessions)
    return f"there is no file {empty[0]}; the files are of {days[0]} to {days[-1]}" if empty else found


def _compared(grouped: Sequence[Group], known: Known, wish: Wish) -> list[Comparison]:
    """A comparison for each form that has answers: in the order of the site, then forms that it no longer has, then other handouts."""
    there: dict[str, FormBlanks] = {session.form: known.form(session.form, session.title) for group in grouped for session in group.sessions}
    order = [*(name for name in known.forms if name in there), *sorted(set(there) - set(known.forms) - {OTHER.id}), *({OTHER.id} & set(there))]
    # A team that did not fill in a form is no group of it.
    of_form = {name: [group for group in grouped if wish.by != "team" or group.of_form(name)] for name in order}
    return [compare(there[name], of_form[name], wish.minimum, names=wish.names) for name in order]


def _facts(sessions: Sequence[Session], files: int, wish: Wish) -> summary_page.Facts:
    days = sorted(str(session.day) for session in sessions)
    span = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    counted = summary_page.counted(len(sessions), "session", "sessions")
    return summary_page.Facts(counted, summary_page.counted(files, "file", "files"), span, wish.names, wish.minimum)


def _outputs(root: Path, compared: Sequence[Comparison], facts: summary_page.Facts, wish: Wish) -> tuple[bytes, ...]:
    hidden: dict[Hidden, str] = {"few": f"hidden (fewer than {wish.minimum} people)", "beside": "hidden (a smaller group could be worked out)"}
    ratings, answers = result_tables.ratings(compared, hidden), result_tables.answers(compared, hidden, names=wish.names)
    return (
        result_tables.as_csv(ratings),
        result_tables.as_csv(answers),
        result_tables.workbook({"ratings": ratings, "answers": answers}),
        summary_page.summary(root / "theme" / "collected", compared, facts, hidden),
    )


def _remarks(sessions: Sequence[Session], counted: Sequence[Session], compared: Sequence[Comparison], wish: Wish) -> Iterator[str]:
    """What people may not expect of the result."""
    for names in groups.two_people(sessions):
        yield f"{' and '.join(names)} saved the same session: only the one saved last counts"
    for several in groups.alike(sessions):
        who = ", ".join(filter(None, (several[0].signed or "nobody", several[0].team)))
        yield f"{who} signed {len(several)} files of '{several[0].title[:60]}': they count as one person's; several people have to sign differently"
    if no_days := sorted({f"'{session.no_day[:40]}'" for session in counted if session.no_day}):
        yield f"where a date is no day, the file's own day counts: {', '.join(no_days)}"
    if left := len(sessions) - len(counted):
        between = ", or between the two dates" if wish.by == "date" else ""
        yield f"{summary_page.counted(left, 'session is', 'sessions are')} not counted: older saves or copies of others{between}"
    if all(result.hidden for form in compared for question in form.questions for result in question.results):
        yield f"all answers are hidden: to each question, fewer than {wish.minimum} people of a group answered; '--minimum 1' shows them"


def _is_ours(path: Path) -> bool:
    """Whether this command wrote a file, by how it begins."""
    heads = {RATINGS: (result_tables.RATINGS,), ANSWERS: (result_tables.answer_head(names=False), result_tables.answer_head(names=True))}
    if not path.is_file():
        return False
    content = path.read_bytes()
    if path.name == BOOK:
        return result_tables.is_ours(content)
    return (
        summary_page.MARK in content[:2000]
        if path.name == SUMMARY
        else content.startswith(tuple(",".join(head).encode("utf-8-sig") for head in heads[path.name]))
    )


def _not_ours(path: Path) -> Problem:
    return Problem(
        Mark(str(path)),
        "not-ours",
        "",
        "it is there already and was not written by 'playbook collect'",
        "move it away, or choose another folder with '--out'",
    )
