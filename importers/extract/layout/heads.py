"""Headline blocks → headlines: parts that belong together in one line, and the kicker above them."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from importers.extract.clean import WRAP, tidy_title
from importers.extract.layout.blocks import Block
from importers.extract.layout.junctions import unclosed


@dataclass(slots=True)
class Headline:
    """A headline and its kicker, whose text may stand anywhere on the page."""

    blocks: list[int]
    """Indexes of its blocks, the kicker's too."""
    title: str
    kicker: str | None = None
    subtitle: str = ""
    """The sub-headline, which is no part of the title but tells whose it is."""
    cluster: int = 0
    """Number of the row of headlines that it stands in with nothing between them."""

    @property
    def place(self) -> int:
        """Index of its first block."""
        return self.blocks[0]


@dataclass(slots=True)
class _Parts:
    """A headline while its lines are gathered."""

    blocks: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    subtitle: str = ""
    kicker: str | None = None


# A break after these signs or words cuts a phrase: 做好新时代的|组织工作, 某某旗推进|基层治理.
_BROKEN_OFF = re.compile(
    "(?:[，、：；,:;—]|的|(?<![祥谐温总])和|(?<!参)与|(?<![常实存同])在|(?<![作有何可行])为|(?<![做周报达签独])到|让|把|将|被|以|于|是|之"
    "|推进|打造|构建|走进|围绕|聚焦|举办|举行|开展|成为|变身|迎来|[有成]了)$"
)
# Words that may as well end a headline (……促落实): they glue lines of one block, not two blocks.
_GLUED = re.compile(
    "(?:[！？!?…·]|[得及向对从到用给由有]|推动|实现|促进|提升|加强|深化|坚持|落实|建设|助力|助推|引领|强化|召开|召集"
    "|赋能|激活|创新|弘扬|传承|夯实|筑牢|探索|启动|积极|全面|深入|扎实)$"
)
_CUT_START = re.compile("[的地得化性者们型式]|工作(?:常态|制度|会|站)")
# ——记某某社区党委, 某某镇盘活土地纪实: a sub-headline under the headline.
_SUBTITLE = re.compile("—|--|－－|──|[^，。：]{8,}(?:纪实|侧记|纪略|综述|速写|见闻|掠影)$")
_MOST_LINES = 6
# 忠诚 干净 担当; 学党章 学准则 做表率: three and more short words of one length.
_SLOGAN = re.compile(r"\S{2,7}(?: \S{2,7}){2,}")
_ONE_TERM = re.compile("[“『「《‘][^”』」》’]+[”』」》’]")

_UNIT_TAIL = re.compile(
    r"[一-龥A-Za-z0-9（）()“”·]{1,22}(?:委|工委|党委|党组|局|市|旗|县|区|盟|镇|乡|苏木|街道|办事处|社区|村|嘎查|公司|学校|中学|小学"
    r"|医院|中心|支队|大队|中队|党支部|党总支|学院|大学|集团|法院|检察院|银行|政府|组织部|宣传部|派出所|实践[所站]|厂|煤矿|协会|联合会|总工会"
    r"|团委|妇联|管委会|党校|机关|农场|林场|牧场|幼儿园|图书馆|分局|税务所|司法所|供电所|车站|车务段)"
)
_DOES = re.compile(
    "引领|打造|建设[^局厅委]|推进|推动|助力|走进|点亮|激活|共建|让|凝聚|擦亮|开展|绘就|描绘|筑牢|赋能|聚焦|争创|创建|提升|情系|扎根|服务[群百大]|[进到入在][校企社村机万千]"
)


def headlines(blocks: list[Block], heads: list[int]) -> list[Headline]:
    """The headlines that the headline blocks with these indexes make, in the order of the page."""
    found: list[Headline] = []
    heads = sorted(set(heads))
    start = 0
    for end in range(1, len(heads) + 1):
        if end == len(heads) or heads[end] != heads[end - 1] + 1:
            found.extend(_cluster(blocks, heads[start:end], cluster=heads[start]))
            start = end
    split_kickers(found)
    return found


def _cluster(blocks: list[Block], row: list[int], cluster: int) -> list[Headline]:
    """The headlines of a row of headline blocks with nothing between them."""
    gathered: list[_Parts] = []
    for index in row:
        lines = blocks[index].text.split(WRAP)
        kicker = _own_kicker(lines)
        if gathered and gathered[-1].lines and _SUBTITLE.match(lines[0]):
            gathered[-1].blocks.append(index)
            gathered[-1].subtitle = "".join(lines)
        elif kicker is not None:
            gathered.append(_Parts([index], lines[1:], kicker=kicker))
        elif gathered and _goes_on(gathered[-1], lines):
            gathered[-1].blocks.append(index)
            gathered[-1].lines.extend(lines)
        elif _is_kicker(lines) and index != row[-1]:
            gathered.append(_Parts([index], [], kicker=_bare_kicker(lines)))
        else:
            gathered.append(_Parts([index], lines))
    _hang_last_kicker(gathered)
    return [
        Headline(
            part.blocks,
            join_title(part.lines),
            part.kicker,
            part.subtitle or _own_subtitle(part.lines),
            cluster,
        )
        for part in gathered
    ]


def _own_subtitle(lines: list[str]) -> str:
    """The sub-headline's words where it stands in the headline's own block."""
    return "".join(line for line in lines[1:] if _SUBTITLE.match(line))


def split_kickers(found: list[Headline]) -> None:
    """Takes the unit before a colon as kicker: print sets 某某旗： over the headline, a file in its line."""
    for head in found:
        unit, colon, rest = head.title.partition("：")
        if colon and not head.kicker and len(rest) >= 4 and _UNIT_TAIL.fullmatch(unit):
            head.kicker, head.title = unit, rest.strip()


def _hang_last_kicker(gathered: list[_Parts]) -> None:
    """Gives a kicker with no headline below it (on pages set from the bottom up) to the one above."""
    if len(gathered) > 1 and not gathered[-2].kicker:
        last = gathered[-1]
        line = "".join(last.lines)
        if line.endswith(("：", ":")) and _is_kicker(last.lines):
            gathered.pop()
            gathered[-1].kicker = _bare_kicker([line])
            gathered[-1].blocks += last.blocks


def _goes_on(parts: _Parts, lines: list[str]) -> bool:
    """Whether a block goes on with the headline before it: after its kicker, or after a cut phrase."""
    if not parts.lines:
        return True
    if len(parts.lines) >= _MOST_LINES:
        return False
    if lines[0].endswith(("：", ":")) and len(lines) == 1:
        return False
    return is_broken_off(parts.lines[-1], lines[0])


def _own_kicker(lines: list[str]) -> str | None:
    """The kicker in the first line of a block of several lines."""
    return _bare_kicker(lines[:1]) if len(lines) > 1 and _is_kicker(lines[:1]) else None


def _is_kicker(lines: list[str]) -> bool:
    """Whether a line names who or where and says nothing of it: 某某区：, 某某局机关党委."""
    if len(lines) != 1 or len(lines[0]) > 26 or " " in lines[0]:
        return False
    line = lines[0]
    if line.endswith(("：", ":")):
        return len(line) > 2
    return bool(_UNIT_TAIL.fullmatch(line)) and not _DOES.search(line) and len(line) >= 3


def _bare_kicker(lines: list[str]) -> str:
    """The kicker's words without the colon."""
    return tidy_title(lines[0]).rstrip("：: ")


def is_slogan(text: str) -> bool:
    """Whether a line is a row of short words such as stands over a page."""
    if not _SLOGAN.fullmatch(text):
        return False
    sizes = [len(word) for word in text.split(" ")]
    return max(sizes) <= 2 or (text[0] == text.split(" ")[1][0] and max(sizes) <= 6)


def join_title(lines: list[str]) -> str:
    """Headline lines as one: a space between phrases, nothing after a sign or inside a phrase.

    A line that begins with a dash (——记某某社区党委) is the sub-headline, not the headline.
    """
    main = lines[:1] + [line for line in lines[1:] if not _SUBTITLE.match(line)]
    title = main[0] if main else ""
    for before, line in pairwise(main):
        title += line if is_cut(before, line) or unclosed(title[-60:]) else " " + line
    return tidy_title(title).strip("■◆●▲★ ")


def is_cut(before: str, after: str) -> bool:
    """Whether a line's break cuts a phrase or follows a punctuation mark, so that no space is due."""
    return is_broken_off(before, after) or bool(_GLUED.search(before))


def is_broken_off(before: str, after: str) -> bool:
    """Whether a headline's line cannot end a headline, so that another block goes on with it."""
    if _BROKEN_OFF.search(before) or unclosed(before) or _CUT_START.match(after):
        return True
    return bool(_ONE_TERM.fullmatch(before.split(" ")[-1])) and not _ONE_TERM.match(after)
