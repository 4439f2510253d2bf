# The one place for commands. `make demo` and `make test` need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BUILD = build
.DELETE_ON_ERROR:
.PHONY: help demo test explore lint types docs wheel clients pythons bench mutants check clean

help:
	@echo "demo     plan a sample rebuild, show it, write demo.ics"
	@echo "test     run the tests; COVER=1 also measures which lines and branches they reach"
	@echo "explore  run the tests of laws with many examples, others in each run"
	@echo "lint     ruff, the layers, spelling"
	@echo "types    mypy and pyright"
	@echo "docs     build the documentation into $(BUILD)/docs"
	@echo "wheel    build the wheel, check it, and plan the sample rebuild with it"
	@echo "clients  install real calendar programs and servers, and read and publish with them"
	@echo "pythons  run the tests on the wheel with the newest Python on this machine"
	@echo "bench    measure speed, as ratios in one run"
	@echo "mutants  change the rules in small ways and see which changes the tests notice"
	@echo "check    every check except the tests"

# One stamp for each set of extras: what is there is not installed again.
$(VENV)/.%: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	touch $@

demo: $(VENV)/.cli
	$(BIN)/runplan demo --output demo.ics

test: $(VENV)/.cli,test
ifdef COVER
	rm -rf $(BUILD)/coverage
	$(BIN)/python -m coverage run -m pytest --numprocesses auto --dist loadfile --durations 15
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report
else
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile
endif

# What it finds is written down as a test of its own.
explore: $(VENV)/.cli,test
	RUNPLAN_EXPLORE=1 RUNPLAN_TESTS=thorough $(BIN)/python -m pytest --numprocesses auto \
		tests/planning tests/policy tests/forecasting tests/storage

lint: $(VENV)/.lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/codespell

types: $(VENV)/.cli,test $(VENV)/.types
	$(BIN)/mypy
	$(BIN)/pyright

docs: $(VENV)/.cli,test $(VENV)/.docs
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet --builder html docs $(BUILD)/docs
	@echo "the documentation is in $(BUILD)/docs/index.html"

# Not the source beside it: a virtual environment of its own, and outside this folder.
wheel: $(VENV)/.lint
	rm -rf $(BUILD)/wheel
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir $(BUILD)/wheel .
	$(BIN)/check-wheel-contents $(BUILD)/wheel
	$(BIN)/twine check --strict $(BUILD)/wheel/*.whl
	$(PYTHON) -m venv $(BUILD)/wheel/venv
	$(BUILD)/wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check \
		"$$(echo $(BUILD)/wheel/runplan-*.whl)[cli]"
	cd $(BUILD)/wheel && venv/bin/runplan demo --output demo.ics

clients: $(VENV)/.cli,test $(VENV)/.clients
	PYTHON=$(BIN)/python .ci/clients $(BUILD)/clients
	RUNPLAN_CLIENTS=required $(BIN)/python -m pytest tests/calendar/clients tests/publishing/servers -q

pythons: wheel
	.ci/pythons $(BUILD)/wheel $(BUILD)/pythons

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/bench.py

mutants: $(VENV)/.cli,test $(VENV)/.mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results

check: lint types docs wheel clients pythons

clean:
	rm -rf $(VENV) $(BUILD) mutants demo.ics
