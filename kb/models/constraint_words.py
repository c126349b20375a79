"""What people are told where a row breaks a rule of the database, instead of the rule's name."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "date_and_precision": _("日期和它的精度须都有，或都没有。"),
    "kb_metric_upper_of_range": _("限定为“区间”时须有区间的上限，否则不能有。"),
    "kb_metric_value_upper": _("区间的上限不能小于数值。"),
    "kb_metric_low_high": _("区间的上限不能小于下限。"),
    "kb_place_centre": _("经度须在 -180 至 180 之间，纬度须在 -90 至 90 之间，二者都有或都没有。"),
    "kb_place_not_its_own_parent": _("一个地方的上级不能是它自己。"),
}
"""By the name of a constraint, or by how it ends."""


def words_for(name: str) -> str | None:
    """What is told of a constraint; None where Django's own words must do."""
    return next((str(words) for end, words in WORDS.items() if name.endswith(end)), None)
