"""Divergences: where the importer reads something else than a person has written."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH, Record, labelled, listed
from kb.vocabulary import DivergenceState

MODELS = (
    ("page", _("版面")),
    ("article", _("文章")),
    ("place", _("地名")),
    ("organisation", _("组织")),
    ("initiative", _("举措")),
    ("placemention", _("地名出处")),
    ("organisationmention", _("组织出处")),
    ("initiativemention", _("举措出处")),
    ("metric", _("数据")),
)
"""The models that readings fill, with their labels."""


class Divergence(models.Model):
    """The reading of a field that is a person's, or of a record that a person rejected.

    There is one for each field. One that was overruled stays, so that the same reading is not asked about
    again; another reading opens it anew.
    """

    model = models.CharField(
        _("记录种类"),
        max_length=30,
        choices=MODELS,
        help_text=_("记录所在的表，例如 metric 或 organisationmention。"),
    )
    record_id = models.BigIntegerField(_("记录编号"), help_text=_("记录在它的表中的编号。"))
    name = models.CharField(
        _("记录"), max_length=NAME_LENGTH, blank=True, help_text=_("记录的名称或原文，按当时所见。")
    )
    field = models.CharField(
        _("字段"),
        max_length=40,
        blank=True,
        help_text=_("人工写定的字段；几个字段合为一组时是其中第一个；整条被否定的记录为空。"),
    )
    read = models.JSONField(
        _("导入程序的读法"),
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text=_("导入程序读出的值，按字段名列出；指向别的记录时是它的编号。"),
    )
    article = models.ForeignKey(
        "kb.Article",
        # What was read from an article has no ground without it.
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="divergences",
        verbose_name=_("文章"),
        help_text=_("导入程序从哪篇文章读出；版面自身的字段为空。"),
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=labelled(DivergenceState),
        default=DivergenceState.OPEN.value,
        help_text=_("是否已经有人决定，保留人工写的还是采用导入程序读的。"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # The decision stands after the person's account is gone.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("决定人"),
        help_text=_("作出决定的人；还没有决定时为空。"),
    )
    decided_at = models.DateTimeField(
        _("决定时间"), null=True, blank=True, help_text=_("作出决定的时间；还没有决定时为空。")
    )
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, help_text=_("第一次读出不同的时间。"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, help_text=_("最近一次改变的时间。"))

    class Meta:
        verbose_name = _("读法差异")
        verbose_name_plural = _("读法差异")
        ordering = ("id",)
        constraints = (
            listed("state", DivergenceState),
            models.UniqueConstraint(fields=("model", "record_id", "field"), name="kb_divergence_natural_key"),
        )
        indexes = (models.Index(fields=("state", "model", "id"), name="kb_divergence_queue"),)

    def __str__(self) -> str:
        return f"{self.get_model_display()} {self.name}"

    def row_model(self) -> type[Record]:
        """The model of the record."""
        return apps.get_model("kb", self.model)

    def row(self) -> Any:
        """The record; None where it is gone."""
        return self.row_model()._default_manager.filter(pk=self.record_id).first()
