"""The kinds of record that stand at words of an article, and how each is told."""

from dataclasses import dataclass
from typing import Any

from kb.fields import READ
from kb.models import (
    Initiative,
    InitiativeMention,
    Metric,
    Organisation,
    OrganisationMention,
    Place,
    PlaceMention,
)
from kb.models.base import Evidence
from kb.vocabulary import RecordKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the rows that rest on spans, and for mentions the entities that they mean."""

    name: str
    model: type[Evidence]
    entity: Any = None
    link: str = ""
    """The field of a mention that says which entity is meant."""
    read_as: str = ""
    """The field of a mention that holds the full name."""

    @property
    def read(self) -> tuple[str, ...]:
        """The fields that a reading fills, and that a person vouches for."""
        return READ[self.model._meta.model_name or ""]

    def right(self, action: str) -> str:
        """The right on the rows that an action takes: `kb.change_metric`."""
        return f"kb.{action}_{self.model._meta.model_name}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind(RecordKind.PLACE.value, PlaceMention, Place, "place", "official"),
        Kind(RecordKind.ORGANISATION.value, OrganisationMention, Organisation, "organisation", "name"),
        Kind(RecordKind.INITIATIVE.value, InitiativeMention, Initiative, "initiative", "name"),
        Kind(RecordKind.METRIC.value, Metric),
    )
}
"""By the name that addresses, marks and doubts have for them."""
