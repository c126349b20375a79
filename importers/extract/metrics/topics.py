"""Which undertaking a figure is about: what it counts, what its clause calls by its kind, what its sentence
carries out, what follows it, what the sentences before are about.

The order of the readings in Topics.of is the order of how surely each tells. A figure of another sentence is
tied only where that sentence goes on about the same thing: a wrong tie is worse than none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from importers.extract.initiatives.nationwide import is_nationwide_name
from importers.extract.metrics.calls import OF_KIND, WAYS, last_call
from importers.extract.metrics.comings import comes_to, core_of
from importers.extract.metrics.figures import Figure
from importers.extract.metrics.practices import Practice, find_parts, find_practices, names_part
from importers.extract.metrics.subject import Subject
from importers.extract.metrics.weights import CARRIED_OUT, CENTRAL, LAUNCHED, SET_UP, Topic, weights
from importers.extract.metrics.words import word_set
from importers.extract.records import InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind

# A sentence that goes on counting: `截至目前，…`, `今年以来，…`, `其中…`.
_GOES_ON = re.compile(
    r"[“‘]?(?:截[至止]|今年以来|一年来|目前|如今|现在|累计|据统计|其中|仅?20\d\d年|今年[，1一\d]|此次|本次|这次|该|这[一项些])"
)
# A sentence that turns to something else, whose own undertaking is what it is about.
_TURNS = re.compile(r"[“‘]?(?:同时|此外|另外|与此同时|不仅如此|除此之外)")
# `组织32名党员…，开展“…”活动`, `针对65名…，建立“…”群`: who or what the undertaking begins with.
_MUSTERED = re.compile(
    r"(?:组织|会同|联合|整合|购置|购买|添置|投入|投资|针对|选派|动员|抽调|筹集|筹措|争取|邀请|选聘|招募|发动|召集|带领|盘活|流转|利用|打通|归集|汇集)"
    r"[^，。；：！？\n]{0,24}$"
)
_NEXT_CLAUSES = re.compile(
    r"[^，。；：！？\n“”]{0,28}，?[^，。；：！？\n“”]{0,20}，?[^，。；：！？\n“”]{0,20}“?$"
)
_FOLLOWING = re.compile(r"(?:的)?[^，。；！？、\d]{0,10}$")
# `“甲乙”“丙丁”和“戊己”志愿服务`: between the items of a list of undertakings.
_LISTED = re.compile(r"(?:[^，。；！？、\n“”]{0,8}[、和与及][^，。；！？、\n“”]{0,6})?")
_CARRIERS = re.compile(
    r"[^，。；！？、]{0,8}等[^，。；！？]{0,6}(?:载体|平台|抓手|形式|方式|活动|机制|制度)，"
)
_SENTENCES_BACK = 4
_OBJECT_REACH = 6
_FORWARD_REACH = 60
# `“…”联户制度` is meant where `联户党员` act; words of every other name tell nothing.
_OWN_WORD = re.compile(r"”(?P<word>[一-龥]{2,3})(?:工作)?(?:制度|机制|模式|工作法|体系)$")
_COMMON_WORDS = word_set("工作 闭环 治理 服务 管理 运行 联动 发展 党建 长效 考核 协调 责任 共建 网格 志愿")


def _end_of(plain: str, topic: Topic) -> int:
    """Where a name ends with the head words after its quotes: `“甲乙驿家”户外劳动者服务站点`."""
    head = topic.name.rpartition("”")[2]
    return topic.end + len(head) if head and plain.startswith(head, topic.end) else topic.end


def _kind(topic: Topic) -> InitiativeKind | None:
    """The kind of an initiative; a practice has none."""
    return topic.kind if isinstance(topic, InitiativeMention) else None


class Topics(Struct, frozen=True):
    """The undertakings that an article names, in order, ready to be asked which one a figure is about."""

    text: BodyText
    named: tuple[Topic, ...]
    """Initiatives, and the practices named outside them."""
    starts: tuple[int, ...]
    weights: tuple[int, ...]
    """How surely the text is about each; a name that comes back weighs as much as at its best."""
    parts: tuple[Practice, ...]
    campaigns: dict[str, str]
    """Names of campaigns by their quoted core: `“暖冬”清单` belongs to `“暖冬”行动`."""
    occasion: str | None
    """The one event that the article names and nothing beside it."""
    own_words: tuple[tuple[str, str], ...]
    """Words of initiatives' names that their figures repeat: `联户` of `“…”联户制度`."""
    actors: tuple[OrganisationMention, ...]

    @classmethod
    def of_article(
        cls,
        text: BodyText,
        organisations: tuple[OrganisationMention, ...],
        initiatives: tuple[InitiativeMention, ...],
    ) -> "Topics":
        """The topics of an article's mentions; organisations come in order, initiatives in any."""
        practices = find_practices(text.plain, [(mention.start, mention.end) for mention in initiatives])
        topics: list[Topic] = [*initiatives, *practices]
        named = tuple(sorted(topics, key=lambda mention: mention.start))
        names = {mention.name: mention for mention in initiatives}
        one = next(iter(names.values())) if len(names) == 1 else None
        words = ((_OWN_WORD.search(name), name) for name in names)
        return cls(
            text,
            named,
            tuple(mention.start for mention in named),
            tuple(weights(text.plain, named)),
            tuple(find_parts(text.plain)),
            {
                core_of(m.name): m.name
                for m in initiatives
                if m.kind is InitiativeKind.CAMPAIGN and core_of(m.name)
            },
            one.name if one is not None and one.kind is InitiativeKind.EVENT else None,
            tuple(
                (match["word"], name) for match, name in words if match and match["word"] not in _COMMON_WORDS
            ),
            organisations,
        )

    def of(self, figure: Figure, subject: Subject, sentence: int) -> str | None:
        """Name of the initiative that the figure counts, or that its sentence or paragraph is about."""
        part = self._part(figure, subject) if self.parts else None
        if part is not None or not self.named:
            return part
        before = bisect_left(self.starts, figure.start)
        topic = (
            self._counted(figure, subject, before)
            or self._called(figure, before, sentence)
            or self._of_sentence(figure, before, sentence)
            or self._come_to(before, sentence)
        )
        if topic is not None:
            return self.campaigns.get(core_of(topic.name), topic.name)
        return self._repeated(figure, before, sentence)

    def _part(self, figure: Figure, subject: Subject) -> str | None:
        """The part of a programme that the figure counts: `建成模范先进班组6个` of the listed `模范班组`."""
        named = (
            part for part in self.parts if part.end <= figure.start and names_part(part.name, subject.words)
        )
        return next((part.name for part in named), None)

    def _counted(self, figure: Figure, subject: Subject, before: int) -> Topic | None:
        """The initiative that the figure itself counts: `16条…线路`, `建成4家“…驿站”`, `“…”项目6个`."""
        plain = self.text.plain
        for mention in self.named[before : before + 1]:
            if mention.start < subject.end + 4 and _FOLLOWING.fullmatch(plain, figure.end, mention.start):
                return mention
        if before > 1 and self._in_list(before - 2) and plain.startswith("等", self.named[before - 1].end):
            return None  # `培育“甲乙”“丙丁”等品牌8个`: the last of a list is not what is counted
        for mention in reversed(self.named[max(0, before - 3) : before]):
            end = _end_of(plain, mention)
            if subject.start <= mention.start and figure.start - _OBJECT_REACH <= end <= figure.start:
                return mention
        return None

    def _called(self, figure: Figure, before: int, sentence: int) -> Topic | None:
        """What the figure's sentence calls by its kind, after the last name in it: `平台注册用户达3万人`."""
        if not before:
            return None
        since = max(sentence - 1, self.named[before - 1].end - 1)
        called = last_call(self.text.plain, since, figure.start, figure.end)
        if called is None:
            return None
        last = range(before - 1, max(0, before - 12) - 1, -1)
        by_name = next((i for i in last if self.named[i].name.rstrip("”").endswith(called)), None)
        of_kind = [i for i in last if _kind(self.named[i]) in OF_KIND.get(called, ())][
            : None if called in WAYS else 1
        ]
        found = by_name if by_name is not None else max(of_kind, key=self.weights.__getitem__, default=None)
        return None if found is None else self.named[found]

    def _of_sentence(self, figure: Figure, before: int, sentence: int) -> Topic | None:
        """What the figure's sentence carries out, or the sentences before that it goes on about."""
        plain = self.text.plain
        first = bisect_left(self.starts, self._reach(figure, sentence), max(0, before - 12), before)
        own = bisect_left(self.starts, sentence, first, before)
        if all(self._only_dates(mention) for mention in self.named[own:before]):
            ahead = self._ahead(figure, before)
            if ahead is not None or first == before:
                return ahead
        while own < before and self._is_counted(before - 1):
            before -= 1  # `完成“…”项目6个，服务860人次`: the projects are one thing done beside others
        if first == before:
            return None
        leading = self._leading(first, before)
        if own == before:
            leading = self._before_list(leading, first)
            return self.named[leading] if leading >= 0 and self._goes_on(leading, sentence) else None
        nearest = self._leading(own, before)
        if (
            _CARRIERS.match(plain, self.named[before - 1].end)
            and self._before_list(nearest, first) != nearest
        ):
            return None  # `依托“甲乙”、“丙丁”等载体，…`: what all of them did is no one's alone
        # What the sentences before carry out weighs more than what this one sets up on the way.
        weaker = self.weights[nearest] < CENTRAL <= self.weights[leading]
        turns = _TURNS.match(plain, sentence) or self._other_actor(self.named[leading], sentence)
        return self.named[leading if weaker and not turns else nearest]

    def _reach(self, figure: Figure, sentence: int) -> int:
        """How far back a figure's topic may be named: a few sentences, no other paragraph."""
        at = bisect_left(self.text.sentences, (sentence, 0))
        back = self.text.sentences[max(0, at - _SENTENCES_BACK)][0] if self.text.sentences else 0
        return max(self.text.plain.rfind("\n", back, figure.start) + 1, back)

    def _is_counted(self, at: int) -> bool:
        """Whether a figure right behind a mention counts it; a place that was built goes on to serve."""
        plain, end = self.text.plain, _end_of(self.text.plain, self.named[at])
        return plain[end : end + 1].isdigit() and _kind(self.named[at]) not in (None, InitiativeKind.FACILITY)

    def _ahead(self, figure: Figure, before: int) -> Topic | None:
        """The undertaking that the figure's sentence comes to: `组织32名党员…，开展“…”活动`."""
        plain = self.text.plain
        for mention in self.named[before : before + 1]:
            if mention.start - figure.end > _FORWARD_REACH:
                break
            reach = max(figure.end, mention.start - 14)
            leads = CARRIED_OUT.search(plain, reach, mention.start) or SET_UP.search(
                plain, reach, mention.start
            )
            if not leads or not _NEXT_CLAUSES.match(plain, figure.end, mention.start):
                break
            if _MUSTERED.search(plain, max(0, figure.start - 30), figure.start):
                return mention
        return None

    def _come_to(self, before: int, sentence: int) -> Topic | None:
        """What the figure's sentence comes to in the end, having told what it is or what it is made of."""
        at = bisect_left(self.text.sentences, (sentence, 0))
        end = self.text.sentences[at][1]
        ahead = [mention for mention in self.named[before : before + 6] if mention.start < end]
        return next((m for m in ahead if comes_to(self.text.plain, sentence, m)), None)

    def _only_dates(self, mention: Topic) -> bool:
        """Whether a mention only says since when: `党史学习教育开展以来，…`."""
        return bool(LAUNCHED.match(self.text.plain, mention.end)) and is_nationwide_name(mention.name)

    def _before_list(self, at: int, first: int) -> int:
        """The mention itself, or where it is one of a list the leading one before the list; -1 for none.

        What goes on after `开展“甲乙”“丙丁”和“戊己”志愿服务。` is about none of the three alone.
        """
        begin, end = at, at
        while begin > first and self._in_list(begin - 1):
            begin -= 1
        while end + 1 < len(self.named) and self._in_list(end):
            end += 1
        if begin == end or len({mention.name for mention in self.named[begin : end + 1]}) == 1:
            return at
        return self._leading(first, begin) if begin > first else -1

    def _in_list(self, at: int) -> bool:
        """Whether a mention and the next one are items of one list."""
        return bool(_LISTED.fullmatch(self.text.plain, self.named[at].end, self.named[at + 1].start))

    def _leading(self, first: int, end: int) -> int:
        """The mention of a range that the text most surely is about; of equal ones the last."""
        return max(range(end - 1, first - 1, -1), key=self.weights.__getitem__)

    def _goes_on(self, leading: int, sentence: int) -> bool:
        """Whether a sentence goes on about what the ones before name."""
        if _GOES_ON.match(self.text.plain, sentence):
            return True
        topic = self.named[leading]
        surely = isinstance(topic, Practice) or self.weights[leading] >= CENTRAL
        return surely and not any(self._other_actor(topic, start) for start in self._since(topic, sentence))

    def _since(self, topic: Topic, sentence: int) -> Iterator[int]:
        """The beginnings of the sentences after a topic's, up to a figure's, the last one first."""
        at = bisect_left(self.text.sentences, (sentence, 0))
        for start, _ in reversed(self.text.sentences[max(0, at - _SENTENCES_BACK) : at + 1]):
            if start > topic.start:
                yield start

    def _other_actor(self, topic: Topic, sentence: int) -> bool:
        """Whether a body that was not named by then opens the sentence."""
        at = bisect_left(self.actors, sentence, key=lambda mention: mention.start)
        for actor in self.actors[at : at + 1]:
            known = (m.name for m in self.actors[:at] if m.start > topic.start - 120)
            return actor.start <= sentence + 4 and actor.name not in set(known)
        return False

    def _repeated(self, figure: Figure, before: int, sentence: int) -> str | None:
        """The initiative one of whose own words the sentence repeats, or the one event of the article."""
        for word, name in self.own_words:
            if self.text.plain.find(word, sentence, figure.start) >= 0:
                return name
        return self.occasion if before else None
