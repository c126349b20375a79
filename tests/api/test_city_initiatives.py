"""The initiatives of a 盟市 are the same, page for page, whichever way the database finds them."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api import prepared
from api.viewsets.resources import InitiativeViewSet
from kb.models import Initiative
from tests.api.test_prepared import pages
from tests.factories import InitiativeFactory

ASKED = [
    {"city": "呼和浩特市"},
    {"city": "呼和浩特市", "ordering": "-id"},
    {"city": "呼和浩特市", "kind": "mechanism"},
    {"city": "呼和浩特市", "kind": "mechanism", "ordering": "-id"},
    {"city": "呼和浩特市", "kind": ["mechanism", "brand"]},
    {"city": "呼和浩特市", "kind!": "brand"},
    {"city": "呼和浩特市", "ordering": "kind,-id"},
    {"city": "呼和浩特市", "ordering": "-name"},
    {"city": "呼和浩特市", "ordering": "-started,name"},
    {"city": "呼和浩特市", "has_metrics": "false"},
    {"city": "呼和浩特市", "place": "昆都仑区"},
    {"city": "呼和浩特市", "city__in": "包头市"},
    {"city": ["呼和浩特市", "鄂尔多斯市"]},
    {"city!": "包头市"},
    {"city": "呼和浩特市", "q": "行动"},
]


@pytest.fixture
def initiatives(world):
    """Forty initiatives of three 盟市, by themselves, by their places, by both, some found wrong."""
    chance = random.Random(7)
    towns = [world.xincheng, world.kundulun, world.dalad, world.town]
    for number in range(40):
        InitiativeFactory(
            name=f"行动{number}",
            kind=chance.choice(("mechanism", "brand", "event")),
            city=chance.choice((world.hohhot, world.baotou, None)),
            state=chance.choice(("asserted",) * 6 + ("rejected",)),
            places=chance.sample(towns, chance.randrange(4)),
        )


@pytest.fixture
def afresh():
    """Queries are put together anew before the test and after it."""
    prepared._query.cache_clear()
    yield
    prepared._query.cache_clear()


@pytest.mark.usefixtures("afresh", "initiatives")
@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_pages_are_those_of_the_rule_itself(ask, monkeypatch, asked):
    params = {**asked, "page_size": 3, "count": "true", "fields": "id,name"}
    kept = pages(ask, "initiatives/", **params)
    monkeypatch.setattr(InitiativeViewSet, "source", lambda columns, ordering: Initiative.objects.asserted())
    prepared._query.cache_clear()
    assert kept == pages(ask, "initiatives/", **params)
    assert sum(len(page["results"]) for page in kept) > 4


@pytest.mark.usefixtures("initiatives")
@pytest.mark.parametrize("asked", [{}, {"kind": "mechanism"}], ids=str)
def test_a_cursor_is_entered_where_it_points(ask, asked):
    """The table of the 盟市 is compared with the cursor, not the initiatives that it leads to."""
    first = ask("initiatives/", city="呼和浩特市", page_size=2, **asked)
    with CaptureQueriesContext(connection) as queries:
        ask(first["next"])
    [sql] = [each["sql"] for each in queries if "kb_cityinitiative" in each["sql"]]
    last = first["results"][-1]["id"]
    assert f'"kb_cityinitiative"."id" > ({last})' in sql.replace(f"> {last} ", f"> ({last}) ")


@pytest.mark.usefixtures("initiatives")
def test_the_groups_of_a_city_count_each_initiative_once(ask, world):
    found = ask("initiatives/", city="呼和浩特市", group_by="kind")["results"]
    own = Initiative.objects.asserted().in_city(world.hohhot)
    assert {row["kind"]: row["count"] for row in found} == {
        kind: own.filter(kind=kind).count() for kind in set(own.values_list("kind", flat=True))
    }
