"""The schema of the answer about one 盟市."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.cities import CitySerializer
from api.serializers.initiatives import InitiativeSerializer
from api.serializers.metrics import MetricSerializer
from api.serializers.organisations import OrganisationSerializer
from api.serializers.pages import ArticleSerializer
from kb.models.base import labelled
from kb.vocabulary import InitiativeKind, OrganisationCategory


class InitiativesOfKind(serializers.Serializer):
    """The initiatives of one kind."""

    kind = serializers.ChoiceField(choices=labelled(InitiativeKind), help_text=_("类别。"))
    kind_label = serializers.CharField(help_text=_("类别的中文名。"))
    count = serializers.IntegerField(help_text=_("总数。"))
    url = serializers.URLField(help_text=_("全部记录的地址。"))
    results = InitiativeSerializer(many=True, help_text=_("最新的十项。"))


class OrganisationsOfCategory(serializers.Serializer):
    """The organisations of one category."""

    category = serializers.ChoiceField(choices=labelled(OrganisationCategory), help_text=_("类别。"))
    category_label = serializers.CharField(help_text=_("类别的中文名。"))
    count = serializers.IntegerField(help_text=_("总数。"))
    url = serializers.URLField(help_text=_("全部记录的地址。"))
    results = OrganisationSerializer(many=True, help_text=_("最新的十个。"))


class CitySummary(CitySerializer):
    """A 盟市 in one answer."""

    initiatives = InitiativesOfKind(many=True, help_text=_("举措，按类别。"))
    organisations = OrganisationsOfCategory(many=True, help_text=_("组织，按类别。"))
    latest_articles = ArticleSerializer(many=True, help_text=_("最近的十篇文章。"))
    headline_metrics = MetricSerializer(
        many=True, help_text=_("最常见的十种单位中，各单位已完成的最大一项数据。")
    )


class ComparedLine(serializers.Serializer):
    """One line of a comparison: a value and its number in each 盟市."""

    kind = serializers.CharField(help_text=_("举措类别。"), required=False)
    kind_label = serializers.CharField(help_text=_("举措类别的中文名。"), required=False)
    category = serializers.CharField(help_text=_("组织类别。"), required=False)
    category_label = serializers.CharField(help_text=_("组织类别的中文名。"), required=False)
    unit = serializers.CharField(help_text=_("单位。"), required=False, allow_blank=True)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=_("各盟市的数目，按代码。"))


class CityComparison(serializers.Serializer):
    """Several 盟市 side by side."""

    cities = CitySerializer(many=True, help_text=_("各盟市及其数目。"))
    initiatives = ComparedLine(many=True, help_text=_("举措，按类别。"))
    organisations = ComparedLine(many=True, help_text=_("组织，按类别。"))
    metrics = ComparedLine(many=True, help_text=_("数据条数，最常见的十种单位。"))


class Suggestion(serializers.Serializer):
    """A record that a search box offers."""

    id = serializers.IntegerField(help_text=_("编号。"))
    name = serializers.CharField(help_text=_("名称。"))
    url = serializers.URLField(help_text=_("地址。"))
    kind = serializers.ChoiceField(
        choices=["place", "organisation", "initiative"], help_text=_("哪一类记录。")
    )
    mark = serializers.CharField(help_text=_("级别或类别。"))
    city = serializers.CharField(help_text=_("所属盟市。"), allow_null=True)
    matched = serializers.CharField(help_text=_("与输入相符的名称或别名。"))


class Suggestions(serializers.Serializer):
    """What a search box offers."""

    q = serializers.CharField(help_text=_("已输入的文字。"), allow_blank=True)
    results = Suggestion(many=True, help_text=_("建议，最相近的在前。"))
