"""What a figure is about: the initiative, organisation and place that it belongs to."""

import re
from bisect import bisect_left

from msgspec import Struct

from importers.extract.context import ArticleContext
from importers.extract.metrics.figures import Figure
from importers.extract.metrics.subject import Subject
from importers.extract.metrics.topics import Topics
from importers.extract.metrics.where import Where
from importers.extract.records import InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import PlaceLevel

# What a body is, after which it does not act: `向甲局…`.
_TOUCHED = frozenset("向对与和为给由同")
# What a body has decided: `落实旗委“…”行动`.
_FOLLOWED = frozenset(("落实", "贯彻", "执行", "按照", "根据"))
_ETC = re.compile(r"[^，。；！？\n]{0,4}等")
_LISTED = re.compile(r"[、和与及]|以及")


class Links(Struct, frozen=True):
    """Mentions of an article in order of their start, ready to be asked what a figure is about."""

    text: BodyText
    context: ArticleContext
    organisations: tuple[OrganisationMention, ...]
    topics: Topics
    starts: tuple[tuple[int, ...], tuple[int, ...]]
    """Where the organisations start, and where the places do."""
    where: Where

    @classmethod
    def of(
        cls,
        text: BodyText,
        context: ArticleContext,
        organisations: tuple[OrganisationMention, ...],
        initiatives: tuple[InitiativeMention, ...],
    ) -> "Links":
        """The links of an article's mentions, which may come in any order."""
        bodies = tuple(sorted(organisations, key=lambda mention: mention.start))
        starts = (tuple(body.start for body in bodies), tuple(name.start for name in context.names))
        topics = Topics.of_article(text, bodies, initiatives, context.draft.title)
        return cls(text, context, bodies, topics, starts, Where.of(text, context, bodies))

    def initiative(self, figure: Figure, subject: Subject, sentence: int) -> str | None:
        """Name of the initiative that the figure is about, or None."""
        return self.topics.of(figure, subject, sentence)

    def organisation(self, figure: Figure, sentence: int) -> str | None:
        """Name of the body that acts in the figure's sentence, or None."""
        at = self._before_counted(figure, bisect_left(self.starts[0], figure.start))
        for mention in self.organisations[max(0, at - 6) : at]:
            if mention.start < sentence or mention.end > figure.start:
                continue
            before = self.text.plain[max(0, mention.start - 2) : mention.start]
            if before[-1:] not in _TOUCHED and before not in _FOLLOWED:
                return mention.name
        return None

    def _before_counted(self, figure: Figure, at: int) -> int:
        """The number of bodies before a figure without those that it counts (`甲局、乙局等6家单位`)."""
        plain = self.text.plain
        if not at or not _ETC.fullmatch(plain, self.organisations[at - 1].end, figure.start):
            return at
        at -= 1
        while at and _LISTED.fullmatch(plain, self.organisations[at - 1].end, self.organisations[at].start):
            at -= 1
        return at

    def place(self, figure: Figure) -> str | None:
        """Official name of the place where the figure holds, or None."""
        return self.where.of_figure(figure.start)

    def city(self, figure: Figure, sentence: int) -> str | None:
        """The 盟市 of the figure: of the place that opens its sentence, else of the article."""
        home = self.context.city.official if self.context.city else None
        names = self.context.names
        at = bisect_left(self.starts[1], sentence)
        if at < len(names) and names[at].start <= min(sentence + 3, figure.start):
            location = names[at].location
            opening = location.official if location.level == PlaceLevel.CITY else location.city
            return opening or home
        return home
