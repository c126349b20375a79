"""A page read for its layout alone, and what the tests look at."""

from importers.extract.layout.read import read_layout
from importers.extract.layout.rest import uncovered_lines
from importers.extract.records import ArticleDraft, PageLayout

WRAPPED = """\
本报讯（记者 高远）近日，双河市
总工会把“职工驿站”建到了建筑工

地，为农民工提供热水和充电服务。
目前已建成驿 站 62 个。

下一步，工会还要在物流园区增设驿
站20个。
"""


def read(page: str) -> PageLayout:
    """The layout of a page, of which no line may be left over."""
    layout = read_layout(page)
    assert uncovered_lines(page, layout) == ()
    return layout


def only(page: str) -> ArticleDraft:
    """The one article of a page."""
    (article,) = read(page).articles
    return article


def titles(page: str) -> list[str]:
    return [article.title for article in read(page).articles]


def names(article: ArticleDraft) -> list[tuple[str, str]]:
    return [(author.name, author.role.value) for author in article.authors]
