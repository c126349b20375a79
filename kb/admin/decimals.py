"""Numbers without zeros behind the point."""

from decimal import Decimal
from typing import Any

from django import forms

from kb.admin.desk.totals import short


class ShortDecimalField(forms.DecimalField):
    """A number that is shown without zeros behind the point: `9624`, not `9624.000000`."""

    def prepare_value(self, value: Any) -> Any:
        """The stored number in short; what a person typed stays as it was typed."""
        return in_short(value) if isinstance(value, Decimal) else value


def in_short(number: Decimal | None) -> str:
    """A stored number as people write it: `9624`, `2.5`; a dash for none."""
    return "—" if number is None else format(short(number), "f")
