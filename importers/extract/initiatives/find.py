"""The undertakings that an article names: campaigns, brands, mechanisms, projects, facilities, events.

find_initiatives puts together what the other files find: names in quotes and without, one canonical
name and kind for all mentions of one undertaking, its organisers, places, city and beginning.
"""

from bisect import bisect_right
from collections.abc import Sequence

from importers.extract.context import ArticleContext
from importers.extract.initiatives.merging import Undertaking, undertakings
from importers.extract.initiatives.nationwide import nationwide_campaigns
from importers.extract.initiatives.quoted import Candidate, quoted_names
from importers.extract.initiatives.quotes import Quoted
from importers.extract.initiatives.setting import Surroundings
from importers.extract.initiatives.subjects import Subject
from importers.extract.initiatives.unquoted import unquoted_names
from importers.extract.records import Doubt, InitiativeMention, OrganisationMention
from importers.extract.text import BodyText, plain_form
from kb.vocabulary import ArticleKind, DoubtReason, RecordKind


def find_initiatives(
    text: BodyText,
    context: ArticleContext,
    organisations: tuple[OrganisationMention, ...],
    acting: Sequence[Subject],
) -> tuple[tuple[InitiativeMention, ...], tuple[Doubt, ...]]:
    """All mentions of named undertakings in order, and the quoted words that may be one.

    `organisations` and those `acting` are the article's own; organisers are given by their canonical names.
    """
    quoted, doubtful, quotes = quoted_names(text.plain, _headline(context))
    heads = [Quoted(c.end, c.head.end, c.core) for c in quoted if c.head and c.head.end > c.end]
    spans = sorted([*quotes, *heads], key=lambda span: span.start)
    bare = _outside(unquoted_names(text.plain), spans)
    found = _apart([*nationwide_campaigns(text.plain), *quoted, *bare], organisations)
    if not found:
        return (), _doubts(doubtful, [], text)
    around = Surroundings(text, context, organisations, acting)
    mentions = [m for u in undertakings(found, quotes, text) for m in _mentions(u, around)]
    mentions.sort(key=lambda m: (m.start, m.end))
    return tuple(mentions), _doubts(doubtful, mentions, text)


def _headline(context: ArticleContext) -> str:
    """The headline, whose quoted words name what the text is about; a commentary plays with its words."""
    draft = context.draft
    return "" if draft.kind is ArticleKind.COMMENTARY else plain_form(draft.title)


def _outside(found: list[Candidate], quotes: list[Quoted]) -> list[Candidate]:
    """The names that no quotation cuts or holds, nor the words that a quoted name goes by."""
    starts = [q.start for q in quotes]
    ends = _running_maximum([q.end for q in quotes])
    kept = []
    for candidate in found:
        index = bisect_right(starts, candidate.start) - 1
        if index < 0 or ends[index] <= candidate.start:
            kept.append(candidate)
    return kept


def _running_maximum(values: list[int]) -> list[int]:
    """For each position the largest value so far."""
    largest, result = 0, []
    for value in values:
        largest = max(largest, value)
        result.append(largest)
    return result


def _apart(found: list[Candidate], organisations: tuple[OrganisationMention, ...]) -> list[Candidate]:
    """The names without those inside another one or inside an organisation's name.

    A campaign of the whole country goes before other readings of the same words, a longer name
    before a shorter one.
    """
    spans = [(o.start, o.end, None) for o in organisations]
    ranked = sorted(found, key=lambda c: (not c.nationwide, c.start - c.end, c.start))
    order = {id(c): rank for rank, c in enumerate(ranked)}
    entries = [*spans, *((c.start, c.end, c) for c in found)]
    entries.sort(key=lambda e: (e[0], -e[1], -1 if e[2] is None else order[id(e[2])]))
    kept: list[Candidate] = []
    covered = 0
    for start, end, candidate in entries:
        if candidate is None:
            covered = max(covered, end)
        elif end > covered and not (kept and start < kept[-1].end):
            kept.append(candidate)
        elif end > covered and kept and order[id(candidate)] < order[id(kept[-1])]:
            kept[-1] = candidate
    return kept


def _mentions(undertaking: Undertaking, around: Surroundings) -> list[InitiativeMention]:
    """One row for each mention of an undertaking, all with the same name and facts."""
    facts = around.facts(undertaking)
    spans = [(c.start, c.end) for c in undertaking.found] + list(undertaking.repeated)
    return [
        InitiativeMention(
            name=undertaking.name,
            surface=around.text.quote(start, end),
            start=start,
            end=end,
            kind=undertaking.kind,
            organisers=facts.organisers,
            places=facts.places,
            city=facts.city,
            started=facts.started,
        )
        for start, end in spans
    ]


def _doubts(
    doubtful: list[Candidate], mentions: list[InitiativeMention], text: BodyText
) -> tuple[Doubt, ...]:
    """Quoted words that may name an undertaking, each form once, unless a mention covers them."""
    named = {(m.start, m.end) for m in mentions}
    firsts = {c.core: c for c in reversed(doubtful) if (c.start, c.end) not in named}
    return tuple(
        Doubt(
            kind=RecordKind.INITIATIVE,
            reason=DoubtReason.LOW_CONFIDENCE,
            text=text.quote(c.start, c.end),
            start=c.start,
            end=c.end,
            note="引号内可能是举措名称",
            confidence=0.4,
        )
        for c in sorted(firsts.values(), key=lambda c: c.start)
    )
