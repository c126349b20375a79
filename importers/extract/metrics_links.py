"""What a figure is about: the initiative, organisation and place that it belongs to."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from importers.extract.context import ArticleContext, LocatedName
from importers.extract.metrics_figures import Figure
from importers.extract.metrics_practices import Practice, find_parts, find_practices, names_part
from importers.extract.metrics_subject import Subject
from importers.extract.records import InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind, PlaceLevel

# `积极开展“…”活动`, `以“…”为抓手`: what the sentence is about, not what it touches. The first verbs say
# so more surely than the second ones, which also introduce rules and rooms on the way.
_CARRIED_OUT = re.compile(
    r"(?:开展|实施|推行|推出|启动|举办|举行|打造|创新|深化|推进|推动)(?:了|好|起)?[^，。；！？、“”]{0,8}“?$"
)
_SET_UP = re.compile(
    r"(?:建立|健全|创建|探索|设立|搭建|落实|通过|依托|以|结合|运用|采取|围绕|抓好|构建|形成|成立|开通|创办|完成|为了)"
    r"(?:了|好|起)?[^，。；！？、“”]{0,6}“?$"
)
_LAUNCHED = re.compile(r"[^，。；！？“”]{0,6}(?:开展|启用|启动|实施|运行|推行|成立|活动)以来")
# A sentence that goes on about what was named before: `活动累计发放…`, `此次行动…`, `该项目…`.
_REFERRING = re.compile(
    r"^[“\s]*(?:此次|本次|这次|该|这一|这项)?(?:活动|行动|项目|工程|平台|驿站|机制|模式|比赛|培训|宣讲|品牌|热线|专项行动|现场|"
    r"(?:此次|本次|这次|该|这一|这项)\S{1,6})|活动(?:中|当天|现场|期间|累计|共|开展以来|启动以来)|截[至止]目前|目前|累计|据统计|其中"
)
_SENTENCES_BACK = 4
_OBJECT_REACH = 6
_CENTRAL = 3
_FOLLOWING = re.compile(r"(?:的)?[^，。；！？、\d]{0,10}$")
_UNDERTAKING = frozenset(
    {InitiativeKind.CAMPAIGN, InitiativeKind.MECHANISM, InitiativeKind.PROJECT, InitiativeKind.EVENT}
)


_CORE = re.compile(r"“([^”]{2,40})”")


def _core(name: str) -> str:
    """What stands in quotes in a name, or ""."""
    match = _CORE.search(name)
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class Links:
    """Mentions of an article in order of their start, ready to be asked what a figure is about."""

    text: BodyText
    context: ArticleContext
    organisations: tuple[OrganisationMention, ...]
    initiatives: tuple[InitiativeMention | Practice, ...]
    """Initiatives, and the practices named outside them."""
    parts: tuple[Practice, ...]
    campaigns: dict[str, str]
    """Names of campaigns by their quoted core: `“暖冬”清单` belongs to `“暖冬”行动`."""
    sole: bool
    """Whether the article names one initiative alone."""

    @classmethod
    def of(
        cls,
        text: BodyText,
        context: ArticleContext,
        organisations: tuple[OrganisationMention, ...],
        initiatives: tuple[InitiativeMention, ...],
    ) -> "Links":
        """The links of an article's mentions, which may come in any order."""
        practices = find_practices(text.plain, [(mention.start, mention.end) for mention in initiatives])
        return cls(
            text,
            context,
            tuple(sorted(organisations, key=lambda mention: mention.start)),
            tuple(sorted([*initiatives, *practices], key=lambda mention: mention.start)),
            tuple(find_parts(text.plain)),
            {
                _core(m.name): m.name
                for m in initiatives
                if m.kind is InitiativeKind.CAMPAIGN and _core(m.name)
            },
            len({mention.name for mention in initiatives}) == 1,
        )

    def initiative(self, figure: Figure, subject: Subject, sentence: int) -> str | None:
        """Name of the initiative that the figure counts, or that its sentence or paragraph is about."""
        part = self._part(figure, subject)
        if part is not None or not self.initiatives:
            return part
        before = bisect_left(self.initiatives, figure.start, key=lambda mention: mention.start)
        counted = self._counted(figure, subject, before)
        if counted is not None:
            return counted.name
        preceding = self.initiatives[max(0, before - 12) : before]
        paragraph = self.text.plain.rfind("\n", 0, figure.start) + 1
        nearby = [m for m in preceding if m.start >= max(paragraph, self._some_sentences_back(sentence))]
        same = [mention for mention in nearby if mention.start >= sentence]
        if nearby:
            # What the sentences before carry out weighs more than what this one sets up on the way.
            leading = self._leading(nearby)
            own = self._leading(same) if same else leading
            weaker = self._centrality(own) < _CENTRAL <= self._centrality(leading)
            name = (leading if weaker else own).name
            return self.campaigns.get(_core(name), name)
        return self._referred(preceding, sentence)

    def _part(self, figure: Figure, subject: Subject) -> str | None:
        """The part of a programme that the figure counts: `建成模范先进班组6个` of the listed `模范班组`."""
        named = (
            part for part in self.parts if part.end <= figure.start and names_part(part.name, subject.words)
        )
        return next((part.name for part in named), None)

    def _counted(self, figure: Figure, subject: Subject, before: int) -> InitiativeMention | Practice | None:
        """The initiative that the figure itself counts: `16条…线路`, `建成4家“…驿站”`, `“…”项目6个`."""
        plain = self.text.plain
        for mention in self.initiatives[before : before + 1]:
            if mention.start < subject.end + 4 and _FOLLOWING.fullmatch(plain, figure.end, mention.start):
                return mention
        for mention in reversed(self.initiatives[max(0, before - 3) : before]):
            if subject.start <= mention.start and figure.start - _OBJECT_REACH <= mention.end <= figure.start:
                return mention
        return None

    def _leading(self, mentions: Sequence[InitiativeMention | Practice]) -> InitiativeMention | Practice:
        """The mention that the text most surely is about; of equal ones the last."""
        nearest = list(reversed(mentions))
        return max(nearest, key=self._centrality)

    def _centrality(self, mention: InitiativeMention | Practice) -> int:
        """How surely the text around a mention is about it."""
        if isinstance(mention, Practice):
            return mention.centrality
        plain = self.text.plain
        reach = max(0, mention.start - 14)
        if _CARRIED_OUT.search(plain, reach, mention.start) or _LAUNCHED.match(plain, mention.end):
            return _CENTRAL
        if _SET_UP.search(plain, reach, mention.start):
            return 2
        return 1 if mention.kind in _UNDERTAKING else 0

    def _some_sentences_back(self, sentence: int) -> int:
        """Start of the sentence that stands a few sentences before."""
        sentences = self.text.sentences
        at = bisect_left(sentences, (sentence, 0))
        return sentences[max(0, at - _SENTENCES_BACK)][0] if sentences else 0

    def _referred(self, preceding: Sequence[InitiativeMention | Practice], sentence: int) -> str | None:
        """The initiative that a sentence goes on about, or the only one that the article has."""
        if not preceding:
            return None
        if self.sole or _REFERRING.search(self.text.plain[sentence : sentence + 24]):
            return self._leading(preceding).name
        return None

    def organisation(self, figure: Figure, sentence: int) -> str | None:
        """Name of the body that acts in the figure's sentence, or None."""
        at = bisect_left(self.organisations, figure.start, key=lambda mention: mention.start)
        for mention in self.organisations[max(0, at - 6) : at]:
            if mention.start < sentence:
                continue
            if self.text.plain[mention.start - 1 : mention.start] not in tuple("向对与和为给由同"):
                return mention.name
        return None

    def place(self, figure: Figure, sentence: int) -> LocatedName | None:
        """The last place that the figure's sentence names before it, or None."""
        names = self.context.names
        at = bisect_left(names, figure.start, key=lambda name: name.start)
        found = names[at - 1] if at else None
        return found if found is not None and found.start >= sentence else None

    def article_place(self) -> str | None:
        """Official name of the narrowest place that the article is about."""
        known = (self.context.village, self.context.township, self.context.county, self.context.city)
        return next((place.official for place in known if place is not None), None)

    def city(self, figure: Figure, sentence: int) -> str | None:
        """The 盟市 of the figure: of the place that opens its sentence, else of the article."""
        home = self.context.city.official if self.context.city else None
        names = self.context.names
        at = bisect_left(names, sentence, key=lambda name: name.start)
        if at < len(names) and names[at].start <= min(sentence + 3, figure.start):
            location = names[at].location
            opening = location.official if location.level == PlaceLevel.CITY else location.city
            return opening or home
        return home
