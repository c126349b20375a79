"""What an item of a list takes over from the item before it: `市教育局、民政局`, `区委书记、区长`."""

import re

from msgspec.structs import replace

from importers.extract.organisations.bodies import Body
from importers.extract.organisations.tails import Need
from kb.vocabulary import OrganisationCategory as Category

_GAP = 14
_LONG_TAIL = 4
"""Tails of proper names carry a place only when they are long: 人民医院, not 学校."""

# Departments that a committee has, so that a list hands on the committee: 市委组织部、宣传部.
_COMMITTEES_OWN = (
    "组织部 宣传部 统战部 政法委 老干部局 编办 党校 网信办 社会工作部 政研室 讲师团 直属机关工委 "
    "巡察办 督查室 政策研究室 改革办 台办"
)
_BELOW_COMMITTEE = frozenset(_COMMITTEES_OWN.split())
_CARRIED = frozenset(
    {
        Category.GOVERNMENT,
        Category.PARTY_DEPARTMENT,
        Category.MASS_ORGANISATION,
        Category.INSTITUTION,
        Category.COMMUNITY,
        Category.PARTY_COMMITTEE,
    }
)

# 市教育局、民政局和卫健委; 区委书记、区长; 镇党委、政府: what may stand between the items of a list.
_BETWEEN = re.compile(
    r"(?:党[组委])?(?:(?:副?书记|常委|委员|副?主任|副?局长|副?部长|副?主席)、?){0,3}(?:、|，|和|与|及|以及)?$"
)


# 县人社局、农科局: a department of a name that no list knows, in a list of departments.
_OWN = re.compile("[、和与]([一-鿿]{2,8})$")
_NO_OWN = re.compile("[的了在到把各多个等将被由向对]")


def _with_own_name(plain: str, body: Body, last: Body) -> Body:
    """The body with the words between it and the item before it made its own, where that is a department."""
    own = _OWN.fullmatch(plain, last.end, body.start) if body.text == "局" else None
    if own is None or last.category is not Category.GOVERNMENT or _NO_OWN.search(own[1]):
        return body
    return replace(body, start=own.start(1), text=own[1] + body.text)


def carry_head(plain: str, body: Body, named: list[Body]) -> Body:
    """A bare item of a list with the place or the committee of the item before it, if it has one."""
    if not named or not 0 < body.start - named[-1].end <= _GAP:
        return body
    last = named[-1]
    if body.text == "局" and plain.startswith("长", body.end):
        return body  # 某某局党组书记、局长: of the body before, not another one
    body = _with_own_name(plain, body, last)
    between = plain[last.end : body.start]
    if not _BETWEEN.fullmatch(between) or between == "，" or last.root is None or not last.root.resolved:
        return body
    if body.tail.category is Category.PARTY_DEPARTMENT and body.tail.word in _BELOW_COMMITTEE:
        committee = last.inner if last.inner is not None else last
        below = committee.tail.word in ("委", "党委", "党工委")
        return replace(body, name=committee.name + body.text, inner=committee) if below else body
    carried = body.tail.need is Need.HEAD or len(body.text) >= _LONG_TAIL
    if carried and body.tail.category in _CARRIED:
        return replace(body, name=last.root.prefix + body.text, head=last.root, carried=True)
    return body
