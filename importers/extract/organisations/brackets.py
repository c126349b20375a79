"""Second names that brackets give a body: 精神卫生中心（第六人民医院） is one body with one name."""

from collections.abc import Sequence

from msgspec.structs import replace

from importers.extract.organisations.bodies import Body, bare
from importers.extract.organisations.tails import Need
from kb.vocabulary import OrganisationCategory as Category

_SORTS = frozenset({Category.INSTITUTION, Category.MEDIA})


def with_second_names(plain: str, bodies: list[Body]) -> list[Body]:
    """The bodies with what brackets say that an institution is called too made a part of its name."""
    if "）" not in plain:
        return bodies
    kept: list[Body] = []
    for body in bodies:
        before = kept[-1] if kept else None
        if before is not None and _is_second_name(plain, before, body):
            kept[-1] = _extended(plain, before, body.end + 1)
        else:
            kept.append(body)
    return kept


def second_names(bodies: Sequence[Body]) -> dict[str, str]:
    """Full names by the two short forms that each bracketed name has: 精神卫生中心 and 第六人民医院."""
    found: dict[str, str] = {}
    for body in bodies:
        first, sign, second = body.text.partition("（")
        if sign and body.name.endswith("）") and body.category in _SORTS:
            found |= {first: body.name, second.removesuffix("）"): body.name}
            found[body.name.partition("（")[0]] = body.name
    return found


def _is_second_name(plain: str, first: Body, second: Body) -> bool:
    """Whether brackets right after a body hold nothing but another institution's words."""
    beside = plain[first.end : first.end + 1] == "（" and plain[second.end : second.end + 1] == "）"
    whole = beside and first.end + 1 in (second.start, second.tail_start)
    institutions = first.category in _SORTS and second.category in _SORTS
    return whole and institutions and (bool(first.name) or first.tail.need is not Need.SELF)


def _extended(plain: str, body: Body, end: int) -> Body:
    """The body with the bracket after it."""
    bracket = bare(plain[body.end : end])
    name = body.name + bracket if body.name else ""
    return replace(body, end=end, text=body.text + bracket, name=name)
