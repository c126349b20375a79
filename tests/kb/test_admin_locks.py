"""Locks on the forms of the admin: seen beside the field, taken off by a click; differences decided."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from kb.models import Divergence, Metric
from tests.factories import (
    DivergenceFactory,
    MetricFactory,
    OrganisationFactory,
    PlaceFactory,
    PlaceMentionFactory,
)

pytestmark = pytest.mark.django_db


def address(row, page="change"):
    return reverse(f"admin:kb_{row._meta.model_name}_{page}", args=[row.pk])


@pytest.fixture
def corrected():
    """A figure whose subject a person has corrected."""
    row = MetricFactory(origin="imported")
    row.subject = "听课人数"
    row.lock(["subject"])
    row.save()
    return row


def form_of(html, name):
    """The buttons of a form's page that send to the locks, by name and value."""
    return re.findall(rf'<button[^>]*form="locks" name="{name}" value="([^"]+)"', html)


def test_a_lock_stands_beside_its_field_with_words_for_who_does_not_see_it(admin_client, corrected):
    html = admin_client.get(address(corrected)).content.decode()
    assert re.search(r'<span class="lock" role="img" aria-label="已锁定">已锁定</span> 统计对象', html)
    assert html.count('class="lock"') == 1
    assert form_of(html, "unlock") == ["subject"]
    assert "导入程序读作：参加" in html


def test_a_list_shows_the_same_lock_and_its_file_says_it_in_words(admin_client, corrected):
    MetricFactory()
    url = reverse("admin:kb_metric_changelist")
    html = admin_client.get(url).content.decode()
    mark = '<td class="field-lock_mark"><span class="lock" role="img" aria-label="已锁定">已锁定</span></td>'
    assert html.count(mark) == html.count('class="lock"') == 1
    assert "kb/locks.css" in html
    file = admin_client.get(reverse("admin:kb_metric_file", args=["csv"])).getvalue().decode()
    assert file.count("已锁定") == 1
    assert "<span" not in file


def test_one_click_unlocks(admin_client, corrected):
    answer = admin_client.post(address(corrected, "locks"), {"unlock": "subject"}, follow=True)
    assert "已解除锁定" in answer.content.decode()
    corrected.refresh_from_db()
    assert (corrected.locked, corrected.subject) == ([], "听课人数")
    assert 'class="lock"' not in admin_client.get(address(corrected)).content.decode()


def test_one_click_brings_back_what_the_importer_read(admin_client, corrected):
    html = admin_client.get(address(corrected)).content.decode()
    admin_client.post(address(corrected, "locks"), {"take": form_of(html, "take")[0]})
    corrected.refresh_from_db()
    assert (corrected.locked, corrected.subject) == ([], "参加")


def test_a_difference_is_shown_side_by_side_and_decided(admin_client, admin_user, corrected):
    Divergence.objects.all().delete()
    found = DivergenceFactory(row=corrected)
    html = admin_client.get(address(corrected)).content.decode()
    told = re.search(r'<section class="differences".*?</section>', html, re.DOTALL)[0]
    assert re.findall(r"<td data-label=[^>]+>([^<]+)</td>", told) == ["听课人数", "听课"]
    assert form_of(html, "keep") == form_of(html, "take") == [str(found.pk)]
    admin_client.post(address(corrected, "locks"), {"keep": found.pk})
    found.refresh_from_db()
    assert (found.state, found.decided_by) == ("kept", admin_user)
    assert "differences" not in admin_client.get(address(corrected)).content.decode()


def test_a_group_of_fields_and_links_are_told_in_words(admin_client):
    city = PlaceFactory(name="青石市", level="city")
    row = MetricFactory(origin="imported", locked=["city", "value"])
    DivergenceFactory(row=row, field="value", read={"value": "35", "upper": None, "qualifier": "over"})
    DivergenceFactory(row=row, field="city", read={"city": city.pk})
    html = admin_client.get(address(row)).content.decode()
    assert re.findall(r"<td data-label=[^>]+>([^<]+)</td>", html) == [
        "12 · 正好", "35 · 余", "（空）", "青石市",
    ]  # fmt: skip


def test_a_rejected_record_that_reads_otherwise_can_count_again(admin_client):
    row = MetricFactory(origin="imported", state="rejected")
    found = DivergenceFactory(row=row, field="", read={"subject": "听课", "status": "planned"})
    html = admin_client.get(address(row)).content.decode()
    assert "整条记录（已否定）" in html
    assert "统计对象 听课 · 完成情况 计划" in html
    admin_client.post(address(row, "locks"), {"take": found.pk})
    row.refresh_from_db()
    assert (row.state, row.subject) == ("asserted", "听课")


def test_a_reading_that_cannot_be_written_is_told(admin_client, corrected):
    found = DivergenceFactory(row=corrected, field="organisation", read={"organisation": 10**9})
    answer = admin_client.post(address(corrected, "locks"), {"take": found.pk}, follow=True)
    assert "已经不在库中" in answer.content.decode()


@pytest.mark.parametrize("sent", [{}, {"unlock": "value"}, {"take": "x"}, {"keep": "9" * 30}, {"take": "1"}])
def test_what_is_not_there_is_told(admin_client, sent):
    row = OrganisationFactory(locked=["name"])
    answer = admin_client.post(address(row, "locks"), sent, follow=True)
    assert "没有要决定的" in answer.content.decode()
    row.refresh_from_db()
    assert row.locked == ["name"]


def test_only_who_may_change_the_record_decides(client, django_user_model, corrected):
    found = DivergenceFactory(row=corrected, field="unit", read={"unit": "名"})
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_metric"))
    client.force_login(reader)
    html = client.get(address(corrected)).content.decode()
    assert "导入程序读出了不同的内容" in html
    assert "lock-button" not in html
    assert client.post(address(corrected, "locks"), {"unlock": "subject"}).status_code == 403
    client.logout()
    assert client.post(address(corrected, "locks"), {"take": found.pk}).status_code == 302
    assert Metric.objects.get(pk=corrected.pk).locked == ["subject"]


def test_it_is_written_not_read(admin_client, corrected):
    assert admin_client.get(address(corrected, "locks")).status_code == 405
    nothing = reverse("admin:kb_metric_locks", args=[10**9])
    assert admin_client.post(nothing, {"unlock": "subject"}).status_code == 404


def test_forms_lead_to_the_words(admin_client, world):
    def link(row):
        found = re.search(r'<a href="([^"]+)">在原文中看', admin_client.get(address(row)).content.decode())
        return found[1] if found else ""

    page = f"/articles/{world.hohhot_article.pk}/"
    mention = PlaceMentionFactory(article=world.hohhot_article, text="新城区", ordinal=1)
    assert link(world.hohhot_article) == page
    assert link(world.hours) == f"{page}#metric-{world.hours.pk}"
    assert link(mention) == f"{page}#place-{mention.pk}"
    assert link(world.team) == ""
    type(world.hohhot_article).objects.update(state="rejected")
    assert link(world.hours) == ""


def test_hostile_readings_are_escaped(admin_client, corrected):
    hostile = "<script>alert(1)</script>"
    DivergenceFactory(row=corrected, field="unit", read={"unit": hostile})
    Divergence.objects.filter(field="subject").update(read={"subject": hostile})
    assert "<script>alert" not in admin_client.get(address(corrected)).content.decode()
