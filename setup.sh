#!/bin/sh
# Sets up what 'make site' or 'make test' needs, and says exactly what to type where it may not.
# Usage: ./setup.sh site|test
set -eu

goal=$1
case $goal in
  site) lock=requirements.txt ;;
  test) lock=requirements-test.txt ;;
  *) echo "usage: ./setup.sh site|test" >&2; exit 2 ;;
esac

# install PACKAGE…: through apt as root or with a sudo that asks nothing; else say what to type.
install() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "This machine has no apt-get. Install what matches these Debian packages, then run make again: $*" >&2
    exit 1
  fi
  if [ "$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else
    echo "Type this, then run make again:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y $*" >&2
    exit 1
  fi
  echo "installing $* …" >&2
  log=$(mktemp)
  if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "apt could not install: $*" >&2
    exit 1
  fi
  rm -f "$log"
}

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v $name >/dev/null 2>&1 && $name -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$name; break; fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed. On Debian 12, Ubuntu 24.04 or newer, type:  sudo apt-get install -y python3 python3-venv" >&2
  exit 1
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  rm -rf .venv
  $python -c 'import ensurepip, venv' 2>/dev/null || install "$($python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  echo "making a virtual environment in .venv …" >&2
  $python -m venv .venv
fi

echo "installing the pinned packages of $lock …" >&2
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement $lock
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .

# WeasyPrint, which makes the PDFs, loads these from the system.
missing=
.venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || missing="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

if [ $goal = test ]; then
  browser="chromium"
  for name in ${CHROMIUM:-chromium} chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then browser=; break; fi
  done
  missing="$missing $browser"
  # What prints on one sheet is tested with a font of ordinary width.
  fc-match Arial 2>/dev/null | grep -Eqi "liberation|arial|helvetica" || missing="$missing fontconfig fonts-liberation"
  # Playwright brings a Node.js of its own, which needs a library that a bare machine lacks.
  driver=$(.venv/bin/python -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")')
  "$driver" --version >/dev/null 2>&1 || missing="$missing libatomic1"
  # Word and Excel files are opened in a real office.
  command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer libreoffice-calc"
fi
# shellcheck disable=SC2086 (several packages)
[ -z "$(echo $missing)" ] || install $missing

touch .venv/$goal
