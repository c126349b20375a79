"""What the database keeps told: figures of each sort, records of each 盟市, the initiatives of each 盟市.

The tables are made by migrations for each database, and triggers of the database write them
(kb/tallies/figures.py, kb/tallies/cities.py); nobody edits them.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.querysets import RecordQuerySet


def _city(help_text: Any, *, null: bool = False) -> Any:
    """The 盟市 of what is kept."""
    return models.ForeignKey(
        "kb.Place",
        # What is kept goes by the records' own links; the triggers see to it.
        on_delete=models.DO_NOTHING,
        null=null,
        db_constraint=False,
        related_name="+",
        verbose_name=_("盟市"),
        help_text=help_text,
    )


class Kept:
    """What all of them have in common: migrations and triggers of our own, and nobody who may edit."""

    managed = False
    default_permissions = ()


class MetricTally(models.Model):
    """A part of the number of asserted figures of one 盟市, unit, status and qualifier.

    What holds is the sum of the rows of a sort: PostgreSQL appends a row for each write, also with
    negative numbers, and folds them now and then.
    """

    city = _city(_("数字所说的盟市；看不出时为空。"), null=True)
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

    class Meta(Kept):
        db_table = "kb_metrictally"
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
    city = _city(_("记录所属的盟市。"))
    sort = models.CharField(_("类别"), max_length=30, help_text=_("举措或组织的类别；其他记录为空。"))
    number = models.BigIntegerField(_("条数"), help_text=_("有效记录的条数；可为负，合计才是实数。"))

    objects = RecordQuerySet.as_manager()

    class Meta(Kept):
        db_table = "kb_citytally"
        verbose_name = _("盟市计数")
        verbose_name_plural = _("盟市计数")

    def __str__(self) -> str:
        return f"{self.resource} {self.number}"


class CityInitiative(models.Model):
    """An asserted initiative, once for each 盟市 that it is of, by itself or by any of its places.

    Those of one 盟市 are had in the order of their ids, with or without a kind, at the cost of those read.
    """

    id = models.BigIntegerField(_("举措"), primary_key=True, help_text=_("举措的编号，每个盟市一次。"))
    city = _city(_("开展它的盟市。"))
    kind = models.CharField(_("类别"), max_length=30, help_text=_("举措的类别，与举措所记的相同。"))

    objects = RecordQuerySet.as_manager()

    class Meta(Kept):
        db_table = "kb_cityinitiative"
        verbose_name = _("盟市的举措")
        verbose_name_plural = _("盟市的举措")

    def __str__(self) -> str:
        return f"{self.city_id} {self.pk}"
