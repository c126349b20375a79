"""The kind of a named undertaking: by its head word, by the name's own last word, else by the verb."""

import re
from functools import lru_cache

from importers.extract.initiatives.heads import HEAD_KINDS
from importers.extract.initiatives.quoted import Candidate
from importers.extract.text import BodyText
from kb.vocabulary import InitiativeKind as Kind

# One occasion by the word itself, whatever head word follows: 主题党日 + 活动, 读书日 + 活动.
_OCCASION_WORD = re.compile(
    "党日|党课|比武|比拼|竞赛|大赛|比赛|擂台|运动会|读书会|读书日|演出|宣讲|义诊|晚会|联欢|游园|观影|演讲|诵读|徒步|展演|开放日|植树|团建"
)
# A series, and so a campaign: 系列主题活动, 服务月活动.
_SERIES = re.compile("系列|服务月|宣传月|活动月|周活动|季活动|年活动|年度|集中服务日")
_LASTING = re.compile(
    "以来|持续|常态化|系列|深入开展|每[年月周季日]|定期|不定期|累计|先后|多次|各级|近年|长期|相继|陆续|广泛|为抓手|为载体|为主线|等方式|\\d+余?[场次期]"
)
_ONE_DAY = re.compile("近日|日前|前不久|当天|当日|一场|一次|昨日|今天上午|[上下]午|\\d{1,2}月\\d{1,2}日")
_THIS_TIME = re.compile("(?:此次|本次|这次|这场|活动当天|活动现场|活动中，|现场，)")

# The name's own last word, where no head word follows: 甲乙学习日, 甲乙自测.
_TAILS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(".[步事作理字点]法$|[凳坝桌炉议谈头]会$"), Kind.MECHANISM),
    (re.compile("[习动务放谈事题访]日$"), Kind.MECHANISM),
    (re.compile("(?:自测|评选|走访|服务[月周季])$"), Kind.CAMPAIGN),
    (
        re.compile("(?:服务|宣讲|流动|办事|图书|巡诊|大篷|调解)车$|[云网掌线空][上中](?:党?支部|党校)$"),
        Kind.FACILITY,
    ),
    (re.compile("^(?:码上|掌上|云上|指尖)"), Kind.FACILITY),
    (re.compile(".[馆屋窗岗角坊亭站室厅院店吧园廊栈铺]$|[驿新居]家$|[书课]桌$"), Kind.FACILITY),
)
_LONGEST_HEAD = max(map(len, HEAD_KINDS))

# The verb that the name is the object of, where nothing else tells.
_VERBS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile("举办|举行|承办"), Kind.EVENT),
    (
        re.compile("设立|设置|开设|建成|搭建|开通|新建|增设|开办|建设|改造?成|改建[成为]|[再续]建"),
        Kind.FACILITY,
    ),
    (re.compile("推行|实行|建立|探索|创新|构建|形成|健全|完善|试行|落实|创设"), Kind.MECHANISM),
    (re.compile("打造|创建|叫响|擦亮|打响|培育|创树"), Kind.BRAND),
    (re.compile("开展|组织|实施|启动|发起|参加|参与|推出|推进"), Kind.CAMPAIGN),
)


def kind_of(found: Candidate, text: BodyText) -> Kind:
    """What sort of undertaking a found name is."""
    if found.kind:
        return found.kind
    own = _own_tail(found.core)
    if found.head is None or (own and found.head.weak):
        return own or _by_verb(found, text) or Kind.CAMPAIGN
    if own in (Kind.MECHANISM, Kind.FACILITY) and found.head.link == "等":
        return own
    kind = found.head.kind
    if kind in (Kind.EVENT, Kind.CAMPAIGN):
        return _occasion_or_campaign(found, text)
    return kind


@lru_cache(maxsize=1024)
def _own_tail(core: str) -> Kind | None:
    """The kind that the name's own last word tells."""
    for pattern, kind in _TAILS:
        if pattern.search(core):
            return kind
    tails = (core[-length:] for length in range(_LONGEST_HEAD, 1, -1))
    known = next((HEAD_KINDS[tail] for tail in tails if tail in HEAD_KINDS), None)
    # “蜂鸣会”, of no kind that a head word tells: where things are talked over.
    return known or (Kind.MECHANISM if core.endswith("会") else None)


def _by_verb(found: Candidate, text: BodyText) -> Kind | None:
    """The kind that the last verb before the name suggests."""
    left = re.split("[，。；！？\n]", text.plain[max(0, found.start - 30) : found.start])[-1]
    ends = [(m.end(), kind) for pattern, kind in _VERBS for m in pattern.finditer(left)]
    return max(ends, key=lambda pair: pair[0])[1] if ends else None


def kind_of_mentions(fullest: Candidate, members: list[Candidate], text: BodyText) -> Kind:
    """What sort of undertaking several mentions name: the fullest one's, else what any verb suggests."""
    bare = fullest.kind is None and fullest.head is None and _own_tail(fullest.core) is None
    told = (_by_verb(found, text) for found in members) if bare else ()
    return next(filter(None, told), None) or kind_of(fullest, text)


def _occasion_or_campaign(found: Candidate, text: BodyText) -> Kind:
    """One dated occasion, or something that runs over a period."""
    head = found.head
    if head is None or _SERIES.search(head.words):
        return Kind.CAMPAIGN
    if head.kind is Kind.EVENT or _OCCASION_WORD.search(head.words):
        return Kind.EVENT
    if not head.head.endswith("活动") and head.head != "志愿服务":
        return Kind.CAMPAIGN
    return Kind.EVENT if _is_one_day(found, text.plain) else Kind.CAMPAIGN


def _is_one_day(found: Candidate, plain: str) -> bool:
    """Whether the sentence tells of one day, or the next ones of this one time."""
    start = max(plain.rfind(sign, max(0, found.start - 120), found.start) for sign in "。！？\n") + 1
    before = plain[max(start, found.start - 120) : found.start]
    if _LASTING.search(before):
        return False
    return bool(_ONE_DAY.search(before) or _THIS_TIME.search(plain, found.end, found.end + 80))
