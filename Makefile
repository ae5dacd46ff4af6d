# What a person types. Every target first sets up .venv from locked, hash-checked requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help demo pictures run test lint soak scale setup setup-dev lock clean

help:            ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 18

demo: setup      ## run the main job offline on recorded feeds and write demo/index.html
	$(BIN)/monazite demo

pictures: setup  ## play the demo and photograph it into deploy/pictures (needs Chromium)
	$(BIN)/python -m bot.demo.pictures deploy/pictures

run: setup       ## watch the shipped sources; console until Slack or SMTP is configured
	$(BIN)/monazite run

test: lint       ## all checks: ruff, mypy --strict, import contracts, the whole suite
	$(BIN)/monazite rules check --rules rules
	$(BIN)/pytest -q -n 3 -m "not soak"

soak: setup-dev  ## the long matrices: whole corpora, many kills, fuzz
	$(BIN)/pytest -q -n 2 -m soak

scale: setup-dev ## poll 10,000 feeds and a simulated day with hostile ones on loopback; prints figures (an hour)
	$(BIN)/python -m tests.fakes.feed_town
	$(BIN)/python -m tests.fakes.simulated_day

lint: setup-dev  ## ruff, mypy and import contracts only
	$(BIN)/ruff check bot tests
	$(BIN)/ruff format --check bot tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

# uv when it is there, plain pip otherwise; both refuse a file whose hash is not in the lock. The project itself is
# installed without isolation, so that no build tool comes from outside the lock.
$(BIN)/python:
	$(if $(UV),$(UV) venv -q $(VENV) --python $(PYTHON),$(PYTHON) -m venv $(VENV))

define install
	$(if $(UV),$(UV) pip install -q --python $(BIN)/python --require-hashes -r $(1),$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1))
	$(if $(UV),$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .,$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .)
	@touch $(2)
endef

$(VENV)/.ready: deploy/requirements.txt pyproject.toml | $(BIN)/python
	$(call install,deploy/requirements.txt,$@)

$(VENV)/.ready-dev: deploy/requirements-dev.txt pyproject.toml | $(BIN)/python
	$(call install,deploy/requirements-dev.txt,$@)
	@touch $(VENV)/.ready

lock:            ## write deploy/requirements*.txt anew (needs uv)
	$(UV) pip compile pyproject.toml --extra reader --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o deploy/requirements.txt
	$(UV) pip compile pyproject.toml --extra reader --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -c deploy/requirements.txt -o deploy/requirements-dev.txt

clean:           ## remove what the targets made, but no data
	rm -rf $(VENV) demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
