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
from importers.extract.metrics.comings import comes_from, comes_to, core_of, is_tried_out
from importers.extract.metrics.continuing import (
    CARRIERS,
    FOLLOWING,
    GOES_ON,
    LISTED,
    MUSTERED,
    NEXT_CLAUSES,
    TOGETHER,
    TURNS,
)
from importers.extract.metrics.figures import Figure
from importers.extract.metrics.headlined import ends_a_paragraph, named_above, tells_what_is_done
from importers.extract.metrics.practices import Practice, find_parts, find_practices, names_part
from importers.extract.metrics.subject import Subject
from importers.extract.metrics.weights import (
    CARRIED_OUT,
    CENTRAL,
    LAUNCHED,
    SET_UP,
    STARTED,
    Topic,
    end_of,
    kind_of,
    opens_a_clause,
    weights,
)
from importers.extract.metrics.words import word_set
from importers.extract.records import InitiativeMention, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind

_ROOMS = frozenset("屋厅室站院堂坊点店馆廊亭吧仓")
_PLACES = (None, InitiativeKind.FACILITY)
_MOST_BACK = 12
_SENTENCES_BACK = 4
_OBJECT_REACH = 6
_FORWARD_REACH = 60
# `“…”联户制度` is meant where `联户党员` act; words of every other name tell nothing.
_OWN_WORD = re.compile(r"”(?P<word>[一-龥]{2,3})(?:工作)?(?:制度|机制|模式|工作法|体系)$")
_COMMON_WORDS = word_set("工作 闭环 治理 服务 管理 运行 联动 发展 党建 长效 考核 协调 责任 共建 网格 志愿")


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
    main: str | None
    """The one initiative that the headline names."""
    main_from: int
    """Which mention is its first one."""
    own_words: tuple[tuple[str, str], ...]
    """Words of initiatives' names that their figures repeat: `联户` of `“…”联户制度`."""
    actors: tuple[OrganisationMention, ...]

    @classmethod
    def of_article(
        cls,
        text: BodyText,
        organisations: tuple[OrganisationMention, ...],
        initiatives: tuple[InitiativeMention, ...],
        title: str = "",
    ) -> "Topics":
        """The topics of an article's mentions; organisations come in order, initiatives in any."""
        practices = find_practices(text.plain, [(mention.start, mention.end) for mention in initiatives])
        topics: list[Topic] = [*initiatives, *practices]
        named = tuple(sorted(topics, key=lambda mention: mention.start))
        names = {mention.name: mention for mention in initiatives}
        one = next(iter(names.values())) if len(names) == 1 else None
        main = named_above(title, names)
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
            main,
            next((at for at, mention in enumerate(named) if mention.name == main), 0),
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
            if mention.start < subject.end + 4 and FOLLOWING.fullmatch(plain, figure.end, mention.start):
                return mention
        if before > 1 and self._in_list(before - 2) and plain.startswith("等", self.named[before - 1].end):
            return None  # `培育“甲乙”“丙丁”等品牌8个`: the last of a list is not what is counted
        for mention in reversed(self.named[max(0, before - 3) : before]):
            end = end_of(plain, mention)
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
            return self._called_by_its_end(figure, self.named[before - 1], sentence)
        last = range(before - 1, max(0, before - 12) - 1, -1)
        by_name = next((i for i in last if self.named[i].name.rstrip("”").endswith(called)), None)
        of_kind = [i for i in last if kind_of(self.named[i]) in OF_KIND.get(called, ())][
            : None if called in WAYS else 1
        ]
        found = by_name if by_name is not None else max(of_kind, key=self.weights.__getitem__, default=None)
        return None if found is None else self.named[found]

    def _called_by_its_end(self, figure: Figure, topic: Topic, sentence: int) -> Topic | None:
        """The place of service whose last word the sentence repeats: `“林海暖屋”。…改造成280平方米的暖屋`."""
        end = core_of(topic.name)[-2:]
        clause = self.text.plain[sentence : figure.end + 6]
        repeated = topic.start < sentence and len(end) == 2 and end[-1] in _ROOMS and end in clause
        return topic if repeated and kind_of(topic) is InitiativeKind.FACILITY else None

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
        semicolon = plain.rfind("；", sentence, figure.start)
        part = bisect_left(self.starts, semicolon, own, before) if semicolon >= 0 else before
        if part < before and self.weights[self._leading(part, before)] >= STARTED:
            return self.named[self._leading(part, before)]  # `甲局启动“…”，…；乙局搭建“…”，…`
        nearest = self._leading(own, before)
        if CARRIERS.match(plain, self.named[before - 1].end) and self._before_list(nearest, first) != nearest:
            return None  # `依托“甲乙”、“丙丁”等载体，…`: what all of them did is no one's alone
        # What the sentences before carry out weighs more than what this one sets up on the way.
        weaker = self.weights[nearest] < CENTRAL <= self.weights[leading]
        turns = (
            TURNS.match(plain, sentence)
            or self._other_actor(self.named[leading], sentence)
            or opens_a_clause(plain, self.named[nearest])
        )
        return self.named[leading if weaker and not turns else nearest]

    def _reach(self, figure: Figure, sentence: int) -> int:
        """How far back a figure's topic may be named: a few sentences, no other paragraph."""
        at = bisect_left(self.text.sentences, (sentence, 0))
        back = self.text.sentences[max(0, at - _SENTENCES_BACK)][0] if self.text.sentences else 0
        return max(self.text.plain.rfind("\n", back, figure.start) + 1, back)

    def _is_counted(self, at: int) -> bool:
        """Whether a figure right behind a mention counts it; a place that was built goes on to serve."""
        plain, end = self.text.plain, end_of(self.text.plain, self.named[at])
        return plain[end : end + 1].isdigit() and kind_of(self.named[at]) not in _PLACES

    def _ahead(self, figure: Figure, before: int) -> Topic | None:
        """The undertaking that the figure's sentence comes to: `组织32名党员…，开展“…”活动`."""
        plain = self.text.plain
        near = (m for m in self.named[before : before + 4] if m.start - figure.end <= _FORWARD_REACH)
        tried = next((m for m in near if is_tried_out(plain, figure.end, m.start)), None)
        if tried is not None:
            return tried
        for mention in self.named[before : before + 1]:
            if mention.start - figure.end > _FORWARD_REACH:
                break
            reach = max(figure.end, mention.start - 14)
            leads = CARRIED_OUT.search(plain, reach, mention.start) or SET_UP.search(
                plain, reach, mention.start
            )
            if not leads or not NEXT_CLAUSES.match(plain, figure.end, mention.start):
                break
            mustered = MUSTERED.search(plain, max(0, figure.start - 30), figure.start)
            if mustered or TOGETHER.search(plain, figure.end, mention.start):
                return mention
        return None

    def _come_to(self, before: int, sentence: int) -> Topic | None:
        """What the figure's sentence comes to in the end, having told what it is or what it is made of."""
        at = bisect_left(self.text.sentences, (sentence, 0))
        end = self.text.sentences[at][1]
        near = self.named[before : before + 6]
        come = next((m for m in near if m.start < end and comes_to(self.text.plain, sentence, m)), None)
        return come or next((m for m in near if comes_from(self.text.plain, sentence, end, m.start)), None)

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
        return bool(LISTED.fullmatch(self.text.plain, self.named[at].end, self.named[at + 1].start))

    def _leading(self, first: int, end: int) -> int:
        """The mention of a range that the text most surely is about; of equal ones the last."""
        return max(range(end - 1, first - 1, -1), key=self.weights.__getitem__)

    def _goes_on(self, leading: int, sentence: int) -> bool:
        """Whether a sentence goes on about what the ones before name."""
        if GOES_ON.match(self.text.plain, sentence):
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
        return self.occasion if before and self.occasion else self._headlined(figure, before, sentence)

    def _headlined(self, figure: Figure, before: int, sentence: int) -> str | None:
        """What the headline names, where the figure's paragraph names nothing else and tells what is done."""
        paragraph = self.text.plain.rfind("\n", 0, figure.start) + 1
        since = bisect_left(self.starts, paragraph)
        if not tells_what_is_done(self.text.plain, paragraph, sentence, figure.start):
            return None
        if before and since == before and sentence == paragraph:
            topic = self.named[before - 1]
            if ends_a_paragraph(self.text.plain, topic.end, paragraph):
                return topic.name
        if self.main is None or before <= self.main_from:
            return None
        return None if any(m.name != self.main for m in self.named[since:before][-_MOST_BACK:]) else self.main
