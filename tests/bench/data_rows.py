"""Seeded rows of the tables after the real pages: as if the pages of `data.py` had been imported.

Rows are made from the records of the templates, with the changed words; nothing is extracted again. The
pages are spread over all 盟市 evenly, so that a query by city finds a twelfth.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from importers.extract.records import ArticleRecord
from importers.load_articles import article_keys
from importers.load_facts import date_columns
from kb.models import (
    Article,
    Author,
    Credit,
    Doubt,
    Initiative,
    InitiativeMention,
    InitiativeName,
    Metric,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Page,
    Place,
    PlaceMention,
)
from kb.names import normalise, scoped_key
from kb.search_index import body_tokens, head_tokens
from tests.bench.data import SEED, Change, changes

NOW = "2024-07-01 08:00:00+00:00"
STATE = {"origin": "imported", "state": "asserted", "locked": "[]", "created_at": NOW, "updated_at": NOW}

Rows = dict[Any, list[dict[str, Any]]]
"""Rows by model, or by `("search", model)` for documents of the index."""


_RUN = re.compile(r"[0-9]+|[^\W0-9]+")
"""Signs that are cut into words together; figures, which differ from page to page, by themselves."""


@lru_cache(maxsize=200_000)
def _run_words(run: str) -> tuple[str, ...]:
    return tuple(body_tokens([run]))


def _words(text: str) -> list[str]:
    """The words of running text, as they are indexed."""
    return [word for run in _RUN.findall(text) for word in _run_words(run)]


@lru_cache(maxsize=200_000)
def _head_words(text: str) -> tuple[str, ...]:
    return tuple(head_tokens([text]))


class RowMaker:
    """Makes rows page by page; shared rows (organisations, initiatives, authors) are made once."""

    def __init__(self, seed: int = SEED) -> None:
        places = Place.objects.values_list("name", "pk", "code", "level")
        self.seed = seed
        self.places = {name: pk for name, pk, _code, _level in places}
        self.cities = [(name, pk, code) for name, pk, code, level in places if level == "city"]
        self.ids: dict[Any, int] = defaultdict(int)
        self.known: dict[tuple[Any, str], int] = {}
        self.rows: Rows = defaultdict(list)

    def pages(self, count: int) -> Iterator[Rows]:
        """The rows of so many pages, some hundred pages at a time."""
        for number, change in enumerate(changes(count, self.seed)):
            self._page(number, change)
            if number % 200 == 199 or number == count - 1:
                yield self.rows
                self.rows = defaultdict(list)

    def _add(self, model: Any, **values: Any) -> int:
        self.ids[model] += 1
        self.rows[model].append({"id": self.ids[model], **values})
        return self.ids[model]

    def _document(self, model: Any, row: int, head: list[str], body: str = "") -> None:
        heads = [word for text in dict.fromkeys(head) for word in _head_words(text)]
        self.rows["search", model].append({"rowid": row, "head": heads, "body": _words(body)})

    def _page(self, number: int, change: Change) -> None:
        record = change.template.record
        self.city = change.random.choice(self.cities)
        furniture = [{"kind": f.kind.value, "text": f.text, "lines": f.lines} for f in record.furniture]
        day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        page = self._add(
            Page, **STATE, source_file=f"{number:06}.txt", sha256=f"{number:064x}", encoding="utf-8",
            raw_text=change(change.template.text), furniture=json.dumps(furniture, ensure_ascii=False),
            issue_date=day, page_name="", notes="[]", importer_version="bench", home_city_id=self.city[1],
        )  # fmt: skip
        keys = article_keys(record.articles)
        for ordinal, (key, article) in enumerate(zip(keys, record.articles, strict=True)):
            self._article(page, ordinal, key, article, change)

    def _article(
        self, page: int, ordinal: int, key: tuple[int, int], read: ArticleRecord, change: Change
    ) -> None:
        draft, body = read.draft, change(read.body)
        title, kicker, column = change(draft.title), change(draft.kicker or ""), draft.column or ""
        row = self._add(
            Article, **STATE, page_id=page, ordinal=ordinal, first_line=key[0], part=key[1],
            lines=json.dumps(draft.lines), title=title, kicker=kicker, column=column, kind=draft.kind.value,
            dateline=draft.dateline or "", reprinted_from=draft.reprinted_from or "", body=body,
            city_id=self.city[1],
        )  # fmt: skip
        self._document(Article, row, [title, kicker, column], body)
        for place, credit in enumerate(draft.authors):
            author = self._author(change(credit.name))
            self._add(Credit, article_id=row, author_id=author, role=credit.role.value, ordinal=place)
        self._mentions(row, body, read, change)
        self._metrics(row, body, read, change)
        for doubt in read.doubts:
            self._add(
                Doubt, page_id=page, article_id=row, kind=doubt.kind.value, reason=doubt.reason.value,
                start=doubt.start, end=doubt.end, text=body[doubt.start : doubt.end], note=doubt.note,
                candidates=json.dumps(doubt.candidates, ensure_ascii=False), confidence=doubt.confidence,
                state="open", created_at=NOW, updated_at=NOW,
            )  # fmt: skip

    def _mentions(self, article: int, body: str, read: ArticleRecord, change: Change) -> None:
        organisations, initiatives = {}, {}
        for place in read.places:
            link = self.places.get(place.official)
            self._span(PlaceMention, article, body, place, place_id=link, official=change(place.official))
        for mention in read.organisations:
            name = change(mention.name)
            link = organisations[name] = self._entity(
                Organisation, OrganisationName, "organisation", name, article, category=mention.category.value
            )
            self._span(OrganisationMention, article, body, mention, organisation_id=link, name=name)
        for mention in read.initiatives:
            name = change(mention.name)
            link = initiatives[name] = self._entity(
                Initiative, InitiativeName, "initiative", name, article, kind=mention.kind.value,
                **_dates("started", mention.started),
            )  # fmt: skip
            self._span(InitiativeMention, article, body, mention, initiative_id=link, name=name)
            for organiser in mention.organisers:
                self._link("organisers", link, "organisation_id", organisations.get(change(organiser)))
            for place in mention.places:
                self._link("places", link, "place_id", self.places.get(place))
        self.here = organisations, initiatives

    def _metrics(self, article: int, body: str, read: ArticleRecord, change: Change) -> None:
        organisations, initiatives = self.here
        for metric in read.metrics:
            text, subject = body[metric.start : metric.end], change(metric.subject)
            value, upper = _scaled(metric.text, text, metric.value, metric.upper)
            row = self._span(
                Metric, article, body, metric, value=str(value), upper=upper, unit=metric.unit,
                qualifier=metric.qualifier.value, subject=subject, status=metric.status.value,
                **_dates("period_from", metric.period_from), **_dates("as_of", metric.as_of),
                initiative_id=initiatives.get(change(metric.initiative or "")),
                organisation_id=organisations.get(change(metric.organisation or "")),
                place_id=self.places.get(metric.place or ""), city_id=self.city[1] if metric.city else None,
            )  # fmt: skip
            self._document(Metric, row, [subject, text])

    def _span(self, model: Any, article: int, body: str, mention: Any, **values: Any) -> int:
        start, end = mention.start, mention.end
        place = {"article_id": article, "start": start, "end": end, "text": body[start:end], "ordinal": 0}
        return self._add(model, **STATE, **place, **values)

    def _author(self, name: str) -> int:
        if (Author, name) not in self.known:
            self.known[Author, name] = self._add(Author, name=name, key=normalise(name))
        return self.known[Author, name]

    def _entity(self, model: Any, names: Any, owner: str, name: str, article: int, **values: Any) -> int:
        key = scoped_key(self.city[2] or "", name)
        if (model, key) not in self.known:
            row = self._add(
                model, **STATE, name=name, city_id=self.city[1], source_article_id=article, **values
            )
            self.known[model, key] = row
            self._add(names, key=key, name=name, **{f"{owner}_id": row})
            self._document(model, row, [name])
        return self.known[model, key]

    def _link(self, field: str, initiative: int, column: str, linked: int | None) -> None:
        through = Initiative._meta.get_field(field).remote_field.through
        key = (through, f"{initiative}/{linked}")
        if linked is not None and key not in self.known:
            self.known[key] = self._add(through, **{"initiative_id": initiative, column: linked})


def _dates(prefix: str, date: Any) -> dict[str, Any]:
    """The three columns of a date, as text."""
    columns = date_columns(prefix, date)
    day = columns[f"{prefix}_on"]
    return columns | {f"{prefix}_on": day.isoformat() if day else None}


def _scaled(old: str, new: str, value: float, upper: float | None) -> tuple[float, float | None]:
    """The value of a figure whose digits were changed: it grows as its digits do; a range stays."""
    before, after = (text.split("%")[0].rstrip("余多万亿千名个次人条元") for text in (old, new))
    if upper is not None or not before.replace(".", "", 1).isdecimal() or float(before) == 0:
        return value, upper
    return round(value * float(after) / float(before), 6), None
