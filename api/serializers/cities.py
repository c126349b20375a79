"""The 盟市 as the API shows them: their counts, and in one answer what is most asked about each."""

from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from api.serializers.fields import Address, Column, Count
from api.serializers.links import Names
from api.serializers.records import RecordSerializer
from api.tallied import added_up
from kb.models import CityTally, MetricTally, PlaceName


class Tallied(Count):
    """The number of records of a 盟市, added up from their tallies."""

    def annotations(self, most: int) -> dict[str, Any]:
        """The sum; 0 where there is no tally."""
        return {self.annotation: added_up(self.rows.filter(city=OuterRef("pk")))}


def _number_of(resource: str, **more: Any) -> Tallied:
    """The field that tells how many records of a resource a 盟市 has."""
    return Tallied(f"{resource}_count", CityTally.objects.filter(resource=resource), "city", **more)


class CitySerializer(RecordSerializer):
    """A 盟市 with its counts."""

    resource = "cities"

    id = Column("id", "integer", help_text=_("地点编号。"))
    url = Address("cities", by="code", help_text=_("地址。"))
    name = Column("name", help_text=_("官方全称。"))
    code = Column("code", help_text=_("行政区划代码。"))
    other_names = Names(PlaceName, "place", help_text=_("其他叫法。"))
    longitude = Column("longitude", "number", null=True, help_text=_("中心点经度，单位为度。"))
    latitude = Column("latitude", "number", null=True, help_text=_("中心点纬度，单位为度。"))
    articles_count = _number_of("articles", help_text=_("文章数。"))
    initiatives_count = _number_of("initiatives", help_text=_("举措数。"))
    organisations_count = _number_of("organisations", help_text=_("组织数。"))
    metrics_count = Tallied("metrics_count", MetricTally.objects.all(), "city", help_text=_("数据条数。"))
    places_count = _number_of("places", help_text=_("地名数，含自身。"))
