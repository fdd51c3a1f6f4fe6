# The only prerequisites are make and Python 3.11, 3.12 or 3.13; PYTHON=… names one, else the first that fits is taken.
# `make clean` first to change the Python of an existing .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

# ensurepip is what some systems split off from Python: without it no environment can be made
FITS := import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(FITS)' 2>/dev/null && { echo $$python; break; }; done)

.PHONY: demo test test-full test-alpha clean

demo: $(VENV)/.installed
	$(BIN)/zhibiao demo

test: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

# the same and the cases marked slow
test-full: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m ""

# the site on the next line of Datasette: an environment that takes all but Datasette from .venv
ALPHA := .venv-alpha
test-alpha: $(VENV)/.installed-dev
	@test -x $(ALPHA)/bin/python || $(BIN)/python -m venv $(ALPHA)
	@$(BIN)/python -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
		> "$$($(ALPHA)/bin/python -c 'import site; print(site.getsitepackages()[0])')/shared.pth"
	@$(ALPHA)/bin/python -m pip --disable-pip-version-check install --quiet 'datasette==1.0a41'
	$(ALPHA)/bin/python -m pytest -n 2 --dist worksteal tests/test_site_*.py

# what a user made (databases and the files beside them) stays
clean:
	rm -rf $(VENV) $(ALPHA) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# setuptools comes first and at its pinned version: the build then fetches no other
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing zhibiao into $(VENV) …"
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing zhibiao and what its tests need into $(VENV) …"
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# a failed set-up leaves no half environment behind
$(BIN)/python:
	@'$(PYTHON)' -c '$(FITS)' 2>/dev/null || { \
		echo "zhibiao needs Python 3.11, 3.12 or 3.13 with its venv module, and $(or $(PYTHON),python3) is none; name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@'$(PYTHON)' -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
