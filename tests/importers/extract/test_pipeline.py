"""The front door: any text gives a record whose spans quote the body, and every line is accounted for."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.layout.rest import uncovered_lines
from importers.extract.pipeline import extract_page
from importers.extract.records import PageLayout, PageRecord

PAGES = sorted((Path(__file__).resolve().parents[2] / "pages").glob("*.txt"))
GAZETTEER = load_gazetteer()

SIGNS = st.sampled_from(
    "“”‘’『』（）《》●■◆□◎，。、：；！？—…·%0123456789万余多近年月日个名户件次 \n\u3000\ue000"
)
WORDS = st.sampled_from(
    [
        "近日",
        "记者",
        "摄",
        "本报讯",
        "区委组织部",
        "党支部",
        "街道",
        "嘎查",
        "村",
        "开展",
        "主题党日活动",
        "志愿服务",
        "赤峰市",
        "科右中旗",
        "该旗",
        "全市",
        "截至目前",
        "2023年以来",
        "每月至少1次",
        "35万余小时",
        "转自",
        "通讯员",
    ]
)
PAGE_TEXTS = st.lists(st.one_of(WORDS, SIGNS, st.text(max_size=8)), max_size=120).map("".join)


def read(text: str, **known) -> PageRecord:
    return extract_page(text, gazetteer=GAZETTEER, **known)


def assert_quotes_its_body(record: PageRecord) -> None:
    for article in record.articles:
        for named in (*article.places, *article.organisations, *article.initiatives):
            assert article.body[named.start : named.end] == named.surface != ""
        for metric in article.metrics:
            assert article.body[metric.start : metric.end] == metric.text != ""
        for doubt in article.doubts:
            assert 0 <= doubt.start <= doubt.end <= len(article.body)


@settings(max_examples=150, deadline=None)
@given(PAGE_TEXTS)
def test_any_text_gives_a_record_that_quotes_its_body(text):
    record = read(text)
    assert_quotes_its_body(record)
    layout = PageLayout(tuple(article.draft for article in record.articles), record.furniture)
    assert isinstance(uncovered_lines(text, layout), tuple)


@settings(max_examples=40, deadline=None)
@given(PAGE_TEXTS)
def test_the_same_text_gives_the_same_record(text):
    assert read(text) == read(text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_of_a_page_belongs_to_something(path):
    text = path.read_text(encoding="utf-8")
    record = read(text)
    assert_quotes_its_body(record)
    layout = PageLayout(tuple(article.draft for article in record.articles), record.furniture)
    assert uncovered_lines(text, layout) == ()


def test_a_page_does_not_depend_on_the_pages_read_before_it():
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    forward = [read(text) for text in texts]
    backward = [read(text) for text in reversed(texts)]
    assert forward == backward[::-1]


def test_the_articles_of_the_annotated_pages_are_found():
    for path in PAGES:
        annotation = json.loads(
            (path.parent / "expected" / f"{path.name[:3]}.json").read_text(encoding="utf-8")
        )
        wanted = [article for article in annotation["articles"] if article["strict"]]
        assert len(read(path.read_text(encoding="utf-8")).articles) >= len(wanted), path.name


def test_what_is_known_of_a_page_from_elsewhere_is_used():
    text = "本报讯（记者 高原）今年以来，市总工会慰问困难职工300名。\n"
    known = read(text, issue_date="2022-05-01", home_city="赤峰")
    (article,) = known.articles
    assert known.home_city == "赤峰市"
    assert article.organisations[0].name == "赤峰市总工会"
    assert article.metrics[0].period_from is not None
    assert str(article.metrics[0].period_from) == "2022"
    assert read(text).home_city is None


def test_an_anniversary_in_one_article_tells_the_year_of_the_others():
    kept = "本报讯（记者 高原）为庆祝建党98周年，红山区南山社区党支部重温入党誓词。\n"
    dated = "本报讯（记者 苏和）今年4月，松山区司法局开展“送法进院”宣讲活动，今年以来受理120件。\n"
    page = "\n\n".join((kept, dated))
    (_, article) = read(page).articles
    assert [str(mention.started) for mention in article.initiatives] == ["2019-04"]
    assert [str(metric.period_from) for metric in article.metrics] == ["今年以来"]
    (_, article) = read(page, issue_date="2020-05-06").articles
    assert [str(mention.started) for mention in article.initiatives] == ["2020-04"]
    (article,) = read(dated).articles
    assert [mention.started for mention in article.initiatives] == [None]


def test_an_unknown_home_city_is_refused():
    with pytest.raises(ValueError, match="home_city"):
        read("近日，天气晴好。", home_city="云岭市")
