"""What a figure counts, in the text's own words.

A figure stands behind its noun (`建立服务站点102处`), before it (`成立4个督查组`), or in its middle
(`流转集体的600多亩耕地`); in a list the later items share the verb (`建成车间3座、库房2间`).
"""

import re
from dataclasses import dataclass

from importers.extract.metrics_figures import Figure
from importers.extract.metrics_words import NOUN_LIKE, VERBS

# `党组织`, `志愿服务` hold a verb's signs but are nouns.
_VERB = re.compile(rf"(?<![党志])(?<!志愿)(?:{'|'.join(VERBS)})")
_VERB_ALONE = re.compile(rf"(?:{'|'.join(VERBS)}|同比|环比|其中|占比|占|达|率){{1,3}}(?:了|出|到)?")
_VERB_FIRST = re.compile("|".join(verb for verb in VERBS if verb not in NOUN_LIKE))

# Words before the noun or verb that say when or how, not what: `截至目前共`, `先后累计`, `我们已经`.
_OPENING = re.compile(
    r"^(?:截[至止][^，]{0,8}(?:目前|底|末|日)|目前|如今|现在|现已|今年以来|累计|共计|总计|合计|一共|总共|全年|年内|每年|每月|每季度|每周|每天|"
    r"已经|已|共|先后|陆续|相继|还|也|都|又|再|将|并|均|就|其中|另有|另外|此外|同时|我们|他们|她们|我|他|她|该\S{0,1}(?=共|已)|"
    r"从而|进而|最终|仅|只|约|近|超|总|并且|以及|及|和|与|、|计划|预计|力争|确保|今年|去年|明年|分别|成功|积极|大力|扎实|充分|持续|主动|集中|定期|"
    r"通过|其|为|对|向|给|让|使|由|在|从|把|将|按照|按|据|于|(?:19|20)\d\d年(?:以来|底|度)?|图为)+"
)
# Words between the noun and its figure: `人数达`, `总计为`, `覆盖率提升至`, `站点共有`.
_CLOSING = re.compile(
    r"(?:达成?到?了?|高达|多达|为|是|共有?|共计|累计|合计|总计|已有?|有|了|至|到|近|约|超过?|突破|仅|只|就|在|均|平均|的|、|和|及|与|"
    r"等|各|分别|并|也|还|将|可|大约|增至|升至|降至|达到|不|多|第|达成|——|：|（|“|先后|陆续)+$"
)
_FRAGMENT = "，。；：！？\n（）—…"
_LEFT_STOP = re.compile(r"[，。；：！？\n（）…—]|(?<=[。！？，])”")
_RIGHT = re.compile(r"[^，。；：！？\n（）…、—]{0,24}")
# Where the noun behind a figure ends: the next verb, preposition or figure.
_RIGHT_END = re.compile(
    r"(?<=..)(?:按照|通过|与|向|对|在|为了|给|到(?!户)|列为|列入|纳入|被|把|将|以(?!上)|由|从|等(?=$|[^级])|进行|进驻|坐满|走进|走上|"
    r"参与|参加|组成|明确|下达|开展|投入|深入|前往|围绕|聚焦|实现|完成|用于|来自|覆盖|分布|正|都|均|已|共|就|也|了|着|过|"
    r"(?:和|及|以及|、)(?=[\d近约]|[一二三四五六七八九十百千万两]{1,6}[个名户人家件条次]))|\d"
)
_FIGURE_NEXT = re.compile(r"\d|[一二三四五六七八九十两]批|(?<=.{10})(?:进行|，)")
_ACTED_ON = re.compile(r"(?:对|向|指导|帮助|协助|组织|推动|引导|督促)$")
# A verb right before the figure has its object behind it: `推出8条优化举措`.
_ENDS_OPEN = re.compile(rf"(?:{'|'.join(VERBS)}|每[^，。]{{1,6}})(?:了|出)?$")
_EACH = re.compile(r"每[^，。；、每\d]{1,6}$")
_AND_SO_ON = re.compile(r"等([^等]{2,})$")
_OWNED = re.compile(r"(?:共|现|拥|设|建|内|区|镇|村|旗|县|市)有(?!关|效|限|序)(.{2,})$")
_TIME_USED = re.compile(r"(?:仅|只|需|用|耗|花|要|费|了){1,3}")
_MODIFIER = re.compile(r"^(?:以上|以下|左右|余)?的?")

_LEFT_REACH = 48
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure counts: the words, the span that they come from, and the noun among them."""

    words: str
    start: int
    end: int
    noun: str
    verb: str = ""


def find_subject(plain: str, figure: Figure, previous: tuple[Figure, Subject] | None) -> Subject:
    """What the figure counts; `previous` is the figure before it in the same sentence, with its subject."""
    left_start, shared = _left_start(plain, figure, previous)
    left = _clean(plain[left_start : figure.start])
    right = _noun_after(plain, figure)
    if right and (not _VERB_FIRST.match(right) or _ENDS_OPEN.search(left)):
        noun = _MODIFIER.sub("", right)
        listed = plain[left_start - 1 : left_start] in ("、", "和")
        verb = _verb_before(left) or (shared.verb if shared and listed else "")
        return Subject(verb + noun, left_start, figure.end + len(right), noun, _leading_verb(verb))
    return _behind_noun(plain, figure, left, left_start, shared, previous)


def _behind_noun(
    plain: str,
    figure: Figure,
    left: str,
    start: int,
    shared: Subject | None,
    previous: tuple[Figure, Subject] | None,
) -> Subject:
    """The subject of a figure that stands behind what it counts; a bare verb takes the last noun over."""
    if not left:
        if previous is not None and shared is not None:
            return previous[1]
        return _clause_before(plain, figure, start)
    if _VERB_ALONE.fullmatch(left) and previous is not None:
        noun = previous[1].noun
        words = noun + left if left[-1] in "长降高低加少" or left in ("同比", "环比") else left + noun
        return Subject(words[:_LONGEST], start, figure.start, noun, left)
    if _TIME_USED.fullmatch(left) or (previous is None and len(left) <= 2 and _VERB_ALONE.fullmatch(left)):
        return _clause_before(plain, figure, start)
    words = _shorten(left)
    verb = _leading_verb(words)
    if not verb and shared is not None and shared.verb and plain[start - 1 : start] == "、":
        return Subject(shared.verb + words, start, figure.start, words, shared.verb)
    return Subject(words, start, figure.start, words[len(verb) :] or words, verb)


def _left_start(
    plain: str, figure: Figure, previous: tuple[Figure, Subject] | None
) -> tuple[int, Subject | None]:
    """Where the words before the figure begin, and the subject of a figure in the same clause."""
    floor = max(0, figure.start - _LEFT_REACH)
    stops = [match.end() for match in _LEFT_STOP.finditer(plain, floor, figure.start)]
    start = stops[-1] if stops else floor
    if previous is not None and previous[0].end > start:
        last = previous[0].end
        # `选派3名干部联系12户`: the noun of the figure before does not belong to this one.
        return last + (1 if plain[last : last + 1] == "、" else 0), previous[1]
    if previous is not None and plain[previous[0].end : start] in ("，", "、", "；"):
        return start, previous[1]
    return start, None


def _clean(words: str) -> str:
    """The words before a figure without those that only say when, how or by whom."""
    words = words.strip(" ，、“‘")
    words = _OPENING.sub("", words)
    return _CLOSING.sub("", words).strip(" ，、")


def _shorten(words: str) -> str:
    """The last verb with its object where the words before a figure are many: `各支部和党员开展服务群众`."""
    if (listed := _AND_SO_ON.search(words)) is not None:
        words = _leading_verb(words) + listed[1]
    if (owned := _OWNED.search(words)) is not None:
        words = owned[1]
    if len(words) <= 8:
        return words
    starts = [match.start() for match in _VERB.finditer(words) if match.end() + 2 <= len(words)]
    far = [start for start in starts if len(words) - start <= _LONGEST]
    if far:
        # The earliest verb of the last few: `开展服务群众`, not `服务群众`.
        return words[far[-2] if len(far) > 1 and far[-1] - far[-2] <= 2 else far[-1] :].replace("了", "", 1)
    cut = max(words.rfind(sign, 0, -3) for sign in "为将对向给让使")
    words = words[cut + 1 :] if cut >= 0 else words
    return words[-_LONGEST:]


def _verb_before(left: str) -> str:
    """The verb phrase that governs the noun behind the figure: `推动打造`, `流转集体`; "" without one."""
    if (each := _EACH.search(left)) is not None:
        return each[0]
    starts = [match.start() for match in _VERB.finditer(left) if len(left) - match.start() <= 8]
    if starts:
        return left[starts[0] :]
    return left if len(left) <= 4 else ""


def _leading_verb(words: str) -> str:
    """The verb that the words begin with, or ""."""
    match = _VERB.match(words)
    return match[0] if match else ""


def _noun_after(plain: str, figure: Figure) -> str:
    """The noun phrase behind a figure, or "" where the figure closes its clause."""
    match = _RIGHT.match(plain, figure.end)
    words = match[0] if match else ""
    # `对13家企业下达了整改通知`, `指导125个村明确了路径`: what was done to them says what they are.
    acted_on = _ACTED_ON.search(plain, max(0, figure.start - 4), figure.start)
    stop = (_FIGURE_NEXT if acted_on else _RIGHT_END).search(words)
    if stop is not None:
        words = words[: stop.start()]
    words = words[: _LONGEST if "“" not in words else 24].rstrip("和及与的了、是有 ")
    return words if _MODIFIER.sub("", words) else ""


def _clause_before(plain: str, figure: Figure, start: int) -> Subject:
    """The clause before the figure's own, for a figure that stands alone: `现场打印，仅用了10分钟`."""
    floor = max(0, start - _LEFT_REACH)
    clause = re.split(r"[，。；：！？、\n]", plain[floor:start].rstrip("，、；： "))[-1]
    words = _shorten(_clean(clause)) + _clean(plain[start : figure.start])
    return Subject(words, floor, figure.start, words, _leading_verb(words))
