"""The admin as an editor uses it."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone

from kb import models
from kb.models.history import HistoryRow
from tests.factories import (
    ArticleFactory,
    DoubtFactory,
    MetricFactory,
    OrganisationFactory,
    PlaceMentionFactory,
)

pytestmark = pytest.mark.django_db

WITHOUT_ROWS = {models.ChangeContext}
"""Tables that hold a row only inside a transaction."""

MODELS = [
    model
    for model in apps.get_app_config("kb").get_models()
    if model._meta.managed and model not in WITHOUT_ROWS and not issubclass(model, HistoryRow)
]
# The change feed is only read, here; webhooks and their deliveries have tests of their own in
# tests/kb/webhooks, divergences in tests/kb/test_divergences.py, merges in tests/kb/merging, decisions in
# tests/kb/review.
READ = (
    models.Change, models.Decision, models.Webhook, models.Delivery, models.Divergence, models.Merge,
    models.Distinct,
)  # fmt: skip
EDITED = [m for m in MODELS if m not in READ]


def address(model, page="changelist", *args):
    return reverse(f"admin:kb_{model._meta.model_name}_{page}", args=args)


def submitted(response):
    """The values that a form would send if it were sent as shown."""
    values = {}
    context = response.context
    for form in [
        context["adminform"].form,
        *(f for s in context["inline_admin_formsets"] for f in s.formset.forms),
    ]:
        for bound in form:
            value = bound.value()
            if isinstance(value, list | tuple):
                values[bound.html_name] = [getattr(v, "pk", v) for v in value]
            elif value is not None and value is not False:
                values[bound.html_name] = value
    for formset in (s.formset for s in context["inline_admin_formsets"]):
        values |= {f.html_name: f.value() for f in formset.management_form if f.value() is not None}
    return values


def test_every_model_is_registered():
    assert {model.__name__ for model in MODELS} == {
        model.__name__ for model in admin.site._registry if model._meta.app_label == "kb"
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_can_be_searched_with_any_characters(admin_client, model, world):
    for query in ("*", "“", "' OR 1=1 --", "\\", "a:b", "%00"):
        assert admin_client.get(address(model), {"q": query}).status_code == 200


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_a_form_opens_and_can_be_stored_as_it_is(admin_client, model, world):
    row = model.objects.first() or DoubtFactory(article=world.hohhot_article)
    response = admin_client.get(address(model, "change", row.pk))
    assert response.status_code == 200
    stored = admin_client.post(address(model, "change", row.pk), submitted(response))
    assert stored.status_code == 302, stored.context["errors"]
    if hasattr(row, "locked"):
        row.refresh_from_db()
        assert row.locked == [], "nothing was changed, so nothing is locked"


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_a_new_row_s_form_opens_where_people_make_rows(admin_client, model):
    comes_by_import = model in (models.Page, models.Article, models.Doubt)
    assert admin_client.get(address(model, "add")).status_code == (403 if comes_by_import else 200)


def test_the_change_feed_is_read_and_not_written(admin_client, world):
    change = models.Change.objects.create(
        number=None, resource="places", record_id=7, action="update", by="tester", at=timezone.now()
    )
    assert admin_client.get(address(models.Change, "change", change.pk)).status_code == 200
    assert admin_client.post(address(models.Change, "change", change.pk), {"by": "x"}).status_code == 403
    assert admin_client.get(address(models.Change, "add")).status_code == 403
    assert admin_client.post(address(models.Change, "delete", change.pk)).status_code == 403


@pytest.mark.parametrize(
    ("language", "place", "metric"), [("zh-hans", "地名", "数据"), ("en", "Places", "Metrics")]
)
def test_the_change_feed_calls_records_what_people_call_them(admin_client, language, place, metric):
    for resource in ("places", "metrics"):
        models.Change.objects.create(
            number=None, resource=resource, record_id=7, action="update", by="tester", at=timezone.now()
        )
    headers = {"accept-language": language}

    def cells(**given):
        text = admin_client.get(address(models.Change), given, headers=headers).content.decode()
        return re.findall(r'class="field-kind">([^<]*)<', text), text

    found, text = cells()
    assert set(found) == {place, metric}
    assert f'<a href="?resource=places">{place}</a>' in text
    assert cells(resource="metrics")[0] == [metric]
    change = models.Change.objects.get(resource="places")
    form = admin_client.get(address(models.Change, "change", change.pk), headers=headers).content.decode()
    assert place in re.search(r'class="[^"]*field-kind.*?</div>\s*</div>', form, re.DOTALL)[0]


def test_a_webhook_s_resources_are_called_what_people_call_them(admin_client):
    for resources in ([], ["initiatives", "metrics"]):
        models.Webhook.objects.create(address="https://example.org/hook", resources=resources)
    text = admin_client.get(address(models.Webhook)).content.decode()
    assert set(re.findall(r'class="field-kinds">([^<]*)<', text)) == {"全部", "举措、数据"}


def test_an_article_s_form_does_not_ask_for_each_of_its_rows(
    admin_client, world, django_assert_max_num_queries
):
    article = world.hohhot_article
    url = address(models.Article, "change", article.pk)
    admin_client.get(url)
    with django_assert_max_num_queries(40) as few:
        admin_client.get(url)
    for number in range(8):
        MetricFactory(article=article, text="3个", unit="个", ordinal=number + 1, initiative=world.lark)
        PlaceMentionFactory(article=article, text="新城区", place=world.xincheng, ordinal=number + 1)
    with django_assert_max_num_queries(len(few.captured_queries)):
        admin_client.get(url)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (models.Initiative, ["“三色灯”工作机制"]),
        (models.Organisation, ["昆都仑区委宣传部"]),
        (models.Metric, ["9624次", "至少1次"]),
        (models.Article, ["三色灯照亮老街"]),
        (models.PlaceMention, ["鹿苑镇"]),
    ],
)
def test_a_list_can_be_narrowed_to_a_city(admin_client, world, model, names):
    response = admin_client.get(address(model), {"in_city": world.baotou.pk})
    assert sorted(str(row) for row in response.context["cl"].result_list) == sorted(names)
    shown = response.content.decode()
    assert f"?in_city={world.ordos.pk}" in shown


def test_a_search_finds_what_the_api_finds(admin_client, world):
    response = admin_client.get(address(models.Initiative), {"q": "云雀 -三色灯"})
    assert [row.name for row in response.context["cl"].result_list] == ["“云雀”志愿服务品牌"]


def test_an_edit_locks_what_it_changed(admin_client, world):
    url = address(models.Metric, "change", world.visits.pk)
    values = submitted(admin_client.get(url)) | {"subject": "入户走访", "unit": "次"}
    assert admin_client.post(url, values).status_code == 302
    world.visits.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("入户走访", ["subject"])
    shown = admin_client.get(url).content.decode()
    assert re.search(r'aria-label="已锁定">已锁定</span> 统计对象', shown)
    assert "再次导入时不会改动" in shown


@pytest.mark.parametrize(
    ("value", "upper", "shown"),
    [
        ("9624", None, ("9624", None)),
        ("1200", "1500.5", ("1200", "1500.5")),
        ("0.000001", "2", ("0.000001", "2")),
    ],
)
def test_numbers_of_a_form_are_short_and_stay_as_they_are(admin_client, world, value, upper, shown):
    visits = world.visits
    visits.value, visits.upper, visits.qualifier = value, upper, "range" if upper else "exact"
    visits.save()
    url = address(models.Metric, "change", visits.pk)
    values = submitted(page := admin_client.get(url))
    assert (values["value"], values.get("upper")) == shown
    assert not re.search(r"\d\.\d*0{4}\b", page.content.decode())
    assert f'<div class="readonly">{upper or value}</div>' in page.content.decode()
    assert admin_client.post(url, values).status_code == 302
    visits.refresh_from_db()
    assert visits.locked == []
    assert admin_client.post(url, values | {"value": "0.5"}).status_code == 302
    visits.refresh_from_db()
    assert (str(visits.value.normalize()), visits.locked) == ("0.5", ["value"])


def test_an_edit_of_links_locks_them(admin_client, world):
    url = address(models.Initiative, "change", world.lark.pk)
    values = submitted(admin_client.get(url)) | {"organisers": [world.department.pk], "kind": "campaign"}
    assert admin_client.post(url, values).status_code == 302
    world.lark.refresh_from_db()
    assert world.lark.locked == ["kind", "organisers"]
    assert list(world.lark.organisers.all()) == [world.department]


def test_an_edit_below_an_article_locks_the_row(admin_client, world):
    url = address(models.Article, "change", world.baotou_article.pk)
    values = submitted(admin_client.get(url))
    key = next(k for k, v in values.items() if k.endswith("-subject") and v == "走访群众")
    assert admin_client.post(url, values | {key: "走访"}).status_code == 302
    world.visits.refresh_from_db()
    world.baotou_article.refresh_from_db()
    assert (world.visits.subject, world.visits.locked) == ("走访", ["subject"])
    assert world.baotou_article.locked == []


def test_changed_credits_are_locked(admin_client, world):
    url = address(models.Article, "change", world.hohhot_article.pk)
    values = submitted(admin_client.get(url))
    key = next(k for k in values if k.endswith("-role"))
    assert admin_client.post(url, values | {key: "intern"}).status_code == 302
    world.hohhot_article.refresh_from_db()
    assert world.hohhot_article.locked == ["credits"]


def test_locks_are_taken_off_by_an_action(admin_client, world):
    world.visits.lock(["subject"])
    world.visits.save()
    chosen = {"action": "unlock_all", "_selected_action": [world.visits.pk]}
    admin_client.post(address(models.Metric), chosen)
    world.visits.refresh_from_db()
    assert world.visits.locked == []


@pytest.mark.parametrize(("action", "state"), [("reject", "rejected"), ("assert_again", "asserted")])
def test_rows_are_rejected_and_restored_by_an_action(admin_client, world, action, state):
    admin_client.post(address(models.Initiative), {"action": action, "_selected_action": [world.lark.pk]})
    world.lark.refresh_from_db()
    assert world.lark.state == state


def test_a_row_that_a_person_adds_is_a_person_s(admin_client, world):
    values = {
        "article": world.ordos_article.pk, "start": 0, "end": 4, "text": "达拉特旗", "ordinal": 0, "value": 1,
        "unit": "个", "qualifier": "exact", "status": "reported", "state": "asserted",
    }  # fmt: skip
    assert admin_client.post(address(models.Metric, "add"), values).status_code == 302
    row = models.Metric.objects.get(text="达拉特旗")
    assert (row.origin, row.is_protected) == ("manual", True)


def test_a_name_gets_its_key_and_one_that_is_taken_is_refused(admin_client, world):
    url = address(models.Organisation, "change", world.team.pk)
    values = submitted(admin_client.get(url))
    values |= {"names-TOTAL_FORMS": 3, "names-2-name": "石榴花队", "names-2-organisation": world.team.pk}
    assert admin_client.post(url, values).status_code == 302
    assert models.OrganisationName.objects.get(name="石榴花队").key == "150100/石榴花队"
    other = OrganisationFactory(name="晚霞队", city=world.hohhot)
    url = address(models.Organisation, "change", other.pk)
    values = submitted(admin_client.get(url))
    values |= {"names-TOTAL_FORMS": 2, "names-1-name": "石榴花队", "names-1-organisation": other.pk}
    refused = admin_client.post(url, values)
    assert refused.status_code == 200
    assert "请合并它们" in refused.content.decode()


def test_a_decision_is_noted_with_who_and_when(admin_client, admin_user, world):
    doubt = DoubtFactory(article=world.hohhot_article)
    url = address(models.Doubt, "change", doubt.pk)
    assert admin_client.post(url, {"state": "skipped"}).status_code == 302
    doubt.refresh_from_db()
    assert (doubt.decided_by, doubt.state) == (admin_user, "skipped")
    assert doubt.decided_at is not None


def test_links_are_chosen_by_searching(admin_client, world):
    answer = admin_client.get(
        reverse("admin:autocomplete"),
        {"term": "青城", "app_label": "kb", "model_name": "organisation", "field_name": "city"},
    )
    assert [found["text"] for found in answer.json()["results"]] == ["呼和浩特市"]


def test_the_admin_is_closed_to_strangers(client):
    for model in MODELS:
        assert client.get(address(model)).status_code == 302


def test_text_of_a_page_is_shown_as_text(admin_client):
    article = ArticleFactory(title="<script>alert(1)</script>", body="<b>12人</b>")
    MetricFactory(article=article)
    for url in (
        address(models.Article),
        address(models.Article, "change", article.pk),
        address(models.Metric),
    ):
        assert "<script>alert" not in admin_client.get(url).content.decode()


class TestLocalAdmin:
    @pytest.fixture
    def run(self, capsys, settings):
        from django.core.management import call_command

        def run(password=""):
            settings.KB_ADMIN_PASSWORD = password
            call_command("ensure_local_admin")
            return capsys.readouterr().out

        return run

    def test_a_random_password_is_shown_once(self, run):
        shown = re.search(r"密码 (\S+?)（", run())[1]
        assert get_user_model().objects.get(username="admin").check_password(shown)
        assert run() == ""

    def test_a_given_password_is_taken_and_not_shown(self, run):
        shown = run("pa55-word-of-mine")
        assert "pa55" not in shown
        assert get_user_model().objects.get(username="admin").check_password("pa55-word-of-mine")
        assert "已改为" in run("another-word-of-mine")
        assert run("another-word-of-mine") == ""

    def test_nothing_is_made_where_somebody_can_log_in(self, run, admin_user):
        admin_user.username = "chief"
        admin_user.save()
        assert run() == ""
        assert get_user_model().objects.count() == 1

    def test_no_password_is_made_up_where_a_log_would_keep_it(self, run, settings):
        settings.KB_PRODUCTION = True
        with pytest.raises(CommandError, match="KB_ADMIN_PASSWORD"):
            run()
        assert not get_user_model().objects.exists()
