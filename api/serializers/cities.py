"""The 盟市 as the API shows them: their counts, and in one answer what is most asked about each."""

from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, Subquery

from api.serializers.fields import Address, Column, Count
from api.serializers.links import Names
from api.serializers.records import RecordSerializer
from kb.models import CityTally, MetricTally, PlaceName


class Tallied(Count):
    """The number of records of a 盟市, added up from their tallies."""

    def annotations(self, most: int) -> dict[str, Any]:
        """The sum; 0 where there is no tally."""
        template = "CAST(coalesce(SUM(%(expressions)s), 0) AS bigint)"
        number = Func(F("number"), template=template, output_field=IntegerField())
        mine = self.rows.filter(city=OuterRef("pk")).order_by()
        return {self.annotation: Subquery(mine.annotate(total=number).values("total"))}


def _number_of(resource: str, **more: Any) -> Tallied:
    """The field that tells how many records of a resource a 盟市 has."""
    return Tallied(f"{resource}_count", CityTally.objects.filter(resource=resource), "city", **more)


class CitySerializer(RecordSerializer):
    """A 盟市 with its counts."""

    resource = "cities"

    id = Column("id", "integer", help_text="地点编号。")
    url = Address("cities", by="code", help_text="地址。")
    name = Column("name", help_text="官方全称。")
    code = Column("code", help_text="行政区划代码。")
    other_names = Names(PlaceName, "place", help_text="其他叫法。")
    longitude = Column("longitude", "number", null=True, help_text="中心点经度，单位为度。")
    latitude = Column("latitude", "number", null=True, help_text="中心点纬度，单位为度。")
    articles_count = _number_of("articles", help_text="文章数。")
    initiatives_count = _number_of("initiatives", help_text="举措数。")
    organisations_count = _number_of("organisations", help_text="组织数。")
    metrics_count = Tallied("metrics_count", MetricTally.objects.all(), "city", help_text="数据条数。")
    places_count = _number_of("places", help_text="地名数，含自身。")
