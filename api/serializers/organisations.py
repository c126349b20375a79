"""Organisations as the API shows them."""

from django.utils.translation import gettext_lazy as _

from api.serializers.evidence import EvidenceList
from api.serializers.fields import Address, Choice, Column, Count, KeptCount, Label
from api.serializers.links import Link, Names
from api.serializers.pages import LOCKED, UPDATED
from api.serializers.records import RecordSerializer
from kb.models import Initiative, Metric, OrganisationMention, OrganisationName
from kb.vocabulary import OrganisationCategory


class OrganisationSerializer(RecordSerializer):
    """A named body."""

    resource = "organisations"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("organisations", help_text=_("地址。"))
    name = Column("name", help_text=_("名称：规范的全称。"))
    other_names = Names(OrganisationName, "organisation", help_text=_("其他叫法。"))
    category = Choice("category", OrganisationCategory, help_text=_("类别。"))
    category_label = Label("category", OrganisationCategory, help_text=_("类别的中文名。"))
    city = Link("places.PlaceSerializer", "city", more=["code"], help_text=_("盟市：所在的盟市。"))
    place = Link("places.PlaceSerializer", "place", more=["code"], help_text=_("所在地：名称所指的地方。"))
    parent = Link("organisations.OrganisationSerializer", "parent", help_text=_("上级组织。"))  # type: ignore[assignment]
    initiatives_count = Count(
        "initiatives_count",
        Initiative.organisers.through.objects.filter(initiative__state="asserted"),
        "organisation",
        help_text=_("举措数：组织的举措数。"),
    )
    metrics_count = KeptCount(
        "metrics_count",
        Metric.objects.asserted(),
        "organisation",
        kept="organisations metrics",
        help_text=_("数据条数。"),
    )
    articles_count = KeptCount(
        "articles_count",
        OrganisationMention.objects.asserted(),
        "organisation",
        kept="organisations",
        distinct="article",
        help_text=_("文章数：提到它的文章数。"),
    )
    evidence = EvidenceList(OrganisationMention, "organisation", help_text=_("出处，列表中至多三处。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)
