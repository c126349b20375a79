"""Pages, articles and who is credited with them."""

import datetime
from collections.abc import Sequence

from importers.extract.records import ArticleRecord, PageRecord
from importers.load_batch import Batch, reading_version
from importers.load_insert import new_row
from importers.load_places import PlaceBook
from importers.load_result import LoadResult, Outcome
from importers.load_spans import change_body, with_protected_rows
from importers.load_sync import Values, synchronise
from importers.sources import SourcePage
from kb.models import Article, Credit, Page
from kb.models.base import NAME_LENGTH
from kb.names import normalise
from kb.vocabulary import RecordState

ArticleKey = tuple[int, int]
"""The first line in the source file, and the rank among articles that begin in that line."""


def store_page(
    source: SourcePage, record: PageRecord, batch: Batch, places: PlaceBook, result: LoadResult
) -> Page:
    """The row of the page."""
    name = source.facts.newspaper or record.newspaper
    publication = batch.publication(name) if name else None
    home_city = places.named(record.home_city)
    issue_date = source.facts.issue_date or record.issue_date
    values: Values = {
        "source_file": source.name,
        "encoding": source.encoding,
        "raw_text": source.text,
        "publication_id": publication.pk if publication else None,
        "issue_date": datetime.date.fromisoformat(issue_date) if issue_date else None,
        "page_name": source.facts.page_name or "",
        "home_city_id": home_city.pk if home_city else None,
        "furniture": [
            {"kind": part.kind.value, "text": part.text, "lines": [list(lines) for lines in part.lines]}
            for part in record.furniture
        ],
        "notes": [*source.notes, *record.notes],
        "importer_version": reading_version(source),
        "sha256": source.sha256,
    }
    if stored := batch.pages.get(source.sha256):
        return synchronise(Page, "pages", {"": stored}, {"": values}, result)[""]
    page = batch.pages[source.sha256] = Page(**new_row(Page, values))
    batch.pending.make(page)
    result.add("pages", Outcome.CREATED)
    return page


def article_keys(articles: Sequence[ArticleRecord]) -> list[ArticleKey]:
    """The key of each article within its page."""
    seen: dict[int, int] = {}
    keys = []
    for article in articles:
        first = min((begin for begin, _ in article.draft.lines), default=0)
        seen[first] = seen.get(first, -1) + 1
        keys.append((first, seen[first]))
    return keys


def store_articles(
    page: Page, articles: Sequence[ArticleRecord], batch: Batch, places: PlaceBook, result: LoadResult
) -> list[Article | None]:
    """The rows of the articles, in order; none for one that is a person's business alone.

    That is a rejected article, and one whose locked figures and mentions a new body would lose.
    """
    keys = article_keys(articles)
    stored = {} if result.is_first() else _stored(page, dict(zip(keys, articles, strict=True)))
    wanted: dict[ArticleKey, Values] = {}
    frozen: set[ArticleKey] = set()
    for ordinal, (key, record) in enumerate(zip(keys, articles, strict=True)):
        wanted[key] = {"page_id": page.pk, "ordinal": ordinal, **_values(key, record, places)}
        row = stored.get(key)
        # The body is written before all else, since spans have to move with it.
        if row and not _bring_to_body(row, record.body):
            frozen.add(key)
            result.notes.append(f"{page.source_file}：文章“{row}”有人工写定的内容，正文没有改动")
    if result.is_first():
        rows = {key: Article(**new_row(Article, values)) for key, values in wanted.items()}
        for row in rows.values():
            batch.pending.make(row)
        result.add("articles", Outcome.CREATED, len(rows))
    else:
        kept = {key: _kept(wanted[key], key in frozen) for key in keys}
        rows = synchronise(Article, "articles", stored, kept, result)
    live = [
        rows[key] if rows[key].state == RecordState.ASSERTED and key not in frozen else None for key in keys
    ]
    _store_credits([(row, record) for row, record in zip(live, articles, strict=True) if row], batch, result)
    return live


def _stored(page: Page, records: dict[ArticleKey, ArticleRecord]) -> dict[ArticleKey, Article]:
    """The stored articles of a page by the key under which they are read now.

    An article whose lines are counted otherwise than before is known by its body or its title. One that
    is read no more is left out, and so left alone, where a person has had a hand in what it holds.
    """
    rows = {(row.first_line, row.part): row for row in Article.objects.filter(page=page)}
    new = {key: record for key, record in records.items() if key not in rows}
    for old_key, row in [item for item in rows.items() if item[0] not in records]:
        same = [k for k, r in new.items() if r.body == row.body or (row.title and r.draft.title == row.title)]
        if len(same) == 1:
            rows[same[0]] = rows.pop(old_key)
            del new[same[0]]
    gone = {key: row for key, row in rows.items() if key not in records}
    held = with_protected_rows(gone.values()) if gone else set()
    return {key: row for key, row in rows.items() if row.pk not in held}


def _bring_to_body(row: Article, body: str) -> bool:
    """Writes the body as read now, unless a person's work on the article stands against it."""
    if row.state == RecordState.REJECTED or row.body == body:
        return True
    return "body" not in row.locked and change_body(row, body)


def _kept(values: Values, is_frozen: bool) -> Values:
    """What is written of an article: nothing that depends on the body where that is left as it is."""
    return {} if is_frozen else values


def _values(key: ArticleKey, record: ArticleRecord, places: PlaceBook) -> Values:
    """The columns of an article."""
    draft = record.draft
    city = places.named(record.city)
    return {
        "first_line": key[0],
        "part": key[1],
        "lines": [list(lines) for lines in draft.lines],
        "title": draft.title,
        "kicker": draft.kicker or "",
        "column": draft.column or "",
        "kind": draft.kind.value,
        "dateline": draft.dateline or "",
        "reprinted_from": draft.reprinted_from or "",
        "body": draft.body,
        "city_id": city.pk if city else None,
    }


def _store_credits(
    articles: Sequence[tuple[Article, ArticleRecord]], batch: Batch, result: LoadResult
) -> None:
    """Brings the credits of articles to what was read."""
    authors = batch.authors({credit.name for _, record in articles for credit in record.draft.authors})
    stored = () if result.is_first() else Credit.objects.filter(article__in=[row for row, _ in articles])
    existing = {(row.article_id, row.author_id, row.role): row for row in stored}
    locked = {row.pk for row, _ in articles if "credits" in row.locked}
    wanted: dict[tuple[int, int, str], int] = {}
    for row, record in articles:
        for ordinal, credit in enumerate(record.draft.authors):
            wanted.setdefault(
                (row.pk, authors[normalise(credit.name)[:NAME_LENGTH]].pk, credit.role.value), ordinal
            )
    wanted = {key: ordinal for key, ordinal in wanted.items() if key[0] not in locked}
    new = [
        {"article_id": key[0], "author_id": key[1], "role": key[2], "ordinal": ordinal}
        for key, ordinal in wanted.items()
        if key not in existing
    ]
    gone = [row.pk for key, row in existing.items() if key not in wanted and key[0] not in locked]
    if gone:
        Credit.objects.filter(pk__in=gone).delete()
    batch.pending.add(Credit, new)
    result.add("credits", Outcome.CREATED, len(new))
    result.add("credits", Outcome.REMOVED, len(gone))
    result.add("credits", Outcome.UNCHANGED, len(wanted) - len(new))
