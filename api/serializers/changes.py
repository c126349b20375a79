"""The schema of the list of changes."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kb.models.base import labelled
from kb.vocabulary import ChangeAction


class MergedInto(serializers.Serializer):
    """The record that another was merged into."""

    id = serializers.IntegerField(help_text=_("编号。"))
    url = serializers.URLField(help_text=_("地址。"))


class ChangeLine(serializers.Serializer):
    """What one transaction did to one record."""

    number = serializers.IntegerField(help_text=_("按提交先后递增的编号。"))
    resource = serializers.CharField(help_text=_("资源名称。"))
    id = serializers.IntegerField(help_text=_("记录编号。"))
    url = serializers.URLField(help_text=_("记录地址；已删除的不再可读。"))
    action = serializers.ChoiceField(labelled(ChangeAction), help_text=_("动作。"))
    action_label = serializers.CharField(help_text=_("动作的中文名。"))
    into = MergedInto(allow_null=True, help_text=_("并入的记录。"))
    by = serializers.CharField(allow_null=True, help_text=_("操作者；未登录时为空。"))
    at = serializers.DateTimeField(help_text=_("提交的时间。"))


class Changes(serializers.Serializer):
    """A stretch of the list of changes."""

    next = serializers.URLField(help_text=_("接着读的地址，读完了也可稍后再问。"))
    after = serializers.IntegerField(help_text=_("最后一条的编号。"))
    more = serializers.BooleanField(help_text=_("后面是否已经还有。"))
    results = ChangeLine(many=True, help_text=_("变更，按提交的先后。"))
