"""What may be written of each resource, checked as the admin checks it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.writing.forms import refuse_unknown
from kb.models import Article, Initiative, Metric, Organisation, Page, Place
from kb.models.base import labelled
from kb.vocabulary import DatePrecision

DATED = {"started", "period_from", "as_of"}


class ListedField(serializers.ChoiceField):
    """A value of a closed list, or its Chinese name, as filters take it."""

    default_error_messages: ClassVar = {"invalid_choice": _("“{input}”不是可用的值。可用：{allowed}")}

    def to_internal_value(self, data: Any) -> Any:
        """The stored value: `brand` for `brand` and for `品牌`."""
        for value, label in self.choices.items():
            if str(data) in (str(value), str(label)) and data != "":
                return value
        if data == "" and self.allow_blank:
            return ""
        allowed = "、".join(f"{value}（{label}）" for value, label in self.choices.items())
        return self.fail("invalid_choice", input=data, allowed=allowed)


class IdField(serializers.PrimaryKeyRelatedField):
    """The id of another record."""

    default_error_messages: ClassVar = {
        "does_not_exist": _("没有编号为 {pk_value} 的记录。"),
        "incorrect_type": _("请写记录的编号（整数），不是名称。"),
    }


class DatedField(serializers.Serializer):
    """A date with precision and words, as it is read; null for none."""

    date = serializers.DateField(allow_null=True, required=False, help_text=_("该时期的第一天。"))
    precision = ListedField(
        labelled(DatePrecision), allow_null=True, required=False, help_text=_("精度：年、月或日。")
    )
    text = serializers.CharField(
        allow_blank=True, required=False, max_length=300, help_text=_("原文所印的字。")
    )

    class Meta:
        ref_name = "DateWritten"

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Date and precision, both or neither."""
        if bool(attrs.get("date")) != bool(attrs.get("precision")):
            missing = "precision" if attrs.get("date") else "date"
            raise serializers.ValidationError({missing: gettext("date 和 precision 须都写，或都不写。")})
        return attrs


def dated(words: Any) -> DatedField:
    """A date that may be left out or taken away."""
    return DatedField(required=False, allow_null=True, help_text=words)


class RecordWriter(serializers.ModelSerializer):
    """Checks and stores what a person writes; the written fields are locked against re-import."""

    serializer_choice_field = ListedField
    serializer_related_field = IdField
    on_creation: ClassVar[tuple[str, ...]] = ()
    """Fields that are given once and never changed: where a record stands in its text."""

    @classmethod
    def model(cls) -> Any:
        """The model whose rows are written."""
        return cls.Meta.model

    def to_internal_value(self, data: Any) -> Any:
        """The values by column; unknown fields are refused, dates taken apart."""
        known = set(self.fields) - (set(self.on_creation) if self.instance else set())
        refuse_unknown(data, known)
        values = super().to_internal_value(data)
        for name in DATED & set(values):
            values |= columns_of(name, values.pop(name) or {})
        return values

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The values, after the model's own checks, constraints among them, on the record as it would be."""
        many = {field.name for field in self.model()._meta.many_to_many}
        row = self.instance or self.model()()
        self.changed = {name for name, value in attrs.items() if differs(row, name, value)}
        for name, value in attrs.items():
            if name not in many:
                setattr(row, name, value)
        self.complete(row)
        try:
            row.full_clean(exclude=self.unchecked(row))
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return attrs

    def complete(self, row: Any) -> None:
        """Fills in what follows from what was given."""

    def unchecked(self, row: Any) -> set[str]:
        """The fields that the database computes."""
        return {field.name for field in row._meta.fields if field.generated}

    def save(self, **kwargs: Any) -> Any:
        """The stored row, with its links and its locks."""
        attrs = self.validated_data
        many = {
            field.name: attrs[field.name] for field in self.model()._meta.many_to_many if field.name in attrs
        }
        row = self.instance
        if row is None:
            row = self.model()(**{name: value for name, value in attrs.items() if name not in many})
            self.complete(row)
        elif not self.changed:
            return row
        else:
            row.lock(self.changed)
        row.save()
        for name, linked in many.items():
            getattr(row, name).set(linked)
        return row


def columns_of(prefix: str, value: dict[str, Any]) -> dict[str, Any]:
    """The three columns of a date."""
    return {
        f"{prefix}_on": value.get("date"),
        f"{prefix}_precision": value.get("precision") or "",
        f"{prefix}_text": value.get("text", ""),
    }


def differs(row: Model, name: str, value: Any) -> bool:
    """Whether a value is another than the one stored."""
    if row.pk is None:
        return True
    if row._meta.get_field(name).many_to_many:
        return set(getattr(row, name).values_list("pk", flat=True)) != {each.pk for each in value}
    return getattr(row, name) != value


class PageWriter(RecordWriter):
    """What is known of a page besides its text; pages themselves come by import."""

    class Meta:
        model = Page
        fields = ("publication", "issue_date", "page_name", "home_city")


class ArticleWriter(RecordWriter):
    """The heading of an article; its body is the page's, and all spans count in it."""

    on_creation = ("page", "first_line", "part", "ordinal", "lines", "body")

    class Meta:
        model = Article
        fields = (
            "page", "first_line", "part", "ordinal", "lines", "body", "title", "kicker", "column", "kind",
            "dateline", "reprinted_from", "city",
        )  # fmt: skip


class PlaceWriter(RecordWriter):
    """A place."""

    class Meta:
        model = Place
        fields = ("name", "code", "level", "parent", "city", "longitude", "latitude")


class OrganisationWriter(RecordWriter):
    """An organisation."""

    class Meta:
        model = Organisation
        fields = ("name", "category", "place", "city", "parent")


class InitiativeWriter(RecordWriter):
    """An initiative."""

    started = dated(_("开始的时间。"))

    class Meta:
        model = Initiative
        fields = ("name", "kind", "city", "places", "organisers", "started")


class MetricWriter(RecordWriter):
    """A figure; its printed text is what stands at its span."""

    on_creation = ("article", "start", "end", "ordinal")
    period_from = dated(_("从何时起统计。"))
    as_of = dated(_("统计到何时为止。"))

    class Meta:
        model = Metric
        fields = (
            "article", "start", "end", "ordinal", "value", "upper", "unit", "qualifier", "subject", "status",
            "period_from", "as_of", "initiative", "organisation", "place", "city",
        )  # fmt: skip

    def complete(self, row: Metric) -> None:
        """The text at the span; a span outside the body is refused."""
        if row.article_id and not 0 <= row.start < row.end <= len(row.article.body):
            raise serializers.ValidationError({"end": _("起点和终点须在文章正文之内，且终点大于起点。")})
        if row.article_id:
            row.text = row.article.body[row.start : row.end]
