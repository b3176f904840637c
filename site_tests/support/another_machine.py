"""Another machine: the commands of the generator where time zone, language, encoding, rights of files and order of sets differ."""

from __future__ import annotations

import os
import subprocess
import sys

from site_tests import ROOT

MACHINE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANGUAGE": "tr",
    # Python takes nothing but ASCII for granted.
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "4242",
    "PYTHONPATH": str(ROOT),
}


def elsewhere(*arguments: str) -> str:
    """What a command says there; it must succeed."""
    command = [sys.executable, "-m", "generator", *arguments]
    result = subprocess.run(command, cwd=ROOT, env=os.environ | MACHINE, umask=0o077, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr
