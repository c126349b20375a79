"""Names of undertakings without quotes: a word as brands have it and a head word (`北疆先锋工程`).

Each pattern has a printed example. A generic noun (`党群服务中心`, `文化活动`) has no such word and is none.
"""

import re

from importers.extract.initiatives.heads import HEAD_KINDS
from importers.extract.initiatives.quoted import Candidate
from importers.extract.initiatives.words import BRAND_WORDS, SETTING_UP
from importers.extract.trie import trie_pattern
from kb.vocabulary import InitiativeKind as Kind

_HAN = r"[^\W的了着是在把将让被给等其各我们这那和与及为以对向从到_]"
_SITE = """
    大讲堂 讲堂 驿站 工坊 书屋 书吧 会客厅 议事厅 工作室 学堂 超市 小院"""
_BRANDED = """
    大讲堂 讲堂 驿站 工坊 书屋 会客厅 议事厅 工作室 学堂 课堂 超市 工程 行动 计划 品牌 银行 联盟 小屋
    港湾"""
_OCCASION = """
    运动会 读书会 大赛 比赛 竞赛 艺术节 文化节 旅游节 美食节 那达慕 论坛 读书节 音乐节"""
_ENTERED = "校园 社区 企业 机关 农村 牧区 万家 军营 乡村 网格 家庭"
_SHOW = (
    "舞台剧|情景剧|情景党课|话剧|音乐剧|歌舞剧|舞剧|小品|微电影|音乐会|歌舞晚会|文艺演出"
    "|党课|实景剧|广播剧|二人台"
)

# What a place of service is called everywhere: 文化讲堂, 党员驿站.
_GENERIC = re.compile(
    "^(?:道德|文化|农家|草原|社区|党员|党建|志愿|便民|健康|老年|职工|青年|妇女|儿童|创新|劳模|科普|法律|调解|嘎查|农牧|街道|城市|公益"
    "|新时代|乡村|村级|书记|技能|爱心|连锁|大型|小型|名师|名医|律师|个人|百姓|市民|群众|网格|邻里|户外|劳动者|心理|廉政|法治|国学|家长)"
)

# One of what each pattern needs to be tried at all, its kind where the head word does not tell it, its form.
_PATTERNS: tuple[tuple[str, tuple[str, ...], Kind | None, re.Pattern[str]], ...] = (
    # 实施北疆先锋工程; 组建红色商户联盟
    (
        "brand",
        tuple(_BRANDED.split()),
        None,
        re.compile(
            rf"(?:{BRAND_WORDS}){_HAN}{{0,6}}?(?P<head>{trie_pattern(_BRANDED.split())})(?![队室员点中基平])"
        ),
    ),
    # 打造了甲乙讲堂、丙丁书屋
    (
        "site",
        tuple(_SITE.split()),
        None,
        re.compile(
            rf"(?<=[、了个处座家所间设成造立办建]){_HAN}{{2,5}}?(?P<head>{trie_pattern(_SITE.split())})(?![队室员])"
        ),
    ),
    # 首届草原文化旅游节; 第三届农牧民运动会
    (
        "occasion",
        ("届",),
        Kind.EVENT,
        re.compile(
            rf"(?:首届|第[一二三四五六七八九十\d]{{1,3}}届){_HAN}{{2,16}}?(?P<head>{trie_pattern(_OCCASION.split())})"
        ),
    ),
    # 万名党员进万家活动; 百名书记讲党课行动
    (
        "many",
        ("百名", "千名", "万名"),
        Kind.CAMPAIGN,
        re.compile(rf"[百千万]名{_HAN}{{2,6}}[进帮联讲访包下]{_HAN}{{1,4}}(?:活动|行动|工程|计划)?"),
    ),
    # 开展普法宣传进牧区活动
    (
        "enter",
        tuple(f"进{place}" for place in _ENTERED.split()),
        Kind.CAMPAIGN,
        re.compile(rf"(?<=[展动办行了]){_HAN}{{2,8}}进(?:{'|'.join(_ENTERED.split())})(?:活动|行动)"),
    ),
    # 将每月15日定为党员议事日
    (
        "fixed day",
        ("定为",),
        Kind.MECHANISM,
        re.compile(rf"(?<=定为)(?!每){_HAN}{{2,7}}[一-龥](?<![一二三四五六七八九十末期])[日周](?![期常])"),
    ),
    # 举行党员集中奉献日活动
    (
        "day",
        ("日活动",),
        Kind.CAMPAIGN,
        re.compile(
            "(?:党员|书记|干部|代表|委员|民情|居民|村民|牧民|邻里)(?:集中|固定|统一|志愿|义务|联系|下沉)?"
            "(?:服务|奉献|接待|接访|走访|议事|协商|恳谈|公益|开放)日活动"
        ),
    ),
    # 推行牧民党员积分制管理
    (
        "scored",
        ("积分制管理",),
        Kind.MECHANISM,
        re.compile(rf"(?<=[行索施]){_HAN}{{2,8}}积分制管理(?:办法|制度|模式)?"),
    ),
    # 开展养老服务质量提升行动，
    (
        "improving",
        ("提升行动",),
        Kind.CAMPAIGN,
        re.compile(rf"(?<=开展|实施|启动){_HAN}{{4,12}}(?:优化|质量|能力|效能|水平)提升行动"),
    ),
    # 三步工作法
    (
        "steps",
        ("工作法",),
        Kind.MECHANISM,
        re.compile(rf"(?<![一二三四五六七八九十第])[一二三四五六七八九十]{_HAN}{{1,3}}工作法"),
    ),
)
_NEEDS_VERB = frozenset({"brand", "site"})
_VERB = re.compile(SETTING_UP)
_TITLE = re.compile(r"《([^《》\n]{1,20})》")
_SHOW_BEFORE = re.compile(rf"(?:{_SHOW}){{1,2}}(?:——)?$")


def unquoted_names(plain: str) -> list[Candidate]:
    """The names without quotes; their kind by the head word."""
    found = _shows(plain) if "《" in plain else []
    for name, needed, kind, pattern in _PATTERNS:
        if _has(plain, needed):
            found += [
                _candidate(match, kind) for match in pattern.finditer(plain) if _is_name(plain, name, match)
            ]
    return found


def _has(plain: str, words: tuple[str, ...]) -> bool:
    """Whether the text has one of the words; written out, as it is asked of every text many times."""
    for word in words:  # noqa: SIM110
        if word in plain:
            return True
    return False


def _is_name(plain: str, pattern: str, match: re.Match[str]) -> bool:
    """Whether a match is no generic noun, and something sets it up where that is needed."""
    if pattern == "site" and _GENERIC.match(match[0]):
        return False
    return pattern not in _NEEDS_VERB or bool(_VERB.search(_clause(plain, match.start())))


def _candidate(match: re.Match[str], kind: Kind | None) -> Candidate:
    """The name of a match, of the given kind or of that of its head word."""
    return Candidate(*match.span(), match[0], name=match[0], kind=kind or HEAD_KINDS[match["head"]])


def _shows(plain: str) -> list[Candidate]:
    """Performances by their titles: 舞台剧《甲乙》, 情景党课——《丙丁》."""
    found = []
    for title in _TITLE.finditer(plain):
        genre = _SHOW_BEFORE.search(plain[max(0, title.start() - 10) : title.start()])
        if genre:
            name = genre[0].replace("——", "") + title[0]
            start = title.start() - len(genre[0])
            found.append(Candidate(start, title.end(), title[1], name=name, kind=Kind.EVENT))
    return found


def _clause(plain: str, pos: int) -> str:
    """What stands before a name in its clause; at most 24 signs."""
    window = plain[max(0, pos - 24) : pos]
    return re.split("[，。；！？\n]", window)[-1]
