"""Names of a list that share their last word: `光明、新世纪社区` is 光明社区 and 新世纪社区."""

import re
from collections.abc import Iterable, Sequence

from importers.extract.gazetteer.lookup import Hit
from importers.extract.places.forms import Form, can_share

# 光明、, 平原和: an item, and what stands between it and the next.
_ITEM = re.compile(r"([一-鿿]{2,4})[、和与]\Z")

# 走进光明、新世纪社区: where no place stands before the first item, one of these must.
_ANCHOR = re.compile(r"(?:在|到|走进|深入|走访|联合|辖区|组织|带领)\Z")

# 社会组织、民政局、新华社区: items that are kinds of bodies or of people, no names.
_NO_ITEM = re.compile(r"[局委办部院校会站所队厅组人员民户区县旗市镇乡村街道店厂业司]\Z|社区|嘎查|企业|单位")

_MOST = 8
"""Items of a list before the one that has the last word, at most."""


def shared_tails(plain: str, forms: Sequence[Form], hits: Iterable[Hit]) -> list[Form]:
    """The forms of the items that stand before one with a tail they share, in the order of the text."""
    if "、" not in plain:
        return []
    ends = {hit.end for hit in hits} | {form.end for form in forms}
    found: list[Form] = []
    for form in forms:
        if form.tail in ("社区", "村", "嘎查", "街道") and not form.joined:
            found += _items(plain, form, ends)
    return sorted(found, key=lambda item: item.start)


def _items(plain: str, last: Form, ends: set[int]) -> list[Form]:
    """The items of one list; none where no place and no word shows where the list begins."""
    items: list[Form] = []
    begin = last.start
    while len(items) < _MOST:
        start = _item_start(plain, begin, ends)
        if start is None:
            return []
        name = plain[start : begin - 1] + last.tail
        joined = start in ends
        items.append(Form(start, begin - 1, name, last.tail, last.level, joined, sure=True))
        if joined or _ANCHOR.search(plain, max(0, start - 2), start):
            return items
        begin = start
    return []


def _item_start(plain: str, end: int, ends: set[int]) -> int | None:
    """Where the item that ends before a position begins; None where no name can stand there."""
    match = _ITEM.search(plain, max(0, end - 5), end)
    if match is None or end - 1 in ends:
        return None
    start = match.start()
    start = next((stop for stop in range(end - 3, start, -1) if stop in ends), start)
    anchor = next((at for at in range(start, end - 2) if _ANCHOR.search(plain, max(0, at - 2), at)), start)
    item = plain[anchor : end - 1]
    return anchor if can_share(item) and not _NO_ITEM.search(item) else None
