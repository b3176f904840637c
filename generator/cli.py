"""The command `playbook`: reads arguments, prints, exits; what it does is elsewhere."""

from __future__ import annotations

import datetime
import difflib
import errno
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from generator.problems import Mark, Problem, in_words, refusal, report

if TYPE_CHECKING:
    from generator.checks import checked_edition
    from generator.editing.new_record import Stub
    from generator.editions.edition_diff import Comparison

# What only some commands need is imported by them: a check of the data should be done before one looks up, and a build of what is built at once.

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    default=Path(),
    help="The project's folder (default: this one).",
)
FORMAT = click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How problems are printed.")
DAY = click.DateTime(["%Y-%m-%d"])
ENGINE = click.option("--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", help="What builds the site.")


class _Commands(click.Group):
    """What the system refuses ends a command with a sentence; any other exception is a bug and shows its traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command, or show its help; a terminal that lacks a character shows its number."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(context)
        except OSError as error:
            # What the system refuses has a number; a closed pipe is told by nobody.
            if error.errno in (None, errno.EPIPE):
                raise
            _fail(refusal(error))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check the playbook's data and build its site."""
    # Nearly all that a command makes lives to its end: looking for garbage more rarely saves a tenth of the time.
    gc.set_threshold(100_000, 50, 50)


@main.command()
@ROOT
@FORMAT
def check(root: Path, form: str) -> None:
    """Check all data; print every problem at once, exit 1 when there is any."""
    found = _checked(root, form)
    _not_worse(found, form)
    _stop_at(_stale_schemas(root), form)
    if form == "json":
        click.echo("[]")
    else:
        from generator.checks import coverage

        _say(f"all good: {coverage.summary(found.catalog)}")


@main.command()
@ROOT
@FORMAT
@ENGINE
@click.option("--offline", is_flag=True, help="Make site-offline/ and site-offline.zip too, which work without a server.")
def build(root: Path, form: str, engine: Literal["mkdocs", "zensical"], offline: bool) -> None:
    """Check, then build site/; with a problem the last good site stays."""
    from generator.site import up_to_date

    outputs = ("site", "site-offline", "site-offline.zip") if offline else ("site",)
    stamp = up_to_date.Stamp(root, (engine, *outputs), outputs)
    if (lines := stamp.lines()) is not None:
        _say("nothing changed since the last build")
    else:
        from generator.handouts import worker

        worker.start()
        found = _checked(root, form)
        from generator.checks import coverage
        from generator.site import build as building

        lines = _ready(found, offline=offline)
        done = partial(stamp.keep, [coverage.summary(found.catalog), *lines])
        with _as_it_was("site/", form) as problems:
            problems += building.build(root, found, engine, _say, _progress, with_offline=offline, done=done)
    for line in lines:
        _say(line)


def _ready(found: checked_edition.Edition, *, offline: bool) -> list[str]:
    """What a build says when it is done."""
    lines = ["site/ is ready: open site/index.html through a web server, or run 'playbook serve'"]
    if not found.settings.editor:
        lines.append("its pages have no link 'Change this page': 'extra.edit' in mkdocs.yml says where your code host opens a file")
    if offline:
        lines.append("site-offline/ is ready: open site-offline/index.html; site-offline.zip holds the same")
    return lines


@main.command()
@ROOT
@FORMAT
def release(root: Path, form: str) -> None:
    """Build, then fill release/ with zips of the site, the data and the handouts, and their checksums."""
    from generator.handouts import worker

    worker.start()
    found = _checked(root, form)
    from generator.site import release as releasing

    with _as_it_was("release/", form) as problems:
        problems += releasing.release(root, found, _say, _progress)
    _say(f"release/ is ready; mark its commit: git tag v{found.catalog.edition.version}")


@main.command()
@ROOT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Where to serve (default: 8000).")
def serve(root: Path, port: int) -> None:
    """Show the site on this machine and rebuild it on each change."""
    from generator.site.serve import PortError
    from generator.site.serve import serve as run

    try:
        run(root, port, _say, _progress)
    except PortError as error:
        _fail(str(error))


@main.command("coverage")
@ROOT
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the figures are printed.")
@click.option("--write", is_flag=True, help="Take the figures over into data/figures.yml, better or worse.")
def show_coverage(root: Path, form: str, write: bool) -> None:
    """Say what is carried, empty, left out, uncertain and hard to read; exit 1 when a figure got worse."""
    found = _checked(root, "text")
    from generator.checks import ratchet
    from generator.output import folders

    catalog = found.catalog
    reading = ratchet.grades(catalog)
    measured = (*ratchet.counted(catalog), *ratchet.of_reading(reading))
    if write:
        changed = folders.write(root / "data" / "figures.yml", ratchet.text(measured, reading).encode())
        for line in ratchet.changes(catalog, measured):
            _say(line)
        _say("data/figures.yml is written" if changed else "data/figures.yml is as it was")
        return
    click.echo(ratchet.as_json(catalog, measured, reading) if form == "json" else ratchet.as_table(catalog, measured, reading))
    if problems := list(ratchet.worse(catalog, measured)):
        click.echo(report(problems, "text"), err=True)
        sys.exit(1)


@main.command()
@ROOT
@FORMAT
@click.option("--all", "everything", is_flag=True, help="Ask also what opened less than a week ago.")
@click.option("--allow-local", is_flag=True, help="Ask hosts of this machine and of the local network too.")
def links(root: Path, form: str, everything: bool, allow_local: bool) -> None:
    """Ask every outside address and write data/link-status.yml; exit 1 only when one has just died, after failing on three days."""
    found = _checked(root, form)
    from generator.external_links import addresses, checking, networks, status_file
    from generator.external_links import link_report as reporting
    from generator.output import folders

    outside = addresses.find(found.catalog, found.routes, found.prose.values())
    line = checking.Line(
        checking.agent(found.settings.address, found.catalog.edition.version),
        (lambda address: True) if allow_local else networks.public,
        checking.PATIENCE,
    )
    asked = checking.check(addresses.to_ask(outside), found.catalog.link_status, _today(), everything, line, _asking)
    if asked is None:
        _say("nothing can be reached from here, so nothing was learned; data/link-status.yml is as it was")
        return
    # Said first, so that it is known also where it cannot be written.
    click.echo(reporting.report(outside, asked, form))
    for fault in reporting.faults(asked):
        _say(fault)
    folders.write(root / "data" / status_file.FILE, status_file.as_yaml(asked.statuses).encode())
    if reporting.newly_dead(outside, asked):
        sys.exit(1)


@main.command("schema")
@ROOT
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a committed schema is stale.")
def write_schemas(root: Path, only_check: bool) -> None:
    """Write data/schema/ from the models."""
    from generator.exports import json_schemas
    from generator.output import folders

    stale = _stale_schemas(root)
    if only_check:
        _stop_at(stale, "text")
    texts = json_schemas.schemas() if stale else {}
    for problem in stale:
        folders.write(root / problem.mark.file, texts[Path(problem.mark.file).name].encode())
    _say(f"data/schema: {len(stale)} files changed")


@main.command()
@ROOT
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("collected"), help="Where to write (default: collected).")
@click.option("--by", type=click.Choice(["team", "date"]), help="Compare teams, or dates (default: everyone together).")
@click.option("--until", type=DAY, metavar="DAY", help="Compare two dates only: the last day of the first, as 2026-03-04.")
@click.option("--from", "since", type=DAY, metavar="DAY", help="Compare two dates only: the first day of the second.")
@click.option("--minimum", type=click.IntRange(min=1), default=3, help="Hide answers of fewer people than this (default: 3).")
@click.option("--names", is_flag=True, help="Show who answered what.")
def collect(
    root: Path,
    paths: tuple[Path, ...],
    out: Path,
    by: Literal["team", "date"] | None,
    until: datetime.datetime | None,
    since: datetime.datetime | None,
    minimum: int,
    names: bool,
) -> None:
    """Put the answers of many people side by side.

    FILE… are what the forms of the site saved and handouts that were filled in (PDF, Excel, Word, OpenDocument), or folders of them. Writes
    summary.html, results.xlsx, and the same tables as ratings.csv and answers.csv. Files that cannot be read are told and left out; exit 1 when
    nothing was written.
    """
    if by == "team" and (until or since):
        raise click.UsageError("'--until' and '--from' compare dates: leave out '--by team'")
    if until and since and since <= until:
        raise click.UsageError("'--from' must be a later day than '--until'")
    found = _checked(root, "text")
    from generator.collecting import collection
    from generator.output.templates import mistake

    dates = until.date() if until else None, since.date() if since else None
    wish = collection.Wish("date" if any(dates) else by, dates, minimum, names, datetime.datetime.now(datetime.UTC))
    try:
        outcome = collection.collect(root, found, paths, out, wish, partial(_progress, doing="reading"))
    except Exception as error:
        if told := mistake(error):
            _fail(told)
        if isinstance(error, OSError):
            _fail(f"cannot write {error.filename or out}: {error.strerror}\nclose it in other programs, or choose another folder with '--out'")
        raise
    for line in (*map(in_words, outcome.problems), *outcome.told):
        _say(line)
    sys.exit(0 if outcome.done else 1)


@main.command()
@ROOT
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How changes are printed.")
@click.option("--write", is_flag=True, help="Also write data/editions/ of NEW, which is then a project's folder.")
def diff(root: Path, old: str, new: str, form: str, write: bool) -> None:
    """Tell what changed from OLD to NEW, by id; exit 1 when an address got lost.

    OLD and NEW are each a playbook.json, the folder of a project, or a revision in git.
    """
    from generator.editions import diff_report, loader
    from generator.editions import edition_diff as comparison
    from generator.editions.normalized import Snapshot

    before, after = loader.read(old, root), loader.read(new, root)
    if not isinstance(before, Snapshot) or not isinstance(after, Snapshot):
        _fail(report([problem for read in (before, after) if not isinstance(read, Snapshot) for problem in read], "text"))
    found = comparison.compare(before, after)
    tell = {"text": diff_report.as_text, "markdown": diff_report.as_markdown, "json": diff_report.as_json}[form]
    click.echo(tell(found))
    if found.problems:
        _fail(report(found.problems, "text"))
    if not found.enough:
        low = f"version {found.new.version} is too low for these changes: write {found.least} or a higher one into data/playbook.yml"
        (_fail if write else _say)(low)
    if write:
        _write_edition(root / new, found)


def _write_edition(folder: Path, found: Comparison) -> None:
    from generator.editions import diff_report, loader
    from generator.output import folders

    if not folder.is_dir():
        _fail(f"'{folder.name}' is no folder\nhint: --write needs the folder of a project as NEW")
    path = folder / "data" / "editions" / f"{found.new.version}.yml"
    summary = loader.summary(folder, found.new.version)
    folders.write(path, diff_report.as_edition(found, summary).encode())
    _say(f"data/editions/{path.name} is written" + ("" if summary else "; now write its summary: what this edition brings, in a few sentences"))


def _stale_schemas(root: Path) -> list[Problem]:
    """The schemas that are missing, or not what the models say."""
    from generator.exports import json_schemas

    message, hint = "the schema is not what the models say", "run 'playbook schema' and commit what it writes"
    stale = (f"data/schema/{name}" for name, text in json_schemas.schemas().items() if not _same(root / "data" / "schema" / name, text))
    return [Problem(Mark(file), "stale-schema", "", message, hint) for file in stale]


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _checked(root: Path, form: str, *, with_stubs: bool = False) -> checked_edition.Edition:
    from generator.checks import checked_edition

    found = checked_edition.check(root, with_stubs=with_stubs)
    if isinstance(found, checked_edition.Edition):
        return found
    click.echo(report(found, form))
    sys.exit(1)


def _not_worse(found: checked_edition.Edition, form: str) -> None:
    """Stop when a figure of data/figures.yml got worse; a build asks for the reading grades too."""
    from generator.checks import ratchet

    _stop_at(list(ratchet.worse(found.catalog, ratchet.counted(found.catalog))), form)


def _stop_at(problems: Sequence[Problem], form: str) -> None:
    if problems:
        click.echo(report(problems, form))
        sys.exit(1)


@contextmanager
def _as_it_was(folder: str, form: str) -> Iterator[list[Problem]]:
    """Tell what kept a folder from being made anew: problems, the engine, the handouts or the disk."""
    from generator.handouts import HandoutError
    from generator.output.folders import PlaceError
    from generator.output.templates import mistake
    from generator.site.engine import EngineError

    problems: list[Problem] = []
    try:
        yield problems
    except (EngineError, HandoutError, PlaceError) as error:
        _fail(f"{error}\n{folder} is as it was.")
    except Exception as error:
        told = mistake(error) or (refusal(error) if isinstance(error, OSError) else "")
        if not told:
            raise
        _fail(f"{told}\n{folder} is as it was.")
    if problems:
        click.echo(report(problems, form))
        _fail(f"{folder} is as it was.")


@contextmanager
def _progress(what: str, number: int, doing: str = "making") -> Iterator[Callable[[], None]]:
    """A bar on a terminal, one line elsewhere."""
    with click.progressbar(length=number, label=f"{what}: {doing} {number}", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _asking(number: int) -> AbstractContextManager[Callable[[], None]]:
    from generator import progress

    return _progress("links", number, "asking") if sys.stderr.isatty() else progress.asking(number, _say)


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _say(message: str) -> None:
    click.echo(message, err=True)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _list_addresses(root: Path) -> None:
    """Add the addresses of a new record to data/permalinks.txt."""
    from generator.catalog import load
    from generator.checks import retired_ids
    from generator.output import folders

    found = _checked(root, "text", with_stubs=True)
    listed, _ = load.permalinks(root)
    every = sorted({*listed, *retired_ids.live_addresses(found.catalog, found.routes)})
    folders.write(root / "data" / "permalinks.txt", "".join(f"{address}\n" for address in every).encode())


@main.group()
def new() -> None:
    """Add a stub of a record, with the next id that was never used."""


@new.command("tool")
@ROOT
@click.argument("title")
def new_tool(root: Path, title: str) -> None:
    """A tool of ours, at the end of data/tools.yml."""
    from generator.editing import new_record

    _add(root, lambda found: new_record.tool(found.catalog, title, found.routes))


@new.command("question")
@ROOT
@click.argument("cell")
def new_question(root: Path, cell: str) -> None:
    """A question of ours in a cell, such as 1a.school."""
    from generator.editing import new_record

    _add(root, lambda found: new_record.question(found.catalog, cell))


@new.command("statement")
@ROOT
@click.argument("cell")
@click.argument("column")
def new_statement(root: Path, cell: str, column: str) -> None:
    """A statement in a cell's column: coalesce, participation or together."""
    from generator.editing import new_record

    _add(root, lambda found: new_record.statement(found.catalog, cell, column))


@main.command()
@ROOT
@click.argument("record", metavar="ID")
@click.option("--why", required=True, help="Why it goes, in a sentence for readers.")
@click.option("--replaced-by", default="", metavar="ID", help="The id of what takes its place.")
def retire(root: Path, record: str, why: str, replaced_by: str) -> None:
    """Take a record out of data/, with all that names it, and list it in data/retired.yml; print what changed.

    Nothing is written unless the result passes the check.
    """
    found = _checked(root, "text")
    from generator.editing import trial_run
    from generator.editing.new_record import StubError
    from generator.editing.retire import RetireError, Wish
    from generator.output import folders

    try:
        changed = trial_run.rehearse(root, found, Wish(record, why, replaced_by))
    except (RetireError, StubError) as error:
        _fail(str(error))
    if not isinstance(changed, dict):
        _fail(f"{report(changed, 'text')}\n'{record}' stays: without it the data would not pass the check; nothing is written")
    folders.write_together({root / file: after.encode() for file, (_, after) in changed.items()})
    for file, (before, after) in changed.items():
        click.echo("".join(difflib.unified_diff(before.splitlines(True), after.splitlines(True), file, file, n=0)), nl=False)
    _say(f"'{record}' is retired; 'since' is the next major version: change it if the edition without it gets another one")


def _add(root: Path, make: Callable[[checked_edition.Edition], Stub]) -> None:
    """Write a stub into its file; data with other problems than earlier stubs is left alone, for its ids cannot all be known."""
    found = _checked(root, "text", with_stubs=True)
    from generator.editing import new_record
    from generator.output import folders

    try:
        stub = make(found)
        path = root / stub.source.file
        text, line = new_record.insert(stub, path.read_bytes().decode())
    except new_record.StubError as error:
        _fail(str(error))
    else:
        folders.write(path, text.encode())
        _list_addresses(root)
        click.echo(f"{stub.source.file}:{line}: {stub.id}")
        _say(f"next: {stub.todo}; then run 'playbook check', which tells what is still to be written\n{stub.elsewhere}".rstrip())
