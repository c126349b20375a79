# 党建知识库：两条命令即可——make run（运行）、make test（测试）。
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The server that `make test` looks for; set it empty to run on SQLite alone.
TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
# Nothing is tried again: a test waits for what it must see.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: help run test test-sqlite test-postgres lint format bench chaos audit sbom bench-desk bench-exports bench-quick accuracy clean

help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更高版本，例如：make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

run: $(VENV)/.runtime ## 安装、建库、导入 seeds/ 并在 http://HOST:PORT 提供服务
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	$(BIN)/python manage.py import_seeds
	$(BIN)/python manage.py ensure_local_admin
	@echo "服务地址：http://$(HOST):$(PORT)/api/v1/ （管理后台：http://$(HOST):$(PORT)/admin/ ，接口文档：http://$(HOST):$(PORT)/api/docs/）"
	@# The worker imports long pages that are handed in over HTTP; it ends with the server.
	@trap 'kill 0' EXIT; $(BIN)/python manage.py import_jobs & \
	  $(BIN)/granian --interface wsgi kb.wsgi:application --host $(HOST) --port $(PORT) --workers 1 --blocking-threads 8 --no-ws

test: test-sqlite test-postgres ## 全部测试：SQLite，并在找到服务器时用 PostgreSQL 再跑一遍

test-sqlite: $(VENV)/.dev
	@echo "== 测试数据库：SQLite"
	env -u DATABASE_URL $(PYTEST)

test-postgres: $(VENV)/.dev
	@if [ -n "$(TEST_POSTGRES_URL)" ] && $(BIN)/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()' "$(TEST_POSTGRES_URL)" 2>/dev/null; then \
	  echo "== 测试数据库：PostgreSQL（$(TEST_POSTGRES_URL)）"; \
	  DATABASE_URL="$(TEST_POSTGRES_URL)" $(PYTEST); \
	else \
	  echo "== 没有找到 PostgreSQL（$(TEST_POSTGRES_URL)），这一遍没有运行；可用 TEST_POSTGRES_URL 指定。"; \
	fi

lint: $(VENV)/.dev ## 代码检查：ruff、格式、类型、单向依赖
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.dev ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## 全部对比测量，写入 docs/performance.md（ROWS=只测其中几行）
	$(BIN)/python -m tests.bench $(ROWS) --write

bench-desk: $(VENV)/.dev ## 管理后台和网页：10 万篇文章对 1,000 篇，写入 docs/performance.md
	$(BIN)/python -m tests.bench --table desk --write

bench-exports: $(VENV)/.dev ## 百万条数据的导出、整库导出与恢复各占多少内存，写入 docs/performance.md
	$(BIN)/python -m tests.bench --table exports --write

bench-quick: $(VENV)/.dev ## 用少量数据把每项测量跑一遍，只打印
	$(BIN)/python -m tests.bench --quick

chaos: $(VENV)/.dev ## 杀进程、停数据库、写满磁盘、敌意输入、混合负载，结果写入 docs/reliability.md（ONLY=名称）
	env -u DATABASE_URL $(BIN)/python -m tests.chaos $(ONLY)

audit: $(VENV)/.dev ## 依赖的已知漏洞（需要能访问漏洞数据库）
	$(BIN)/pip-audit --requirement requirements.txt --strict

sbom: $(VENV)/.dev ## 运行所需的软件清单（CycloneDX JSON），写入 sbom.json
	$(BIN)/python -m venv .sbom && .sbom/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/cyclonedx-py environment --output-reproducible --output-file sbom.json .sbom/bin/python
	rm -rf .sbom

accuracy: $(VENV)/.dev ## 重新测量识别准确率，写入 docs/accuracy.md（GOLD=种子版面的标注目录）
	$(BIN)/python -m tests.bench.accuracy $(if $(GOLD),--gold $(GOLD))

clean: ## 删除虚拟环境与缓存（不动数据库）
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles
