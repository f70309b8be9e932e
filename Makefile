# The commands of the project. `make demo` and `make test` need nothing installed by hand on Debian with Python 3.11.
SHELL := /bin/bash
PORT ?= 8000
PY := .venv/bin/python
export PORT

.PHONY: help install dev demo test bench lint shots docs lock messages

help:
	@echo "make demo    the made-up district at http://127.0.0.1:$(PORT)/"
	@echo "make test    everything that must hold"
	@echo "make bench   the figures (SIZE=small|full DB=sqlite|postgresql|both)"
	@echo "make lint    style, types, layers"
	@echo "make shots   pictures of every page for each role, into shots/"
	@echo "make docs    the documentation, into site/"
	@echo "make install the virtual environment with what the platform needs"
	@echo "make lock    renew the lock files (needs uv)"

install:
	@bash tools/install.sh runtime

dev:
	@bash tools/install.sh dev

demo: install
	@exec .venv/bin/lvzhi demo serve --port $(PORT)

test: dev
	@bash tools/test.sh

lint: dev
	@bash tools/lint.sh

bench: dev
	@bash tools/system.sh postgresql
	@$(PY) -m bench --size $(or $(SIZE),full) --db $(or $(DB),both)

shots: dev
	@bash tools/system.sh chromium
	@$(PY) -m tools.shots

docs: dev
	@NO_MKDOCS_2_WARNING=1 $(PY) -m tools.docs

messages: dev
	@$(PY) -m tools.gather_messages

lock:
	@for name in runtime dev; do uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt; done
