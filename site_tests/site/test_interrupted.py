"""A build that is cut off anywhere, or has no room, or may not write, or is not alone, leaves the last good site whole and served."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from generator.site import offline, up_to_date
from site_tests import ROOT
from site_tests.support.chromium import served
from site_tests.support.files import contents
from site_tests.support.nonempty import nonempty
from site_tests.support.project import copy_project, stock

KILLS = 20
"""Each at another twentieth of the time that a build takes, at a random moment of it."""
SWAPS = 40
ENDED = 120
"""Seconds after which a process that goes on is one that would not end."""
NEW = "\nThis sentence is new.\n"

SWAPPING = """
import shutil, sys
from pathlib import Path
from typing import Any
from generator.output import folders
root = Path(sys.argv[1])
for number in range(10_000):
    shutil.rmtree(root / "next", ignore_errors=True)
    shutil.copytree(root / "ours", root / "next")
    (root / "next" / "number.txt").write_text(str(number))
    folders.recover(root / "site")
    folders.replace(root / "next", root / "site")
    print(number, flush=True)
"""


def start(root: Path, *more: str, **options: Any) -> subprocess.Popen[str]:
    """A build in a process group of its own."""
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), *more]
    return run(command, **options)


def run(command: list[str], **options: Any) -> subprocess.Popen[str]:
    # Without room on the disk Python would write compiled modules in part only, where all later runs find them.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    process: subprocess.Popen[str] = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, **options
    )
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """As a power cut ends it: the process and all that it started, without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def left_over(root: Path) -> list[str]:
    """What a finished build leaves beside the site and its own folder, or half-written in them."""
    known = {"data", "content", "theme", "mkdocs.yml", "CITATION.cff", "build", "site"}
    inside = {"docs", "handouts", "templates", "mkdocs.yml", ".cache", ".lock", "unchanged.json", "pages.json", "links.json"}
    odd = [path.name for path in root.iterdir() if path.name not in known] + [
        path.name for path in (root / "build").iterdir() if path.name not in inside
    ]
    return odd + [str(path) for path in root.rglob(".writing-*")]


@contextmanager
def asked(folder: Path, *files: str) -> Iterator[list[str]]:
    """A server on the folder that is asked all the while; what did not open."""
    failures: list[str] = []
    over = threading.Event()

    def ask(address: str) -> None:
        while not over.is_set():
            for file in nonempty(files):
                try:
                    with urllib.request.urlopen(address + file, timeout=10) as answer:
                        assert answer.read()
                except OSError as error:
                    failures.append(f"{file}: {error}")

    with served(folder) as address:
        asking = threading.Thread(target=ask, args=(address,))
        asking.start()
        try:
            yield failures
        finally:
            over.set()
            asking.join()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, small_edition: Path) -> Path:
    """A project with its last good site, which the tests below leave as it is or put a whole one in its place."""
    root = stock(copy_project(tmp_path_factory.mktemp("interrupted") / "project", small_edition), small_edition)
    shutil.copytree(small_edition / "site", root / "site")
    return root


def say(root: Path, sentence: str) -> None:
    """Change the home page, so that the next site differs from the last."""
    text = (ROOT / "content" / "home.md").read_text(encoding="utf-8")
    (root / "content" / "home.md").write_text(f"{text}{sentence}", encoding="utf-8")


def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(root: Path) -> None:
    say(root, NEW)
    began = time.monotonic()
    assert "site/ is ready" in start(root).communicate()[0]
    lasts = time.monotonic() - began
    new = contents(root / "site")
    moment, found = random.Random(8), []
    for number in range(KILLS):
        say(root, "" if number % 2 else NEW + NEW)
        process = start(root)
        time.sleep((number + moment.random()) / KILLS * lasts)
        kill(process)
        found.append(contents(root / "site"))
    changed = {file for one in found for file in one if one[file] != new.get(file)}
    assert {frozenset(one) for one in found} == {frozenset(new)}
    assert changed <= {"index.html"}


def test_when_the_main_process_is_killed_no_maker_of_handouts_lives_on(tmp_path: Path, small_edition: Path) -> None:
    process = start(copy_project(tmp_path / "project", small_edition))
    while not list((tmp_path / "project" / "build" / "handouts").glob("[0-9a-f]*.*.*")):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    try:
        # All that it started share its output, which ends with the last of them.
        process.communicate(timeout=ENDED)
    finally:
        with suppress(ProcessLookupError):
            kill(process)


def test_two_builds_at_once_mend_what_was_killed_while_the_site_is_served(root: Path, small_edition: Path) -> None:
    say(root, "")
    # The last build before may have ended just before it was killed; then there is nothing to build.
    (root / "build" / up_to_date.FILE).unlink(missing_ok=True)
    with asked(root / "site", "index.html", "practices/1a/school/index.html", "assets/playbook.css") as failures:
        both = [start(root), start(root)]
        told = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum("another build of this folder is running; waiting for it" in words for words in told) == 1
    assert failures == []
    assert contents(root / "site") == contents(small_edition / "site")
    assert left_over(root) == []


@pytest.mark.parametrize("more", [(), ("--offline",)], ids=["for nearly nothing", "for all but the zip of the offline copy"])
def test_a_build_without_room_on_the_disk_leaves_the_site(root: Path, small_edition: Path, more: tuple[str, ...]) -> None:
    """The system refuses larger files, as a full disk does."""
    room = (small_edition / offline.ZIP).stat().st_size - 1 if more else 1_000
    before = contents(root / "site")
    say(root, NEW)
    process = start(root, *more, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    told = process.communicate()[0]
    assert process.returncode == 1
    assert "File too large" in told
    assert "site/ is as it was" in told
    assert contents(root / "site") == before
    assert list(root.rglob(".writing-*")) == []
    assert not (root / offline.FOLDER).exists()
    assert not (root / offline.ZIP).exists()
    shutil.rmtree(root / "build" / offline.FOLDER, ignore_errors=True)


@pytest.mark.parametrize("place", ["build/docs", "."])
def test_a_folder_that_may_not_be_written_is_told_and_the_site_stays(root: Path, place: str) -> None:
    before = contents(root / "site")
    say(root, f"{NEW}{place}\n")
    command = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    if os.geteuid() == 0:
        # Nothing is forbidden to root unless this is taken from it.
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and there is no 'setpriv' to forbid it")
        command = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *command]
    (root / place).chmod(0o555)
    try:
        process = run(command)
        told = process.communicate()[0]
    finally:
        (root / place).chmod(0o755)
    assert process.returncode == 1, told
    assert "Permission denied\nhint: let this user write there, then try again\nsite/ is as it was.\n" in told
    assert "Traceback" not in told
    assert contents(root / "site") == before


def test_the_swap_of_two_sites_can_be_killed_at_any_moment_and_a_server_goes_on_answering(tmp_path: Path, small_edition: Path) -> None:
    for name in ("ours", "site"):
        shutil.copytree(small_edition / "site" / "practices", tmp_path / name / "practices")
    whole = len(contents(tmp_path / "ours"))
    (tmp_path / "site" / "number.txt").write_text("the first")
    random_moment = random.Random(8).random
    with asked(tmp_path / "site", "practices/index.html", "practices/1a/school/index.html", "number.txt") as failures:
        for _ in range(SWAPS):
            process = run([sys.executable, "-c", SWAPPING, str(tmp_path)])
            assert process.stdout
            assert process.stdout.readline() == "0\n"
            time.sleep(random_moment() * 0.3)
            kill(process)
            assert len(contents(tmp_path / "site")) == whole + 1
    assert failures == []
    assert (tmp_path / "site" / "number.txt").read_text() not in ("", "the first")
