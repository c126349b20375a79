import pytest

from kb.models import InitiativeMention
from tests.factories import InitiativeFactory, InitiativeMentionFactory, MetricFactory, OrganisationFactory

QUERIES = 10


def test_the_page_tells_what_a_city_has_in_a_fixed_number_of_queries(look, world):
    text = look("/cities/150100/")
    assert look.queries == QUERIES
    for words in (
        "呼和浩特市", "“云雀”志愿服务品牌", "新城区石榴花志愿服务队", "志愿服务队", "云雀飞进寻常巷",
        "35万余小时", "云岭日报", "2025-03-01",
    ):  # fmt: skip
        assert words in text
    mention = InitiativeMention.objects.get(initiative=world.lark)
    assert f'href="/articles/{world.hohhot_article.pk}/#initiative-{mention.pk}"' in text


def test_the_number_of_queries_does_not_grow_and_long_groups_lead_to_all(look, world):
    for number in range(15):
        body = OrganisationFactory(city=world.hohhot)
        row = InitiativeFactory(city=world.hohhot, kind="brand", name=f"“{number}号”品牌", organisers=[body])
        InitiativeMentionFactory(
            initiative=row, text=f"{number}号", article__page=world.page, article__body=f"建{number}号。"
        )
        MetricFactory(city=world.hohhot, unit=f"样{number}")
    text = look("/cities/150100/")
    assert look.queries == QUERIES
    assert "共 16 项" in text
    assert '<a class="more" href="/lists/initiatives/?city=150100&amp;kind=brand">' in text
    assert "“14号”品牌" in text
    assert ">“云雀”志愿服务品牌<" not in text  # the latest ten


def test_a_city_without_records_says_so(look, world):
    text = look("/cities/150400/")
    assert look.queries == 1
    assert "赤峰市" in text
    assert "还没有举措" in text


def test_an_initiative_is_shown_where_its_places_are(look, world):
    world.lark.places.add(world.kundulun)
    assert "“云雀”志愿服务品牌" in look("/cities/150200/")


@pytest.mark.parametrize("code", ["110000", "x", "<script>"])
def test_other_codes_are_not_found(look, db, code):
    assert "没有这个页面" in look(f"/cities/{code}/", status=404)


def test_hostile_names_are_escaped(look, world):
    hostile = "<img src=x onerror=alert(1)>"
    body = OrganisationFactory(city=world.hohhot, name=f"{hostile}社")
    InitiativeFactory(city=world.hohhot, name=f"{hostile}活动", organisers=[body])
    assert "<img" not in look("/cities/150100/")
