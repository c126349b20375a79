"""A record that has just come is held against those that were there, by index."""

import pytest

from kb.merging.duplicates import SAME_ALIAS, SAME_CORE, SAME_NAME, SHORTENED, tell_apart
from kb.merging.likeness import _SHORTER, MOST_FORMS, folded, forms
from kb.merging.newcomers import doubles
from tests.factories import InitiativeFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def found(resource, *rows, called=None):
    like = doubles(resource, rows, called or {})
    return {pk: [(double.pk, double.reasons) for double in others] for pk, others in like.items()}


@pytest.mark.parametrize(
    ("before", "name", "reason"),
    [
        ("白桦镇党委", "中共白桦镇委员会党委", None),
        ("白桦镇党委", "中共白桦镇党委", SHORTENED),
        ("中共白桦镇党委员会", "白桦镇党委", SHORTENED),
        ("青杨社区居民委员会", "青杨社区居委会", SHORTENED),
        ("青杨社区居委会", "青杨社区居民委员会", SHORTENED),
        ("“石榴花” 服务队", "石榴花服务队", SAME_NAME),
        ("白桦镇妇女联合会", "白桦镇妇联", SHORTENED),
    ],
)
def test_a_body_of_like_name_is_found_whichever_came_first(world, before, name, reason):
    there = OrganisationFactory(name=before, city=None)
    new = OrganisationFactory(name=name, city=world.baotou)
    assert found("organisations", new) == ({new.pk: [(there.pk, (reason,))]} if reason else {})


def test_a_body_of_no_city_finds_the_one_of_a_city(world):
    there = OrganisationFactory(name="青杨社区居民委员会", city=world.baotou)
    assert folded("青杨社区居委会") == folded(there.name)
    same = OrganisationFactory(name="青杨社区居民委员会", city=None)
    assert found("organisations", same) == {same.pk: [(there.pk, (SAME_NAME,))]}


def test_the_same_name_in_another_city_is_another_body(world):
    OrganisationFactory(name="白桦镇党委", city=world.ordos)
    new = OrganisationFactory(name="中共白桦镇党委", city=world.baotou)
    assert found("organisations", new) == {}


def test_a_name_that_the_page_gives_it_counts_though_another_bears_it(world):
    there = InitiativeFactory(name="“小马灯”夜校", city=world.baotou)
    new = InitiativeFactory(name="“萤火”课堂", city=world.baotou)
    called = {new.pk: ["“小马灯”夜校"]}
    assert found("initiatives", new, called=called) == {new.pk: [(there.pk, (SAME_ALIAS,))]}


def test_the_words_in_quotes_count_within_a_city_and_not_for_two_of_one_page(world):
    there = InitiativeFactory(name="“小马灯”夜校", city=world.baotou)
    InitiativeFactory(name="“小马灯”行动", city=None)
    InitiativeFactory(name="“小马灯”行动", city=world.ordos)
    new = InitiativeFactory(name="“小马灯”志愿服务", city=world.baotou)
    assert found("initiatives", new) == {new.pk: [(there.pk, (SAME_CORE,))]}
    assert found("initiatives", new, there) == {}


def test_two_newcomers_of_one_name_are_one_question(world):
    one = OrganisationFactory(name="白桦镇党委", city=world.baotou)
    other = OrganisationFactory(name="中共白桦镇党委", city=world.baotou)
    assert found("organisations", one, other) == {other.pk: [(one.pk, (SHORTENED,))]}


def test_what_was_told_apart_or_rejected_is_left_out(world):
    there = OrganisationFactory(name="白桦镇党委", city=world.baotou)
    new = OrganisationFactory(name="中共白桦镇党委", city=world.baotou)
    assert found("organisations", new)
    tell_apart("organisations", there.pk, new.pk, "林溪")
    assert found("organisations", new) == {}
    third = OrganisationFactory(name="白桦镇党委员会", city=world.baotou)
    type(there).objects.filter(pk__in=(there.pk, new.pk)).update(state="rejected")
    assert found("organisations", third) == {}


def test_newcomers_that_resemble_nothing_cost_one_query(world, django_assert_num_queries):
    rows = [OrganisationFactory(name=f"第{n}党委", city=world.baotou) for n in range(20)]
    with django_assert_num_queries(1):
        assert found("organisations", *rows) == {}
    with django_assert_num_queries(0):
        assert found("organisations") == {}


@pytest.mark.parametrize(("full", "brief"), [pair for pair in _SHORTER if pair[0] != "自治区" and pair[1]])
def test_each_full_form_is_found_by_its_short_one_and_the_other_way_round(full, brief):
    one, other = f"甲{full}党组", f"甲{brief}党组"
    assert folded(one) == folded(other)
    assert {one, other} <= forms(one) & forms(other)


def test_a_name_of_many_short_forms_is_looked_for_in_few():
    assert len(forms("甲委乙委丙委丁委戊委己委庚委党办")) <= MOST_FORMS + 1
