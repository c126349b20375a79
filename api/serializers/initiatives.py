"""Initiatives as the API shows them."""

from api.serializers.evidence import EvidenceList
from api.serializers.fields import Address, Choice, Column, Count, Dated, Label
from api.serializers.links import Links, Names
from api.serializers.pages import LOCKED, UPDATED
from api.serializers.records import RecordSerializer
from kb.models import Initiative, InitiativeMention, InitiativeName, Metric
from kb.vocabulary import InitiativeKind


class InitiativeSerializer(RecordSerializer):
    """A named thing that organisations set up and carry out for a purpose."""

    resource = "initiatives"

    id = Column("id", "integer", help_text="编号。")
    url = Address("initiatives", help_text="地址。")
    name = Column("name", help_text="名称：规范的名称。")
    other_names = Names(InitiativeName, "initiative", help_text="其他叫法。")
    kind = Choice("kind", InitiativeKind, help_text="类别。")
    kind_label = Label("kind", InitiativeKind, help_text="类别的中文名。")
    cities = Links(
        "places.PlaceSerializer",
        [(Initiative, "id", "city"), (Initiative.places.through, "initiative_id", "place__city")],
        more=["code"],
        help_text="开展它的盟市：它自己的盟市，及其各地点所属的盟市。",
    )
    places = Links(
        "places.PlaceSerializer",
        [(Initiative.places.through, "initiative_id", "place")],
        more=["code"],
        help_text="地点：开展它的地方。",
    )
    organisers = Links(
        "organisations.OrganisationSerializer",
        [(Initiative.organisers.through, "initiative_id", "organisation")],
        help_text="组织者：发起或实施它的组织。",
    )
    started = Dated("started", help_text="开始的时间。")
    metrics_count = Count("metrics_count", Metric.objects.asserted(), "initiative", help_text="数据条数。")
    articles_count = Count(
        "articles_count",
        InitiativeMention.objects.asserted(),
        "initiative",
        distinct="article",
        help_text="文章数：提到它的文章数。",
    )
    evidence = EvidenceList(InitiativeMention, "initiative", help_text="出处，列表中至多三处。")
    locked = Column("locked", "array", help_text=LOCKED)
    updated_at = Column("updated_at", "date-time", help_text=UPDATED)
