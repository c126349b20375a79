"""The review queue: passages whose reading needs a person's eye."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models.base import labelled, listed
from kb.models.history import Tracked
from kb.vocabulary import DoubtReason, RecordKind, ReviewState


class Doubt(models.Model):
    """A passage with more than one reading; it asserts nothing until a person has decided."""

    kind = models.CharField(
        _("记录种类"), max_length=20, choices=labelled(RecordKind), help_text=_("存疑的是哪一种记录。")
    )
    reason = models.CharField(
        _("原因"), max_length=30, choices=labelled(DoubtReason), help_text=_("为什么需要人来判断。")
    )
    page = models.ForeignKey(
        "kb.Page",
        # A doubt about a page's text has no meaning without it.
        on_delete=models.CASCADE,
        related_name="doubts",
        verbose_name=_("版面"),
        help_text=_("存疑的文字所在的版面。"),
    )
    article = models.ForeignKey(
        "kb.Article",
        # A doubt about an article's text has no meaning without it.
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="doubts",
        verbose_name=_("文章"),
        help_text=_("存疑的文字所在的文章；不能确定属于哪篇文章时为空。"),
    )
    start = models.PositiveIntegerField(
        _("起点"), help_text=_("存疑的文字在正文中的起始位置，按 Unicode 码位从 0 数起。")
    )
    end = models.PositiveIntegerField(
        _("终点"), help_text=_("存疑的文字在正文中的结束位置，按 Unicode 码位从 0 数起。")
    )
    text = models.TextField(_("原文"), help_text=_("存疑的文字，与印刷原样一致。"))
    note = models.TextField(_("说明"), blank=True, help_text=_("导入程序对疑问的说明。"))
    candidates = models.JSONField(
        _("候选"), default=list, blank=True, help_text=_("可能的几种读法，由人从中选定。")
    )
    confidence = models.FloatField(_("把握"), default=0.5, help_text=_("导入程序的把握，从 0 到 1。"))
    state = models.CharField(
        _("审核状态"),
        max_length=10,
        choices=labelled(ReviewState),
        default=ReviewState.OPEN.value,
        help_text=_("这条疑问是否已经由人处理，以及处理的结果。"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # The decision stands after the person's account is gone.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("处理人"),
        help_text=_("处理这条疑问的人；还没有处理时为空。"),
    )
    decided_at = models.DateTimeField(
        _("处理时间"), null=True, blank=True, help_text=_("处理这条疑问的时间；还没有处理时为空。")
    )
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True, help_text=_("疑问第一次提出的时间。"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, help_text=_("疑问最近一次改变的时间。"))

    # The question comes from reading the page; what a person changes is the decision.
    history = Tracked(only=("state", "note"))

    class Meta:
        verbose_name = _("待审核")
        verbose_name_plural = _("待审核")
        ordering = ("id",)
        constraints = (
            listed("kind", RecordKind),
            listed("reason", DoubtReason),
            listed("state", ReviewState),
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="kb_doubt_span"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="kb_doubt_confidence"),
            models.UniqueConstraint(
                fields=("article", "kind", "reason", "start", "end"),
                condition=Q(article__isnull=False),
                name="kb_doubt_natural_key",
            ),
            models.UniqueConstraint(
                fields=("page", "kind", "reason", "start", "end"),
                condition=Q(article__isnull=True),
                name="kb_doubt_natural_key_of_page",
            ),
        )
        indexes = (
            models.Index(fields=("state", "kind", "confidence"), name="kb_doubt_queue"),
            models.Index(fields=("article", "start"), name="kb_doubt_article"),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()}：{self.text[:40]}"
