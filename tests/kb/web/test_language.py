"""Chinese first, and English without a Chinese word of ours left over."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from kb import vocabulary
from kb.web.labels import LABELS
from tests.factories import (
    ArticleFactory,
    InitiativeFactory,
    InitiativeMentionFactory,
    MetricFactory,
    OrganisationFactory,
    PageFactory,
    PlaceFactory,
)

WEB = Path(__file__).resolve().parents[3] / "kb" / "web"
CHINESE = re.compile(r"[\u3400-\u9fff（）。，：]+")
SHOWN = (
    vocabulary.ArticleKind, vocabulary.CreditRole, vocabulary.PlaceLevel, vocabulary.OrganisationCategory,
    vocabulary.InitiativeKind, vocabulary.Qualifier, vocabulary.MetricStatus, vocabulary.RecordKind,
)  # fmt: skip


def test_chinese_is_what_one_gets_who_asks_for_nothing(look):
    assert '<html lang="zh-hans">' in look("/")
    assert "各盟市党建报道总览" in look("/", headers={"accept-language": "fr"})


@pytest.mark.parametrize(
    "path",
    ["/", "/?by=metrics", "/cities/150100/", "/search/", "/search/?q=zzz", "/overview/years.svg",
     "/overview/cities.svg", "/overview/initiatives.svg", "/overview/cities.csv"],
)  # fmt: skip
def test_pages_without_records_are_english_for_who_prefers_it(look, path):
    text = look(path, headers={"accept-language": "en"})
    assert CHINESE.findall(text) == []


@pytest.mark.parametrize(("path", "status"), [("/?by=x", 400), ("/cities/1/", 404), ("/articles/1/", 404)])
def test_refusals_are_english_too(look, path, status):
    assert CHINESE.findall(look(path, status=status, headers={"accept-language": "en"})) == []


def test_records_are_shown_with_english_labels(look):
    city = PlaceFactory(name="Hohhot", code="150100", level="city")
    body = OrganisationFactory(name="Team", city=city, category="volunteer_team")
    named = InitiativeFactory(name="Lark", city=city, organisers=[body], kind="brand")
    page = PageFactory(raw_text="a\nb", source_file="a.txt")
    article = ArticleFactory(page=page, title="Title", body="Lark has 12 members", city=city, column="C")
    InitiativeMentionFactory(article=article, text="Lark", initiative=named)
    MetricFactory(article=article, text="12 members", unit="members", subject="members", city=city)
    english = {"accept-language": "en-GB,en;q=0.9"}
    for path in ("/", "/cities/150100/", f"/articles/{article.pk}/", "/search/?q=Lark"):
        text = look(path, headers=english)
        assert CHINESE.findall(text) == []
        assert "Brand" in text or "Figures" in text


def test_the_list_for_translators_is_that_of_the_vocabulary():
    assert set(LABELS) == {member.label for group in SHOWN for member in group}


def test_every_word_of_the_catalogue_is_translated():
    catalogue = (WEB / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert "fuzzy" not in catalogue
    words = re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE)
    assert set(LABELS) <= set(words)
    with translation.override("en"):
        assert [word for word in words if CHINESE.search(gettext(word))] == []


@pytest.mark.parametrize("path", sorted(WEB.rglob("templates/**/*.*")), ids=lambda path: path.name)
def test_templates_have_no_word_that_cannot_be_translated(path):
    text = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"{% translate (\"[^\"]*\"|'[^']*') %}", "", text)
    assert CHINESE.findall(text) == []
