"""Where a person's word and a newer reading differ, it waits for a decision; nothing else does."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from msgspec.structs import replace

from kb import models
from kb.divergences import keep, take
from kb.vocabulary import ArticleKind, MetricStatus, OrganisationCategory, Qualifier
from tests.importers.pages import first_article, page, second_article
from tests.importers.stored import everything

pytestmark = pytest.mark.django_db


def corrected(model, pick, **values):
    """A row in which a person has corrected fields, as the admin stores it."""
    row = model.objects.get(**pick)
    for name, value in values.items():
        setattr(row, name, value)
    row.lock(values)
    row.save()
    return row


def with_figure(**changes):
    """The page with its figure of books read otherwise."""
    article = second_article()
    return page(first_article(), replace(article, metrics=(replace(article.metrics[0], **changes),)))


def open_ones():
    return list(models.Divergence.objects.filter(state="open").order_by("pk"))


def test_the_reading_that_was_corrected_is_not_asked_about(load):
    load()
    row = corrected(models.Metric, {"text": "120册"}, subject="旧书")
    load()
    assert open_ones() == []
    [remembered] = models.Divergence.objects.all()
    assert (remembered.record_id, remembered.field, remembered.read) == (
        row.pk,
        "subject",
        {"subject": "书籍"},
    )


def test_a_newer_reading_waits_for_a_decision(load):
    load()
    row = corrected(models.Metric, {"text": "120册"}, subject="旧书")
    load(with_figure(subject="图书"))
    [found] = open_ones()
    assert (found.model, found.record_id, found.field) == ("metric", row.pk, "subject")
    assert (found.read, found.article) == ({"subject": "图书"}, row.article)
    row.refresh_from_db()
    assert row.subject == "旧书"
    before = everything()
    load(with_figure(subject="图书"))
    assert everything() == before, "the same reading is asked about once"


def test_a_reading_that_agrees_settles_the_question(load):
    load()
    corrected(models.Metric, {"text": "120册"}, subject="旧书")
    load(with_figure(subject="图书"))
    load(with_figure(subject="旧书"))
    assert open_ones() == []


def test_what_was_kept_is_asked_again_only_for_another_reading(load, admin_user):
    load()
    row = corrected(models.Metric, {"text": "120册"}, subject="旧书")
    load(with_figure(subject="图书"))
    keep(open_ones()[0], admin_user)
    load(with_figure(subject="图书"))
    assert open_ones() == []
    load(with_figure(subject="课本"))
    assert open_ones()[0].read == {"subject": "课本"}
    assert open_ones()[0].decided_by is None
    assert models.Metric.objects.get(pk=row.pk).subject == "旧书"


def test_what_was_taken_is_the_importer_s_again(load, admin_user):
    load()
    row = corrected(models.Metric, {"text": "120册"}, subject="旧书")
    load(with_figure(subject="图书"))
    take(open_ones()[0], admin_user)
    row.refresh_from_db()
    assert (row.subject, row.locked) == ("图书", [])
    load(with_figure(subject="课本"))
    row.refresh_from_db()
    assert (row.subject, open_ones()) == ("课本", [])


def test_fields_of_a_figure_are_decided_together(load, admin_user):
    load()
    row = corrected(models.Metric, {"text": "120册"}, value=Decimal(12))
    load(with_figure(value=130, qualifier=Qualifier.OVER))
    [found] = open_ones()
    assert found.read == {"value": "130", "upper": None, "qualifier": "over"}
    take(found, admin_user)
    row.refresh_from_db()
    assert (row.value, row.qualifier, row.low, row.locked) == (130, "over", 130, [])


def test_a_link_that_is_read_otherwise_waits_and_can_be_taken(load, admin_user):
    load()
    row = corrected(models.Metric, {"text": "120册"}, organisation=None)
    assert row.locked == ["organisation"]
    load()
    assert open_ones() == []
    committee = models.Organisation.objects.get(name="固阳县白桦镇党委")
    article = second_article()
    body = replace(article.organisations[0], name=committee.name)
    load(page(first_article(), replace(article, organisations=(body,), metrics=(
        replace(article.metrics[0], organisation=committee.name),
    ))))  # fmt: skip
    [found] = open_ones()
    assert found.read == {"organisation": committee.pk}
    take(found, admin_user)
    row.refresh_from_db()
    assert row.organisation == committee


def test_entities_and_articles_are_compared_too(load):
    load()
    corrected(models.Organisation, {"name": "固阳县妇联"}, category="other")
    corrected(models.Article, {"title": "送书"}, kind="report")
    article = second_article()
    body = replace(article.organisations[0], category=OrganisationCategory.INSTITUTION)
    other = replace(article, organisations=(body,), draft=replace(article.draft, kind=ArticleKind.PHOTO))
    load(page(first_article(), other))
    assert {(found.model, found.field): found.read for found in open_ones()} == {
        ("organisation", "category"): {"category": "institution"},
        ("article", "kind"): {"kind": "photo"},
    }


def test_a_list_of_links_is_asked_about_for_new_links_alone(load, admin_user):
    load()
    row = models.Initiative.objects.get()
    row.lock(["organisers"])
    row.organisers.clear()
    row.save()
    load()
    assert open_ones() == [], "the organiser that was taken off was known"
    article = first_article()
    second = replace(article.initiatives[0], organisers=("固阳县妇联",))
    load(page(replace(article, initiatives=(second, article.initiatives[1])), second_article()))
    [found] = open_ones()
    union = models.Organisation.objects.get(name="固阳县妇联")
    assert union.pk in found.read["organisers"]
    assert not row.organisers.exists()
    keep(found, admin_user)
    load(page(replace(article, initiatives=(second, article.initiatives[1])), second_article()))
    assert open_ones() == []


def test_a_rejected_row_that_reads_the_same_is_not_asked_about(load):
    load()
    models.Metric.objects.filter(text="120册").update(state="rejected")
    load()
    assert not models.Divergence.objects.exists()


def test_a_rejected_row_that_reads_otherwise_can_count_again(load, admin_user):
    load()
    models.Metric.objects.filter(text="120册").update(state="rejected")
    load(with_figure(subject="图书", status=MetricStatus.PLANNED))
    [found] = open_ones()
    assert (found.field, found.read) == ("", {"subject": "图书", "status": "planned"})
    row = models.Metric.objects.get(text="120册")
    assert (row.state, row.subject) == ("rejected", "书籍")
    take(found, admin_user)
    row.refresh_from_db()
    assert (row.state, row.subject, row.status) == ("asserted", "图书", "planned")


def test_a_row_that_a_person_added_is_not_overwritten_where_the_importer_reads_the_same_words(load):
    load(with_figure(subject="图书"))
    row = models.Metric.objects.get(text="120册")
    models.Metric.objects.filter(pk=row.pk).update(origin="manual", subject="旧书")
    load(with_figure(subject="图书"))
    row.refresh_from_db()
    assert row.subject == "旧书"
    assert open_ones()[0].read == {"subject": "图书"}


def test_pages_on_which_nobody_worked_are_not_asked_about(load, django_assert_num_queries):
    load()
    from importers.load_divergences import store_divergences

    with django_assert_num_queries(0):
        store_divergences([])
    assert not models.Divergence.objects.exists()


def test_locks_and_rejections_survive_the_import_command(tmp_path, settings):
    file = tmp_path / "page.txt"
    file.write_text(
        "灯下夜话\n本报讯（记者 林溪） 白鹭镇白鹭村党支部开办“小马灯”夜校，办班40余场，120人听课。\n",
        encoding="utf-8",
    )
    call_command("import_pages", str(file), verbosity=0)
    kept, gone = models.Metric.objects.order_by("start")[:2]
    kept.subject = "夜里的课"
    kept.lock(["subject"])
    kept.save()
    gone.state = "rejected"
    gone.save()
    by_hand = models.PlaceMention.objects.create(
        article=kept.article, start=0, end=2, text=kept.article.body[:2], official="灯", locked=["official"]
    )
    call_command("import_pages", str(file), force=True, verbosity=0)
    for row in (kept, gone, by_hand):
        row.refresh_from_db()
    assert (kept.subject, kept.locked, gone.state) == ("夜里的课", ["subject"], "rejected")
    assert open_ones() == []
