"""A small world of places for the tests of organisations, and the context of an article in it."""

import re

from importers.extract.context import ArticleContext, LocatedName, Location, PageContext
from importers.extract.organisations.find import find_organisations
from importers.extract.records import ArticleDraft, Doubt, OrganisationMention
from importers.extract.text import BodyText
from kb.vocabulary import ArticleKind, PlaceLevel

_ROWS = (
    # surface, official, level, city, parent
    ("内蒙古自治区", "内蒙古自治区", PlaceLevel.REGION, None, None),
    ("内蒙古", "内蒙古自治区", PlaceLevel.REGION, None, None),
    ("通辽市", "通辽市", PlaceLevel.CITY, "通辽市", "内蒙古自治区"),
    ("通辽", "通辽市", PlaceLevel.CITY, "通辽市", "内蒙古自治区"),
    ("赤峰市", "赤峰市", PlaceLevel.CITY, "赤峰市", "内蒙古自治区"),
    ("赤峰", "赤峰市", PlaceLevel.CITY, "赤峰市", "内蒙古自治区"),
    ("乌海市", "乌海市", PlaceLevel.CITY, "乌海市", "内蒙古自治区"),
    ("锡林郭勒盟", "锡林郭勒盟", PlaceLevel.CITY, "锡林郭勒盟", "内蒙古自治区"),
    ("锡林郭勒", "锡林郭勒盟", PlaceLevel.CITY, "锡林郭勒盟", "内蒙古自治区"),
    ("科左中旗", "科尔沁左翼中旗", PlaceLevel.COUNTY, "通辽市", "通辽市"),
    ("科尔沁左翼中旗", "科尔沁左翼中旗", PlaceLevel.COUNTY, "通辽市", "通辽市"),
    ("奈曼旗", "奈曼旗", PlaceLevel.COUNTY, "通辽市", "通辽市"),
    ("库伦旗", "库伦旗", PlaceLevel.COUNTY, "通辽市", "通辽市"),
    ("开鲁县", "开鲁县", PlaceLevel.COUNTY, "通辽市", "通辽市"),
    ("红山区", "红山区", PlaceLevel.COUNTY, "赤峰市", "赤峰市"),
    ("红山", "红山区", PlaceLevel.COUNTY, "赤峰市", "赤峰市"),
    ("松山区", "松山区", PlaceLevel.COUNTY, "赤峰市", "赤峰市"),
    ("松山", "松山区", PlaceLevel.COUNTY, "赤峰市", "赤峰市"),
    ("宁城县", "宁城县", PlaceLevel.COUNTY, "赤峰市", "赤峰市"),
    ("锡林浩特市", "锡林浩特市", PlaceLevel.COUNTY, "锡林郭勒盟", "锡林郭勒盟"),
    ("锡林浩特", "锡林浩特市", PlaceLevel.COUNTY, "锡林郭勒盟", "锡林郭勒盟"),
    ("海勃湾区", "海勃湾区", PlaceLevel.COUNTY, "乌海市", "乌海市"),
    ("通辽经济技术开发区", "通辽经济技术开发区", PlaceLevel.ZONE, "通辽市", "通辽市"),
    ("大沁他拉镇", "大沁他拉镇", PlaceLevel.TOWNSHIP, "通辽市", "奈曼旗"),
    ("青龙山镇", "青龙山镇", PlaceLevel.TOWNSHIP, "通辽市", "奈曼旗"),
    ("东城街道", "东城街道", PlaceLevel.TOWNSHIP, "赤峰市", "红山区"),
    ("振兴街道", "振兴街道", PlaceLevel.TOWNSHIP, "赤峰市", "松山区"),
    ("柳条沟村", "柳条沟村", PlaceLevel.VILLAGE, "通辽市", "大沁他拉镇"),
    ("白音花嘎查", "白音花嘎查", PlaceLevel.VILLAGE, "通辽市", "科尔沁左翼中旗"),
    ("福泰社区", "福泰社区", PlaceLevel.VILLAGE, "赤峰市", "东城街道"),
    ("福宁", "福宁社区", PlaceLevel.VILLAGE, "赤峰市", "东城街道"),
    ("福宁社区", "福宁社区", PlaceLevel.VILLAGE, "赤峰市", "东城街道"),
    ("银川市", "银川市", PlaceLevel.CITY, "银川市", "宁夏回族自治区"),
    ("宁夏", "宁夏回族自治区", PlaceLevel.REGION, None, None),
    ("金凤区", "金凤区", PlaceLevel.COUNTY, "银川市", "银川市"),
)
PLACES = {
    surface: Location(official, level, None, city, parent) for surface, official, level, city, parent in _ROWS
}
_NAMES = re.compile("|".join(sorted(PLACES, key=len, reverse=True)))


def context(body: str, **about: str) -> ArticleContext:
    """The context of an article on the places given (`city=`, `county=`, `township=`, `village=`)."""
    names = tuple(LocatedName(*m.span(), m[0], PLACES[m[0]]) for m in _NAMES.finditer(body))
    draft = ArticleDraft("", ArticleKind.REPORT, body, ())
    return ArticleContext(
        draft, PageContext(), names=names, **{level: PLACES[name] for level, name in about.items()}
    )


def found(body: str, **about: str) -> tuple[tuple[OrganisationMention, ...], tuple[Doubt, ...]]:
    """The organisations and doubts of a body about the places given."""
    return find_organisations(BodyText(body), context(body, **about))


def names(body: str, **about: str) -> list[str]:
    """The full names of the organisations of a body, each once, in reading order."""
    return list(dict.fromkeys(mention.name for mention in found(body, **about)[0]))
