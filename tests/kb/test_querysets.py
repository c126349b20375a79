"""The rules of reading."""

import datetime

import pytest

from kb.models import Article, Initiative, InitiativeMention, Metric, Organisation, Page, Place, PlaceMention
from tests.factories import InitiativeFactory, PlaceFactory


def names(queryset):
    return sorted(str(row) for row in queryset)


def test_in_city_finds_what_is_of_the_city(world):
    assert list(Article.objects.in_city(world.baotou)) == [world.baotou_article]
    assert list(Organisation.objects.in_city(world.hohhot.pk)) == [world.team]
    assert names(Place.objects.in_city(world.baotou)) == ["包头市", "昆都仑区", "鹿苑镇"]
    assert names(Metric.objects.in_city(world.ordos)) == ["300-500平方米", "约2000册"]
    assert names(InitiativeMention.objects.in_city(world.ordos)) == ["“晨光”书屋"]


def test_an_initiative_is_of_each_city_where_it_has_a_place(world):
    world.lark.places.add(world.dalad, world.kundulun, world.town)
    assert list(Initiative.objects.in_city(world.baotou)) == [world.lark, world.lights]
    assert list(Initiative.objects.in_city(world.ordos)) == [world.lark, world.bookroom]


def test_in_place_includes_everything_below(world):
    village = PlaceFactory(name="柳叶村", level="village", parent=world.town, city=world.baotou)
    assert names(Place.objects.in_place(world.kundulun)) == ["昆都仑区", "柳叶村", "鹿苑镇"]
    assert names(Place.objects.in_place(village)) == ["柳叶村"]
    assert names(PlaceMention.objects.in_place(world.baotou)) == ["鹿苑镇"]
    assert list(Article.objects.in_place(world.region).order_by("id")) == list(Article.objects.order_by("id"))
    assert list(Organisation.objects.in_place(world.hohhot)) == [world.team]
    assert list(Metric.objects.in_place(world.hohhot)) == [world.communities]


def test_in_place_gives_each_row_once(world):
    world.lark.places.add(world.kundulun, world.town)
    found = Initiative.objects.in_place(world.baotou)
    assert list(found) == [world.lark]


def test_in_place_ends_where_places_form_a_ring(world):
    Place.objects.filter(pk=world.baotou.pk).update(parent=world.town)
    assert "鹿苑镇" in names(Place.objects.in_place(world.kundulun))


def test_as_of_keeps_what_holds_by_then(world):
    early = Metric.objects.as_of(datetime.date(2024, 6, 1))
    assert world.hours not in early
    assert world.visits in early
    assert world.hours in Metric.objects.as_of(datetime.date(2024, 12, 31))


def test_asserted_leaves_out_what_a_person_rejected(world):
    Initiative.objects.filter(pk=world.lark.pk).update(state="rejected")
    assert world.lark not in Initiative.objects.asserted()
    assert world.lights in Initiative.objects.asserted()


@pytest.mark.parametrize(
    ("model", "queries"),
    [(Page, 1), (Article, 3), (Place, 2), (Organisation, 2), (Initiative, 4), (Metric, 1), (PlaceMention, 1)],
)
def test_with_related_needs_a_fixed_number_of_queries(world, django_assert_num_queries, model, queries):
    for number in range(3):
        InitiativeFactory(name=f"另{number}", city=world.ordos, places=[world.dalad])
    with django_assert_num_queries(queries):
        for row in model.objects.with_related():
            for field in model._meta.many_to_many:
                list(getattr(row, field.name).all()) if field.name != "authors" else list(row.credits.all())
            assert str(row)
            assert getattr(row, "city", None) is None or row.city.name


def test_a_rejected_mention_ties_its_article_to_no_place(world):
    assert world.baotou_article in Article.objects.in_place(world.town)
    world.baotou_article.place_mentions.filter(place=world.town).update(state="rejected")
    assert world.baotou_article not in Article.objects.in_place(world.town)
    assert world.baotou_article not in Article.objects.in_place(world.kundulun)
