"""The figures for Prometheus: true ones, and only for who has the token."""

import os
import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from importers.models import ImportJob
from tests.databases import ROOT

TOKEN = "a-token-for-the-monitor"


@pytest.fixture
def figures(client, settings, db):
    """`figures()` gives the figures by name and labels."""
    settings.KB_METRICS_TOKEN = TOKEN

    def ask():
        answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        return values(answer.content.decode())

    return ask


def values(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_there_is_no_such_page_until_a_token_is_set(client, db):
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer é"])
def test_nobody_else_reads_them(client, settings, db, given):
    settings.KB_METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"authorization": given})
    assert (answer.status_code, answer.content) == (401, b"401\n")


def test_answers_are_counted_by_route(figures, client, world):
    name = ("kb_http_answers_total", "200", "GET", "articles/<int:pk>/")
    before = figures().get(name, 0)
    for article in (world.hohhot_article, world.baotou_article):
        assert client.get(f"/articles/{article.pk}/").status_code == 200
    after = figures()
    assert after[name] == before + 2
    assert after[("kb_http_seconds_count", "GET", "articles/<int:pk>/")] >= 2


def test_addresses_and_methods_made_up_make_no_new_labels(figures, client):
    before = len(figures())
    for number in range(5):
        client.get(f"/nothing/{number}")
        client.generic(f"MADEUP{number}", "/health/live")
    assert len(figures()) <= before + 2 * 30


def test_what_waits_is_counted(figures):
    ImportJob.objects.create(name="a.txt", sha256="0" * 64, by="林溪")
    assert figures()[("kb_import_jobs", "queued")] == 1


def test_several_processes_add_up_their_figures(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client; from django.conf import settings; c = Client()\n"
        "c.get('/health/live')\n"
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "from prometheus_client.multiprocess import MultiProcessCollector\n"
        "own = CollectorRegistry(); MultiProcessCollector(own); print(generate_latest(own).decode())"
    )
    more = {"KB_METRICS_DIR": str(tmp_path / "m"), "DJANGO_SETTINGS_MODULE": "kb.settings"}
    more |= {"ALLOWED_HOSTS": "testserver"}
    told = [
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True
        )
        for _ in range(2)
    ]
    name = ("kb_http_answers_total", "200", "GET", "health/live")
    assert [values(done.stdout)[name] for done in told] == [1, 2], told[0].stderr
