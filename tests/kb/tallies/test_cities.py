"""What a 盟市 has is what the records say, whatever is done to them and by whom."""

import random
import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from kb.models import Article, CityInitiative, CityTally, Initiative, Organisation, Page, Place
from kb.tallies import cities
from tests.factories import ArticleFactory, InitiativeFactory, OrganisationFactory, PageFactory, PlaceFactory
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db
LINKS = Initiative.places.through


def number(resource, city):
    """How many records of a 盟市 the tally tells."""
    return sum(CityTally.objects.filter(resource=resource, city=city).values_list("number", flat=True))


def told(city):
    """The initiatives of a 盟市 with their kinds, as the database tells them."""
    found = list(CityInitiative.objects.filter(city=city).order_by("id").values_list("pk", "kind"))
    assert found == sorted(set(found))
    return set(found)


def newest(city, resource, sort=""):
    """The newest ids, as the database gives them."""
    found = cities.newest(city.pk, 10, "default").get((resource, sort))
    return found.ids if found else []


def test_an_initiative_is_of_a_city_once_by_itself_and_by_its_places():
    here, there = PlaceFactory(level="city"), PlaceFactory(level="city")
    towns = [PlaceFactory(city=here, parent=here), PlaceFactory(city=there), PlaceFactory(city=there)]
    row = InitiativeFactory(city=here, kind="brand")
    row.places.set(towns)
    assert (number("initiatives", here), number("initiatives", there)) == (1, 1)
    row.places.remove(towns[1])
    assert number("initiatives", there) == 1
    Place.objects.filter(pk=towns[2].pk).update(city=here)
    assert number("initiatives", there) == 0
    row.state = "rejected"
    row.save()
    assert number("initiatives", here) == 0
    assert cities.differences() == []


def test_the_newest_articles_are_those_of_the_latest_issues():
    city = PlaceFactory(level="city")
    pages = [PageFactory(issue_date=date(2024, 1, day)) for day in (2, 3, 1)] + [PageFactory(issue_date=None)]
    made = [ArticleFactory(page=page, city=city).pk for page in pages]
    assert newest(city, "articles") == [made[1], made[0], made[2], made[3]]
    Page.objects.filter(pk=pages[2].pk).update(issue_date=date(2024, 2, 1))
    assert newest(city, "articles")[0] == made[2]


class Doings:
    """What can befall records, at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.cities = [PlaceFactory(level="city") for _ in range(2)]
        self.towns = [PlaceFactory(city=self.city()) for _ in range(3)]
        self.pages = [PageFactory(issue_date=self.day()) for _ in range(2)]

    def city(self):
        return self.random.choice([*self.cities, None])

    def day(self):
        return self.random.choice([None, date(2024, 1, 1) + timedelta(self.random.randrange(9))])

    def values(self):
        return {"city": self.city(), "state": self.random.choice(("asserted", "asserted", "rejected"))}

    def some(self, model):
        return model.objects.filter(
            pk__in=[pk for pk in model.objects.values_list("pk", flat=True) if self.random.random() < 0.3]
        )

    def do(self):
        names = (
            "make",
            "edit",
            "bulk_edit",
            "link",
            "unlink",
            "relink",
            "move_town",
            "redate",
            "delete",
            "undone",
        )
        getattr(self, self.random.choice(names))()

    def make(self):
        ArticleFactory(page=self.random.choice(self.pages), **self.values())
        OrganisationFactory(category=self.random.choice(("party_branch", "volunteer_team")), **self.values())
        InitiativeFactory(kind=self.random.choice(("brand", "project")), **self.values())

    def edit(self):
        for model in (Article, Organisation, Initiative):
            if row := self.some(model).first():
                row.city = self.city()
                row.save()

    def bulk_edit(self):
        for model in (Article, Organisation, Initiative):
            self.some(model).update(**self.values())
        self.some(Initiative).update(kind=self.random.choice(("brand", "project")))
        self.some(Article).update(dateline="某地")

    def link(self):
        for row in self.some(Initiative):
            row.places.add(self.random.choice(self.towns))

    def unlink(self):
        self.some(LINKS).delete()

    def relink(self):
        spare = InitiativeFactory(**self.values())
        if link := self.some(LINKS).first():
            LINKS.objects.filter(pk=link.pk).update(initiative=spare)

    def move_town(self):
        Place.objects.filter(pk=self.random.choice(self.towns).pk).update(city=self.city())

    def redate(self):
        Page.objects.filter(pk=self.random.choice(self.pages).pk).update(issue_date=self.day())

    def delete(self):
        for model in (Article, Organisation, Initiative):
            if row := self.some(model).first():
                row.delete()

    def undone(self):
        with transaction.atomic():
            point = transaction.savepoint()
            self.make()
            self.link()
            transaction.savepoint_rollback(point)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_doings_the_tables_are_what_the_records_say(seed):
    doings = Doings(seed)
    for _ in range(40):
        doings.do()
        assert cities.differences() == []
    for city in doings.cities:
        own = Initiative.objects.asserted().in_city(city)
        assert number("initiatives", city) == own.count()
        for kind in ("brand", "project"):
            expected = list(own.filter(kind=kind).order_by("-pk").values_list("pk", flat=True)[:10])
            assert newest(city, "initiatives", kind) == expected
        assert told(city) == set(own.values_list("pk", "kind"))


def test_the_command_finds_and_mends_what_is_wrong(world):
    table = cities.TALLY if connection.vendor == "sqlite" else cities.COUNTED
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET number = number + 2 WHERE resource = 'articles'")  # noqa: S608 - our own name
    with pytest.raises(CommandError, match="3 类"):
        call_command("rebuild_tallies", "--check", stdout=StringIO())
    call_command("rebuild_tallies", stdout=StringIO())
    call_command("rebuild_tallies", "--check", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_have_nothing():
    ArticleFactory(city=PlaceFactory(level="city"))
    assert CityTally.objects.exists()
    call_command("flush", interactive=False, verbosity=0)
    assert not CityTally.objects.exists()
    assert cities.differences() == []


def beside(*works):
    """Runs functions in threads with connections of their own."""

    def run(work):
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_what_two_transactions_change_of_one_thing_is_right_once_both_are_there():
    """One dates a page anew, one adds an article to it; each order of beginning and ending."""
    city = PlaceFactory(level="city")
    for first, ends_first in ((0, 0), (0, 1), (1, 0), (1, 1)):
        page = PageFactory(issue_date=date(2024, 1, 1))
        town = PlaceFactory(city=None)
        row = InitiativeFactory(city=None)
        begun, may_end = [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]

        def change(who, work, begun=begun, may_end=may_end):
            def run():
                with transaction.atomic():
                    work()
                    begun[who].set()
                    assert may_end[who].wait(PATIENCE)

            return run

        def move(page=page, town=town):
            Page.objects.filter(pk=page.pk).update(issue_date=date(2025, 1, 1))
            Place.objects.filter(pk=town.pk).update(city=city)

        def add(page=page, town=town, row=row):
            ArticleFactory(page=page, city=city)
            row.places.add(town)

        works = (change(0, move), change(1, add))
        threads = [None, None]
        for who in (first, 1 - first):
            [threads[who]] = beside(works[who])
            assert begun[who].wait(PATIENCE)
        for who in (ends_first, 1 - ends_first):
            may_end[who].set()
            threads[who].join()
            assert cities.differences() == []
        assert number("initiatives", city) == 1
        row.places.clear()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_what_is_pending_is_told_in_its_place():
    """While another connection is who keeps the tables, records come, change their 盟市, and go."""
    city, other = PlaceFactory(level="city"), PlaceFactory(level="city")
    rows = [InitiativeFactory(city=city, kind="brand") for _ in range(6)]
    holds, may_go = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [cities.LOCK])
            holds.set()
            assert may_go.wait(PATIENCE)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [cities.LOCK])

    [holder] = beside(hold)
    assert holds.wait(PATIENCE)
    rows[0].delete()
    Initiative.objects.filter(pk=rows[2].pk).update(city=other)
    Initiative.objects.filter(pk=rows[3].pk).update(state="rejected")
    added = InitiativeFactory(city=city, kind="brand")
    expected = [rows[1].pk, rows[4].pk, rows[5].pk, added.pk]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) > 0 FROM {cities.PENDING}")  # noqa: S608 - our own name
        assert cursor.fetchone() == (True,)
    for order, ids in (("id", expected), ("-id", expected[::-1])):
        assert (
            list(CityInitiative.objects.filter(city=city).order_by(order).values_list("pk", flat=True)) == ids
        )
    assert newest(city, "initiatives", "brand") == expected[::-1]
    assert told(other) == {(rows[2].pk, "brand")}
    may_go.set()
    holder.join()
    assert cities.differences() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_beside_one_another_are_all_told_of_and_a_reader_never_sees_less():
    """Four writers, one of them in repeatable read, and a reader that compares at every moment."""
    city, over, compared = PlaceFactory(level="city"), threading.Event(), []
    towns = [PlaceFactory(city=city) for _ in range(4)]
    shared = [InitiativeFactory(city=None, kind="brand") for _ in range(3)]
    page = PageFactory(issue_date=date(2024, 1, 1))

    def write(who):
        def run():
            for turn in range(25):
                with transaction.atomic():
                    if who == 0:
                        with connection.cursor() as cursor:
                            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    ArticleFactory(page=page, city=city, first_line=who * 100 + turn)
                    link, _ = LINKS.objects.get_or_create(initiative=shared[turn % 3], place=towns[who])
                    if turn % 2 and who:
                        link.delete()
                if who == 1:
                    Page.objects.filter(pk=page.pk).update(issue_date=date(2024, 1, 1 + turn))

        return run

    def compare():
        while not over.is_set():
            compared.append(cities.differences())

    [reader] = beside(compare)
    for thread in beside(*map(write, range(4))):
        thread.join()
    over.set()
    reader.join()
    assert compared
    assert not any(compared)
    assert cities.differences() == []
    assert number("articles", city) == Article.objects.count() == 100
    OrganisationFactory(city=city)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {cities.PENDING}")  # noqa: S608 - our own name
        assert cursor.fetchone() == (0,)
