"""The units of newspaper figures: measures, money, times, and the measure words of Chinese.

A unit is looked up by its first character, longest first, so `人次` is found before `人`.
"""

from collections import defaultdict

from importers.extract.metrics.words import word_set

MONEY = word_set("元 块钱 美元 欧元 日元 港元 人民币 元钱")

SHARES = word_set("% ‰ 个百分点 百分点 倍 成 番")

DURATIONS = word_set(
    "年 个月 个多月 个半月 周 个星期 星期 天 日 个工作日 工作日 个小时 小时 个钟头 分钟 秒 秒钟 昼夜 余载 ",
    "载",
)

MEASURES = word_set(
    "平方公里 平方千米 平方米 平方 平米 立方米 立方 公里 千米 延长米 延米 米 厘米 毫米 公顷 亩 顷 垧 ",
    "吨 公斤 千克 市斤 斤 克 毫克 升 毫升 千瓦时 千瓦 兆瓦 吉瓦 度电 度 摄氏度 ℃ 兆 GB MB 课时 学时 ",
    "个课时 个学时 学分 积分 分 岁 人天 人日 工时 个工时",
)

# Joint units count two things at once and need no noun after them.
COUNTS_JOINT = word_set(
    "大类 大项 ",
    "人次 场次 户次 家次 车次 班次 批次 件次 条次 篇次 台次 架次 例次 列次 期次 轮次 次人次 头只 ",
    "万头只 站次 岗次 队次 辆次 艘次 单次 处次 项次 点次 人份 床位 学位 岗位 车位 泊位 席位 座位 工位",
)

# Bodies and places counted without a measure word: `3镇12村`, `8部门联合`.
COUNTS_BARE = word_set(
    "部门 旗县区 旗县 盟市 县区 县市区 省区 省份 省区市 乡镇 苏木镇 镇街 街镇 嘎查村 村社区 社区 小区 ",
    "嘎查 村 镇 苏木",
)

CLASSIFIERS = word_set(
    "个 名 人 户 家 件 条 次 场 期 项 处 支 台 套 面 封 篇 份 册 本 部 座 间 栋 幢 辆 盏 棵 株 头 只 ",
    "匹 峰 口 位 对 组 队 块 片 段 层 句 幅 张 枚 把 桶 袋 箱 瓶 盒 罐 包 捆 顿 餐 例 宗 起 桩 单 门 ",
    "堂 节 讲 轮 趟 课 岗 所 批 类 种 样 款 字 页 集 则 首 幕 版 档 票 席 床 架 艘 列 笔 丛 垛 窝 茬 ",
    "眼 孔 根 扇 副 ",
    "双 盆 束 朵 筐 道 尊 颗 粒 枝 帧 卷 辑 盘 杯 碗 桌 遍 车 人家 名额 人口 棚 栏 羽 尾 ",
    "株次 枚次 件套 台套 吨位",
)

UNITS = MONEY | SHARES | DURATIONS | MEASURES | COUNTS_JOINT | COUNTS_BARE | CLASSIFIERS

# A measure word that begins a longer word is none: `3场所`, `两条例`. A sign stands here only where the
# word it makes is far more usual after a number than the measure word with such a noun: `3处理论宣讲点`,
# `3所学校`, `5名师生` count, so 处理, 所学 and 名师 are no words here.
NOT_BEFORE = {
    unit: tuple(words.split())
    for unit, words in {
        "个": "人所得税 体化",
        "人天": "天",
        "名": "字 义 词 称 单， 单。 单的",
        "人": "民 大代表 工智能 均 心",
        "家": "庭 门口 风 家户户",
        "件": "套",
        "条": "例 件 约 款",
        "次": "要的 序",
        "场": "所 地 馆 景 面 域 均",
        "期": "间 限 望 盼 待 工程 项目 建设",
        "处": "置 级 罚",
        "支": "部 撑 持 付",
        "台": "账 阶 湾",
        "套": "餐 路",
        "面": "积 向 对 临 貌 粉 子",
        "份": "子 内",
        "本": "地 报 级 市 区 县 旗 着 职 身 年 月 土 届",
        "部": "队 署 长 级 委 分",
        "座": "谈",
        "间": "接 隔",
        "头": "雁 条 等",
        "只": "有 要 能 需 是 为 用 会 剩 见",
        "口": "径 号 味 碑 头 岸",
        "位": "于 置",
        "对": "接 象 照 口 于 党 标 外 比 待 应 群 基 企 困",
        "组": "织 长 建 成 员 团 合 党",
        "队": "伍 员 长",
        "片": "区",
        "层": "面 级 次",
        "把": "握 关 脉 控",
        "包": "括 联 保 村 户 干 抓 容",
        "起": "来 到 点 步 草 源 至 初 义 航 诉 始 带 底",
        "单": "位 元 独 项 一 向",
        "门": "口 户 前 诊 店",
        "节": "日 约 能 水 点 目 假 期 气",
        "讲": "话 解 座 堂 师 述 故 政 党 理",
        "轮": "流 值 换 训 岗 驻",
        "课": "程 堂 题",
        "岗": "双",
        "所": "有 以 谓 需 长 辖 作 做 得",
        "批": "评 准 发 示 复",
        "类": "似 别",
        "样": "子 板 本",
        "款": "项 物 式",
        "字": "经 诀 方针",
        "首": "批 先 创 要 家 次",
        "版": "权 本 面",
        "票": "房 务 制 否",
        "架": "构 设",
        "列": "为 入 席 车",
        "道": "路 德 理 教",
        "顿": "时",
        "餐": "厅 饮",
        "米": "面 粉 线 饭 油",
        "克": "服 难 己",
        "升": "级 学 旗 至 国",
        "天": "然 津 气 地 下 空 堂",
        "笔": "者 记 试 法 墨 画 下 尖 直 名",
        "丛": "林 书",
        "窝": "点 棚",
        "日": "内蒙 内外 内部",
        "年": "级 代 度 初 底 末 间 轻 龄 货 会 制 期 前 后 来 以",
        "周": "年 岁 边 围 末 到 密 期 转",
        "村": "民 党 委 务 集体 级 镇 里 干部 庄 规 支 两 “",
        "社区": "居民 党 工作 矫正 书记",
        "小区": "居民 业主",
        "镇": "党 政府 域 长 区 机关",
        "嘎查": "党 书记",
        "兆": "示",
        "集": "体 中 市 团 合 约 镇 聚 群 成",
        "卷": "烟 入",
        "亩": "均",
        "眼": "前 睛 光 下",
        "根": "据 本 植 源 基",
        "副": "书记 主任 局长 镇长 部长 市长",
        "番": "话",
        "岗位": "上 职责 练兵 建功",
        "积分": "制 兑换 超市 管理",
    }.items()
}

# Units that more often begin another word count only before these: `占三成，`, `得分98分。`, `三成以上`.
_CLOSING = ("，", "。", "、", "；", "）", "以上", "左右", "以内", "的", "多", "与", "和", "及", "！", "”")
ONLY_BEFORE = {
    "成": _CLOSING,
    "分": (*_CLOSING, "可", "即", "者"),
    "日": ("内", "以内", "之内"),
    "度": _CLOSING,
    "元钱": _CLOSING,
    "平方": _CLOSING,
    "立方": _CLOSING,
}

# The units that a bare small Chinese numeral counts with: `六家单位`, `三名`, not `三段式`, `五步法`.
CHINESE_COUNTABLE = (
    MONEY
    | COUNTS_JOINT
    | word_set(
        "平方公里 平方米 公里 千米 亩 吨 公斤 斤 公顷 倍 成 个百分点 课时 学时 小时 个小时 分钟 个工作日 ",
        "天 个月",
    )
    | word_set(
        "个 名 人 户 家 件 条 次 场 期 项 处 支 台 套 份 所 座 间 辆 对 队 篇 本 册 种 类 批 轮 封 面 栋 ",
        "幢 块 箱 袋 桶 瓶 张 幅 枚 棵 株 头 只 口 位 起 例 省份 省区 旗县 盟市 门 节 讲 堂 趟 把 部 首 顿 ",
        "组",
    )
)


def _by_first_sign(units: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The units under their first character, the longest first."""
    table: defaultdict[str, list[str]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: (-len(unit), unit)):
        table[unit[0]].append(unit)
    return {sign: tuple(found) for sign, found in table.items()}


_UNITS_OF = _by_first_sign(UNITS)


def unit_at(plain: str, start: int) -> str | None:
    """The unit printed at `start`, or None: `人次` in `3600人次`, 人 in `人天天`, nothing in `12条例`."""
    for unit in _UNITS_OF.get(plain[start : start + 1], ()):
        if plain.startswith(unit, start) and _stands(plain, unit, start + len(unit)):
            return unit
    return None


def joint_unit_at(plain: str, start: int) -> str | None:
    """The unit at `start`, with 次 and a second unit where they are printed: `堂次`, `条/次`, `场（次）`."""
    unit = unit_at(plain, start)
    if unit is None:
        return None
    end = start + len(unit)
    sign = plain[end : end + 1]
    if sign == "次" and unit in CLASSIFIERS and unit != "个":
        return unit + sign
    second = unit_at(plain, end + 1) if sign in ("/", "（") and sign else None
    if second is None:
        return unit
    close = end + 1 + len(second)
    if sign == "/":
        return plain[start:close]
    return plain[start : close + 1] if plain[close : close + 1] == "）" else unit


def _closes(plain: str, unit: str, end: int) -> bool:
    """Whether a unit that must end its phrase does."""
    if plain.startswith(ONLY_BEFORE[unit], end):
        return True
    return unit != "日" and (end >= len(plain) or plain[end] == "\n")


def _stands(plain: str, unit: str, end: int) -> bool:
    """Whether what follows leaves the unit a unit."""
    if unit in ONLY_BEFORE and not _closes(plain, unit, end):
        return False
    return not plain.startswith(NOT_BEFORE.get(unit, ()), end)
