"""What the overview tells is what counting each record tells, whatever was done to the records."""

import pytest

from kb.models import Article, Initiative, Metric, Organisation, Page, Place
from kb.web.names import CITIES, ELSEWHERE
from kb.web.summary import read_summary
from tests.factories import ArticleFactory, InitiativeFactory, OrganisationFactory, PageFactory, PlaceFactory
from tests.kb.tallies import test_figures, test_totals
from tests.kb.tallies.test_cities import Doings

COUNTED = {"articles": Article, "initiatives": Initiative, "organisations": Organisation, "metrics": Metric}


def by_hand():
    """The numbers of the overview, each record looked at: totals, by 盟市, initiatives by 盟市 and kind."""
    totals = {name: model.objects.asserted().count() for name, model in COUNTED.items()}
    totals |= {"pages": Page.objects.asserted().count(), "places": Place.objects.asserted().count()}
    cities = {code: dict.fromkeys(COUNTED, 0) for code in (*CITIES, ELSEWHERE)}
    kinds = {}
    twelve = {place.pk: place.code for place in Place.objects.filter(level="city", code__in=CITIES)}
    for name, model in COUNTED.items():
        for row in model.objects.asserted():
            codes = {twelve.get(row.city_id, ELSEWHERE)}
            if name == "initiatives":
                codes |= {twelve[place.city_id] for place in row.places.all() if place.city_id in twelve}
            for code in codes:
                cities[code][name] += 1
                if name == "initiatives":
                    kinds.setdefault(code, {}).setdefault(row.kind, 0)
                    kinds[code][row.kind] += 1
    return totals, cities, kinds


def years_by_hand():
    """How many figures of each status hold at a date of each year, each figure looked at."""
    years = {}
    for row in Metric.objects.asserted():
        statuses = years.setdefault(row.as_of_on and row.as_of_on.year, {})
        statuses[row.status] = statuses.get(row.status, 0) + 1
    return years


def largest_by_hand():
    """The largest reported figure of each unit, the earliest of equal ones, each figure looked at."""
    largest = {}
    for row in Metric.objects.asserted().filter(status="reported").order_by("pk"):
        most = largest.setdefault(row.unit, row)
        if row.value > most.value:
            largest[row.unit] = row
    return {row.pk for row in largest.values()}


def told():
    """The same as the overview tells it."""
    found = read_summary()
    return found.totals, found.cities, found.initiatives


@pytest.fixture
def abroad(world):
    """Records of the world, of a 盟市 beyond the region, of one that has no code, and of none."""
    beijing = PlaceFactory(name="北京市", code="110100", level="city")
    unknown = PlaceFactory(name="某市", level="city")
    for city in (beijing, unknown, None):
        town = PlaceFactory(city=city)
        for state in ("asserted", "asserted", "rejected"):
            ArticleFactory(page=world.page, city=city, state=state)
            OrganisationFactory(city=city, state=state)
            PlaceFactory(city=city, state=state)
            PageFactory(home_city=city, state=state)
            row = InitiativeFactory(city=city, kind="event", state=state)
            row.places.set([town, world.kundulun, world.xincheng])
    world.lark.places.add(town, world.kundulun)
    world.lights.places.add(PlaceFactory(city=beijing))
    return world


def test_what_is_beyond_the_region_or_nowhere_is_counted_elsewhere(abroad):
    assert told() == by_hand()
    assert told()[1][ELSEWHERE] == {"articles": 6, "initiatives": 6, "organisations": 6, "metrics": 0}
    Initiative.objects.filter(city=None).update(city=abroad.ordos)
    Place.objects.filter(name="北京市").update(state="rejected")
    assert told() == by_hand()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_doings_the_numbers_are_those_of_counting(db, seed):
    doings = Doings(seed)
    Place.objects.filter(pk=doings.cities[0].pk).update(code="150100")
    for _ in range(30):
        doings.do()
        assert told() == by_hand()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_doings_pages_and_years_are_those_of_counting(db, seed):
    doings = test_totals.Doings(seed)
    for _ in range(30):
        doings.do()
        assert told() == by_hand()
        assert read_summary().years == years_by_hand()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_doings_the_largest_figures_are_those_of_looking_at_each(db, seed):
    doings = test_figures.Doings(seed)
    for _ in range(30):
        doings.do()
        assert {figure.metric.pk for figure in read_summary().largest} == largest_by_hand()
