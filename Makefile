# One place for what a person types. Every target sets up what it needs from locked, hash-checked requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help demo run test lint soak lock clean

help:            ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 14

# uv when present, plain pip otherwise; both check the hashes of every file they install.
define install
	@test -x $(BIN)/python || $(if $(UV),$(UV) venv -q $(VENV) --python $(PYTHON),$(PYTHON) -m venv $(VENV))
	$(if $(UV),$(UV) pip install -q --python $(BIN)/python --require-hashes -r $(1),$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1))
	$(if $(UV),$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation-package none -e .,$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .)
endef
