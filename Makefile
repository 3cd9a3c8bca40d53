# The short cut on systems with make and a POSIX shell; the README says the same in pip and photoplay.
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The story is taken as it was typed: neither make nor the shell reads anything in it.
export S := $(value STORY)
export P_LENGTH := $(value LENGTH)
export P_SIZE := $(value SIZE)
export P_OUT := $(value OUT)
export P_SEED := $(value SEED)
# What stands on make's command line is exported too, and expanded for it: $(shell ...) would be run.
unexport STORY LENGTH SIZE OUT SEED

.PHONY: film test test-slow test-diffusion bench check clean

film: $(VENV)/installed
	@set --; \
	if [ -n "$$P_LENGTH" ]; then set -- "$$@" --seconds "$$P_LENGTH"; fi; \
	if [ -n "$$P_SIZE" ]; then set -- "$$@" --size "$$P_SIZE"; fi; \
	if [ -n "$$P_OUT" ]; then set -- "$$@" --out "$$P_OUT"; fi; \
	if [ -n "$$P_SEED" ]; then set -- "$$@" --seed "$$P_SEED"; fi; \
	$(BIN)/photoplay make "$$@" -- "$$S"

test:
	@PYTHON="$(PYTHON)" sh tests/on_the_wheel.sh

test-slow:
	@PYTHON="$(PYTHON)" TIER=slow sh tests/on_the_wheel.sh

test-diffusion:
	@PYTHON="$(PYTHON)" TIER=diffusion sh tests/on_the_wheel.sh

bench: $(VENV)/developed
	@for program in $(filter-out benchmarks/gpu.py,$(wildcard benchmarks/*.py)); do echo "== $$program"; $(BIN)/python "$$program" || exit 1; done

check: $(VENV)/developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt . 1>&2
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' 1>&2
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info
