"""The words that give a time: patterns of beginnings, ends and periods, each with printed examples."""

import re

_YEAR = r"(?:19|20)\d\d年"
RELATIVE_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_RELATIVE_YEAR = "|".join(RELATIVE_YEARS)
_MONTH = r"\d{1,2}月"
_DAY = r"\d{1,2}[日号]"
_HALF = r"上半年|下半年"
QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
_QUARTER = r"第?[一二三四]季度|前三季度"

_DATE = (
    rf"(?P<year>{_YEAR}|{_RELATIVE_YEAR})?度?(?:(?P<month>{_MONTH})份?(?P<day>{_DAY})?"
    rf"|(?P<half>{_HALF})|(?P<quarter>{_QUARTER}))?(?:年?初)?"
)
DATE_PATTERN = re.compile(_DATE)

_SINCE_END = r"(?:以来|来(?=[，,、])|起(?=[，,、在开每对全]|$)|至今|开始(?=[，,]))"
# One of these has every beginning that is a date, and every one that words alone tell.
SINCE_END = re.compile(_SINCE_END)
LATELY = re.compile("[年月初春夏秋冬汛伏](?:以?来|至今)")
# `自2021年7月起`, `2016年以来`, `今年3月份以来`: an explicit beginning.
SINCE_DATE = re.compile(rf"(?:自从|自|从)?(?P<text>(?=[12今本去上前\d年第]){_DATE}){_SINCE_END}")
# `近年来`, `三年来`, `近5年来`, `入夏以来`, `年初以来`: a beginning that the words alone do not date.
SINCE_WORDS = re.compile(
    r"(?<![党职教作伍\d])(?:近|最近|这|过去)?(?:几|[一二三四五六七八九十两]|\d{1,2})?(?:个[多]?月|年)以?来"
    r"|近年来|年初以来|入[春夏秋冬汛伏]以来|(?:今|去)[春夏秋冬]以来|年初至今"
)
# `夜校开办以来`, `自驿站启用以来`: an event from which the period counts; it may be dated (`2019年建馆以来`).
SINCE_EVENT = re.compile(
    rf"(?:自从|自|从)?(?:(?=[12今本去上前\d])(?P<text>{_DATE}))?[^，。；：！？,\n]{{2,40}}以来"
)

# `截至目前`, `到目前为止`, `迄今`, or 目前 itself before what is so now: `目前，全旗有合作社60家`.
UNTIL_NOW = re.compile(
    r"(?:截[至止]到?|到|至)(?:目前|现在|当前|今日|发稿)(?!的)(?:为止|时)?|截[至止]日前|迄今(?:为止)?|至今"
    r"|(?<![^，。；：！？\n“])目前(?!存在|面临|形势|来看|情况|阶段|状况|的)"
    r"|(?<![截到至对])目前(?:为止)?(?=[，,]|[已共全累有]|(?!存在|面临|形势|来看|情况|阶段|状况)[^，。；的]{1,16}[有达建成共已造])"
)
# `截至2018年底`, `截至去年12月`, `截至6月30日`.
UNTIL_DATE = re.compile(
    rf"(?:截[至止]到?|[到至](?=20\d\d年[年]?[底末]))(?P<text>(?=[12今本去上前\d年]){_DATE}(?P<last>年?底|年?末)?)"
)

# `2022年`, `2021年上半年`, `去年`, `今年第一季度`, `5月23日`: a period or a day in which something was so.
WITHIN_DATE = re.compile(rf"(?P<text>(?=[12今本去上前\d第]){_DATE}(?P<last>年?底|年?末)?)")
# `2020年至2022年`, `2019-2021年`.
WITHIN_YEARS = re.compile(r"((?:19|20)\d\d)年?[-~—至到]{1,2}((?:19|20)\d\d)年")
_OCCASIONS = (
    "春节|两节|元旦|元宵节|清明|端午|中秋|国庆|双节|五一|七一|假期|暑假|寒假|暑期|寒假|汛期|节日|“[^”]{1,6}”"
)
WITHIN_OCCASION = re.compile(
    rf"(?:今年|去年|20\d\d年)?(?:{_OCCASIONS})(?:假期)?期间|(?<![^，。；：！？\n（“])[^，。；、：！？\n“”]{{2,12}}期间(?=，)"
)
# `今年1至8月`, `2023年3-5月`: some months of a year.
WITHIN_MONTHS = re.compile(
    rf"(?P<year>{_YEAR}|{_RELATIVE_YEAR})?(?P<first>\d{{1,2}})月?[-~—至到](?P<month>{_MONTH})份?"
)

CLAUSE_START = "，。；：！？,、\n（“”)） "
