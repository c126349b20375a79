"""The lists of the admin as a desk: few queries, editing in place, actions, files, sums."""

import csv
import datetime
import io
import uuid

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from api.models import Token
from importers.models import ImportJob
from kb import models
from kb.admin.desk import counting
from tests.factories import (
    ArticleFactory,
    CreditFactory,
    DivergenceFactory,
    DoubtFactory,
    InitiativeFactory,
    InitiativeMentionFactory,
    MetricFactory,
    OrganisationFactory,
    OrganisationMentionFactory,
    PageFactory,
    PlaceFactory,
    PlaceMentionFactory,
    PublicationFactory,
)

pytestmark = pytest.mark.django_db

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)
MOST_QUERIES = 12


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def rows(count):
    """Rows of every model, tied to one another in all the ways that lists show."""
    for number in range(count):
        city = PlaceFactory(name=f"第{number}市", level="city")
        town = PlaceFactory(name=f"第{number}镇", parent=city, city=city)
        page = PageFactory(publication=PublicationFactory(home_city=city), home_city=city)
        article = ArticleFactory(page=page, city=city, body="白鹭镇白鹭党支部“白鹭”活动12人")
        CreditFactory(article=article)
        body = OrganisationFactory(city=city, place=town, parent=OrganisationFactory())
        thing = InitiativeFactory(city=city, organisers=[body], places=[town])
        PlaceMentionFactory(article=article, text="白鹭镇", place=town)
        OrganisationMentionFactory(article=article, text="白鹭党支部", organisation=body)
        InitiativeMentionFactory(article=article, text="“白鹭”活动", initiative=thing)
        MetricFactory(article=article, initiative=thing, organisation=body, place=town, city=city)
        DoubtFactory(article=article)
        DivergenceFactory()
        DivergenceFactory(read={"city": city.pk}, field="city")
        mark = uuid.uuid4().hex
        Group.objects.create(name=mark)
        person = User.objects.create_user(mark)
        Token.objects.make(name="白鹭", user=person)
        webhook = models.Webhook.objects.create(address=f"https://{mark}.example/")
        for upto in range(2):
            models.Delivery.objects.create(webhook=webhook, after=0, upto=upto, due_at=timezone.now())
        models.Decision.objects.create(by=person, verdict="accepted")
        ImportJob.objects.create(name="白鹭.txt", sha256=f"{number}", by="白鹭", state="done")


def by_label(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model._meta.label)


@by_label(LISTS)
@pytest.mark.parametrize("query", ["", "?q=白鹭"])
def test_a_list_takes_a_fixed_number_of_queries(admin_client, model, query, django_assert_max_num_queries):
    rows(2)
    url = address(model) + query
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        assert admin_client.get(url).status_code == 200
    rows(3)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert admin_client.get(url).status_code == 200


@by_label([model for model in LISTS if model._meta.app_label in ("kb", "api", "importers")])
def test_links_are_chosen_by_searching_and_never_from_a_long_list(model, rf, admin_user):
    """A list of all rows of a linked table would grow with it."""
    request = rf.get("/")
    request.user = admin_user
    of_model = admin.site._registry[model]
    readonly = of_model.get_readonly_fields(request)
    edited = [f for f in (*model._meta.fields, *model._meta.many_to_many) if f.is_relation and f.editable]
    if not of_model.has_change_permission(request):
        return
    shown = of_model.get_form(request).base_fields if of_model.has_add_permission(request) else {}
    for field in edited:
        if field.name in shown and field.name not in readonly:
            assert field.name in of_model.get_autocomplete_fields(request), field.name


def test_a_list_counts_no_further_than_anybody_leafs(admin_client, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    OrganisationFactory.create_batch(5)
    page = admin_client.get(address(models.Organisation))
    assert (page.context["cl"].result_count, page.context["cl"].paginator.has_more) == (3, True)
    assert "请检索或用筛选缩小范围" in page.content.decode()
    page = admin_client.get(address(models.Organisation), {"q": "党支部", "category__exact": "media"})
    assert not page.context["cl"].paginator.has_more


def edited(page, number, **changes):
    """What is sent where somebody changes fields of one row of a list as it was shown."""
    sent = {"_save": "保存"}
    formset = page.context["cl"].formset
    for form in [formset.management_form, *formset.forms]:
        for bound in form:
            value = bound.value()
            sent[bound.html_name] = "" if value is None else value
            if bound.field.show_hidden_initial:
                sent[bound.html_initial_name] = "" if value is None else value
    prefix = next(f.prefix for f in formset.forms if f.instance.pk == number)
    return sent | {f"{prefix}-{name}": value for name, value in changes.items()}


def test_a_field_edited_in_the_list_is_locked_and_bears_a_name(admin_client, world):
    url = address(models.Metric)
    page = admin_client.get(url)
    assert admin_client.post(url, edited(page, world.visits.pk, subject="入户走访")).status_code == 302
    world.visits.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("入户走访", ["subject"])
    change = models.Change.objects.filter(resource="metrics", record_id=world.visits.pk).latest("pk")
    assert change.by == "admin"
    assert not models.Metric.objects.exclude(pk=world.visits.pk).exclude(locked=[]).exists()


def test_what_another_changed_meanwhile_stays(admin_client, world):
    url = address(models.Metric)
    page = admin_client.get(url)
    models.Metric.objects.filter(pk=world.visits.pk).update(unit="回")
    admin_client.post(url, edited(page, world.visits.pk, subject="入户走访"))
    world.visits.refresh_from_db()
    assert (world.visits.subject, world.visits.unit, world.visits.locked) == ("入户走访", "回", ["subject"])


def test_a_field_that_both_changed_is_refused(admin_client, world):
    url = address(models.Metric)
    page = admin_client.get(url)
    models.Metric.objects.filter(pk=world.visits.pk).update(subject="登门")
    refused = admin_client.post(url, edited(page, world.visits.pk, subject="入户走访"))
    assert "已被别人改为“登门”" in refused.content.decode()
    world.visits.refresh_from_db()
    assert world.visits.subject == "登门"


def act(client, model, action, *rows, **more):
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(address(model), sent, follow=True)


def test_setting_a_kind_asks_first_and_tells_how_many(admin_client, world):
    page = act(admin_client, models.Initiative, "set_kind", world.lark, world.lights)
    assert "将改动 2 条记录" in page.content.decode()
    assert models.Initiative.objects.filter(kind="project").count() == 0
    act(admin_client, models.Initiative, "set_kind", world.lark, world.lights, value="project")
    world.lark.refresh_from_db()
    assert (world.lark.kind, world.lark.locked) == ("project", ["kind"])
    assert models.Initiative.objects.filter(kind="project").count() == 2


def test_a_value_that_is_none_of_the_list_is_asked_for_again(admin_client, world):
    page = act(admin_client, models.Initiative, "set_kind", world.lark, value="gossip")
    assert "将改动 1 条记录" in page.content.decode()
    world.lark.refresh_from_db()
    assert world.lark.kind == "brand"


def test_locking_and_unlocking_whole_rows(admin_client, world):
    act(admin_client, models.Metric, "lock_all", world.visits)
    world.visits.refresh_from_db()
    assert {"value", "unit", "subject", "city"} <= set(world.visits.locked)
    assert not {"state", "origin", "start", "text"} & set(world.visits.locked)
    act(admin_client, models.Metric, "unlock_all", world.visits)
    world.visits.refresh_from_db()
    assert world.visits.locked == []


def test_marking_as_reviewed_closes_the_doubts_about_the_words(admin_client, admin_user, world):
    about = DoubtFactory(
        article=world.baotou_article, kind="metric", start=world.visits.start, end=world.visits.end
    )
    other = DoubtFactory(article=world.baotou_article, start=0, end=2)
    assert [r.pk for r in listed(admin_client, models.Metric, review="open")] == [world.visits.pk]
    act(admin_client, models.Metric, "mark_reviewed", world.visits)
    about.refresh_from_db()
    other.refresh_from_db()
    assert (about.state, about.decided_by, other.state) == ("accepted", admin_user, "open")
    act(admin_client, models.Article, "mark_reviewed", world.baotou_article)
    other.refresh_from_db()
    assert other.state == "accepted"
    assert not listed(admin_client, models.Article, review="open")
    assert len(listed(admin_client, models.Article, review="closed")) == 3


def listed(client, model, **query):
    return list(client.get(address(model), query).context["cl"].result_list)


def table(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_list_is_taken_away_as_it_is_shown(admin_client, world):
    url = address(models.Metric, "file", "csv")
    heading, *found = table(admin_client.get(url, {"in_city": world.baotou.pk, "q": "走访"}))
    assert heading[:5] == ["原文", "锁", "统计对象", "数值", "单位"]
    assert {row[0] for row in found} == {"9624次", "至少1次"}
    [row] = [row for row in found if row[0] == "9624次"]
    assert row[3:] == ["9624", "次", "已完成", "包头市", "“三色灯”工作机制"]


def test_the_workbook_has_typed_cells_and_no_formula(admin_client, world):
    models.Article.objects.filter(pk=world.baotou_article.pk).update(title="=HYPERLINK(1)")
    response = admin_client.get(address(models.Article, "file", "xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert cells["=HYPERLINK(1)"][0].data_type == "s"
    assert cells["=HYPERLINK(1)"][6].value == datetime.datetime(2025, 3, 1)
    rows = table(admin_client.get(address(models.Article, "file", "csv")))
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}


def test_chosen_rows_are_taken_away_by_an_action(admin_client, world):
    sent = {"action": "export_csv", "_selected_action": [world.visits.pk]}
    _heading, *found = table(admin_client.post(address(models.Metric), sent))
    assert [row[0] for row in found] == ["9624次"]


def test_files_are_for_those_who_may_see_the_list(client, world):
    client.force_login(User.objects.create_user("门外", is_staff=True))
    assert client.get(address(models.Metric, "file", "csv")).status_code == 403
    assert client.get(address(models.Metric, "file", "csv")).status_code == 403


def test_there_is_no_third_form(admin_client):
    assert admin_client.get(address(models.Metric, "file", "exe")).status_code == 404


def test_figures_of_one_unit_add_up(admin_client, world):
    MetricFactory(
        article=world.baotou_article, text="9624次", unit="次", value=4, ordinal=3, qualifier="nearly"
    )
    page = admin_client.get(address(models.Metric), {"unit": "次"})
    sums = page.context["totals"]
    assert (sums["number"], sums["low"], sums["high"]) == (
        3, {"sum": 9625, "missing": 1}, {"sum": 9628, "missing": 1}
    )  # fmt: skip
    assert "最多合计 <b>不限</b>" in page.content.decode(), "a sum with an open end is open"
    assert "totals" not in admin_client.get(address(models.Metric)).context


@pytest.mark.parametrize(
    ("when", "number"), [("2025", 2), ("2025-03", 2), ("2025-04", 0), ("2024", 0), ("2025-13", 3), ("x", 3)]
)
def test_articles_of_a_month(admin_client, world, when, number):
    assert len(listed(admin_client, models.Article, issue=when)) == number


def test_the_years_and_the_months_of_the_chosen_one_are_offered(admin_client, world):
    PageFactory(issue_date=datetime.date(2023, 5, 5))
    shown = admin_client.get(address(models.Article), {"issue": "2024"}).content.decode()
    for part in ("?issue=2023", "?issue=2025", "?issue=2024-07"):
        assert part in shown
    assert "?issue=2023-07" not in shown


@pytest.mark.parametrize(
    ("model", "query", "texts"),
    [
        (models.PlaceMention, "鹿苑镇", ["鹿苑镇"]),
        (models.OrganisationMention, "石榴花", ["新城区石榴花志愿服务队"]),
        (models.OrganisationName, "石榴花", ["新城区石榴花志愿服务队", "石榴花志愿服务队"]),
        (models.Page, "走访群众", ["world.txt"]),
        (models.Page, "undated", ["undated.txt"]),
        (models.Credit, "林溪", ["林溪（记者）"]),
    ],
)
def test_lists_without_an_index_are_found_by_their_owner_s(admin_client, world, model, query, texts):
    assert sorted(map(str, listed(admin_client, model, q=query))) == sorted(texts)


def test_the_addresses_show_how_it_goes_with_what_is_sent_to_them(admin_client):
    webhook = models.Webhook.objects.create(address="https://baihua.example/")
    for upto, state in enumerate(("waiting", "waiting", "given_up", "taken"), 1):
        models.Delivery.objects.create(
            webhook=webhook, after=0, upto=upto, state=state, due_at=timezone.now(),
            done_at=datetime.datetime(2025, 3, upto, tzinfo=datetime.UTC),
        )  # fmt: skip
    [row] = listed(admin_client, models.Webhook)
    assert (row.n_waiting, row.n_given_up, row.delivered_at.date()) == (2, 1, datetime.date(2025, 3, 4))


def test_a_doubt_leads_to_the_queue_and_is_found_by_its_city(admin_client, world):
    doubt = DoubtFactory(article=world.baotou_article)
    DoubtFactory(article=world.hohhot_article)
    assert listed(admin_client, models.Doubt, city=world.baotou.pk) == [doubt]
    assert f'href="/review/{doubt.pk}/"' in admin_client.get(address(models.Doubt)).content.decode()


@pytest.mark.parametrize(("reason", "is_free"), [("ambiguous", True), ("possible_duplicate", False)])
def test_what_is_decided_by_a_choice_alone_has_no_state_to_be_set(admin_client, world, reason, is_free):
    doubt = DoubtFactory(article=world.baotou_article, reason=reason, kind="organisation")
    shown = admin_client.get(address(models.Doubt, "change", doubt.pk)).content.decode()
    assert ('name="state"' in shown) is is_free


def test_what_more_is_found_than_anybody_leafs_comes_newest_first(admin_client, monkeypatch):
    """Ranking all of it would take the longer the more there is."""
    best = ArticleFactory(title="白鹭", body="白鹭白鹭白鹭")
    later = [ArticleFactory(title="", body=f"开了{'很长的' * number}白鹭会") for number in (9, 5, 1)]
    assert listed(admin_client, models.Article, q="白鹭")[0] == best
    monkeypatch.setattr(admin.site._registry[models.Article], "list_per_page", 2)
    assert listed(admin_client, models.Article, q="白鹭")[0] == best
    monkeypatch.setattr(counting, "MOST", 3)
    pages = [listed(admin_client, models.Article, q="白鹭", p=number) for number in (1, 2)]
    assert pages == [later[:0:-1], later[:1]]


def test_counting_what_is_found_ranks_nothing(world, django_assert_num_queries):
    rows = models.Metric.objects.with_text("走访")
    with django_assert_num_queries(1) as told:
        assert counting.BoundedPaginator(rows, 50).count == 2
    assert "rank" not in told.captured_queries[0]["sql"]
