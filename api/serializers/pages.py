"""Pages and articles as the API shows them."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from api.serializers.fields import Address, Choice, Column, Count, Label, Reader
from api.serializers.links import Attached, Link
from api.serializers.nested import Nested
from api.serializers.records import RecordSerializer
from kb.models import (
    Article,
    Credit,
    InitiativeMention,
    Metric,
    OrganisationMention,
    PlaceMention,
)
from kb.vocabulary import ArticleKind, CreditRole

LOCKED = _("锁定字段：由人写定，再次导入时不会改动。")
UPDATED = _("更新时间：最近一次改变的时间。")


class PageSerializer(RecordSerializer):
    """One source file: the text of one newspaper page."""

    resource = "pages"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("pages", help_text=_("地址。"))
    name = Column("source_file", help_text=_("源文件名。"))
    page_name = Column("page_name", help_text=_("版次或版面名称。"))
    publication = Column("publication__name", null=True, help_text=_("报刊名称。"))
    issue_date = Column("issue_date", "date", null=True, help_text=_("出版日期。"))
    home_city = Link(
        "places.PlaceSerializer", "home_city", more=["code"], help_text=_("盟市：主要报道的盟市。")
    )
    encoding = Column("encoding", help_text=_("编码：源文件原来的编码。"))
    sha256 = Column("sha256", help_text=_("SHA-256：源文件内容的摘要。"))
    importer_version = Column("importer_version", help_text=_("程序版本：读取这一版的导入程序的版本。"))
    articles_count = Count("articles_count", Article.objects.asserted(), "page", help_text=_("文章数。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)


class PageDetailSerializer(PageSerializer):
    """A page with its text and what on it belongs to no article."""

    raw_text = Column("raw_text", help_text=_("整版原文。"))
    furniture = Column("furniture", "array", help_text=_("不属于任何文章的行。"))
    notes = Column("notes", "array", help_text=_("读取这一版时值得知道的情况。"))


class Credits(Attached):
    """The persons credited with an article, in printed order."""

    def sources(self, most: int) -> dict[str, QuerySet]:
        """The credits."""
        credit = JSONObject(id="id", ordinal="ordinal", name="author__name", role="role")
        mine = Credit.objects.filter(article=OuterRef("pk")).order_by()
        return {"credit_items": mine.values(item=credit)}

    def item_columns(self) -> tuple[str, ...]:
        """The person and the role."""
        return ("name", "role")

    def item_reader(self, base: str) -> Reader:
        """`{"name": "…", "role": "reporter", "role_label": "记者"}`."""
        labels = {role.value: role.label for role in CreditRole}
        return lambda columns: [
            {"name": name, "role": role, "role_label": labels[role]}
            for name, role in zip(columns["name"], columns["role"], strict=True)
        ]

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A list of the component `Credit`."""
        return {"type": "array", "items": component(import_string("api.serializers.parts.CreditPart"))}


class ArticleSerializer(RecordSerializer):
    """One item of a page that has a text of its own."""

    resource = "articles"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("articles", help_text=_("地址。"))
    title = Column("title", help_text=_("主标题；版面上没有时为空。"))
    kicker = Column("kicker", help_text=_("肩题。"))
    column = Column("column", help_text=_("栏目。"))
    kind = Choice("kind", ArticleKind, help_text=_("体裁。"))
    kind_label = Label("kind", ArticleKind, help_text=_("体裁的中文名。"))
    authors = Credits(help_text=_("署名：署名的人及其角色。"))
    dateline = Column("dateline", help_text=_("电头。"))
    reprinted_from = Column("reprinted_from", help_text=_("转载自：转载自何处。"))
    city = Link("places.PlaceSerializer", "city", more=["code"], help_text=_("盟市：所讲的盟市。"))
    publication = Column("page__publication__name", null=True, help_text=_("报刊名称。"))
    issue_date = Column("page__issue_date", "date", null=True, help_text=_("出版日期。"))
    page = Link("pages.PageSerializer", "page", name="source_file", help_text=_("版面：所在版面。"))
    lines = Column("lines", "array", help_text=_("行号：在源文件中的起止行号。"))
    places_count = Count(
        "places_count", PlaceMention.objects.asserted(), "article", help_text=_("地名出处数。")
    )
    organisations_count = Count(
        "organisations_count", OrganisationMention.objects.asserted(), "article", help_text=_("组织出处数。")
    )
    initiatives_count = Count(
        "initiatives_count", InitiativeMention.objects.asserted(), "article", help_text=_("举措出处数。")
    )
    metrics_count = Count("metrics_count", Metric.objects.asserted(), "article", help_text=_("数据条数。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)


class PlaceMentionSerializer(RecordSerializer):
    """A place named in the body of an article."""

    resource = "places"

    id = Column("id", "integer", help_text=_("出处编号。"))
    text = Column("text", help_text=_("原文所印的字。"))
    start = Column("start", "integer", help_text=_("在 body 中的起点。"))
    end = Column("end", "integer", help_text=_("在 body 中的终点（不含）。"))
    name = Column("official", help_text=_("读作的官方全称。"))
    place = Link(
        "places.PlaceSerializer", "place", more=["code"], help_text=_("所指的地方；未能确定时为空。")
    )


class OrganisationMentionSerializer(RecordSerializer):
    """An organisation named in the body of an article."""

    resource = "organisations"

    id = Column("id", "integer", help_text=_("出处编号。"))
    text = Column("text", help_text=_("原文所印的字。"))
    start = Column("start", "integer", help_text=_("在 body 中的起点。"))
    end = Column("end", "integer", help_text=_("在 body 中的终点（不含）。"))
    name = Column("name", help_text=_("读作的全称。"))
    organisation = Link(
        "organisations.OrganisationSerializer", "organisation", help_text=_("所指的组织；未能确定时为空。")
    )


class InitiativeMentionSerializer(RecordSerializer):
    """An initiative named in the body of an article."""

    resource = "initiatives"

    id = Column("id", "integer", help_text=_("出处编号。"))
    text = Column("text", help_text=_("原文所印的字。"))
    start = Column("start", "integer", help_text=_("在 body 中的起点。"))
    end = Column("end", "integer", help_text=_("在 body 中的终点（不含）。"))
    name = Column("name", help_text=_("读作的名称。"))
    initiative = Link(
        "initiatives.InitiativeSerializer", "initiative", help_text=_("所指的举措；未能确定时为空。")
    )


class ArticleDetailSerializer(ArticleSerializer):
    """An article with its text, everything that it mentions, and its figures."""

    body = Column("body", help_text=_("正文；所有 start、end 都按它计数。"))
    places = Nested(PlaceMention, "pages.PlaceMentionSerializer", "article", help_text=_("文中的地名。"))
    organisations = Nested(
        OrganisationMention, "pages.OrganisationMentionSerializer", "article", help_text=_("文中的组织。")
    )
    initiatives = Nested(
        InitiativeMention, "pages.InitiativeMentionSerializer", "article", help_text=_("文中的举措。")
    )
    metrics = Nested(Metric, "metrics.MetricSerializer", "article", help_text=_("文中的数据。"))
