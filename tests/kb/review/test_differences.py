"""A person's word against a newer reading, as a doubt of the queue."""

import pytest

from kb import divergences
from kb.models import Divergence, Doubt, Metric
from kb.review.answers import answers_to
from kb.review.decide import REJECT, choose, decide, undo
from kb.review.queue import Narrowing
from kb.review.refusal import RefusedError
from tests.factories import DivergenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def difference(world):
    """A figure whose subject a person corrected, and which was read otherwise since."""
    world.visits.subject = "入户走访"
    world.visits.lock(["subject"])
    world.visits.save()
    read = {"subject": "走访牧户"}
    return DivergenceFactory(row=world.visits, name="9624次", read=read, article=world.baotou_article)


def test_a_difference_waits_in_the_queue_at_its_words(difference, world):
    doubt = Narrowing(reason="divergence").select().get()
    assert (doubt.kind, doubt.text, doubt.article) == ("metric", "9624次", world.baotou_article)
    assert doubt.article.body[doubt.start : doubt.end] == "9624次"
    answers = answers_to(doubt)
    assert answers.question() == "“9624次”的统计对象以哪个为准？"
    assert [(each.label, *each.features) for each in answers.options()] == [
        ("入户走访", "人工写的"),
        ("走访牧户", "导入程序新读的"),
    ]


@pytest.mark.parametrize(
    ("verdict", "subject", "locked", "state"),
    [
        (choose("reading:keep"), "入户走访", ["subject"], "kept"),
        (REJECT, "入户走访", ["subject"], "kept"),
        (choose("reading:take"), "走访牧户", [], "taken"),
    ],
)
def test_it_is_settled_and_that_can_be_undone(difference, world, editor, verdict, subject, locked, state):
    decide(editor, [difference.doubt.pk], verdict)
    world.visits.refresh_from_db()
    difference.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == (subject, locked)
    assert (difference.state, difference.decided_by) == (state, editor)
    undo(editor)
    world.visits.refresh_from_db()
    difference.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("入户走访", ["subject"])
    assert (difference.state, difference.decided_by) == ("open", None)
    assert Doubt.objects.get(divergence=difference).state == "open"


def test_what_is_settled_elsewhere_leaves_the_queue(difference, editor):
    divergences.take(difference, editor)
    doubt = Doubt.objects.get(divergence=difference)
    assert (doubt.state, doubt.decided_by) == ("accepted", editor)
    with pytest.raises(RefusedError, match="林溪"):
        decide(editor, [doubt.pk], REJECT)


def test_another_reading_asks_again_and_one_that_agrees_takes_the_question_away(difference, editor):
    decide(editor, [difference.doubt.pk], REJECT)
    again = Divergence.objects.get()
    again.read, again.state, again.decided_by, again.decided_at = {"subject": "家访"}, "open", None, None
    again.save()
    assert Doubt.objects.get().state == "open"
    again.delete()
    assert not Doubt.objects.exists()


def test_two_fields_of_one_figure_are_two_questions(difference, world):
    DivergenceFactory(row=world.visits, field="unit", read={"unit": "户"}, article=world.baotou_article)
    assert Doubt.objects.count() == 2
    assert len(set(Doubt.objects.values_list("case_key", flat=True))) == 2


def test_a_reading_that_cannot_be_written_is_refused_in_words(difference, world, editor):
    Divergence.objects.update(field="initiative", read={"initiative": 4711})
    with pytest.raises(RefusedError, match="已经不在库中"):
        decide(editor, [difference.doubt.pk], choose("reading:take"))
    assert Metric.objects.get(pk=world.visits.pk).subject == "入户走访"
    assert Doubt.objects.get().state == "open"
