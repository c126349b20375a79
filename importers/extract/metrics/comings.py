"""Undertakings that a sentence names last, after the figures that are theirs."""

import re

from importers.extract.metrics.weights import Topic

_CORE = re.compile(r"“([^”]{2,40})”")
# `这个300平方米的展厅……，是某镇打造的“…”`: a thing whose measures come before its name.
_THIS = re.compile("[“‘]?这[个座处间家支所片]")
# `派出7名干部谋划…，“…”由此起步`: what the sentence tells is how it began.
_FROM_HERE = re.compile("[一-龥]{0,4}(?:由此|应运而生|随之|就此)")
_WHERE = re.compile("在[^，。；！？“”]{0,6}“?")
_IS_THE = re.compile("[，是]是?[^，。；！？“”]{2,30}(?:打造|建设|建成|创建|推出|设立|开办|搭建)的“?$")


# `20多名志愿者正在平地。他们来自某局打造的“…”品牌`: whose the persons are whom the sentence before counts.
_THEY_ARE = re.compile(
    "(?:他们|她们|这[些支群][^，。；！？“”]{0,6})(?:都|全|均)?(?:来自|正?是)[^，。；！？“”]{0,24}“?$"
)


# `3家医院作为示范点，结合“…”等工作，开展“…”活动`: where an undertaking is tried out first.
_TRIED_OUT = re.compile(
    r"[^，。；！？“”\n\d]{0,12}(?:作?为|开展)[^，。；！？“”\n]{0,14}(?:试点|示范)[^，。；！？“”\n]{0,4}，"
    r"(?:结合[^。；！？\n]{2,48}?，)?"
    r"[^，。；！？“”\n]{0,6}(?:开展|推行|推广|推出|实施|启动|探索|打造)了?[^，。；！？“”\n]{0,6}“?$"
)


def core_of(name: str) -> str:
    """What stands in quotes in a name, or ""."""
    match = _CORE.search(name)
    return match[1] if match else ""


def comes_from(plain: str, sentence: int, end: int, start: int) -> bool:
    """Whether what follows a sentence says that it is of what is named at a position.

    The next sentence tells whose those are whom it counts, or the words behind its quotation where it is
    spoken: `“走访了11户。”在“…”驿站里，大家说`.
    """
    if _THEY_ARE.match(plain, end, start):
        return True
    opened = plain.rfind("“", plain.rfind("\n", 0, sentence) + 1, sentence + 1)
    closed = plain.find("”", sentence, start)
    return 0 <= opened < closed and bool(_WHERE.fullmatch(plain, closed + 1, start))


def is_tried_out(plain: str, end: int, start: int) -> bool:
    """Whether what is counted up to one position is where what is named at the other is tried out."""
    return bool(_TRIED_OUT.match(plain, end, start))


def comes_to(plain: str, sentence: int, topic: Topic) -> bool:
    """Whether a sentence, from its start on, tells of what it only names with this topic.

    `设立9个“大院”，划出40个“小院”，建起“大院+小院”模式`: it tells of the parts, and then of the whole.
    """
    if _FROM_HERE.match(plain, topic.end):
        return True
    parts = core_of(topic.name).split("+")
    if len(parts) > 1 and any(plain.find(f"“{part}”", sentence, topic.start) >= 0 for part in parts):
        return True
    return bool(_THIS.match(plain, sentence) and _IS_THE.search(plain, sentence, topic.start))
