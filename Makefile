# Every target sets up what it needs: a bare machine with Python 3.11+ and make is enough.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench samples docs clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	@$(RUN) -m compileall -q certgate
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.run
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.run ## Show the main job: what the gateway answers three clients, and why
	@$(RUN) tools/demo.py

test: $(VENV)/.dev ## Run all tests
	$(RUN) -m pytest

check: $(VENV)/.dev ## Check style and types: ruff, ruff format, mypy strict
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

format: $(VENV)/.dev ## Format the code and mend what ruff can
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: $(VENV)/.dev ## Measure start-up, expressions and throughput, as ratios in one run
	@$(RUN) -m compileall -q certgate
	$(RUN) -m tools.bench

samples: $(VENV)/.dev ## Make the certificates of sample-certs/ anew
	$(RUN) tools/make_samples.py

docs: $(VENV)/.dev ## Make the generated parts of docs/ anew
	$(RUN) tools/make_docs.py

clean: ## Remove what the other targets made outside git
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache *.egg-info
