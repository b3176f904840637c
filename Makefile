# make site     build the whole site from the data into site/ (FORMAT as for check)
# make test     set up and run all tests
# make test-fast  the tests that need no browser, no office, no handouts, no set-up and no whole site, in about a minute
# make check    check the data only (FORMAT=github or json: for other programs)
# make serve    show the site on this machine and rebuild it on each change
# make links    ask which outside addresses still open, and write it down
# make release  zips of the site, the data and the handouts with checksums, into release/
# make cover    run all tests and say which lines and branches of the generator none of them runs
# make format   put the code in order
# make bench    measure how fast everything is, and keep it in generator/BENCHMARKS.md
# make score    measure how well the search finds, and publish it
# make audit    ask whether a vulnerability is known of any pinned package
# make lock     pin the newest allowed packages

BIN := .venv/bin
FORMAT := text

.PHONY: site test test-fast check serve links release cover format bench score audit lock

site: .venv/site
	@$(BIN)/playbook build --format $(FORMAT)

test: .venv/test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy --no-error-summary
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4

test-fast: .venv/test
	@$(BIN)/pytest -m "not whole" --numprocesses auto --maxprocesses 4

check: .venv/site
	@$(BIN)/playbook check --format $(FORMAT)

serve: .venv/site
	@$(BIN)/playbook serve

links: .venv/site
	@$(BIN)/playbook links

release: .venv/site
	@$(BIN)/playbook release

cover: .venv/test
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --cov --cov-report=term-missing:skip-covered

format: .venv/test
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

bench: site .venv/test
	@$(BIN)/python -m site_tests.bench

score: site .venv/test
	@$(BIN)/python -m site_tests.browser.search.score

audit:
	@.ci/audit

lock: .venv/site
	@for lock in "requirements.txt --group build pyproject.toml" "requirements-test.txt --group build --extra test pyproject.toml" \
	  "requirements-uv.txt --group uv" "requirements-audit.txt --group audit"; do \
	  $(BIN)/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o $$lock || exit; \
	done

# Stamps of a set-up that was cut off, or made where this folder was before, say nothing.
$(shell [ "$$(cat .venv/place 2>/dev/null)" = "$$(pwd -P)" ] || rm -f .venv/site .venv/test)

.venv/site: requirements.txt requirements-uv.txt pyproject.toml setup.sh
	@./setup.sh site

.venv/test: requirements-test.txt requirements-uv.txt pyproject.toml setup.sh site_tests/typescript/package-lock.json
	@./setup.sh test
