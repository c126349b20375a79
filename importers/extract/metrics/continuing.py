"""The words by which sentences go on about something, turn from it, come to it, or list it."""

import re

# A sentence that goes on counting: `截至目前，…`, `今年以来，…`, `其中…`.
GOES_ON = re.compile(
    r"[“‘]?(?:截[至止]|今年以来|一年来|目前|如今|现在|累计|据统计|[一两二三半几][年个][^，。；]{0,3}[下以]?来，|其中|仅?20\d\d年|今年[，1一\d]|此次|本次|这次|该|这[一项些])"
)
# A sentence that turns to something else, whose own undertaking is what it is about.
TURNS = re.compile(r"[“‘]?(?:同时|此外|另外|与此同时|不仅如此|除此之外)")
# `组织32名党员…，开展“…”活动`, `针对65名…，建立“…”群`: who or what the undertaking begins with.
MUSTERED = re.compile(
    r"(?:组织|会同|联合|整合|购置|购买|添置|投入|投资|针对|选派|动员|抽调|筹集|筹措|争取|邀请|选聘|招募|发动|召集|带领|盘活|流转|利用|打通|归集|汇集|把)"
    r"[^，。；：！？\n]{0,24}$"
)
# `29家小店和3个支部共同签约，成立“…”联盟`: those who make it up.
TOGETHER = re.compile("(?:共同|携手|一起|联合)[^，。；！？、]{0,6}，(?:成立|组成|组建|结成)")
NEXT_CLAUSES = re.compile(
    r"[^，。；：！？\n“”]{0,28}，?[^，。；：！？\n“”]{0,20}，?[^，。；：！？\n“”]{0,20}“?$"
)
FOLLOWING = re.compile(r"(?:的)?[^，。；！？、\d]{0,10}$")
# `“甲乙”“丙丁”和“戊己”志愿服务`: between the items of a list of undertakings.
LISTED = re.compile(r"(?:[^，。；！？、\n“”]{0,8}[、和与及][^，。；！？、\n“”]{0,6})?")
CARRIERS = re.compile(
    r"[^，。；！？、]{0,8}等[^，。；！？]{0,6}(?:载体|平台|抓手|形式|方式|活动|机制|制度)，"
)
