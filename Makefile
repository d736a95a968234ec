# `make` lists the verbs. Set-up is part of every verb that needs it and takes seconds the second time.
SHELL := /bin/bash
PORT ?= 8080
FAKE_PORT ?= 8090
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BHXH = .venv/bin/bhxh
.DEFAULT_GOAL := help
.PHONY: help chat test setup check train evaluate bench faults doctor golden fake-channels clean

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

chat: setup ## everything from a clean clone to the chat page on http://localhost:8080/ (PORT=9000 picks another)
	@$(BHXH) up --port $(PORT)

test: setup ## everything from a clean clone to a green test suite
	@.venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

setup: need-python ## both environments, model, first import, dialogue model; starts nothing
	@$(PYTHON) app/bootstrap.py

check: setup ## lint, types, dialogue data, knowledge base: what must be green beside the tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(BHXH) knowledge validate
	$(BHXH) train --check-only

train: setup ## train the dialogue model
	@$(BHXH) train

evaluate: setup ## quality on a file of questions: make evaluate TOPICS=questions.jsonl
	@$(BHXH) evaluate --topics $(TOPICS)

bench: setup ## measure speed and memory, write docs/benchmark.md
	@.venv/bin/python -m tests.benchmark

faults: setup ## thousands of messages while everything breaks (FAULTS="--database sqlite --messages 500")
	@.venv/bin/python -m tests.faults $(FAULTS)

doctor: setup ## say what is wrong and how to mend it
	@$(BHXH) doctor --port $(PORT)

golden: setup ## write generated files anew: directive passages, tables of docs/channels.md and docs/security.md, docs/knowledge-*.md
	@.venv/bin/python -m knowledge.directives.golden
	@.venv/bin/python -m tests.conformance
	@.venv/bin/python -m tests.security.matrix
	@.venv/bin/python -m knowledge.facts.pages

fake-channels: setup ## chat with the product through a simulated Zalo and Telegram on http://localhost:8090/ (FAKE_PORT=9090 picks another)
	@.venv/bin/python -m tests.channel_servers --with-product --port $(FAKE_PORT) --product-port $(PORT)

clean: ## remove everything that set-up made (keeps var/bhxh.db)
	rm -rf .venv .venv-rasa models var/models var/index var/setup var/log

.PHONY: need-python
need-python:
	@test -n "$(PYTHON)" || { echo "✗ Python 3.11 or newer was not found. On Debian 12 or Ubuntu 24.04: apt install python3 python3-venv make gcc"; exit 1; }
