"""The schema of the answer about one 盟市."""

from rest_framework import serializers

from api.serializers.cities import CitySerializer
from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import ArticleSerializer
from kb.vocabulary import InitiativeKind, OrganisationCategory


class InitiativesOfKind(serializers.Serializer):
    """The initiatives of one kind."""

    kind = serializers.ChoiceField(choices=InitiativeKind.choices(), help_text="类别。")
    kind_label = serializers.CharField(help_text="类别的中文名。")
    count = serializers.IntegerField(help_text="总数。")
    url = serializers.URLField(help_text="全部记录的地址。")
    results = InitiativeSerializer(many=True, help_text="最新的十项。")


class OrganisationsOfCategory(serializers.Serializer):
    """The organisations of one category."""

    category = serializers.ChoiceField(choices=OrganisationCategory.choices(), help_text="类别。")
    category_label = serializers.CharField(help_text="类别的中文名。")
    count = serializers.IntegerField(help_text="总数。")
    url = serializers.URLField(help_text="全部记录的地址。")
    results = OrganisationSerializer(many=True, help_text="最新的十个。")


class CitySummary(CitySerializer):
    """A 盟市 in one answer."""

    initiatives = InitiativesOfKind(many=True, help_text="举措，按类别。")
    organisations = OrganisationsOfCategory(many=True, help_text="组织，按类别。")
    latest_articles = ArticleSerializer(many=True, help_text="最近的十篇文章。")
    headline_metrics = MetricSerializer(
        many=True, help_text="最常见的十种单位中，各单位已完成的最大一项数据。"
    )
