# `make run` and `make test` work from nothing but Python 3.11 or newer.
PYTHON ?= python3
export PORT ?= 8000
export DATA_DIR ?= data
BIN := .venv/bin
HASHES = $(if $(filter %.txt,$(1)),--require-hashes)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: help install ai credentials run test test-full lint bench sheets lock messages

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

install: ## make or renew .venv with exactly the locked versions
	@$(call install,requirements.txt)

ai: install ## add what upscaling, backgrounds, styles and the safety check need (240 MB)
	@$(call install,requirements-ai.txt)

credentials: install ## add what Content Credentials need, the signed notes in pictures (53 MB)
	@$(call install,requirements-c2pa.txt)

run: install ## run everything on http://localhost:$PORT with all data in $DATA_DIR; Ctrl-C stops it
	@exec $(BIN)/python manage.py studio

test: lint ## check the code and run the tests, a real browser included
	@$(call pytest,not chaos)

test-full: lint ## the same, with models on this machine (6 GB) and the long runs that kill processes at random
	@$(call install,requirements-diffusers.in)
	@$(call pytest,)

lint: export DATA_DIR = .venv/checks
lint: ## format, types, imports between modules, migrations, settings of production
	@$(call install,requirements-dev.txt)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check
	HTTPS=1 ALLOWED_HOSTS=example.com $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: ## measure what the design promises; one table, the budget beside each figure
	@$(call install,requirements-dev.txt)
	@$(BIN)/python -m bench

sheets: ## draw every operation of post-processing on real photos, into $DATA_DIR/sheets
	@$(call install,requirements-dev.txt)
	@$(BIN)/python -m bench.sheets $(DATA_DIR)/sheets

lock: ## lock what requirements*.in ask for, with hashes; versions locked before are kept (needs uv)
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-ai.in --constraint requirements.txt --output-file requirements-ai.txt
	$(COMPILE) requirements-c2pa.in --constraint requirements-ai.txt --output-file requirements-c2pa.txt
	$(COMPILE) requirements-dev.in --constraint requirements-ai.txt --constraint requirements-c2pa.txt --output-file requirements-dev.txt

messages: ## collect the texts to translate and compile the translations (needs gettext)
	@$(call install,requirements-dev.txt)
	$(BIN)/python manage.py makemessages --all --no-obsolete --add-location file --ignore .venv --ignore data
	$(BIN)/python manage.py compilemessages --ignore .venv

# Install a list into .venv, unless the copy kept there says that it was installed last; locked ones are .txt.
define install
cmp -s $(1) .venv/$(1) && [ -x $(BIN)/python ] || { set -e; \
	echo "Installing $(1) into .venv ..."; \
	if command -v uv > /dev/null; then \
		[ -x $(BIN)/python ] || uv venv --quiet --python '>=3.11' .venv; \
		uv pip install --quiet --python $(BIN)/python $(HASHES) -r $(1); \
	else \
		$(PYTHON) -c 'import sys; sys.exit("imagegen needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'; \
		$(PYTHON) -m venv .venv; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check $(HASHES) -r $(1); \
	fi; \
	cp $(1) .venv/$(1); }
endef

# The queue's tests run on PostgreSQL, then everything on SQLite; the stories in the browser share one studio,
# the looks at every page another.
define pytest
set -ex; \
command -v chromium-headless-shell > /dev/null || $(BIN)/playwright install --only-shell chromium; \
$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 -q -m "database$(if $(1), and $(1))"; \
$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder -m "$(1)"
endef
