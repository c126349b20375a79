"""Admin of divergences: the list of what the importer reads otherwise than a person wrote."""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kb.admin.desk.lists import DeskAdmin
from kb.changes import attributed
from kb.divergences import WHOLE, in_order, in_words, keep, label_of, take
from kb.models import Divergence


@admin.register(Divergence)
class DivergenceAdmin(DeskAdmin):
    """Divergences, those that wait for a decision to be filtered; each leads to the form of its record."""

    list_display = ("record", "field_label", "read_words", "article", "state", "decided_by", "updated_at")
    list_filter = ("state", "model")
    list_select_related = ("article", "decided_by")
    list_display_links = None
    search_fields = ("name",)
    ordering = ("-updated_at", "-pk")
    actions = ("keep_mine", "take_theirs", *DeskAdmin.actions)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Divergences come from reading alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided is kept, so that it is not asked again."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All fields: a decision is made by the actions."""
        return [field.name for field in Divergence._meta.fields]

    @admin.display(description=_("记录"), ordering="name")
    def record(self, obj: Divergence) -> str:
        """The record with the way to its form, where both readings stand side by side."""
        address = reverse(f"admin:kb_{obj.model}_change", args=[obj.record_id])
        return format_html('<a href="{}">{} {}</a>', address, obj.get_model_display(), obj.name)

    @admin.display(description=_("字段"), ordering="field")
    def field_label(self, obj: Divergence) -> str:
        """The field as people read it."""
        return str(_("整条记录（已否定）")) if obj.field == WHOLE else label_of(obj.row_model(), obj.field)

    @admin.display(description=_("导入程序读作"))
    def read_words(self, obj: Divergence) -> str:
        """The reading in words."""
        model = obj.row_model()
        said = [
            f"{label_of(model, name)} {in_words(model, name, value, self._names(obj, name))}"
            for name, value in in_order(model, obj.read)
            if value not in (None, "", [])
        ]
        return "；".join(said) or str(_("（空）"))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, with the names of all that readings point at read at once."""
        changes = super().get_changelist_instance(request)
        wanted: dict[type[Model], set[int]] = {}
        for obj in changes.result_list:
            for name, value in obj.read.items():
                if (target := _target(obj.model, name)) and value:
                    wanted.setdefault(target, set()).update(value if isinstance(value, list) else [value])
        named = {
            model: {pk: str(row) for pk, row in model._default_manager.in_bulk(list(ids)).items()}
            for model, ids in wanted.items()
        }
        for obj in changes.result_list:
            obj.names_of_links = named
        return changes

    def _names(self, obj: Any, name: str) -> dict[Any, str] | None:
        target = _target(obj.model, name)
        names = getattr(obj, "names_of_links", None)
        return None if names is None or target is None else names.get(target, {})

    @admin.action(description=_("保留人工写的"), permissions=["change"])
    def keep_mine(self, request: HttpRequest, queryset: QuerySet[Divergence]) -> None:
        """Decides for what people wrote."""
        with attributed(request.user.get_username()):
            for divergence in queryset:
                keep(divergence, request.user)
        self.message_user(request, _("已保留人工写的内容。"))

    @admin.action(description=_("采用导入程序读的"), permissions=["change"])
    def take_theirs(self, request: HttpRequest, queryset: QuerySet[Divergence]) -> None:
        """Decides for the readings; one that cannot be written is named and left open."""
        done = 0
        for divergence in queryset:
            if not request.user.has_perm(f"kb.change_{divergence.model}"):
                self.message_user(request, _("没有修改“%s”的权限。") % divergence, messages.ERROR)
                continue
            try:
                with attributed(request.user.get_username()), transaction.atomic():
                    take(divergence, request.user)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{divergence}：{'；'.join(error.messages)}", messages.ERROR)
        self.message_user(request, _("已采用 %(count)d 条导入程序的读法。") % {"count": done})


def _target(model: str, name: str) -> type[Model] | None:
    """The model that a field points at, if it does."""
    return apps.get_model("kb", model)._meta.get_field(name).related_model
