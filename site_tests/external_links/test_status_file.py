"""What is kept of the links from day to day, and what a run of the command says: three failing days make an address dead."""

from __future__ import annotations

import datetime
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import cli
from generator.catalog import load
from generator.catalog.routes import Routes
from generator.external_links import addresses, checking, status_file
from generator.external_links.verdicts import Finding
from generator.model.link_status import LinkStatus
from generator.problems import Mark
from site_tests import ROOT
from site_tests.support import bad_server as way
from site_tests.support.bad_server import Server, running

pytestmark = pytest.mark.usefixtures("own_loop")

URL = "https://example.org/tool.pdf"
MONDAY = datetime.date(2026, 11, 23)
GOOD, FAILS, UNSURE = Finding("fine", "opens"), Finding("failing", "not found (404)"), Finding("unsure", "no answer in time")


def days(*findings: Finding, apart: int = 1) -> list[tuple[LinkStatus, bool]]:
    """What is known of one address after each day, and whether it died that day."""
    known: dict[str, LinkStatus] = {}
    told = []
    for number, finding in enumerate(findings):
        renewed = status_file.renew([URL], known, {URL: finding}, MONDAY + datetime.timedelta(days=number * apart))
        known = {status.url: status for status in renewed.statuses}
        told.append((known[URL], URL in renewed.newly_dead))
    return told


@pytest.mark.parametrize(
    ("findings", "verdicts", "died"),
    [
        pytest.param([FAILS], ["unsure"], [], id="one failing day"),
        pytest.param([FAILS, FAILS, FAILS, FAILS], ["unsure", "unsure", "dead", "dead"], [2], id="three failing days, and one more"),
        pytest.param([FAILS, FAILS, GOOD, FAILS, FAILS], ["unsure", "unsure", "fine", "unsure", "unsure"], [], id="a good day between"),
        pytest.param([FAILS, FAILS, UNSURE, FAILS], ["unsure", "unsure", "unsure", "dead"], [3], id="a day that tells nothing between"),
        pytest.param([FAILS, FAILS, FAILS, UNSURE], ["unsure", "unsure", "dead", "dead"], [2], id="dead, then a day that tells nothing"),
        pytest.param([FAILS] * 3 + [GOOD], ["unsure", "unsure", "dead", "fine"], [2], id="back from the dead"),
        pytest.param([UNSURE] * 5, ["unsure"] * 5, [], id="unsure for ever"),
    ],
)
def test_an_address_is_dead_after_three_failing_days(findings: list[Finding], verdicts: list[str], died: list[int]) -> None:
    told = days(*findings)
    assert [status.verdict for status, _ in told] == verdicts
    assert [number for number, (_, dead) in enumerate(told) if dead] == died


def test_three_runs_on_one_day_are_one_day() -> None:
    (*_, (last, died)) = days(*[FAILS] * 3, apart=0)
    assert (last.verdict, last.failing, died) == ("unsure", (MONDAY,), False)


@pytest.mark.parametrize(
    ("verdict", "age", "asked"),
    [("fine", 0, False), ("fine", 6, False), ("moved", 6, False), ("fine", 7, True), ("unsure", 0, True), ("dead", 0, True), ("fine", -1, True)],
)
def test_what_opened_rests_for_a_week(verdict: Any, age: int, asked: bool) -> None:
    known = {URL: LinkStatus(url=URL, checked=MONDAY - datetime.timedelta(days=age), verdict=verdict, reason="x")}
    assert status_file.due([URL], known, MONDAY) == ((URL,) if asked else ())


def test_what_is_gone_from_the_data_falls_out_of_the_record() -> None:
    known = {url: LinkStatus(url=url, checked=MONDAY, verdict="fine", reason="opens") for url in (URL, "https://gone.example/")}
    assert [status.url for status in status_file.renew([URL], known, {}, MONDAY).statuses] == [URL]


@pytest.mark.parametrize("to", ["https://example.org/" + "x" * 900, "https://example.org/<b>", "javascript:alert(1)"])
def test_an_odd_new_address_is_not_kept(to: str) -> None:
    renewed = status_file.renew([URL], {}, {URL: Finding("moved", "moved for good", to)}, MONDAY)
    assert renewed.statuses[0].moved_to is None


def test_the_committed_record_claims_nothing_that_no_run_found() -> None:
    assert (ROOT / "data" / "link-status.yml").read_text(encoding="utf-8") == status_file.HEAD + "links: []\n"


# ---- Where addresses stand ----


def test_every_address_in_data_and_pages_is_found_with_its_place(project: Path) -> None:
    path = project / "content" / "about.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nSee [a page](https://example.org/a_(b)) and https://example.org/c.\n", encoding="utf-8")
    path = project / "data" / "glossary.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("definition: >-\n      ", "definition: >-\n      See (https://example.org/d), then\n      ", 1), encoding="utf-8")
    found = {address.url: address for address in _addresses(project)}
    written = {url for file in (project / "data").rglob("*.yml") for url in _written(file)}
    assert written - set(found) == set()
    assert [use.mark.file for use in found["https://example.org/a_(b)"].uses] == ["content/about.md"]
    assert found["https://example.org/c"].uses[0].record == "about"
    assert found["https://example.org/d"].uses[0].record == "glossary.accountability"
    (use,) = found["https://ncsi-library.wested.org/resources/203"].uses
    assert (use.mark, use.path, use.record) == (Mark("data/tools.yml", 11, 10), "tools[0].url", "managing-or-engaging")


def _addresses(root: Path) -> tuple[addresses.Address, ...]:
    from generator.checks.checked_edition import Edition, check

    found = check(root)
    assert isinstance(found, Edition), found
    return addresses.find(found.catalog, found.routes, found.prose.values())


def _written(file: Path) -> list[str]:
    """The addresses of a file, found by eye: a word that begins with http, less brackets and points; the archive is none."""
    words = file.read_text(encoding="utf-8").split()
    return [word.strip("(),.") for word in words if word.lstrip("(").startswith("http") and "web.archive.org" not in word]


def test_an_address_that_stands_twice_is_asked_once(project: Path) -> None:
    loaded = load.load(project)
    assert loaded.catalog
    asked = addresses.to_ask(addresses.find(loaded.catalog, Routes(loaded.catalog), ()))
    assert len(asked) == len(set(asked))


# ---- The command ----

TOOL = "https://ncsi-library.wested.org/resources/203"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def linked(project: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose addresses all lead to the server: all fine, but the first tool, which is not found there."""
    (project / "site").mkdir()
    for path in (project / "data").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        for url in {url for url in _written(path) if "$schema" not in url}:
            server.ways["/" + url.rpartition("/")[2]] = way.document
            text = text.replace(url, server.url("/" + url.rpartition("/")[2]))
        path.write_text(text.replace("https://web.archive.org/", server.url("/", "localhost")), encoding="utf-8")
    server.ways["/203"] = way.status(404)
    monkeypatch.setattr(checking, "PATIENCE", replace(checking.PATIENCE, between=0, waits=()))
    return project


def run(project: Path, *options: str, day: int = 0) -> Result:
    """The command on a day."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cli, "_today", lambda: MONDAY + datetime.timedelta(days=day))
        return CliRunner().invoke(cli.main, ["links", "--root", str(project), "--allow-local", *options])


def _kept(project: Path) -> dict[str, LinkStatus]:
    catalog = load.load(project).catalog
    assert catalog
    return dict(catalog.link_status)


def test_the_command_fails_once_on_the_third_failing_day(linked: Path, server: Server) -> None:
    assert [run(linked, day=day).exit_code for day in (0, 0, 1, 2, 3)] == [0, 0, 0, 1, 0]
    status = _kept(linked)[server.url("/203")]
    assert (status.verdict, [str(day) for day in status.failing]) == ("dead", ["2026-11-23", "2026-11-24", "2026-11-25"])
    assert CliRunner().invoke(cli.main, ["check", "--root", str(linked)]).exit_code == 0
    server.ways["/203"] = way.document
    assert run(linked, day=4).exit_code == 0
    assert _kept(linked)[server.url("/203")].failing == ()


def test_what_opened_is_not_asked_again_but_with_all(linked: Path, server: Server) -> None:
    run(linked)
    server.seen.clear()
    run(linked, day=1)
    assert {path for _, path in server.seen} >= {"/203"}
    assert ("HEAD", "/YourBrand.pdf") not in server.seen
    run(linked, "--all", day=1)
    assert ("HEAD", "/YourBrand.pdf") in server.seen


def test_the_text_names_the_place_and_counts(linked: Path) -> None:
    told = run(linked).stdout
    assert "data/tools.yml:11:10: warning[link-unsure] tools[0].url: 'http://127.0.0.1:" in told
    assert "is unsure: not found (404), on 1 of 3 days" in told
    assert told.rstrip().endswith("25 addresses: 24 fine, 0 moved, 1 unsure, 0 dead")


def test_github_gets_annotations_that_weigh_what_they_say(linked: Path, server: Server) -> None:
    server.ways["/YourBrand.pdf"] = way.redirect(301, "/brand.pdf")
    server.ways["/brand.pdf"] = way.document
    told = [run(linked, "--format", "github", day=day).stdout for day in range(4)]
    tools = (linked / "data" / "tools.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(tools, 1) if "/YourBrand.pdf" in text)
    assert f"::notice file=data/tools.yml,line={line},col=10,title=link-moved::" in told[0]
    assert "write the new address: http" in told[0]
    levels = [next(line for line in text.splitlines() if "line=11," in line).split()[0] for text in told]
    assert levels == ["::warning", "::warning", "::error", "::warning"]


def test_programs_get_everything(linked: Path, server: Server) -> None:
    found = {row["url"]: row for row in json.loads(run(linked, "--format", "json").stdout)}
    assert len(found) == 25
    row = found[server.url("/203")]
    assert (row["verdict"], row["checked"], row["newly_dead"]) == ("unsure", "2026-11-23", False)
    assert row["uses"][0]["mark"] == {"file": "data/tools.yml", "line": 11, "column": 10}


def test_a_dead_address_suggests_the_copy_only_where_one_opens(linked: Path, server: Server) -> None:
    copy = f"/web/20180301000000/{server.url('/203')}"
    for day in range(2):
        run(linked, day=day)
    assert "no archived copy is known to open" in run(linked, day=2).stdout
    server.ways[copy] = way.document
    assert f"readers are led to the archived copy, {server.url(copy, 'localhost')}" in run(linked, day=3).stdout


def test_a_run_without_a_network_learns_nothing(linked: Path, server: Server) -> None:
    run(linked)
    before = (linked / "data" / "link-status.yml").read_bytes()
    server.server_close()
    server.shutdown()
    result = run(linked, "--all", day=1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was learned" in result.stderr
    assert (linked / "data" / "link-status.yml").read_bytes() == before


def test_one_address_that_still_opens_shows_that_the_network_is_there(linked: Path, server: Server) -> None:
    """Only what failed is asked on the second day: that it fails again must count."""
    for address in _addresses(linked):
        server.ways[f"/web/20180301000000/{address.url}"] = way.document
    server.ways["/203"] = way.document
    run(linked)
    server.seen.clear()
    path = linked / "data" / "tools.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(server.url("/203"), "http://nobody.invalid/203"), encoding="utf-8")
    path = linked / "data" / "playbook.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("archive: http://localhost", "archive: http://nobody.invalid"), encoding="utf-8")
    run(linked, day=1)
    assert len(server.seen) == checking.WITNESSES
    assert _kept(linked)["http://nobody.invalid/203"].reason == "no host of this name"


def test_without_the_option_nothing_local_is_asked(linked: Path, server: Server) -> None:
    result = CliRunner().invoke(cli.main, ["links", "--root", str(linked)])
    assert result.exit_code == 0
    assert server.seen == []


def test_a_record_that_somebody_spoiled_is_told(project: Path) -> None:
    path = project / "data" / "link-status.yml"
    line = "- {url: 'https://a.example/', checked: '2026-11-22', verdict: fine, reason: opens}\n"
    path.write_text(status_file.HEAD + "links:\n" + 2 * line + line.replace("22", "42").replace("fine", "good"), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["check", "--root", str(project), "--format", "json"])
    told = {(problem["mark"]["line"], problem["code"]) for problem in json.loads(result.stdout)}
    assert told == {(5, "link-recorded-twice"), (6, "not-a-day"), (6, "unknown-word")}


def test_a_status_of_an_address_that_is_gone_is_no_problem(project: Path) -> None:
    path = project / "data" / "link-status.yml"
    path.write_text(status_file.as_yaml([LinkStatus(url=URL, checked=MONDAY, verdict="fine", reason="opens")]), encoding="utf-8")
    assert CliRunner().invoke(cli.main, ["check", "--root", str(project)]).exit_code == 0


def test_a_build_asks_nobody(monkeypatch: pytest.MonkeyPatch, small_project: Path) -> None:
    """Our own part of it: the engine runs as a program of its own and knows nothing of links."""

    inside = socket.socket.connect

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a build went to the network")

    def connect(self: socket.socket, address: Any) -> None:
        # The processes that make handouts are reached by a socket that is a file.
        inside(self, address) if self.family == socket.AF_UNIX else refuse()

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert CliRunner().invoke(cli.main, ["build", "--root", str(small_project)]).exit_code == 0
