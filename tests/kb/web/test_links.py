"""Where the links of the pages for readers lead: to pages that people read, to data only if they say so."""

import re
from html.parser import HTMLParser

import pytest

from tests.factories import InitiativeMentionFactory, MetricFactory

DATA = {"API", "CSV", "SVG"}
"""What a link to data is called."""
PAGES = (
    "/", "/cities/150100/", "/lists/pages/", "/lists/articles/", "/lists/initiatives/",
    "/lists/organisations/", "/lists/places/", "/lists/metrics/?city=150100", "/search/?q=云雀",
    "/articles/1/", "/lists/metrics/?x=1",
)  # fmt: skip


class Links(HTMLParser):
    """The links of a page: address and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.open = [dict(attrs).get("href") or "", ""]

    def handle_data(self, data):
        if self.open:
            self.open[1] += data.strip()

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            self.found.append(tuple(self.open))
            self.open = None


@pytest.fixture
def links(client, world):
    """`links(path)`: what a reader's page at an address leads to."""

    def get(path):
        path = path.replace("/articles/1/", f"/articles/{world.hohhot_article.pk}/")
        return Links(client.get(path).content.decode()).found

    return get


@pytest.mark.parametrize("path", PAGES)
def test_no_page_for_people_leads_to_data_that_is_not_called_so(links, path):
    found = links(path)
    assert found
    to_data = {
        (address, words)
        for address, words in found
        if re.search(r"^/api/(?!docs/)|\.(csv|svg|json)\b", address) and words not in DATA
    }
    assert to_data == set()


@pytest.mark.parametrize("path", ["/", "/cities/150100/", "/lists/metrics/", "/search/?q=服务"])
def test_a_figure_leads_to_its_words(links, look, world, path):
    address = f"/articles/{world.hohhot_article.pk}/#metric-{world.hours.pk}"
    assert (address, "35万余小时") in links(path)
    page, mark = address.split("#")
    assert re.search(rf'id="{mark}">35万余小时</a>', look(page))


def test_a_figure_that_is_the_innermost_record_nowhere_can_be_named_too(look, world):
    article, lark = world.hohhot_article, "“云雀”志愿服务品牌"
    start = article.body.index(lark)
    figure = MetricFactory(article=article, text=lark, start=start, end=start + len(lark), value=1, unit="个")
    InitiativeMentionFactory(article=article, text="云雀", initiative=world.lark, ordinal=7)
    text = look(f"/articles/{article.pk}/")
    assert text.count(f'id="metric-{figure.pk}"') == 1
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_figure_of_the_page_leads_to_its_card_and_the_card_to_its_words(links, world):
    found = links("/articles/1/")
    assert (f"#record-metric-{world.hours.pk}", "35万余小时") in found
    assert (f"#metric-{world.hours.pk}", "350,000 小时") in found
