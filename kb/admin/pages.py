"""Admin of publications, pages, articles and credits."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.desk.actions import mark_reviewed, set_choice
from kb.admin.desk.lists import DeskAdmin
from kb.admin.desk.searching import OwnerSearch, found
from kb.admin.filters import CityFilter, LockedFilter, ReviewFilter, month_filter
from kb.admin.history import HistoryAdmin
from kb.admin.inlines import (
    CreditInline,
    InitiativeMentionInline,
    MetricInline,
    OrganisationMentionInline,
    PlaceMentionInline,
)
from kb.models import Article, Author, Credit, Page, Publication


@admin.register(Publication)
class PublicationAdmin(LockingAdmin):
    """Newspapers."""

    list_display = ("name", "home_city", "state")
    list_filter = (CityFilter, "state")
    list_select_related = ("home_city",)
    search_fields = ("name",)
    autocomplete_fields = ("home_city",)


@admin.register(Page)
class PageAdmin(LockingAdmin):
    """Pages; their text is the evidence of everything and is not edited."""

    list_display = ("source_file", "publication", "issue_date", "page_name", "home_city", "importer_version")
    list_filter = (CityFilter, "publication", month_filter("issue_date", _("出版日期"), "issue"), "state")
    list_select_related = ("publication", "home_city")
    list_deferred = ("raw_text", "furniture", "notes")
    search_fields = ("source_file", "page_name")
    search_help_text = _("按文件名、版名或文章中的词查找")
    autocomplete_fields = ("publication", "home_city")
    readonly_fields = (
        "source_file",
        "sha256",
        "encoding",
        "raw_text",
        "furniture",
        "notes",
        "importer_version",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pages come by import alone."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The pages of that name, and those with an article that the words find."""
        query = search_term.replace("\0", "").strip()
        if not query:
            return queryset, False
        named = Q(source_file__icontains=query) | Q(page_name__icontains=query)
        holding = Article.objects.filter(pk__in=found(Article, query)).values("page")
        return queryset.filter(named | Q(pk__in=holding)), False


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles; the body is what all spans count in and is not edited."""

    list_display = ("__str__", "lock_mark", "kind", "column", "city", "publication", "issue_date", "state")
    list_editable = ("kind", "column")
    list_filter = (
        CityFilter, "kind", ReviewFilter, ("page__publication", admin.RelatedFieldListFilter),
        month_filter("page__issue_date", _("出版日期"), "issue"), "state", LockedFilter,
    )  # fmt: skip
    list_select_related = ("city", "page__publication")
    list_deferred = ("lines", "page__raw_text", "page__furniture", "page__notes")
    actions = (set_choice("kind"), mark_reviewed, *LockingAdmin.actions)
    search_fields = ("title",)
    search_help_text = _("词之间用空格分开；“引号”查原句；-词 表示不含")
    autocomplete_fields = ("city",)
    readonly_fields = ("page", "first_line", "part", "ordinal", "lines", "body")
    inlines = (
        CreditInline,
        PlaceMentionInline,
        OrganisationMentionInline,
        InitiativeMentionInline,
        MetricInline,
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come with their pages."""
        return False

    @admin.display(description=_("报刊"))
    def publication(self, obj: Article) -> Any:
        """The newspaper of the page."""
        return obj.page.publication

    @admin.display(description=_("出版日期"), ordering="page__issue_date")
    def issue_date(self, obj: Article) -> Any:
        """The date of the page."""
        return obj.page.issue_date


@admin.register(Author)
class AuthorAdmin(HistoryAdmin, DeskAdmin):
    """People who are credited."""

    list_display = ("name", "articles_count")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The people with the number of their credits, counted for those that are shown alone."""
        mine = Credit.objects.filter(author=OuterRef("pk")).order_by().values("author")
        return super().get_queryset(request).annotate(credited=Subquery(mine.values(number=Count("pk"))))

    @admin.display(description=_("署名次数"))
    def articles_count(self, obj: Any) -> int:
        """How many credits the person has."""
        return obj.credited or 0


@admin.register(Credit)
class CreditAdmin(OwnerSearch, DeskAdmin):
    """Credits, one for each person and article."""

    list_display = ("author", "role", "article")
    list_filter = ("role",)
    list_select_related = ("author", "article")
    list_deferred = ("article__lines",)
    search_fields = ("author__name",)
    searched_by = (("article", Article),)
    autocomplete_fields = ("author", "article")

    def searched_too(self, query: str) -> Q:
        """The credits of a person of that name."""
        return Q(author__in=Author.objects.filter(name__contains=query).values("pk"))
