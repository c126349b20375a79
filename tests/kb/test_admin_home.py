"""What the admin looks like: its lists in the order of the work, their headings, figures in short."""

import re
from collections import Counter

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from kb.admin_groups import GROUPS, grouped
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_each_list_stands_in_one_group():
    labels = Counter(label for _name, members in GROUPS for label in members)
    assert set(labels.values()) == {1}
    assert set(labels) == {model._meta.label_lower for model in admin.site._registry}


def captions(page):
    return re.findall(r"<caption>([^<]+)</caption>", page)


def test_what_is_edited_daily_stands_first(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert captions(page) == ["文章与记录", "审核与合并", "版面与导入", "出处、别称与署名", "系统"]
    assert page.index("/admin/kb/article/") < page.index("/admin/kb/metric/") < page.index("/admin/kb/doubt/")


def test_readers_see_no_empty_group(client):
    reader = User.objects.create_user("访客", is_staff=True)
    reader.groups.add(Group.objects.get(name="读者"))
    client.force_login(reader)
    page = client.get("/admin/").content.decode()
    assert "/admin/kb/metric/add/" not in page
    assert "/admin/auth/user/" not in page
    assert all(f"<caption>{name}</caption>" in page for name in ("文章与记录", "系统"))


def test_a_list_of_another_application_stays():
    other = {"app_label": "shop", "name": "Shop", "models": [{"object_name": "Order"}]}
    assert grouped([other]) == [other]


def test_a_list_is_headed_by_its_name_in_both_languages(admin_client):
    PlaceFactory(name="赤峰市", level="city", code="150400")
    for language, heading, filtered in (("zh-CN", "数据", "盟市"), ("en", "Metrics", "City")):
        page = admin_client.get("/admin/kb/metric/", headers={"accept-language": language}).content.decode()
        assert f"<h1>{heading}</h1>" in page
        assert f"<summary>{filtered}</summary>" in page
        assert 'alt="Search"' not in page
    assert "<h1>用户</h1>" in admin_client.get("/admin/auth/user/").content.decode()


def test_figures_below_a_form_have_no_zeros_behind_the_point(admin_client, world):
    page = admin_client.get(f"/admin/kb/initiative/{world.lark.pk}/change/").content.decode()
    assert 'value="350000"' in page
    assert "350000.0" not in page
