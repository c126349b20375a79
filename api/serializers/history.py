"""The schema of a record's history."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kb.models.base import labelled
from kb.vocabulary import HistoryAction


class HistoryChange(serializers.Serializer):
    """A field that a change gave another value."""

    field = serializers.CharField(help_text=_("字段名，与 locked 中的相同；names、credits 是别称和署名。"))
    label = serializers.CharField(help_text=_("字段的中文名。"))  # type: ignore[assignment]
    before = serializers.JSONField(help_text=_("改动前的值；指向别的记录时是编号、名称和地址。"))
    after = serializers.JSONField(help_text=_("改动后的值。"))


class HistoryEntry(serializers.Serializer):
    """One change of a record: who did what to it, and when."""

    id = serializers.IntegerField(allow_null=True, help_text=_("这次改动的编号；从未改动过的记录为空。"))
    at = serializers.DateTimeField(help_text=_("改动的时间。"))
    by = serializers.CharField(allow_null=True, help_text=_("操作者；未登录时为空，没有登记时是空字符串。"))
    action = serializers.ChoiceField(labelled(HistoryAction), help_text=_("怎样的一次改动。"))
    action_label = serializers.CharField(help_text=_("动作的中文名。"))
    changes = HistoryChange(many=True, help_text=_("改变的字段；新建和删除时没有。"))
