"""What places can be asked for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from api.filtersets.base import RECORD_FIELDS, RecordFilterSet
from api.parameters import ChoiceParameter, IdParameter, TextParameter
from api.references import CityParameter, PlaceParameter, RecordParameter
from api.textquery import TextQuery
from kb.vocabulary import PlaceLevel


class PlaceFilterSet(RecordFilterSet):
    """Places by level, by what lies above them, by city."""

    q = TextQuery.over(_("名称和别名"), example="玉泉")
    name = TextParameter(
        field_name="name", lookup_expr="in", example="玉泉区", help_text=_("官方全称，须完全一致。")
    )
    code = TextParameter(field_name="code", lookup_expr="in", example="150104", help_text=_("行政区划代码。"))
    level = ChoiceParameter(
        vocabulary=PlaceLevel, field_name="level", lookup_expr="in", example="county", help_text=_("级别。")
    )
    parent = RecordParameter(
        kind="place",
        field_name="parent",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("紧邻的上一级地方：名称、别名、代码或编号。"),
    )
    place = PlaceParameter(
        field_name="id", lookup_expr="in", example="呼和浩特市", help_text=_("这个地方自身及其下各级的地方。")
    )
    city = CityParameter(
        field_name="city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("所属的盟市：名称、别名或代码。"),
    )
    article = IdParameter(
        field_name="mentions__article",
        of="mentions",
        lookup_expr="in",
        example="1",
        help_text=_("提到它的文章的编号。"),
    )

    unfiltered: ClassVar[dict[str, str]] = {
        **RECORD_FIELDS,
        "longitude": "a map asks by place or city",
        "latitude": "a map asks by place or city",
    }
