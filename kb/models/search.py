"""The search index as models, so that a text search is a join like any other.

The tables are made by a migration for each database: a full-text table (FTS5) on SQLite, a table with
a tsvector and a GIN index on PostgreSQL. kb/search_index.py writes them; nobody edits them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """What can be found of one row. Subclasses tie it to their row by the column `rowid`."""

    rank = models.FloatField(
        _("相关度"), help_text=_("SQLite 全文索引算出的相关度，越小越相关；PostgreSQL 上没有这一列。")
    )

    class Meta:
        abstract = True
        managed = False

    def __str__(self) -> str:
        return f"{self._meta.db_table} {self.pk}"


def _row(model: str) -> models.OneToOneField:
    """The link to the row that a document is about."""
    return models.OneToOneField(
        model,
        # A trigger of the database takes the document away with its row.
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="search",
        verbose_name=_("记录"),
        help_text=_("这份索引所属的记录。"),
    )


def _document(table: str) -> models.TextField:
    """The searched column. FTS5 calls the one that stands for all columns by the table's name."""
    return models.TextField(_("索引内容"), db_column=table, help_text=_("供全文检索的词。"))


class ArticleSearch(SearchDocument):
    """What can be found of an article."""

    row = _row("kb.Article")
    document = _document("kb_article_search")

    class Meta(SearchDocument.Meta):
        abstract = False
        db_table = "kb_article_search"


class PlaceSearch(SearchDocument):
    """What can be found of a place."""

    row = _row("kb.Place")
    document = _document("kb_place_search")

    class Meta(SearchDocument.Meta):
        abstract = False
        db_table = "kb_place_search"


class OrganisationSearch(SearchDocument):
    """What can be found of an organisation."""

    row = _row("kb.Organisation")
    document = _document("kb_organisation_search")

    class Meta(SearchDocument.Meta):
        abstract = False
        db_table = "kb_organisation_search"


class InitiativeSearch(SearchDocument):
    """What can be found of an initiative."""

    row = _row("kb.Initiative")
    document = _document("kb_initiative_search")

    class Meta(SearchDocument.Meta):
        abstract = False
        db_table = "kb_initiative_search"


class MetricSearch(SearchDocument):
    """What can be found of a metric."""

    row = _row("kb.Metric")
    document = _document("kb_metric_search")

    class Meta(SearchDocument.Meta):
        abstract = False
        db_table = "kb_metric_search"
