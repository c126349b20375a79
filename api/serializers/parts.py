"""The parts that answers of all resources share, as the schema names them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kb.models.base import labelled
from kb.vocabulary import CreditRole, DatePrecision


class LinkPart(serializers.Serializer):
    """A linked record. With `expand`, its further fields stand beside these."""

    id = serializers.IntegerField(help_text=_("记录编号，重新导入后不变。"))
    name = serializers.CharField(help_text=_("名称；文章为标题。"), allow_blank=True)
    url = serializers.URLField(help_text=_("记录的地址。"))
    code = serializers.CharField(
        help_text=_("地点的行政区划代码，只出现在地点链接中。"), required=False, allow_null=True
    )

    class Meta:
        ref_name = "Link"


class EvidencePart(serializers.Serializer):
    """The printed words that prove a fact. `body[start:end] == text`, counted in code points."""

    article = LinkPart(help_text=_("所在文章。"))
    text = serializers.CharField(help_text=_("原文所印的字。"))
    start = serializers.IntegerField(help_text=_("在文章 body 中的起点（Unicode 码位，从 0 起）。"))
    end = serializers.IntegerField(help_text=_("在文章 body 中的终点（不含）。"))
    context = serializers.CharField(help_text=_("前后文字。"))  # type: ignore[assignment]

    class Meta:
        ref_name = "Evidence"


class DateWithPrecision(serializers.Serializer):
    """A date as precise as the text gives it."""

    date = serializers.DateField(help_text=_("该时期的第一天。"), allow_null=True)
    precision = serializers.ChoiceField(
        choices=labelled(DatePrecision), help_text=_("精度：年、月或日。"), allow_null=True
    )
    text = serializers.CharField(help_text=_("原文所印的字。"), allow_blank=True)

    class Meta:
        ref_name = "DateWithPrecision"


class ProblemPart(serializers.Serializer):
    """An error as RFC 9457 problem details."""

    type = serializers.CharField(help_text=_("说明此类错误的地址。"))
    title = serializers.CharField(help_text=_("错误的名称。"))
    status = serializers.IntegerField(help_text=_("HTTP 状态码。"))
    code = serializers.CharField(help_text=_("稳定的错误代码，程序可据此判断。"))
    detail = serializers.CharField(help_text=_("错在哪里、如何改正。"))
    param = serializers.CharField(help_text=_("出错的参数。"), required=False)

    class Meta:
        ref_name = "Problem"


class CreditPart(serializers.Serializer):
    """A person credited with an article."""

    name = serializers.CharField(help_text=_("姓名。"))
    role = serializers.ChoiceField(choices=labelled(CreditRole), help_text=_("角色。"))
    role_label = serializers.CharField(help_text=_("角色的中文名。"))

    class Meta:
        ref_name = "Credit"
