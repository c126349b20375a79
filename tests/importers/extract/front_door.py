"""Small pages read through the front door, for the tests of what a page can do."""

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from importers.extract.records import ArticleRecord, PageRecord

GAZETTEER = load_gazetteer()


def read(text: str, **known: str) -> PageRecord:
    """What a page says."""
    return extract_page(text, gazetteer=GAZETTEER, **known)


def only(text: str, **known: str) -> ArticleRecord:
    """The one article of a page."""
    (article,) = read(text, **known).articles
    return article


def prose(text: str, **known: str) -> ArticleRecord:
    """The article of a page that has one paragraph and no headline."""
    return only(f"　　{text}\n", **known)
