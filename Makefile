# Two commands are all one needs; both set themselves up in .venv and touch nothing outside it:
#     make rehearse      shows the whole main job against a server of our own, without a token
#     make test          passes every check and every test
# Without make, the same by hand (Python 3.11 or newer):
#     python3 -m venv .venv
#     .venv/bin/python -m pip install --require-hashes -r requirements.lock          (to run)
#     .venv/bin/python -m pip install --require-hashes -r requirements-test.lock     (to test)
#     .venv/bin/python -m pip install --no-deps --no-build-isolation -e .
#     .venv/bin/python -m bot rehearse
#     .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports
#     .venv/bin/python -m pytest -n 2 --dist worksteal
# Another Python: make test PYTHON=python3.12

.POSIX:
.PHONY: rehearse test catalogues lock clean

PYTHON = python3
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input
PROJECT = --no-deps --no-build-isolation --editable .
UV = uv

rehearse: .venv/run.stamp
	@.venv/bin/python -m bot rehearse

test: .venv/test.stamp
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m pytest -n 2 --dist worksteal

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Write for example: make test PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements.lock pyproject.toml
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) $(PROJECT)
	@touch $@

.venv/test.stamp: .venv/made.stamp requirements-test.lock pyproject.toml
	$(PIP) --require-hashes -r requirements-test.lock
	$(PIP) $(PROJECT)
	@touch $@

# Writes both lock files anew: versions and hashes, no address. Needs uv; add UPGRADE=--upgrade for newer versions.
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-annotate --no-header $(UPGRADE) pyproject.toml --extra build

lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra test --output-file requirements-test.lock

# Sentences of the code into the catalogues, and the catalogues into the form the program reads and the page people read.
CATALOGUES = --domain focalpoint --output-dir handlers/catalogues
catalogues: .venv/test.stamp
	@mkdir -p build
	.venv/bin/python docs/extract_sentences.py build/focalpoint.pot
	.venv/bin/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap \
	  --input-file build/focalpoint.pot $(CATALOGUES)
	.venv/bin/pybabel -q compile --domain focalpoint --directory handlers/catalogues --statistics
	.venv/bin/python docs/make_sentences.py

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find bot handlers storage tests -name __pycache__ -type d -prune -exec rm -rf {} +
