#!/usr/bin/env bash
# Make .venv and install what is locked: `runtime` for serving, `dev` for tests and benches. Quick when nothing changed.
set -euo pipefail
kind=${1:-runtime}
cd "$(dirname "$0")/.."

say() { echo "$*" >&2; }

python=""
for name in python3.11 python3; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  say "lvzhi needs Python 3.11, and none was found. On Debian 12: apt-get install python3.11 python3.11-venv"
  exit 1
fi

stamp=.venv/installed-$kind
wanted=$(cat requirements/"$kind".txt pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  if ! "$python" -m venv --help >/dev/null 2>&1 || ! "$python" -c 'import ensurepip' 2>/dev/null; then
    say "Python's venv module is missing. On Debian: apt-get install python3.11-venv"
    exit 1
  fi
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  say "Installing what lvzhi needs ($kind); this takes a minute the first time."
  log=.venv/install.log
  if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/"$kind".txt >"$log" 2>&1; then
    if grep -qiE 'gcc|compiler|Failed building wheel' "$log"; then
      say "A package had to be compiled and there is no compiler. On Debian: apt-get install build-essential python3-dev"
    elif grep -qiE 'No matching distribution|Could not find a version|ConnectionError|Failed to establish|Name or service' "$log"; then
      say "The packages could not be fetched. Check the network, or pip's index settings."
    else
      say "Installing failed."
    fi
    tail -n 5 "$log" >&2
    exit 1
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >>"$log" 2>&1 || { tail -n 5 "$log" >&2; exit 1; }
  echo "$wanted" >"$stamp"
fi

# Translations are compiled once after each change.
if [ -n "$(find src/lvzhi/locale -name '*.po' -newer .venv/messages 2>/dev/null)" ] || [ ! -e .venv/messages ]; then
  .venv/bin/python tools/compile_messages.py 2>/dev/null
  touch .venv/messages
fi

.venv/bin/lvzhi init >/dev/null
