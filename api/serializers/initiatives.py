"""Initiatives as the API shows them."""

from django.utils.translation import gettext_lazy as _

from api.serializers.evidence import EvidenceList
from api.serializers.fields import Address, Choice, Column, Dated, KeptCount, Label
from api.serializers.links import Links, Names
from api.serializers.pages import LOCKED, UPDATED
from api.serializers.records import RecordSerializer
from kb.models import Initiative, InitiativeMention, InitiativeName, Metric
from kb.vocabulary import InitiativeKind


class InitiativeSerializer(RecordSerializer):
    """A named thing that organisations set up and carry out for a purpose."""

    resource = "initiatives"

    id = Column("id", "integer", help_text=_("编号。"))
    url = Address("initiatives", help_text=_("地址。"))
    name = Column("name", help_text=_("名称：规范的名称。"))
    other_names = Names(InitiativeName, "initiative", help_text=_("其他叫法。"))
    kind = Choice("kind", InitiativeKind, help_text=_("类别。"))
    kind_label = Label("kind", InitiativeKind, help_text=_("类别的中文名。"))
    cities = Links(
        "places.PlaceSerializer",
        [(Initiative, "id", "city"), (Initiative.places.through, "initiative_id", "place__city")],
        more=["code"],
        help_text=_("开展它的盟市：它自己的盟市，及其各地点所属的盟市。"),
    )
    places = Links(
        "places.PlaceSerializer",
        [(Initiative.places.through, "initiative_id", "place")],
        more=["code"],
        help_text=_("地点：开展它的地方。"),
    )
    organisers = Links(
        "organisations.OrganisationSerializer",
        [(Initiative.organisers.through, "initiative_id", "organisation")],
        help_text=_("组织者：发起或实施它的组织。"),
    )
    started = Dated("started", help_text=_("开始的时间。"))
    metrics_count = KeptCount(
        "metrics_count",
        Metric.objects.asserted(),
        "initiative",
        kept="initiatives metrics",
        help_text=_("数据条数。"),
    )
    articles_count = KeptCount(
        "articles_count",
        InitiativeMention.objects.asserted(),
        "initiative",
        kept="initiatives",
        distinct="article",
        help_text=_("文章数：提到它的文章数。"),
    )
    evidence = EvidenceList(InitiativeMention, "initiative", help_text=_("出处，列表中至多三处。"))
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)
