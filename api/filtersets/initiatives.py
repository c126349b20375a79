"""What initiatives can be asked for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from api.filtersets.base import RECORD_FIELDS, RecordFilterSet
from api.parameters import ChoiceParameter, DateParameter, IdParameter, TextParameter, YesNoParameter
from api.references import CityParameter, PlaceParameter, RecordParameter
from api.textquery import TextQuery
from kb.vocabulary import InitiativeKind


class InitiativeFilterSet(RecordFilterSet):
    """Initiatives by kind, city, place, organiser and start."""

    q = TextQuery.over(_("名称和别名"), example="暖心")
    name = TextParameter(
        field_name="name", lookup_expr="in", example="“暖心”党建品牌", help_text=_("规范的名称，须完全一致。")
    )
    kind = ChoiceParameter(
        vocabulary=InitiativeKind, field_name="kind", lookup_expr="in", example="brand", help_text=_("类别。")
    )
    city = CityParameter(
        field_name="city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("开展它的盟市（它自己的，或其地点所属的）：名称、别名或代码。"),
    )
    place = PlaceParameter(
        field_name="places",
        lookup_expr="in",
        example="玉泉区",
        help_text=_("开展它的地方，含其下各级：名称、别名、代码或编号。"),
    )
    organiser = RecordParameter(
        kind="organisation",
        field_name="organisers",
        lookup_expr="in",
        example="玉泉区委组织部",
        help_text=_("发起或实施它的组织：名称、别名或编号。"),
    )
    organisation = RecordParameter(
        kind="organisation",
        field_name="mentions__article__organisation_mentions__organisation",
        lookup_expr="in",
        example="玉泉区委组织部",
        help_text=_("与它出现在同一篇文章中的组织：名称、别名或编号。"),
    )
    article = IdParameter(
        field_name="mentions__article",
        of="mentions",
        lookup_expr="in",
        example="1",
        help_text=_("提到它的文章的编号。"),
    )
    started = DateParameter(
        field_name="started_on",
        lookup_expr="range",
        example="2023",
        help_text=_("开始的时间：年、年月或年月日。"),
    )
    started_after = DateParameter.bound("started_on", "gte", "2021", _("开始时间不早于该年、月或日。"))
    started_before = DateParameter.bound("started_on", "lte", "2023-06", _("开始时间不晚于该年、月或日。"))
    has_metrics = YesNoParameter(
        field_name="metrics",
        of="metrics",
        lookup_expr="isnull",
        example="true",
        help_text=_("是否有关于它的数据。"),
    )

    unfiltered: ClassVar[dict[str, str]] = {
        **RECORD_FIELDS,
        "started_precision": "tells how to read started, which is filtered on",
        "started_text": "the words behind started, which is filtered on",
        "source_article": "where the fields were read; article finds every mention",
    }
