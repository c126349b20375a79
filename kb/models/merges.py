"""Merges of two entities into one, with what is needed to take them back; and pairs that are not one."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH

MERGEABLE = (("places", _("地名")), ("organisations", _("组织")), ("initiatives", _("举措")))
"""The resources whose records can be merged."""


def resource_field() -> models.CharField:
    """The column that says of which resource two records are."""
    return models.CharField(
        _("资源"), max_length=30, choices=MERGEABLE, help_text=_("两条记录所属的资源，例如 organisations。")
    )


class Merge(models.Model):
    """One record merged into another, and every row that this changed, as it was before and after."""

    resource = resource_field()
    gone_id = models.BigIntegerField(_("并入者编号"), help_text=_("被并入的记录的编号，从此转到留下的一条。"))
    kept_id = models.BigIntegerField(_("留下者编号"), help_text=_("合并后留下的记录的编号。"))
    gone_name = models.CharField(
        _("并入者"), max_length=NAME_LENGTH, blank=True, help_text=_("被并入的记录当时的名称。")
    )
    kept_name = models.CharField(
        _("留下者"), max_length=NAME_LENGTH, blank=True, help_text=_("留下的记录当时的名称。")
    )
    by = models.CharField(
        _("操作者"), max_length=NAME_LENGTH, blank=True, help_text=_("合并它们的人或令牌。")
    )
    at = models.DateTimeField(_("时间"), help_text=_("合并的时间。"))
    steps = models.JSONField(
        _("改动"),
        null=True,
        encoder=DjangoJSONEncoder,
        help_text=_("合并改动的每一行在合并前后的值，供撤销之用；没有留下时为空，不能撤销。"),
    )
    undone_by = models.CharField(
        _("撤销者"), max_length=NAME_LENGTH, blank=True, help_text=_("撤销合并的人或令牌；没有撤销时为空。")
    )
    undone_at = models.DateTimeField(
        _("撤销时间"), null=True, blank=True, help_text=_("撤销合并的时间；没有撤销时为空。")
    )

    class Meta:
        verbose_name = _("合并")
        verbose_name_plural = _("合并")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("resource", "gone_id"), condition=Q(undone_at=None), name="kb_merge_of_gone"
            ),
            models.CheckConstraint(condition=~Q(gone_id=models.F("kept_id")), name="kb_merge_of_two"),
        )
        indexes = (models.Index(fields=("resource", "kept_id"), name="kb_merge_kept"),)

    def __str__(self) -> str:
        return f"{self.gone_name}（{self.gone_id}）→ {self.kept_name}（{self.kept_id}）"


class Distinct(models.Model):
    """Two records that look alike and are not one: a person said so, and they are suggested no more."""

    resource = resource_field()
    lower_id = models.BigIntegerField(_("一条"), help_text=_("两条记录中编号较小的一条。"))
    upper_id = models.BigIntegerField(_("另一条"), help_text=_("两条记录中编号较大的一条。"))
    by = models.CharField(_("操作者"), max_length=NAME_LENGTH, blank=True, help_text=_("作出判断的人。"))
    at = models.DateTimeField(_("时间"), auto_now_add=True, help_text=_("作出判断的时间。"))

    class Meta:
        verbose_name = _("并非同一个")
        verbose_name_plural = _("并非同一个")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("resource", "lower_id", "upper_id"), name="kb_distinct_pair"),
            models.CheckConstraint(condition=Q(lower_id__lt=models.F("upper_id")), name="kb_distinct_order"),
        )

    def __str__(self) -> str:
        return f"{self.resource} {self.lower_id} ≠ {self.upper_id}"
