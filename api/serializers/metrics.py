"""Figures as the API shows them."""

from django.utils.translation import gettext_lazy as _

from api.serializers.evidence import EvidenceSpan
from api.serializers.fields import Address, Choice, Column, Dated, Label
from api.serializers.links import Link
from api.serializers.pages import LOCKED, UPDATED
from api.serializers.records import RecordSerializer
from kb.vocabulary import MetricStatus, Qualifier


class MetricSerializer(RecordSerializer):
    """A figure that an article reports, with the closed interval that its words allow."""

    resource = "metrics"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("metrics", help_text=_("地址。"))
    text = Column("text", help_text=_("原文：所印的数字、限定词和单位。"))
    value = Column("value", "number", help_text=_("数值，已乘上“万”“亿”；区间取下限。"))
    upper = Column("upper", "number", null=True, help_text=_("区间的上限。"))
    unit = Column("unit", help_text=_("单位，不含“万”“亿”。"))
    qualifier = Choice("qualifier", Qualifier, help_text=_("限定。"))
    qualifier_label = Label("qualifier", Qualifier, help_text=_("限定的中文名。"))
    low = Column("low", "number", null=True, help_text=_("最小值：原文所容许的；没有下限时为空。"))
    high = Column("high", "number", null=True, help_text=_("最大值：原文所容许的；没有上限时为空。"))
    subject = Column("subject", help_text=_("统计对象：统计的是什么。"))
    status = Choice("status", MetricStatus, help_text=_("完成情况：已完成，还是计划。"))
    status_label = Label("status", MetricStatus, help_text=_("完成情况的中文名。"))
    period_from = Dated("period_from", help_text=_("起始时间：从何时起统计。"))
    as_of = Dated("as_of", help_text=_("截止时间：统计到何时为止。"))
    initiative = Link("initiatives.InitiativeSerializer", "initiative", help_text=_("举措：数据所说的举措。"))
    organisation = Link(
        "organisations.OrganisationSerializer", "organisation", help_text=_("组织：数据所说的组织。")
    )
    place = Link("places.PlaceSerializer", "place", more=["code"], help_text=_("地点：数据所说的地方。"))
    city = Link("places.PlaceSerializer", "city", more=["code"], help_text=_("盟市：数据所说的盟市。"))
    evidence = EvidenceSpan(help_text=_("出处。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)
