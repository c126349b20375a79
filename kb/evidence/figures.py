"""A first reading of a figure that a person has marked, for the form to begin with. No Django here.

It reads digits with 万 and 亿 and the usual words of vagueness; what it does not know stays empty.
"""

import re
from decimal import Decimal
from typing import Any

from kb.vocabulary import Qualifier

_BEFORE = {
    "近": Qualifier.NEARLY, "将近": Qualifier.NEARLY, "约": Qualifier.ABOUT, "大约": Qualifier.ABOUT,
    "超": Qualifier.OVER, "超过": Qualifier.OVER, "至少": Qualifier.AT_LEAST, "不少于": Qualifier.AT_LEAST,
    "至多": Qualifier.AT_MOST, "不超过": Qualifier.AT_MOST,
}  # fmt: skip
_BEHIND = {"余": Qualifier.OVER, "多": Qualifier.OVER, "左右": Qualifier.ABOUT}
_SCALE = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})?"
    rf"(?P<value>{_NUMBER})(?:[-–—~～至](?P<upper>{_NUMBER}))?"
    rf"(?P<scale>[百千万亿]?)(?P<behind>{'|'.join(_BEHIND)})?(?P<late>万|亿)?(?P<unit>.*)"
)


def figure(text: str) -> dict[str, Any]:
    """Value, upper end, qualifier and unit: `35万余小时` is 350000, over, 小时. Else empty."""
    found = _FIGURE.fullmatch(text.strip())
    if not found:
        return {}
    scale = _SCALE[found["scale"]] * _SCALE[found["late"] or ""]
    upper = _scaled(found["upper"], scale) if found["upper"] else None
    vague = _BEFORE.get(found["before"] or "") or _BEHIND.get(found["behind"] or "") or Qualifier.EXACT
    return {
        "value": _scaled(found["value"], scale),
        "upper": upper,
        "qualifier": (Qualifier.RANGE if upper is not None else vague).value,
        "unit": found["unit"].strip()[:60],
    }


def _scaled(digits: str, scale: int) -> Decimal:
    return Decimal(digits.replace(",", "").replace("，", "")) * scale
