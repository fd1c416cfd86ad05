# `make help` lists the words. Lines with ## are what it prints.
.DEFAULT_GOAL := help
.SILENT:
.PHONY: help run test check lint format types strings compile bench screenshots lock install clean

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
BABEL := $(PY) -m babel.messages.frontend --quiet
FLASK := $(PY) -m flask --app wsgi
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PIP_COMPILE := $(PY) -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header \
	--annotation-style=line
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
WORKERS ?= 2

# A moved or copied .venv still points to where it was made, so it is made anew.
ifneq ($(wildcard $(VENV)/bin/pip),)
ifeq ($(findstring $(CURDIR)/$(VENV)/,$(shell head -n 2 $(VENV)/bin/pip)),)
$(info $(VENV) was made elsewhere; making it anew.)
$(shell rm -rf $(VENV))
endif
endif

help: ## list these words
	grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

run: $(VENV)/.run compile ## run the portal with sample data; PORT and PORTAL_DATA are honoured
	PORTAL_SAMPLE=$${PORTAL_SAMPLE-1} $(FLASK) serve

test: check ## check everything: style, imports, types, and the tests on both databases
	$(PY) -m pytest -q -n $(WORKERS) --dist worksteal --no-skips

check: lint types ## everything but the tests, fastest first

lint: $(VENV)/.dev ## style of code and templates, and the import contracts
	$(PY) -m ruff format --quiet --check --diff .
	$(PY) -m ruff check --quiet .
	mkdir -p .cache
	$(VENV)/bin/lint-imports --no-cache >.cache/imports.log || { cat .cache/imports.log; exit 1; }
	$(PY) -m djlint --quiet --lint portal/templates

types: $(VENV)/.dev compile ## mypy, strict on portal
	$(PY) -m mypy --no-error-summary

format: $(VENV)/.dev ## put code into the one form
	$(PY) -m ruff check --quiet --fix-only .
	$(PY) -m ruff format --quiet .

strings: $(VENV)/.run ## gather the texts of the screens into translations/ and compile them
	mkdir -p .cache translations
	$(BABEL) extract -F pyproject.toml -k N_ -k _l \
		--no-location --sort-output --add-comments "Dịch:" -o .cache/messages.pot portal
	test -e translations/en/LC_MESSAGES/messages.po || $(BABEL) init \
		 -i .cache/messages.pot -d translations -l en
	$(BABEL) update -i .cache/messages.pot -d translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(MAKE) compile

compile: $(CATALOGUES:.po=.mo)

%.mo: %.po | $(VENV)/.run
	$(BABEL) compile -i $< -o $@

bench: $(VENV)/.dev compile ## measure, and print ratios
	$(PY) -m benchmarks

screenshots: $(VENV)/.dev compile ## take the pictures of the guides anew
	$(PY) -m docs.take_screenshots

lock: $(VENV)/.dev ## pin the newest versions with hashes; read what changed before committing
	$(PIP_COMPILE) --upgrade -o requirements.txt requirements.in
	$(PIP_COMPILE) --upgrade -o requirements-dev.txt requirements-dev.in
	# Machines may add places of their own to look in; the project names none.
	sed -i -E '/^(--|$$)/d' requirements.txt requirements-dev.txt

install: $(VENV)/.dev compile ## make .venv with all that run and test need

clean: ## remove what can be made again; data in instance/ stays
	rm -rf $(VENV) .cache .pytest_cache .hypothesis .ruff_cache tests/.artifacts $(CATALOGUES:.po=.mo)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is missing. Install it with: apt-get install -y python3" \
			"(or name one: make PYTHON=python3.12 …)"; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv is missing. Install it with: apt-get install -y python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(PY)
	echo "Installing what the portal runs on …"
	$(PIP) -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	echo "Installing what the tests need …"
	$(PIP) -r requirements-dev.txt
	mkdir -p .cache
	touch $@
