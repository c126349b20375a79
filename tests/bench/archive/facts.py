"""The pages and articles of the archive, one after another: sentences put together, slots filled."""

import datetime
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from kb.vocabulary import DoubtReason
from tests.bench.archive.entities import Entities, Named, _date
from tests.bench.archive.sentences import Material, Sentence, Slot, other_number

FIRST_DAY = datetime.date(2012, 1, 1)
DAYS = 5000
FACTORS = 200
"""What a printed figure is multiplied by: so many that few are alike, so few that a figure's words recur."""
Row = dict[str, Any]
SPARE = 1.05
"""What is aimed at beyond the metrics that an archive is to have: articles differ."""
MENTIONS_A_DOUBT = 12
"""Every so many mentions of a kind, or figures, one is doubted."""
REASONS = (DoubtReason.UNRESOLVED, DoubtReason.AMBIGUOUS, DoubtReason.LOW_CONFIDENCE)
FIGURE_REASONS = (DoubtReason.NO_SUBJECT, DoubtReason.LOW_CONFIDENCE)
MENTIONS = {
    "place": ("placemention", "official"),
    "organisation": ("organisationmention", "name"),
    "initiative": ("initiativemention", "name"),
}


@dataclass
class Written:
    """One article while it is written."""

    id: int
    page: int
    city: Named
    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: dict[str, int | None] = field(default_factory=dict)
    """The entity of each kind that was named last: what a figure is about."""


class Writer:
    """Writes articles until there are enough, and gives their rows by table."""

    def __init__(self, material: Material, entities: Entities, rng: random.Random) -> None:
        self.material, self.entities, self.rng = material, entities, rng
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(entities.cities))))
        self.often: list[float] | None = None
        """How often each sentence comes, added up; none where all come alike."""
        self.numbers = dict.fromkeys(
            ("placemention", "organisationmention", "initiativemention", "metric", "credit", "doubt"), 0
        )
        self.authors: dict[str, int] = {}
        self.factors = [rng.lognormvariate(0, 0.8) for _ in range(FACTORS)]

    def pages(self, articles: int, metrics: int) -> Iterator[dict[str, list[Row]]]:
        """The rows of each page by table; once there are so many metrics, articles have none.

        Where articles need more metrics than real ones have, sentences with figures come more often.
        """
        self.often = self.material.often(metrics / articles * SPARE)
        made = page = 0
        while made < articles:
            page += 1
            tables: dict[str, list[Row]] = {name: [] for name in ("page", "article", "credit", *self.numbers)}
            count = min(
                articles - made, max(1, round(self.rng.expovariate(1 / self.material.articles_a_page)))
            )
            city = self.city()
            for ordinal in range(count):
                made += 1
                self.article(made, page, ordinal, city, tables, with_metrics=self.numbers["metric"] < metrics)
            tables["page"].append(self.page(page, city, tables["article"]))
            yield tables

    def city(self) -> Named:
        """A 盟市, the first ones more often than the last."""
        return self.rng.choices(self.entities.cities, cum_weights=self.weights)[0]

    def page(self, pk: int, city: Named, articles: list[Row]) -> Row:
        """The row of a page."""
        date = FIRST_DAY + datetime.timedelta(days=self.rng.randrange(DAYS))
        return {
            "id": pk,
            "source_file": f"{pk:06}.txt",
            "sha256": hashlib.sha256(str(pk).encode()).hexdigest(),
            "encoding": "utf-8",
            "issue_date": date.isoformat(),
            "page_name": f"第{pk % 8 + 1}版",
            "home_city_id": city.id,
            "raw_text": "\n".join(article["body"] for article in articles),
            "importer_version": "bench",
        }

    def article(
        self,
        pk: int,
        page: int,
        ordinal: int,
        home: Named,
        tables: dict[str, list[Row]],
        *,
        with_metrics: bool,
    ) -> None:
        """Adds one article with all that stands in it."""
        shape = self.rng.choice(self.material.shapes)
        article = Written(pk, page, home if self.rng.random() < 0.7 else self.city())
        for sentence in self.rng.choices(self.material.sentences, cum_weights=self.often, k=shape.sentences):
            self.sentence(article, sentence, tables, with_metrics)
        place = self.pick(self.entities.places[article.city.id])
        tables["article"].append(
            {
                "id": pk,
                "page_id": page,
                "first_line": ordinal * 40 + 1,
                "ordinal": ordinal,
                "lines": f"[[{ordinal * 40 + 1},{ordinal * 40 + 39}]]",
                "title": f"{place.name}：{shape.title}" if shape.title else "",
                "column": shape.column,
                "kind": shape.kind,
                "body": "".join(article.parts),
                "parts": article.parts,
                "city_id": article.city.id,
            }
        )
        for number, name in enumerate(shape.authors):
            author = self.author(name)
            tables["credit"].append(
                {
                    "id": self.number("credit"),
                    "article_id": pk,
                    "author_id": author,
                    "role": "reporter",
                    "ordinal": number,
                }
            )

    def sentence(
        self, article: Written, sentence: Sentence, tables: dict[str, list[Row]], with_metrics: bool
    ) -> None:
        """Adds one sentence to an article, each slot filled."""
        for part in sentence:
            if isinstance(part, str):
                text = part
            elif part.kind == "metric":
                text = self.metric(article, part, tables) if with_metrics else part.mention.text
            else:
                text = self.mention(article, part, tables)
            article.parts.append(text)
            article.length += len(text)

    def mention(self, article: Written, slot: Slot, tables: dict[str, list[Row]]) -> str:
        """A name in a slot, and its row."""
        pools = {
            "place": self.entities.places,
            "organisation": self.entities.organisations,
            "initiative": self.entities.initiatives,
        }
        named = self.pick(pools[slot.kind][article.city.id])
        table, column = MENTIONS[slot.kind]
        article.last[slot.kind] = named.id
        row = {**self.span(table, article, named.name), column: named.name, f"{slot.kind}_id": named.id}
        tables[table].append(row)
        if row["id"] % MENTIONS_A_DOUBT == 0:
            tables["doubt"].append(self.doubt(article, slot.kind, row))
        return named.name

    def doubt(self, article: Written, kind: str, mention: Row) -> Row:
        """A question about a mention or a figure, the reasons by turns."""
        reasons = FIGURE_REASONS if kind == "metric" else REASONS
        reason = reasons[mention["id"] // MENTIONS_A_DOUBT % len(reasons)].value
        return {
            "id": self.number("doubt"),
            "page_id": article.page,
            "article_id": article.id,
            **{name: mention[name] for name in ("start", "end", "text")},
            "kind": kind,
            "reason": reason,
            "case_key": f"{kind}/{reason}/{mention['text']}"[:64],
        }

    def metric(self, article: Written, slot: Slot, tables: dict[str, list[Row]]) -> str:
        """A figure in a slot, and its row."""
        read = slot.mention
        text, value, upper = other_number(read, self.rng.choice(self.factors))
        since, until = _date(read.period_from and read.period_from.iso), _date(read.as_of and read.as_of.iso)
        span = self.span("metric", article, text)
        if span["id"] % MENTIONS_A_DOUBT == 0:
            tables["doubt"].append(self.doubt(article, "metric", span))
        tables["metric"].append(
            {
                **span,
                "value": value,
                "upper": upper,
                "unit": read.unit,
                "qualifier": read.qualifier.value,
                "subject": read.subject,
                "status": read.status.value,
                "period_from_on": since[0],
                "period_from_precision": since[1],
                "period_from_text": read.period_from.text if read.period_from else "",
                "as_of_on": until[0],
                "as_of_precision": until[1],
                "as_of_text": read.as_of.text if read.as_of else "",
                "initiative_id": article.last.get("initiative") if read.initiative else None,
                "organisation_id": article.last.get("organisation") if read.organisation else None,
                "place_id": article.last.get("place") if read.place else None,
                "city_id": article.city.id,
            }
        )
        return text

    def span(self, table: str, article: Written, text: str) -> Row:
        """The columns that every row on a span has."""
        start, end = article.length, article.length + len(text)
        return {"id": self.number(table), "article_id": article.id, "start": start, "end": end, "text": text}

    def number(self, table: str) -> int:
        """The next id of a table."""
        self.numbers[table] += 1
        return self.numbers[table]

    def author(self, name: str) -> int:
        """The id of an author, who is made where the name is new."""
        return self.authors.setdefault(name, len(self.authors) + 1)

    def pick(self, pool: list[Named]) -> Named:
        """One of a pool: the first often, the last rarely."""
        return pool[int(len(pool) * self.rng.random() ** 3)]
