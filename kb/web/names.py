"""The twelve 盟市 and the quantities that they are compared by, with the words that people read."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CityName(Enum):
    """A 盟市 of Inner Mongolia: code, full name, and the short one for the map."""

    HOHHOT = "150100", _("呼和浩特市"), _("呼和浩特")
    BAOTOU = "150200", _("包头市"), _("包头")
    WUHAI = "150300", _("乌海市"), _("乌海")
    CHIFENG = "150400", _("赤峰市"), _("赤峰")
    TONGLIAO = "150500", _("通辽市"), _("通辽")
    ORDOS = "150600", _("鄂尔多斯市"), _("鄂尔多斯")
    HULUNBUIR = "150700", _("呼伦贝尔市"), _("呼伦贝尔")
    BAYANNUR = "150800", _("巴彦淖尔市"), _("巴彦淖尔")
    ULANQAB = "150900", _("乌兰察布市"), _("乌兰察布")
    HINGGAN = "152200", _("兴安盟"), _("兴安")
    XILINGOL = "152500", _("锡林郭勒盟"), _("锡林郭勒")
    ALXA = "152900", _("阿拉善盟"), _("阿拉善")

    def __init__(self, code: str, full: Promise, short: Promise) -> None:
        self.code, self.full, self.short = code, full, short


CITIES = {city.code: city for city in CityName}

QUANTITIES: dict[str, Promise] = {
    "articles": _("文章"),
    "initiatives": _("举措"),
    "organisations": _("组织"),
    "metrics": _("数据"),
}
"""What the map can be coloured by: the name in addresses and the label."""

ELSEWHERE = ""
"""Stands for what belongs to none of the twelve: other provinces, the whole region, not told."""
