"""The rows of a list as forms: only what this person changed is written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _


class ListForm(ModelForm):
    """One row of a list. A field counts as changed where it differs from what this person was shown.

    What another editor changed meanwhile stays as it is, and a field that both changed is refused.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.show_hidden_initial = True
                field.widget.attrs["aria-label"] = f"{field.label}：{self.instance}"[:120]

    def clean(self) -> dict[str, Any]:
        """What was changed here, the other fields as they are stored now."""
        given = super().clean() or {}
        for name in list(given):
            if not hasattr(self.instance, name) or name == self.instance._meta.pk.name:
                continue
            if name not in self.changed_data:
                given[name] = getattr(self.instance, name)
            elif self._was_changed_meanwhile(name):
                now = self.initial[name]
                self.add_error(
                    name, ValidationError(_("已被别人改为“%(now)s”，请刷新后再改。") % {"now": now})
                )
        return given

    def _was_changed_meanwhile(self, name: str) -> bool:
        """Whether the stored value is another than the one that was shown."""
        field = self.fields[name]
        shown = field.hidden_widget().value_from_datadict(
            self.data, self.files, self.add_initial_prefix(name)
        )
        return field.has_changed(self.initial.get(name), shown)
