"""The change feed: one row for each record that a transaction wrote, in the order of the commits.

Triggers of the database write the rows (kb/change_triggers.py), so that a bulk write of the importer or
a statement typed by hand is in the feed like any other.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH, labelled
from kb.vocabulary import ChangeAction


class Change(models.Model):
    """What one transaction did to one record."""

    number = models.BigIntegerField(
        _("编号"),
        null=True,
        unique=True,
        help_text=_("在变更流中的编号，按提交的先后递增；事务尚未提交时为空。"),
    )
    resource = models.CharField(
        _("资源"), max_length=30, help_text=_("记录所属的资源，即接口地址中的名称，例如 places。")
    )
    record_id = models.BigIntegerField(_("记录编号"), help_text=_("被改动的记录的编号；记录可能已经不在。"))
    action = models.CharField(
        _("动作"), max_length=10, choices=labelled(ChangeAction), help_text=_("新建、修改、合并还是删除。")
    )
    into_id = models.BigIntegerField(
        _("并入"), null=True, blank=True, help_text=_("合并后留下的记录的编号；不是合并时为空。")
    )
    by = models.CharField(
        _("操作者"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("改动记录的人、令牌或程序；没有登记时为空。"),
    )
    at = models.DateTimeField(_("时间"), help_text=_("改动提交的时间。"))
    batch = models.BigIntegerField(
        _("事务"), null=True, help_text=_("正在写入的事务的标记，用来合并同一事务中的改动；提交后为空。")
    )

    class Meta:
        verbose_name = _("变更")
        verbose_name_plural = _("变更")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "resource", "record_id"), name="kb_change_in_batch"),
            models.CheckConstraint(
                condition=Q(action="merge", into_id__isnull=False)
                | (~Q(action="merge") & Q(into_id__isnull=True)),
                name="kb_change_into",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.resource}/{self.record_id} {self.action}"


class ChangeContext(models.Model):
    """On SQLite, who is writing at present; there is a row only inside a writing transaction.

    PostgreSQL has settings of a transaction for this, and leaves the table empty.
    """

    batch = models.BigIntegerField(_("事务"), help_text=_("正在写入的事务的标记。"))
    by = models.CharField(_("操作者"), max_length=NAME_LENGTH, help_text=_("正在写入的人、令牌或程序。"))

    class Meta:
        verbose_name = _("写入者")
        verbose_name_plural = _("写入者")

    def __str__(self) -> str:
        return self.by
