"""Metrics: figures that articles report."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH, Evidence, dated, labelled, listed
from kb.models.history import Tracked
from kb.vocabulary import DatePrecision, MetricStatus, Qualifier

DIGITS, PLACES = 26, 6

LOW = Case(
    When(qualifier__in=("exact", "over", "at_least", "range"), then=F("value")),
    When(qualifier="about", then=F("value") * Decimal("0.9")),
)
"""The least that the words allow; nothing where they set no lower end (`近百人`)."""

HIGH = Case(
    When(qualifier__in=("exact", "nearly", "at_most"), then=F("value")),
    When(qualifier="range", then=F("upper")),
    When(qualifier="about", then=F("value") * Decimal("1.1")),
)
"""The most that the words allow; nothing where they set no upper end (`35万余小时`)."""


class Metric(Evidence):
    """A figure that the text reports: a number with a unit, and what it counts."""

    value = models.DecimalField(
        _("数值"),
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text=_("数字本身，已乘上“万”“亿”；区间取下限。"),
    )
    upper = models.DecimalField(
        _("上限"),
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        help_text=_("区间的上限；不是区间时为空。"),
    )
    unit = models.CharField(
        _("单位"), max_length=60, blank=True, help_text=_("按印刷原样书写的单位，不含“万”“亿”。")
    )
    qualifier = models.CharField(
        _("限定"),
        max_length=20,
        choices=labelled(Qualifier),
        help_text=_("原文对数字的限定：正好、余、近、约、至少、至多或区间。"),
    )
    low = models.GeneratedField(
        expression=LOW,
        output_field=models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True),
        db_persist=True,
        verbose_name=_("可能的最小值"),
        help_text=_("原文允许的最小值，由数据库根据数值和限定算出；没有下限时为空，“约”取上下一成。"),
    )
    high = models.GeneratedField(
        expression=HIGH,
        output_field=models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True),
        db_persist=True,
        verbose_name=_("可能的最大值"),
        help_text=_("原文允许的最大值，由数据库根据数值和限定算出；没有上限时为空，“约”取上下一成。"),
    )
    subject = models.CharField(
        _("统计对象"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("数字统计的是什么，用原文中的词语简短写出；看不出时为空。"),
    )
    status = models.CharField(
        _("完成情况"),
        max_length=20,
        choices=labelled(MetricStatus),
        help_text=_("数字说的是已经完成的事，还是目标或规定。"),
    )
    period_from_on = models.DateField(
        _("统计起始日期"),
        null=True,
        blank=True,
        help_text=_("数字所涵盖的时间从哪天开始；原文只写到年或月时取第一天。"),
    )
    period_from_precision = models.CharField(
        _("起始日期精度"),
        max_length=10,
        choices=labelled(DatePrecision),
        blank=True,
        help_text=_("统计起始日期精确到年、月还是日；没有日期时为空。"),
    )
    period_from_text = models.CharField(
        _("起始时间原文"), max_length=NAME_LENGTH, blank=True, help_text=_("原文中说明起始时间的文字。")
    )
    as_of_on = models.DateField(
        _("统计截止日期"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("数字统计到哪天为止；原文只写到年或月时按精度理解。"),
    )
    as_of_precision = models.CharField(
        _("截止日期精度"),
        max_length=10,
        choices=labelled(DatePrecision),
        blank=True,
        help_text=_("统计截止日期精确到年、月还是日；没有日期时为空。"),
    )
    as_of_text = models.CharField(
        _("截止时间原文"), max_length=NAME_LENGTH, blank=True, help_text=_("原文中说明截止时间的文字。")
    )
    initiative = models.ForeignKey(
        "kb.Initiative",
        # The figure is still printed where the row of what it is about is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="metrics",
        db_index=False,  # an index below begins with it
        verbose_name=_("举措"),
        help_text=_("数字所说的举措；原文没有说明时为空。"),
    )
    organisation = models.ForeignKey(
        "kb.Organisation",
        # The figure is still printed where the row of what it is about is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="metrics",
        db_index=False,  # an index below begins with it
        verbose_name=_("组织"),
        help_text=_("数字所说的组织；原文没有说明时为空。"),
    )
    place = models.ForeignKey(
        "kb.Place",
        # The figure is still printed where the row of what it is about is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("地点"),
        help_text=_("数字所说的地方；原文没有说明时为空。"),
    )
    city = models.ForeignKey(
        "kb.Place",
        # Queries go by the 盟市; a figure must not lose it silently.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="metrics_in_city",
        db_index=False,  # an index below begins with it
        verbose_name=_("盟市"),
        help_text=_("数字所说的盟市；看不出时为空。"),
    )

    history = Tracked()

    class Meta(Evidence.Meta):
        verbose_name = _("数据")
        verbose_name_plural = _("数据")
        default_related_name = "metrics"
        constraints = (
            *Evidence.Meta.constraints,
            listed("qualifier", Qualifier),
            listed("status", MetricStatus),
            dated("period_from"),
            dated("as_of"),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="kb_metric_value_upper"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="kb_metric_low_high",
            ),
            models.CheckConstraint(
                condition=Q(qualifier="range", upper__isnull=False)
                | (~Q(qualifier="range") & Q(upper__isnull=True)),
                name="kb_metric_upper_of_range",
            ),
        )
        indexes = (
            models.Index(fields=("city", "unit", "id"), name="kb_metric_city_unit"),
            models.Index(fields=("city", "state", "id"), name="kb_metric_city_state"),
            models.Index(  # the first of a 盟市 and a unit is its largest (kb/largest.py)
                fields=("city", "unit", "-value", "id"),
                condition=Q(status="reported", state="asserted"),
                name="kb_metric_largest",
            ),
            models.Index(fields=("initiative", "state"), name="kb_metric_initiative_state"),
            models.Index(fields=("organisation", "state"), name="kb_metric_organisation_state"),
            models.Index(fields=("unit", "id"), name="kb_metric_unit"),
            models.Index(fields=("unit", "state", "low", "high"), name="kb_metric_unit_interval"),
            models.Index(fields=("unit", "high"), name="kb_metric_unit_high"),
            models.Index(fields=("low",), name="kb_metric_low"),
            models.Index(fields=("high",), name="kb_metric_high"),
            models.Index(fields=("value",), name="kb_metric_value"),
            models.Index(fields=("status", "id"), name="kb_metric_status"),
            models.Index(fields=("qualifier", "id"), name="kb_metric_qualifier"),
            models.Index(fields=("period_from_on",), name="kb_metric_period_from"),
            models.Index(fields=("updated_at", "id"), name="kb_metric_updated"),
        )
