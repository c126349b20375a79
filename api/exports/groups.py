"""Groups as rows of a table."""

from collections.abc import Mapping

from api.exports.cells import TableColumn, flat, parts
from api.grouping import SUMS_SHOWN, Group

TITLES = {
    "author": "作者",
    "category": "类别",
    "city": "盟市",
    "column": "栏目",
    "count": "条数",
    "initiative": "举措",
    "kind": "类别",
    "level": "级别",
    "max_high": "最大值",
    "min_low": "最小值",
    "open_high": "上端不限的项数",
    "open_low": "下端不限的项数",
    "organisation": "组织",
    "organiser": "组织者",
    "parent": "上级",
    "place": "地点",
    "publication": "报刊",
    "qualifier": "限定",
    "status": "完成情况",
    "sum_high": "合计上限",
    "sum_low": "合计下限",
    "unit": "单位",
    "year": "年份",
}
"""The Chinese heading of each thing to count by, and of what is counted."""


def group_columns(groups: Mapping[str, Group], with_sums: bool) -> list[TableColumn]:
    """The columns of a table of groups: what they are groups of, then the numbers."""
    found = [column for name, group in groups.items() for column in key_columns(name, group)]
    return found + [plain(name, TITLES[name]) for name in ("count", *(SUMS_SHOWN if with_sums else ()))]


def key_columns(name: str, group: Group) -> list[TableColumn]:
    """The columns of one thing to count by: a link has name, id and code, a closed list its Chinese label."""
    title = TITLES[name]
    if group.resource:
        return parts(name, title, [("name", ""), ("id", "编号"), *([("code", "代码")] if group.code else [])])
    label = [plain(f"{name}_label", f"{title}的中文名")] if group.vocabulary else []
    return [plain(name, title), *label]


def plain(name: str, title: str) -> TableColumn:
    """A column of a value as it is."""
    return TableColumn(name, title, lambda row: flat(row.get(name)))
