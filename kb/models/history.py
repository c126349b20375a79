"""The history of a model's rows: django-simple-history's tables, filled by kb/history/recording.py."""

from typing import Any

from django.db import models
from django.db.models.signals import pre_save
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords  # type: ignore[import-untyped]

from kb.history import recording
from kb.models.base import NAME_LENGTH, labelled
from kb.vocabulary import HistoryAction

UNTRACKED = {"created_at", "updated_at"}
"""Columns whose change says nothing that a history row does not say itself."""


class HistoryRow(models.Model):
    """What every history row has beside the columns of its model."""

    parts = models.JSONField(
        _("附属内容"),
        default=dict,
        help_text=_("当时的别称、署名和各个列表，例如举措的地点和组织者。"),
    )

    class Meta:
        abstract = True


class Tracked(HistoricalRecords):
    """Keeps the history of a model's rows: of all columns but `excluded` ones, or of `only` a few."""

    def __init__(self, *, only: tuple[str, ...] = (), excluded: tuple[str, ...] = ()) -> None:
        super().__init__(
            bases=(HistoryRow,),
            history_id_field=models.BigAutoField(_("编号")),
            history_user_id_field=models.CharField(
                _("操作者"), max_length=NAME_LENGTH, blank=True, help_text=_("改动记录的人、令牌或程序。")
            ),
            history_user_getter=lambda row: row.history_user_id,
            history_user_setter=lambda row, name: setattr(row, "history_user_id", name),
            history_change_reason_field=models.CharField(
                _("动作"), max_length=20, choices=labelled(HistoryAction), help_text=_("怎样的一次改动。")
            ),
        )
        self.only, self.excluded = only, {*UNTRACKED, *excluded}

    def create_history_model(self, model: type[models.Model], inherited: bool) -> Any:
        """The model of the history rows; they are found by record alone, so no other column has an index."""
        columns = [field for field in model._meta.fields if not field.primary_key]
        self.excluded_fields = [field.name for field in columns if not self._is_tracked(field)]
        self.no_db_index = [field.name for field in columns]
        return super().create_history_model(model, inherited)

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        """The columns of the record; its id says which record a row is about."""
        fields = super().copy_fields(model)
        fields["id"].verbose_name, fields["id"].help_text = _("记录编号"), _("这一行所说的记录。")
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
        """The columns of the row itself, in Chinese."""
        found = super().get_extra_fields(model, fields)
        for name, label, words in (
            ("history_date", _("时间"), _("改动的时间。")),
            ("history_type", _("改动方式"), _("这条记录是新建、改变还是删除。")),
        ):
            found[name].verbose_name, found[name].help_text = label, words
        found["history_type"].choices = [("+", _("新建")), ("~", _("修改")), ("-", _("删除"))]
        return found

    def _is_tracked(self, field: Any) -> bool:
        """Whether changes of a column are kept."""
        return not field.generated and (
            field.name in self.only if self.only else field.name not in self.excluded
        )

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Nobody writes a history, and who may see a record may see its own: there are no rights on it."""
        return {
            **super().get_meta_options(model),
            "verbose_name": format_lazy("{}{}", model._meta.verbose_name, _("的历史")),
            "verbose_name_plural": format_lazy("{}{}", model._meta.verbose_name, _("的历史")),
            "default_permissions": (),
        }

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Connects the signals of the model."""
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            pre_save.connect(self.pre_save, sender=sender, weak=False)

    def pre_save(self, instance: Any, using: str = "default", raw: bool = False, **_more: Any) -> None:
        """Puts down what the row was."""
        if instance.pk is not None and not raw and recording.signals_count():
            recording.before(type(instance), [instance.pk], using)

    def post_save(self, instance: Any, created: bool, using: str = "default", **kwargs: Any) -> None:
        """Puts down what the row is."""
        if not kwargs.get("raw") and recording.signals_count():
            recording.after(type(instance), [instance.pk], using)

    def pre_delete(self, instance: Any, using: str = "default", **_more: Any) -> None:
        """Puts down what the row was."""
        if recording.signals_count():
            recording.before(type(instance), [instance.pk], using)

    def post_delete(self, instance: Any, using: str = "default", **_more: Any) -> None:
        """Puts down that the row is gone."""
        if recording.signals_count():
            recording.after(type(instance), [instance.pk], using)
