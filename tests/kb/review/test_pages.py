"""The review pages, sent as plain forms and as parts."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import gettext, override

from kb.models import Doubt, PlaceMention
from kb.review.queue import claim_one
from tests.factories import ArticleFactory, DoubtFactory, PageFactory, PlaceFactory, PlaceMentionFactory
from tests.kb.review.conftest import doubt

pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[\u3400-\u9fff（）。，：]+")
TEMPLATES = Path(__file__).resolve().parents[3] / "kb" / "templates" / "review"
MOST_QUERIES = 30


@pytest.fixture(autouse=True)
def rights(db):
    """The groups with their rights, also where a test has emptied the tables."""
    importlib.import_module("api.migrations.0002_groups").create(apps, None)
    importlib.import_module("api.migrations.0005_decision_rights").grant(apps, None)


@pytest.fixture
def sit(client):
    """`sit(editor)` is the client of somebody who has signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def page(answer):
    return answer.content.decode()


def shown(answer):
    """The id of the doubt that a page shows."""
    return int(re.search(r'data-doubt="(\d+)"', page(answer))[1])


def test_the_most_valuable_doubt_is_shown_with_its_words_in_their_sentence(sit, editor, queue):
    text = page(sit(editor).get("/review/"))
    assert "这里的“新城区”指哪个地方？" in text
    assert re.search(r'。</span><mark class="mark-place">新城区</mark>的党员走进', text)
    assert f'href="/articles/{queue.article.pk}/"' in text
    assert "呼和浩特市" in text, "what tells the candidate from others"
    assert Doubt.objects.get(pk=queue.place.pk).claimed_by == editor


def test_whoever_may_merge_is_led_to_the_pairs_that_may_be_one(sit, editor, reader, queue):
    way = re.compile(r'<a href="(/admin/[^"]*)">可能重复的组织、举措和地名</a>')
    client = sit(editor)
    [address] = way.findall(page(client.get("/review/")))
    assert "可能重复" in page(client.get(address))
    assert "that may be one</a>" in page(client.get("/review/", headers={"Accept-Language": "en"}))
    assert not way.findall(page(sit(reader).get("/review/")))


def test_a_form_decides_and_leads_to_the_next(sit, editor, queue):
    client = sit(editor)
    answer = client.post(f"/review/{queue.place.pk}/", {"option": f"place:{queue.world.xincheng.pk}"})
    assert (answer.status_code, answer["Location"]) == (302, "/review/")
    following = client.get("/review/")
    assert "已采纳：新城区" in page(following)
    assert shown(following) == queue.village.pk
    assert PlaceMention.objects.get(article=queue.article, text="新城区").place == queue.world.xincheng


@pytest.mark.parametrize(
    ("verdict", "state"), [("accept", "accepted"), ("reject", "rejected"), ("skip", "skipped")]
)
def test_each_button_says_what_it_does(sit, editor, queue, verdict, state):
    sit(editor).post(f"/review/{queue.village.pk}/", {"verdict": verdict})
    row = Doubt.objects.get(pk=queue.village.pk)
    assert (row.state, row.decided_by, row.decision.by) == (state, editor, editor)


def test_the_filters_go_along(sit, editor, queue):
    client = sit(editor)
    part = f"kind=metric&city={queue.world.baotou.pk}"
    first = client.get(f"/review/?{part}")
    assert shown(first) == queue.figure.pk
    answer = client.post(
        f"/review/{queue.figure.pk}/", {"verdict": "skip", "kind": "metric", "city": queue.world.baotou.pk}
    )
    assert answer["Location"] == f"/review/?{part}"
    assert shown(client.get(answer["Location"])) == queue.round.pk
    assert shown(client.get("/review/?state=skipped")) == queue.figure.pk


@pytest.mark.parametrize(
    "query", ["?city=x", "?reason=no", "?state=accepted", "?city=99999999999999999999", "?kind=%00"]
)
def test_filters_that_make_no_sense_are_left_out(sit, editor, queue, query):
    assert shown(sit(editor).get(f"/review/{query}")) == queue.place.pk


@pytest.mark.usefixtures("at_midnight_too")
def test_a_part_brings_the_next_doubt_but_not_the_one_on_the_screen(sit, editor, queue):
    answer = sit(editor).post(
        f"/review/{queue.place.pk}/",
        {"verdict": "reject", "shown": queue.village.pk},
        headers={"x-review": "part"},
    )
    assert shown(answer) == queue.body.pk
    assert "<html" not in page(answer)
    assert "今天完成 <strong>1</strong>" in page(answer)


def test_fetching_ahead_claims_the_next_and_renews_the_first(sit, editor, other, queue):
    client = sit(editor)
    client.get("/review/")
    Doubt.objects.update(claimed_until=None)
    assert shown(client.post("/review/ahead/", {"shown": queue.place.pk})) == queue.village.pk
    assert not claim_one(other, queue.place.pk)
    assert not claim_one(other, queue.village.pk)
    assert shown(sit(other).get("/review/")) == queue.body.pk


def test_what_was_decided_meanwhile_is_refused_in_words(sit, editor, other, queue):
    sit(other).post(f"/review/{queue.place.pk}/", {"verdict": "reject"})
    data, part = {"verdict": "accept"}, {"x-review": "part"}
    answer = sit(editor).post(f"/review/{queue.place.pk}/", data, headers=part)
    assert answer.status_code == 409
    assert "已由 周牧云 在" in page(answer)
    assert Doubt.objects.get(pk=queue.place.pk).state == "rejected"
    assert "已由 周牧云 在" in page(sit(editor).get(f"/review/{queue.place.pk}/"))


def test_what_somebody_is_at_can_be_looked_at_only(sit, editor, other, queue):
    claim_one(other, queue.place.pk)
    text = page(sit(editor).get(f"/review/{queue.place.pk}/"))
    assert "正由 周牧云 审核" in text
    assert 'value="reject"' not in text


def test_a_typed_name_is_taken_or_offered_or_not_found(sit, editor, queue):
    client, address = sit(editor), f"/review/{queue.village.pk}/"
    PlaceFactory(name="鹿苑东街", level="township")
    several = client.post(address, {"typed": "鹿苑"})
    assert several.status_code == 422
    assert {"鹿苑镇", "鹿苑东街"} <= set(re.findall(r'option-label">([^<]+)<', page(several)))
    assert "没有找到“火星”" in page(client.post(address, {"typed": "火星"}))
    assert client.post(address, {"typed": "鹿苑镇"}).status_code == 302
    assert PlaceMention.objects.get(text="青杨村").place == queue.world.town


def test_a_typed_subject_is_taken_as_it_is(sit, editor, queue):
    from tests.factories import MetricFactory

    row = MetricFactory(article=queue.article, text="30件", value=30, unit="件", subject="")
    sit(editor).post(f"/review/{queue.figure.pk}/", {"typed": " 实事 "})
    row.refresh_from_db()
    assert row.subject == "实事"


def test_an_answer_without_a_button_is_asked_again(sit, editor, queue):
    answer = sit(editor).post(f"/review/{queue.place.pk}/", {})
    assert (answer.status_code, shown(answer)) == (422, queue.place.pk)
    assert "请选一个答复" in page(answer)


def test_the_last_decision_is_taken_back(sit, editor, queue):
    client = sit(editor)
    client.post(f"/review/{queue.place.pk}/", {"verdict": "reject"})
    answer = client.post("/review/undo/")
    assert answer["Location"] == f"/review/{queue.place.pk}/"
    assert "已撤销：已否定" in page(client.get(answer["Location"]))
    assert Doubt.objects.get(pk=queue.place.pk).state == "open"
    part = client.post("/review/undo/", headers={"x-review": "part"})
    assert (part.status_code, "没有可以撤销的决定" in page(part)) == (409, True)


@pytest.fixture
def case(world):
    """Three doubts of one case, each with its mention."""
    article = ArticleFactory(body="双山村一，双山村二，双山村三", city=world.baotou)
    rows = [doubt(article, "双山村", "place", "unresolved", nth) for nth in range(3)]
    for row in rows:
        PlaceMentionFactory(article=article, text="双山村", start=row.start, end=row.end)
    return rows


def test_a_case_is_listed_and_decided_at_one_stroke(sit, editor, case, world):
    client = sit(editor)
    assert "连同类的另外 2 条一起处理" in page(client.get(f"/review/{case[0].pk}/"))
    listed = page(client.get(f"/review/{case[0].pk}/same/"))
    assert listed.count('name="doubts"') == 3
    chosen = {"doubts": [case[0].pk, case[2].pk], "option": f"below:{world.baotou.pk}"}
    client.post(f"/review/{case[0].pk}/same/", chosen)
    assert "已采纳：包头市 · 双山村，共 2 条" in page(client.get("/review/"))
    mentions = PlaceMention.objects.filter(text="双山村").order_by("start")
    assert [bool(mention.place) for mention in mentions] == [True, False, True]
    assert [mention.locked for mention in mentions] == [["official", "place"], [], ["official", "place"]]


def test_a_case_leaves_out_what_somebody_else_is_at_and_what_is_another_case(sit, editor, other, case, queue):
    claim_one(other, case[1].pk)
    client = sit(editor)
    text = page(client.get(f"/review/{case[0].pk}/same/"))
    assert (text.count('name="doubts"'), "另有 1 条正由别人审核" in text) == (2, True)
    client.post(
        f"/review/{case[0].pk}/same/",
        {"doubts": [*(row.pk for row in case), queue.place.pk], "verdict": "reject"},
    )
    states = dict(Doubt.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in case] == ["rejected", "open", "rejected"]
    assert states[queue.place.pk] == "open"


@pytest.mark.parametrize(
    "data", [{"verdict": "reject"}, {"doubts": "x", "verdict": "reject"}, {"doubts": "1"}]
)
def test_a_case_with_nothing_chosen_is_shown_again(sit, editor, case, data):
    assert sit(editor).post(f"/review/{case[0].pk}/same/", data).status_code == 422
    assert set(Doubt.objects.values_list("state", flat=True)) == {"open"}


def test_strangers_sign_in_first_readers_look_and_editors_decide(client, sit, reader, editor, queue):
    assert client.get("/review/")["Location"].startswith("/admin/login/?next=/review/")
    reading = sit(reader)
    text = page(reading.get("/review/"))
    assert "这里的“新城区”指哪个地方？" in text
    assert 'value="reject"' not in text
    assert Doubt.objects.get(pk=queue.place.pk).claimed_by is None
    for address in (
        f"/review/{queue.place.pk}/",
        "/review/undo/",
        "/review/ahead/",
        f"/review/{queue.place.pk}/same/",
    ):
        assert reading.post(address, {"verdict": "reject"}).status_code == 403
    assert set(Doubt.objects.values_list("state", flat=True)) == {"open"}


def test_without_rights_on_doubts_there_is_nothing_to_see(sit, django_user_model, queue):
    nobody = django_user_model.objects.create_user("无权", is_staff=True)
    assert sit(nobody).get("/review/").status_code == 403


def test_who_may_not_change_figures_does_not_do_so_by_reviewing(sit, django_user_model, queue):
    from django.contrib.auth.models import Permission

    person = django_user_model.objects.create_user("半个编辑", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=["view_doubt", "change_doubt"]))
    assert sit(person).post(f"/review/{queue.figure.pk}/", {"option": "subject:甲"}).status_code == 403
    assert 'value="reject"' not in page(sit(person).get(f"/review/{queue.figure.pk}/"))


def test_forms_of_other_sites_are_refused(django_user_model, queue, editor):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(f"/review/{queue.place.pk}/", {"verdict": "reject"}).status_code == 403


def test_an_empty_queue_says_so(sit, editor):
    assert "都处理完了" in page(sit(editor).get("/review/"))
    assert "这一部分没有要处理的了" in page(sit(editor).get("/review/?kind=metric"))
    assert sit(editor).get("/review/4711/").status_code == 404


def more_rows(world, count):
    for _number in range(count):
        article = ArticleFactory(
            body="新城区，双山村12人", page=PageFactory(home_city=world.baotou), city=world.baotou
        )
        town = PlaceFactory(name="新城区", level="county", city=world.ordos)
        PlaceMentionFactory(article=article, text="新城区", place=town)
        doubt(article, "新城区", "place", "ambiguous")
        DoubtFactory(article=article, start=4, end=7, reason="unresolved")


@pytest.mark.parametrize("path", ["/review/", "/review/?kind=metric", "/review/{case}/same/"])
def test_a_page_takes_as_many_queries_however_long_the_queue(
    sit, editor, queue, world, path, django_assert_max_num_queries
):
    more_rows(world, 2)
    client = sit(editor)
    client.get("/review/")
    address = path.format(case=Doubt.objects.filter(text="双山村").first().pk)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        assert client.get(address).status_code == 200
    more_rows(world, 4)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_a_page_s_words_are_shown_as_words(sit, editor):
    hostile = "<script>alert(1)</script>"
    DoubtFactory(article=ArticleFactory(body=f"{hostile}。", title=hostile), end=len(hostile), note=hostile)
    assert hostile not in page(sit(editor).get("/review/"))


def test_pages_are_english_for_who_prefers_it(sit, editor):
    article = ArticleFactory(body="Lark and 12 members", title="Title")
    for kind, reason in (("place", "ambiguous"), ("metric", "no_subject"), ("initiative", "low_confidence")):
        DoubtFactory(article=article, kind=kind, reason=reason, end=4)
    editor.username = "lin"
    editor.save()
    client = sit(editor)
    for path in ("/review/", "/review/?kind=metric", "/review/?kind=initiative", "/review/?kind=article"):
        assert CHINESE.findall(page(client.get(path, headers={"accept-language": "en"}))) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_have_no_word_that_cannot_be_translated(path):
    text = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"{% translate (\"[^\"]*\"|'[^']*') %}", "", text)
    assert CHINESE.findall(text) == []


def test_every_word_of_the_review_is_translated():
    root = TEMPLATES.parents[1]
    sources = [
        *TEMPLATES.glob("*.html"),
        *(root / "review").rglob("*.py"),
        *(root / "admin" / "review").glob("*.py"),
    ]
    words = set()
    for path in sources:
        text = path.read_text(encoding="utf-8")
        words |= set(re.findall(r'_\(\s*"([^"]+)"', text)) | set(
            re.findall(r"{% translate [\"']([^\"']+)", text)
        )
    assert len(words) > 60
    with override("en"):
        assert [word for word in sorted(words) if CHINESE.search(gettext(word))] == []
