# `make demo` and `make test` need Python 3.11 or later; each makes .venv and installs what it needs there.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: demo test lint reference expected clean messages bench faults

demo: .venv/.installed
	@rm -rf demo && .venv/bin/directives demo demo

# All but the tests that take more than a few seconds each; those too by PYTEST_ARGS='-m slow'.
test: .venv/.tools
	$(PY) -m pytest -n 2 -m "not slow" $(PYTEST_ARGS)

lint: .venv/.tools
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/lint-imports

# The pages in docs/ that are made from the program.
reference: .venv/.tools
	$(PY) -m docs.make_reference

# Which events each step of the features records; what changed is looked at as a difference.
expected: .venv/.tools
	$(PY) -m pytest -q tests/acceptance/test_features.py --write-expected

# The catalogues of what is said: new sentences come without a translation.
messages: .venv/.tools
	$(PY) -m tests.docs.messages

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/.tools: .venv/.installed
	$(PY) -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

# Measurements, written to docs/performance.md; BENCH=--full measures all India too, for about half an hour, and
# BENCH=start, BENCH=names or another section (see benchmarks/__main__.py) that one alone.
bench: .venv/.tools
	$(PY) -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(PY) -m compileall -q src cli benchmarks
	$(PY) -m benchmarks $(BENCH)

# Whether the features find each of twenty faults in a small desk, which is written in another language.
faults: .venv/.tools
	$(PY) examples/node-desk/faults.py

clean:
	rm -rf .venv demo
