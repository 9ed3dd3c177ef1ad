# Codebell. "make" alone says what there is. Everything sets itself up on first use, into .venv.

.DEFAULT_GOAL := help
.PHONY: help run test crash check format bench migration pictures clean

BIN := .venv/bin
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3
# The order is that of tests/conftest.py. More than four would have the bots of the tests wait for the disk.
SIDE_BY_SIDE := --numprocesses logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
PRESENT := $(wildcard tests/test_locales.py tests/test_boundaries.py tests/storage/test_migrations.py)

help: ## say what there is
	@echo "Codebell: a Telegram bot that buys SMS numbers with your own keys."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/.ready-run ## start the bot: on Telegram with BOT_TOKEN set, else in the sandbox
	@exec $(BIN)/python -m bot

test: .venv/.ready-dev ## run every test, a process for each core (ARGS="-k word" for some, "-n 0" for one process)
	@$(call install_browser)
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

crash: .venv/.ready-dev ## kill the bot 120 times (CRASH_ROUNDS=1000 for more) and let everything else go wrong
	@CRASH_ROUNDS=$${CRASH_ROUNDS:-120} CRASH_REPORT=$${CRASH_REPORT:-docs/reliability.json} \
		$(BIN)/pytest -s tests/crash $(ARGS)

check: .venv/.ready-dev ## lint, format, types, import contracts, locales, migrations, secrets, audit
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest -q $(PRESENT)
	@$(BIN)/python -m checks.secrets
	@$(BIN)/python -m checks.vulnerabilities

format: .venv/.ready-dev ## put the code into shape, and mend what ruff can mend
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: .venv/.ready-dev ## measure everything (15 minutes on a quiet machine; ARGS=--quick only tries it)
	@$(BIN)/python -m benchmarks $(ARGS)

migration: .venv/.ready-dev ## write a migration from the changed tables: make migration m="add labels"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add labels"'; exit 1; }
	@$(BIN)/python -m bot.storage.migrations "$(m)"

pictures: .venv/.ready-dev ## draw docs/images anew, from the browser test
	@$(call install_browser)
	@KEEP_PICTURES=1 REQUIRE_BROWSER=1 $(BIN)/pytest -m browser

clean: ## remove what was set up and cached; data and .env stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# The stamps make the second time quick; a changed lock file makes them old.
.venv/.ready-run: pyproject.toml uv.lock
	@$(call sync,--no-dev)
	@touch $@

.venv/.ready-dev: pyproject.toml uv.lock
	@$(call sync,)
	@touch $@ .venv/.ready-run

# uv from PATH, else its own copy in .venv; --inexact keeps that copy there.
define sync
set -e; \
uv=$$(command -v uv || true); \
if [ -z "$$uv" ]; then \
	uv=$(BIN)/uv; \
	if ! [ -x "$$uv" ]; then \
		$(find_python); \
		if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
			echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
			exit 1; \
		fi; \
		echo "Setting up .venv with $$("$$python" --version) …"; \
		[ -x $(BIN)/pip ] || "$$python" -m venv --clear .venv; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check uv; \
	fi; \
fi; \
"$$uv" sync --quiet --frozen --inexact $(1)
endef

# Asked for its version, not only looked for: a version manager's shim may stand for a Python that is not there.
define find_python
python=; \
for name in $(PYTHONS); do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
done; \
if [ -z "$$python" ]; then echo "Codebell needs Python 3.11 or newer; none of $(PYTHONS) is." >&2; exit 1; fi
endef

# Only where it may: as root, on a system with apt. A machine without a browser skips one test and says so.
define install_browser
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium >/dev/null; then \
	echo "Installing chromium for the browser test …"; \
	{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y chromium fonts-liberation fonts-noto-color-emoji; } \
		>/dev/null 2>&1 || echo "chromium cannot be installed here; the browser test will be skipped."; \
fi
endef
