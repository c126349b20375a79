"""What figures can be asked for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from api.filtersets.base import RECORD_FIELDS, RecordFilterSet
from api.parameters import (
    ChoiceParameter,
    DateParameter,
    IdParameter,
    NumberParameter,
    OpenEndParameter,
    TextParameter,
)
from api.references import CityParameter, PlaceParameter, RecordParameter
from api.textquery import TextQuery
from kb.vocabulary import MetricStatus, Qualifier


class MetricFilterSet(RecordFilterSet):
    """Figures by unit, size, status, time, and by what they are about."""

    q = TextQuery.over(_("统计对象和原文"), example="服务")
    unit = TextParameter(
        field_name="unit", lookup_expr="in", example="人次", help_text=_("单位，须完全一致。")
    )
    value = NumberParameter(
        field_name="value", lookup_expr="in", example="350000", help_text=_("原文所印的数值，不计限定词。")
    )
    value_min = OpenEndParameter(
        field_name="high",
        lookup_expr="gte",
        example="300000",
        help_text=_("可能达到该数的数据：区间 low..high 的上端没有限制，或不小于它。"),
    )
    value_max = OpenEndParameter(
        field_name="low",
        lookup_expr="lte",
        example="100",
        help_text=_("可能不超过该数的数据：区间 low..high 的下端没有限制，或不大于它。"),
    )
    qualifier = ChoiceParameter(
        vocabulary=Qualifier, field_name="qualifier", lookup_expr="in", example="over", help_text=_("限定。")
    )
    status = ChoiceParameter(
        vocabulary=MetricStatus,
        field_name="status",
        lookup_expr="in",
        example="reported",
        help_text=_("已完成，还是计划。"),
    )
    initiative = RecordParameter(
        kind="initiative",
        field_name="initiative",
        lookup_expr="in",
        example="“暖心”党建品牌",
        help_text=_("所说的举措：名称、别名或编号。"),
    )
    organisation = RecordParameter(
        kind="organisation",
        field_name="organisation",
        lookup_expr="in",
        example="玉泉区委组织部",
        help_text=_("所说的组织：名称、别名或编号。"),
    )
    city = CityParameter(
        field_name="city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("所说的盟市：名称、别名或代码。"),
    )
    place = PlaceParameter(
        field_name="place",
        lookup_expr="in",
        example="玉泉区",
        help_text=_("所说的地方，含其下各级：名称、别名、代码或编号。"),
    )
    article = IdParameter(
        field_name="article", lookup_expr="in", example="1", help_text=_("所在文章的编号。")
    )
    as_of = DateParameter(
        field_name="as_of_on",
        lookup_expr="range",
        example="2024",
        help_text=_("统计到何时为止：年、年月或年月日。"),
    )
    as_of_after = DateParameter.bound("as_of_on", "gte", "2024", _("统计截止日期不早于该年、月或日。"))
    as_of_before = DateParameter.bound("as_of_on", "lte", "2024-12", _("统计截止日期不晚于该年、月或日。"))
    period_from = DateParameter(
        field_name="period_from_on",
        lookup_expr="range",
        example="2023",
        help_text=_("从何时起统计：年、年月或年月日。"),
    )

    unfiltered: ClassVar[dict[str, str]] = {
        **RECORD_FIELDS,
        "upper": "the upper end of a range; value_min and value_max ask for the interval",
        "low": "asked for by value_max",
        "high": "asked for by value_min",
        "subject": "searched by q",
        "text": "searched by q",
        "start": "where the figure stands in its article",
        "end": "where the figure stands in its article",
        "ordinal": "tells apart two figures of one span",
        "period_from_precision": "tells how to read period_from, which is filtered on",
        "period_from_text": "the words behind period_from, which is filtered on",
        "as_of_precision": "tells how to read as_of, which is filtered on",
        "as_of_text": "the words behind as_of, which is filtered on",
    }
