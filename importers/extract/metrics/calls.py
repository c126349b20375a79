"""What a text calls by its kind after it has named it: `平台注册用户达…`, `靠着这个机制…`, `当天，…`."""

import re

from kb.vocabulary import InitiativeKind

# A clause that calls what was named by its kind: `活动累计发放…`, `平台注册用户达…`, `该热线接听…`.
_CALLING = (
    r"(?:此次|本次|这次|该项?|这[一个项条]|目前)?，?"
    r"(活动|行动|项目|工程|平台|小程序|驿站|营地|机制|模式|比赛|培训|宣讲|品牌|热线|专项行动|直播间|课堂|讲堂|夜校|超市|工坊|食堂|学院|学堂|书屋|厨房|小院|茶馆|合伙人)"
    r"(?!的|中心|室|员|者|组|队|[^，。；]{0,6}“)(?:(?:开展|启动|实施|举办|开通|运行|开办|上线|启用|建成|投用|推行)(?:以来|至今|后)，|(?=[^，。；！？\n]{1,16}[\d一二三四五六七八九十百]))"
)
_OPENING_CALL = re.compile(_CALLING)
_CALLED = re.compile(rf"[，。；：“\n]{_CALLING}")
# `靠着这个机制，修好路灯47盏`, `由区级平台接收，15分钟内派单`: by what means the sentence goes on. Each form
# is written out from its first sign on, so that the engine passes over all others at once.
_MEANS = ("靠着?", "依[托靠]", "凭[借着]?", "通过", "借助", "有了", "得益于", "由")
_MEANT = (
    "(?:这[一个项套种支]|该|[市区旗县盟]级)"
    "(活动|行动|项目|工程|平台|小程序|驿站|机制|模式|制度|品牌|热线|办法)"
)
_BY_MEANS = re.compile(
    "|".join(f"{means}{_MEANT}" for means in _MEANS)
    + "|这[一个项种套](做法|经验)|该(做法|经验)|活动当天(?=，)|当天(?=，)|当日(?=，)|活动现场(?=，)"
)
_OF_WAYS = (InitiativeKind.MECHANISM, InitiativeKind.FACILITY, InitiativeKind.BRAND, InitiativeKind.CAMPAIGN)
WAYS = ("做法", "经验")
"""What they mean is the undertaking that the text most surely is about, not the last one."""
OF_KIND = {
    "平台": (InitiativeKind.FACILITY,),
    "活动": (InitiativeKind.EVENT, InitiativeKind.CAMPAIGN),
    "行动": (InitiativeKind.CAMPAIGN,),
    **dict.fromkeys(WAYS, _OF_WAYS),
    **dict.fromkeys(("活动当天", "当天", "当日", "活动现场"), (InitiativeKind.EVENT,)),
}


def last_call(plain: str, since: int, start: int, end: int) -> str | None:
    """The last word of a kind by which something is called before a figure that stands at start to end."""
    opening = None if since else _OPENING_CALL.match(plain, 0, end)
    called = _CALLED.finditer(plain, opening.end() if opening else since, end)
    calls = [*called, *_BY_MEANS.finditer(plain, since, start)]
    last = max(calls, key=lambda match: match.start(), default=opening)
    return last[last.lastindex or 0] if last else None
