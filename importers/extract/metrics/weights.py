"""How surely the text is about an undertaking that it names: what the words around the name say."""

import re
from collections.abc import Iterator, Sequence

from importers.extract.metrics.practices import Practice
from importers.extract.records import InitiativeMention
from kb.vocabulary import InitiativeKind

Topic = InitiativeMention | Practice

# `积极开展“…”活动`, `以“…”为抓手`: what the sentence is about, not what it touches. The first verbs say
# so more surely than the second ones, which also introduce rules and rooms on the way.
CARRIED_OUT = re.compile(
    r"(?:开展|实施|推行|推出|启动|举办|举行|打造|创新|深化|推进|推动)(?:了|好|起)?[^，。；！？、“”]{0,8}“?$"
)
SET_UP = re.compile(
    r"(?:建立|健全|创建|探索|设立|搭建|落实|通过|依托|以|结合|运用|采取|围绕|抓好|构建|形成|成立|开通|创办|完成|为了|建起|办起|开办|搭起|组成|建成|开设|设置|组建|改造?成|改建[成为]|建设)"
    r"(?:了|好|起)?[^，。；！？、“”]{0,6}“?$"
)
LAUNCHED = re.compile(r"[^，。；！？“”]{0,6}(?:开展|启用|启动|实施|运行|推行|成立|活动)以来")
# `以开展“…”为契机`: what gave occasion to something else.
_OCCASION = re.compile(r"[^，。；！？]{0,12}为(?:契机|机遇)")
CENTRAL = 3
"""The weight of what a sentence carries out."""
STARTED = 2
"""The weight of what a sentence sets up."""

# `“甲乙”服务队全年上门752次`: those who carry it out act.
_ACTING = re.compile("(?:志愿)?(?:服务队|宣讲[团队]|小分队|突击队|先锋队|志愿者|队员|专员)(?!伍)")
_UNDERTAKING = frozenset(
    {InitiativeKind.CAMPAIGN, InitiativeKind.MECHANISM, InitiativeKind.PROJECT, InitiativeKind.EVENT}
)
_BEGINS = frozenset("，。！？；\n")
_OPENS = frozenset("“。！？\n")


def end_of(plain: str, topic: Topic) -> int:
    """Where a name ends with the head words after its quotes: `“甲乙驿家”户外劳动者服务站点`."""
    head = topic.name.rpartition("”")[2]
    return topic.end + len(head) if head and plain.startswith(head, topic.end) else topic.end


def kind_of(topic: Topic) -> InitiativeKind | None:
    """The kind of an initiative; a practice has none."""
    return topic.kind if isinstance(topic, InitiativeMention) else None


def weights(plain: str, named: Sequence[Topic]) -> Iterator[int]:
    """How surely the text is about each of the mentions."""
    best: dict[str, int] = {}
    for mention in named:
        weight = _centrality(plain, mention)
        if isinstance(mention, InitiativeMention):
            weight = best[mention.name] = max(weight, best.get(mention.name, 0))
        yield weight


def opens_a_clause(plain: str, mention: Topic) -> bool:
    """Whether a clause is about a mention from its first word on: `第二年，“甲乙田”卖了86万元`."""
    return mention.start > 0 and plain[mention.start - 1] in _BEGINS and plain[mention.end] not in _BEGINS


def _centrality(plain: str, mention: Topic) -> int:
    """How surely the words around a mention are about it."""
    if isinstance(mention, Practice):
        return mention.centrality
    if plain[max(0, mention.start - 1)] in _BEGINS and _ACTING.match(plain, mention.end):
        return CENTRAL
    reach = max(0, mention.start - 14)
    if _OCCASION.match(plain, mention.end):
        return 1
    if plain.startswith("是", mention.end) and plain[max(0, mention.start - 1)] in _OPENS:
        return CENTRAL  # `“…”是某街道打造的品牌`: what a sentence is about from its first word on
    if CARRIED_OUT.search(plain, reach, mention.start) or LAUNCHED.match(plain, mention.end):
        return CENTRAL
    if SET_UP.search(plain, reach, mention.start):
        return STARTED
    return 1 if mention.kind in _UNDERTAKING else 0
