# The commands of the README; people and CI use the same.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-dev

.PHONY: chat test check format index eval bench torture soak clean

chat: index
	$(BIN)/rigwise serve

test: $(TESTED) index check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/rigwise corpus check

format: $(TESTED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

index: $(INSTALLED)
	@$(BIN)/rigwise index build

eval: $(TESTED) index
	$(BIN)/rigwise eval run

bench: $(TESTED) index
	$(BIN)/python -m evals.bench

torture: $(TESTED) index
	$(BIN)/python -m evals.torture

MINUTES ?= 30
soak: $(TESTED) index
	$(BIN)/python -m evals.torture --only soak --minutes $(MINUTES)

$(VENV)/bin/python:
	@echo "Creating the virtual environment …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Rigwise needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Rigwise and what it needs (about 1 GB; minutes the first time) …"
	@$(BIN)/python -m pip install --progress-bar on -q -c constraints.txt -e .
	@touch $@

$(TESTED): $(INSTALLED)
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
