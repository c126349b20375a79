"""The dialog of a record on the evidence page: which form, in which groups, and what saving it gives."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.evidence.candidates import candidates
from kb.evidence.deciding import Undo, before, held_row, settle_doubts, version
from kb.evidence.kinds import Kind
from kb.evidence.mentions import InitiativeMentionForm, OrganisationMentionForm, PlaceMentionForm
from kb.evidence.metrics import MetricForm
from kb.evidence.spans import FURTHEST, check_span
from kb.models import Article
from kb.vocabulary import RecordKind, ReviewState
from kb.web import links

FORMS: dict[str, Any] = {
    form.kind: form for form in (PlaceMentionForm, OrganisationMentionForm, InitiativeMentionForm, MetricForm)
}
KIND_LABELS = dict(RecordKind.choices())
GROUPS: dict[str, list[tuple[Any, str, tuple[str, ...]]]] = {
    "metric": [
        ("", "figure", ("value", "upper", "unit", "qualifier", "status", "subject")),
        (gettext_lazy("所说的对象"), "about", ("initiative", "organisation", "place", "city")),
        (gettext_lazy("时间"), "time", (
            "period_from_on", "period_from_precision", "period_from_text",
            "as_of_on", "as_of_precision", "as_of_text",
        )),
    ],
}  # fmt: skip
"""By kind: label, class and fields of each group; mentions have what is there and what is new."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A form, and the record or the words that it is about."""

    kind: Kind
    article: Article
    span: tuple[int, int, str]
    row: Any
    form: Any
    before: Undo | None
    """What the row was; checking a form puts its values into the row."""

    @classmethod
    def of(
        cls, kind: Kind, article: Article, given: QueryDict, pk: int | None, *, bound: bool = False
    ) -> "RecordForm":
        """The form of a row, or of a new one at the words that were chosen, filled in where it is `bound`."""
        row = held_row(kind, article.pk, pk, given.get("version", "") if bound else None) if pk else None
        if row is not None:
            span = (row.start, row.end, row.text)
        else:
            span = (_position(given, "start"), _position(given, "end"), given.get("text", ""))
            check_span(article, *span)
        undo = before(kind, row) if row else None
        form = FORMS[kind.name](article, span, given if bound else None, row=row)
        return cls(kind, article, span, row, form, undo)

    @property
    def makes_entity(self) -> bool:
        """Whether saving makes an entity along with the record."""
        return getattr(self.form, "made_entity", None) is not None


def _position(given: QueryDict, name: str) -> int:
    """A position in the body, in code points; what is none is refused as any wrong span is."""
    text = given.get(name, "")
    return min(int(text), FURTHEST) if text.isascii() and text.isdecimal() and len(text) < 12 else -1


def save(shown: RecordForm, user: Any) -> tuple[Undo, str]:
    """Stores a valid form; gives how to take it back, and the record's words."""
    row, changed = shown.form.save()
    undo = shown.before or Undo(shown.kind.name, row.pk, is_new=True)
    undo.entity = shown.form.made_entity.pk if shown.makes_entity else None
    if changed:
        undo.doubts = settle_doubts(shown.kind.name, row, user, ReviewState.ACCEPTED)
    undo.after = version(row)
    return undo, row.text


def shown_form(request: HttpRequest, shown: RecordForm) -> str:
    """The dialog's content."""
    start, end, text = shown.span
    kind, row, article = shown.kind, shown.row, shown.article
    if row is None:
        address = reverse("web:record_new", args=[article.pk, kind.name])
    else:
        address = reverse("web:record", args=[article.pk, kind.name, row.pk])
    context = {
        "form": shown.form,
        "groups": _groups(shown),
        "kind": kind.name,
        "label": _(KIND_LABELS[kind.name]),
        "row": row,
        "version": version(row) if row else "",
        "is_accepted": row is not None and set(kind.read) <= set(row.locked),
        "start": start,
        "end": end,
        "text": text,
        "address": address,
        "found": candidates(kind.name, text, 5),
        "admin": _admin(request, shown),
    }
    return render_to_string("web/evidence/form.html", context, request)


def _admin(request: HttpRequest, shown: RecordForm) -> str:
    if shown.row is None or not request.user.is_staff:
        return ""
    return links.admin_record(shown.kind.model._meta.model_name or "", shown.row.pk)


def _groups(shown: RecordForm) -> list[dict[str, Any]]:
    """The fields in the groups in which they are shown."""
    form = shown.form
    groups = GROUPS.get(shown.kind.name) or [
        ("", "meaning", ("meant",)),
        ("", "if-existing", ("entity",)),
        ("", "if-new", ("new_name", *(f"new_{name}" for name in form.made))),
    ]
    found = []
    for label, css, names in groups:
        fields: list[BoundField] = [form[name] for name in names]
        is_open = any(field.errors or field.value() for field in fields)
        found.append({"label": label, "css": css, "fields": fields, "is_open": is_open})
    return found
