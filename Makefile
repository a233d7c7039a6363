# The two commands of a fresh machine are `make demo` and `make test`. Windows: see "Without make" in the README.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser test-editor test-hooks bench quality diagrams refresh clean

help:            ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Python compiles what it imports; compiling all of pandas and the others beforehand would take longer than that.
$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[dev]'
	touch $(STAMP)

demo: $(STAMP)   ## check the shipped model and draw it into build/
	@$(BIN)/python tests/demo.py

test: $(STAMP)   ## tests, types, lint, import contracts
	@$(BIN)/python tests/all_checks.py

# Chromium and PlantUML come from the system, as in `apt-get install chromium plantuml`; without npm the tests of Mermaid
# and D2 are skipped.
test-browser: $(STAMP)  ## what only other programs can tell: pictures in Chromium, charts in Mermaid, D2, PlantUML
	-npm install --prefix build/browser --no-save --no-audit --no-fund --ignore-scripts mermaid@11.17.2 @terrastruct/d2@0.1.33
	$(BIN)/python -m pytest -m browser -rs tests/browser

test-editor: $(STAMP)  ## real editors: the schema in yaml-language-server, Neovim if it is there, the extension of VS Code
	npm install --prefix build/editor --no-save --no-audit --no-fund --ignore-scripts yaml-language-server@2.0.0
	$(BIN)/python -m pytest -m editor -rs tests/editor
	npm ci --prefix editors/vscode --no-audit --no-fund
	npm run --prefix editors/vscode check
	npm run --prefix editors/vscode build

test-hooks: $(STAMP)  ## what pip installs from the index: the action and the pre-commit hook, for real (minutes)
	@$(BIN)/python -m pytest tests/installing.py

bench: $(STAMP)  ## speed, as ratios in one run (minutes)
	$(BIN)/python -m tests.bench

quality: $(STAMP)  ## how well duplicates are told from near misses, on pairs labelled by hand
	$(BIN)/python -m tests.likeness

diagrams: $(STAMP)  ## draw the committed pictures of the shipped model again
	$(BIN)/spbe render models/kab-bekasi -o diagrams/kab-bekasi

refresh: $(STAMP)   ## write everything generated again: message catalogue, index of the rules
	$(BIN)/python -m tests.refresh

clean:           ## remove what the targets above made
	rm -rf .venv build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
