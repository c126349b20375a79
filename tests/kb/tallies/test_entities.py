"""How many articles mention a record, and how many figures it has, is right whatever is done to them."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from kb.models import InitiativeMention, Metric, Organisation, OrganisationMention
from kb.tallies import entities
from tests.factories import (
    ArticleFactory,
    InitiativeFactory,
    InitiativeMentionFactory,
    MetricFactory,
    OrganisationFactory,
    OrganisationMentionFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts when it is asked"),
]
BODY = "甲乙丙丁甲乙丙丁甲乙丙丁"


def number(row):
    """How many articles the table tells of an organisation."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {entities.NUMBER.format('organisations', row.pk)}")
        return cursor.fetchone()[0]


def mention(article, row, at=0):
    return OrganisationMentionFactory(
        article=article, organisation=row, start=at, end=at + 2, text=BODY[at : at + 2]
    )


def test_an_article_counts_once_however_often_it_mentions():
    row, other = OrganisationFactory(), OrganisationFactory()
    first, second = ArticleFactory(body=BODY), ArticleFactory(body=BODY)
    made = [mention(first, row), mention(first, row, 4), mention(second, row)]
    assert number(row) == 2
    made[0].delete()
    assert number(row) == 2
    OrganisationMention.objects.filter(pk=made[1].pk).update(state="rejected")
    assert number(row) == 1
    OrganisationMention.objects.filter(article=second).update(organisation=other)
    assert (number(row), number(other)) == (0, 1)
    other.delete()
    assert entities.differences() == []


class Doings:
    """What can befall mentions, at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.articles = [ArticleFactory(body=BODY) for _ in range(3)]
        self.bodies = [OrganisationFactory() for _ in range(3)]
        self.campaigns = [InitiativeFactory() for _ in range(2)]

    def do(self):
        getattr(self, self.random.choice(("make",) * 5 + ("change", "move", "delete", "gone", "undone")))()

    def some(self, model):
        ids = [pk for pk in model.objects.values_list("pk", flat=True) if self.random.random() < 0.4]
        return model.objects.filter(pk__in=ids)

    def make(self):
        at = self.random.randrange(10)
        place = {"article": self.random.choice(self.articles), "start": at, "end": at + 2}
        words = {"text": BODY[at : at + 2], "state": self.random.choice(("asserted", "asserted", "rejected"))}
        if not OrganisationMention.objects.filter(**place).exists():
            OrganisationMentionFactory(
                **place, **words, organisation=self.random.choice([*self.bodies, None])
            )
        if not InitiativeMention.objects.filter(**place).exists():
            InitiativeMentionFactory(**place, **words, initiative=self.random.choice(self.campaigns))
        if not Metric.objects.filter(**place).exists():
            MetricFactory(**place, **words, **self.about())

    def about(self):
        return {
            "organisation": self.random.choice([*self.bodies, None]),
            "initiative": self.random.choice([*self.campaigns, None]),
        }

    def change(self):
        for model in (OrganisationMention, InitiativeMention, Metric):
            self.some(model).update(state=self.random.choice(("asserted", "rejected")))

    def move(self):
        self.some(OrganisationMention).update(organisation=self.random.choice([*self.bodies, None]))
        self.some(InitiativeMention).update(initiative=self.random.choice(self.campaigns))
        self.some(Metric).update(**self.about())
        self.some(Metric).update(subject="参观")

    def delete(self):
        self.some(OrganisationMention).delete()
        self.some(Metric).delete()

    def gone(self):
        row = self.random.choice(self.bodies)
        Organisation.objects.get(pk=row.pk).delete()
        self.bodies[self.bodies.index(row)] = OrganisationFactory()

    def undone(self):
        with transaction.atomic():
            point = transaction.savepoint()
            self.make()
            self.change()
            transaction.savepoint_rollback(point)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_doings_the_table_is_what_the_mentions_say(seed):
    doings, most = Doings(seed), 0
    for _ in range(60):
        doings.do()
        assert entities.differences() == []
        most = max(most, *map(number, doings.bodies))
    assert most > 1


def test_the_command_finds_and_mends_what_is_wrong(world):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {entities.TABLE} SET number = number + 2")  # noqa: S608 - our own name
    with pytest.raises(CommandError, match="9 类"):
        call_command("rebuild_tallies", "--check", stdout=StringIO())
    call_command("rebuild_tallies", stdout=StringIO())
    call_command("rebuild_tallies", "--check", stdout=StringIO())
