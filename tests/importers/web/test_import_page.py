"""Importing in the admin: upload, preview, storing, and the report."""

import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from importers.models import ImportJob
from importers.web import batches
from kb.models import Article, Change, Metric, Page, Place
from tests.importers.web.conftest import TEXT, archive

ADD = "admin:importers_importjob_add"
PAGE = ("灯火.txt", TEXT.encode())


def told(response) -> str:
    return response.content.decode()


def test_the_preview_tells_what_the_import_then_does(upload, step):
    page = upload(PAGE, newspaper="云岭日报", issue_date="2024-12-01")
    assert page.status_code == 200
    [draft] = page.context["drafts"]
    assert [(a["title"], a["outcome"], a["metrics"]) for a in draft["articles"]] == [
        ("灯火夜校开班", "created", 2)
    ]
    for words in ("云岭日报", "2024-12-01", "灯火夜校开班", "新增"):
        assert words in told(page)
    assert not Page.objects.exists(), "a preview stores nothing"
    assert not Change.objects.filter(resource="articles").exists()

    done = step(page, "store")
    assert Article.objects.get().title == "灯火夜校开班"
    assert Page.objects.get().publication.name == "云岭日报"
    job = ImportJob.objects.get()
    assert job.outcome["counts"] == draft["preview"]["counts"]
    assert (job.state, job.by, bytes(job.content)) == ("done", "林溪", b"")
    assert Change.objects.get(resource="pages").by == "林溪"
    assert "已入库" in told(done)


def test_a_page_that_is_stored_is_shown_as_unchanged_and_not_ticked(upload, step):
    step(upload(PAGE), "store")
    page = upload(PAGE)
    [draft] = page.context["drafts"]
    assert (draft["preview"]["outcome"], draft["articles"][0]["outcome"]) == ("unchanged", "unchanged")
    assert draft["articles"][0]["metrics"] == 2
    assert "checked" not in told(page)


@pytest.mark.django_db(transaction=True)  # what a transaction wrote is told by transactions that end
def test_a_preview_shows_what_changes_and_what_stays(upload, step):
    two = TEXT + "\n\n书屋开门\n本报讯 云岭镇的书屋藏书2000册，已向村民开放。\n"
    step(upload(("两篇.txt", two.encode())), "store")
    Metric.objects.filter(unit="册").delete()
    page = upload(("两篇.txt", two.encode()), home_city="呼和浩特市")
    [draft] = page.context["drafts"]
    outcomes = {article["title"]: article["outcome"] for article in draft["articles"]}
    assert draft["preview"]["outcome"] == "updated"
    assert "updated" in outcomes.values()
    assert "created" not in outcomes.values()
    assert Page.objects.get().home_city is None, "a preview changes nothing"


def test_new_places_and_bodies_are_named(upload):
    text = "书记来村\n本报讯 玉泉区委组织部派12名干部到玉泉区大南街街道。\n"
    [draft] = upload(("书记.txt", text.encode())).context["drafts"]
    named = {str(label): names for label, _number, names, _more in draft["new"]}
    assert "玉泉区委组织部" in named["组织"]
    assert not Place.objects.filter(names__name="大南街街道").exists()


def test_what_cannot_be_read_is_told_with_file_line_and_remedy(upload, step):
    page = upload(
        PAGE, ("坏.txt", b"ab\ncd\n\xff\xff\xff\xff"), ("图.pdf", b"%PDF-1.7"), ("空.txt", b""),
        ("又一份.txt", PAGE[1]),
    )  # fmt: skip
    reasons = {job.name: why for job, why in page.context["failed"]}
    assert "第 3 行" in reasons["坏.txt"]
    assert "请转为 UTF-8" in reasons["坏.txt"]
    assert ".txt" in reasons["图.pdf"]
    assert reasons["空.txt"] == "文件是空的"
    assert reasons["又一份.txt"] == "与 灯火.txt 内容相同，已略过"
    assert [draft["job"].name for draft in page.context["drafts"]] == ["灯火.txt"]
    step(page, "store")
    assert ImportJob.objects.filter(state="failed").count() == 4
    assert Article.objects.count() == 1


def test_reasons_are_english_for_who_prefers_it(editor, upload):
    url = upload(("空.txt", b"")).redirect_chain[-1][0]
    shown = told(editor.get(url, headers={"accept-language": "en"}))
    assert "The file is empty" in shown


def test_an_archive_is_read_without_being_unpacked_anywhere(upload):
    members = {"2024/甲.txt": PAGE[1], "../../etc/乙.txt": PAGE[1] + b"\xe3\x80\x82", "丙.exe": b"MZ"}
    page = upload(("本期.zip", archive(**members)))
    assert sorted(draft["job"].name for draft in page.context["drafts"]) == ["乙.txt", "甲.txt"]
    assert [job.name for job, _why in page.context["failed"]] == ["丙.exe"]


def test_a_broken_archive_is_told(upload):
    [(job, why)] = upload(("本期.zip", b"PK\x03\x04 nothing")).context["failed"]
    assert job.name == "本期.zip"
    assert "压缩包无法打开" in why


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_whose_insides_are_spoilt_is_told(upload, method):
    spoilt = bytearray(archive(method, **{"甲.txt": PAGE[1] * 20}))
    begin = spoilt.index("甲.txt".encode()) + len("甲.txt".encode())
    spoilt[begin : begin + 60] = b"\xff" * 60
    [(job, why)] = upload(("本期.zip", bytes(spoilt))).context["failed"]
    assert job.name == "本期.zip"
    assert "压缩包无法打开" in why


def test_an_archive_that_swells_is_refused(upload, settings):
    settings.KB_SUBMIT_LIMIT = 1000
    page = upload(("大.zip", archive(**{"大.txt": b"a" * 5_000_000})))
    [(job, why)] = page.context["failed"]
    assert (job.name, job.size) == ("大.txt", 0)
    assert "超过上限 1000" in why


def test_a_text_can_be_pasted(editor, step):
    page = editor.post(reverse(ADD), {"text": TEXT.replace("\n", "\r\n")}, follow=True)
    step(page, "store")
    assert Page.objects.get().raw_text == TEXT


def test_nothing_is_an_error_that_says_what_to_do(editor):
    response = editor.post(reverse(ADD), {})
    assert "请选择文件，或粘贴文字。" in told(response)
    response = editor.post(reverse(ADD), {"text": TEXT, "issue_date": "昨天"})
    assert response.status_code == 200
    assert not ImportJob.objects.exists()


def test_a_page_that_is_too_long_is_named_and_the_others_are_read(upload, settings):
    settings.KB_SUBMIT_LIMIT = len(TEXT.encode())
    page = upload(PAGE, ("长.txt", TEXT.encode() * 2))
    assert [job.name for job, _why in page.context["failed"]] == ["长.txt"]
    assert len(page.context["drafts"]) == 1


def test_an_upload_that_is_too_long_is_refused_before_it_is_read(editor, settings, monkeypatch):
    settings.KB_SUBMIT_LIMIT = 10
    monkeypatch.setattr("importers.web.pages._uploaded", None)
    response = editor.post(reverse(ADD), {"text": "字" * 40_000})
    assert response.status_code == 413
    assert "请分几次上传" in told(response)


def test_too_many_pages_are_refused(upload, monkeypatch):
    monkeypatch.setattr("importers.web.pages.MOST_PAGES", 1)
    response = upload(PAGE, ("乙.txt", b"b"))
    assert response.status_code == 413
    assert not ImportJob.objects.exists()


def test_unticked_pages_are_left_out_and_forgotten(upload, step):
    page = upload(PAGE, ("乙.txt", TEXT.replace("12", "13").encode()))
    first = page.context["drafts"][0]["job"]
    step(page, "store", page=[str(first.pk)])
    assert [job.name for job in ImportJob.objects.all()] == [first.name]
    assert Page.objects.get().source_file == first.name


def test_a_preview_can_be_thrown_away(upload, step):
    step(upload(PAGE), "discard")
    assert not ImportJob.objects.exists()
    assert not Page.objects.exists()


def test_many_pages_are_read_in_several_requests(upload, step, editor, monkeypatch):
    monkeypatch.setattr(batches, "SECONDS", -1.0)
    page = upload(PAGE, ("乙.txt", TEXT.replace("12", "13").encode()))
    assert page.context["progress"] == {"total": 2, "read": 1, "drafts": 2, "ended": 0}
    assert "正在试读" in told(page)
    url = reverse("admin:importers_importjob_step", args=[page.context["batch"], "read"])
    answer = editor.post(url, headers={"accept": "application/json"})
    assert answer.json()["read"] == 2
    assert "正在试读" not in told(editor.get(page.redirect_chain[-1][0]))


def test_a_long_batch_is_stored_by_the_worker_and_its_progress_is_told(upload, step, editor, settings):
    settings.KB_SUBMIT_AT_ONCE = 10
    page = step(upload(PAGE), "store")
    assert "正在入库" in told(page)
    assert 'http-equiv="refresh"' in told(page), "without scripts the page asks again by itself"
    state = reverse("admin:importers_importjob_step", args=[page.context["batch"], "state"])
    assert editor.get(state).json() == {"total": 1, "read": 1, "drafts": 0, "ended": 0}
    call_command("import_jobs", "--once", verbosity=0)
    assert editor.get(state).json()["ended"] == 1
    assert "已入库" in told(editor.get(page.redirect_chain[-1][0]))


def test_a_page_that_waits_already_is_not_queued_twice(upload, step, settings):
    settings.KB_SUBMIT_AT_ONCE = 10
    step(upload(PAGE), "store")
    page = step(upload(PAGE), "store")
    assert [why for _job, why in page.context["failed"]] == ["同样的内容正由另一个任务导入"]
    assert ImportJob.objects.filter(state="queued").count() == 1


def test_the_report_stays_with_the_job(upload, step, editor):
    step(upload(PAGE), "store")
    job = ImportJob.objects.get()
    shown = told(editor.get(reverse("admin:importers_importjob_change", args=[job.pk])))
    for words in ("灯火.txt", "林溪", "灯火夜校开班", "数据"):
        assert words in shown
    assert "新增 · 文章 +1" in told(editor.get(reverse("admin:importers_importjob_changelist")))


def test_a_draft_is_shown_to_nobody_else(upload, admin_client):
    url = upload(PAGE).redirect_chain[-1][0]
    assert admin_client.get(url).status_code == 404


def test_a_batch_s_steps_change_nothing_by_being_looked_at(upload, editor):
    batch = upload(PAGE).context["batch"]
    for name in ("read", "store", "discard"):
        assert editor.get(reverse("admin:importers_importjob_step", args=[batch, name])).status_code == 405
    assert editor.post(reverse("admin:importers_importjob_batch", args=[batch])).status_code == 405
    assert editor.post(reverse("admin:importers_importjob_step", args=[batch, "erase"])).status_code == 404


@pytest.mark.parametrize("name", ["add", "store"])
def test_a_form_of_another_site_is_refused(upload, name):
    batch = upload(PAGE).context["batch"]
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get())
    url = reverse(ADD) if name == "add" else reverse("admin:importers_importjob_step", args=[batch, name])
    assert careful.post(url, {"text": TEXT}).status_code == 403


def test_the_pages_load_nothing_from_elsewhere_and_no_inline_script(upload, editor):
    for page in (editor.get(reverse(ADD)), upload(PAGE)):
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "<script>" not in told(page)
        assert "style=" not in told(page)


def test_what_a_page_says_is_shown_as_text(upload):
    text = "<b>灯火</b>夜校开班\n本报讯 云岭镇<script>alert(1)</script>入冬以来开办夜校12期。\n"
    page = upload(("<img src=x>.txt", text.encode()))
    assert "<script>alert" not in told(page)
    assert "<img src=x>" not in told(page)


def test_the_short_address_leads_to_the_form(editor):
    assert editor.get("/admin/import/").headers["location"] == reverse(ADD)


@pytest.mark.django_db
def test_a_queue_that_is_full_takes_no_upload(upload, settings):
    settings.KB_QUEUE_LIMIT = 2
    assert upload(("a.txt", TEXT.encode())).status_code == 200
    refused = upload(("b.txt", TEXT.encode() + b"1"), ("c.txt", TEXT.encode() + b"2"))
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert "排队的版面已满" in refused.content.decode()
    assert ImportJob.objects.count() == 1
