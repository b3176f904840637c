"""`make test-fast` leaves out what takes long and says so; a complete run begins with it."""

from __future__ import annotations

import pytest

from site_tests import ROOT

LONG = """
import pytest

@pytest.fixture
def finished_handouts():
    return 1

@pytest.fixture
def sheets(finished_handouts):
    return 2

def test_of_its_own():
    pass

def test_of_all_handouts(sheets):
    pass

@pytest.mark.parametrize("name", ["site", "other"])
def test_by_name(name):
    pass
"""
SHORT = "def test_of_nothing():\n    pass\n"


@pytest.fixture(autouse=True)
def sorting(pytester: pytest.Pytester) -> None:
    """The plugin at work on some other tests."""
    pytester.makeconftest((ROOT / "site_tests" / "support" / "leaving_out.py").read_text(encoding="utf-8"))


def test_what_takes_long_is_left_out_and_counted(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_long=LONG, test_short=SHORT)
    result = pytester.runpytest_inprocess("-m", "not whole")
    result.assert_outcomes(passed=3, deselected=2)
    result.stdout.fnmatch_lines(["left out: 2 tests of the whole site or of all handouts", "'make test' runs them all"])


def test_workers_tell_what_they_left_out(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_long=LONG, test_short=SHORT)
    result = pytester.runpytest_inprocess("-m", "not whole", "-n", "2")
    result.stdout.fnmatch_lines(["left out: 2 tests of the whole site or of all handouts"])


def test_files_that_take_long_come_first_and_stay_together(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_long=LONG, test_a_short=SHORT)
    result = pytester.runpytest_inprocess("--collect-only", "-q")
    assert [line for line in result.outlines if "::" in line] == [
        "test_long.py::test_of_its_own",
        "test_long.py::test_of_all_handouts",
        "test_long.py::test_by_name[site]",
        "test_long.py::test_by_name[other]",
        "test_a_short.py::test_of_nothing",
    ]


def test_a_complete_run_leaves_out_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_long=LONG)
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(passed=4)
    result.stdout.no_fnmatch_line("left out:*")


def test_a_test_that_was_asked_for_by_name_says_nothing_of_the_others(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_long=LONG)
    result = pytester.runpytest_inprocess("-k", "own")
    result.assert_outcomes(passed=1, deselected=3)
    result.stdout.no_fnmatch_line("left out:*")
