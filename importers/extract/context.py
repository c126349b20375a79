"""What a stage may know about the page and the article that it reads."""

from msgspec import Struct

from importers.extract.records import ArticleDraft


class Location(Struct, frozen=True):
    """A place as far as it is known: official name, code, level, and the names above it."""

    official: str
    level: str
    code: str | None = None
    city: str | None = None
    """The 盟市, full official name; for a place outside Inner Mongolia its prefecture-level city."""
    parent: str | None = None


class LocatedName(Struct, frozen=True):
    """A place name found at a span of the body, standing alone or inside an organisation's name."""

    start: int
    end: int
    surface: str
    location: Location
    candidates: tuple[str, ...] = ()
    """Official names of the places that a shared name may mean here, where more than one is left."""


class PageContext(Struct, frozen=True):
    """What is known of a page as a whole before its articles are read."""

    issue_date: str | None = None
    year: str | None = None
    """The year in which the articles of a page that prints no date keep an anniversary."""
    newspaper: str | None = None
    home_city: Location | None = None
    home_county: Location | None = None
    """The banner, county or district whose paper the page is from, as the newspaper's name tells."""


class ArticleContext(Struct, frozen=True):
    """What is known of an article when its organisations, initiatives and metrics are read."""

    draft: ArticleDraft
    page: PageContext
    city: Location | None = None
    """The 盟市 that the article is about."""
    county: Location | None = None
    """The one banner, county or district that it is about: what 该旗, 全旗, 区委 stand for."""
    township: Location | None = None
    """The one township-level place that it is about: what 该街道, 镇党委 stand for."""
    village: Location | None = None
    names: tuple[LocatedName, ...] = ()
    """All place names in the body, also those inside other names, in order of their start."""
