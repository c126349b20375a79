"""The feed has every change once, in the order of the commits, whoever wrote it and however."""

import threading

import pytest
from django.db import connection, connections, transaction

from kb.changes import attributed, newest_number, note_merge
from kb.models import Change, Initiative, Metric, Organisation, Page, Place
from tests.factories import (
    ArticleFactory,
    CreditFactory,
    InitiativeFactory,
    MetricFactory,
    OrganisationFactory,
    PageFactory,
    PlaceFactory,
    PlaceMentionFactory,
    PublicationFactory,
)
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db

many_writers = pytest.mark.skipif(
    "sqlite3" in connection.settings_dict["ENGINE"], reason="SQLite has one writer at a time"
)


def as_if_committed():
    """Runs what PostgreSQL would run at the end of the transaction that a test stands in."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Feed:
    """What is new in the feed since the last time it was read."""

    def __init__(self):
        as_if_committed()
        self.last = newest_number()

    def rows(self):
        as_if_committed()
        found = list(Change.objects.filter(number__gt=self.last).order_by("number"))
        self.last = found[-1].number if found else self.last
        return found

    def lines(self):
        return [(row.resource, row.record_id, row.action) for row in self.rows()]


@pytest.fixture
def feed(db):
    return Feed()


def test_create_update_and_delete_of_every_resource_are_told(feed):
    page = PageFactory()
    article = ArticleFactory(page=page, body="12人在鹿苑镇。")
    rows = {
        "pages": page,
        "articles": article,
        "places": PlaceFactory(),
        "organisations": OrganisationFactory(),
        "initiatives": InitiativeFactory(),
        "metrics": MetricFactory(article=article),
    }
    made = {(what, pk) for what, pk, action in feed.lines() if action == "create"}
    assert made == {(what, row.pk) for what, row in rows.items()}
    for row in rows.values():
        type(row).objects.filter(pk=row.pk).update(state="rejected")
    assert {(w, pk, "update") for w, pk in made} <= set(feed.lines())
    for row in reversed(rows.values()):
        row.delete()
    assert {(w, pk, "delete") for w, pk in made} <= set(feed.lines())


def test_a_statement_that_changes_nothing_is_not_told(feed):
    place = PlaceFactory()
    feed.lines()
    Place.objects.filter(pk=place.pk).update(name=place.name)
    assert feed.lines() == []


def test_bulk_writes_are_told(feed):
    made = Organisation.objects.bulk_create(
        [Organisation(name=f"第{n}支部", category="party_branch") for n in range(3)]
    )
    assert feed.lines() == [("organisations", row.pk, "create") for row in made]
    for row in made:
        row.category = "other"
    Organisation.objects.bulk_update(made, ["category"])
    assert sorted(feed.lines()) == [("organisations", row.pk, "update") for row in made]


def test_one_line_a_record_and_transaction(feed):
    with attributed("张三"):
        article = ArticleFactory(body="鹿苑镇有鹿苑镇。")
        place = PlaceFactory(name="鹿苑镇")
        PlaceMentionFactory(article=article, text="鹿苑镇", place=place)
        place.name = "鹿苑街道"
        place.save()
    told = feed.rows()
    assert [(row.resource, row.record_id, row.action) for row in told] == [
        ("pages", article.page_id, "create"),
        ("articles", article.pk, "create"),
        ("places", place.pk, "create"),
    ]
    assert {row.by for row in told} == {"张三"}


def test_what_comes_and_goes_in_one_transaction_is_not_told(feed):
    with attributed("张三"):
        PlaceFactory().delete()
        kept = PlaceFactory()
    assert feed.lines() == [("places", kept.pk, "create")]


def test_a_row_put_back_under_its_id_is_an_update(feed):
    metric = MetricFactory()
    feed.lines()
    with attributed("张三"):
        Metric.objects.filter(pk=metric.pk).delete()
        Metric.objects.bulk_create([metric])
    assert ("metrics", metric.pk, "update") in feed.lines()


def test_names_links_and_mentions_change_the_record_that_shows_them(feed):
    initiative, place, body = InitiativeFactory(), PlaceFactory(), OrganisationFactory()
    article = ArticleFactory(body="鹿苑镇")
    feed.lines()
    place.names.create(name="老鹿苑", key="老鹿苑")
    assert feed.lines() == [("places", place.pk, "update")]
    initiative.places.add(place)
    assert feed.lines() == [("initiatives", initiative.pk, "update")]
    initiative.organisers.set([body])
    assert feed.lines() == [("initiatives", initiative.pk, "update")]
    with attributed("张三"):
        initiative.organisers.add(body, OrganisationFactory(name="另一个"))
    assert ("initiatives", initiative.pk, "update") in feed.lines()
    PlaceMentionFactory(article=article, text="鹿苑镇", place=place)
    assert set(feed.lines()) == {("articles", article.pk, "update"), ("places", place.pk, "update")}


def test_a_moved_mention_touches_both_places(feed):
    first, second = PlaceFactory(), PlaceFactory()
    mention = PlaceMentionFactory(place=first)
    feed.lines()
    mention.place = second
    mention.save()
    assert {pk for what, pk, _ in feed.lines() if what == "places"} == {first.pk, second.pk}


def test_a_newspaper_with_another_name_changes_its_pages_and_articles(feed):
    page, other = PageFactory(publication=PublicationFactory()), PageFactory()
    articles = [ArticleFactory(page=page), ArticleFactory(page=page)]
    ArticleFactory(page=other)
    feed.lines()
    page.publication.name = "新岭日报"
    with attributed("张三"):
        page.publication.save()
    told = feed.rows()
    assert {(row.resource, row.record_id, row.action, row.by) for row in told} == {
        ("pages", page.pk, "update", "张三"),
        *(("articles", article.pk, "update", "张三") for article in articles),
    }
    assert len({row.number for row in told}) == len(told) == 3
    page.publication.home_city = PlaceFactory(level="city")
    feed.lines()
    page.publication.save()
    assert feed.lines() == [], "no record shows a newspaper's city"


def test_an_author_with_another_name_changes_the_articles(feed):
    credit = CreditFactory()
    CreditFactory(article=credit.article, author=credit.author, role="photographer")
    feed.lines()
    credit.author.name = "林小溪"
    credit.author.save()
    assert feed.lines() == [("articles", credit.article_id, "update")]


def test_a_page_of_another_day_changes_its_articles(feed):
    article = ArticleFactory()
    feed.lines()
    Page.objects.update(issue_date="2025-03-02")
    assert set(feed.lines()) == {("pages", article.page_id, "update"), ("articles", article.pk, "update")}
    Page.objects.update(notes=["一句话"])
    assert feed.lines() == [("pages", article.page_id, "update")], "articles do not show the notes of a page"


def test_many_lines_of_one_statement_join_those_that_the_transaction_has(feed):
    page = PageFactory(publication=PublicationFactory())
    old = ArticleFactory(page=page)
    feed.lines()
    with attributed("张三"):
        new = ArticleFactory(page=page)
        Page.objects.update(issue_date="2025-03-02")
        type(page.publication).objects.update(name="新岭日报")
    told = feed.rows()
    assert {(row.resource, row.record_id, row.action) for row in told} == {
        ("pages", page.pk, "update"),
        ("articles", old.pk, "update"),
        ("articles", new.pk, "create"),
    }
    assert len({row.number for row in told}) == len(told)


def test_a_merge_is_told_with_what_is_left(feed):
    gone, kept = OrganisationFactory(), OrganisationFactory()
    feed.lines()
    with attributed("李四"):
        note_merge("organisations", gone.pk, kept.pk)
        Organisation.objects.filter(pk=gone.pk).delete()
    [merge] = feed.rows()
    assert (merge.action, merge.record_id, merge.into_id, merge.by) == ("merge", gone.pk, kept.pk, "李四")


def test_a_transaction_that_failed_is_not_told(feed):
    def fail():
        with attributed("张三"):
            PlaceFactory()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert feed.lines() == []
    PlaceFactory()
    assert {row.by for row in feed.rows()} == {""}


def test_a_name_within_a_name_holds_for_its_part(feed):
    with attributed("外"):
        PlaceFactory()
        with attributed("内"):
            OrganisationFactory()
        InitiativeFactory()
    assert [row.by for row in feed.rows()] == ["外", "内", "外"]


@many_writers
@pytest.mark.django_db(transaction=True)
def test_no_number_appears_below_one_that_was_seen():
    """Four writers with transactions of different lengths, and a reader that follows them."""
    writers, rounds = 4, 12
    start, stop = newest_number(), threading.Event()
    seen: list[int] = []

    def write(who):
        try:
            for n in range(rounds):
                with attributed(f"写者{who}"):
                    PlaceFactory(name=f"第{who}号{n}村")
                    stop.wait(0.002 * ((who + n) % 4))
                    OrganisationFactory(name=f"第{who}号{n}组")
        finally:
            connections.close_all()

    def follow():
        last = start
        try:
            while True:
                was_over = stop.is_set()
                new = list(
                    Change.objects.filter(number__gt=last).order_by("number").values_list("number", flat=True)
                )
                seen.extend(new)
                last = new[-1] if new else last
                if was_over:
                    return
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(who,)) for who in range(writers)]
    reader = threading.Thread(target=follow)
    for thread in (*threads, reader):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    reader.join()
    stored = list(Change.objects.filter(number__gt=start).order_by("number"))
    assert seen == [row.number for row in stored]
    assert len(stored) == writers * rounds * 2
    assert Place.objects.count() == writers * rounds
    for who in range(writers):  # each transaction stands together, in the order in which it was written
        own = [row for row in stored if row.by == f"写者{who}"]
        assert [row.resource for row in own] == ["places", "organisations"] * rounds


@many_writers
@pytest.mark.django_db(transaction=True)
def test_the_later_commit_has_the_later_number_however_early_it_wrote():
    start, wrote, may_commit = newest_number(), threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Initiative.objects.create(name="慢", kind="event")
            wrote.set()
            may_commit.wait(PATIENCE)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(PATIENCE)
    with transaction.atomic():
        quick = PlaceFactory(name="快")
    first = list(Change.objects.filter(number__gt=start))
    assert [(row.resource, row.record_id) for row in first] == [("places", quick.pk)]
    may_commit.set()
    thread.join()
    [later] = Change.objects.filter(number__gt=first[0].number)
    assert later.resource == "initiatives"
    assert later.at > first[0].at
