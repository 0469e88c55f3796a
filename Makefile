# Needs Python 3.11 or newer and make; everything else goes into .venv/ and ignored folders.
.DEFAULT_GOAL := help
.PHONY: help setup demo test bench soak lint lock docs migration

help:  ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

setup:  ## everything installed; instant the second time
	@infra/setup.sh

demo: setup  ## Liaison with a stand-in tenant; CALENDAR=my.ics puts an exported calendar into it
	@.venv/bin/liaison demo $(if $(CALENDAR),--calendar "$(CALENDAR)")

test: setup  ## all tests; ARGS="-k name" for some
	@browser="$$(infra/browser.sh)" && CHROMIUM="$$browser" .venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

bench: setup  ## how fast it is, beside targets and floors; QUICK=1 for three minutes, ONLY="one change" for a part
	@browser="$$(infra/browser.sh)" && CHROMIUM="$$browser" PYTHONPATH=tests .venv/bin/python -m bench $(if $(QUICK),--quick) $(if $(ONLY),--only "$(ONLY)")

soak: setup  ## random plays at length (PLAYS=200), then which changes of the rules no test notices (MINUTES=30)
	@status=0; \
	SOAK_PLAYS=$(or $(PLAYS),200) .venv/bin/python -m pytest -q -s -p no:logging tests/scenarios/test_sync_machine.py \
		tests/scenarios/test_both_ways_machine.py \
		tests/scenarios/matrix/test_series_both_sides_machine.py || status=1; \
	.venv/bin/python infra/mutations.py $(or $(MINUTES),30) || status=1; \
	exit $$status

lint: setup  ## style, types, import contracts, generated documentation; all are tried
	@status=0; \
	for check in "ruff check" "ruff format --check" mypy lint-imports \
		"python -m liaison.documentation --check"; do \
		.venv/bin/$$check || status=1; \
	done; exit $$status

docs: setup  ## write the generated pages of docs/ anew
	@.venv/bin/python -m liaison.documentation

lock: setup  ## write requirements.lock anew from what is installed
	@.venv/bin/python infra/lock.py

migration: setup  ## the migration from the last one to the models: NAME="why"
	@.venv/bin/python infra/new_migration.py "$(NAME)"
