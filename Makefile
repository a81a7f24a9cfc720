# Two commands for a fresh machine: `make run` and `make test`. The first time, each creates .venv and installs what it needs.
PYTHON ?= python3
BIN := .venv/bin
# The number of test processes; each computes with one thread. One that finishes early takes over tests of another.
WORKERS ?= 2
# Python must write compiled files even if the environment forbids it: otherwise every test process compiles everything again.
TEST_ENV := QT_QPA_PLATFORM=offscreen OMP_WAIT_POLICY=passive OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=

.PHONY: run test tests check bench hooks clean

run: .venv/run
	@$(BIN)/python -m zscape

# Checks and tests run in parallel: mypy needs one core, and tests spend part of their time waiting.
test: .venv/dev .tools
	@$(MAKE) --no-print-directory --jobs 2 check tests

tests: .venv/dev
	@$(TEST_ENV) $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

# mypy checks types, lint-imports the contracts at the end of pyproject.toml: which module may import which.
check: .venv/dev .tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@cd .tools && ../$(BIN)/lint-imports --config ../pyproject.toml

# mypy and import-linter do not support package-dir: they read the packages through links.
.tools: Makefile $(wildcard zscape/*.*)
	@rm -rf .tools && mkdir -p .tools/zscape
	@for each in zscape/*.*; do ln -s ../../$$each .tools/zscape/; done
	@ln -s ../../app ../../models ../../resources .tools/zscape/
	@touch .tools

bench: .venv/run
	@$(BIN)/zscape bench

# Installs the hooks, which run the checks of `make check` before each commit.
hooks: .venv/dev
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,hooks]"
	@$(BIN)/pre-commit install

.venv/python:
	@$(PYTHON) scripts/check_system.py
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/python pyproject.toml constraints.txt
	@echo "Installing Zscape into .venv (once; about 1.5 GB with PyTorch)"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q app models zscape
	@$(BIN)/python scripts/check_system.py --libraries
	@touch $@

.venv/dev: .venv/run
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,data,maps]"
	@$(TEST_ENV) $(BIN)/python -m pytest --quiet --collect-only > /dev/null || true  # compiles the tests once for all workers
	@touch $@

clean:
	rm -rf .venv .tools build dist wheels *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
