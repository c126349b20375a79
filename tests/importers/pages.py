"""Page records made by hand, as the extractor would hand them on; every span quotes its body."""

import hashlib
from pathlib import Path

from msgspec.structs import replace

from importers.extract.records import (
    ArticleDraft,
    ArticleRecord,
    Credit,
    DateText,
    Doubt,
    Furniture,
    InitiativeMention,
    MetricMention,
    OrganisationMention,
    PageRecord,
    PlaceMention,
)
from importers.sources import PageFacts, SourcePage
from kb.vocabulary import (
    ArticleKind,
    CreditRole,
    DoubtReason,
    FurnitureKind,
    InitiativeKind,
    MetricStatus,
    OrganisationCategory,
    PlaceLevel,
    Qualifier,
    RecordKind,
)

BODY = (
    "自2022年3月起，固阳县白桦镇党委在柳叶村推出“小马灯”夜校项目。"
    "镇党委说，“小马灯”夜校项目办班40余场，近千人听课，每月2-3场，惠及柳叶村。"
)
SECOND_BODY = "固阳县妇联到青杨社区走访，送去书籍120册。"
DATE = "2024-05-06"


def source(text="原文", name="page.txt", **facts):
    """A source page with this text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourcePage(Path("pages") / name, digest, "utf-8", text, PageFacts(**facts))


def span(body, text, nth=0):
    """Start and end of the nth time that the body has a text."""
    start = -1
    for _ in range(nth + 1):
        start = body.index(text, start + 1)
    return {"start": start, "end": start + len(text)}


def place(body, surface, nth=0, **fields):
    """A place mention."""
    values = {"official": surface, "level": PlaceLevel.COUNTY, "city": "包头市"} | fields
    return PlaceMention(surface=surface, **span(body, surface, nth), **values)


def organisation(body, surface, nth=0, **fields):
    """An organisation mention."""
    values = {"name": surface, "category": OrganisationCategory.PARTY_COMMITTEE, "city": "包头市"} | fields
    return OrganisationMention(surface=surface, **span(body, surface, nth), **values)


def initiative(body, surface, nth=0, **fields):
    """An initiative mention."""
    values = {"name": surface, "kind": InitiativeKind.PROJECT, "city": "包头市"} | fields
    return InitiativeMention(surface=surface, **span(body, surface, nth), **values)


def metric(body, text, value, unit, nth=0, **fields):
    """A metric."""
    values = {
        "qualifier": Qualifier.EXACT, "subject": "", "status": MetricStatus.REPORTED, "city": "包头市",
    } | fields  # fmt: skip
    return MetricMention(text=text, value=value, unit=unit, **span(body, text, nth), **values)


def article(body=BODY, lines=((3, 9),), **fields):
    """An article with nothing read from its body."""
    draft_fields = {k: fields.pop(k) for k in list(fields) if k in ArticleDraft.__struct_fields__}
    draft = {"title": "夜校的灯", "kind": ArticleKind.REPORT, "body": body, "lines": lines} | draft_fields
    return ArticleRecord(draft=ArticleDraft(**draft), **{"city": "包头市"} | fields)


def first_article(body=BODY, **fields):
    """The article on the night school with all that it says."""
    town = {"official": "白桦镇", "level": PlaceLevel.TOWNSHIP, "parent": "固阳县"}
    village = {"official": "柳叶村", "level": PlaceLevel.VILLAGE, "parent": "白桦镇"}
    about = {"initiative": "“小马灯”夜校项目", "organisation": "固阳县白桦镇党委"}
    read = {
        "places": (
            place(body, "白桦镇", **town),
            place(body, "柳叶村", **village),
            place(body, "柳叶村", 1, **village),
        ),
        "organisations": (
            organisation(body, "固阳县白桦镇党委", place="固阳县"),
            organisation(body, "镇党委", 1, name="固阳县白桦镇党委", place="固阳县"),
        ),
        "initiatives": (
            initiative(
                body, "“小马灯”夜校项目", organisers=("固阳县白桦镇党委",), places=("柳叶村",),
                started=DateText("2022年3月", "2022-03"),
            ),
            initiative(body, "“小马灯”", 1, name="“小马灯”夜校项目"),
        ),
        "metrics": (
            metric(body, "40余场", 40, "场", qualifier=Qualifier.OVER, subject="办班", **about),
            metric(body, "近千人", 1000, "人", qualifier=Qualifier.NEARLY, subject="听课", **about),
            metric(
                body, "2-3场", 2, "场", upper=3, qualifier=Qualifier.RANGE, subject="办班", place="柳叶村",
                status=MetricStatus.PLANNED, period_from=DateText("自2022年3月起", "2022-03"),
            ),
        ),
        "doubts": (Doubt(RecordKind.PLACE, DoubtReason.AMBIGUOUS, "柳叶村", **span(body, "柳叶村")),),
    }  # fmt: skip
    credits_ = (Credit("林溪", CreditRole.REPORTER), Credit("周牧云", CreditRole.CORRESPONDENT))
    return article(body, authors=credits_, column="灯下", **read | fields)


def second_article(**fields):
    """The brief on the visit."""
    body = SECOND_BODY
    community = {"level": PlaceLevel.VILLAGE, "parent": "固阳县"}
    return article(
        body,
        lines=((12, 13),),
        title="送书",
        kind=ArticleKind.BRIEF,
        places=(place(body, "青杨社区", **community),),
        organisations=(
            organisation(body, "固阳县妇联", category=OrganisationCategory.MASS_ORGANISATION, place="固阳县"),
        ),
        metrics=(metric(body, "120册", 120, "册", subject="书籍", organisation="固阳县妇联"),),
        **fields,
    )


def page(*articles, **fields):
    """A page record; with no articles given, the two above."""
    furniture = (Furniture(FurnitureKind.SLOGAN, "夜读", ((1, 1),)),)
    record = PageRecord(articles or (first_article(), second_article()), furniture, home_city="包头市")
    return replace(record, **fields)
