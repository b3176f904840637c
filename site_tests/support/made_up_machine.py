"""A machine that is made up: a folder of tools as its PATH, an index of packages, and a project whose lock pins them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from packaging.markers import Marker

from site_tests import ROOT

UV = Path(sys.prefix, "bin", "uv")
"""Where set-up has put it; a machine without it has only pip to try."""
NEWER = "9999"
TOOLS = ("sh", "bash", "cat", "cp", "dirname", "env", "grep", "head", "id", "kill", "make", "mktemp", "mv", "rm", "sed", "tail", "touch", "uname")


def program(path: Path, script: str) -> None:
    """A program that runs a script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def pins(lock: str) -> list[tuple[str, str, str]]:
    """The packages of a lock: name, version, and where it is installed ('python_version < …', or nothing)."""
    return re.findall(r"^([a-z0-9._-]+)==(\S+) *(?:; (.*?))? *\\$", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)


def wheel(folder: Path, name: str, version: str, asks: str = "", files: dict[str, bytes] | None = None) -> str:
    """Put a package into a folder, which says what it asks for; its hash."""
    stem = f"{re.sub('[-_.]+', '_', name)}-{version}"
    content = {
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{asks}".encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: made-up\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **{file.replace("DATA", f"{stem}.data"): what for file, what in (files or {}).items()},
    }
    content[f"{stem}.dist-info/RECORD"] = "".join(f"{file},,\n" for file in (*content, f"{stem}.dist-info/RECORD")).encode()
    path = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(path, "w") as packed:
        for file, what in content.items():
            entry = ZipInfo(file)
            # A program may be run.
            entry.external_attr = 0o100755 << 16
            packed.writestr(entry, what)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def asked_by(name: str) -> str:
    """What the real package asks for, extras among it; nothing where it is not installed on this system."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ""
    return "".join(
        [f"Provides-Extra: {extra}\n" for extra in found.metadata.get_all("Provides-Extra") or ()]
        + [f"Requires-Dist: {asked}\n" for asked in found.requires or ()]
    )


def telling(lock: str) -> set[str]:
    """Of the packages of a lock those by which a set-up that resolves is noticed: they ask for another with an extra, or are for one system."""
    found = {"click", "flit-core"} | {name for name, _, where in pins(lock) if where}
    for name, _, _ in pins(lock):
        extras = {another.lower() for another in re.findall(r"^Requires-Dist: ([\w.-]+)\[(?!.*extra ==)", asked_by(name), flags=re.MULTILINE)}
        found |= {name, *extras} if extras else set()
    return found


def builder() -> dict[str, bytes]:
    """The files of the real package that installs our own."""
    return {
        str(file): Path(file.locate()).read_bytes()
        for file in metadata.files("flit-core") or ()
        if file.suffix in (".py", ".txt") and ".dist-info" not in str(file)
    }


BASE_PYTHON: str = getattr(sys, "_base_executable", sys.executable)
"""The Python from which our virtual environment was made."""


class Machine:
    """One project on one machine."""

    def __init__(self, place: Path) -> None:
        self.root, self.bin, self.index = place / "Ärger mit Lücken", place / "bin", place / "index"
        for folder in (self.root / "generator", self.bin, self.index):
            folder.mkdir(parents=True)
        for name in ("setup.sh", "Makefile", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.root)
        for name in ("requirements.txt", "requirements-test.txt", "requirements-uv.txt"):
            (self.root / name).touch()
        (self.root / "generator" / "__init__.py").touch()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        self.lacking = ""
        self.with_python()
        self.environment = {
            "PATH": str(self.bin),
            "HOME": str(place),
            "LC_ALL": "C.UTF-8",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": self.index.as_uri(),
            "PIP_NO_CACHE_DIR": "1",
            "UV_FIND_LINKS": str(self.index),
            "UV_OFFLINE": "1",
            "UV_NO_CACHE": "1",
            "UV_NO_CONFIG": "1",
        }

    def with_python(self, lacking: str = "nothing", made: Path | None = None) -> None:
        """Python, which cannot load a library whose name holds these letters, and makes a virtual environment by copying one that was made before."""
        copying = f'"-m venv "*) exec cp -R "{made}" .venv ;; ' if made else ""
        script = f'case "$*" in *ctypes*"{lacking}"*) exit 1 ;; *ctypes*) exit 0 ;; {copying}esac\nexec {BASE_PYTHON} "$@"'
        program(self.bin / "python3", script)

    def offer(self, lock: str, *, whole: bool = False) -> dict[str, str]:
        """An index with the packages of a lock and a newer release of each, and a lock that pins the former; which of them this Python is to get.

        Pip takes a tenth of a second for each: where not the whole lock is asked for, the telling ones do.
        """
        lines, pinned, every = [], {}, pins(lock)
        wanted = {name for name, _, _ in every} if whole else telling(lock)
        for name, version, where in every:
            if name not in wanted:
                continue
            files = builder() if name == "flit-core" else {}
            digest = wheel(self.index, name, version, asked_by(name), files)
            wheel(self.index, name, NEWER, asked_by(name), files)
            lines.append(f"{name}=={version}{where and f' ; {where}'} --hash=sha256:{digest}\n")
            if not where or Marker(where).evaluate():
                pinned[name] = version
        (self.root / "requirements.txt").write_text("".join(lines), encoding="utf-8")
        return pinned

    def offer_uv(self, script: str = "") -> None:
        """A package of uv, which runs the real one after a script."""
        files = {"DATA/scripts/uv": f'#!/bin/sh\n{script}\nexec "{UV}" "$@"\n'.encode()}
        digest = wheel(self.index, "uv", "1.0", files=files)
        (self.root / "requirements-uv.txt").write_text(f"uv==1.0 --hash=sha256:{digest}\n", encoding="utf-8")

    def only_pip(self) -> None:
        """Pip was told not to ask any index over the network."""
        self.environment["PIP_NO_INDEX"] = "1"

    def change(self, old: str, new: str) -> None:
        """Change a line of set-up."""
        text = (self.root / "setup.sh").read_text(encoding="utf-8")
        assert old in text
        (self.root / "setup.sh").write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *command: str) -> tuple[int, list[str]]:
        """A command in the project's folder: its exit code and what it says, line by line."""
        result = subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False)
        return result.returncode, (result.stdout + result.stderr).splitlines()

    def set_up(self, *goal: str) -> tuple[int, list[str]]:
        """Run ./setup.sh."""
        return self.run("sh", "setup.sh", *goal)

    def installed(self) -> dict[str, str]:
        """The packages in .venv but pip, uv and our own, with their versions."""
        return {name: version for name, version in self._installed() if name not in ("pip", "setuptools", "uv", "engagement-playbook")}

    def _installed(self) -> Iterator[tuple[str, str]]:
        for path in self.root.glob(".venv/lib/python*/site-packages/*.dist-info/METADATA"):
            found = metadata.PathDistribution(path.parent)
            yield re.sub("[-_.]+", "-", found.metadata["Name"]).lower(), found.version
