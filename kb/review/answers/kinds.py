"""The answers to a doubt, by the kind of record that it is about."""

from kb.models import Doubt
from kb.review.answers.base import Answers
from kb.review.answers.differences import DifferenceAnswers
from kb.review.answers.doubles import DoubleAnswers
from kb.review.answers.entities import InitiativeAnswers, OrganisationAnswers
from kb.review.answers.headlines import HeadlineAnswers
from kb.review.answers.metrics import MetricAnswers
from kb.review.answers.places import PlaceAnswers
from kb.vocabulary import DoubtReason, RecordKind

KINDS: dict[str, type[Answers]] = {
    RecordKind.ARTICLE.value: HeadlineAnswers,
    RecordKind.PLACE.value: PlaceAnswers,
    RecordKind.ORGANISATION.value: OrganisationAnswers,
    RecordKind.INITIATIVE.value: InitiativeAnswers,
    RecordKind.METRIC.value: MetricAnswers,
}


def answers_to(doubt: Doubt) -> Answers:
    """What may be answered to a doubt; its article, page and their 盟市 are to be joined already."""
    if doubt.divergence_id:
        return DifferenceAnswers(doubt)
    if doubt.reason == DoubtReason.POSSIBLE_DUPLICATE:
        return DoubleAnswers(doubt)
    return KINDS[doubt.kind](doubt)
