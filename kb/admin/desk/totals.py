"""The sums below a list of figures of one unit."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

SUMMED = ("low", "high")


def totals(rows: QuerySet) -> dict[str, Any]:
    """How many figures there are, the sums of what they are at least and at most, and how many say nothing.

    A figure without a lower end (`近百人`) adds nothing to the lower sum, and is counted as missing there.
    """
    found = rows.order_by().aggregate(
        number=Count("pk"),
        **{f"sum_{name}": Sum(name) for name in SUMMED},
        **{f"known_{name}": Count(name) for name in SUMMED},
    )
    return {
        "number": found["number"],
        **{
            name: {"sum": _sum(found[f"sum_{name}"]), "missing": found["number"] - found[f"known_{name}"]}
            for name in SUMMED
        },
    }


def short(number: Decimal) -> Decimal:
    """A number without zeros behind the point."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _sum(value: Any) -> Decimal | None:
    """A sum as the database gave it; none where nothing was to be added."""
    return None if value is None else short(Decimal(str(value)))
