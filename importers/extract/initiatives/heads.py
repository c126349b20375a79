"""The words that say what sort of thing a name names: `…”主题党日活动`, `…”工作机制`, `…驿站`.

A head word decides an initiative's kind (DOMAIN.md, Initiative). The table is data; what follows it
finds the noun phrase beside a quoted name: `“甲乙”` + `新时代文明实践` + `志愿服务` + `活动`.
"""

import re

from msgspec import Struct

from importers.extract.trie import trie_pattern
from kb.vocabulary import InitiativeKind

_HEADS_BY_KIND = {
    InitiativeKind.EVENT: """
        主题党日活动 主题党日 党日活动 党日 党课 微党课 比拼 比武 擂台赛 竞赛 大赛 比赛 联赛 邀请赛
        对抗赛 运动会 读书会 悦读会 分享会 故事会 诵读会 朗诵会 演讲 音乐会 演唱会 歌会 歌咏 晚会 联欢会
        演出 巡演 汇演 展演 宣讲 宣讲会 报告会 座谈会 恳谈会 论坛 研讨会 启动仪式 那达慕 培训班 观摩会
        快闪 义诊 游戏 游园会 文化节 艺术节 美食节 旅游节 邻里节 睦邻节 音乐节 图片展 书画展 展览 大集 市集
        集市 观影 诗会""",
    InitiativeKind.CAMPAIGN: """
        活动 主题活动 系列活动 系列主题活动 行动 工程 计划 志愿服务 评选 创建 走访 大走访 攻坚战 大讨论
        学习教育 主题教育 专题教育 实践教育 宣传教育 服务月 活动月 宣传月 活动周 宣传周 沙龙 接力 大调研
        大排查 大练兵 大培训 专项整治 工作 辅导""",
    InitiativeKind.BRAND: "品牌 子品牌 名片 商标",
    InitiativeKind.MECHANISM: """
        机制 模式 制度 工作法 学习法 治理法 管理法 服务法 教学法
        议事法 议事会 调解法 宣讲法 帮带法 体系 架构 办法 方案 路径 路子 网络 套餐 套餐服务
        负责制 责任制 承诺制 积分制 评定 规矩 包联制 认领制 派单制 例会制 公约 联盟 做法 服务 管理 清单 流程
        举措 组织链条 工作链条 治理链条 服务链条 责任链条""",
    InitiativeKind.PROJECT: "项目 线路 路线",
    InitiativeKind.FACILITY: """
        驿站 工坊 书屋 书吧 书房 书院 中心 平台 讲堂 大讲堂 讲坛 课堂 学堂 党校 夜校 窗口 专窗 热线 专线
        工作室 超市 会客厅 客厅 议事厅 议事亭 议事室 议事点 说事点 调解点 宣讲点 服务窗 阵地 基地 长廊
        服务站 服务站点 服务点 站点 工作站 联络站 联络点 实践站 示范点 服务岗 责任岗 示范岗 先锋岗 责任区 专区
        专栏 专刊 小程序 公众号 视频号 直播间 广播 食堂 餐厅 小院 大院 展厅 展馆 之家 小屋 港湾 小站 营地
        银行 调解室 接待室 岗亭 警务室 加油站 充电站 服务圈 信箱 朋友圈 微信群 服务群 抖音号""",
}

# These stand after ordinary words as well (`“零距离”服务`), so they say less than the others.
WEAK_HEADS = frozenset(
    {
        "服务",
        "辅导",
        "举措",
        "评定",
        "管理",
        "工作",
        "清单",
        "流程",
        "名片",
        "做法",
        "路子",
        "朋友圈",
        "服务圈",
    }
)

# `推出“甲乙”举措`; `“甲乙”行动的一项重要举措` says what the name is for.
_DIRECT = frozenset({"举措"})

# What a quoted word may qualify without naming an undertaking: a body, a person, an idea, a prize.
_NO_INITIATIVE = """
    志愿者 志愿服务队 服务队 宣讲团 宣讲队 小分队 先锋队 突击队 工作队 轻骑兵 队伍 团队 队 党支部 党总支
    党委 联合党委 帮帮团 团 网格员 党员 干部 标兵 称号 奖项 奖 荣誉 单位 人物 代表 榜样 问题 理念 精神
    意识 目标 原则 要求 作用 优势 功能 效应 难题 方针 战略 思想 论断 倡议 组织 公司 协会 委员会 字样
    事迹 故事 风尚 时代 政策 人才 企业 群体 支部书记 书记 主任 证书 奖牌 牌匾 锦旗"""

HEAD_KINDS = {word: kind for kind, words in _HEADS_BY_KIND.items() for word in words.split()}

HEAD = trie_pattern(HEAD_KINDS)
_OCCASIONS = trie_pattern(word for word, kind in HEAD_KINDS.items() if kind is InitiativeKind.EVENT)

# What a noun phrase is made of: any sign but punctuation and the words that end one (的 了 在 …).
NOUN_SIGN = (
    r"[^的了着是在把将让被给等其该每我这那就也都又您你他她它吗呢至及并而，。；：、！？“”‘’（）《》—…\s]"
)

# A verb between a quoted name and the next head word: the head belongs to another phrase
# (`“甲乙”带动各类志愿服务`).
VERB_BETWEEN = re.compile(
    "开展|召开|累计|推送|举办|举行|组建|推动(?!机制|体系)|推进(?!机制|体系)|带动|促进|激发|凝聚|延伸|解决|打通|破解|通过|依托|成为|走进|纳入|融入|进行|深入"
    "|获得|荣获|得到|采取|如何|以及|完成|助力|覆盖|参与|吸引|串联|构建|打造|建立|形成|实现|提供|落实|围绕|帮助|发展成"
    "|传递|贯穿|利用|作为|方面|征集|汇聚|引导|延长|搭建|共建共享|为了|有效|不断|全面|切实|问题|理念|精神|意识|这一|先后|已经"
    "|开设|设立|设置|建成|启动|推行|推出|成立|创办|实施(?!方案|办法)"
    "|为(?![民老农企侨爱])|和(?![谐美睦平])|(?<!参)与(?!会)"
)

# What makes another word of a head word: 活动室, 项目组, 工程师.
_LONGER_WORD = re.compile("[室队员者组团化性力费证师委]|载体|场所|家园|形式|方式")
# A weak head ends its phrase: 服务群众, 工作进展, 管理水平 name nothing.
_ENDS_PHRASE = re.compile("[，。；：、！？”’）《“\\s的了在为是将让使把被和与及中等已有上后时前之以从到]|$")

# “街道党工委—社区党总支—网格党支部”上下贯通的组织架构: how far a chain reaches, before its head word.
_REACHING = "(?:(?:上下|纵向|横向)?(?:一[贯抓插竿]到底|贯通|贯穿|到[底边]|联动|衔接)、?){1,3}的"
_LINK = rf"(?P<link>等(?:“[^”“]{{1,10}}”)?的?|的|{_REACHING}|)"
_COUNT = r"(?:一系列|一批|(?:[一二三四五六七八九十两几多]|\d{1,3})余?[大项个种类支批次场])?"
_PHRASE = rf"(?P<words>{NOUN_SIGN}{{0,14}}?(?P<head>{HEAD}))"
_AFTER = re.compile(_LINK + _COUNT + _PHRASE)
_MORE = re.compile(rf"{NOUN_SIGN}{{0,2}}?({HEAD})")
_ETC = re.compile(r"等" + _COUNT + _PHRASE)
# 以“甲乙”为主题的党日活动; 以“甲乙”为主题，组织开展主题党日活动
_THEME = re.compile(
    r"为主题的?，?(?:组织|集中|联合|广泛|深入|共同|认真|精心|积极)*(?:开展|举办|举行|召开)?[了的]?"
    r"(?:一[场次])?" + _PHRASE
)
_OTHER = re.compile(rf"(?:的|中的|等)?{NOUN_SIGN}{{0,6}}?(?:{trie_pattern(_NO_INITIATIVE.split())})")
# A name may stand right after these: 品牌“甲乙”; after 评选, 宣讲 and the like stands an object.
_BEFORE = re.compile(
    "(?P<head>品牌|项目|活动|行动|工程|计划|机制|模式|制度|工作法|平台|课堂|讲堂|驿站|工作室|专栏)(?:——|—|：)?$"
)


# 此次主题党日活动的主题是“甲乙”: the occasion that a theme is given to.
_THEME_OF = re.compile(rf"(?P<words>(?P<head>{_OCCASIONS}))的?主题[是为](?:——|：)?$")
# “甲乙”是某镇打造的党建服务品牌: what a name is said to be.
_SAID_TO_BE = re.compile(
    r"是[^，。；！？“”]{2,24}(?:打造|推出|创建|开展|实施|建立|设立|探索|推行|培育|创办|开通)的" + _PHRASE
)


# Most quotations end a phrase: no head word follows. The empty string stands for the text's end.
_NO_NOUN = frozenset({"", *"，。；：、！？“”‘’（）《》\n"})


class HeadPhrase(Struct, frozen=True):
    """The noun phrase with a head word beside a quoted name: `能力提升行动`."""

    words: str
    head: str
    link: str
    """How it is tied to the name: `` directly, `的`, `等`, `是`, `为主题`, or `before` the name."""
    end: int
    """Where the phrase ends in the text; where the name's own quote ends for `before`."""

    @property
    def kind(self) -> InitiativeKind:
        """What the head word stands for."""
        return HEAD_KINDS[self.head]

    @property
    def weak(self) -> bool:
        """Whether the head also stands after words that name nothing."""
        return self.head in WEAK_HEADS


def head_after(plain: str, pos: int) -> HeadPhrase | None:
    """The head phrase that follows a closing quote at `pos`, if one does."""
    if plain[pos : pos + 1] in _NO_NOUN:
        return None
    if plain.startswith("为主题", pos):
        return _phrase(plain, _THEME.match(plain, pos), "为主题")
    if plain[pos] == "是":
        return _phrase(plain, _SAID_TO_BE.match(plain, pos), "是")
    match = _AFTER.match(plain, pos)
    link = match["link"] if match else ""
    return _phrase(plain, match, link[:1] if link.startswith("等") else link[-1:])


def shared_head(plain: str, pos: int) -> HeadPhrase | None:
    """The phrase after 等 that all names of a list share: `“甲”、“乙”志愿服务等` + `活动`."""
    return _phrase(plain, _ETC.match(plain, pos), "等")


def head_before(plain: str, start: int, end: int) -> HeadPhrase | None:
    """The head phrase right before an opening quote: `打造党建品牌“甲乙”`."""
    if plain[start - 1 : start] in ("是", "为", "：", "—") and "主题" in plain[max(0, start - 5) : start]:
        theme = _THEME_OF.search(plain, max(0, start - 16), start)
        return HeadPhrase(theme["words"], theme["head"], "", end) if theme else None
    match = _BEFORE.search(plain, max(0, start - 6), start)
    if not match:
        return None
    return HeadPhrase(match["head"], match["head"], "before", end)


def names_no_initiative(plain: str, pos: int) -> bool:
    """Whether the noun after a closing quote is a body, a person, an idea: `“甲乙”志愿者`."""
    return bool(_OTHER.match(plain, pos))


def _phrase(plain: str, match: re.Match[str] | None, link: str) -> HeadPhrase | None:
    """The phrase of a match, lengthened by the heads that follow: 专项行动 + 项目."""
    if match is None or VERB_BETWEEN.search(match["words"]):
        return None
    if match["head"] in _DIRECT and (link or match["words"] != match["head"]):
        return None
    start, end, head = match.start("words"), match.end(), match["head"]
    for _ in range(3):
        more = _MORE.match(plain, end)
        if not more or VERB_BETWEEN.search(more[0]):
            break
        if head.endswith("品牌") and more[0] == "创建":
            break  # a brand that is being made is a brand
        end, head = more.end(), more[1]
    if _LONGER_WORD.match(plain, end) or (head in WEAK_HEADS and not _ENDS_PHRASE.match(plain, end)):
        return None
    return HeadPhrase(plain[start:end], head, link, end)
