"""Two entities become one, and nothing that pointed at the one is lost."""

import pytest

from kb.changes import attributed
from kb.merging.images import links_to
from kb.merging.merge import MergeError, merge
from kb.models import Initiative, Metric, Organisation, Place
from tests.factories import InitiativeFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def join(gone, kept):
    with attributed("张三"):
        merge(gone, kept)
    gone.refresh_from_db()
    kept.refresh_from_db()


def names(row):
    return {name.name for name in row.names.all()}


def test_all_that_pointed_at_an_organisation_points_at_the_other(world):
    kept = OrganisationFactory(name="石榴花服务队", category="volunteer_team", city=world.hohhot)
    part = OrganisationFactory(name="石榴花服务队一组", parent=world.team)
    world.lights.organisers.add(world.team, kept)
    join(world.team, kept)
    assert names(kept) == {"石榴花服务队", "新城区石榴花志愿服务队", "石榴花志愿服务队"}
    assert [mention.text for mention in kept.mentions.all()] == ["新城区石榴花志愿服务队"]
    assert list(Metric.objects.filter(organisation=kept)) == [world.communities]
    assert list(world.lark.organisers.all()) == [kept]
    assert set(world.lights.organisers.all()) == {world.department, kept}
    part.refresh_from_db()
    assert part.parent == kept
    assert world.team.state == "rejected"
    for link in links_to(Organisation):
        assert not link.model.objects.filter(**{link.name: world.team}).exists(), link


def test_the_target_s_values_stay_and_its_gaps_are_filled(world):
    kept = OrganisationFactory(
        name="石榴花服务队", category="mass_organisation", city=world.baotou, place=None
    )
    join(world.team, kept)
    assert (kept.category, kept.city, kept.place) == ("mass_organisation", world.baotou, world.xincheng)


def test_what_a_person_emptied_stays_empty(world):
    kept = InitiativeFactory(name="云雀行动", city=None, locked=["started_on", "places"])
    join(world.lark, kept)
    assert (kept.started_on, kept.started_text, kept.city) == (None, "", world.hohhot)
    assert list(kept.places.all()) == []
    assert list(kept.organisers.all()) == [world.team]
    assert Metric.objects.filter(initiative=kept).count() == 2


def test_a_found_name_leads_to_what_is_left(world):
    join(world.lark, world.lights)
    assert [row.pk for row in Initiative.objects.asserted().with_text("云雀")] == [world.lights.pk]


def test_a_place_gives_its_code_and_what_lies_below_it(world):
    kept = PlaceFactory(name="新城", level="county", code=None, parent=world.hohhot, city=world.hohhot)
    town = PlaceFactory(name="柳湾镇", parent=world.xincheng, city=world.hohhot)
    join(world.xincheng, kept)
    town.refresh_from_db()
    assert (kept.code, world.xincheng.code, town.parent) == ("150102", None, kept)
    assert kept.names.get(key="150102").name == "新城区"
    assert list(world.lark.places.all()) == [kept]


def test_a_place_takes_the_one_right_above_it_in(world):
    join(world.kundulun, world.town)
    assert (world.town.parent, world.town.code) == (world.baotou, "150203")


def test_places_with_another_between_them_are_refused(world):
    site = PlaceFactory(name="鹿苑镇文化站", level="site", parent=world.town, city=world.baotou)
    with pytest.raises(MergeError, match="还有别的一级"):
        merge(world.kundulun, site)
    site.parent = None
    site.save()
    world.kundulun.parent = site
    world.kundulun.save()
    with pytest.raises(MergeError):
        merge(site, world.town)


def test_the_parent_that_lies_below_is_not_taken(world):
    top = PlaceFactory(name="云岭", level="county", parent=None)
    below = PlaceFactory(name="云岭镇", parent=top)
    gone = PlaceFactory(name="云岭县", level="county", parent=below)
    join(gone, top)
    assert top.parent is None


def test_every_link_is_known_also_a_hidden_one():
    assert {str(link) for link in links_to(Place)} >= {
        "kb.Page.home_city",
        "kb.Metric.city",
        "kb.Place.parent",
    }
    assert {str(link) for link in links_to(Initiative)} == {
        "kb.InitiativeName.initiative", "kb.InitiativeMention.initiative", "kb.Metric.initiative",
    }  # fmt: skip


def test_the_names_of_a_merged_city_hold_in_the_other(world):
    join(world.ordos, world.baotou)
    assert world.baotou.name == "包头市"
    world.bookroom.refresh_from_db()
    assert world.bookroom.city == world.baotou
    assert "150200/晨光书屋" in {name.key for name in world.bookroom.names.all()}
    assert Place.objects.get(pk=world.dalad.pk).parent == world.baotou


@pytest.mark.parametrize("which", ["gone", "kept"])
def test_rejected_rows_and_the_same_row_are_refused(world, which):
    row = world.lark if which == "gone" else world.lights
    Initiative.objects.filter(pk=row.pk).update(state="rejected")
    row.refresh_from_db()
    with pytest.raises(MergeError, match="已否定"):
        merge(world.lark, world.lights)
    with pytest.raises(MergeError, match="自身"):
        merge(world.bookroom, world.bookroom)


def test_a_metric_keeps_its_own_city(world):
    Metric.objects.filter(pk=world.communities.pk).update(city=None)
    join(world.team, world.department)
    world.communities.refresh_from_db()
    assert (world.communities.organisation, world.communities.city) == (world.department, None)
