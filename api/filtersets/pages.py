"""What pages and articles can be asked for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from api.filtersets.base import RECORD_FIELDS, RecordFilterSet
from api.parameters import ChoiceParameter, DateParameter, IdParameter, TextParameter
from api.references import CityParameter, PlaceParameter, RecordParameter
from api.textquery import TextQuery
from kb.vocabulary import ArticleKind


class PageFilterSet(RecordFilterSet):
    """Pages by newspaper, date, city and file."""

    publication = RecordParameter(
        kind="publication",
        field_name="publication",
        lookup_expr="in",
        example="示例日报",
        help_text=_("报刊：名称或编号。"),
    )
    city = CityParameter(
        field_name="home_city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("版面所属的盟市：名称、别名或代码。"),
    )
    date = DateParameter(
        field_name="issue_date",
        lookup_expr="range",
        example="2026-06",
        help_text=_("出版日期：年、年月或年月日。"),
    )
    date_after = DateParameter.bound("issue_date", "gte", "2026", _("出版日期不早于该年、月或日。"))
    date_before = DateParameter.bound("issue_date", "lte", "2026-06", _("出版日期不晚于该年、月或日。"))
    source_file = TextParameter(
        field_name="source_file", lookup_expr="in", example="page.txt", help_text=_("源文件名，须完全一致。")
    )
    sha256 = TextParameter(
        field_name="sha256", lookup_expr="in", example="0" * 64, help_text=_("源文件内容的 SHA-256 摘要。")
    )
    page_name = TextParameter(
        field_name="page_name", lookup_expr="in", example="第4版", help_text=_("版次或版面名称，须完全一致。")
    )

    unfiltered: ClassVar[dict[str, str]] = {
        **RECORD_FIELDS,
        "raw_text": "long text; its articles are searched by q",
        "encoding": "a technical detail of the file",
        "furniture": "nested lines that belong to no article",
        "notes": "words for the reader of the import report",
        "importer_version": "a technical detail of the import",
    }


class ArticleFilterSet(RecordFilterSet):
    """Articles by kind, column, author, city, and by whom and what they mention."""

    q = TextQuery.over(_("标题和正文"), example="志愿服务")
    kind = ChoiceParameter(
        vocabulary=ArticleKind, field_name="kind", lookup_expr="in", example="report", help_text=_("体裁。")
    )
    column = TextParameter(
        field_name="column", lookup_expr="in", example="基层党建", help_text=_("栏目，须完全一致。")
    )
    author = TextParameter(
        field_name="authors__name",
        lookup_expr="in",
        example="张三",
        help_text=_("署名中的姓名，须完全一致。"),
    )
    city = CityParameter(
        field_name="city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("文章所讲的盟市：名称、别名或代码。"),
    )
    place = PlaceParameter(
        field_name="place_mentions__place",
        lookup_expr="in",
        example="玉泉区",
        help_text=_("文中提到的地方，含其下各级：名称、别名、代码或编号。"),
    )
    organisation = RecordParameter(
        kind="organisation",
        field_name="organisation_mentions__organisation",
        of="organisation_mentions",
        lookup_expr="in",
        example="玉泉区委组织部",
        help_text=_("文中提到的组织：名称、别名或编号。"),
    )
    initiative = RecordParameter(
        kind="initiative",
        field_name="initiative_mentions__initiative",
        of="initiative_mentions",
        lookup_expr="in",
        example="“暖心”党建品牌",
        help_text=_("文中提到的举措：名称、别名或编号。"),
    )
    publication = RecordParameter(
        kind="publication",
        field_name="page__publication",
        lookup_expr="in",
        example="示例日报",
        help_text=_("报刊：名称或编号。"),
    )
    page = IdParameter(field_name="page", lookup_expr="in", example="1", help_text=_("所在版面的编号。"))
    date = DateParameter(
        field_name="page__issue_date",
        lookup_expr="range",
        example="2026-06",
        help_text=_("出版日期：年、年月或年月日。"),
    )
    date_after = DateParameter.bound("page__issue_date", "gte", "2026", _("出版日期不早于该年、月或日。"))
    date_before = DateParameter.bound("page__issue_date", "lte", "2026-06", _("出版日期不晚于该年、月或日。"))

    unfiltered: ClassVar[dict[str, str]] = {
        **RECORD_FIELDS,
        "first_line": "where the article stands in its file",
        "part": "where the article stands in its file",
        "ordinal": "where the article stands on its page",
        "lines": "where the article stands in its file",
        "title": "searched by q",
        "body": "searched by q",
        "kicker": "searched by q",
        "dateline": "names a place and a day: place and date find them",
        "reprinted_from": "printed words, too varied to match exactly; searched by q where the body names it",
    }
