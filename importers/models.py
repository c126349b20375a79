"""Pages that wait to be imported: handed in over HTTP or in the admin, and what became of them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH


class JobState(models.TextChoices):
    """How far a job has come."""

    DRAFT = "draft", _("待确认")
    QUEUED = "queued", _("排队")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")


UNFINISHED = (JobState.QUEUED.value, JobState.RUNNING.value)


class ImportJob(models.Model):
    """One page to import, held by a worker for a time only: another takes over from one that was killed."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("文件名"), max_length=NAME_LENGTH, help_text=_("导入时记下的文件名。"))
    sha256 = models.CharField(_("内容摘要"), max_length=64, help_text=_("内容的 SHA-256 摘要。"))
    content = models.BinaryField(_("内容"), help_text=_("文件的字节；任务结束后清空。"))
    facts = models.JSONField(_("已知情况"), default=dict, help_text=_("报刊、日期等，由提交者给出。"))
    facts_digest = models.CharField(
        _("已知情况摘要"), max_length=8, blank=True, help_text=_("用来辨认同一份提交。")
    )
    by = models.CharField(_("提交者"), max_length=NAME_LENGTH, help_text=_("提交的人或令牌，记入变更。"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=JobState.choices,
        default=JobState.QUEUED,
        help_text=_("待确认、排队、进行中、完成或失败。"),
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0, help_text=_("已经开始过几次。"))
    claim = models.UUIDField(
        _("领取"), null=True, editable=False, help_text=_("正在做它的工作进程这一次的标记。")
    )
    claimed_until = models.DateTimeField(
        _("领取期限"), null=True, blank=True, help_text=_("到这时仍未完成，就由别的工作进程重做。")
    )
    batch = models.UUIDField(
        _("批次"), null=True, editable=False, help_text=_("在后台一起提交的各页有同一个批次；否则为空。")
    )
    size = models.PositiveIntegerField(_("字节数"), default=0, help_text=_("文件的长度。"))
    preview = models.JSONField(
        _("预览"), default=dict, blank=True, help_text=_("入库之前的试读：会新增什么、改动什么。")
    )
    outcome = models.JSONField(_("结果"), default=dict, blank=True, help_text=_("导入改变了什么。"))
    error = models.TextField(_("错误"), blank=True, help_text=_("失败的原因。"))
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True, help_text=_("任务提交的时间。"))
    finished_at = models.DateTimeField(
        _("结束时间"), null=True, blank=True, help_text=_("完成或失败的时间。")
    )

    class Meta:
        verbose_name = _("导入任务")
        verbose_name_plural = _("导入任务")
        ordering = ("created_at", "id")
        indexes = (
            models.Index(fields=("state", "created_at"), name="importers_job_waiting"),
            models.Index(fields=("batch", "created_at"), name="importers_job_batch"),
            models.Index(fields=("-created_at", "-id"), name="importers_job_latest"),
        )
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("sha256", "facts_digest"),
                condition=Q(state__in=UNFINISHED),
                name="importers_job_once_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
