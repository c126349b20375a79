"""What importing a page would do, told record by record, with nothing stored.

The page is loaded as `import_pages --dry-run` loads it; what that wrote is read from the change feed of the
transaction before it is rolled back, so that the preview and the import cannot differ.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import DatabaseError, models, transaction

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.records import PageRecord
from importers.extract_file import ReadingFailed, extract_all
from importers.load import is_current, load_page, stored_versions
from importers.load_again import again
from importers.load_articles import article_keys
from importers.load_result import Outcome
from importers.sources import SourcePage
from kb.changes import attributed, written_so_far
from kb.models import (
    Article,
    Doubt,
    Initiative,
    InitiativeMention,
    Metric,
    Organisation,
    OrganisationMention,
    Place,
    PlaceMention,
)
from kb.models.base import NamedRecord
from kb.vocabulary import RecordState

SHOWN = 30
"""Names of one kind that a preview lists; the number is told in full."""

ENTITIES: dict[str, type[NamedRecord]] = {
    "places": Place,
    "organisations": Organisation,
    "initiatives": Initiative,
}


COUNTED: dict[str, type[models.Model]] = {
    "places": PlaceMention,
    "organisations": OrganisationMention,
    "initiatives": InitiativeMention,
    "metrics": Metric,
    "doubts": Doubt,
}
"""What is counted of each article."""


class UnreadableError(Exception):
    """A page that is text and yet cannot be read or stored; the text says why."""


@dataclass(frozen=True, slots=True)
class ArticlePreview:
    """An article as it would be stored; `outcome` is created, updated, unchanged or rejected."""

    title: str
    kind: str
    outcome: str
    city: str | None
    lines: int
    places: int
    organisations: int
    initiatives: int
    metrics: int
    doubts: int


@dataclass(frozen=True, slots=True)
class PagePreview:
    """What importing a page would do."""

    outcome: str
    newspaper: str | None = None
    issue_date: str | None = None
    home_city: str | None = None
    encoding: str = "utf-8"
    articles: list[ArticlePreview] = field(default_factory=list)
    removed_articles: int = 0
    new: dict[str, list[str]] = field(default_factory=dict)
    """Names of the places, organisations and initiatives that would be made, by kind."""
    new_count: dict[str, int] = field(default_factory=dict)
    known_count: dict[str, int] = field(default_factory=dict)
    """How many of those that are there would get a field, a name or a piece of evidence."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows by table and outcome."""
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The preview as it is kept with a job."""
        return asdict(self)


def preview_of(source: SourcePage, by: str) -> PagePreview:
    """What importing the page would do; raises UnreadableError where it could not be imported."""
    if is_current(source, stored_versions([source])):
        return _stored(source)
    [(_, record)] = extract_all([source], None)
    if isinstance(record, ReadingFailed):
        raise UnreadableError(f"识别时出错（{record.error!r}）")
    page: PageRecord = record
    try:
        return again(lambda: _tried(source, page, by))
    except DatabaseError as error:
        raise UnreadableError(f"入库时出错（{error}）") from error


def _tried(source: SourcePage, record: PageRecord, by: str) -> PagePreview:
    """Stores the page, looks at what that did, and takes it back."""
    with attributed(by):
        result = load_page(source, record, load_gazetteer(), by=by)
        written = written_so_far()
        rows = list(Article.objects.filter(page__sha256=source.sha256).defer("body", "lines"))
        new = _named(written, "create")
        transaction.set_rollback(True)
    facts, done = source.facts, _by_record(written)
    return PagePreview(
        outcome=result.of_page().value,
        newspaper=facts.newspaper or record.newspaper,
        issue_date=facts.issue_date or record.issue_date,
        home_city=record.home_city,
        encoding=source.encoding,
        articles=_articles(record, rows, done["articles"]),
        removed_articles=sum(action == "delete" for action in done["articles"].values()),
        new={kind: names[:SHOWN] for kind, names in new.items()},
        new_count={kind: len(names) for kind, names in new.items()},
        known_count={kind: sum(action == "update" for action in done[kind].values()) for kind in ENTITIES},
        counts=result.by_table(),
        notes=[*source.notes, *record.notes, *result.notes],
    )


def _by_record(written: list[tuple[str, int, str]]) -> dict[str, dict[int, str]]:
    """The action on each record, by resource and id."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for resource, pk, action in written:
        found[resource][pk] = action
    return found


def _named(written: list[tuple[str, int, str]], action: str) -> dict[str, list[str]]:
    """The names of the entities with an action, by kind."""
    done = _by_record(written)
    ids = {kind: [pk for pk, each in done[kind].items() if each == action] for kind in ENTITIES}
    return {
        kind: [row.name for row in model.objects.filter(pk__in=ids[kind]).only("name").order_by("pk")]
        for kind, model in ENTITIES.items()
    }


def _articles(record: PageRecord, rows: list[Article], done: dict[int, str]) -> list[ArticlePreview]:
    """The articles in the order of the page, each with what would become of its row."""
    stored = {(row.first_line, row.part): row for row in rows}
    outcomes = {"create": Outcome.CREATED, "update": Outcome.UPDATED}
    found = []
    for key, article in zip(article_keys(record.articles), record.articles, strict=True):
        row = stored.get(key)
        outcome = outcomes.get(done.get(row.pk, ""), Outcome.UNCHANGED) if row else Outcome.REJECTED
        if row and row.state == RecordState.REJECTED:
            outcome = Outcome.REJECTED
        draft = article.draft
        found.append(
            ArticlePreview(
                title=draft.title or draft.body[:20],
                kind=draft.kind.value,
                outcome=outcome.value,
                city=article.city,
                lines=sum(end - begin + 1 for begin, end in draft.lines),
                places=len(article.places),
                organisations=len(article.organisations),
                initiatives=len(article.initiatives),
                metrics=len(article.metrics),
                doubts=len(article.doubts),
            )
        )
    return found


def _stored(source: SourcePage) -> PagePreview:
    """The preview of a page that is stored as this version reads it: its articles, all unchanged."""
    rows = Article.objects.filter(page__sha256=source.sha256).select_related("city", "page__publication")
    articles = list(rows.order_by("ordinal", "pk"))
    counts = {kind: _counted(source, kind) for kind in COUNTED}
    page = articles[0].page if articles else None
    return PagePreview(
        outcome=Outcome.UNCHANGED.value,
        newspaper=page.publication.name if page and page.publication else None,
        issue_date=page.issue_date.isoformat() if page and page.issue_date else None,
        encoding=source.encoding,
        articles=[
            _as_stored(row, {kind: n.get(row.pk, 0) for kind, n in counts.items()}) for row in articles
        ],
        notes=list(source.notes),
    )


def _counted(source: SourcePage, kind: str) -> dict[int, int]:
    """How many rows of a kind each article of a stored page has."""
    model = COUNTED[kind]
    rows = model._default_manager.filter(article__page__sha256=source.sha256)
    return dict(rows.order_by().values_list("article_id").annotate(models.Count("pk")))


def _as_stored(row: Article, counts: dict[str, int]) -> ArticlePreview:
    """An article that would stay as it is."""
    return ArticlePreview(
        title=str(row),
        kind=row.kind,
        outcome=(Outcome.REJECTED if row.state == RecordState.REJECTED else Outcome.UNCHANGED).value,
        city=row.city.name if row.city else None,
        lines=sum(end - begin + 1 for begin, end in row.lines),
        **counts,
    )
