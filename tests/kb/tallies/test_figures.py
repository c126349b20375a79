"""Tallies of figures are what the figures say, whatever is done to them and by whom."""

import random
import threading
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.models import F

from kb.models import Metric, MetricTally, Place
from kb.tallies import figures, parts
from tests.factories import ArticleFactory, MetricFactory, PlaceFactory

pytestmark = pytest.mark.django_db

UNITS, QUALIFIERS = ("人次", "元", "%"), ("exact", "over", "nearly", "about", "range")
VALUES = (Decimal("0.1"), Decimal("3.5"), Decimal(7), Decimal("123456.789"), Decimal(10**13) + 1, Decimal(-2))


def counts():
    """By unit: how many figures the tallies know."""
    found = {}
    for unit, number in MetricTally.objects.values_list("unit", "number"):
        found[unit] = found.get(unit, 0) + int(number)
    return {unit: number for unit, number in found.items() if number}


def test_a_figure_is_tallied_when_it_is_stored_changed_rejected_and_deleted(world):
    MetricFactory(unit="棵", value=5)
    row = MetricFactory(unit="棵", value=7)
    assert counts()["棵"] == 2
    row.unit = "株"
    row.save()
    assert (counts()["棵"], counts()["株"]) == (1, 1)
    row.state = "rejected"
    row.save()
    assert "株" not in counts()
    Metric.objects.filter(pk=row.pk).update(state="asserted", unit="棵")
    assert counts()["棵"] == 2
    Metric.objects.filter(unit="棵").delete()
    assert "棵" not in counts()
    assert figures.differences() == []


def test_what_is_rolled_back_is_not_tallied(world):
    before = counts()
    with transaction.atomic():
        MetricFactory(unit="棵")
        assert counts()["棵"] == 1
        transaction.set_rollback(True)
    assert counts() == before


class Doings:
    """What can befall figures, at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.article = ArticleFactory(body="一" * 5000)
        self.cities = [PlaceFactory(level="city") for _ in range(2)]
        self.start = 0

    def do(self):
        name = self.random.choice(("one", "many", "edit", "bulk_edit", "reject", "delete", "move", "undone"))
        getattr(self, name)()

    def values(self):
        qualifier, value = self.random.choice(QUALIFIERS), self.random.choice(VALUES)
        return {
            "qualifier": qualifier, "value": value, "upper": value + 1 if qualifier == "range" else None,
            "unit": self.random.choice(UNITS), "status": self.random.choice(("reported", "planned")),
            "city": self.random.choice([*self.cities, None]),
            "state": self.random.choice(("asserted", "asserted", "rejected")),
        }  # fmt: skip

    def made(self):
        self.start += 1
        values = {**self.values(), "article": self.article, "start": self.start - 1, "end": self.start}
        if values["qualifier"] == "about" and values["value"] < 0:
            values["qualifier"] = "exact"
        return Metric(**values, text="一")

    def one(self):
        self.made().save()

    def many(self):
        Metric.objects.bulk_create([self.made() for _ in range(self.random.randrange(1, 6))])

    def some(self):
        return Metric.objects.filter(pk__in=[pk for pk in Metric.objects.values_list("pk", flat=True)
                                             if self.random.random() < 0.3])  # fmt: skip

    def edit(self):
        if row := self.some().first():
            row.unit, row.subject = self.random.choice(UNITS), "某事"
            row.save()

    def bulk_edit(self):
        self.some().update(value=F("value") * 3, upper=F("upper") * 3)

    def reject(self):
        self.some().update(state=self.random.choice(("asserted", "rejected")))

    def delete(self):
        self.some().filter(unit=self.random.choice(UNITS)).delete()

    def move(self):
        self.some().update(city=self.random.choice([*self.cities, None]))

    def undone(self):
        with transaction.atomic():
            point = transaction.savepoint()
            self.many()
            transaction.savepoint_rollback(point)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_doings_tallies_are_what_the_figures_say(seed):
    doings = Doings(seed)
    for _ in range(40):
        doings.do()
        assert figures.differences() == []
    assert Metric.objects.exists()
    assert sum(counts().values()) == Metric.objects.asserted().count()


def test_folding_leaves_few_rows_of_a_sort_that_is_often_written(world):
    row = Metric.objects.first()
    for unit in ("棵", "株") * parts.TURNS:
        Metric.objects.filter(pk=row.pk).update(unit=unit)
    assert MetricTally.objects.count() < parts.TURNS * 3
    assert figures.differences() == []


def test_the_command_finds_and_mends_what_is_wrong(world):
    MetricTally.objects.filter(pk=MetricTally.objects.first().pk).update(number=F("number") + 3)
    with pytest.raises(CommandError, match="1 类"):
        call_command("rebuild_tallies", "--check", stdout=StringIO())
    call_command("rebuild_tallies", stdout=StringIO())
    call_command("rebuild_tallies", "--check", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_have_no_tallies():
    MetricFactory()
    assert counts()
    call_command("flush", interactive=False, verbosity=0)
    assert not counts()
    assert not Place.objects.exists()
    assert figures.differences() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_beside_one_another_are_all_tallied_and_a_reader_never_sees_less(often_folded):
    """Three writers, every fourth statement folding, and a reader that compares at every moment."""
    article, over = ArticleFactory(body="一" * 100), threading.Event()
    compared = []

    def write(who):
        try:
            for number in range(40):
                with transaction.atomic():
                    row = MetricFactory(
                        article=article, start=0, end=1, text="一", ordinal=who * 40 + number, unit="棵"
                    )
                    Metric.objects.filter(pk=row.pk - 3).update(unit="株")
        finally:
            connections.close_all()

    def compare():
        try:
            while not over.is_set():
                compared.append(figures.differences())
        finally:
            connections.close_all()

    reader, writers = (
        threading.Thread(target=compare),
        [threading.Thread(target=write, args=(who,)) for who in range(3)],
    )
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    reader.join()
    assert compared
    assert not any(compared)
    assert counts()["棵"] + counts()["株"] == Metric.objects.count() == 120
    assert MetricTally.objects.count() < 120
    assert figures.differences() == []


@pytest.fixture
def often_folded():
    """Every fourth statement that writes figures folds the tallies."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER SEQUENCE kb_metrictally_turns RESTART {parts.TURNS} INCREMENT {parts.TURNS // 4}"
        )
        yield
        cursor.execute("ALTER SEQUENCE kb_metrictally_turns INCREMENT 1")
