"""The answers to a doubt, by the kind of record that it is about."""

from kb.models import Doubt
from kb.review.answers.base import Answers
from kb.review.answers.differences import DifferenceAnswers
from kb.review.answers.entities import InitiativeAnswers, OrganisationAnswers
from kb.review.answers.headlines import HeadlineAnswers
from kb.review.answers.metrics import MetricAnswers
from kb.review.answers.places import PlaceAnswers
from kb.vocabulary import RecordKind

KINDS: dict[str, type[Answers]] = {
    RecordKind.ARTICLE.value: HeadlineAnswers,
    RecordKind.PLACE.value: PlaceAnswers,
    RecordKind.ORGANISATION.value: OrganisationAnswers,
    RecordKind.INITIATIVE.value: InitiativeAnswers,
    RecordKind.METRIC.value: MetricAnswers,
}


def answers_to(doubt: Doubt) -> Answers:
    """What may be answered to a doubt; its article, page and their 盟市 are to be joined already."""
    return (DifferenceAnswers if doubt.divergence_id else KINDS[doubt.kind])(doubt)
