"""What is to be decided about a record follows it when it is merged, and comes back when that is undone."""

import pytest

from kb.divergences import take
from kb.merging.duplicates import pairs, tell_apart
from kb.models import Distinct, Doubt
from tests.factories import DivergenceFactory, OrganisationFactory
from tests.kb.merging.steps import everything, join, undo

pytestmark = pytest.mark.django_db


def differs(row, field, value, article=None):
    row.lock([field])
    row.save()
    return DivergenceFactory(
        row=row, model=row._meta.model_name, field=field, read={field: value}, name=str(row), article=article
    )


@pytest.fixture
def asked(world):
    """The team is to be a department by a newer reading; a person wrote otherwise."""
    return differs(world.team, "category", "party_department", world.hohhot_article)


def now(divergence):
    divergence.refresh_from_db()
    return divergence.record_id, divergence.name, divergence.state


def test_an_open_difference_and_its_doubt_go_over_and_come_back(world, asked):
    kept = OrganisationFactory(name="石榴花服务队", category="other")
    before = everything()
    merged = join(world.team, kept)
    assert now(asked) == (kept.pk, "石榴花服务队", "open")
    assert Doubt.objects.get(divergence=asked).state == "open"
    undo(merged)
    after = everything()
    for table in before:
        assert after[table] == before[table], table
    assert Doubt.objects.get(divergence=asked).state == "open"


def test_where_the_one_that_is_left_says_what_was_read_nothing_is_asked(world, asked):
    kept = OrganisationFactory(name="石榴花服务队", category="party_department")
    merged = join(world.team, kept)
    assert now(asked)[2] == "kept"
    assert Doubt.objects.get(divergence=asked).state == "rejected"
    undo(merged)
    assert now(asked) == (world.team.pk, world.team.name, "open")
    assert Doubt.objects.get(divergence=asked).state == "open"


def test_where_the_one_that_is_left_is_asked_too_its_own_question_stands(world, asked):
    kept = OrganisationFactory(name="石榴花服务队", category="other")
    own = differs(kept, "category", "media")
    merged = join(world.team, kept)
    assert (now(own), now(asked)[2]) == ((kept.pk, "石榴花服务队", "open"), "kept")
    undo(merged)
    assert (now(own)[2], now(asked)) == ("open", (world.team.pk, world.team.name, "open"))


def test_a_question_that_was_decided_since_stands_in_nobodys_way(world, asked, admin_user):
    kept = OrganisationFactory(name="石榴花服务队", category="other")
    merged = join(world.team, kept)
    asked.refresh_from_db()
    asked.state = "kept"
    asked.save()
    undo(merged)
    assert now(asked) == (world.team.pk, world.team.name, "kept")


@pytest.mark.parametrize("state", ["open", "kept"])
def test_a_reading_that_points_at_what_is_gone_points_at_what_is_left(world, state, admin_user):
    kept = OrganisationFactory(name="石榴花服务队")
    found = differs(world.visits, "organisation", world.team.pk)
    listed = differs(world.lights, "organisers", world.team.pk)
    type(listed).objects.filter(pk=listed.pk).update(read={"organisers": [world.team.pk]})
    type(found).objects.filter(pk__in=(found.pk, listed.pk)).update(state=state)
    merged = join(world.team, kept)
    found.refresh_from_db()
    listed.refresh_from_db()
    assert (found.read, listed.read) == ({"organisation": kept.pk}, {"organisers": [kept.pk]})
    assert {found.state, listed.state} == {state}
    undo(merged)
    found.refresh_from_db()
    listed.refresh_from_db()
    assert (found.read, listed.read) == ({"organisation": world.team.pk}, {"organisers": [world.team.pk]})
    if state == "open":
        assert take(found, admin_user).organisation == world.team


def test_what_was_told_apart_from_the_one_is_apart_from_the_other(world):
    like = OrganisationFactory(name=world.team.name, category="other", city=None)
    kept = OrganisationFactory(name="石榴花志愿队", city=None)
    tell_apart("organisations", like.pk, world.team.pk, "张三")
    merged = join(world.team, kept)
    assert {(row.lower_id, row.upper_id) for row in Distinct.objects.all()} == {
        (world.team.pk, like.pk),
        (like.pk, kept.pk),
    }
    assert pairs("organisations") == []
    undo(merged)
    assert Distinct.objects.count() == 1
