"""By which last words a name is known to be a body's, what sort of body that is, and what else it needs.

A Chinese name of a body ends in a word that says what it is (`…公安局`, `…有限公司`, `…党支部`). The
table lists these tails; the longest that fits counts, so that `税务局` is known before `局`. What a name
needs beside its tail tells a body from a kind of body: `组织部` is one only below a place or a
committee, `公司` only with a name of its own.
"""

from enum import StrEnum

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from importers.extract.organisations.stems import BUREAUS, CENTRES, COMMISSIONS, OFFICES, SQUADS
from kb.vocabulary import OrganisationCategory as Category


class Need(StrEnum):
    """What a tail needs before it to be the name of one body."""

    HEAD = "head"
    """A place, a level (`区委组织部`) or another body: `组织部`, `公安局`."""
    NAME = "name"
    """A head or a proper name: `公司`, `中学`, `志愿服务队`."""
    SELF = "self"
    """Nothing: `国务院`."""


class Tail(Struct, frozen=True):
    """The last word of a body's name and what follows from it."""

    word: str
    category: Category
    need: Need
    not_before: tuple[str, ...] = ()
    """Words that, standing after the tail, make it part of another word: 局 before 面."""
    not_after: str = ""
    """Signs that, standing before the tail, make it part of another word: 局 after 格."""
    only_after: str = ""
    """Signs of which one must stand before the tail, if any are given: 委 after 市."""

    def fits(self, plain: str, start: int, end: int) -> bool:
        """Whether what stands beside the tail leaves it a word of its own."""
        if self.not_before and plain.startswith(self.not_before, end):
            return False
        before = plain[start - 1 : start]
        if before and before in self.not_after:
            return False
        return not self.only_after or (bool(before) and before in self.only_after)


class Row(Struct, frozen=True):
    """Tails of one sort: every stem with every word."""

    category: Category
    need: Need
    words: str
    stems: str = ""
    not_before: str = ""
    not_after: str = ""
    only_after: str = ""


_TABLE = (
    # ---- party: 中共中央, 旗委, 镇党委, 社区党支部
    Row(Category.PARTY_COMMITTEE, Need.SELF, "中共中央 党中央 中央政治局", not_before="政 办 组 宣 统 纪"),
    Row(Category.PARTY_COMMITTEE, Need.HEAD, "党委 党工委 党组 联合党委 机关党委", not_before="织"),
    Row(Category.PARTY_COMMITTEE, Need.HEAD, "党委会", not_before="同 议 商"),
    Row(
        Category.PARTY_COMMITTEE,
        Need.HEAD,
        "委",
        not_before="员 托 会 派 屈 婉 任 办 身 以重 内",
        only_after="市旗县区盟州省",
    ),
    Row(Category.PARTY_COMMITTEE, Need.HEAD, "委会", only_after="市旗县区盟州省"),
    Row(
        Category.PARTY_DEPARTMENT,
        Need.SELF,
        "中央组织部 中央宣传部 中央统战部 中央纪委 中央政法委 中央社会工作部",
    ),
    Row(
        Category.PARTY_COMMITTEE,
        Need.HEAD,
        "党委 党工委",
        "园区 商圈 行业 综合 区域 大 网格 联盟 产业链 楼宇 两新 “两新” 非公",
    ),
    Row(Category.PARTY_GENERAL_BRANCH, Need.NAME, "党总支 党总支部 联合党总支"),
    Row(Category.PARTY_BRANCH, Need.NAME, "党支部 联合党支部 临时党支部 支部委员会"),
    Row(
        Category.PARTY_DEPARTMENT,
        Need.HEAD,
        "组织部 宣传部 统战部 统一战线工作部 政法委 政法委员会 老干部局 离退休干部局 直属机关工委 "
        "直机关工委 机关工委 直工委 两新工委 “两新”工委 非公有制经济组织和社会组织工委 "
        "非公经济组织和社会组织工委 新经济组织和新社会组织工委 非公工委 教育工委 卫健工委 国资工委 "
        "园区工委 纪委监委 纪委 监委 纪工委 监察委员会 纪检监察组 派驻纪检监察组 纪检监察工委 "
        "纪律检查委员会 编办 编委办 机构编制委员会办公室 网信办 巡察办 巡察组 巡视组 社会工作部 社工部 "
        "社会工作委员会 党史研究室 党史办 党史地方志研究室 讲师团 政研室 政策研究室 改革办 督查室 保密局 "
        "机要局 委办公室 党政办 党建办 党建工作办公室 党群工作部 党群工作办公室 党建工作部 党委办公室 "
        "机关党建工作部",
        not_before="分 署 门 落",
    ),
    Row(
        Category.PARTY_DEPARTMENT,
        Need.NAME,
        "党校 行政学院 党群服务中心 党群活动服务中心 党建服务中心 党员服务中心 党群活动中心",
    ),
    # ---- government: 公安局, 边境派出所, 街道办事处
    Row(Category.GOVERNMENT, Need.HEAD, "局 分局 局分局", BUREAUS, not_before="面 限 部 势"),
    Row(
        Category.GOVERNMENT,
        Need.HEAD,
        "局",
        not_before="面 限 部 势 域",
        not_after="局格布结全大开当时政战棋僵平破危邮出终残",
    ),
    Row(Category.GOVERNMENT, Need.HEAD, "分局", not_before="面 限 部 势"),
    Row(Category.GOVERNMENT, Need.HEAD, "委 委员会", COMMISSIONS, not_before="员 托 会 派 任"),
    Row(Category.GOVERNMENT, Need.HEAD, "厅", BUREAUS),
    Row(Category.GOVERNMENT, Need.HEAD, "办 办公室", OFFICES, not_before="公 理 法 好 事 实 案 学"),
    Row(Category.GOVERNMENT, Need.HEAD, "支队 大队 中队 总队 救援站 执法局 检查站", SQUADS),
    Row(Category.GOVERNMENT, Need.HEAD, "支队 大队 中队 总队 办公室"),
    Row(
        Category.GOVERNMENT,
        Need.HEAD,
        "办事处 人武部 人民武装部 武装部 军分区 派出所 边境派出所 边防派出所 司法所 税务所 财政所 "
        "市场监管所 市场监督管理所 国土所 自然资源所 交警队 城管队 综合执法局 综合行政执法局 人民政府 "
        "管委会 管理委员会 人大常委会 人民代表大会常务委员会 人大工委 政协委员会 法院 人民法院 "
        "中级人民法院 检察院 人民检察院 法庭 人民法庭 看守所 拘留所 监狱 强制隔离戒毒所 海关 边检站 "
        "出入境边防检查站 边防检查站 税务分局 行政公署 公署 行署 行署办公室 综合办公室 综合保障中心 "
        "人才工作局 人民政府办公室 政府办公室 收费所 征收所",
    ),
    Row(
        Category.GOVERNMENT, Need.HEAD, "政府", not_before="采购 工作 部门 补 投资 性 职 主导 引导 兜底 机关"
    ),
    Row(
        Category.GOVERNMENT,
        Need.HEAD,
        "人大 政协",
        not_before="代表 选举 会 制度 监督 换届 工作联络 委员 提案 协商",
    ),
    Row(Category.GOVERNMENT, Need.SELF, "国务院 全国人大常委会 全国政协"),
    # ---- mass organisations: 工会联合会, 团旗委, 妇联
    Row(
        Category.MASS_ORGANISATION,
        Need.HEAD,
        "总工会 工会联合会 工会委员会 工会 团委 团工委 团支部 团总支 妇联 妇女联合会 妇委会 妇工委 残联 "
        "残疾人联合会 文联 文学艺术界联合会 科协 科学技术协会 侨联 工商联 工商业联合会 红十字会 关工委 "
        "关心下一代工作委员会 慈善总会 慈善协会 青联 青年联合会 记协 社科联 作协 学联 少工委 计生协会 "
        "计生协 老年体协 老科协 老促会 个私协会",
        not_before="会 员 化 经费 建 小组 工作 调 商 作 助 议 定",
    ),
    Row(
        Category.MASS_ORGANISATION,
        Need.NAME,
        "协会 学会 商会 联合会 促进会 基金会 研究会 志愿者协会 志愿服务联合会 行业协会",
    ),
    # ---- institutions: 中学, 医院, 博物馆, 登记中心
    Row(
        Category.INSTITUTION,
        Need.NAME,
        "中学 小学 幼儿园 高中 初中 高级中学 职业中学 职业高中 中等职业学校 职业学校 特殊教育学校 学校 "
        "实验学校 一中 二中 三中 四中 五中 六中 七中 八中 九中 十中 一小 二小 三小 四小 五小 六小 附小 "
        "附中 职教中心",
        not_before="生 龄 习 全会 心 国 步 时 部 半 段 块",
    ),
    Row(Category.INSTITUTION, Need.NAME, "大学 学院", not_before="生 东 西 南 北 路 毕 城 本科 专科 堂"),
    Row(
        Category.INSTITUTION,
        Need.NAME,
        "医院 人民医院 中医医院 蒙医医院 蒙医中医医院 中心医院 附属医院 妇幼保健院 卫生院 中心卫生院 "
        "卫生服务中心 社区卫生服务中心 卫生监督所 卫生所 福利院 儿童福利院 敬老院 养老院 光荣院 "
        "养老服务中心 康养中心 干休所 博物馆 纪念馆 图书馆 文化馆 体育馆 科技馆 展览馆 档案馆 美术馆 "
        "规划馆 陈列馆 群众艺术馆 群艺馆 党史馆 史志馆 青少年宫 少年宫 文化宫 工人文化宫 剧院 乌兰牧骑 "
        "文物保护管理所 文管所 研究院 研究所 科学院 设计院 设计研究院 农科院 林科院 试验站 气象站 监测站 "
        "水文站 养护站 公路养护站 文化站 综合文化站 兽医站 农牧业服务中心 林场 实践所 文明实践所 "
        "新时代文明实践所 新时代文明实践所（站） 文明实践所（站） 新时代文明实践站 文明实践站 血站 "
        "中心血站 管护局 管理处 管护站 管理站 管理局 救助站 殡仪馆 公积金中心 陵园 烈士陵园 干部学院 "
        "党性教育基地",
        not_before="生",
    ),
    Row(
        Category.INSTITUTION, Need.HEAD, "中心", CENTRES, not_before="大局 任务 城区 思想 环节 工作。 工作，"
    ),
    Row(
        Category.INSTITUTION,
        Need.HEAD,
        "中心",
        not_before="城 广场 小 街 路 组",
        not_after="市区镇村县城为旗",
    ),
    # ---- enterprises: 有限公司, 支行, 煤矿
    Row(
        Category.ENTERPRISE,
        Need.NAME,
        "公司 有限公司 有限责任公司 股份有限公司 股份公司 集团公司 分公司 子公司 总公司 集团 集团有限公司 "
        "集团有限责任公司 供电公司 供电分公司 供电所 营业部 事业部 项目部 分厂 煤矿 露天煤矿 "
        "铁矿 金矿 矿业 选矿厂 电厂 发电厂 热电厂 水厂 污水处理厂 化工厂 糖厂 乳业 商场 商厦 百货 购物中心 "
        "商城 旅行社 专业合作社 合作社 联社 合作联社 农民专业合作社 农牧民专业合作社 股份经济合作社 "
        "经济合作社 "
        "供销社 供销合作社 供销合作社联合社 供销合作联社 银行 商业银行 农商银行 农村商业银行 村镇银行 "
        "支行 分行 信用社 信用联社 农信社 邮政储蓄银行 酒店 宾馆 农场 牧场 种养殖场 养殖场 律师事务所 "
        "会计师事务所 事务所 车务段 机务段 工务段 电务段 供电段 客运段 车辆段 客运站 火车站 保险公司 油田 "
        "采油厂 税务师事务所 产业园公司 家庭农场 加油站",
        not_before="级 化 制",
    ),
    Row(
        Category.ENTERPRISE,
        Need.SELF,
        "局 局集团",
        " ".join(f"中{k}{n}" for k in "铁建交" for n in "一二三四五六七八九十"),
    ),
    Row(
        Category.ENTERPRISE,
        Need.SELF,
        "中国银行 中国人民银行 中国农业银行 农业银行 中国工商银行 工商银行 中国建设银行 建设银行 交通银行 "
        "招商银行 中国邮政储蓄银行 邮政储蓄银行 邮储银行 中国农业发展银行 农业发展银行 农发行 "
        "国家开发银行 蒙商银行 内蒙古银行 内蒙古农商银行",
    ),
    Row(Category.GOVERNMENT, Need.SELF, "国家税务总局 国家统计局"),
    # ---- communities acting as bodies: 居委会
    Row(
        Category.COMMUNITY,
        Need.HEAD,
        "居委会 居民委员会 村委会 村民委员会 嘎查委员会 嘎查村委会 嘎查委会 社区居委会 社区居民委员会 "
        "业委会 业主委员会",
    ),
    # ---- teams with a name: 宣讲小分队
    Row(
        Category.VOLUNTEER_TEAM,
        Need.NAME,
        "志愿服务队 志愿者服务队 志愿服务小队 志愿服务小分队 志愿服务分队 志愿服务总队 志愿服务支队 "
        "志愿服务大队 志愿队 志愿者队 志愿者团队 志愿服务团队 志愿宣讲队 志愿宣讲团 宣讲小分队 宣讲分队 "
        "宣讲小队 宣讲队 宣讲团 小分队 先锋队 应急先锋队 突击队 党员突击队 先锋服务队 服务队 服务小队 "
        "服务小分队 服务团 帮帮团 轻骑兵 宣讲轻骑兵 调解团 议事团 顾问团 助力团 管家团 "
        "帮办队 代办队 文艺队 巡逻队 护边队 调解队 救援队 应急救援队 义工队 "
        "志愿者联盟 志愿服务社",
    ),
    # ---- media: 融媒体中心
    Row(
        Category.MEDIA,
        Need.NAME,
        "日报社 报社 晚报社 电视台 广播电视台 广播电台 融媒体中心 传媒集团 报业集团 新闻网",
    ),
    Row(Category.MEDIA, Need.SELF, "新华社 人民日报社 中央广播电视总台"),
    # ---- other standing bodies: 领导小组, 艺术团
    Row(
        Category.OTHER,
        Need.HEAD,
        "领导小组 协调小组 领导小组办公室 工作领导小组 工作领导小组办公室 工作专班 指挥部 工作委员会 "
        "促进中心 委员会 委员会办公室 协调小组办公室",
        not_before="员",
    ),
    Row(Category.OTHER, Need.NAME, "艺术团 文艺团 合唱团 歌舞团 秧歌队 文艺宣传队"),
)


def _tails() -> dict[str, Tail]:
    """Every tail by its word; the first row that lists a word decides about it."""
    tails: dict[str, Tail] = {}
    for row in _TABLE:
        for stem in row.stems.split() or [""]:
            for word in row.words.split():
                tail = Tail(
                    stem + word,
                    row.category,
                    row.need,
                    tuple(row.not_before.split()),
                    row.not_after,
                    row.only_after,
                )
                tails.setdefault(tail.word, tail)
    return tails


TAILS = _tails()
"""Every tail by its word."""

# Read from the right, because names are told by their ends and ends have few different signs.
_BACKWARDS = AhoCorasick([word[::-1] for word in TAILS], matchkind=MatchKind.LeftmostLongest)


def find_tails(plain: str) -> list[tuple[int, int, Tail]]:
    """Spans and tails of a plain text in reading order; no two overlap, the longest at an end counts."""
    length, found = len(plain), []
    for _, begin, stop in _BACKWARDS.find_matches_as_indexes(plain[::-1]):
        start, end = length - stop, length - begin
        tail = TAILS[plain[start:end]]
        if tail.fits(plain, start, end):
            found.append((start, end, tail))
        elif plain[start:end] == "党委会":  # 机关党委会同某局: 会 is the verb's
            found.append((start, end - 1, TAILS["党委"]))
    found.reverse()
    return found
