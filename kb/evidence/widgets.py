"""How a form asks for an entity: by typing, with suggestions, not from a list of thousands."""

from typing import Any

from django import forms

from kb.evidence.kinds import KINDS


class EntityPicker(forms.Widget):
    """A box to type a name in, and the id of the entity that was chosen."""

    template_name = "web/evidence/picker.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context, with the name that belongs to the id."""
        context = super().get_context(name, value, attrs)
        row = (
            KINDS[self.kind].entity.objects.filter(pk=value).first() if str(value or "").isdecimal() else None
        )
        return {**context, "kind": self.kind, "chosen": row}


class EntityField(forms.ModelChoiceField):
    """An entity that counts, chosen by typing."""

    def __init__(self, kind: str, **options: Any) -> None:
        options.setdefault("required", False)
        rows = KINDS[kind].entity.objects.asserted()
        super().__init__(rows, widget=EntityPicker(kind), **options)
