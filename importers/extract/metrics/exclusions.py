"""Numbers with a unit that are no metric: ordinals, names, times, memberships, figures of speech.

Each rule is a named pattern with a printed example. `BEFORE` patterns end where the figure begins,
`AFTER` patterns begin where its number begins. The first rule that holds names the reason.
"""

import re
from typing import NamedTuple

from msgspec import Struct

from importers.extract.metrics.units import CHINESE_COUNTABLE, DURATIONS
from importers.extract.metrics.words import word_set


class Candidate(Struct, frozen=True):
    """A number with a unit in the plain text, before it is known to be a metric."""

    start: int
    end: int
    number: str
    unit: str
    vague: bool
    """Whether a word beside or inside the number makes it vague: `近百`, `三十余`."""


class Rule(NamedTuple):
    """A pattern of what is no metric."""

    name: str
    pattern: str
    """Source of a pattern without groups of its own."""


_REACH = 8

BEFORE = (
    # `第三次`, `第120期`: a place in an order, not an amount.
    Rule("ordinal", r"第$"),
    # `1+3+N`, `7×24小时`, `A3个`: parts of a name or a formula.
    Rule("formula", r"[A-Za-z+＋×xX*#№/]$"),
    # `最后一公里`, `最先100米`: a figure of speech.
    Rule("last stretch", r"最后的?$"),
    # `成百上千名`: a figure of speech.
    Rule("figure of speech", r"成[百千]$|(?<![第约近超])千[家村]$"),
    # `每隔3天`, `每3个月召开1次`: how often, not how much.
    Rule("interval", r"每隔$"),
    # `9时30分`, `上午8点15分`: a clock.
    Rule("clock", r"\d[时点]$"),
)

AFTER = (
    # `15分钟便民生活圈`, `10公里服务圈`: named after a distance.
    Rule("circle", r"[\d一二三四五六七八九十]{1,3}(?:分钟|公里|小时)[^，。；、]{0,10}圈"),
    # `24小时值班`, `24小时营业`, `八小时之外`: round the clock, out of hours.
    Rule(
        "round the clock",
        r"24个?小时(?!以?内|之内|左右|以上|办结)|[8八]小时(?:之外|以外|外|内外|工作)",
    ),
    # `近两年，某街道…`: since when.
    Rule(
        "recent years",
        r"(?:(?<=[，。；：\n“]近)|(?<=\A近))[一二两三四五六七八九十\d]{1,2}(?:年|个?月|周|天)(?=[，来的])",
    ),
    # `365天`: all the year round.
    Rule("all year", r"365天"),
    # `三年行动计划`, `十年树木`, `两年制`: names of plans.
    # `1户1策`, `一村一品`, `三个一`, `五个有`: a slogan counts its own words.
    Rule(
        "slogan",
        r"[1一](?:户|村|人|格|企|岗|社区|楼|镇|校|支部|个)[1一]|[一二三四五六七八九十两]{1,2}个[一二三四五六七八九十不有统全必坚到最清零绝]",
    ),
    # `账有两种，一种记在本子上`: how an argument begins.
    Rule("two kinds", r"[两二三2-4][种类本笔]，一[种类本笔]"),
    # `2栋3单元`: an address; `12栋楼36个单元` counts.
    Rule("address", r"\d{1,3}(?:栋|幢|座|门|层|组)\d{1,4}(?:单元|号|室|户)"),
    # `在“实”“效”二字上下功夫`, `念好四字诀`: counts the words of a slogan.
    Rule("words of a slogan", r"[一二三四五六七八九十两]{1,2}个?字(?:上|下|诀|经|方针|要诀)"),
    # `三岁`, `60周岁`: ages carry no unit of the table; `30人制`, `五人制`, `两票制`: a format.
    Rule("format", r"[\d一二三四五六七八九十两]{1,3}(?:人|票|级|户|票|场)制"),
)

# One pattern of all rules: the number of the group that matched is the number of the rule.
_BEFORE = re.compile("|".join(f"({rule.pattern})" for rule in BEFORE))
# The signs that those before a figure may end with, so that most figures need no search.
_BEFORE_ENDS = re.compile(r"[第A-Za-z+＋×*#№/后的百千家村隔时点]")
_AFTER = re.compile("|".join(f"({rule.pattern})" for rule in AFTER))

# What measure words count in speeches rather than in reports: `四个方面`, `两个维度`.
_ABSTRACT = re.compile(
    r"(?:方面|维度|层面|层次|环节|阶段|步骤|关键|重点|特点|特征|原则|要求|字|自信|意识|维护|确立|大局|务必|关系|"
    r"方向|角度|统一|结合|转变|到位|聚焦|问题导向|着力点|抓手|字诀|转化|提升|强化|优先|清楚|明确|坚持|确保|带头|"
    r"更加|着力|倡导|认同|离不开|共同|率先|务实|合格|革命|永远|牢牢|始终|属性|面向|领域|梦想|过硬|"
    r"清单|文明|文章|大会|中心任务|基本|根本|先锋|主体|阵地前移|月内|季度|制度|机制|体系|规定|能力|作用|责任|纪律|建设|职责|本领)"
)
_ONE_OF = re.compile(r"[^，。；！？]{0,10}之一|大事|头等|好事实事")
_ABSTRACT_UNITS = word_set("个 项 条 种 类 层 句 道 把 块 张 本 面 门 支 次")
_CHINESE = frozenset("零〇一二两三四五六七八九十百千万亿")
_BARE_POWER = frozenset("百千万亿")
_RULE_UNITS = word_set("次 场 期 课 讲 堂 节 轮 遍 篇 件")
_RHYTHM = re.compile(r"每(?:个?(?:月|季度?|年|周|半年|学期|天|日|旬|星期)|人每[年月])[^，。；！？\d]{0,12}$")

# A time counts where the words say that it was used, saved or set: `只用了6分钟`, `为期3个月`, `缩短至5天`.
_TIME_SPENT = re.compile(
    r"(?:为期|历时|历经|用时|耗时|用了|仅用|只用|需要?|花了?|经过|缩短[至到为]?|压缩[至到为]?|提前|延长[至到]?|减少|减[至到为]|"
    r"期限为?|时限为?|不到|不超过|长达|最长|最快|最短|平均|时长[达为共约]*|累计|超过?|约|近|达到?|[至降]|耗|承包期|租期|质保期|质保)"
    r"(?:不到|不超过|近|约|至少|超过?|仅|仅需|仅用)?$"
)
_MEMBERSHIP = re.compile(
    r"多?的?(?:党龄|工龄|教龄|军龄|警龄|驾龄|司龄|历史|党史)|(?:如一日|多?来|前|后|里|间)"
)
# `东沟村3组`, `和平里小区2栋`: a group of villagers or a house, named by its number.
_ADDRESS_UNITS = word_set("组 栋 幢 座 门 层")
_ADDRESS = re.compile(r"(?:[村区查队屯庄号巷]|单元|[\d号]楼)$")
# `平均年龄下降6.4岁`, `人均寿命提高2岁`: a change is a figure; an age is none.
_AGE_CHANGED = re.compile(
    r"(?:年龄|寿命|龄|比|较)[^，。；、\d]{0,8}(?:下降|降低|降|减小|减少|年轻|缩小|提高|上升|增加|延长|增长|小|大)了?近?约?$"
)
_YEAR_UNITS = word_set("年 周 星期 个星期 载 余载 昼夜")
_DIRECT = word_set("分钟 小时 个小时 天 日 个工作日 工作日 秒 秒钟 个钟头")


def why_no_metric(plain: str, candidate: Candidate) -> str | None:
    """The name of the rule by which a number with a unit is no metric, or None where it is one."""
    if _BEFORE_ENDS.match(plain, candidate.start - 1):
        before = _BEFORE.search(plain, max(0, candidate.start - _REACH), candidate.start)
        if before is not None:
            return BEFORE[(before.lastindex or 1) - 1].name
    if candidate.unit in _ADDRESS_UNITS and _ADDRESS.search(
        plain, max(0, candidate.start - 4), candidate.start
    ):
        return "address"
    if candidate.unit == "岁":
        changed = _AGE_CHANGED.search(plain, max(0, candidate.start - 16), candidate.start)
        return None if changed else "age"
    after = _AFTER.match(plain, candidate.start)
    if after is not None:
        return AFTER[(after.lastindex or 1) - 1].name
    if candidate.unit in DURATIONS:
        return _why_no_duration(plain, candidate)
    return _why_no_count(plain, candidate) if _is_chinese(candidate.number) else None


def _is_chinese(number: str) -> bool:
    return number[0] in _CHINESE and "分之" not in number


def _why_no_duration(plain: str, candidate: Candidate) -> str | None:
    """A length of time counts where it was measured; a date, an age in the party, an interval does not."""
    before = plain[max(0, candidate.start - 12) : candidate.start]
    arabic = not _is_chinese(candidate.number)
    if (
        before.endswith(("每", "每隔", "党龄", "工龄", "近", "最近", "过去", "连续", "连续第"))
        and not candidate.vague
    ):
        return "interval"
    if _MEMBERSHIP.match(plain, candidate.end) and candidate.unit in _YEAR_UNITS | {"天", "个月", "个多月"}:
        return "membership"
    if arabic and candidate.unit in _DIRECT:
        return None
    if candidate.unit in _YEAR_UNITS and arabic and len(candidate.number) > 2:
        return "year"
    return None if candidate.number[0] != "一" and _TIME_SPENT.search(before) else "duration"


def _why_no_count(plain: str, candidate: Candidate) -> str | None:
    """A Chinese numeral counts where it is no bare 一 or 百, and counts things rather than aspects."""
    number, unit = candidate.number, candidate.unit
    if unit not in _RULE_UNITS and plain.endswith(("每周", "下周", "本周", "星期"), 0, candidate.start):
        return "weekday"
    if candidate.vague or (len(number) > 2 and unit not in _ABSTRACT_UNITS):
        return None
    if number == "一":
        ruled = unit in _RULE_UNITS and _RHYTHM.search(plain, max(0, candidate.start - 20), candidate.start)
        return None if ruled else "a"
    if number in _BARE_POWER:
        return "round number"
    if unit not in CHINESE_COUNTABLE:
        return "name"
    if unit in _ABSTRACT_UNITS and _ABSTRACT.match(plain, candidate.end):
        return "aspect"
    # `三项重点工作之一`, `办好两件大事`: a figure of speech.
    if _ONE_OF.match(plain, candidate.end):
        return "figure of speech"
    return "slogan" if plain[candidate.end : candidate.end + 1] in _CHINESE else None
