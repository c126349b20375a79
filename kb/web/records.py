"""The records of one article as its evidence page shows them: printed words, what they stand for, details."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kb.divergences import label_of
from kb.evidence.deciding import version
from kb.evidence.kinds import KINDS
from kb.models import Article, InitiativeMention, Metric, OrganisationMention, PlaceMention
from kb.vocabulary import RecordKind, RecordOrigin, RecordState
from kb.web import links
from kb.web.numbers import amount, date
from kb.web.segments import Mark

Details = list[tuple[str, str]]
"""Label and value, as they are read from top to bottom."""

SPANNED = tuple(kind for kind in RecordKind if kind is not RecordKind.ARTICLE)
"""The kinds that a text is marked with."""


REJECTED = "rejected"
"""How the mark of a rejected record is drawn."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record of an article: its span, what it is read as, and where it can be looked at."""

    mark: Mark
    label: str
    text: str
    name: str
    details: tuple[tuple[str, str], ...]
    url: str
    """Where its name leads: to its form for staff, to the articles that name it for readers, and from
    a figure to its words. Empty where it is not known what is meant."""
    version: str = ""
    """What changes whenever the row is stored; an editor's page hands it back with what is done."""
    is_rejected: bool = False
    is_accepted: bool = False
    """Whether a person vouches for the whole reading."""
    is_manual: bool = False
    locked: str = ""
    """The locked fields in words, where not all of them are."""

    @property
    def number(self) -> str:
        """The row's id."""
        return self.mark.key.rpartition("-")[2]

    @property
    def kind(self) -> str:
        """The kind of record, also of a rejected one, whose mark is drawn as such."""
        return self.mark.key.rpartition("-")[0]

    @property
    def opens(self) -> str:
        """Where its words lead: as its name does, or to its card where that would be the words themselves."""
        return self.url if self.url and not self.url.startswith("#") else f"#record-{self.mark.key}"

    @property
    def words(self) -> str:
        """One line that says it all, for a hint: `地名 新城区 · 盟市 呼和浩特市`."""
        return " · ".join(
            [f"{self.label} {self.name}", *(f"{label} {value}" for label, value in self.details)]
        )


def read_records(article: Article, *, is_staff: bool, with_rejected: bool = False) -> list[Shown]:
    """The records that count, as they stand in the text; five queries, four without initiatives.

    An editor sees rejected ones too, to take them back.
    """
    about = ("initiative", "organisation", "place", "city")
    found = [
        *map(_place, _rows(PlaceMention, article, with_rejected).select_related("place__city")),
        *map(
            _organisation,
            _rows(OrganisationMention, article, with_rejected).select_related("organisation__city"),
        ),
        *map(_initiative, _initiatives(article, with_rejected)),
        *map(_metric, _rows(Metric, article, with_rejected).select_related(*about)),
    ]
    found.sort(key=lambda reading: (reading.row.start, reading.row.end, reading.kind, reading.row.pk))
    return [_shown(reading, is_staff) for reading in found]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A row and what it is read as; `entity` is what a click opens, if it is known."""

    kind: RecordKind
    row: Any
    entity: Any
    name: str
    details: Details


def _rows(model: Any, article: Article, with_rejected: bool) -> QuerySet:
    rows = model.objects.filter(article=article)
    return rows if with_rejected else rows.asserted()


def _initiatives(article: Article, with_rejected: bool) -> QuerySet:
    rows = _rows(InitiativeMention, article, with_rejected).select_related("initiative__city")
    return rows.prefetch_related("initiative__organisers")


def _shown(reading: _Reading, is_staff: bool) -> Shown:
    """The record with its links, for one who may edit or may not."""
    kind, row, pk = reading.kind, reading.row, getattr(reading.entity, "pk", None)
    is_rejected, is_accepted = row.state == RecordState.REJECTED, set(KINDS[kind].read) <= set(row.locked)
    drawn = REJECTED if is_rejected else kind.value
    return Shown(
        mark=Mark(f"{kind.value}-{row.pk}", drawn, row.start, row.end),
        label=_(kind.label),
        text=row.text,
        name=reading.name,
        details=tuple((label, value) for label, value in reading.details if value),
        url=(links.record(kind.value, pk, is_staff=is_staff) or f"#{kind.value}-{row.pk}") if pk else "",
        version=version(row),
        is_rejected=is_rejected,
        is_accepted=is_accepted,
        is_manual=row.origin == RecordOrigin.MANUAL,
        locked="" if is_accepted else "、".join(label_of(type(row), name) for name in row.locked),
    )


def _place(row: PlaceMention) -> _Reading:
    place = row.place
    if place is None:
        return _Reading(RecordKind.PLACE, row, None, row.official, _unresolved())
    city = place.city.name if place.city and place.city_id != place.pk else ""
    details = [(_("级别"), place.get_level_display()), (_("盟市"), city), (_("代码"), place.code or "")]
    return _Reading(RecordKind.PLACE, row, place, place.name, details)


def _organisation(row: OrganisationMention) -> _Reading:
    body = row.organisation
    if body is None:
        return _Reading(RecordKind.ORGANISATION, row, None, row.name, _unresolved())
    details = [(_("类别"), body.get_category_display()), (_("盟市"), body.city.name if body.city else "")]
    return _Reading(RecordKind.ORGANISATION, row, body, body.name, details)


def _initiative(row: InitiativeMention) -> _Reading:
    item = row.initiative
    if item is None:
        return _Reading(RecordKind.INITIATIVE, row, None, row.name, _unresolved())
    details = [
        (_("类别"), item.get_kind_display()),
        (_("组织者"), "、".join(body.name for body in item.organisers.all())),
        (_("盟市"), item.city.name if item.city else ""),
        (_("开始"), date(item.started_on, item.started_precision)),
    ]
    return _Reading(RecordKind.INITIATIVE, row, item, item.name, details)


def _metric(row: Metric) -> _Reading:
    period = (date(row.period_from_on, row.period_from_precision), date(row.as_of_on, row.as_of_precision))
    details = [
        (_("统计对象"), row.subject),
        (_("限定"), row.get_qualifier_display()),
        (_("完成情况"), row.get_status_display()),
        (_("时间"), " – ".join(period).strip() if any(period) else ""),
        (_("举措"), row.initiative.name if row.initiative else ""),
        (_("组织"), row.organisation.name if row.organisation else ""),
        (_("地点"), row.place.name if row.place else ""),
        (_("盟市"), row.city.name if row.city else ""),
    ]
    return _Reading(RecordKind.METRIC, row, row, amount(row), details)


def _unresolved() -> Details:
    return [(_("所指"), _("未能确定"))]
