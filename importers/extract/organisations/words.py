"""The words that end a body's name on its left, and those that seem to but do not.

Going left from `…有限公司` the name ends at the first word that cannot be part of one: a verb (走进),
a preposition (由), a particle (的), a person's office (书记). A word of a name that holds such a sign
(经济 holds 经, 联合党委 holds 联合) is listed as kept and is read first, as it is the longer one.
"""

import re
from functools import lru_cache

from importers.extract.trie import trie_pattern

# One sign is enough to end a name, unless it stands in a kept word.
_PARTICLES = (
    "的了着在由被把将让使向从对与和及或并也为以于等到赴经据按同跟给是该各每某这我你"
    "们说而则已曾均还请找看听问想要做就很更再"
)

_PREPOSITIONS = (
    "以及 为了 根据 按照 依照 通过 经过 围绕 针对 结合 随着 关于 对于 有关 包括 除了 作为 成为 其中 并且 "
    "来自 位于 地处 处于 近日 日前 近期 今年 去年 当天 当日 当前 目前 现场 期间 随后 随即 同时 此外 另外 "
    "截至 截止 至今 以来 连日 会上 之后 以后 过后 全市 全区 全旗 全县 全盟 全镇 全国 全体 所有 所属 下属 "
    "下辖 辖区 辖区内 辖内 所辖 驻地 驻区 属地 当地 本地 本市 他们 她们 他的 她的 他所 她所 多方 部分 "
    "其他 其它 等地 相关 上级 下级 附近 周边 由于 例如 比如 特别是 尤其是 分别 共同 先后 相继 陆续 一起 "
    "一同 积极 主动 认真 充分 不断 持续 进一步 深入 全面 切实 大力 着力 扎实 有效 正式 首次 再次 不仅 "
    "不是 无论 只要 只有 能够 需要 应当 应该 必须 要求 希望 里的 中的 内的 年来 月来 时任 现任 原任 原 "
    "两级 三级 四级 五级 年底前 年内 "
)

_VERBS = (
    "联合 联动 携手 会同 协同 协调 协助 配合 牵头 组织 走进 来到 前往 赶赴 奔赴 到达 抵达 莅临 进入 进驻 "
    "入驻 入户 参观 对接 依托 邀请 特邀 聘请 参加 参与 出席 列席 报名 加入 走访 慰问 看望 探望 拜访 调研 "
    "视察 观摩 瞻仰 祭扫 缅怀 开展 举办 召开 举行 主办 承办 协办 启动 实施 推行 推动 推出 打造 创建 建立 "
    "成立 组建 设立 设置 开设 开办 建成 筹建 新建 挂牌 授牌 揭牌 签约 签订 签署 结对 共建 联建 结成 选派 "
    "下派 派出 派驻 抽调 选举 选出 选定 选配 督促 引导 引领 带领 率领 带动 号召 鼓励 支持 帮助 助力 提升 "
    "提高 加强 强化 深化 完善 健全 贯彻 执行 立足 聚焦 坚持 发挥 利用 运用 采取 采用 探索 制定 出台 印发 "
    "下发 发布 发放 发动 发起 发现 接受 收到 接到 送到 送往 递到 交到 赠送 捐赠 领到 领取 代办 反映 反馈 "
    "汇报 报告 上报 报备 申请 批准 介绍 表示 告诉 告知 称赞 感谢 强调 指出 认为 提出 解决 化解 排查 整治 "
    "整改 整合 统筹 优化 修缮 联系 联络 沟通 协商 商议 会商 讨论 讲授 培育 带头 参评 评选 评为 获评 荣获 "
    "获得 授予 命名 表彰 奖励 督导 覆盖 涉及 涵盖 吸纳 吸收 吸引 引入 招引 承揽 承包 流转 购买 负责 分管 "
    "担任 兼任 任职 就职 供职 毕业 就读 隶属 归属 挂靠 坐落 建于 变更 会见 会谈 途经 形成 构建 搭建 明确 "
    "主持 维护 拥护 确保 保证 规范 选优 配强 建强 抓实 抓好 做好 做强 做实 管好 用好 盘点 梳理 摸清 掌握 "
    "了解 熟悉 理解 传承 弘扬 赓续 重温 回顾 讲述 聆听 观看 创办 兴办 开办 承建 援建 捐建 修建 扩建 迁入 "
    "搬进 住进 走入 跟随 陪同 护送 转交 移交 交给 送给 告别 离开 返回 回到 调到 调任 转任 出任 当选 获批 "
    "获准 通知 邀约 约请 报请 提请 争取 协商 求助 拨打 致电 联袂 牵手 联谊 结合 筑牢 夯实 激活 激发 盘活 "
    "拓展 延伸 融入 纳入 列入 汇聚 凝聚 汇集 联手 合力 率先 试点 授权 委托 责成 部署 调度 通报 公布 播放 "
    "收听 收看 转发 关注 关心 慰藉 捐助 毗邻 紧邻 靠近 乘坐 驱车 机制 模式 目标 任务 主题 主线 重点 抓手 "
    "载体 契机 效能 影响力 "
    "选树 培树 占 全部 沿街 临街 沿线 晋升 评定 创成 争创 对标 亮化 绘制 "
    "听取 征求 借鉴 领办 合办 合建 合开 请来 邀来 迎来 引来 找来 确定 敲定 锁定 选取 遴选 推选 推荐 举荐 "
    "指定 划定 认定 认领 认证 实现 达到 减免"
)

_PERSONS = (
    "书记 主任 局长 部长 科长 处长 厅长 院长 校长 所长 站长 队长 镇长 乡长 县长 区长 市长 旗长 盟长 "
    "苏木达 主席 会长 秘书长 理事长 董事长 总经理 经理 法人 负责人 常委 干事 工作人员 民警 辅警 法官 "
    "检察官 医生 护士 教师 老师 师生 记者 员工 居民 村民 市民 群众 网格员 志愿者们 讲解员 宣讲员 队员 "
    "会员 干部职工 党员干部 党员志愿者 党员代表 女士 同志 百姓 一行"
)

_KEPT = (
    "呼和 群众文化 群众艺术 群众体育 市民中心 市民大厅 经济 经贸 经开 经营 经信 经管 经纪 财经 神经 经侦 "
    "经纬 联合党委 联合党支部 联合党总支 联合工会 联合会 联合社 联合信访 联合体 联合指挥部 联合办公室 "
    "联合党工委 联合执法 联合商会 社会组织 经济组织 群团组织 组织部 组织工作 和平 和谐 祥和 颐和 泰和 "
    "永和 义和 和路 和美 和顺 和睦 和信 和泰 和盛 共和 和悦 亲和 和煦 大同 同心 同德 同仁 同乐 同创 同济 "
    "同兴 同盛 同方 同泰 合同 同利 同城 在职 在线 在建 为民 为农 为老 高等 中等 初等 平等 特等 一等 到家 "
    "向阳 方向 向日葵 对外 对口 自由 将军 大使 天使 所有制 是非 仁和 广和 家和 和润 兴和 裕和 嘉和 "
    "协调小组 原野 平原 高原 草原 中原 原种 原料 就业 就诊 成就 要塞 要素 主要 看守 看护 请愿 听障 做强 "
    "新希望 希望小学 希望学校 更新 再生 更生 小说 同行 同步 "
    "已故 以勒 国营 组织生活 从业 引领区 示范 首都 会员单位"
)

_LEADING = (
    "服务 学习 宣传 宣讲 培训 教育 种植 养殖 销售 采购 经营 运营 管理 发展 建设 推广 调解 巡查 检查 监督 "
    "考察 考核 督查 规划 合作 引进 推进 促进 帮扶 关爱 指导 处理 创新 活动 工作 项目 基层 投资 改造 设计 "
    "交流 动员 保障 开发 落实 办理 捐款 进 因 至 往 来 去 驻 后 约 近 仅 入 党员 成员单位 共建单位 "
    "包联单位 帮扶单位 驻区单位 大型 重点 骨干 龙头 优秀 先进 知名 著名 一些 不少 许多 众多 广大 没有 带 "
    "访"
)

_GENERIC = (
    "党员 青年 巾帼 妇女 红色 学雷锋 先锋 志愿 志愿者 文明 实践 新时代 文明实践 理论 政策 宣讲 社区 村 "
    "嘎查 嘎查村 村级 基层 农村 牧区 农牧区 机关 企业 非公 非公企业 非公有制 国有 民营 私营 物业 网格 "
    "楼栋 楼宇 离退休 退休 老 老干部 流动 行业 产业链 产业 链上 临时 功能型 联合 联建 中心 地方 大 小 中 "
    "专业 综合 应急 服务 常备 响应 业务 龙头 农业 农牧业 旅游 种植 养殖 种养殖 农牧民 农民 牧民 集体 经济 "
    "合作 建筑 施工 实体 所在 所属 驻地 驻区 驻村 成员 单位 部门 互助 乡镇 街道 苏木 苏木镇 苏木乡镇 镇街 "
    "镇 乡 县 旗 区 市 县级 市级 区级 旗级 旗县 旗区 旗县区 盟市 省级 自治区级 国家级 医疗 教育 社会 学生 "
    "干部 群众 人才 金融 外卖 快递 物流 新业态 新就业群体 便民 代办 帮办 专业化 专职 兼职 特色 优质 本土 "
    "社会组织 两新 非建制性 下沉 在职 双报到 宣传 文艺 文化 科技 科普 法律 法治 普法 医疗卫生 爱心 助老 "
    "助学 环保 环境 卫生 平安 治安 义务 联防 巡逻 安全 消防 抗洪 抢险 抗疫 疫情 防控 防疫 抢修 建设 工程 "
    "生产 惠民 利民 餐饮 住宿 美容 养老 矛盾 矛盾纠纷 调解 环境整治 文明劝导 环卫 派驻 教职工 离退休干部 "
    "女职工 开发区 高新区 经开区 园区 工业园区 领域 自治 一线 班组 师资 公益 家电 维修 理发 普通 高等 "
    "中等 民族 公办 民办 各 全 本 总 分 子 上市 大型 中小 小微 小 规模 科研 高新技术 房地产 开发 装修 "
    "装饰 保险 保安 保洁 电力 供水 供热 供电 供暖 燃气 通信 通讯 运输 客运 货运 公交 出租 煤炭 煤矿 矿山 "
    "化工 能源 新能源 食品 商业 乡土 骨干 精锐 党建 党群 共建 结对 融合 区域 区域化 片区 小区 党小组 毗邻 "
    "边境 边疆 草原 马背 “两新” 两委 军地 军警 多支 一支 支 一 二 三 四 五 六 七 八 九 十 第一 第二 第三 "
    "百 千 多 名 个 家 新 老年 少儿 残疾人 女 男 好 优秀 先进 示范 样板 国家 精干 有限 投资 重点 特殊 "
    "新型 家庭 股份 上级 下级 邻近 周边 本级 同级 专家 劳模 工匠 教师 医生 医护 律师 民警 职工 工人 农牧 "
    "流动党员 乳业 矿业 牧业 林业 商贸 酒业 药业 置业 学校 医院 市场 "
    "积分 时间 道德 诚信 绿色 新兴领域 老党员 退役军人 “五老”"
)

# Words before a place that belong to the name all the same: 国网鄂尔多斯供电公司, 共青团玉泉区委.
BRANDS = (
    "中共 中国共产党 共青团 民革 民盟 民建 民进 农工党 九三学社 致公党 国网 国能 国电 华能 华电 大唐 "
    "国家电投 中电投 国家能源集团 武警 中国移动 中国电信 中国联通 中国铁塔 中国石油 中石油 中国石化 "
    "中石化 中国农业银行 农业银行 农行 中国银行 中国工商银行 工商银行 工行 中国建设银行 建设银行 建行 "
    "交通银行 中国邮政 邮储银行 中国邮政储蓄银行 中国人民银行 人民银行 中国人寿 人保财险 中国人保 "
    "中国平安 中铁 中建 中交 中煤 神华 伊泰 蒙牛 伊利 包钢 北方稀土 内蒙古银行 内蒙古农信 内蒙古电力 "
    "中华人民共和国 团 中盐 中粮 中核 京能 国家开发银行 国家管网 中国能建 中国电建 中广核 三峡集团 蒙能 "
    "蒙西 蒙东 华润 万达 首旅 农商银行 农村商业银行 村镇银行 农村信用社 农信社 中国农业发展银行 农发行 邮储 "
    "蒙商银行 中信银行 浦发银行 兴业银行 光大银行 民生银行 平安银行 华夏银行 招商银行"
)

BRAND_WORDS = tuple(brand for brand in BRANDS.split() if len(brand) > 1)

MASK, PLACE_MASK = "\ue000", "\ue001"
"""Stand for each sign of what cannot be cut: tails and bracketed places, and place names."""

_AMBIGUOUS = frozenset(_LEADING.split())
_CUTS = frozenset(_PARTICLES) | frozenset((_PREPOSITIONS + _VERBS + " " + _PERSONS).split()) - _AMBIGUOUS
_WORDS = trie_pattern(word[::-1] for word in _CUTS | frozenset(_KEPT.split()))

# A counted measure ends a name too (三家公司), but an ordinal does not (第三支部).
_COUNT = r"[家个名支位场次所年][余多]?[\d一二两三四五六七八九十百千万几数]{1,6}(?!第)"

# 和 and 同 after one sign (永安镇吉和社区), or 和 between a place and a level (某旗那日和镇), join nothing.
_NAME_HE = (
    f"[和同][一-鿿](?<![他她它我你们者员人会共协随陪一相合])(?=[{MASK}{PLACE_MASK}，、。]|$)|"
    f"(?<=[镇村乡木查区道])和[一-鿿]{{1,2}}(?<![部员众民工人])(?={PLACE_MASK})"
)

_BACKWARDS = re.compile(
    f"[{MASK}{PLACE_MASK}]+|(?P<he>{_NAME_HE})|(?P<word>{_WORDS})|(?P<count>{_COUNT})"
    f"|(?P<mark>[^一-鿿㐀-䶿A-Za-z·{MASK}{PLACE_MASK}])"
)

# A name's first sign tells nearly always that it is no brand: a comparison with each takes far longer.
_BRAND_STARTS = frozenset(brand[0] for brand in BRAND_WORDS)

_LEAD = re.compile(rf"(?>{trie_pattern(_LEADING.split())})+")
_WHOLLY_GENERIC = re.compile(rf"(?>{trie_pattern(_GENERIC.split())}|第[一二三四五六七八九十]{{1,3}})*+\Z")


def last_cut(backwards: str, begin: int, stop: int) -> int:
    """How far a name may reach: the first place at which a reversed, masked text has a cutting word."""
    while begin < stop:
        match = _BACKWARDS.search(backwards, begin, stop)
        if match is None:
            return stop
        if match["mark"] or match["count"] or (match["word"] and match["word"][::-1] in _CUTS):
            return match.start()
        begin = match.end()
    return stop


@lru_cache(maxsize=4096)
def leading_words(text: str) -> int:
    """How many signs at the beginning are words that stand before names (服务, 重点) and in them."""
    if text[:1] in _BRAND_STARTS and text.startswith(BRAND_WORDS):
        return 0
    match = _LEAD.match(text)
    return match.end() if match else 0


@lru_cache(maxsize=4096)
def is_generic(text: str) -> bool:
    """Whether the words tell a kind of body and no one body (`青年党员`)."""
    return _WHOLLY_GENERIC.match(text) is not None
