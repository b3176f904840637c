"""Set-up: exactly what the lock pins, on any later day, and one sentence that says what to type where it cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_tests.support.made_up_machine import BASE_PYTHON, UV, Machine, program, wheel

MAKING = "making a virtual environment in .venv …"
INSTALLING = "installing the pinned packages of requirements.txt …"
NOWHERE = {"HTTPS_PROXY": "127.0.0.1:9", "PIP_RETRIES": "0"}
INSTALLERS = ("pip", "uv") if UV.exists() else ("pip",)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds nothing but pip, made once."""
    folder = tmp_path_factory.mktemp("empty") / ".venv"
    subprocess.run([BASE_PYTHON, "-m", "venv", folder], check=True)
    return folder


@pytest.fixture
def begun(machine: Machine, empty: Path) -> Machine:
    """A machine where a set-up ended well before."""
    shutil.copytree(empty, machine.root / ".venv", symlinks=True)
    (machine.root / ".venv" / "place").write_text(f"{machine.root.resolve()}\n", encoding="utf-8")
    return machine


def stamps(machine: Machine) -> set[str]:
    return {name for name in ("place", "site", "test") if (machine.root / ".venv" / name).exists()}


# ---- The lock holds on any later day ----


def test_newer_releases_of_everything_change_nothing(machine: Machine) -> None:
    """Where a set-up was cut off, too: what it left is not used."""
    pinned = machine.offer("requirements.txt")
    assert {"fonttools", "weasyprint"} <= pinned.keys()
    machine.only_pip()
    (machine.root / ".venv" / "bin").mkdir(parents=True)
    (machine.root / ".venv" / "bin" / "python").symlink_to("/a/python/that/has/gone")
    assert machine.set_up("site") == (0, [MAKING, INSTALLING])
    assert machine.installed() == pinned
    assert stamps(machine) == {"place", "site"}
    assert machine.run("make", "--dry-run", ".venv/site") == (0, ["make: '.venv/site' is up to date."])
    assert machine.run(".venv/bin/python", "-c", "import generator") == (0, [])


@pytest.mark.parametrize("installer", INSTALLERS)
def test_nor_do_they_for_the_packages_of_the_tests(begun: Machine, installer: str) -> None:
    pinned = begun.offer("requirements-test.txt", whole=installer == "uv")
    assert {"coverage", "pytest-cov"} <= pinned.keys()
    asked = begun.root / "asked"
    if installer == "pip":
        begun.only_pip()
    else:
        begun.offer_uv(f'echo "$@" >>"{asked}"')
        begun.environment |= NOWHERE
    assert begun.set_up("site") == (0, [INSTALLING])
    assert begun.installed() == pinned
    assert asked.exists() == (installer == "uv")


def test_that_test_would_see_a_set_up_that_resolves(begun: Machine) -> None:
    begun.offer("requirements.txt", whole=True)
    begun.only_pip()
    begun.change('exactly="--no-deps ', 'exactly="')
    code, _ = begun.set_up("site")
    assert code == 1
    assert "fonttools[woff]" in (begun.root / ".venv" / "setup.log").read_text(encoding="utf-8")


def test_a_package_with_other_bytes_is_refused(begun: Machine) -> None:
    pinned = begun.offer("requirements.txt")
    begun.only_pip()
    wheel(begun.index, "click", pinned["click"], files={"click.py": b"print('something else')"})
    said = "A package is not the one that requirements.txt pins, so nothing was installed; .venv/setup.log says which; try again with:  make site"
    assert begun.set_up("site") == (1, [INSTALLING, said])
    assert begun.installed() == {}
    assert stamps(begun) == {"place"}


def test_that_test_would_see_a_set_up_without_hashes(begun: Machine) -> None:
    begun.only_pip()
    wheel(begun.index, "flit-core", "3.12.0")
    (begun.root / "requirements.txt").write_text(f"click==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    wheel(begun.index, "click", "1.0")
    assert begun.set_up("site")[0] == 1
    (begun.root / "requirements.txt").write_text("click==1.0\n", encoding="utf-8")
    assert begun.set_up("site")[0] == 1
    assert begun.installed() == {}
    begun.change("--require-hashes ", "")
    begun.set_up("site")
    assert begun.installed() == {"click": "1.0"}


def test_where_uv_does_not_run_pip_installs(begun: Machine) -> None:
    pinned = begun.offer("requirements.txt")
    begun.offer_uv("exit 1")
    begun.environment |= NOWHERE
    # Two are enough, as pip asks over the network first: our own package is installed by one of them.
    lines = (begun.root / "requirements.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    (begun.root / "requirements.txt").write_text("".join(line for line in lines if line.startswith(("click", "flit-core"))), encoding="utf-8")
    assert begun.set_up("site") == (0, [INSTALLING])
    assert begun.installed() == {name: pinned[name] for name in ("click", "flit-core")}


# ---- Bad surroundings ----

FETCHED = (
    "The packages could not be fetched (.venv/setup.log says why); once the network is back (behind a proxy after:  export HTTPS_PROXY=NAME:PORT) "
    "type:  make site"
)


@pytest.mark.parametrize("goal", [(), ("sight",)])
def test_without_a_goal_it_says_which_there_are(machine: Machine, goal: tuple[str, ...]) -> None:
    assert machine.set_up(*goal) == (1, ["Type:  ./setup.sh site  or:  ./setup.sh test"])


def test_without_a_network(machine: Machine, empty: Path) -> None:
    machine.with_python(made=empty)
    machine.environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    (machine.root / "requirements.txt").write_text(f"click==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    assert machine.set_up("site") == (1, [MAKING, INSTALLING, FETCHED])
    assert stamps(machine) == set()


def test_without_a_network_what_was_set_up_before_stays(begun: Machine) -> None:
    begun.environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    (begun.root / "requirements.txt").write_text(f"click==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    assert begun.set_up("site") == (1, [INSTALLING, FETCHED])
    assert stamps(begun) == {"place"}


def test_a_set_up_that_was_killed_begins_anew(begun: Machine, empty: Path) -> None:
    begun.with_python(made=empty)
    (begun.root / ".venv" / "site").touch()
    python = begun.root / ".venv" / "bin" / "python"
    program(python, f'case "$*" in *requirements.txt) kill -9 $PPID ;; esac\nexec {sys.executable} "$@"')
    code, _ = begun.set_up("site")
    assert code == -9
    assert "place" not in stamps(begun)
    assert begun.run("make", "--dry-run", "site")[1][0] == "./setup.sh site"
    begun.only_pip()
    begun.offer("requirements.txt")
    (begun.root / "requirements.txt").write_text("unknown==1\n", encoding="utf-8")
    assert begun.set_up("site")[1][0] == MAKING


def test_a_folder_that_was_moved_is_set_up_anew(begun: Machine) -> None:
    (begun.root / ".venv" / "site").touch()
    assert begun.run("make", "--dry-run", ".venv/site") == (0, ["make: '.venv/site' is up to date."])
    begun.root = begun.root.rename(begun.root.with_name("moved"))
    assert begun.run("make", "--dry-run", ".venv/site") == (0, ["./setup.sh site"])


def test_a_full_disk(begun: Machine) -> None:
    python = begun.root / ".venv" / "bin" / "python"
    program(python, f'case "$*" in *install*) echo "OSError: [Errno 28] No space left on device"; exit 1 ;; esac\nexec {sys.executable} "$@"')
    assert begun.set_up("site") == (1, [INSTALLING, "The disk is full; make room for 1 GB, then type:  make site"])
    assert stamps(begun) == set()


def test_a_folder_that_may_not_be_written_to(machine: Machine) -> None:
    machine.root.chmod(0o555)
    # Root may write anywhere, unless that right is taken.
    (machine.bin / "setpriv").symlink_to(shutil.which("setpriv") or "setpriv")
    drop = ("setpriv", "--bounding-set=-dac_override") if os.geteuid() == 0 else ()
    code, said = machine.run(*drop, "sh", "setup.sh", "site")
    machine.root.chmod(0o755)
    assert (code, said) == (1, [f"This folder is read-only; type:  cp -R '{machine.root}' ~/playbook && cd ~/playbook && make site"])


def test_without_python(machine: Machine) -> None:
    (machine.bin / "python3").unlink()
    said = "Python 3.11 or newer is missing; on Debian 12, Ubuntu 24.04 or newer type:  sudo apt-get install -y python3 python3-venv && make site"
    assert machine.set_up("site") == (1, [said])


def test_a_python_that_is_too_old(machine: Machine) -> None:
    program(machine.bin / "python3", "exit 1")
    assert machine.set_up("site")[1][0].startswith("Python 3.11 or newer is missing")


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libpango-1.0", "libpango-1.0-0"),
        ("libpangoft2", "libpangoft2-1.0-0"),
        ("libharfbuzz.so", "libharfbuzz0b"),
        ("libharfbuzz-subset", "libharfbuzz-subset0"),
        ("libfontconfig", "libfontconfig1"),
    ],
)
def test_each_library_that_changes_what_we_make_is_asked_for(machine: Machine, library: str, package: str) -> None:
    machine.with_python(lacking=library)
    said = f"This machine has no apt-get: install what matches these Debian packages, then type make site: {package}"
    assert machine.set_up("site") == (1, [said])


def test_without_the_right_to_install(machine: Machine) -> None:
    machine.with_python(lacking="libharfbuzz")
    program(machine.bin / "apt-get", "exit 1")
    program(machine.bin / "id", "echo 1000")
    said = "Type:  sudo apt-get update && sudo apt-get install -y libharfbuzz0b libharfbuzz-subset0 && make site"
    assert machine.set_up("site") == (1, [said])


def test_when_apt_cannot_install(machine: Machine) -> None:
    machine.with_python(lacking="libfontconfig")
    program(machine.bin / "apt-get", "echo E: Could not get lock >&2; exit 100")
    program(machine.bin / "id", "echo 0")
    said = (
        "apt could not install what is needed; look at its words above, and then type:  "
        "apt-get update && apt-get install -y libfontconfig1 && make site"
    )
    assert machine.set_up("site") == (1, ["installing libfontconfig1 …", "E: Could not get lock", said])


# ---- A browser for the tests ----


@pytest.fixture
def bare(machine: Machine) -> Machine:
    """A machine with all that the tests need but a browser."""
    program(machine.bin / "soffice", "exit 0")
    program(machine.bin / "git", "exit 0")
    program(machine.bin / "fc-match", "echo LiberationSans-Regular.ttf")
    machine.change("/etc/os-release", f"{machine.bin}/os-release")
    return machine


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ("debian", "This machine has no apt-get: install what matches these Debian packages, then type make test: chromium chromium-headless-shell"),
        ("mint", "This machine has no apt-get: install what matches these Debian packages, then type make test: chromium"),
        (
            "ubuntu",
            "A browser for the tests is missing; type:  wget -P /tmp https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb "
            "&& sudo apt-get install -y /tmp/google-chrome-stable_current_amd64.deb && make test",
        ),
    ],
)
def test_without_a_browser(bare: Machine, system: str, said: str) -> None:
    (bare.bin / "os-release").write_text(f'NAME=Some\nID={system}\nID_LIKE="debian"\n', encoding="utf-8")
    # What Ubuntu's transitional package leaves.
    program(bare.bin / "chromium-browser", "echo Type: snap install chromium; exit 1")
    assert bare.set_up("test") == (1, [said])


@pytest.mark.parametrize("name", ["google-chrome", "chromium", "/opt/mine"])
def test_an_installed_browser_is_used(bare: Machine, name: str) -> None:
    if name == "/opt/mine":
        name = bare.environment["CHROMIUM"] = str(bare.bin / "mine")
    (bare.bin / "os-release").write_text("ID=ubuntu\n", encoding="utf-8")
    program(bare.bin / Path(name).name, "exit 0")
    bare.environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    (bare.root / "requirements-test.txt").write_text(f"click==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    program(bare.bin / "python3", 'case "$*" in *ctypes*|*version_info*|*ensurepip*) exit 0 ;; esac\necho no venv here; exit 1')
    assert bare.set_up("test") == (1, [MAKING, "No virtual environment could be made; see what is wrong with:  python3 -m venv .venv"])
