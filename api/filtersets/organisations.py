"""What organisations can be asked for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from api.filtersets.base import RECORD_FIELDS, RecordFilterSet
from api.parameters import ChoiceParameter, IdParameter, TextParameter
from api.references import CityParameter, PlaceParameter, RecordParameter
from api.textquery import TextQuery
from kb.vocabulary import OrganisationCategory


class OrganisationFilterSet(RecordFilterSet):
    """Organisations by category, city, place, parent, and by what they carry out."""

    q = TextQuery.over(_("名称和别名"), example="组织部")
    name = TextParameter(
        field_name="name", lookup_expr="in", example="玉泉区委组织部", help_text=_("规范的全称，须完全一致。")
    )
    category = ChoiceParameter(
        vocabulary=OrganisationCategory,
        field_name="category",
        lookup_expr="in",
        example="party_committee",
        help_text=_("类别。"),
    )
    city = CityParameter(
        field_name="city",
        lookup_expr="in",
        example="呼和浩特市",
        help_text=_("所在的盟市：名称、别名或代码。"),
    )
    place = PlaceParameter(
        field_name="place",
        lookup_expr="in",
        example="玉泉区",
        help_text=_("名称所指的地方，含其下各级：名称、别名、代码或编号。"),
    )
    parent = RecordParameter(
        kind="organisation",
        field_name="parent",
        lookup_expr="in",
        example="玉泉区委组织部",
        help_text=_("上级组织：名称、别名或编号。"),
    )
    initiative = RecordParameter(
        kind="initiative",
        field_name="initiatives",
        of="initiatives",
        lookup_expr="in",
        example="“暖心”党建品牌",
        help_text=_("它发起或实施的举措：名称、别名或编号。"),
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
        "source_article": "where the fields were read; article finds every mention",
    }
