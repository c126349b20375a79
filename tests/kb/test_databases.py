"""What is set for each database, as the server itself tells it."""

import pytest
from django.db import connection

from kb.databases import database

URL = {"ENGINE": "django.db.backends.postgresql", "NAME": "kb", "OPTIONS": {}}


def made(pool_size, **options):
    settings = {**URL, "OPTIONS": options}
    return database(settings, pool_size=pool_size, pool_timeout=10, conn_max_age=60)["OPTIONS"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compiles nothing")
def test_the_server_compiles_no_query():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_options_of_the_address_come_first():
    assert made(8, options="-c jit=on")["options"] == "-c jit=on"


def test_without_a_pool_the_connection_has_no_options_that_pgbouncer_refuses():
    assert "options" in made(8)
    assert made(0) == {}
