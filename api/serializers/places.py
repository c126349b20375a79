"""Places as the API shows them."""

from django.utils.translation import gettext_lazy as _

from api.serializers.evidence import EvidenceList
from api.serializers.fields import Address, Choice, Column, Count, Label
from api.serializers.links import Link, Names
from api.serializers.pages import LOCKED, UPDATED
from api.serializers.records import RecordSerializer
from kb.models import Initiative, PlaceMention, PlaceName
from kb.vocabulary import PlaceLevel


class PlaceSerializer(RecordSerializer):
    """A named place, from a region down to a site."""

    resource = "places"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("places", help_text=_("地址。"))
    name = Column("name", help_text=_("名称：官方全称。"))
    other_names = Names(PlaceName, "place", help_text=_("其他叫法。"))
    code = Column("code", null=True, help_text=_("行政区划代码。"))
    level = Choice("level", PlaceLevel, help_text=_("级别。"))
    level_label = Label("level", PlaceLevel, help_text=_("级别的中文名。"))
    parent = Link("places.PlaceSerializer", "parent", more=["code"], help_text=_("上级：上一级地方。"))  # type: ignore[assignment]
    city = Link("places.PlaceSerializer", "city", more=["code"], help_text=_("盟市：所属的盟市。"))
    longitude = Column("longitude", "number", null=True, help_text=_("中心点经度，单位为度。"))
    latitude = Column("latitude", "number", null=True, help_text=_("中心点纬度，单位为度。"))
    articles_count = Count(
        "articles_count",
        PlaceMention.objects.asserted(),
        "place",
        distinct="article",
        help_text=_("文章数：提到它的文章数。"),
    )
    initiatives_count = Count(
        "initiatives_count",
        Initiative.places.through.objects.filter(initiative__state="asserted"),
        "place",
        help_text=_("举措数：在此开展的举措数。"),
    )
    evidence = EvidenceList(PlaceMention, "place", help_text=_("出处，列表中至多三处。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)
