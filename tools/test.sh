#!/usr/bin/env bash
# Everything that must hold: style, types, layers; the suite on SQLite; what touches the database again on PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/system.sh postgresql chromium fonts pango openmp
bash tools/lint.sh
.venv/bin/lvzhi procedures check
workers=${TEST_WORKERS:-$(nproc)}
.venv/bin/python -m bench.cluster run -- .venv/bin/python -m pytest -q -n "$workers" tests/records tests/work tests/faces
echo "PostgreSQL: done. The whole suite on SQLite:" >&2
exec .venv/bin/python -m pytest -n "$workers" --dist worksteal </dev/null
