"""Campaigns of the whole country or the whole autonomous region: they belong to no city.

A closed list, as general knowledge has it; what a place does under them by a name of its own is not here.
"""

import re
from functools import lru_cache

from importers.extract.initiatives.quoted import Candidate
from kb.vocabulary import InitiativeKind

# The name, words that every printed form has, the pattern of the forms; longer forms before shorter ones.
_CAMPAIGNS = tuple(
    (name, words, re.compile(pattern))
    for name, words, pattern in (
        ("“两学一做”学习教育", "两学一做", "“?两学一做”?(?:学习教育)?"),
        ("“不忘初心、牢记使命”主题教育", "牢记使命", "“?不忘初心、?牢记使命”?(?:主题|专题)教育"),
        ("“三严三实”专题教育", "三严三实", "“三严三实”专题教育"),
        ("“我为群众办实事”实践活动", "我为群众办实事", "“?我为群众办实事”?(?:实践活动|活动)?"),
        (
            "学习贯彻习近平新时代中国特色社会主义思想主题教育",
            "特色社会主义思想主题教育",
            "学习贯彻习近平新时代中国特色社会主义思想主题教育",
        ),
        (
            "深入贯彻中央八项规定精神学习教育",
            "中央八项规定精神学习教育",
            "(?:深入)?(?:贯彻)?中央八项规定精神学习教育",
        ),
        ("党的群众路线教育实践活动", "群众路线教育实践活动", "(?:党的)?群众路线教育实践活动"),
        ("保持共产党员先进性教育活动", "先进性教育活动", "(?:保持)?共产党员先进性教育活动"),
        ("党史学习教育", "党史学习教育", "“?党史学习教育”?(?:活动)?"),
        ("党纪学习教育", "党纪学习教育", "“?党纪学习教育”?(?:活动)?"),
        ("“四史”宣传教育", "四史", "“四史”(?:宣传|学习)教育"),
        ("扫黑除恶专项斗争", "扫黑除恶专项斗争", "扫黑除恶专项斗争"),
        ("“光盘行动”", "光盘", "“光盘行动”|“光盘”行动"),
        (
            "“感党恩、听党话、跟党走”群众教育实践活动",
            "跟党走",
            "“?感党恩、?听党话、?跟党走”?群众教育实践活动",
        ),
        (
            "主题教育",
            "主题教育",
            "(?<![一-龥”])主题教育(?!活动|实践|基地|馆|读书)"
            "|(?<=开展|推进|展好|深化|参加|结合|抓好)主题教育(?!活动|实践|基地|馆|读书)",
        ),
    )
)

# A local undertaking may carry such a name before a head word of its own: “我为群众办实事”网上平台.
_LOCAL_HEAD = re.compile("(?:服务|网上|线上)?(?:热线|窗口|平台|专栏|清单|驿站|小组|项目)")


def nationwide_campaigns(plain: str) -> list[Candidate]:
    """Every mention of a campaign that no city has for its own."""
    return [
        Candidate(*match.span(), name, name=name, kind=InitiativeKind.CAMPAIGN, nationwide=True)
        for name, words, pattern in _CAMPAIGNS
        if words in plain
        for match in pattern.finditer(plain)
        if not _LOCAL_HEAD.match(plain, match.end())
    ]


@lru_cache(maxsize=1024)
def is_nationwide_name(words: str) -> bool:
    """Whether the words, without quotes, are such a campaign's name: 我为群众办实事."""
    return any(
        pattern.fullmatch(words) or pattern.fullmatch(f"“{words}”")
        for _, telling, pattern in _CAMPAIGNS
        if telling in words
    )
