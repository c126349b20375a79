"""The figures that an article reports: amounts with their subject, time, status and links."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from importers.extract.context import ArticleContext
from importers.extract.dates.find import IssueDate
from importers.extract.initiatives.subjects import Subject as Acting
from importers.extract.metrics.figures import Figure, Reading, read_figures
from importers.extract.metrics.links import Links
from importers.extract.metrics.periods import Period, periods_of
from importers.extract.metrics.status import SentenceStatus
from importers.extract.metrics.subject import Subject, find_subject
from importers.extract.records import Doubt, InitiativeMention, MetricMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import DoubtReason, MetricStatus, RecordKind

# Refusals that a person may see otherwise: `百名书记`, `两年`.
_DOUBTFUL = {
    "round number": "虚数还是实数",
    "duration": "时长还是修饰",
}


def find_metrics(
    text: BodyText,
    context: ArticleContext,
    organisations: tuple[OrganisationMention, ...],
    initiatives: tuple[InitiativeMention, ...],
    acting: Sequence[Acting],
) -> tuple[tuple[MetricMention, ...], tuple[Doubt, ...]]:
    """The metrics of an article's body in order, and the numbers that might be metrics.

    `organisations`, `initiatives` and those `acting` were found before; figures inside names are none.
    """
    readings = list(read_figures(text, _names(context, organisations, initiatives)))
    figures = [reading.figure for reading in readings if reading.figure is not None]
    metrics: tuple[MetricMention, ...] = ()
    if figures:
        links = Links.of(text, context, organisations, initiatives, acting)
        metrics = tuple(_metrics(text, context, figures, links))
    return metrics, tuple(_doubts(text, readings, metrics))


def _names(
    context: ArticleContext,
    organisations: tuple[OrganisationMention, ...],
    initiatives: tuple[InitiativeMention, ...],
) -> Iterator[tuple[int, int]]:
    """Spans of names, in which no number is a figure."""
    yield from ((name.start, name.end) for name in context.names)
    yield from ((mention.start, mention.end) for mention in organisations)
    # A figure may open an initiative's surface and still count (`8条便民举措`); inside it is a name's.
    yield from ((mention.start + 1, mention.end) for mention in initiatives)


def _metrics(
    text: BodyText, context: ArticleContext, figures: list[Figure], links: Links
) -> Iterator[MetricMention]:
    """The metrics of all figures, sentence by sentence."""
    issue = IssueDate.parse(context.page.issue_date)
    sentences = text.sentences
    starts = [start for start, _ in sentences]
    period, ended = Period(), 0
    for at, group in groupby(figures, key=lambda figure: bisect_right(starts, figure.start) - 1):
        members = list(group)
        start, end = sentences[at]
        last = period if start == ended else Period()
        previous: tuple[Figure, Subject] | None = None
        judged: tuple[Figure, MetricStatus] | None = None
        sentence = SentenceStatus.read(text.plain, start, end)
        for figure, period in zip(
            members, periods_of(text.plain, (start, end), members, issue, last), strict=True
        ):
            subject = find_subject(text.plain, figure, previous)
            previous, judged = (figure, subject), (figure, sentence.of(figure, judged))
            yield _metric(text, figure, subject, period, links, start, judged[1])
        ended = end


def _metric(
    text: BodyText,
    figure: Figure,
    subject: Subject,
    period: Period,
    links: Links,
    sentence: int,
    status: MetricStatus,
) -> MetricMention:
    """The record of one figure."""
    return MetricMention(
        text=text.quote(figure.start, figure.end),
        start=figure.start,
        end=figure.end,
        value=figure.value,
        upper=figure.upper,
        unit=figure.unit,
        qualifier=figure.qualifier,
        subject=subject.words,
        status=status,
        initiative=links.initiative(figure, subject, sentence),
        organisation=links.organisation(figure, sentence),
        place=links.place(figure),
        city=links.city(figure, sentence),
        period_from=period.period_from,
        as_of=period.as_of,
    )


def _doubts(text: BodyText, readings: list[Reading], metrics: Sequence[MetricMention]) -> Iterator[Doubt]:
    """Numbers that were refused but may count, and metrics whose subject the text does not say."""
    for reading in readings:
        if reading.refused in _DOUBTFUL and text.plain[reading.start] != "一":
            yield Doubt(
                RecordKind.METRIC,
                DoubtReason.LOW_CONFIDENCE,
                text.quote(reading.start, reading.end),
                reading.start,
                reading.end,
                note=_DOUBTFUL[reading.refused],
                candidates=_written(reading.instead),
            )
    for metric in metrics:
        if not metric.subject:
            yield Doubt(RecordKind.METRIC, DoubtReason.NO_SUBJECT, metric.text, metric.start, metric.end)


def _written(figure: Figure | None) -> tuple[str, ...]:
    """A figure in one line that can be taken apart again: `exact 100 名`; a range has no line."""
    if figure is None or figure.upper is not None:
        return ()
    return (f"{figure.qualifier.value} {figure.value} {figure.unit}".strip(),)
