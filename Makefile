# Two commands: `make run` (or `make run DOCS=folder`) and `make test`.
PYTHON ?= python3
VENV ?= .venv
DOCS ?= corpus/samples/docs
SAMPLES = corpus/samples/docs
# Named by the whole path: two folders called "docs" must not share an index with each other or with
# the samples.
INDEX ?= .policyqa/$(if $(filter $(SAMPLES),$(DOCS)),samples,own$(subst /,_,$(DOCS)))
PORT ?= 7860
QUESTIONS ?= corpus/samples/golden.jsonl
SYSTEMS ?= main
DATA ?= ../shared/data
BENCH ?= .policyqa/bench
QUESTION ?= $(if $(filter $(SAMPLES),$(DOCS)),临漪市企业开办时间要压缩到多久？,主要任务有哪些？)
BIN = $(VENV)/bin

.PHONY: help run compare bench test quick lint format clean

help:
	@echo "make run [DOCS=folder] [PORT=7860]   set up, index, answer one question, open the web chat"
	@echo "make compare [DOCS=folder QUESTIONS=file] [SYSTEMS='a b']   compare systems, write a report"
	@echo "make bench [DATA=folder]             benchmarks, scale series, speed of cleaning (hours; resumable)"
	@echo "make test                            set up and run every test"
	@echo "make quick                           the tests that need no model and no browser (< 60 s)"
	@echo "make lint | format                   ruff and mypy | reformat"

# torch first and pinned: an open range pulls several GB of GPU libraries.
$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "policyqa needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: $(VENV)/.run
	$(BIN)/policyqa index "$(DOCS)" --index "$(INDEX)"
	@echo
	$(BIN)/policyqa ask "$(QUESTION)" --index "$(INDEX)"
	@echo
	$(BIN)/policyqa serve --index "$(INDEX)" --port $(PORT)

# Interrupted or repeated, it goes on with what is not finished.
bench: $(VENV)/.run
	$(BIN)/policyqa eval bench --data "$(DATA)" --work "$(BENCH)" --out "$(BENCH)/results.json"
	if [ -d "$(DATA)/crud_news" ]; then \
	  $(BIN)/policyqa eval bench scale --data "$(DATA)" --work "$(BENCH)" --out "$(BENCH)/scale.json"; fi
	if [ -d "$(DATA)/../seeds" ]; then \
	  $(BIN)/policyqa eval bench cleaning --data "$(DATA)/../seeds" --out "$(BENCH)/cleaning.json"; fi

compare: $(VENV)/.run
	$(BIN)/policyqa eval compare $(SYSTEMS) --docs "$(DOCS)" --index "$(INDEX)" --questions "$(QUESTIONS)" --out "$(INDEX)-report"

test: $(VENV)/.dev
	$(BIN)/python -m pytest

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow and not browser and not llm"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .policyqa build dist *.egg-info
