"""How two names can mean one: forms that are folded together before they are compared. No Django here."""

import re
from functools import lru_cache
from itertools import islice, product

from kb.names import normalise

_SHORTER = (
    ("中国共产党", ""),
    ("中国共产主义青年团", "共青团"),
    ("中共", ""),
    ("居民委员会", "居委会"),
    ("村民委员会", "村委会"),
    ("代表大会常务委员会", "人大常委会"),
    ("支部委员会", "支部"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("街道办事处", "街道"),
    ("办公室", "办"),
    ("妇女联合会", "妇联"),
    ("总工会", "工会"),
    ("志愿者服务队", "志愿服务队"),
    ("志愿者", "志愿"),
    ("有限责任公司", "公司"),
    ("有限公司", "公司"),
    ("自治区", "区"),
)
"""Full forms and what they are shortened to (`党支部委员会` → `党支部`), the longer ones first."""

_WAYS: dict[str, tuple[str, ...]] = {
    brief: (brief, *(full for full, short in _SHORTER if short == brief and full != "自治区"))
    for _full, brief in _SHORTER
    if brief
}
"""What a short form may stand for, itself first."""

_BRIEF = re.compile(f"({'|'.join(sorted(_WAYS, key=len, reverse=True))})")

_HEADS = ("", "中共", "中国共产党")

_PARTY = "党委"
"""Signs of a party body, whose name may begin with the party's."""

MOST_FORMS = 48
"""Forms of one name that are looked for; a name of five short forms has more."""

_QUOTED = re.compile(r"[“‘「『]([^”’」』]{2,})[”’」』]")

GENERIC_NAMES = re.compile(r"(?:自治区|苏木|街道|社区|嘎查|[市盟旗县区镇乡村])$")
"""The generic part at the end of a place's name."""


@lru_cache(
    maxsize=10_000
)  # where all bodies are compared, the names of their places come back again and again
def folded(name: str) -> str:
    """A body's name in its shortest form: `中共玉泉区委员会组织部` and `玉泉区委组织部` become the same."""
    short = normalise(name)
    for full, brief in _SHORTER:
        short = short.replace(full, brief)
    return short


def forms(name: str) -> set[str]:
    """The names that fold as this one does, itself among them, as keys hold them; at most MOST_FORMS.

    `玉泉区委组织部` gives `中共玉泉区委员会组织部` too. They are what an index can be asked for.
    """
    parts = _BRIEF.split(folded(name))
    heads = _HEADS if any(sign in name for sign in _PARTY) else ("",)
    ways = product(heads, *(_WAYS.get(part, (part,)) for part in parts))
    return {normalise(name), *("".join(way) for way in islice(ways, MOST_FORMS))}


def tail(name: str, places: tuple[str, ...]) -> str:
    """What of a folded name is left without the places that it begins with; the whole if nothing is."""
    short = folded(name)
    for place in places:
        stem = GENERIC_NAMES.sub("", folded(place))
        for form in (folded(place), stem):
            if len(form) > 1 and short.startswith(form) and len(short) > len(form) + 1:
                short = short.removeprefix(form)
    return short


def core(name: str) -> str:
    """The quoted part of an initiative's name, made plain; nothing where there is none."""
    found = _QUOTED.search(name)
    return normalise(found[1]) if found else ""


def stem(name: str) -> str:
    """A place's name without its generic part: `鹿苑镇` → `鹿苑`; a name of one sign stays."""
    plain = normalise(name)
    short = GENERIC_NAMES.sub("", plain)
    return short if len(short) > 1 else plain
