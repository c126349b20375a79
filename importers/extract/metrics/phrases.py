"""The words around a figure: which belong to what it counts, and which only say when, how or by whom."""

import re

from importers.extract.metrics.words import NOUN_LIKE, VERBS
from importers.extract.trie import trie_pattern

_ANY_VERB = trie_pattern(VERBS)

# `党组织`, `志愿服务`, `服务中心`, `培训班` hold a verb's signs but are nouns.
VERB = re.compile(
    rf"(?<![党志])(?<!志愿)(?:{_ANY_VERB})"
    r"(?!中心|站|所|部|班|队|平台|教育|热线|基地|体系|机制|制度|办法|方案|人员|对象|资源|设施|窗口|大厅|点|生活|委员)"
)
VERB_ALONE = re.compile(rf"(?:{_ANY_VERB}){{1,2}}(?:了|出|到)?")
# `6台收割机`, `4辆检查车`: a machine or a person is named after a verb.
VERB_FIRST = re.compile(f"{trie_pattern(v for v in VERBS if v not in NOUN_LIKE)}(?![机车员器者户棚])")
# A verb right before the figure has its object behind it: `推出8条优化举措`, `每网格200户`.
OPEN_VERB = re.compile(rf"(?:{_ANY_VERB}|每[^，。]{{1,6}})(?:了|出)?$")

_YEAR = r"(?:19|20)\d\d年"
# How a figure changed needs what changed: `同比增长`, `下降`, `占`.
CHANGE_ALONE = re.compile(
    r"(?:同比|环比|比[上去]年|较[上去]年|较上年同期)?(?:实现)?"
    r"(?:增长|增加|增幅|下降|降低|减少|提高|提升|上升|占比?|同比|环比|翻)了?"
)
_GROW = (
    "增加|增长|增多|提高|提升|上升|攀升|跃升|发展|扩大|扩展|壮大|"
    "减少|下降|降低|压减|精简|降|增|升|压缩|缩短|缩减|回落|变为|变成"
)
# `从20户增加到60户`: the second figure counts what the first one counts.
GROWN_TO = re.compile(rf"(?:{_GROW})(?:到了?|至|为|成)(?:现在|如今|目前|今年|去年|{_YEAR}底?)?的?")

# Words before the noun or verb: `截至目前共`, `先后累计`, `我们已经`.
_OPENING = re.compile(
    r"^(?:截[至止][^，]{0,8}(?:目前|底|末|日)|目前|如今|现在|现已|今年以来|累计|共计|总计|合计|一共|总共|"
    r"全年|年内|(?:每年|每月|每季度|每周|每天)(?=[^，]{4})|(?:共|现|已|还|总|另|仅)有|已经|已|共(?![建享产青同商治])|先后|陆续|相继|"
    r"还|也|都(?!市)|又|再(?!就业)|将|并|均|就(?![业餐医])|其中|另有|另外|此外|同时|我们|他们|她们|我|他|她|"
    r"该.?(?=共|已)|(?:[此本这]次)?活动(?=累计|共(?![建享治]))|这样的|像这样的|"
    r"从而|进而|最终|仅|只|约(?!谈)|近|超(?!市)|并且|以及|及(?!时)|和(?!谐)|与(?!会)|、|又|根据|经过(?!程)|计划|预计|力争|确保|今年|去年|明年|分别|成功|积极|"
    r"全[市县旗区镇乡村盟](?=..)|大力|扎实|充分|持续|主动|集中|定期|通过|其(?!他)|为(?![民期])|对(?![口外接])|向|给|让|使(?!用)|由|"
    r"在(?![职校册建岗线外读编])|从(?!业)|把|将|按照|按(?![期时需劳])|据|于|的|"
    rf"{_YEAR}(?:以来|底|度)?|图为)+"
)
# Words between the noun and its figure: `人数达`, `总计为`, `站点共有`, `收入由2019年的`.
_CLOSING = re.compile(
    r"(?:达成?到?了?|高达|多达|(?<!行)为|是|共有?|共计|累计|合计|总计|已有?|已经|有|了|至|到|近|约|超过?|突破|仅|只|就|在|均|"
    r"平均|(?<=.)[对向给让使]|的|、|和|(?<![惠涉普波])及|与|等|各|分别|并|也|还|将|可|大约|增至|升至|降至|不|多|达成|——|：|（|“|先后|陆续|目前|控制|"
    rf"[由从](?:{_YEAR}底?|最初|原来|原先|过去|去年|以前|之前|起初|当初|(?:刚)?成立时)?)+$"
)
# Adverbs inside a phrase that carry nothing of what is counted.
_INNER = re.compile(r"(?<=[^，]{2})(?:目前|已经|累计(?!行程|里程|积分|时长|时间|金额)|一共|总共|先后|仅)")

RIGHT = re.compile(r"[^，。；：！？\n（）…、—]{0,24}")
# Where the noun behind a figure ends: the next verb, preposition or figure.
RIGHT_END = re.compile(
    r"(?<=.)(?:按照|通过|为了|得到|列为|列入|纳入|进行|进驻|坐满|走进|走上|作为|担任|参与|参加|组成|明确|下达|开展|设立(?!的)|"
    r"投入|深入|前往|围绕|聚焦|实现|完成|用于|来自|全覆盖|覆盖|分布|积极|主动|踊跃|纷纷|全部|正在)|"
    r"(?<=..)(?:与(?!会)|向|对(?![象口外接])|在(?![职校册建岗线外读编])|给(?![水养])|到(?!户)|被(?!褥)|把|将|以(?!上)|"
    r"(?<![理自])由|从(?!业)|等(?=$|[^级])|正(?![式常面职])|都(?!市)|均|已|共(?![建享产青同商治])|就(?![业餐医])|也|"
    r"了(?!解)|着|过(?![程硬渡])|"
    r"(?:和|及|以及|、)(?=[\d近约]|[一二三四五六七八九十百千万两]{1,6}[个名户人家件条次]))|\d"
)
# `7户牧民盖起了暖棚`: what was done ends the clause and says what is counted.
DONE_TO = re.compile(r"了(?!解)[一-龥]{1,6}")
# What stands behind a figure without being counted by it: `10亿元大关`, `500人同时就餐`, `8户增加到12户`.
NOT_COUNTED = re.compile(
    rf"共(?![建享产青同商治])|合计|累计|总计|就(?![餐业医])|才(?!能)|便(?![民利捷])|大关|不等|有余|之巨|(?:同时|一起|共同|前来|到场|就餐|入驻|受益)|以?上?增加|(?:{_GROW})(?:到|至|为|成)|得到|到(?=[^，。；！？]{{2,12}}(?:担任|任职|挂职|驻村))|为“?$"
)
FIGURE_NEXT = re.compile(r"\d|[一二三四五六七八九十两]批|(?<=.{10})进行")
# `对13家企业下达了通知`: what was done to them says what they are; the words before say nothing.
TOWARDS = re.compile(r"(?:对|向|(?<![分成作行认称改变选])为|给|让|使)$")
# `指导25个村明确路径`: the verb counts too.
ACTED_ON = re.compile(r"(?:指导|帮助|协助|组织|推动|引导|督促)$")
EACH = re.compile(r"每[^，。；、每\d]{1,6}$")
TIME_USED = re.compile(r"(?:仅|只|需|用|耗|花|要|费|了){1,3}")
MODIFIER = re.compile(r"^(?:以上|以下|左右|余)?(?:的|组成的)?")
_AND_SO_ON = re.compile(r"等([^等]{2,})$")
_OWNED = re.compile(r"(?:共|现|拥|设|建|内|区|镇|村|旗|县|市)有(?!关|效|限|序)(.{2,})$")
_QUOTED = re.compile(r"[“‘][^”’]*[”’]?")

LONGEST = 16
_LONGEST_QUOTED = 24


def clean(words: str) -> str:
    """The words before a figure without those that only say when, how or by whom."""
    words = _OPENING.sub("", words.replace("至少", "").strip(" ，、‘"))
    return _CLOSING.sub("", words).strip(" ，、")


def verb_starts(words: str) -> list[int]:
    """Where verbs begin in the words, those inside quotes left out."""
    masked = (
        _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), words) if "“" in words or "‘" in words else words
    )
    return [match.start() for match in VERB.finditer(masked)]


def shorten(words: str) -> str:
    """The last verb with its object where the words before a figure are many: `各支部和村民开展义务巡逻`."""
    if (listed := _AND_SO_ON.search(words)) is not None:
        words = _listing_verb(words[: listed.start()]) + listed[1]
    if (owned := _OWNED.search(words)) is not None:
        words = owned[1]
    words = _INNER.sub("", words)
    if len(words) <= 8:
        return words
    longest = _LONGEST_QUOTED if "“" in words else LONGEST
    far = [start for start in verb_starts(words) if start + 4 <= len(words) <= start + longest]
    if far:
        # The earlier of two joined verbs: `组织开展巡逻`, not `开展巡逻`.
        joined = len(far) > 1 and far[-1] - far[-2] <= 2
        return words[far[-2] if joined else far[-1] :].replace("了", "", 1)
    cut = max(words.rfind(sign, 0, -3) for sign in "为将对向给让使")
    return words[cut + 1 :][-longest:] if cut >= 0 else words[-longest:]


def _listing_verb(words: str) -> str:
    """The verb of a list: `解决` in `帮助企业解决用工、用地`, `开展` in `开展政策宣讲、义诊`."""
    first = words.split("、", 1)[0]
    found = [match for start in verb_starts(first) if (match := VERB.match(first, start)) is not None]
    return next((match[0] for match in reversed(found) if match[0] not in NOUN_LIKE), "")


def verb_before(left: str) -> str:
    """The verb phrase that governs the noun behind the figure: `推动打造`, `流转集体`; "" without one."""
    if (each := EACH.search(left)) is not None:
        return each[0]
    starts = [start for start in verb_starts(left) if len(left) - start <= 8]
    if starts:
        return left[starts[0] :]
    return left if len(left) <= 4 else ""


_OF_ALL = re.compile(r"(?:了|出|到)?(?:全[市县旗区镇乡村盟])?")


def without_governing(noun: str) -> str:
    """The noun behind a figure without the verb that governs the next figure: `12家企业` `带动` 300户."""
    start = next(reversed(verb_starts(noun)), 0)
    verb = leading_verb(noun[start:])
    governs = start > 1 and verb not in NOUN_LIKE and _OF_ALL.fullmatch(noun, start + len(verb))
    return noun[:start].removesuffix("每人") if governs else noun


def leading_verb(words: str) -> str:
    """The verb that the words begin with, or ""."""
    match = VERB.match(words)
    return match[0] if match else ""
