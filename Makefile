# Every target works in .venv, which is made and kept in step with pyproject.toml and requirements/ by itself.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# A python3.11 that exists but cannot run (a version manager's shim) does not count.
PYTHON ?= $(shell python3.11 --version >/dev/null 2>&1 && echo python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
PIP := $(BIN)/python -m pip --disable-pip-version-check
ARGS ?=

export PYTHONUTF8 := 1

.PHONY: help
help:  ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.PHONY: env
env: $(STAMP)  ## 建立或更新 .venv

# torch first and alone: the other packages then find it there, and none brings its CUDA build along.
$(STAMP): pyproject.toml requirements/torch.txt requirements/dev.txt
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(PIP) install --quiet --requirement requirements/torch.txt
	$(PIP) install --quiet --no-deps --require-hashes --requirement requirements/dev.txt
	PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.PHONY: chat
chat: env  ## 打开网页问答（ARGS='--port 8000' 等参数照传）
	$(BIN)/youju index build --if-stale
	$(BIN)/youju chat $(ARGS)

.PHONY: index
index: env  ## 重建索引
	$(BIN)/youju index build $(ARGS)

.PHONY: eval
eval: env  ## 跑问题集，与上次认可的结果比较
	$(BIN)/youju eval --set all $(ARGS)

.PHONY: bench
bench: env  ## 在 CMRC 2018 上与 LangChain 常用做法比较（FILE=cmrc2018_dev.json）
	@test -n "$(FILE)" || { echo '用法：make bench FILE=cmrc2018_dev.json' >&2; exit 2; }
	$(BIN)/python -m index.bench_cmrc "$(FILE)" $(ARGS)

# schemathesis gives all its tests one name: spread over processes, only the last of them would run.
SCHEMA_TEST := tests/e2e/test_api_schema.py

.PHONY: test
test: env  ## 全部测试（ARGS='-m "not browser"' 等参数照传）
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --ignore $(SCHEMA_TEST) $(ARGS)
	$(BIN)/python -m pytest $(SCHEMA_TEST)

.PHONY: faults
faults: env  ## 杀死、翻转、断电：全部故障（几分钟；ARGS='--kills 400' 等参数照传）
	$(BIN)/python -m tests.faults $(ARGS)

.PHONY: fuzz
fuzz: env  ## 随机的文字喂给读报告、读问题、读索引的程序（ARGS='--seconds 600' 每样十分钟）
	$(BIN)/python -c 'import atheris' 2>/dev/null || $(PIP) install --quiet atheris
	$(BIN)/python -W ignore -m tests.fuzz $(ARGS)

.PHONY: sbom
sbom: env  ## 全部组件的清单（CycloneDX），写到 var/sbom.json
	mkdir -p var
	$(BIN)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml --output-file var/sbom.json requirements/run.txt

.PHONY: load
load: env  ## 一百个人同时提问，与空白的 Gradio 回声页并排（ARGS='--questions 20000' 等参数照传）
	$(BIN)/python -m bot.web.bench_load $(ARGS)

.PHONY: lint
lint: env  ## 格式、规则与类型检查
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@.ci/audit $(BIN)/pip-audit

.PHONY: format
format: env  ## 按规则改写格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Lock on a machine whose pip finds torch's CPU build: the other one would bring NVIDIA's packages into the lock.
LOCK := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --unsafe-package torch \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style line --constraint requirements/torch.txt

.PHONY: lock
lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: | $(BIN)/pip-compile  ## 重新锁定 requirements/（ARGS=--upgrade 升级）
	$(LOCK) $(ARGS) --output-file requirements/run.txt pyproject.toml
	$(LOCK) $(ARGS) --extra dev --extra train --extra openai --extra ollama --extra mcp --constraint requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml

# Only where there is no environment yet: locking must also work while the lock is out of step.
$(BIN)/pip-compile:
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(PIP) install --quiet pip-tools
