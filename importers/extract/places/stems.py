"""Which stems, that is what stands before 镇, 村, 社区 or 公园, can be a place's name."""

import re

from importers.extract.places.words import DOUBTFUL_STEMS, GENERIC_ENDINGS, GENERIC_STEMS, MONGOLIAN_SIGNS

# 十四年嘎查书记, 三十名村干部, 明年嘎查要修路: a measure or a time before a tail is no name; 三家村 and
# 四间房村 are.
_MEASURED = re.compile(
    r"[\d一二三四五六七八九十百千几两多余数半]+[多余]?(?:[年名位届次天期批轮人]|个月?)\Z|[今明去后前来当往近每全多]年\Z"
)

# 能人回村, 包两村, 上访村: a verb or a number before 村; a village right after its township may be called so.
_NO_STEM_END = re.compile(r"[回返驻入离访两几]\Z")

# 大洼村文化广场: a square with nothing but its use is no named site.
_PLAIN_SQUARES = GENERIC_STEMS.union(("文化", "体育", "运动", "健身", "休闲", "生活", "城市", "中心"))

# 十九号, 西路, 一区: such stems are names however long they are.
_STREETWISE = re.compile(
    r"[路街巷道桥园城苑庭府里湾庄营堡寨沟滩坝梁井泉]|号|[东西南北]$|第?[一二三四五六七八九十]$"
)


def is_name(stem: str, tail: str, joined: bool) -> bool:
    """Whether a stem can name a place: no generic word, not too long, unless it is `joined` to a place."""
    if tail == "广场" and stem in _PLAIN_SQUARES:
        return False
    if stem in DOUBTFUL_STEMS:
        return True
    if stem in GENERIC_STEMS or stem.endswith(GENERIC_ENDINGS) or _MEASURED.search(stem):
        return False
    if not joined and _needs_place(stem, tail):
        return False
    return len(stem) <= 4 or (joined and len(stem) <= 8) or _long_name(stem)


def _needs_place(stem: str, tail: str) -> bool:
    """Whether a stem is a name only right after a place."""
    if len(stem) == 1 or tail == "小区" or _NO_STEM_END.search(stem):
        return True
    if tail in ("镇", "乡"):
        return stem.endswith(("城", "大", "强", "名"))  # 缩小城乡差距, 推进城镇化, 是产粮大镇
    return tail == "嘎查村" and not _mongolian(stem)  # 壮大嘎查村集体经济


def _mongolian(stem: str) -> bool:
    """Whether a stem is written as Mongolian names are, but for one sign at most."""
    return sum(sign in MONGOLIAN_SIGNS for sign in stem) >= len(stem) - (len(stem) > 3)


def _long_name(stem: str) -> bool:
    """Whether a long stem is a name: Mongolian, a people's, with a number or a street's parts."""
    return _mongolian(stem) or stem.endswith("族") or bool(_STREETWISE.search(stem))
