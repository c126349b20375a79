"""A merge that is taken back leaves everything as it was before."""

import pytest

from kb.changes import attributed
from kb.merging.merge import MergeError, merge, merged_into
from kb.models import Initiative, InitiativeName, Merge, Metric, Organisation, OrganisationMention
from tests.factories import InitiativeFactory, OrganisationFactory, OrganisationMentionFactory, PlaceFactory
from tests.kb.merging.steps import everything, join, undo

pytestmark = pytest.mark.django_db


def pairs(world):
    """Pairs with all that a merge moves: gaps to fill, lists in common, parts, codes, names of a city."""
    spare = OrganisationFactory(name="石榴花服务队", category="volunteer_team", city=world.hohhot)
    OrganisationFactory(name="石榴花一组", parent=world.team)
    world.lights.organisers.add(world.team, spare)
    district = PlaceFactory(name="新城", level="county", parent=world.hohhot, city=world.hohhot)
    PlaceFactory(name="柳湾镇", parent=world.xincheng, city=world.hohhot)
    return {
        "organisation": (world.team, spare),
        "organisation with links of its own": (world.department, world.team),
        "initiative": (world.lark, InitiativeFactory(name="云雀行动", places=[world.xincheng, world.town])),
        "district with a code": (world.xincheng, district),
        "place right above": (world.kundulun, world.town),
        "city": (world.ordos, world.baotou),
    }


@pytest.mark.parametrize(
    "which",
    ["organisation", "organisation with links of its own", "initiative", "district with a code",
     "place right above", "city"],
)  # fmt: skip
def test_everything_is_as_it_was(world, which):
    gone, kept = pairs(world)[which]
    before = everything()
    merged = join(gone, kept)
    assert everything() != before
    undo(merged)
    after = everything()
    for table in before:
        assert after[table] == before[table], table
    merged.refresh_from_db()
    assert (merged.by, merged.undone_by, merged.undone_at is None) == ("张三", "李四", False)


def test_both_are_found_by_their_names_again(world):
    undo(join(world.lark, world.lights))
    assert [row.pk for row in Initiative.objects.asserted().with_text("云雀")] == [world.lark.pk]
    assert [row.pk for row in Initiative.objects.asserted().with_text("三色灯")] == [world.lights.pk]


def test_both_tell_of_the_merge_and_of_its_undoing(world):
    undo(join(world.team, world.department))
    mention = world.team.mentions.get()
    for row in (world.team, world.department, world.lark, mention, world.communities):
        told = [(r.history_change_reason, r.history_user_id) for r in row.history.order_by("history_id")]
        assert told == [("create", ""), ("merge", "张三"), ("unmerge", "李四")], row
    names = [name for name, _key in world.department.history.order_by("history_id")[1].parts["names"]]
    assert world.team.name in names
    latest = world.lark.history.latest("history_id")
    assert latest.parts["organisers"] == [world.team.pk]


def test_the_old_id_is_its_own_again_also_for_what_was_merged_into_it_before(world):
    third = OrganisationFactory(name="石榴花总队")
    join(third, world.team)
    merged = join(world.team, world.department)
    assert merged_into(Organisation, third.pk) == world.department.pk
    undo(merged)
    assert merged_into(Organisation, third.pk) == world.team.pk
    assert merged_into(Organisation, world.team.pk) is None


def test_what_came_since_stays_with_what_was_left(world):
    merged = join(world.team, world.department)
    new = OrganisationMentionFactory(
        article=world.ordos_article, text="达拉特旗", organisation=world.department
    )
    world.department.category = "other"
    world.department.save()
    undo(merged)
    new.refresh_from_db()
    world.department.refresh_from_db()
    assert (new.organisation, world.department.category) == (world.department, "other")


def test_one_may_merge_them_again(world):
    undo(join(world.team, world.department))
    world.team.refresh_from_db()
    again = join(world.team, world.department)
    assert merged_into(Organisation, world.team.pk) == world.department.pk
    undo(again)


def refused(merged, words):
    before = everything()
    with pytest.raises(MergeError, match=words):
        undo(merged)
    assert everything() == before
    assert Merge.objects.get(pk=merged.pk).undone_at is None


def test_a_moved_row_that_was_changed_since_stands_in_the_way(world):
    merged = join(world.team, world.department)
    Metric.objects.filter(pk=world.communities.pk).update(organisation=None)
    refused(merged, f"数据 {world.communities.pk}")


def test_a_moved_row_that_is_gone_stands_in_the_way(world):
    pk = world.team.mentions.get().pk
    merged = join(world.team, world.department)
    OrganisationMention.objects.filter(pk=pk).delete()
    refused(merged, f"组织出处 {pk}")


def test_a_filled_field_that_was_changed_since_stands_in_the_way(world):
    kept = OrganisationFactory(name="石榴花服务队")
    merged = join(world.team, kept)
    Organisation.objects.filter(pk=kept.pk).update(city=world.ordos)
    refused(merged, f"组织 {kept.pk}")


def test_a_later_merge_is_to_be_taken_back_first(world):
    third = OrganisationFactory(name="石榴花总队")
    first = join(world.team, world.department)
    second = join(world.department, third)
    refused(first, "请先撤销那次合并")
    undo(second)
    undo(first)


def test_what_was_left_and_then_rejected_stays(world):
    merged = join(world.team, world.department)
    Organisation.objects.filter(pk=world.department.pk).update(state="rejected")
    refused(merged, "已被否定")


def test_a_list_whose_owner_is_gone_stands_in_the_way(world):
    world.lights.organisers.add(world.team)
    merged = join(world.team, world.department)
    world.lights.mentions.all().delete()
    Metric.objects.filter(initiative=world.lights).delete()
    Initiative.objects.filter(pk=world.lights.pk).delete()
    refused(merged, f"举措 {world.lights.pk}")


def test_a_name_that_the_merge_made_and_another_has_now_stands_in_the_way(world):
    merged = join(world.ordos, world.baotou)
    name = InitiativeName.objects.get(key="150200/晨光书屋")
    name.initiative = world.lights
    name.save()
    refused(merged, f"举措别称 {name.pk}")


def test_twice_is_once(world):
    merged = join(world.team, world.department)
    undo(merged)
    with pytest.raises(MergeError, match="已经撤销"):
        undo(merged)


def test_a_merge_without_its_steps_cannot_be_taken_back(world):
    merged = join(world.team, world.department)
    Merge.objects.filter(pk=merged.pk).update(steps=None)
    merged.refresh_from_db()
    with pytest.raises(MergeError, match="没有留下"):
        undo(merged)


def test_a_merge_takes_a_number_of_queries_that_does_not_grow(world, django_assert_max_num_queries):
    with attributed("张三"), django_assert_max_num_queries(120) as few:
        merge(world.team, world.department)
    third = OrganisationFactory(name="石榴花总队")
    for number in range(30):
        OrganisationMentionFactory(
            article=world.ordos_article, text="达拉特旗", organisation=world.department, ordinal=number
        )
    world.department.refresh_from_db()
    with attributed("张三"), django_assert_max_num_queries(len(few.captured_queries) + 10):
        merge(world.department, third)
