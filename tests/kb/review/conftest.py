"""People with the rights of their groups, and a queue with something of every kind."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override

from kb.review import progress
from tests.factories import ArticleFactory, DoubtFactory, InitiativeMentionFactory, OrganisationFactory


@pytest.fixture(autouse=True)
def in_chinese():
    """What is said is Chinese, whatever language the last request of another test asked for."""
    with override("zh-hans"):
        yield


@pytest.fixture
def at_midnight_too(monkeypatch):
    """What is done today is counted from the midnight before the last one, if that was a moment ago."""
    before = SimpleNamespace(localtime=lambda: timezone.localtime() - timedelta(hours=1))
    monkeypatch.setattr(progress, "timezone", before)


@pytest.fixture
def person(django_user_model, db):
    """`person("林溪", "编辑")` is somebody of a group who may enter the admin."""

    def make(name: str, group: str):
        user = django_user_model.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get_or_create(name=group)[0])
        return user

    return make


@pytest.fixture
def editor(person):
    return person("林溪", "编辑")


@pytest.fixture
def other(person):
    return person("周牧云", "编辑")


@pytest.fixture
def reader(person):
    return person("苏禾", "读者")


BODY = (
    "昆都仑区和达拉特旗都有新城区。新城区的党员走进鹿苑镇青杨村，教育局送来图书。"
    "“小马灯”入户，百名党员参加，走访群众20次，共计30件。"
)


def doubt(article, text, kind, reason, nth=0, **fields):
    """A doubt about some words of an article."""
    start = -1
    for _ in range(nth + 1):
        start = article.body.index(text, start + 1)
    return DoubtFactory(
        article=article, kind=kind, reason=reason, text=text, start=start, end=start + len(text), **fields
    )


@pytest.fixture
def queue(world):
    """A doubt of every sort about one article, and the rows that it is about."""
    article = ArticleFactory(page=world.page, body=BODY, city=world.baotou, title="灯下")
    found = SimpleNamespace(world=world, article=article)
    found.place = doubt(article, "新城区", "place", "ambiguous", 1, candidates=["新城区"])
    found.village = doubt(article, "青杨村", "place", "unresolved")
    found.body = doubt(article, "教育局", "organisation", "unresolved")
    found.named = doubt(article, "“小马灯”", "initiative", "low_confidence", confidence=0.4)
    found.round = doubt(article, "百名", "metric", "low_confidence", candidates=["exact 100 名"])
    found.figure = doubt(article, "30件", "metric", "no_subject")
    return found


@pytest.fixture
def two_of_a_name(world):
    """Two bodies of one name, and a mention that may mean either."""
    for city in (world.baotou, world.ordos):
        OrganisationFactory(name="晚霞艺术团", city=city)
    article = ArticleFactory(body="晚霞艺术团演出。", city=world.baotou)
    InitiativeMentionFactory(article=article, text="演出")
    return doubt(article, "晚霞艺术团", "organisation", "ambiguous")
