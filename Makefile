# The two commands of this project are `make demo` and `make test`; the rest is for those who change it.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
export UV_COMPILE_BYTECODE := 1
export UV_LINK_MODE := copy
# Where tests look for model files; `make demo` uses the same folder.
export DALM_MODELS ?= $(HOME)/.dalm/models

.PHONY: demo test check hub cloud test-web test-cloud test-services test-hub test-brain test-perception bench eval nightly vectors likenesses lock clean

demo: $(VENV)/.base
	$(BIN)/dalm demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -m "not web and not services and not hub and not cloud and not brain and not perception"

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

# Suites that need more than Python; each fails when it would run nothing.
test-perception: $(VENV)/.dev
	$(BIN)/dalm models fetch labels label-names objects objects-graph faces sensitive cutout speech speech-config speech-tokens speech-words
	DALM_NEEDED=perception $(BIN)/python -m pytest -q -m perception

test-web: $(VENV)/.dev
	DALM_NEEDED=web $(BIN)/python -m pytest -q -m web

test-services: $(VENV)/.dev
	DALM_NEEDED=services $(BIN)/python -m pytest -q -m services

test-brain: $(VENV)/.dev
	$(BIN)/dalm models fetch chat-brain
	DALM_NEEDED=brain $(BIN)/python -m pytest -q -m brain

test-hub: $(VENV)/.hub
	DALM_NEEDED=hub $(BIN)/python -m pytest -q -m hub

test-cloud: $(VENV)/.cloud
	DALM_NEEDED=cloud $(BIN)/python -m pytest -q -m cloud

# Client libraries of cloud vision services, and local servers to test them against.
cloud: $(VENV)/.cloud

# torch and transformers, for text models of a hub.
hub: $(VENV)/.hub

bench: $(VENV)/.base
	$(BIN)/dalm bench

# The test split: single requests for the router of the local brain, then whole cases.
eval: $(VENV)/.base
	$(BIN)/dalm models fetch
	$(BIN)/dalm eval --requests --brain local
	$(BIN)/dalm eval

nightly: $(VENV)/.dev
	$(BIN)/dalm models fetch
	$(BIN)/dalm bench
	$(BIN)/dalm bench million
	$(BIN)/dalm bench memory
	$(BIN)/dalm eval --requests --brain local
	$(BIN)/dalm eval --requests --brain local --split train --probe-only
	$(BIN)/dalm eval --split all --trials 2
	DALM_TRIALS=200 $(BIN)/python -m pytest -q -m "not hub and not cloud"

# The environment: pip brings uv, uv installs pinned and hashed requirements.
$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.8,<1"

$(VENV)/.base: $(VENV)/bin/uv requirements/base.txt requirements/build.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/build.txt -r requirements/base.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/.hub: $(VENV)/.dev requirements/hub.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/hub.txt
	touch $@

$(VENV)/.cloud: $(VENV)/.dev requirements/cloud.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/cloud.txt
	touch $@

# The embeddings of the worked requests and of what pictures are named by, after one of them changed.
vectors: $(VENV)/.base
	$(BIN)/dalm models fetch labels label-names objects objects-graph faces
	$(BIN)/python -c "from agent.bootstrap import keep_vectors; keep_vectors()"

# The drawings that pictures are compared with, from Debian packages unpacked below ROOT (see evals/pictures/drawings.py).
likenesses: $(VENV)/.base
	$(BIN)/dalm models fetch labels label-names objects objects-graph faces
	$(BIN)/python -m evals.likenesses $(ROOT)

lock: $(VENV)/bin/uv
	echo 'setuptools>=77' | $(LOCK) - -o requirements/build.txt
	$(LOCK) pyproject.toml -c requirements/bounds.in -o requirements/base.txt
	$(LOCK) --group dev pyproject.toml -c requirements/bounds.in -o requirements/dev.txt
	$(LOCK) --group cloud -c requirements/dev.txt -o requirements/cloud.txt

clean:
	rm -rf $(VENV) build dist *.egg-info
