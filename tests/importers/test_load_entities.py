"""Which row a name is tied to."""

import datetime

import pytest
from msgspec.structs import replace

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.load_places import load_gazetteer_places
from importers.load_result import Outcome
from kb import models
from kb.vocabulary import InitiativeKind, OrganisationCategory, PlaceLevel
from tests.importers.pages import (
    article,
    first_article,
    initiative,
    organisation,
    page,
    place,
    second_article,
    source,
)
from tests.importers.stored import everything

pytestmark = pytest.mark.django_db


def test_entities_are_one_row_and_tied_to_what_lies_above(load):
    load()
    village = models.Place.objects.get(name="柳叶村")
    assert [village.parent.name, village.parent.parent.code, village.city.name] == [
        "白桦镇",
        "150222",
        "包头市",
    ]
    assert village.mentions.count() == 2
    committee = models.Organisation.objects.get(name="固阳县白桦镇党委")
    assert (committee.mentions.count(), committee.place.name, committee.city.name) == (2, "固阳县", "包头市")
    school = models.Initiative.objects.get()
    assert (school.started_on, school.started_precision) == (datetime.date(2022, 3, 1), "month")
    assert [o.name for o in school.organisers.all()] == ["固阳县白桦镇党委"]
    assert [p.name for p in school.places.all()] == ["柳叶村"]
    assert {n.name for n in school.names.all()} == {"“小马灯”夜校项目", "“小马灯”"}


def test_a_township_that_acts_is_an_organiser_though_it_is_named_as_a_place_only(load):
    read = first_article()
    named, again = read.initiatives
    acting = replace(named, organisers=("固阳县白桦镇",))
    load(page(replace(read, initiatives=(acting, again))))
    (organiser,) = models.Initiative.objects.get().organisers.all()
    assert (organiser.name, organiser.category, organiser.city.name) == (
        "固阳县白桦镇",
        OrganisationCategory.GOVERNMENT,
        "包头市",
    )
    assert load(page(replace(read, initiatives=(acting, again)))).wrote_nothing()


def test_a_name_without_a_city_links_to_the_one_that_bears_it(load):
    load()
    body = "固阳县妇联再出发。"
    other = article(body, title="再出发", organisations=(organisation(body, "固阳县妇联", city=None),))
    load(page(other), source("另一版", "other.txt"))
    assert models.Organisation.objects.get(name="固阳县妇联").mentions.count() == 2
    assert load(page(other), source("另一版", "other.txt")).wrote_nothing()


def test_a_name_that_two_bear_stays_unresolved(load):
    body = "春风小学开学。"
    for number, city in enumerate(("包头市", "乌海市")):
        read = organisation(body, "春风小学", city=city, category=OrganisationCategory.INSTITUTION)
        load(page(article(body, organisations=(read,), city=city)), source(str(number), f"{number}.txt"))
    read = organisation(body, "春风小学", city=None)
    load(page(article(body, organisations=(read,))), source("三", "3.txt"))
    mention = models.OrganisationMention.objects.get(organisation=None)
    assert (mention.text, mention.name) == ("春风小学", "春风小学")
    doubt = models.Doubt.objects.get()
    assert (doubt.reason, doubt.candidates) == ("ambiguous", ["春风小学（乌海市）", "春风小学（包头市）"])


def test_a_place_without_anything_above_stays_unresolved(load):
    body = "红柳村修路。"
    read = place(body, "红柳村", city=None, level=PlaceLevel.VILLAGE)
    load(page(article(body, places=(read,))))
    mention = models.PlaceMention.objects.get()
    assert (mention.place, mention.official) == (None, "红柳村")
    assert not models.Place.objects.filter(name="红柳村").exists()


def test_merged_entities_are_found_again(load):
    load()
    gone, kept = (
        models.Organisation.objects.get(name="固阳县妇联"),
        models.Organisation.objects.get(name="固阳县白桦镇党委"),
    )
    gone.names.update(organisation=kept)
    models.OrganisationMention.objects.filter(organisation=gone).update(organisation=kept)
    models.Metric.objects.filter(organisation=gone).update(organisation=kept)
    gone.delete()
    result = load()
    assert not models.Organisation.objects.filter(name="固阳县妇联").exists()
    assert result.count("organisations", Outcome.CREATED) == 0
    assert kept.mentions.count() == 3


def test_the_article_that_described_an_entity_decides_its_fields(load):
    load()
    body = "“小马灯”夜校项目又开班。"
    other = article(body, initiatives=(initiative(body, "“小马灯”夜校项目", kind=InitiativeKind.BRAND),))
    load(page(other), source("另一版", "other.txt"))
    assert models.Initiative.objects.get().kind == "project"
    assert load().wrote_nothing()
    first = first_article()
    changed = tuple(replace(m, kind=InitiativeKind.FACILITY) for m in first.initiatives)
    load(page(replace(first, initiatives=changed), second_article()))
    assert models.Initiative.objects.get().kind == "facility"


def test_the_same_name_in_two_cities_is_two_initiatives(load):
    body = "“百灵鸟”活动开始。"
    for number, city in enumerate(("包头市", "乌海市", None)):
        read = initiative(body, "“百灵鸟”活动", city=city)
        load(page(article(body, initiatives=(read,))), source(str(number), f"{number}.txt"))
    assert models.Initiative.objects.count() == 2
    assert models.InitiativeMention.objects.filter(initiative=None).count() == 1


def test_the_gazetteer_is_stored_once(db):
    gazetteer = load_gazetteer()
    result = load_gazetteer_places(gazetteer)
    assert models.Place.objects.filter(level="city", parent__code="150000").count() == 12
    assert models.Place.objects.filter(level="county", parent__parent__code="150000").count() == 103
    assert models.Place.objects.get(names__name="科右前旗").code == "152221"
    assert result.count("places", Outcome.CREATED) == models.Place.objects.count()
    before = everything()
    assert load_gazetteer_places(gazetteer).wrote_nothing()
    assert everything() == before
