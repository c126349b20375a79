"""The form of a figure, checked as the admin and the API check it."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from kb.evidence.figures import figure
from kb.evidence.kinds import KINDS
from kb.evidence.spans import Span, next_ordinal
from kb.evidence.widgets import EntityField
from kb.models import Article, Metric
from kb.vocabulary import MetricStatus, Qualifier, RecordState

NUMERIC = {"inputmode": "decimal", "autocomplete": "off"}
DATES = ("period_from", "as_of")


def _about(name: str) -> EntityField:
    """The field that says what a figure is about."""
    field: Any = Metric._meta.get_field(name)
    return EntityField("place" if name == "city" else name, label=field.verbose_name)


class MetricForm(forms.ModelForm):
    """A figure at words of the article."""

    kind = "metric"
    initiative = _about("initiative")
    organisation = _about("organisation")
    place = _about("place")
    city = _about("city")

    class Meta:
        model = Metric
        fields = KINDS["metric"].read
        widgets: ClassVar = {
            **dict.fromkeys(("value", "upper"), forms.TextInput(attrs=NUMERIC)),
            **{f"{name}_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES},
        }

    def __init__(self, article: Article, span: Span, given: Any = None, *, row: Any = None) -> None:
        start, end, text = span
        self.what, self.article = KINDS["metric"], article
        row = row or Metric(article=article, start=start, end=end, text=text)
        super().__init__(
            given, instance=row, initial=_first_reading(article, text) if row.pk is None else None
        )
        for name in ("value", "upper"):
            self.initial[name] = _plain(self.initial.get(name))

    def clean(self) -> dict[str, Any]:
        """The values; only a range has an upper end, and a date has its precision."""
        values = super().clean() or {}
        is_range, upper = values.get("qualifier") == Qualifier.RANGE, values.get("upper")
        if is_range and upper is None:
            self.add_error("upper", _("区间要写上限。"))
        elif is_range and values.get("value") is not None and upper < values["value"]:
            self.add_error("upper", _("上限不能小于数值。"))
        elif not is_range and upper is not None:
            self.add_error("upper", _("只有限定为“区间”时才有上限。"))
        for name in DATES:
            if bool(values.get(f"{name}_on")) != bool(values.get(f"{name}_precision")):
                self.add_error(f"{name}_precision", _("日期和精度要么都填，要么都不填。"))
        return values

    def save(self, commit: bool = True) -> tuple[Any, list[str]]:
        """The stored row and the fields that it changed; a new one is a person's, all of it locked."""
        row, changed = self.instance, list(self.changed_data)
        if row.pk is None:
            changed = list(self.what.read)
            row.ordinal = next_ordinal(self.what, self.article, row.start, row.end)
        row.state = RecordState.ASSERTED.value
        row.lock(changed)
        row.save()
        return row, changed


def _first_reading(article: Article, text: str) -> dict[str, Any]:
    """What the form of a new figure begins with."""
    usual = {"status": MetricStatus.REPORTED.value, "qualifier": Qualifier.EXACT.value}
    return usual | {"city": article.city_id} | figure(text)


def _plain(value: Any) -> Any:
    """A number as one would type it: `350000`, not `350000.000000`."""
    return value if value is None else Decimal(format(value.normalize(), "f"))
