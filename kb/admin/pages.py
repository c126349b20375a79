"""Admin of publications, pages, articles and credits."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from kb.admin.base import LockingAdmin, RecordAdmin
from kb.admin.filters import CityFilter, LockedFilter
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
    list_filter = (CityFilter, "publication", "state")
    list_select_related = ("publication", "home_city")
    date_hierarchy = "issue_date"
    search_fields = ("source_file", "page_name")
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


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles; the body is what all spans count in and is not edited."""

    list_display = ("__str__", "kind", "column", "city", "page", "state", "lock_mark")
    list_filter = (CityFilter, "kind", "state", LockedFilter)
    list_select_related = ("city", "page")
    search_fields = ("title",)
    search_help_text = "词之间用空格分开；“引号”查原句；-词 表示不含"
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


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    """People who are credited."""

    list_display = ("name", "articles_count")
    search_fields = ("name",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The people with the number of their credits."""
        return super().get_queryset(request).annotate(credited=Count("credits"))

    @admin.display(description="署名次数", ordering="credited")
    def articles_count(self, obj: Any) -> int:
        """How many credits the person has."""
        return obj.credited


@admin.register(Credit)
class CreditAdmin(admin.ModelAdmin):
    """Credits, one for each person and article."""

    list_display = ("author", "role", "article")
    list_filter = ("role",)
    list_select_related = ("author", "article")
    search_fields = ("author__name",)
    autocomplete_fields = ("author", "article")
    show_full_result_count = False
