#!/usr/bin/env bash
# Style, types and layers.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check src tests tools bench
.venv/bin/ruff format --check --quiet src tests tools bench || { echo "Run: .venv/bin/ruff format src tests tools bench" >&2; exit 1; }
.venv/bin/lint-imports --no-cache
LVZHI_SECRET_KEY=lint LVZHI_DATA_KEYS="k:$(head -c 32 /dev/zero | base64)" LVZHI_HOME=$(mktemp -d) .venv/bin/mypy
