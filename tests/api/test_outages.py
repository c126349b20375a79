"""A database that cannot be used now is a 503 that says so; a fault is a 500 that tells nothing of itself."""

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction
from django.test import Client
from psycopg import errors as postgresql
from rest_framework.test import APIClient

from api.models import Token
from kb.outages import is_outage


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite words it")
    error.sqlite_errorname = name
    return error


def wrapped(cause, kind=OperationalError):
    """The error of Django's own that stands for a driver's."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


OUTAGES = [
    psycopg.OperationalError("connection failed: refused"),
    postgresql.AdminShutdown(), postgresql.CannotConnectNow(), postgresql.TooManyConnections(),
    postgresql.DiskFull(), postgresql.ReadOnlySqlTransaction(), postgresql.DeadlockDetected(),
    postgresql.ConnectionFailure(), psycopg.InterfaceError("the connection is closed"),
    *map(sqlite_error, ("SQLITE_BUSY", "SQLITE_FULL", "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR_WRITE",
                        "SQLITE_CANTOPEN")),
]  # fmt: skip
FAULTS = [
    postgresql.UndefinedTable(), postgresql.SyntaxError(), postgresql.NumericValueOutOfRange(),
    sqlite_error("SQLITE_ERROR"), sqlite_error("SQLITE_TOOBIG"),
]  # fmt: skip


@pytest.mark.parametrize("cause", OUTAGES, ids=repr)
def test_an_outage_is_told(cause):
    assert is_outage(wrapped(cause))


@pytest.mark.parametrize("cause", FAULTS, ids=repr)
def test_a_fault_is_none(cause):
    assert not is_outage(wrapped(cause, ProgrammingError))


def test_other_exceptions_are_none():
    assert not is_outage(ValueError("x"))
    assert not is_outage(wrapped(postgresql.UniqueViolation(), IntegrityError))
    assert not is_outage(None)


def refusing(cause):
    """From now on the database answers every statement so."""

    def refuse(*_):
        raise wrapped(cause)

    return connection.execute_wrapper(refuse)


LIST = "/api/v1/metrics/"


@pytest.mark.parametrize(
    "path", [LIST, f"{LIST}1/", *(f"{LIST}?format={form}" for form in ("xlsx", "csv", "jsonl", "json"))]
)
def test_the_api_says_that_it_is_for_a_while(world, path):
    with refusing(OUTAGES[0]):
        answer = APIClient().get(path)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "5"
    assert answer.json()["code"] == "database_unavailable"
    assert "没有改动任何记录" in answer.json()["detail"]
    assert APIClient().get("/api/v1/metrics/").status_code == 200


@pytest.mark.parametrize("path", ["/search/?q=服务", "/cities/150100/", "/admin/", "/admin/kb/article/"])
def test_a_page_says_so_too(world, admin_client, path):
    admin_client.raise_request_exception = False
    with refusing(OUTAGES[1]):
        answer = admin_client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "数据库暂时不能使用" in answer.content.decode()
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/metrics/", "application/problem+json"), ("/search/?q=x", "text/html")]
)
def test_a_fault_tells_nothing_of_itself(world, path, kind):
    with refusing(postgresql.UndefinedTable("relation kb_secret does not exist")):
        answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith(kind)
    assert "kb_secret" not in answer.content.decode()
    assert answer["X-Request-ID"]


@pytest.fixture
def read_only(world):
    """A database that takes no writes, for the time of a test."""

    def switch(on: bool) -> None:
        if connection.vendor == "sqlite":
            connection.cursor().execute(f"PRAGMA query_only={'ON' if on else 'OFF'}")
        elif on:
            connection.cursor().execute("SET TRANSACTION READ ONLY")

    with transaction.atomic():
        yield lambda: switch(True)
        transaction.set_rollback(True)
    switch(False)


def test_a_read_only_database_is_read_and_not_written(world, admin_user, read_only):
    _, key = Token.objects.make(name="表格", user=admin_user, can_write=True)
    client, address = (
        APIClient(headers={"authorization": f"Bearer {key}"}),
        f"/api/v1/metrics/{world.visits.pk}/",
    )
    tag = client.get(address)["ETag"]
    read_only()
    assert client.get(address).status_code == 200
    with transaction.atomic():
        answer = client.patch(address, {"subject": "走访"}, headers={"if-match": tag})
        transaction.set_rollback(True)
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    world.visits.refresh_from_db()
    assert world.visits.subject == "走访群众"
