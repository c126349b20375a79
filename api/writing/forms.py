"""What actions on a record take beside its fields."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

MOST_ID = 2**63 - 1


class StrictForm(serializers.Serializer):
    """A form in which nothing is silently ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """The values; unknown fields are refused."""
        refuse_unknown(data, set(self.fields))
        return super().to_internal_value(data)


def refuse_unknown(data: Any, known: set[str]) -> None:
    """Raises the error that names every field that is not known, and those that are."""
    unknown = set(data) - known if isinstance(data, dict) else set()
    if unknown:
        words = _("未知字段，或不可修改。可用：%(names)s") % {"names": ", ".join(sorted(known))}
        raise serializers.ValidationError(
            dict.fromkeys(sorted(unknown), serializers.ErrorDetail(words, "unknown_field"))
        )
