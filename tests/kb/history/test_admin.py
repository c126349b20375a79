"""The history of a record in the admin, and an earlier version put back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from kb import models
from kb.admin.history import segments
from kb.changes import attributed
from kb.merging.merge import merge
from tests.factories import CreditFactory, OrganisationFactory
from tests.kb.test_admin import address, submitted

pytestmark = pytest.mark.django_db


def restoring(row, number=0):
    """The address that puts back the version of a number, counted from the oldest."""
    version = row.history.order_by("history_id")[number]
    return reverse(f"admin:kb_{row._meta.model_name}_restore", args=[row.pk, version.history_id])


def history(client, row, **query):
    answer = client.get(address(type(row), "history", row.pk), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def edited(admin_client, world):
    """A figure that was corrected by hand."""
    url = address(models.Metric, "change", world.visits.pk)
    values = submitted(admin_client.get(url)) | {
        "subject": "入户", "status": "planned", "initiative": world.lark.pk,
    }  # fmt: skip
    assert admin_client.post(url, values).status_code == 302
    world.visits.refresh_from_db()
    return world.visits


def test_differences_are_told_in_words(admin_client, admin_user, edited):
    shown = history(admin_client, edited)
    assert admin_user.username in shown
    for words in ("统计对象", "走访群众", "入户", "完成情况", "锁定字段", "三色灯", "云雀", "修改", "新建"):
        assert words in shown, words
    assert "planned" not in shown
    assert restoring(edited) in shown
    assert restoring(edited, 1) not in shown, "the newest version is the present one"


def test_a_version_is_put_back_as_an_edit_of_the_person(admin_client, admin_user, edited):
    page = admin_client.get(restoring(edited)).content.decode()
    assert "走访群众" in page
    answer = admin_client.post(restoring(edited), follow=True)
    assert "已恢复" in answer.content.decode()
    edited.refresh_from_db()
    assert (edited.subject, edited.status, edited.initiative.name) == (
        "走访群众", "reported", "“三色灯”工作机制",
    )  # fmt: skip
    assert edited.locked == ["initiative", "status", "subject"]
    latest = edited.history.latest("history_id")
    assert (latest.history_change_reason, latest.history_user_id) == ("restore", admin_user.username)
    assert "不需要恢复" in admin_client.get(restoring(edited)).content.decode()


def test_lists_and_credits_are_put_back_and_names_are_not_taken(admin_client, world):
    CreditFactory(article=world.baotou_article)
    with attributed("张三"):
        world.lark.organisers.set([world.department])
        world.lark.places.clear()
        world.lark.names.create(name="百灵", key="150100/百灵")
        world.hohhot_article.credits.all().delete()
    assert admin_client.post(restoring(world.lark)).status_code == 302
    assert admin_client.post(restoring(world.hohhot_article)).status_code == 302
    world.lark.refresh_from_db()
    assert list(world.lark.organisers.all()) == [world.team]
    assert list(world.lark.places.all()) == [world.xincheng]
    assert world.lark.locked == ["organisers", "places"]
    assert world.lark.names.filter(name="百灵").exists()
    world.hohhot_article.refresh_from_db()
    assert [credit.author.name for credit in world.hohhot_article.credits.all()] == ["林溪", "周牧云"]
    assert world.hohhot_article.locked == ["credits"]


def test_where_a_figure_stands_is_not_put_back(admin_client, world):
    with attributed("张三"):
        world.visits.subject = "入户"
        world.visits.save()
    body = "【三色】" + world.baotou_article.body
    models.PlaceMention.objects.filter(article=world.baotou_article).delete()
    for model in (models.OrganisationMention, models.InitiativeMention):
        model.objects.filter(article=world.baotou_article).delete()
    world.monthly.delete()
    row = models.Metric.objects.get(pk=world.visits.pk)
    models.Metric.objects.filter(pk=row.pk).delete()
    models.Article.objects.filter(pk=world.baotou_article.pk).update(body=body)
    row.start, row.end = row.start + 4, row.end + 4
    models.Metric.objects.bulk_create([row])
    assert admin_client.post(restoring(row)).status_code == 302
    stored = models.Metric.objects.get(pk=row.pk)
    assert (stored.subject, stored.start) == ("走访群众", row.start)


def test_a_rejected_record_comes_back_and_one_merged_away_does_not(admin_client, world):
    with attributed("张三"):
        world.bookroom.state = "rejected"
        world.bookroom.save()
        merge(world.team, world.department)
    assert admin_client.post(restoring(world.bookroom)).status_code == 302
    world.bookroom.refresh_from_db()
    assert (world.bookroom.state, world.bookroom.locked) == ("asserted", [])
    assert admin_client.post(restoring(world.team)).status_code == 403
    assert models.Organisation.objects.get(pk=world.team.pk).state == "rejected"


def test_a_version_that_names_what_is_gone_is_refused_with_the_reason(admin_client, world):
    other = OrganisationFactory()
    with attributed("张三"):
        world.lark.organisers.set([other])
    with attributed("张三"):
        world.lark.organisers.clear()
        other.delete()
    answer = admin_client.post(restoring(world.lark, 1), follow=True)
    assert "不能恢复" in answer.content.decode()
    assert list(world.lark.organisers.all()) == []
    with attributed("张三"):
        world.town.code = "150299"
        world.town.save()
    with attributed("张三"):
        world.town.code = None
        world.town.save()
    models.Place.objects.filter(pk=world.dalad.pk).update(code="150299")
    answer = admin_client.post(restoring(world.town, 1), follow=True)
    assert "不能恢复" in answer.content.decode()
    assert models.Place.objects.get(pk=world.town.pk).code is None


def test_restoring_needs_the_right_to_change_and_looking_that_to_view(client, world, edited):
    person = User.objects.create_user("leser", is_staff=True)
    client.force_login(person)
    assert client.get(address(models.Metric, "history", edited.pk)).status_code == 403
    person.user_permissions.add(Permission.objects.get(codename="view_metric"))
    assert restoring(edited) not in history(client, edited)
    assert client.get(restoring(edited)).status_code == 403
    assert client.post(restoring(edited)).status_code == 403
    edited.refresh_from_db()
    assert edited.subject == "入户"


def test_a_long_history_has_pages(admin_client, world):
    for number in range(25):
        with attributed("张三"):
            world.visits.subject = f"第{number}次"
            world.visits.save()
    first = history(admin_client, world.visits)
    assert "第24次" in first
    assert "走访群众" not in first
    number = world.visits.history.order_by("-history_id")[19].history_id
    assert f"?before={number}" in first
    assert "走访群众" in history(admin_client, world.visits, before=number)
    assert "没有更早的改动" in history(admin_client, world.visits, before=1)


def test_the_page_takes_a_fixed_number_of_queries(admin_client, world, django_assert_max_num_queries):
    def edit(organisers):
        with attributed("张三"):
            world.lark.organisers.set(organisers)

    edit([])
    history(admin_client, world.lark)
    with django_assert_max_num_queries(12) as few:
        history(admin_client, world.lark)
    for organisers in ([world.team], [world.department], [world.team, world.department], []):
        edit(organisers)
    with django_assert_max_num_queries(len(few.captured_queries) + 1):
        history(admin_client, world.lark)


@pytest.mark.parametrize(
    "model",
    [models.Article, models.Page, models.Place, models.Organisation, models.Initiative, models.Metric,
     models.Publication, models.PlaceMention, models.OrganisationMention, models.InitiativeMention,
     models.Author],
    ids=lambda model: model.__name__,
)  # fmt: skip
def test_every_record_has_its_page(admin_client, world, model):
    row = model.objects.first()
    assert admin_client.get(address(model, "history", row.pk)).status_code == 200
    assert admin_client.get(address(model, "history", 999999)).status_code in (302, 404)
    with attributed("张三"):
        row.save()
    assert admin_client.get(address(model, "history", row.pk)).status_code == 200


def test_texts_of_a_page_are_shown_as_texts(admin_client, world):
    with attributed("张三"):
        world.visits.subject = "<script>alert(1)</script>"
        world.visits.save()
    assert "<script>alert" not in history(admin_client, world.visits)


def test_of_long_texts_only_what_differs_is_shown():
    before = "甲" * 50 + "乙" + "丙" * 50
    after = "甲" * 50 + "丁" + "丙" * 50
    assert list(segments(before, after)) == [
        ("equal", "甲" * 12 + "…" + "甲" * 12), ("del", "乙"), ("ins", "丁"),
        ("equal", "丙" * 12 + "…" + "丙" * 12),
    ]  # fmt: skip
