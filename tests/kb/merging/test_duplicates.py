"""Records that may be one are suggested with reasons, laid side by side, and merged or told apart."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.urls import reverse

from kb.merging.duplicates import (
    SAME_ALIAS,
    SAME_CORE,
    SAME_NAME,
    SAME_STEM,
    SAME_TAIL,
    SHORTENED,
    pairs,
    tell_apart,
)
from kb.merging.likeness import core, folded, stem, tail
from kb.models import Distinct, Initiative, Merge, Organisation
from kb.web import kept
from tests.factories import InitiativeFactory, OrganisationFactory, OrganisationMentionFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def found(resource, **more):
    return {(pair.lower, pair.upper): pair.reasons for pair in pairs(resource, **more)}


def ids(one, other):
    return min(one.pk, other.pk), max(one.pk, other.pk)


def test_the_world_has_no_doubles(world):
    assert [pairs(resource) for resource in ("places", "organisations", "initiatives")] == [[], [], []]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("新城区石榴花志愿服务队", SAME_NAME),
        ("新城区 “石榴花” 志愿服务队", SAME_NAME),
        ("石榴花志愿服务队", SAME_ALIAS),
        ("新城区石榴花志愿者服务队", SHORTENED),
        ("新城石榴花志愿服务队", SAME_TAIL),
    ],
)
def test_organisations_of_like_names_are_suggested(world, name, reason):
    other = Organisation.objects.create(name=name, category="volunteer_team", place=world.xincheng)
    Organisation.objects.filter(pk=other.pk).update(city=world.hohhot)
    assert reason in found("organisations")[ids(world.team, other)]


def test_the_same_name_in_another_city_is_another_body(world):
    OrganisationFactory(name=world.team.name, city=world.baotou)
    assert found("organisations") == {}
    without = OrganisationFactory(name=world.team.name, city=None)
    assert ids(world.team, without) in found("organisations")


def test_initiatives_of_one_quoted_name(world):
    other = InitiativeFactory(name="“云雀”关爱行动", city=world.hohhot)
    assert found("initiatives")[ids(world.lark, other)] == (SAME_CORE,)


def test_places_of_one_name_below_one_place(world):
    same = PlaceFactory(name="鹿苑", level="township", parent=world.kundulun, city=world.baotou)
    assert found("places")[ids(world.town, same)] == (SAME_STEM,)
    PlaceFactory(name="鹿苑镇", level="township", parent=world.dalad, city=world.ordos)
    PlaceFactory(name="鹿苑村", level="village", parent=world.kundulun, city=world.baotou)
    assert len(found("places")) == 1


def test_rejected_records_and_pairs_told_apart_are_left_out(world):
    other = OrganisationFactory(name="石榴花志愿服务队", city=world.baotou)
    Organisation.objects.filter(pk=other.pk).update(city=world.hohhot)
    assert len(pairs("organisations")) == 1
    tell_apart("organisations", other.pk, world.team.pk, "张三")
    tell_apart("organisations", world.team.pk, other.pk, "李四")
    assert (pairs("organisations"), Distinct.objects.count()) == ([], 1)
    Distinct.objects.all().delete()
    Organisation.objects.filter(pk=other.pk).update(state="rejected")
    assert pairs("organisations") == []


def test_the_likelier_comes_first_and_a_city_can_be_chosen(world):
    same = Organisation.objects.create(name=world.team.name, category="other")
    quoted = InitiativeFactory(name="“三色灯”行动", city=world.baotou)
    named = Initiative.objects.create(name="“三色灯”工作机制", kind="mechanism")
    assert found("organisations")[ids(world.team, same)] == (SAME_NAME,)
    likeliest, *_ = found("initiatives")
    assert likeliest == ids(world.lights, named)
    assert list(found("initiatives", city=world.baotou.pk)) == [ids(world.lights, quoted)]


def test_names_are_folded_to_compare_them():
    assert folded("中共玉泉区委员会组织部") == folded("玉泉区委组织部")
    assert tail("土默特左旗委组织部", ("土默特左旗", "呼和浩特市")) == "委组织部"
    assert tail("玉泉区", ("玉泉区",)) == "玉泉区"
    assert (core("“云雀”志愿服务品牌"), core("云雀")) == ("云雀", "")
    assert (stem("鹿苑镇"), stem("柳村")) == ("鹿苑", "柳村")


def page(resource="organisations"):
    return reverse("admin:kb_merge_duplicates", args=[resource])


@pytest.fixture
def double(world):
    other = OrganisationFactory(name="石榴花志愿服务队", category="other")
    Organisation.objects.filter(pk=other.pk).update(city=world.hohhot)
    OrganisationMentionFactory(article=world.ordos_article, text="晨光", organisation=other)
    return other


def test_both_are_shown_side_by_side_with_the_printed_words(admin_client, world, double):
    shown = admin_client.get(page()).content.decode()
    for words in ("一个的别称是另一个的名称", "<mark>晨光</mark>", world.hohhot_article.title, "志愿服务队"):
        assert words in shown
    assert page() in admin_client.get(reverse("admin:kb_merge_changelist")).content.decode()
    assert admin_client.get(page("metrics")).status_code == 404
    for resource in ("places", "initiatives"):
        assert "没有发现可能重复的记录" in admin_client.get(page(resource)).content.decode()


def test_one_click_merges_them_and_another_takes_it_back(admin_client, admin_user, world, double):
    answer = admin_client.post(
        page(), {"gone": double.pk, "kept": world.team.pk, "decision": "merge"}, follow=True
    )
    merged = Merge.objects.get()
    assert (merged.gone_id, merged.kept_id, merged.by) == (double.pk, world.team.pk, admin_user.username)
    undo = reverse("admin:kb_merge_undo", args=[merged.pk])
    assert undo in answer.content.decode()
    assert "没有发现可能重复的记录" in answer.content.decode()
    admin_client.post(undo)
    double.refresh_from_db()
    assert double.state == "asserted"


def test_one_click_tells_them_apart_for_good(admin_client, world, double):
    values = {"gone": double.pk, "kept": world.team.pk, "decision": "distinct"}
    answer = admin_client.post(page(), values, follow=True)
    assert "没有发现可能重复的记录" in answer.content.decode()
    assert not Merge.objects.exists()
    Distinct.objects.get().delete()
    cache.clear()  # a moment later
    assert str(double) in admin_client.get(page()).content.decode()


def test_all_records_are_compared_only_now_and_then(admin_client, world, double, monkeypatch):
    monkeypatch.setattr(kept, "SHARE", 1_000_000)
    assert str(double) in admin_client.get(page()).content.decode()
    late = OrganisationFactory(name=double.name, category="other")
    assert admin_client.get(page()).context["page"].paginator.count == 1
    cache.clear()
    assert admin_client.get(page()).context["page"].paginator.count == 3
    Organisation.objects.filter(pk=late.pk).update(state="rejected")
    assert admin_client.get(page()).context["page"].paginator.count == 1
    tell_apart("organisations", double.pk, world.team.pk, "张三")
    assert admin_client.get(page()).context["page"].paginator.count == 0


def test_a_merge_that_cannot_be_says_why(admin_client, world, double):
    Organisation.objects.filter(pk=double.pk).update(state="rejected")
    values = {"gone": double.pk, "kept": world.team.pk, "decision": "merge"}
    assert "已否定的记录不能合并" in admin_client.post(page(), values, follow=True).content.decode()
    english = admin_client.post(page(), values, follow=True, headers={"Accept-Language": "en"})
    assert "A rejected record cannot be merged" in english.content.decode()
    assert admin_client.post(page(), {**values, "gone": "x"}).status_code == 404
    assert admin_client.post(page(), {**values, "gone": 999999}).status_code == 404


def test_looking_takes_the_right_to_view_and_deciding_that_to_change(client, world, double):
    person = User.objects.create_user("leser", is_staff=True)
    client.force_login(person)
    assert client.get(page()).status_code == 403
    person.user_permissions.add(Permission.objects.get(codename="view_organisation"))
    assert "合并，留下" not in client.get(page()).content.decode()
    values = {"gone": double.pk, "kept": world.team.pk, "decision": "merge"}
    assert client.post(page(), values).status_code == 403
    assert not Merge.objects.exists()


def test_the_page_takes_a_fixed_number_of_queries(admin_client, world, double, django_assert_max_num_queries):
    admin_client.get(page())
    with django_assert_max_num_queries(14) as few:
        admin_client.get(page())
    cache.clear()
    with django_assert_max_num_queries(len(few.captured_queries) + 4) as anew:
        admin_client.get(page())
    for number in range(12):
        one = OrganisationFactory(name=f"第{number}队", city=None)
        other = OrganisationFactory(name=f"第{number}队", city=world.ordos)
        for row in (one, other):
            OrganisationMentionFactory(
                article=world.ordos_article, text="晨光", organisation=row, ordinal=row.pk
            )
    cache.clear()
    with django_assert_max_num_queries(len(anew.captured_queries)):
        shown = admin_client.get(page()).content.decode()
    assert "?page=2" in shown
    assert "第0队" in admin_client.get(page(), {"page": 2}).content.decode()
