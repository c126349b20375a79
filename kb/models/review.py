"""The review queue: passages whose reading needs a person's eye, and what people decided about them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH, labelled, listed
from kb.models.history import Tracked
from kb.review.cases import case_of
from kb.vocabulary import DoubtReason, RecordKind, ReviewState

WEIGHT = {
    DoubtReason.POSSIBLE_DUPLICATE: 8,  # makes the counts of two records wrong
    DoubtReason.DIVERGENCE: 7,  # a person's word may be out of date, or the importer wrong
    DoubtReason.AMBIGUOUS: 6,  # keeps a record out of every query by 盟市, place or organisation
    DoubtReason.UNRESOLVED: 6,
    DoubtReason.LAYOUT: 5,  # an article goes by another one's headline, or by none
    DoubtReason.NO_SUBJECT: 3,  # the figure is there, but does not say what it counts
    DoubtReason.LOW_CONFIDENCE: 2,  # something may be missing
}
"""How much a decision is worth, by the reason of the doubt."""

BY_CHOICE_ALONE = (DoubtReason.POSSIBLE_DUPLICATE.value, DoubtReason.DIVERGENCE.value)
"""Reasons of doubts that are more than the words at their span: vouching for these does not settle them."""

MOST_REPEATS = 20
"""From so many doubts of one case on, more of them make a decision worth no more."""

WORTH = (
    Case(*(When(reason=reason.value, then=Value(weight)) for reason, weight in WEIGHT.items()), default=1)
    * F("repeats")
    * (Value(1.0) - Abs(F("confidence") - Value(0.5)))
)
"""The order of the queue: weight × doubts of the same case × how little the importer was decided."""


class Decision(models.Model):
    """What a person decided about one doubt, or at one stroke about several of the same case."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # The decision stands after the person's account is gone.
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("处理人"),
        help_text=_("作出决定的人。"),
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True, help_text=_("作出决定的时间。"))
    verdict = models.CharField(
        _("决定"), max_length=10, choices=labelled(ReviewState), help_text=_("采纳、否定还是跳过。")
    )
    words = models.CharField(
        _("内容"), max_length=NAME_LENGTH, blank=True, help_text=_("选定的读法，用文字写出。")
    )
    doubts_count = models.PositiveIntegerField(_("条数"), default=1, help_text=_("一次处理了几条疑问。"))
    changes = models.JSONField(
        _("改动"), default=list, blank=True, help_text=_("这次决定改动的记录，撤销时凭它恢复。")
    )
    undone_at = models.DateTimeField(
        _("撤销时间"), null=True, blank=True, help_text=_("撤销这次决定的时间；没有撤销时为空。")
    )

    class Meta:
        verbose_name = _("审核决定")
        verbose_name_plural = _("审核决定")
        ordering = ("-id",)
        constraints = (listed("verdict", ReviewState),)
        indexes = (models.Index(fields=("by", "-id"), name="kb_decision_by"),)

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}：{self.words}" if self.words else self.get_verdict_display()


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
    divergence = models.OneToOneField(
        "kb.Divergence",
        # The question has no meaning without the two readings.
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="doubt",
        verbose_name=_("读法差异"),
        help_text=_("要在人工写的和导入程序新读的之间选定时，是哪一处差异；其他疑问为空。"),
    )
    decision = models.ForeignKey(
        Decision,
        # The state of the doubt says what was decided; the decision itself is needed to undo it.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="doubts",
        verbose_name=_("审核决定"),
        help_text=_("处理这条疑问的决定；还没有处理时为空。"),
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # Nobody works on it then.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审核中的人"),
        help_text=_("正在看这条疑问的人；到期之前别人不会分到它。"),
    )
    claimed_until = models.DateTimeField(
        _("占用到期"), null=True, blank=True, help_text=_("占用到什么时间；过了就可以分给别人。")
    )
    case_key = models.CharField(
        _("同类"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("同类疑问共有的标记：原因、文字、候选和盟市都相同，可以一次处理。"),
    )
    repeats = models.PositiveSmallIntegerField(
        _("同类条数"), default=1, editable=False, help_text=_("同类疑问的条数，最多按 20 条算。")
    )
    worth = models.GeneratedField(
        expression=WORTH,
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("价值"),
        help_text=_("处理它的价值，由数据库算出；待审核的疑问从高到低排列。"),
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
                condition=Q(article__isnull=False, divergence__isnull=True),
                name="kb_doubt_natural_key",
            ),
            models.UniqueConstraint(
                fields=("page", "kind", "reason", "start", "end"),
                condition=Q(article__isnull=True, divergence__isnull=True),
                name="kb_doubt_natural_key_of_page",
            ),
        )
        indexes = (
            models.Index(fields=("state", "-worth", "id"), name="kb_doubt_queue"),
            models.Index(fields=("-worth", "id"), name="kb_doubt_worth"),  # the list of all states
            models.Index(fields=("state", "reason"), name="kb_doubt_reason"),
            models.Index(fields=("case_key", "state"), name="kb_doubt_case"),
            models.Index(fields=("decided_at",), name="kb_doubt_decided"),
            models.Index(fields=("article", "start"), name="kb_doubt_article"),
            # the open ones in the order of the records that they are about
            models.Index(fields=("state", "article", "start", "end", "kind"), name="kb_doubt_words"),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()}：{self.text[:40]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row with the mark of its case."""
        self.case_key = self.case_key or case_of(self, self.article.city_id if self.article else None)
        super().save(*args, **kwargs)
