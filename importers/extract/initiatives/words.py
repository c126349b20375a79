"""Words that tell names of undertakings from other quoted words: verbs that set up, stock phrases.

Party newspapers quote much that names nothing: figures of speech (`“最后一公里”`), formulas of the whole
Party (`“三会一课”`), kinds of service (`“一站式”服务`). These closed lists are common knowledge, not
taken from a page.
"""

import re
from functools import lru_cache
from typing import NamedTuple

# To set up or carry out: what follows in quotes may be its name (`推出“甲乙丙丁”`).
SETTING_UP = (
    "打造|创建|建立|建成|建起|办起|开起|摆起|开展|举办|举行|推行|推出|实行|实施|创新(?!理论|驱动|发展|能力|思维|意识|举措)|设立|设置|开设|开通|开办"
    "|创办|成立|启动|发起|探索|构建|搭建|创立|创树|推广|创设|建设|培育|叫响|擦亮|打响|健全|发布|上线|组建|承办|布局|增设|新建"
    "|改造?成|改建[成为]|再建|续建|开启|做优|做实|做强|试行|升级|策划|制定|领办|定下|立下"
)
SETTING_UP_LEFT = re.compile(rf"(?:{SETTING_UP})[^，。；：、！？“”‘’《》\n]{{0,14}}$")
# 取名为“甲乙丙”; 她说的小程序，叫“甲乙丙”; 镇党委的答案是“甲乙丙”.
NAMING_LEFT = re.compile(
    "(?:名为|命名为|取名为?|叫做|叫作|名叫|冠名|升级为|打造成为?|^就?叫|(?:小?站点?|[驿厅屋院室点队]|地方|平台|小?程序|名字|活动|法子|做法)就?叫|(?:答案|办法|法宝|秘诀|招数|妙招|名字|载体)[就正便]?是)$"
)
# “甲乙丙”成了孩子们的好去处: what a place or a practice has become.
BECAME_RIGHT = re.compile(
    "成[了为]了?[^，。；！？“”]{0,16}(?:去处|港湾|纽带|窗口|平台|家园|乐园|课堂|帮手|打卡地|聚集地|落脚点)"
)
# “甲乙会”议定实事497件: what acts, and with what result.
ACTS_RIGHT = re.compile("[一-龥]{2,8}[0-9]")
# 依托“甲乙丙”、“丁戊”模式等载体: what a list of ways and means begins with.
MEANS_LEFT = re.compile("(?:依托|通过|借助|运用|以)$")
MEANS_AFTER = re.compile("、[^。；！？\n]{2,48}等[^，。；！？、“”\n]{0,4}(?:载体|抓手)")
THEME_LEFT = re.compile("主题(?:是|为|——|：)?$")

# Verbs whose object is a figure of speech: 打通“最后一公里”, 当好“娘家人”.
FIGURE_LEFT = re.compile(
    "(打通|架起|架设|搭起|当好|做好|跑出|按下|下好|打出|打好|筑牢|织密|织就|绷紧|拧紧|把好|念好|唱响|奏响|画好|交出|突出|体现"
    "|实现|成为|解决|破解|聚焦|提升|增强|营造|注入|激活|汇聚|强化|紧扣|围绕|充当|扮演|避免|防止|杜绝|消除|疏通|延伸|守好|守护|扛起"
    "|树立|坚持|发挥|牢记|践行|充满|堪称|如同|犹如|好比|作为|当作|就是|不是|称为|誉为|拓宽|端牢|端稳|点燃|释放|看到|感受|传递|撑起"
    "|吃下|啃下|摸清|算好|做足|做活|盘活|写好|答好|补齐|贯通)[了出起好上着]?[^，。；：、！？“”‘’《》\n]{0,10}$"
    # The short ones right before the quotation only: 用“土话”讲, 从“会场”到“现场”.
    "|([做当变从由向到像用为])[了出起好上着]?$"
)
# A prize or a title: 荣获“甲乙”称号.
PRIZE_LEFT = re.compile(
    "(?:荣获|获得|获评|评为|授予|获|当选|入选|颁发|评选产生|斩获|摘得)[^，。；：、！？“”‘’]{0,20}$"
)
# A person is called so: 大家把他叫作“甲乙丙”.
PERSON_LEFT = re.compile("[他她我](?:们|俩)?(?:亲切地|都|被)?(?:叫[作做]|名叫|称[作为]|取名)$")
# Speech is introduced: 他说：“…”.
SPEECH_LEFT = re.compile("(?:[说道问答称喊写]|表示|感慨|介绍|指出|强调|要求|认为)[：，]$")

# The whole Party's or the whole country's formulas.
_FORMULAS = """
    两委 三会一课 四个意识 四个自信 两个维护 两个确立 两个大局 国之大者 三农 两新 一把手 十四五 十五五
    十三五 双碳 两山 一带一路 双减 七一 八一 五四 三八 六一 十一 五一 五个一 一岗双责 三严三实 四风
    八项规定 三个代表 四个全面 五位一体 三重一大 四议两公开 五会制度 三资 三务 两代表一委员 双一流 四史
    四下基层 三公 放管服 互联网+ 一老一小 一老一少 学习强国 主题党日 志愿服务 党建 党日 网格化
    党群服务中心 政治生日 民主评议 线上+线下 线上线下 一票否决 回头看 一网通办 最多跑一次 急难愁盼
    第一书记 第一议题 """
# Common figures of speech; only before a head word are they names: “领头雁” says how somebody is, but
# “领头雁”培育计划 is one.
_FIGURES = """
    最后一公里 最后一米 最后一百米 神经末梢 毛细血管 组合拳 走心 娘家人 主心骨 领头雁 领头羊 带头人
    排头兵 火车头 急先锋 先手棋 快车道 快进键 加速度 连心桥 主阵地 主战场 主力军 生力军 大熔炉 大本营
    练兵场 试金石 压舱石 助推器 指南针 风向标 聚宝盆 摇钱树 金钥匙 金名片 大礼包 及时雨 定心丸 明白账
    明白人 门外汉 旁观者 局外人 一张网 一盘棋 一张图 一条心 一家人 一把尺 一本账 关键少数 绝大多数
    头雁 头雁效应 红色引擎 小切口 大文章 一公里 零距离 一站式 一条龙 一对一 点对点
    面对面 心连心 手拉手 键对键 问题清单 责任清单 红马甲 红袖章 微心愿 双向奔赴 朋友圈
    同心圆 大家庭 全家福 好声音 大合唱 后半篇文章 前半篇文章 前沿阵地 红色基因 精神家园 钉钉子 硬骨头
    老大难 疑难杂症 身边人 身边事 活教材 传声筒 代言人 智囊团 千条线 一根针 痛点 堵点 难点 人才 乡音
    规定动作 自选动作 公里 """
FIGURES = frozenset(_FIGURES.split())
STOCK = FIGURES | frozenset(_FORMULAS.split())

# Endings of figures of speech, and of words that describe (`菜单式`, `零距离`).
FIGURE_TAIL = re.compile(
    "(?:桥|键|棋|拳|引擎|堡垒|防线|阵地|网|经|药|方|盾|剑|灯|粮|答卷|加速度|距离|公里|末梢|细胞|动脉|底色|本色|味|力|圈|链|点|线|面|梦|路|树|果|根|魂|田|劲|质|量|事|题|难|好|人|心|账|卡|尺|石|源|器|音|舱|场|窝|花|格)$"
)
DESCRIPTIVE = re.compile(
    ".{1,4}(?:式|(?<![强优深])化|型|级)|.{0,3}(?:全方位|全覆盖|全天候|全链条|全过程|全周期|\\d小时|不打烊|不断档)"
)
BIG_OR_SMALL = re.compile("[大小微][一-龥]{2}")

# A name ends so without a head word of its own outside: 工作室, 学习日, 自测.
_TELLING_TAIL = re.compile(
    "(?:[习动务放谈事题访]日|服务[月周季]|自测|评选|走访|热线|驿站|工坊|书屋|书吧|讲堂|课堂|学堂|党校|夜校|讲坛|书房|[办务]窗"
    "|(?:说事|议事|服务|便民|调解|代办|联络|宣讲)点|..屋|[驿新居]家|之家|服务岗|工作室|超市|会客厅|议事厅|客厅"
    "|工作法|[步事作理字点]法|机制|模式|制度|行动|工程|计划|品牌|平台|银行|小站|联盟|窗口|专窗|小院|食堂|餐厅|基地|(?:调解|接待|议事|说事|会客)室|暖[屋房]"
    "|故事会|读书会|..(?<![委员代表联合妇])会|夜话|茶馆|宣讲|大赛|竞赛|比武|项目)$"
    "|^我为(?!群众办实事)..[^，。]{2,6}$"
)

# A place that a name calls one goes to, and what else a sentence calls an undertaking.
_PLACE_TAIL = re.compile(
    "..(?:驿站|超市|食堂|餐厅|书屋|书吧|工坊|讲堂|学堂|会客厅|议事厅|工作室|小院|小站|大厅|营地|茶馆|大院)$"
)
# What one opens on a telephone: 通过“码上问支书”在线留言.
ON_A_TELEPHONE = re.compile("(?:码上|掌上|云上|指尖)[一-龥]{1,6}")
USED_LEFT = re.compile("(?:通过|依托|利用|借助|登录|打开|扫描)$")
VISITED_LEFT = re.compile("(?:在|到|进|入|往|位于)[^，。；：、！？“”‘’]{0,10}$")
INSIDE_RIGHT = re.compile("[里内中](?:，|人|坐|挤|[一-龥])")
MEASURE_AFTER = re.compile(
    "[一-龥]{0,4}的?(?:又?一[项个]|重要|具体|有力|创新|生动|特色){1,3}(?:举措|抓手|载体|实践|做法|缩影)"
)

# These endings alone make a name.
_PLAIN_TAIL = re.compile("..(?:[步事作理字点]法|工作室|驿站|工坊|讲堂|书屋|会客厅|议事[厅会])$")


class Ending(NamedTuple):
    """What the last words of a quoted name say of it."""

    telling: bool
    """That it names an undertaking."""
    plain: bool
    """That it is a name whatever stands around it."""
    place: bool
    """That one goes there."""


@lru_cache(maxsize=4096)
def ending_of(name: str) -> Ending:
    """What a name says by its last words; an article repeats its names, and each is asked several times."""
    return Ending(
        _TELLING_TAIL.search(name) is not None,
        _PLAIN_TAIL.search(name) is not None,
        _PLACE_TAIL.search(name) is not None,
    )


# Words of which names of undertakings are made, without quotes: 北疆先锋工程, 石榴籽行动.
BRAND_WORDS = (
    "北疆|石榴籽|红石榴|石榴红|草原红|红色|暖心|先锋|初心|雷锋|同心|连心|马背|胡杨|骏马|蒙古马|头雁|雁阵|强基|领航|红领|红帆|红管家"
    "|红心|红船|星火|薪火|火种|春雨|春风|暖阳|青春|巾帼|银龄|银发|夕阳红|彩虹|圆梦|爱心|幸福|阳光|青城|鹿城|鸿雁|敖包|乌兰牧骑|亮丽"
)
