"""What a figure is about: the initiative, organisation and place that it belongs to."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from importers.extract.context import ArticleContext
from importers.extract.initiatives.subjects import Subject as Acting
from importers.extract.metrics.bodies import Bodies
from importers.extract.metrics.figures import Figure
from importers.extract.metrics.subject import Subject
from importers.extract.metrics.topics import Topics
from importers.extract.metrics.where import Where
from importers.extract.records import InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import PlaceLevel


class Links(Struct, frozen=True):
    """Mentions of an article in order of their start, ready to be asked what a figure is about."""

    text: BodyText
    context: ArticleContext
    topics: Topics
    starts: tuple[int, ...]
    """Where the places start."""
    bodies: Bodies
    where: Where

    @classmethod
    def of(
        cls,
        text: BodyText,
        context: ArticleContext,
        organisations: tuple[OrganisationMention, ...],
        initiatives: tuple[InitiativeMention, ...],
        acting: Sequence[Acting],
    ) -> "Links":
        """The links of an article's mentions, which may come in any order."""
        bodies = tuple(sorted(organisations, key=lambda mention: mention.start))
        starts = tuple(name.start for name in context.names)
        topics = Topics.of_article(text, bodies, initiatives, context.draft.title)
        whose, where = Bodies.of(text.plain, context, bodies, acting), Where.of(text, context, bodies)
        return cls(text, context, topics, starts, whose, where)

    def initiative(self, figure: Figure, subject: Subject, sentence: int) -> str | None:
        """Name of the initiative that the figure is about, or None."""
        return self.topics.of(figure, subject, sentence)

    def organisation(self, figure: Figure, sentence: int) -> str | None:
        """Name of the body whose figure it is, or None."""
        return self.bodies.of_figure(figure, sentence)

    def place(self, figure: Figure) -> str | None:
        """Official name of the place where the figure holds, or None."""
        return self.where.of_figure(figure.start)

    def city(self, figure: Figure, sentence: int) -> str | None:
        """The 盟市 of the figure: of the place that opens its sentence, else of the article."""
        home = self.context.city.official if self.context.city else None
        names = self.context.names
        at = bisect_left(self.starts, sentence)
        if at < len(names) and names[at].start <= min(sentence + 3, figure.start):
            location = names[at].location
            opening = location.official if location.level == PlaceLevel.CITY else location.city
            return opening or home
        return home
