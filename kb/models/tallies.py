"""How many figures there are of each sort, and records of each 盟市, so that counting need not read them.

The tables are made by a migration for each database, and triggers of the database write them
(kb/tallies.py, kb/city_tallies.py); nobody edits them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.querysets import RecordQuerySet


class MetricTally(models.Model):
    """A part of the number of asserted figures of one 盟市, unit, status and qualifier.

    What holds is the sum of the rows of a sort: PostgreSQL appends a row for each write, also with
    negative numbers, and folds them now and then.
    """

    city = models.ForeignKey(
        "kb.Place",
        # What counts figures goes by their own links; the triggers follow them.
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("盟市"),
        help_text=_("数字所说的盟市；看不出时为空。"),
    )
    unit = models.CharField(_("单位"), max_length=60, help_text=_("数据的单位。"))
    status = models.CharField(_("完成情况"), max_length=20, help_text=_("数据的完成情况。"))
    qualifier = models.CharField(_("限定"), max_length=20, help_text=_("数据的限定。"))
    number = models.BigIntegerField(_("条数"), help_text=_("有效数据的条数；可为负，合计才是实数。"))
    huge = models.BigIntegerField(_("过大的条数"), help_text=_("其中大得不计入合计的条数。"))
    known_low = models.BigIntegerField(_("有下限的条数"), help_text=_("其中有下限的条数。"))
    known_high = models.BigIntegerField(_("有上限的条数"), help_text=_("其中有上限的条数。"))
    low_whole = models.BigIntegerField(_("下限之和的整数部分"), help_text=_("各下限整数部分之和。"))
    low_micro = models.BigIntegerField(
        _("下限之和的小数部分"), help_text=_("各下限小数部分之和，百万分之一。")
    )
    high_whole = models.BigIntegerField(_("上限之和的整数部分"), help_text=_("各上限整数部分之和。"))
    high_micro = models.BigIntegerField(
        _("上限之和的小数部分"), help_text=_("各上限小数部分之和，百万分之一。")
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "kb_metrictally"
        default_permissions = ()
        verbose_name = _("数据计数")
        verbose_name_plural = _("数据计数")

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


class CityTally(models.Model):
    """A part of the number of asserted records of a resource, of one 盟市 and one sort; the sum holds.

    The sort of initiatives is their kind, that of organisations their category.
    """

    pk = models.CompositePrimaryKey("resource", "city", "sort")
    resource = models.CharField(_("资源"), max_length=20, help_text=_("接口中的资源名称。"))
    city = models.ForeignKey(
        "kb.Place",
        # What counts records goes by their own links; the triggers follow them.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("盟市"),
        help_text=_("记录所属的盟市。"),
    )
    sort = models.CharField(_("类别"), max_length=30, help_text=_("举措或组织的类别；其他记录为空。"))
    number = models.BigIntegerField(_("条数"), help_text=_("有效记录的条数；可为负，合计才是实数。"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "kb_citytally"
        default_permissions = ()
        verbose_name = _("盟市计数")
        verbose_name_plural = _("盟市计数")

    def __str__(self) -> str:
        return f"{self.resource} {self.number}"
