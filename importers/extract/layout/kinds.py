"""What sort of text an article is: report, commentary, brief or photo."""

import re

from importers.extract.records import Credit
from kb.vocabulary import ArticleKind, CreditRole

# What a commentary says all the time and a report now and then.
_URGES = re.compile(
    "必须|应当|应该|要[^求素领点闻么是有]|我们|我党|坚决|切实|才能|就是|只有|不能|不要|决不|绝不|既要|更要|也要"
)
# What a report says: who spoke, when it happened, what was counted.
_TELLS = re.compile(
    r"(?:说|介绍|告诉记者|表示|感慨|坦言|讲述)[。：，,:]|\d月\d{1,2}日|记者|近日|日前|今年以来|截至|\d[余多万]?[名个户件次人元场]"
)
# A bare byline over a text without a figure, a day, a place or a speaker: nothing is reported.
_FACTS = re.compile(
    r"\d|近日|日前|近年|连日|今年|去年|(?:说|介绍|告诉|表示)[：，。]|[市旗县盟镇乡](?:委|[一-龥]{2,8}[村局党])|社区|嘎查|苏木|街道"
)
_ARGUMENT = 120
_OPINION_NAME = re.compile(
    "观点|评论|时评|短评|社论|论坛|杂谈|漫谈|随笔|理论|感悟|思考|茶座|大家谈|微言|之我见|有感|刍议|浅[谈析]"
)
# ① to ⑳ number the pictures of a page, and their captions with them.
_PICTURE_NUMBERS = frozenset(map(chr, range(0x2460, 0x2474)))
_BRIEF_NAME = re.compile("简讯|短讯|快讯|短波|速览|要闻|速递|一句话|动态|简报")


def article_kind(
    body: str, authors: tuple[Credit, ...], *, caption: bool, bullet: str, title: str = "", column: str = ""
) -> ArticleKind:
    """The kind of an article, from how it is set and credited, and from how it speaks."""
    photographed = any(author.role is CreditRole.PHOTOGRAPHER for author in authors)
    if bullet in _PICTURE_NUMBERS and (caption or photographed):
        return ArticleKind.PHOTO
    if bullet or (column and not title and _BRIEF_NAME.search(column) and len(body) < 250):
        return ArticleKind.BRIEF
    if caption:
        return ArticleKind.PHOTO
    if _is_commentary(body, authors, title, column):
        return ArticleKind.COMMENTARY
    only_pictures = bool(authors) and all(author.role is CreditRole.PHOTOGRAPHER for author in authors)
    if len(body) < 300 and (only_pictures or body.startswith("图为")):
        return ArticleKind.PHOTO
    return ArticleKind.REPORT


def _is_commentary(body: str, authors: tuple[Credit, ...], title: str, column: str) -> bool:
    """Whether a text urges more than it tells; a reporter's text never counts as a commentary."""
    if any(author.role is not CreditRole.AUTHOR for author in authors):
        return False
    if title and len(body) >= _ARGUMENT and authors and not _FACTS.search(body):
        return True
    hundreds = max(1.0, len(body) / 100)
    urging = _URGES.findall(body)
    urges = len(urging) / hundreds
    named = 0.5 if _OPINION_NAME.search(title) or _OPINION_NAME.search(column) else 0.0
    if urges + named < 0.9:
        return False
    told = len(_TELLS.findall(body))
    # 我们必须……只有……决不能……: three ways to urge and nothing told leave no doubt in a few lines.
    sure = len(body) >= 30 and len(set(urging)) >= 3 and not told
    return (sure or len(body) >= 80) and urges + named > 1.5 * told / hundreds
