"""What a single line of a page is by its own words: furniture, or the name of a standing column."""

import re
from datetime import date

from importers.extract.clean import SourceLine
from kb.vocabulary import FurnitureKind

_PAPER = (
    r"《?[一-龥]{2,10}(?:日报|晚报|晨报|早报|都市报|时报|新报|周报|商报|青年报|党建报)》?"
    r"(?:社|数字报|电子版)?"
)
_DAY = r"(?:\d{4}[ ]?年[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
_PAGE = r"(?:第?[ ]?(?:[A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})[ ]?版)"
_EDITORS = (
    r"(?:值班(?:主任|编委|编辑|领导|副?总编辑?)|(?:责任|执行|美术|图片|视觉|实习|本版)?编辑|责编|美编|责校|主编"
    r"|副主编|校对|检校|版式(?:设计)?|版面设计|视觉|排版|组版|审读|编审|[初复终一二三]审|监制|统筹|策划)"
)

# In order: what is unmistakable first. A date beside a paper's name is the masthead's date.
_FURNITURE: tuple[tuple[FurnitureKind, str], ...] = (
    (FurnitureKind.GLYPH, r"[^\w]{1,80}|[A-Za-z]{1,2}"),
    (  # （下转第二版）, 上接A1版
        FurnitureKind.JUMP,
        r"[（(【▶▲]?(?:紧?[下上]?[转接]|详见|更多内容见)第?[A-D]?[一二三四五六七八九十\d]{1,3}版?[^）)】]{0,24}[）)】]?",
    ),
    (  # ■值班主任 某某, 责任编辑：某某 版式：某某
        FurnitureKind.DUTY_EDITOR,
        rf"[■□◆●（(]?[ ]?(?:本版|本期|今日)?{_EDITORS}(?:[:：/／ ]|(?=[一-龥]{{2,3}}$)).{{0,80}}",
    ),
    (
        FurnitureKind.DUTY_EDITOR,
        r"(?:新闻|投稿)?(?:热线|邮箱|电话|[Ee]-?mail|QQ|微信号?)(?:电话)?[:：].{0,60}",
    ),
    (
        FurnitureKind.DATE,
        rf"(?:{_PAPER}|{_PAGE}|\S{{2,6}})?[ ]?{_DAY}[ ]?(?:星期|周|农历|乙|第).{{0,60}}",
    ),
    (
        FurnitureKind.DATE,
        rf"(?:发布(?:时间|日期)[:：][ ]?)?{_DAY}(?:[ ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?",
    ),
    (  # 4 要闻 责任编辑 某某; （本版稿件由……提供）
        FurnitureKind.DUTY_EDITOR,
        r".{0,16}(?:责任编辑|责编|美编|版式|校对)[:：/ ].{0,60}"
        r"|[（(]?本[版组](?:稿件|图片|照片|文字|文图).{2,40}|本报地址[:：].{0,60}",
    ),
    (FurnitureKind.DATE, r"星期[一二三四五六日天]|农历.{2,12}|总?第\d{3,6}期"),
    (
        FurnitureKind.PAGE_NUMBER,
        rf"{_PAGE}(?:[ :：·]{{0,2}}[一-龥]{{2,6}})?|[一-龥]{{2,4}}[ ]?{_PAGE}|[A-D]?\d{{1,3}}"
        # 3 党建周刊, 要闻·党建 03
        r"|[A-D]?\d{1,2}[ ][一-龥·]{2,6}|[一-龥·]{2,8}[ ]\d{2}",
    ),
    (
        FurnitureKind.NEWSPAPER,
        rf"{_PAPER}(?:[ ]?{_PAGE})?|[一-龥]{{2,8}}报[ ]{_PAGE}"
        # 03 要闻 某某旗报
        r"|[A-D]?\d{1,2}[ ][一-龥·]{2,6}[ ]《?[一-龥]{2,10}报》?"
        r"|国内统一(?:连续出版物|刊)号.{0,60}|邮发代号.{0,40}",
    ),
    (
        FurnitureKind.NAVIGATION,
        r"【?(?:首页|当前位置|您(?:现在)?的位置|上一[篇条版]|下一[篇条版]|返回|相关(?:链接|阅读|新闻)|扫一扫|分享到?|打印|关闭"
        r"|字[体号][:：]|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]|【字[体号]|版权所有|Copyright|打印本页).{0,80}"
        r"|[·•] ?[^。]{4,40}"
        # 某某报社 版权所有, 蒙ICP备……号, 蒙公网安备……号
        r"|[^。]{2,40}(?:版权所有|All Rights Reserved)[^。]{0,20}"
        r"|[一-龥]?(?:ICP|icp)[备证][ ]?\d.{0,40}|[一-龥]?公网安备[ ]?\d.{0,40}",
    ),
)
_ANY_FURNITURE = re.compile("|".join(f"(?P<f{i}>{words})" for i, (_, words) in enumerate(_FURNITURE)))


# The names that newspapers give their columns end in a word for a place to speak or to look from.
_COLUMN_TAIL = (
    r"进行时|观点|视点|焦点|看点|聚焦|之窗|视窗|园地|论坛|讲堂|讲坛|课堂|看台|瞭望|观察|观潮|风采|风景线|故事汇?|人物|榜样"
    r"|光荣榜|速递|快递|快讯|简讯|短讯|短波|动态|要闻|速览|播报|传真|广角|巡礼|纪实|札记|随笔|杂谈|漫谈|时评|短评|点评"
    r"|热评|论道|话题|关注|一线|在线|视线|茶座|(?:在|走|下|访)基层|新风|新貌|阵地|专栏|专题|专版|特刊|周刊|专刊|之声|之家|天地|纵横"
    r"|经纬|笔谈|心得|感悟|掠影|影像|瞬间|图说|镜头|新闻|消息|信息|新语|微言|言论|评论|理论|特写|直通车|进行曲|新篇章?|零距离"
)
_COLUMN_NAME = re.compile(rf"[一-龥“”·]{{0,8}}(?:{_COLUMN_TAIL})[”]?")
# ■某某, 【某某】, ▎某某: set off like a column's name; and the name itself.
_MARKED = re.compile(r"(?:[■◆▲▼★☆◇▌▎▍❖✦♦◢◤□][ ]?|【)([^。，；：！？、【】]{2,10}?)[】◣◥■◆★☆]?")
# A nationwide study campaign gives its name to a column; a page's name may be set right behind it.
_STUDY = re.compile(
    r"((?:深入|认真|全面|持续)?(?:学习|宣传|贯彻|落实|学深|悟透){2,5}.{2,24}?(?:精神|思想|讲话|教育|条例))(?P<rest>[一-龥]{4})?"
)


def furniture_kind(text: str) -> FurnitureKind | None:
    """The kind of furniture that a line is by its own words, None where it may be text."""
    if len(text) > 100:
        return None
    match = _ANY_FURNITURE.fullmatch(text)
    return _FURNITURE[int((match.lastgroup or "f0")[1:])][0] if match else None


def marked_column(line: SourceLine) -> str | None:
    """The name of the column that a line is set off as (`■某某`), None where it is no such line."""
    match = _MARKED.fullmatch(line.text)
    if match:
        return match[1].strip()
    study = _STUDY.fullmatch(line.text)
    if study:
        return study[1]
    short = 2 <= len(line.text) <= 14 and not any(sign in line.text for sign in "。，；！？")
    return line.text if line.ornament and short else None


def is_column_name(text: str) -> bool:
    """Whether words without any mark read like the name of a standing column (`某某观察`)."""
    return len(text) <= 10 and bool(_COLUMN_NAME.fullmatch(text))


_PATH = re.compile(
    r"(?:当前位置|您(?:现在)?的位置)?[:： ]*首页[ ]?[>›»＞][ ]?([^>›»＞]{2,12}?)[ ]?(?:[>›»＞].{0,40})?"
)


def path_column(text: str) -> str | None:
    """The section in a web page's path (首页 > 某某动态 > 某某市), None where a line is no path."""
    match = _PATH.fullmatch(text) if "首页" in text[:16] else None
    return match[1].strip() if match else None


# Written out, so that the engine passes over all signs but digits at once.
_ISSUE_DAY = re.compile(r"(\d\d\d\d)[ ]?[年\-./][ ]?(\d{1,2})[ ]?[月\-./][ ]?(\d{1,2})[ ]?日?")
_PAPER_NAME = re.compile(_PAPER)
_PUBLISHED = re.compile(r"发布(?:时间|日期)|来源[:：]")
_MASTHEAD = (
    FurnitureKind.DATE,
    FurnitureKind.NEWSPAPER,
    FurnitureKind.PAGE_NUMBER,
    FurnitureKind.DUTY_EDITOR,
)


def read_masthead(lines: list[SourceLine]) -> tuple[str | None, str | None]:
    """The issue date (ISO) and the newspaper's name as the page's own furniture prints them.

    Prose is not read: a date or a paper that an article mentions says nothing about the page. The
    day on which a web page was published (发布时间：2024-05-06) counts as its issue date.
    """
    day = paper = None
    for line in lines:
        text = line.text
        if not text or len(text) > 100:
            continue
        # Most lines have neither a date nor a paper's name, whatever they are.
        if "报" not in text and _ISSUE_DAY.search(text) is None:
            continue
        published = _PUBLISHED.search(text)
        if published or furniture_kind(text) in _MASTHEAD:
            day = day or _iso_day(text)
            name = None if published else _PAPER_NAME.search(text)
            paper = paper or (name[0].strip("《》").removesuffix("社") if name else None)
    return day, paper


def _iso_day(text: str) -> str | None:
    """The first full date in a line, None where there is none that the calendar knows."""
    for match in _ISSUE_DAY.finditer(text):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            continue
    return None
