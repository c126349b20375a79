"""What the extractor hands on: frozen records without any tie to Django.

Spans are code points into `ArticleRecord.body`, and `body[start:end]` is the printed text of the
record, always. Dates are ISO strings, as precise as the text is (`2024`, `2024-06`, `2024-06-30`).
"""

from msgspec import Struct

from kb.vocabulary import (
    ArticleKind,
    CreditRole,
    DoubtReason,
    FurnitureKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
    RecordKind,
)


class DateText(Struct, frozen=True):
    """A date as the words give it: the printed text, and the ISO date where it can be resolved."""

    text: str
    iso: str | None = None

    def __str__(self) -> str:
        """The ISO date where there is one, else the printed words (`截至目前`)."""
        return self.iso or self.text


class Credit(Struct, frozen=True):
    """A person named as one who made the article."""

    name: str
    role: CreditRole


class PlaceMention(Struct, frozen=True):
    """A place named in the body; `official` is the printed name where the place is unresolved."""

    surface: str
    start: int
    end: int
    official: str
    level: PlaceLevel
    code: str | None = None
    city: str | None = None
    parent: str | None = None
    """Official name of the next place above that the text or the gazetteer gives."""


class OrganisationMention(Struct, frozen=True):
    """A body named in the body of the article; `name` is its full canonical name."""

    name: str
    surface: str
    start: int
    end: int
    category: OrganisationCategory
    city: str | None = None
    place: str | None = None
    """Official name of the place that the organisation's name stands for (`玉泉区`)."""
    parent: str | None = None
    """Canonical name of the body that it is a part of, where the name itself says so."""


class InitiativeMention(Struct, frozen=True):
    """A named undertaking; `organisers` are canonical organisation names, `places` official ones."""

    name: str
    surface: str
    start: int
    end: int
    kind: InitiativeKind
    organisers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    city: str | None = None
    started: DateText | None = None


class MetricMention(Struct, frozen=True):
    """A reported figure; links name the initiative, organisation and place that it is about."""

    text: str
    start: int
    end: int
    value: int | float
    unit: str
    qualifier: Qualifier
    subject: str
    status: MetricStatus
    upper: int | float | None = None
    initiative: str | None = None
    organisation: str | None = None
    place: str | None = None
    city: str | None = None
    period_from: DateText | None = None
    as_of: DateText | None = None


class Doubt(Struct, frozen=True):
    """A passage with more than one reading, for the review queue; it asserts nothing."""

    kind: RecordKind
    reason: DoubtReason
    text: str
    start: int
    end: int
    note: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 0.5


class ArticleDraft(Struct, frozen=True):
    """An article as the layout gives it, before anything in its body was read."""

    title: str
    kind: ArticleKind
    body: str
    lines: tuple[tuple[int, int], ...]
    """1-based inclusive line ranges of the source file, in reading order."""
    kicker: str | None = None
    column: str | None = None
    authors: tuple[Credit, ...] = ()
    dateline: str | None = None
    reprinted_from: str | None = None
    heading_lines: tuple[tuple[int, int], ...] = ()
    """Line ranges of its title, kicker, byline and credits, so far as they stand outside `lines`."""


class Furniture(Struct, frozen=True):
    """Lines of the page that belong to no article, and what they are."""

    kind: FurnitureKind
    text: str
    lines: tuple[tuple[int, int], ...]


class Masthead(Struct, frozen=True):
    """What a page prints about itself."""

    issue_date: str | None = None
    newspaper: str | None = None


class PageLayout(Struct, frozen=True):
    """The articles of a page and what stands between them."""

    articles: tuple[ArticleDraft, ...]
    furniture: tuple[Furniture, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class ArticleRecord(Struct, frozen=True):
    """One article of a page with everything that was read from it."""

    draft: ArticleDraft
    city: str | None = None
    places: tuple[PlaceMention, ...] = ()
    organisations: tuple[OrganisationMention, ...] = ()
    initiatives: tuple[InitiativeMention, ...] = ()
    metrics: tuple[MetricMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def body(self) -> str:
        """The text that all spans of this record count in."""
        return self.draft.body


class PageRecord(Struct, frozen=True):
    """Everything that one page yields."""

    articles: tuple[ArticleRecord, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """What the layout leaves open; the doubts of an article stand with the article."""
    issue_date: str | None = None
    newspaper: str | None = None
    home_city: str | None = None
    notes: tuple[str, ...] = ()
    """What a reader of the import report should know, e.g. a conversion of the encoding."""
