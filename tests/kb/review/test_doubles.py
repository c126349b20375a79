"""Two records that may be one, as a doubt of the queue: merged, or kept apart; both can be undone."""

import pytest

from kb.changes import attributed
from kb.merging.duplicates import SAME_NAME, pairs, tell_apart
from kb.merging.merge import merge
from kb.merging.undo import unmerge
from kb.models import Distinct, Doubt, Merge
from kb.review.answers import answers_to
from kb.review.decide import REJECT, choose, decide, undo
from kb.review.refusal import RefusedError
from tests.factories import ArticleFactory, OrganisationFactory, OrganisationMentionFactory
from tests.kb.review.conftest import doubt as about

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world):
    """The team of the world, and one that came later and may be it, with its doubt."""
    new = OrganisationFactory(name="石榴花志愿服务队", category="volunteer_team", city=None)
    article = ArticleFactory(page=world.page, body="石榴花志愿服务队来了。", city=world.hohhot)
    OrganisationMentionFactory(article=article, text="石榴花志愿服务队", organisation=new)
    return world.team, new, ask(article, "石榴花志愿服务队", new, world.team)


def ask(article, text, new, *others):
    candidates = [{"record": new.pk, "other": o.pk, "name": o.name, "reasons": [SAME_NAME]} for o in others]
    return about(article, text, "organisation", "possible_duplicate", candidates=candidates)


def state(doubt):
    doubt.refresh_from_db()
    return doubt.state


def test_both_stand_side_by_side_with_the_reason(two):
    team, new, doubt = two
    answers = answers_to(doubt)
    assert answers.question() == f"“{new}”与“{team}”是同一个吗？"
    assert answers.reasons() == ["名称相同"]
    assert [side.row for side in answers.compared()] == [new, team]
    first, second = answers.options()
    assert (first.label, first.is_suggested) == (f"合并，留下“{team}”", True), "it has more evidence"
    assert (first.key, second.key) == (f"merge:{new.pk}-{team.pk}", f"merge:{team.pk}-{new.pk}")


def test_a_name_with_quotes_of_its_own_is_asked_for_with_single_ones(two):
    team, new, doubt = two
    new.name = "“石榴”志愿队"
    new.save()
    assert answers_to(doubt).question() == f"“‘石榴’志愿队”与“{team}”是同一个吗？"


@pytest.mark.parametrize("way", [0, 1])
def test_one_choice_merges_and_undo_parts_them(two, editor, way):
    team, new, doubt = two
    decide(editor, [doubt.pk], choose(answers_to(doubt).options()[way].key))
    merged = Merge.objects.get()
    assert (merged.kept_id, merged.by) == ([team.pk, new.pk][way], "林溪")
    assert state(doubt) == "accepted"
    undo(editor)
    merged.refresh_from_db()
    assert merged.undone_by == "林溪"
    assert state(doubt) == "open"
    assert len(answers_to(doubt).options()) == 2


def test_rejecting_keeps_them_apart_and_undo_takes_that_back(two, editor):
    _team, _new, doubt = two
    decide(editor, [doubt.pk], REJECT)
    assert (Distinct.objects.get().by, pairs("organisations"), state(doubt)) == ("林溪", [], "rejected")
    undo(editor)
    assert (Distinct.objects.count(), state(doubt)) == (0, "open")


def test_of_three_one_pair_is_merged_and_the_decision_stays_one_that_can_be_undone(two, editor, world):
    _team, new, doubt = two
    third = OrganisationFactory(name="石榴花队", category="volunteer_team", city=None)
    doubt.candidates = [*doubt.candidates, {**doubt.candidates[0], "other": third.pk}]
    doubt.save()
    assert len(answers_to(doubt).options()) == 4
    assert not any(option.is_suggested for option in answers_to(doubt).options())
    decide(editor, [doubt.pk], choose(f"merge:{third.pk}-{new.pk}"))
    assert state(doubt) == "accepted"
    undo(editor)
    decide(editor, [doubt.pk], REJECT)
    assert (Distinct.objects.count(), state(doubt)) == (2, "rejected")
    undo(editor)
    assert (Distinct.objects.count(), state(doubt)) == (0, "open")


def test_what_is_settled_elsewhere_leaves_the_queue_and_comes_back(two):
    team, new, doubt = two
    with attributed("周牧云"):
        merged = merge(new, team)
    assert state(doubt) == "accepted"
    with attributed("周牧云"):
        unmerge(merged)
    assert state(doubt) == "open"
    apart = tell_apart("organisations", team.pk, new.pk, "周牧云")
    assert state(doubt) == "rejected"
    apart.delete()
    assert state(doubt) == "open"


def test_a_record_that_was_merged_on_is_asked_about_by_what_is_left(two, world):
    team, new, doubt = two
    third = OrganisationFactory(name="石榴花队", category="volunteer_team", city=None)
    with attributed("周牧云"):
        merge(new, third)
    assert state(doubt) == "open"
    assert answers_to(doubt).question() == f"“{third}”与“{team}”是同一个吗？"


def test_a_pair_that_is_none_any_more_is_refused(two, editor, world):
    team, new, doubt = two
    for pair in (f"{new.pk}-{world.department.pk}", "x-y", f"{new.pk}", f"{new.pk}-{new.pk}"):
        with pytest.raises(RefusedError, match="没有这个选项"):
            decide(editor, [doubt.pk], choose(f"merge:{pair}"))
    assert (state(doubt), Merge.objects.count()) == ("open", 0)
    type(team).objects.filter(pk=team.pk).update(state="rejected")
    assert (answers_to(doubt).options(), answers_to(doubt).question()) == (
        [],
        "“石榴花志愿服务队”与别的记录是同一个吗？",
    )


def test_a_merge_that_cannot_be_says_why(two, editor):
    team, new, doubt = two
    type(team).objects.filter(pk=new.pk).update(parent=OrganisationFactory(parent=team))
    with pytest.raises(RefusedError, match="两者之间还有别的一级"):
        decide(editor, [doubt.pk], choose(f"merge:{team.pk}-{new.pk}"))
    assert state(doubt) == "open"


def test_vouching_for_the_words_does_not_settle_whether_two_are_one(two, admin_client):
    _team, new, doubt = two
    mention = new.mentions.get()
    sent = {"action": "mark_reviewed", "_selected_action": [mention.pk]}
    admin_client.post("/admin/kb/organisationmention/", sent)
    assert state(doubt) == "open"


def test_the_page_lays_both_side_by_side(two, client, editor):
    team, new, doubt = two
    client.force_login(editor)
    text = client.get(f"/review/{doubt.pk}/").content.decode()
    for words in ("名称相同", f"<h3>{team}</h3>", f"<h3>{new}</h3>", "不是同一个，不再提示", "采纳建议"):
        assert words in text
    assert Doubt.objects.get(pk=doubt.pk).claimed_by == editor
