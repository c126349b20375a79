"""Totals of pages, initiatives and dated figures are what the rows say, whatever is done to them."""

import random
import threading
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from kb.models import Initiative, Metric, Page
from kb.tallies import parts, totals
from tests.factories import ArticleFactory, InitiativeFactory, MetricFactory, PageFactory

pytestmark = pytest.mark.django_db
DAYS = (date(1996, 1, 1), date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), None)


def number(resource, year=0, sort=""):
    """How many records of a resource, a year and a sort the table tells of."""
    found = {(each.resource, each.year, each.sort): each.number for each in totals.totals("default")}
    return found.get((resource, year, sort), 0)


def rows():
    """How many rows the table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {totals.TABLE}")  # noqa: S608 - our own name
        return cursor.fetchone()[0]


def when(day):
    """The columns of a date, which come together."""
    return {"as_of_on": day, "as_of_precision": "day" if day else ""}


def test_a_figure_counts_in_the_year_of_its_date():
    row = MetricFactory(**when(date(2023, 12, 31)), status="reported")
    MetricFactory(**when(None))
    assert number("metrics", 2023, "reported") == 1
    Metric.objects.filter(pk=row.pk).update(**when(date(2024, 1, 1)))
    assert (number("metrics", 2023, "reported"), number("metrics", 2024, "reported")) == (0, 1)
    row.refresh_from_db()
    row.status = "planned"
    row.save()
    assert (number("metrics", 2024, "reported"), number("metrics", 2024, "planned")) == (0, 1)
    row.delete()
    assert {each.resource for each in totals.totals("default")} <= {"pages", "initiatives"}


class Doings:
    """What can befall pages, initiatives and figures, at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.article = ArticleFactory(body="一" * 500)
        self.start = 0

    def do(self):
        names = ("make", "many", "edit", "reject", "redate", "restate", "delete", "undone")
        getattr(self, self.random.choice(names))()

    def some(self, model):
        ids = [pk for pk in model.objects.values_list("pk", flat=True) if self.random.random() < 0.3]
        return model.objects.filter(pk__in=ids)

    def state(self):
        return self.random.choice(("asserted", "asserted", "rejected"))

    def values(self):
        self.start += 1
        span = {"article": self.article, "start": self.start - 1, "end": self.start, "text": "一"}
        return span | when(self.random.choice(DAYS)) | {"status": self.status(), "state": self.state()}

    def status(self):
        return self.random.choice(("reported", "planned"))

    def make(self):
        PageFactory(state=self.state())
        InitiativeFactory(state=self.state())
        MetricFactory(**self.values())

    def many(self):
        made = [
            Metric(**self.values(), value=1, unit="次", qualifier="exact")
            for _ in range(self.random.randrange(1, 6))
        ]
        Metric.objects.bulk_create(made)

    def edit(self):
        for model, name in ((Page, "page_name"), (Initiative, "description"), (Metric, "subject")):
            if row := self.some(model).first():
                setattr(row, name, "某")
                row.save()

    def reject(self):
        for model in (Page, Initiative, Metric):
            self.some(model).update(state=self.random.choice(("asserted", "rejected")))

    def redate(self):
        self.some(Metric).update(**when(self.random.choice(DAYS)))

    def restate(self):
        self.some(Metric).update(status=self.status(), state=self.state())

    def delete(self):
        self.some(Page).exclude(pk=self.article.page_id).delete()
        self.some(Initiative).delete()
        self.some(Metric).delete()

    def undone(self):
        with transaction.atomic():
            point = transaction.savepoint()
            self.make()
            self.many()
            self.redate()
            transaction.savepoint_rollback(point)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_doings_the_table_is_what_the_rows_say(seed):
    doings, most = Doings(seed), 0
    for _ in range(60):
        doings.do()
        assert totals.differences() == []
        most = max(most, number("metrics", 2024, "reported"))
    assert most > 1
    assert number("pages") == Page.objects.asserted().count()
    assert number("initiatives") == Initiative.objects.asserted().count()


def test_the_command_finds_and_mends_what_is_wrong(world):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {totals.TABLE} SET number = number + 2 WHERE resource = 'pages'")  # noqa: S608 - our own name
    with pytest.raises(CommandError, match="类"):
        call_command("rebuild_tallies", "--check", stdout=StringIO())
    call_command("rebuild_tallies", stdout=StringIO())
    call_command("rebuild_tallies", "--check", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_have_nothing():
    MetricFactory(**when(date(2024, 1, 1)))
    assert number("pages") == 1
    call_command("flush", interactive=False, verbosity=0)
    assert totals.totals("default") == []
    assert totals.differences() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps one row of a sort")
def test_folding_leaves_few_rows(world):
    page = Page.objects.first()
    for state in ("rejected", "asserted") * parts.TURNS:
        Page.objects.filter(pk=page.pk).update(state=state)
    assert rows() < parts.TURNS * 2
    assert totals.differences() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_beside_one_another_are_all_counted_and_a_reader_never_sees_less(often_folded):
    """Three writers, every fourth statement folding, and a reader that compares at every moment."""
    article, over, compared = ArticleFactory(body="一" * 200), threading.Event(), []

    def write(who):
        try:
            for turn in range(30):
                with transaction.atomic():
                    place = {"start": who * 30 + turn, "end": who * 30 + turn + 1, "text": "一"}
                    MetricFactory(article=article, **place, **when(date(2024, 1, 1)))
                    PageFactory(state="rejected" if turn % 2 else "asserted")
        finally:
            connections.close_all()

    def compare():
        try:
            while not over.is_set():
                compared.append(totals.differences())
        finally:
            connections.close_all()

    reader = threading.Thread(target=compare)
    writers = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    reader.join()
    assert compared
    assert not any(compared)
    assert number("metrics", 2024, "reported") == 90
    assert number("pages") == Page.objects.asserted().count() == 46
    assert rows() < 90
    assert totals.differences() == []


@pytest.fixture
def often_folded():
    """Every fourth statement folds."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER SEQUENCE {totals.TABLE}_turns RESTART {parts.TURNS} INCREMENT {parts.TURNS // 4}"
        )
        yield
        cursor.execute(f"ALTER SEQUENCE {totals.TABLE}_turns INCREMENT 1")
