"""The words of aim and of result: what makes a figure planned, and what takes the plan back.

Each part of the pattern has a printed example. A mark holds to the end of its sentence or to the next
mark of the other sort.
"""

import re

from importers.extract.metrics.words import NOUN_LIKE, VERBS
from importers.extract.trie import trie_pattern

_NEXT = (
    "再|于|在|继续|进一步|陆续|逐步|持续|新|建|完成|投入|达|增|实现|开展|打造|举办|组织|为(?=全|当|村|群|企|居)|会|全面|推出|扩|"
    "培|覆盖|筹|超|有望|发放|投资|配备|选派|设立|设置|安装|招|引进|安排|表彰|评选|吸纳|力争|争取|确保|还|同步|硬化|修建|种植|改造"
)
_VERB = trie_pattern(verb for verb in VERBS if verb not in NOUN_LIKE)
# `将排查出的问题…移交`, `将投放点设在…`: 将 means 把, and the verb belongs to a noun.
_OF_A_NOUN = (
    "[^，。；]{0,3}的|[到出来好]|点|权|力|率|站|区|卡|表|单|会|结果|情况|问题|措施|任务|对象|人员|资金"
)
# `将参加活动等6个方面量化`, `将处理情况纳入考核`: 将 means 把, and another verb follows.
_MOVED = (
    "参[加与]|[^，。；]{2,30}(?:量化|纳入|列为|列入|作为|变成|转化为|改造成|打造成|送到|送进|落到|延伸到)"
)
_WHEN = "今年|明年|后年|年内|年底|到20|用[一两二三四五]|[一两二三四五]年|利用|投用"

PLANNED = "|".join(
    (
        # `计划再建8个`, `计划把菜园扩到50亩`; the noun (`活动计划`) has no such word after it.
        rf"(?:计划|规划)(?:总投资|投资|分[\d一二两三四五]|到(?=20|今|明|年)|用|把|让|{_WHEN}|{_NEXT}|{_VERB})",
        # `打算再扩100亩`, `准备明年养20头`.
        rf"打算(?!盘)|准备(?:再|{_WHEN})",
        r"(?<![模虚草比])拟|力争|预计|预期|有望|即将|下一步|接下来|今后|明年|(?:可|能)望",
        r"争取(?:在|到(?=20|今|明|年)|用|于|年|实现|完成|达)",
        # `将新建`, `还将`, `将把…推广到`: the future before a verb, elsewhere 将 means 把 (`还将这里作为…`).
        rf"(?:还|也|又)将(?!(?!继续|进一步|逐步|持续|陆续|不断|把|对){_MOVED})|将(?:把|用(?=[\d一二两三四五半])|从(?=今|明|\d)|{_NEXT}|种(?=[树植草下])|修(?=[渠路桥])|(?!{_MOVED})(?:{_VERB})(?!{_OF_A_NOUN}))",
        # `今年要打造15个`, `每年要走访2次`.
        rf"(?<![主重需只首摘纪简必次概不想若])要(?=在|确保|力争|超|达|{_VERB})",
        # `年底前建成5处`, `8月底前完成`; `截至年底前` is a time.
        r"(?<!去年)(?<!截至)(?:年|月|季度)底?前(?=[，建完实全再要打培评]|全|80|\d)|(?<=[，。、划争])年内",
        # A rule or a target.
        r"(?<!为)(?<!为了)确保|目标[是为]|不得|应当|必须|原则上|规定[，：]?(?=每|各|党|凡|不)",
        r"要求[，：]?(?=各|每|全|党|所|其|村|支|到|在)",
        r"(?<!必)须(?=[在于按每经由完])|(?<!只)需(?=在\d|于\d|完成|达到|提交)|(?<![对响适供反相感呼效顺])应(?=在\d|于\d|不少|至少|达到|完成)",
        # `建成后可改善灌溉面积2万亩`: a prospect.
        r"(?:建成|投产|投用|完工|竣工|达产)后，?[^，。；]{0,8}(?:可|将|能)",
    )
)
REPORTED = (
    r"已|累计|截[至止]|目前|先后|共计|现有|完成了|建成了|发展到|达到了|实际|去年"
    r"|共(?=[\d近约组开建发征收解举完清投培选])|(?<!为)了(?!解)"
)
# The signs that a mark or a clause's end may begin with: most signs of a text are passed over at once.
FIRST_SIGNS = "计规打准拟力预有即下接今明可能争还也又将要去截年月季确目不应必原须需建投完竣达" + (
    "已累先共现发实了，。；：！？\n"
)
# `按照三年行动计划建设…`, `实施能人计划吸引…`: a plan's name.
NAMED_PLAN = re.compile("(?:实施|启动|推行|推进|开展|按照|根据|”)[^，。；]{0,12}$")

# `首批70名已经到岗`: a result behind the figure, whatever stands before it.
DONE_AFTER = re.compile("[^，。；、\\d]{0,6}(?:已经|已|均已|业已)(?!成为)")

LIMIT = re.compile(r"至少|不少于|不低于|不得|最迟|最晚")
POSSIBLE = re.compile(
    r"(?:可(?!支配)以?|(?<![就才])能够?(?!产)|可望)(?:[^，。；、]{0,8})(?:带来|增收|实现|增加|创收|达|节约|节省|产|减少|带动|盈利|分红|收入)"
)
# `每月开展2次`, `每网格200-260户`, `每名党员联系5户`: how it is to be; money and yields tell how it is.
EACH = re.compile(
    r"(?<!平均)每(?!年为|年给|年可|天|日|次|当|逢|到|一次)[^，。；！？\d]{1,16}(?<!有)(?<!巡回)$"
)
STANDARD_AFTER = re.compile(r"[^，。；、]{0,6}(?:标准|要求|原则|比例)")
# `每场补助200元`, `对优秀的给予300元奖励`, `凡举报的奖励50元`: what is due under a condition.
CONDITION = re.compile("每(?!人|名)|凡|一次性|(?:对|达到)[^，。；]{1,20}的")
DUE = re.compile("奖励|奖补|补助|补贴|给予|扣[除减]?|加")
# `90分以上的讲师`, `积满100分可兑换`: a threshold.
THRESHOLD_AFTER = re.compile("的|可|即可|者")
# `上门一次记2分`, `缺席的扣5分`: a rule of how points are given.
SCORED = re.compile("(?:一[次起件项个户篇场期]|每)[^，。；]{0,10}[记计加扣]$")
# `5日内办结`, `2小时内响应`; `3天内解决了` tells what was done.
DEADLINE_AFTER = re.compile(
    "(?:[必]须|要|应|给|向|予以|进行|作出|[^，。；了已]{0,6}?)(?:[^，。；了已]{0,8})(?:办结|办理|办完|派单|接单|派到|转到|交办|答复|回复|响应|反馈|处置|处理|解决|完成|到场|到达|报到|上门|受理|审批|公示|整改)(?!了|完毕)"
)
# `全镇402名党员`: how many there are, whatever is planned for them; `向全镇15个村推广` is a plan.
STOCK_BEFORE = re.compile(r"(?<![向在到盖])全(?:[旗县市区盟镇乡村校街局系]|苏木|嘎查|街道|社区)的?$")
