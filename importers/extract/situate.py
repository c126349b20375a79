"""Where a page and an article stand: the page's home city, and the places that an article is about."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from importers.extract.context import ArticleContext, LocatedName, Location, PageContext
from importers.extract.dates.find import anniversary_year
from importers.extract.gazetteer.lookup import Gazetteer, Hit, location
from importers.extract.gazetteer.tables import Entry
from importers.extract.places.find import scan_places
from importers.extract.places.known import KnownNames, Searched, evidence, home_of, search, settle
from importers.extract.records import ArticleDraft, Masthead, PageLayout
from importers.extract.text import BodyText, plain_form
from kb.vocabulary import ArticleKind, FurnitureKind, PlaceLevel

# Of the places that an article names, the share that one must have to be what it is about.
MOST = 0.6
# Of the articles of a page that tell their city, the share that its home city must have.
HOME = 0.75
# Signs of a body that are read to find the page's home city: what an article is about is said at once.
OPENING = 400


class Surveyed(Struct, frozen=True):
    """An article with the known names of its text, searched once for all that they tell."""

    draft: ArticleDraft
    text: BodyText
    body: Searched
    heads: tuple[Searched, ...]
    """Kicker, title and dateline, as far as there are any."""


def survey(draft: ArticleDraft, gazetteer: Gazetteer) -> Surveyed:
    """The article with the known names of its body and of its heading."""
    text = BodyText(draft.body)
    heads = [plain_form(part) for part in (draft.kicker, draft.title, draft.dateline) if part]
    found = tuple([search(head, gazetteer) for head in heads])
    return Surveyed(draft, text, search(text.plain, gazetteer), found)


def build_page_context(
    layout: PageLayout,
    masthead: Masthead,
    articles: Sequence[Surveyed],
    gazetteer: Gazetteer,
    issue_date: str | None = None,
) -> PageContext:
    """What is known of a page before its articles are read: its date, its newspaper and its home city.

    The home city is that of the newspaper's name, else the one that most articles name; a page of
    several cities has none.
    """
    issued = issue_date or masthead.issue_date
    page = PageContext(issued, None if issued else _kept_year(articles), masthead.newspaper)
    own = _newspaper_place(masthead.newspaper or _printed_newspaper(layout), gazetteer)
    home = (gazetteer.city(own) if own else None) or _common_city(articles, gazetteer)
    county = own if own and own.level is PlaceLevel.COUNTY else None
    return replace(
        page,
        home_city=location(home) if home else None,
        home_county=location(county) if county else None,
    )


def _kept_year(articles: Sequence[Surveyed]) -> str | None:
    """The one year in which those articles that keep an anniversary keep it."""
    years = {year.iso for article in articles if (year := anniversary_year(article.text.plain))}
    return years.pop() if len(years) == 1 else None


def build_article_context(article: Surveyed, page: PageContext, gazetteer: Gazetteer) -> ArticleContext:
    """What an article is about: its city, county, township and village, and all place names in its body.

    The heading decides before the dateline, that before the first sentence, and that before the rest.
    A commentary that names no place of the region has no city.
    """
    draft, text = article.draft, article.text
    reading = _read(article, page)
    city = _city(reading, draft, page, gazetteer)
    county = _county(reading, city) or _home_county(page, city, gazetteer)
    hints = ArticleContext(
        draft, page, location(city) if city else None, location(county) if county else None
    )
    names = scan_places(text, page, reading.body, hints)
    heading = _heading_names(article, page, gazetteer, hints)
    township = _single(PlaceLevel.TOWNSHIP, heading, names, text)
    village = _single(PlaceLevel.VILLAGE, heading, names, text)
    return replace(hints, township=township, village=village, names=names)


def place_meant(word: str, context: ArticleContext) -> Location | None:
    """The place that 该旗, 全市, 我区, 自治区 and the like stand for in an article; None where it is open."""
    if word.endswith("自治区"):
        return Location("内蒙古自治区", PlaceLevel.REGION.value, "150000")
    if word.endswith(("旗", "县")):
        return context.county
    if word.endswith("盟"):
        return context.city
    if word.endswith("市"):
        return context.county if context.county and context.county.official.endswith("市") else context.city
    if word.endswith("区") and not word.endswith("社区"):
        return context.county if context.county and context.county.official.endswith("区") else None
    if word.endswith(("镇", "乡", "苏木", "街道")):
        return context.township
    return context.village if word.endswith(("村", "嘎查", "社区")) else None


class _Reading(Struct, frozen=True):
    """The known names of an article's body, and those of its parts in the order in which they decide."""

    body: KnownNames
    cities: frozenset[str]
    parts: tuple[Sequence[Hit], ...]


def _read(article: Surveyed, page: PageContext) -> _Reading:
    """The settled names in kicker, title, dateline, first sentence and body."""
    named = chain.from_iterable(head.hits for head in article.heads)
    known = evidence([*named, *article.body.hits], home_of(page))
    body = KnownNames(article.body.hits, settle(article.body, known))
    parts = [settle(head, known) for head in article.heads]
    lead = _lead(article.text)
    return _Reading(
        body, known.cities, (*parts, [hit for hit in body.settled if hit.start < lead], body.settled)
    )


def _lead(text: BodyText) -> int:
    """Where the first sentence ends."""
    return text.sentences[0][1] if text.sentences else 0


def _city(reading: _Reading, draft: ArticleDraft, page: PageContext, gazetteer: Gazetteer) -> Entry | None:
    """The city that an article is about."""
    at_home = _deciding(reading.parts, lambda entry: gazetteer.city(entry) if entry.at_home else None)
    if at_home:
        return at_home
    home = gazetteer.named(page.home_city.official) if page.home_city else ()
    if draft.kind is ArticleKind.COMMENTARY or _several(reading):
        return None
    if home:
        return home[0]
    return _deciding(reading.parts, gazetteer.city)


def _several(reading: _Reading) -> bool:
    """Whether the body names places of two cities of the region or more."""
    return len(reading.cities) > 1


def _county(reading: _Reading, city: Entry | None) -> Entry | None:
    """The banner, county or district that an article is about, in its city."""
    if city is None:
        return None
    return _deciding(reading.parts, lambda entry: entry if _county_of(entry, city) else None)


def _home_county(page: PageContext, city: Entry | None, gazetteer: Gazetteer) -> Entry | None:
    """The county whose own paper the page is from, where the article is about the county's city."""
    county = page.home_county
    if county is None or city is None or county.city != city.official:
        return None
    return next(iter(gazetteer.named(county.official)), None)


def _county_of(entry: Entry, city: Entry) -> bool:
    """Whether a place is a county of a city."""
    return entry.level is PlaceLevel.COUNTY and entry.city == city.official


def _deciding(parts: Sequence[Iterable[Hit]], of: Callable[[Entry], Entry | None]) -> Entry | None:
    """The one answer of the first part that has one; of a whole body, the one that is named most."""
    for number, part in enumerate(parts, start=1):
        answers = [answer for hit in part if (place := hit.place) and (answer := of(place))]
        if not answers:
            continue
        if all(answer is answers[0] for answer in answers):
            return answers[0]
        top, count = Counter(answers).most_common(1)[0]
        if count == len(answers) or (number == len(parts) and count >= MOST * len(answers)):
            return top
    return None


def _single(
    level: PlaceLevel, heading: Sequence[LocatedName], names: Sequence[LocatedName], text: BodyText
) -> Location | None:
    """The one place of a level in the heading, else in the first sentence, else in the body."""
    lead = _lead(text)
    for part in (heading, [name for name in names if name.start < lead], names):
        found = {n.location.official: n.location for n in part if n.location.level == level}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _heading_names(
    article: Surveyed, page: PageContext, gazetteer: Gazetteer, hints: ArticleContext
) -> tuple[LocatedName, ...]:
    """Place names in the kicker and the title."""
    kicker, title = article.draft.kicker, article.draft.title
    head = "：".join(filter(None, (kicker, title)))
    if not head:
        return ()
    text = BodyText(head)
    found = search(text.plain, gazetteer) if kicker and title else article.heads[0]
    names = KnownNames(found.hits, settle(found, evidence(found.hits, home_of(page))))
    return scan_places(text, page, names, hints)


def _printed_newspaper(layout: PageLayout) -> str | None:
    """The line of the page that names its newspaper (`奈曼旗报 第三版`)."""
    return next((line.text for line in layout.furniture if line.kind is FurnitureKind.NEWSPAPER), None)


def _newspaper_place(newspaper: str | None, gazetteer: Gazetteer) -> Entry | None:
    """The place in a newspaper's name (`锡林郭勒日报`)."""
    hits = gazetteer.scan(plain_form(newspaper)) if newspaper else []
    return next((hit.place for hit in hits if hit.place), None)


def _common_city(articles: Iterable[Surveyed], gazetteer: Gazetteer) -> Entry | None:
    """The city of the region that most articles name that name any."""
    votes = Counter(vote for article in articles if (vote := _vote(article, gazetteer)))
    top = votes.most_common(1)
    return top[0][0] if top and top[0][1] >= HOME * votes.total() else None


def _vote(article: Surveyed, gazetteer: Gazetteer) -> Entry | None:
    """The city of the region that an article's heading and opening name most, for certain."""
    opening = [hit for hit in article.body.hits if hit.end <= OPENING]
    parts = [(head, head.hits) for head in article.heads] + [(article.body, opening)]
    known = evidence(chain.from_iterable(hits for _, hits in parts))
    places = [hit.place for text, hits in parts for hit in settle(text, known, hits) if hit.place]
    cities = Counter(city for place in places if place.at_home and (city := gazetteer.city(place)))
    top = cities.most_common(1)
    return top[0][0] if top and top[0][1] >= MOST * cities.total() else None
