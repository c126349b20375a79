"""Doubts through imports: cases are counted, and nobody is asked twice."""

import pytest
from django.core.management import call_command
from msgspec.structs import replace

from importers.extract.records import Doubt
from kb import models
from kb.review.answers import answers_to
from kb.review.decide import REJECT, SKIP, choose, decide
from kb.vocabulary import DoubtReason, RecordKind
from tests.importers.pages import BODY, first_article, page, second_article, span

pytestmark = pytest.mark.django_db

PAGE = """送书下乡受欢迎

　　本报讯（记者 周牧云）近日，固阳县妇联到双山村走访，送去书籍120册，百名党员参加。
业委会送来两年的报纸，受到居民欢迎。
"""


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("林溪")


@pytest.fixture
def imported(tmp_path):
    """`imported()` imports the page by the command, as often as it is called."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")

    def run():
        call_command("import_pages", str(path), "--force", verbosity=0)

    run()
    return run


def states():
    return dict(models.Doubt.objects.values_list("text", "state"))


def test_no_decision_is_asked_again_or_undone_by_importing_anew(imported, editor):
    waiting = {doubt.text: doubt for doubt in models.Doubt.objects.select_related("article__city", "page")}
    assert set(waiting) == {"百名", "业委会", "两年"}
    for text in ("百名", "业委会"):
        decide(editor, [waiting[text].pk], choose(answers_to(waiting[text]).options()[0].key))
    decide(editor, [waiting["两年"].pk], SKIP)
    before = states()
    imported()
    assert states() == before
    assert "open" not in before.values()
    assert models.Metric.objects.get(text="百名").origin == "manual"
    assert models.OrganisationMention.objects.get(text="业委会").organisation.name.endswith("业委会")


def test_a_chosen_reading_stays_locked(load, editor):
    load()
    doubt = models.Doubt.objects.select_related("article__city", "page__home_city").get()
    other = models.Place.objects.get(name="白桦镇")
    decide(editor, [doubt.pk], choose(f"place:{other.pk}"))
    assert load().wrote_nothing()
    mention = models.PlaceMention.objects.get(article=doubt.article, start=doubt.start)
    assert (mention.place, mention.locked) == (other, ["official", "place"])


def test_a_decided_doubt_moves_with_its_words(load, editor):
    load()
    decide(editor, [models.Doubt.objects.get().pk], REJECT)
    body = "【夜校】" + BODY
    moved = replace(
        first_article(body),
        doubts=(Doubt(RecordKind.PLACE, DoubtReason.AMBIGUOUS, "柳叶村", **span(body, "柳叶村")),),
    )
    load(page(moved, second_article()))
    doubt = models.Doubt.objects.get()
    assert (doubt.state, doubt.start) == ("rejected", body.index("柳叶村"))


def test_alike_doubts_are_counted_and_counted_anew(load):
    twice = tuple(
        Doubt(RecordKind.PLACE, DoubtReason.UNRESOLVED, "柳叶村", **span(BODY, "柳叶村", nth))
        for nth in (0, 1)
    )
    load(page(first_article(doubts=twice), second_article()))
    assert list(models.Doubt.objects.values_list("repeats", flat=True)) == [2, 2]
    load(page(first_article(doubts=twice[:1]), second_article()))
    assert list(models.Doubt.objects.values_list("repeats", flat=True)) == [1]


def test_other_candidates_make_another_case(load):
    load()
    case = models.Doubt.objects.get().case_key
    doubt = replace(first_article().doubts[0], candidates=("柳叶村（甲旗）", "柳叶村（乙旗）"))
    load(page(first_article(doubts=(doubt,)), second_article()))
    stored = models.Doubt.objects.get()
    assert (stored.candidates, stored.case_key == case) == (["柳叶村（甲旗）", "柳叶村（乙旗）"], False)
