"""What a decision writes, and that it can be taken back."""

import pytest

from kb.models import (
    Change,
    Decision,
    Doubt,
    Initiative,
    InitiativeMention,
    Metric,
    Organisation,
    OrganisationMention,
    Place,
    PlaceMention,
)
from kb.review.answers import answers_to
from kb.review.decide import ACCEPT, REJECT, SKIP, choose, decide, undo
from kb.review.queue import claim_one
from kb.review.refusal import RefusedError
from tests.factories import (
    ArticleFactory,
    DoubtFactory,
    MetricFactory,
    OrganisationMentionFactory,
    PlaceFactory,
    PlaceMentionFactory,
)
from tests.kb.review.conftest import doubt

pytestmark = pytest.mark.django_db

WATCHED = (Place, PlaceMention, Organisation, OrganisationMention, Initiative, InitiativeMention, Metric)


def records():
    """Every row that a decision may write, without the times."""
    left_out = {"updated_at", "created_at"}
    return {
        model: [
            {key: value for key, value in row.items() if key not in left_out}
            for row in model.objects.order_by("pk").values()
        ]
        for model in WATCHED
    }


def option(row, words):
    """The key of the option that is called so."""
    return next(each.key for each in answers_to(row).options() if words in each.label)


def test_a_name_of_several_places_is_tied_to_the_chosen_one(editor, queue):
    mention = PlaceMentionFactory(
        article=queue.article, text="新城区", start=queue.place.start, end=queue.place.end
    )
    chosen = option(queue.place, "新城区")
    decide(editor, [queue.place.pk], choose(chosen))
    mention.refresh_from_db()
    assert (mention.place, mention.official) == (queue.world.xincheng, "新城区")
    assert mention.locked == ["official", "place"]


def test_a_village_is_made_below_the_township_of_the_article(editor, queue):
    PlaceMentionFactory(article=queue.article, text="鹿苑镇", place=queue.world.town)
    labels = [each.label for each in answers_to(queue.village).options()]
    assert labels == ["鹿苑镇 · 青杨村", "包头市 · 青杨村"]
    decide(editor, [queue.village.pk], choose(option(queue.village, "鹿苑镇")))
    village = Place.objects.get(name="青杨村")
    assert (village.parent, village.city, village.level, village.origin) == (
        queue.world.town,
        queue.world.baotou,
        "village",
        "manual",
    )
    assert PlaceMention.objects.get(text="青杨村").place == village


def test_a_department_becomes_that_of_a_place(editor, queue):
    decide(editor, [queue.body.pk], choose(option(queue.body, "包头市教育局")))
    mention = OrganisationMention.objects.get(text="教育局")
    assert (mention.organisation.name, mention.organisation.city) == ("包头市教育局", queue.world.baotou)
    assert (mention.origin, mention.locked) == ("manual", ["name", "organisation"])


def test_one_of_two_bodies_of_a_name_is_chosen(editor, two_of_a_name, world):
    mention = OrganisationMentionFactory(article=two_of_a_name.article, text="晚霞艺术团")
    options = answers_to(two_of_a_name).options()
    assert [each.is_suggested for each in options] == [True, False]
    assert "与文章同一盟市" in options[0].features
    decide(editor, [two_of_a_name.pk], choose(options[0].key))
    mention.refresh_from_db()
    assert mention.organisation.city == world.baotou


def test_quoted_words_become_an_initiative_of_a_kind(editor, queue):
    decide(editor, [queue.named.pk], choose("kind:brand"))
    row = Initiative.objects.get(name="“小马灯”")
    assert (row.kind, row.city, row.source_article) == ("brand", queue.world.baotou, queue.article)
    assert InitiativeMention.objects.get(text="“小马灯”").initiative == row
    assert row in Initiative.objects.with_text("小马灯")


def test_a_round_number_counts_after_all(editor, queue):
    [suggested] = answers_to(queue.round).options()
    assert (suggested.label, suggested.is_suggested) == ("计为数据：100 名", True)
    decide(editor, [queue.round.pk], choose(suggested.key))
    row = Metric.objects.get(text="百名")
    assert (row.value, row.unit, row.qualifier, row.low) == (100, "名", "exact", 100)


def test_a_figure_is_given_its_subject_from_the_words_beside_it(editor, queue):
    row = MetricFactory(article=queue.article, text="30件", value=30, unit="件", subject="")
    MetricFactory(article=queue.article, text="20次", value=20, unit="件", subject="走访群众")
    labels = [each.label for each in answers_to(queue.figure).options()]
    assert labels[0] == "走访群众"
    decide(editor, [queue.figure.pk], choose("subject:实事"))
    row.refresh_from_db()
    assert (row.subject, row.locked) == ("实事", ["subject"])


def test_a_headline_goes_to_the_article_that_is_chosen(editor, world):
    article = ArticleFactory(page=world.page, title="", body="近日，党员修路。")
    row = DoubtFactory(
        article=None, page=world.page, kind="article", reason="layout", text="三色灯照亮老街", end=0,
        candidates=["近日，党员"],
    )  # fmt: skip
    decide(editor, [row.pk], choose(option(row, "近日")))
    article.refresh_from_db()
    world.baotou_article.refresh_from_db()
    assert (article.title, article.locked) == ("三色灯照亮老街", ["title"])
    assert world.baotou_article.title == ""


def test_what_is_rejected_is_marked_wrong_and_stays(editor, queue):
    mention = PlaceMentionFactory(article=queue.article, text="青杨村")
    decide(editor, [queue.village.pk], REJECT)
    mention.refresh_from_db()
    assert (mention.state, mention.is_protected) == ("rejected", True)


def test_accepting_and_skipping_write_no_record(editor, queue):
    before = records()
    decide(editor, [queue.village.pk], ACCEPT)
    decide(editor, [queue.body.pk], SKIP)
    assert records() == before
    assert [Doubt.objects.get(pk=row.pk).state for row in (queue.village, queue.body)] == [
        "accepted",
        "skipped",
    ]


def test_one_decision_for_all_of_a_case(editor, world):
    article = ArticleFactory(body="双山村，双山村，双山村", city=world.baotou)
    rows = [doubt(article, "双山村", "place", "unresolved", nth) for nth in range(3)]
    mentions = [
        PlaceMentionFactory(article=article, text="双山村", start=row.start, end=row.end) for row in rows
    ]
    decision = decide(editor, [row.pk for row in rows], choose(option(rows[0], "包头市")))
    assert decision.doubts_count == 3
    village = Place.objects.get(name="双山村")
    for mention in mentions:
        mention.refresh_from_db()
        assert (mention.place, mention.locked) == (village, ["official", "place"])
    undo(editor)
    assert not Place.objects.filter(name="双山村").exists()
    assert set(PlaceMention.objects.filter(text="双山村").values_list("place", flat=True)) == {None}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("place", None),
        ("village", None),
        ("body", None),
        ("named", "kind:event"),
        ("round", None),
        ("figure", "subject:实事"),
    ],
)
def test_undoing_brings_everything_back(editor, queue, name, key):
    MetricFactory(article=queue.article, text="30件", value=30, unit="件", subject="")
    row = getattr(queue, name)
    before = records()
    decide(editor, [row.pk], choose(key or answers_to(row).options()[0].key))
    assert records() != before
    decision, pk = undo(editor)
    assert records() == before
    row.refresh_from_db()
    assert (pk, row.state, row.decided_by, row.claimed_by) == (row.pk, "open", None, editor)
    assert decision.undone_at is not None


def test_decisions_are_taken_back_one_after_the_other_and_only_ones_own(editor, other, queue):
    decide(editor, [queue.place.pk], REJECT)
    decide(editor, [queue.village.pk], REJECT)
    decide(other, [queue.body.pk], REJECT)
    assert [undo(editor)[1], undo(editor)[1]] == [queue.village.pk, queue.place.pk]
    with pytest.raises(RefusedError, match="没有可以撤销的决定"):
        undo(editor)
    assert Doubt.objects.get(pk=queue.body.pk).state == "rejected"


def test_what_was_edited_since_is_not_undone(editor, queue):
    row = MetricFactory(article=queue.article, text="30件", value=30, unit="件", subject="")
    decide(editor, [queue.figure.pk], choose("subject:实事"))
    Metric.objects.filter(pk=row.pk).update(subject="好事")
    with pytest.raises(RefusedError, match="又改过"):
        undo(editor)
    assert Doubt.objects.get(pk=queue.figure.pk).state == "accepted"
    assert Decision.objects.get().undone_at is None


def test_what_a_person_wrote_elsewhere_is_not_overwritten(editor, queue):
    row = MetricFactory(article=queue.article, text="30件", value=30, unit="件", subject="好事")
    row.lock(["subject"])
    row.save()
    with pytest.raises(RefusedError, match="已由人写定"):
        decide(editor, [queue.figure.pk], choose("subject:实事"))
    row.refresh_from_db()
    assert row.subject == "好事"
    assert Doubt.objects.get(pk=queue.figure.pk).state == "open"


def test_a_decision_on_what_was_decided_says_who_when_and_what(editor, other, queue):
    decide(other, [queue.named.pk], choose("kind:brand"))
    with pytest.raises(RefusedError, match=r"已由 周牧云 在 \d\d:\d\d 处理（已采纳：“小马灯”（品牌））"):
        decide(editor, [queue.named.pk], REJECT)
    assert Decision.objects.count() == 1


def test_what_somebody_is_at_is_left_to_them(editor, other, queue):
    claim_one(other, queue.place.pk)
    with pytest.raises(RefusedError, match="正由 周牧云 审核"):
        decide(editor, [queue.place.pk], REJECT)
    assert decide(editor, [queue.place.pk, queue.body.pk], REJECT).doubts_count == 1


def test_a_doubt_that_an_import_took_away_says_so(editor):
    with pytest.raises(RefusedError, match="重新导入后不再存疑"):
        decide(editor, [4711], REJECT)


@pytest.mark.parametrize(
    "key", ["place:0", "place:x", "nothing:1", "__class__:1", "below:999999", "kind:brand", ":", "place:"]
)
def test_an_option_that_means_nothing_is_refused(editor, queue, key):
    with pytest.raises(RefusedError):
        decide(editor, [queue.place.pk], choose(key))
    assert Doubt.objects.get(pk=queue.place.pk).state == "open"


def test_the_feed_of_changes_says_who_decided(editor, queue):
    decide(editor, [queue.named.pk], choose("kind:brand"))
    row = Initiative.objects.get(name="“小马灯”")
    change = Change.objects.get(resource="initiatives", record_id=row.pk)
    assert (change.action, change.by) == ("create", "林溪")


def test_a_merged_or_rejected_place_is_not_offered(queue):
    PlaceFactory(name="新城区", level="county", state="rejected")
    assert len(answers_to(queue.place).options()) == 1
