"""The parameters that every list takes beside its filters, read strictly."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from msgspec import Struct
from rapidfuzz import process

from api.errors import Problem, several
from api.pagination import LARGEST_PAGE, PAGE_SIZE, Order, Ordering

CHOOSING = {
    "fields": _("只返回这些字段，逗号分隔。"),
    "omit": _("不返回这些字段，逗号分隔。"),
    "expand": _("把链接展开为所指记录的各字段，逗号分隔，只展开一层。"),
}
PAGING = {
    "cursor": _("上一次回答的 next 或 previous 中的游标。"),
    "page_size": format_lazy(_("每页条数，1 至 {most}，默认 {usual}。"), most=LARGEST_PAGE, usual=PAGE_SIZE),
    "count": _("为 true 时另外给出符合条件的总数 count。"),
    "ordering": _(
        "排序字段，逗号分隔，前加 - 为倒序；无值的记录总在最后。有 q 时另可用 relevance，且为默认。"
    ),
}
GROUPING = {
    "group_by": _(
        "不列记录，按这些字段分组计数，逗号分隔，至多三个；单位相同的数据另给出区间之和。"
        "page_size 为组数上限。"
    )
}
SEARCHING = {"highlight": _("与 q 同用：为 true 时，每条记录另给出命中的文字 highlight。")}
COMPARING = {"city": _("要并列的盟市，重复给出二至十二个：名称、别名或代码。")}
SUGGESTING = {
    "q": _("已输入的文字：名称或别名的开头、拼音首字母（hhht）或全拼。"),
    "kind": _("只要这几类：place、organisation、initiative，逗号分隔。"),
    "limit": _("至多几条，1 至 50，默认 10。"),
}
FOLLOWING = {
    "after": _("只要这个编号之后的变更，默认 0。"),
    "resource": _("只要这几种资源的变更，逗号分隔，例如 initiatives。"),
}
RELEVANCE = "relevance"
"""The ordering that a text query adds: best matches first."""

COMMON = {"format": _("回答的格式，也可用 Accept 头指定。")}
DESCRIBED = {**CHOOSING, **PAGING, **GROUPING, **SEARCHING, **COMPARING, **SUGGESTING, **FOLLOWING, **COMMON}
"""What the schema says of each parameter that is no filter."""


def check_names(given: Iterable[str], allowed: Collection[str]) -> None:
    """Refuses parameters that the endpoint does not know, with the nearest known name first."""
    unknown = [name for name in given if name not in allowed]
    problems, known = [], sorted(allowed) if unknown else []
    for name in unknown:
        near = [match for match, _, _ in process.extract(name, known, limit=3, score_cutoff=60)]
        ordered = [*near, *(other for other in known if other not in near)]
        problems.append(Problem("unknown_parameter", param=name[:100], allowed=ordered))
    if problems:
        raise several(problems)


def check_together(query: QueryDict, leading: str, allowed: Iterable[str]) -> None:
    """Refuses parameters that make no sense beside a leading one, such as `cursor` beside `group_by`."""
    for name in sorted(set(query) - set(allowed) - {leading.split("=")[0]}):
        raise Problem("conflicting_parameters", param=name, value=leading)


def single(query: QueryDict, name: str, default: str = "") -> str:
    """The value of a parameter that may be given once; a second one is refused."""
    values = query.getlist(name)
    if len(values) > 1:
        raise Problem("repeated_parameter", param=name)
    return values[0].strip() if values else default


def names(query: QueryDict, name: str) -> list[str]:
    """The comma-separated names of all occurrences of a parameter; an empty one is nobody's name."""
    return [part.strip() for text in query.getlist(name) for part in text.split(",")]


def yes(query: QueryDict, name: str) -> bool:
    """Whether a switch is on; anything but true and false is refused."""
    text = single(query, name, "false").lower()
    if text not in ("true", "false", "1", "0"):
        raise Problem("invalid_value", param=name, value=text[:100], allowed=["true", "false"])
    return text in ("true", "1")


def marking(query: QueryDict) -> bool:
    """Whether the words found are to be shown; where no text is searched there are none, which is refused."""
    is_wanted = yes(query, "highlight")
    if is_wanted and "q" not in query:
        raise Problem("missing_parameter", param="highlight", value="q")
    return is_wanted


def page_size(query: QueryDict) -> int:
    """How many rows a page has; a number out of bounds is refused, not bent."""
    return whole_number(query, "page_size", PAGE_SIZE, LARGEST_PAGE)


def natural_number(query: QueryDict, name: str) -> int:
    """The number of a parameter, 0 where it is not given."""
    text = single(query, name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Problem("invalid_value", param=name, value=text[:100], allowed=["0, 1, 2, …"])
    return int(text)


def whole_number(query: QueryDict, name: str, default: int, most: int) -> int:
    """The number of a parameter, from 1 to `most`; anything else is refused."""
    text = single(query, name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise Problem("invalid_value", param=name, value=text[:100], allowed=[f"1–{most}"])
    return int(text)


def ordering(
    query: QueryDict, known: Mapping[str, Order], default: Iterable[str], rows: QuerySet | None = None
) -> Ordering:
    """The total order asked for, else the default; by relevance where text was searched in the rows."""
    if rows is not None and RELEVANCE in rows.query.annotations:
        known, default = {**known, RELEVANCE: Order(RELEVANCE)}, [RELEVANCE]
    wanted = names(query, "ordering") or list(default)
    orders = []
    for name in wanted:
        order = known.get(name.removeprefix("-"))
        if order is None:
            raise Problem("invalid_value", param="ordering", value=name[:100], allowed=_both(known))
        orders.append(Order(order.column, order.descending != name.startswith("-"), order.nullable))
    if all(order.column != "id" for order in orders):
        orders.append(Order("id", orders[-1].descending))
    return Ordering(tuple(orders))


def _both(known: Mapping[str, Any]) -> list[str]:
    """Every field of an ordering in both directions."""
    return [sign + name for name in known for sign in ("", "-")]


class Paging(Struct, frozen=True):
    """Which page of a list was asked for."""

    cursor: str
    size: int
    count: bool

    @classmethod
    def read(cls, query: QueryDict) -> "Paging":
        """The paging parameters of a request."""
        return cls(single(query, "cursor"), page_size(query), yes(query, "count"))
