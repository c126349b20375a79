"""The lists that numbers lead to: narrowed by the address, a fixed number of queries, nothing ignored."""

import pytest

from kb.models import Metric
from tests.factories import (
    ArticleFactory,
    InitiativeFactory,
    MetricFactory,
    OrganisationFactory,
    PageFactory,
    PlaceFactory,
)

MOST_QUERIES = 5

ADDRESSES = {
    "pages/": "云岭日报",
    "articles/?city=150100": "云雀飞进寻常巷",
    "initiatives/?city=150100&kind=brand": "“云雀”志愿服务品牌",
    "organisations/?category=volunteer_team": "新城区石榴花志愿服务队",
    "places/?level=county": "达拉特旗",
    "metrics/?status=reported&unit=小时": "35万余小时",
    "metrics/?q=服务": "35万余小时",
}


@pytest.mark.parametrize(("address", "words"), ADDRESSES.items())
def test_a_list_shows_its_records_and_offers_them_as_csv(look, client, world, address, words):
    text = look(f"/lists/{address}")
    assert words in text
    assert look.queries <= MOST_QUERIES
    [csv] = [part.split('"')[0] for part in text.split('href="') if "format=csv" in part]
    answer = client.get(csv.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert words in b"".join(answer).decode()


def test_the_number_of_queries_does_not_grow_and_one_leafs_to_the_end(look, world):
    for number in range(120):
        body = OrganisationFactory(city=world.hohhot)
        InitiativeFactory(city=world.hohhot, kind="event", name=f"“{number}号”集市", organisers=[body])
    address, seen, pages = "/lists/initiatives/?city=150100&kind=event", [], 0
    while address:
        look(address)
        assert look.queries <= MOST_QUERIES  # the city, ids, rows, organisers, which have figures
        seen += [row.pk for row in look.answer.context["records"]]
        address, pages = look.answer.context["next"], pages + 1
    assert (len(seen), len(set(seen)), pages) == (120, 120, 3)
    assert seen == sorted(seen, reverse=True)
    assert look.answer.context["newest"] == "/lists/initiatives/?city=150100&kind=event"


@pytest.mark.parametrize("name", ["pages", "articles", "organisations", "places", "metrics"])
def test_the_number_of_queries_of_every_list_is_fixed(look, world, name):
    look(f"/lists/{name}/")
    few = look.queries
    for _number in range(20):
        page = PageFactory()
        article = ArticleFactory(page=page, city=world.ordos)
        OrganisationFactory(city=world.ordos)
        PlaceFactory(city=world.ordos)
        MetricFactory(article=article, text=article.body[:1], city=world.ordos)
    look(f"/lists/{name}/")
    assert look.queries == few


def test_initiatives_of_a_city_are_its_own_and_those_with_a_place_in_it_each_once(look, world):
    world.lark.places.add(world.kundulun, PlaceFactory(city=world.baotou))
    own = [InitiativeFactory(city=world.baotou, kind="brand") for _ in range(3)]
    InitiativeFactory(city=world.baotou, kind="brand", state="rejected")
    shown = {}
    for address in ("city=150200", "city=150200&kind=brand", f"city=150200&after={own[1].pk}"):
        look(f"/lists/initiatives/?{address}")
        shown[address] = [row.pk for row in look.answer.context["records"]]
    brands = [*(row.pk for row in reversed(own)), world.lark.pk]
    assert sorted(shown["city=150200"], reverse=True) == shown["city=150200"]
    assert set(shown["city=150200"]) == {*brands, world.lights.pk}
    assert shown["city=150200&kind=brand"] == brands
    assert shown[f"city=150200&after={own[1].pk}"] == [own[0].pk, world.lights.pk, world.lark.pk]


def test_figures_of_a_year_are_told_along_their_dates_to_the_end(look, world):
    days = [f"2024-{month:02}-15" for month in (3, 11, 7)]
    made = {
        MetricFactory(
            article=world.baotou_article, text="9624次", as_of_on=days[number % 3], as_of_precision="day",
            as_of_text="当日", ordinal=number + 10, city=world.baotou,
        ).pk: days[number % 3]
        for number in range(130)
    }  # fmt: skip
    expected = sorted(made, key=lambda pk: (made[pk], pk), reverse=True)
    address, seen, pages = "/lists/metrics/?as_of=2024&city=150200", [], 0
    while address:
        look(address)
        seen += [figure.metric.pk for figure in look.answer.context["records"]]
        address, pages = look.answer.context["next"], pages + 1
    assert (seen, pages) == (expected, 3)
    assert "after" in look(f"/lists/metrics/?as_of=2024&after={world.visits.pk}", status=400), (
        "it has no date"
    )


def test_records_lead_to_the_articles_that_name_them_and_to_their_figures(look, world):
    text = look("/lists/initiatives/?kind=brand")
    assert f'href="/lists/articles/?initiative={world.lark.pk}"' in text
    assert f'href="/lists/metrics/?initiative={world.lark.pk}"' in text
    text = look(f"/lists/articles/?initiative={world.lark.pk}")
    assert "云雀飞进寻常巷" in text
    assert f'href="/lists/metrics/?initiative={world.lark.pk}"' in text
    assert "35万余小时" in look(f"/lists/metrics/?initiative={world.lark.pk}")
    assert "云雀飞进寻常巷" in look(f"/lists/articles/?place={world.xincheng.pk}")
    text = look(f"/lists/articles/?organisation={world.team.pk}")
    assert f'href="/lists/metrics/?organisation={world.team.pk}"' in text
    assert "云雀飞进寻常巷" in text
    assert world.team.name in text
    mention = world.hohhot_article.organisation_mentions.get()
    type(mention).objects.filter(pk=mention.pk).update(state="rejected")
    assert "云雀飞进寻常巷" not in look(f"/lists/articles/?organisation={world.team.pk}")


def test_nothing_leads_to_figures_where_there_are_none(look, world):
    Metric.objects.filter(organisation=world.team).update(state="rejected")
    for address in (f"articles/?organisation={world.team.pk}", "organisations/"):
        text = look(f"/lists/{address}")
        assert world.team.name in text
        assert f"/lists/metrics/?organisation={world.team.pk}" not in text


def test_each_condition_can_be_taken_away(look, world):
    look("/lists/initiatives/?city=150100&kind=brand")
    chips = {str(chip.label): (chip.words, chip.without) for chip in look.answer.context["chips"]}
    assert chips == {
        "盟市": ("呼和浩特市", "/lists/initiatives/?kind=brand"),
        "类别": ("品牌", "/lists/initiatives/?city=150100"),
    }


def test_what_was_rejected_is_in_no_list(look, world):
    world.lark.state = "rejected"
    world.lark.save()
    assert "“云雀”志愿服务品牌" not in look("/lists/initiatives/")


def test_a_city_without_records_has_an_empty_list(look, world):
    assert "没有符合条件的记录" in look("/lists/metrics/?city=150400")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("metrics/?town=1", "没有参数 town"),
        ("metrics/?city=110000", "没有代码为 110000"),
        ("metrics/?status=maybe", "status 不能是 maybe"),
        ("metrics/?as_of=24", "四位的年份"),
        ("metrics/?as_of=0000", "四位的年份"),
        ("metrics/?after=x", "after"),
        ("metrics/?after=" + "9" * 30, "after"),
        ("metrics/?initiative=99999999", "没有编号为 99999999"),
        ("metrics/?organisation=²", "没有编号为"),
        ("metrics/?unit=%00", "不能用的字符"),
        ("metrics/?q=" + "长" * 201, "太长"),
        ("articles/?unit=名", "没有参数 unit"),
    ],
)
def test_what_is_not_understood_is_told_and_not_ignored(look, world, address, words):
    assert words in look(f"/lists/{address}", status=400)


@pytest.mark.parametrize("address", ["doubts/", "metrics/?city=150100&city=150200"])
def test_other_lists_are_not_found(look, world, address):
    look(f"/lists/{address}", status=404)


def test_names_are_escaped(look, world):
    OrganisationFactory(name="<img src=x onerror=alert(1)>社")
    assert "<img" not in look("/lists/organisations/")
