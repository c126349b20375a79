"""A small named world: three cities with a few banners, two bodies, three initiatives, and their evidence."""

import datetime
from types import SimpleNamespace

from kb.models import Metric
from tests.factories import (
    ArticleFactory,
    CreditFactory,
    InitiativeFactory,
    InitiativeMentionFactory,
    MetricFactory,
    OrganisationFactory,
    OrganisationMentionFactory,
    PageFactory,
    PlaceFactory,
    PlaceMentionFactory,
    PublicationFactory,
)

HOHHOT_BODY = (
    "新城区石榴花志愿服务队2023年推出“云雀”志愿服务品牌。截至2024年底，"
    "“云雀”志愿服务品牌累计服务35万余小时，近百人参加，来自新城区3个社区。"
)
BAOTOU_BODY = "昆都仑区委宣传部建立“三色灯”工作机制，在鹿苑镇走访群众9624次，每月至少1次。"
ORDOS_BODY = "达拉特旗的“晨光”书屋藏书约2000册，开放300-500平方米。"


def build_world() -> SimpleNamespace:
    """The rows by name; everything that a test of reading needs, and nothing more."""
    world = SimpleNamespace()
    _add_places(world)
    _add_articles(world)
    _add_bodies(world)
    _add_initiatives(world)
    _add_metrics(world)
    return world


def _add_places(world: SimpleNamespace) -> None:
    region = world.region = PlaceFactory(name="内蒙古自治区", code="150000", level="region")
    for key, name, code in (
        ("hohhot", "呼和浩特市", "150100"),
        ("baotou", "包头市", "150200"),
        ("ordos", "鄂尔多斯市", "150600"),
    ):
        city = PlaceFactory(name=name, code=code, level="city", parent=region, longitude=110.0, latitude=40.0)
        city.city = city
        city.save()
        city.names.create(name=name[:-1], key=f"150000/{name[:-1]}")
        setattr(world, key, city)
    world.hohhot.names.create(name="青城", key="150000/青城")
    world.xincheng = _county("新城区", "150102", world.hohhot)
    world.kundulun = _county("昆都仑区", "150203", world.baotou)
    world.dalad = _county("达拉特旗", "150621", world.ordos)
    world.town = PlaceFactory(name="鹿苑镇", parent=world.kundulun, city=world.baotou)


def _county(name: str, code: str, city: object) -> object:
    return PlaceFactory(name=name, code=code, level="county", parent=city, city=city)


def _add_articles(world: SimpleNamespace) -> None:
    world.publication = PublicationFactory(name="云岭日报")
    world.page = PageFactory(
        publication=world.publication, source_file="world.txt", issue_date=datetime.date(2025, 3, 1)
    )
    world.undated_page = PageFactory(source_file="undated.txt")
    world.hohhot_article = ArticleFactory(
        page=world.page, title="云雀飞进寻常巷", column="身边", city=world.hohhot, body=HOHHOT_BODY
    )
    world.baotou_article = ArticleFactory(
        page=world.page, title="三色灯照亮老街", kind="brief", city=world.baotou, body=BAOTOU_BODY
    )
    world.ordos_article = ArticleFactory(
        page=world.undated_page, title="书屋开门", kind="photo", city=world.ordos, body=ORDOS_BODY
    )
    CreditFactory(article=world.hohhot_article, author__name="林溪", role="reporter")
    CreditFactory(article=world.hohhot_article, author__name="周牧云", role="correspondent", ordinal=1)
    world.author = world.hohhot_article.credits.get(ordinal=0).author
    PlaceMentionFactory(article=world.hohhot_article, text="新城区", place=world.xincheng)
    PlaceMentionFactory(article=world.baotou_article, text="鹿苑镇", place=world.town)
    PlaceMentionFactory(article=world.ordos_article, text="达拉特旗", place=world.dalad)


def _add_bodies(world: SimpleNamespace) -> None:
    world.team = OrganisationFactory(
        name="新城区石榴花志愿服务队", category="volunteer_team", place=world.xincheng, city=world.hohhot
    )
    world.team.names.create(name="石榴花志愿服务队", key="150100/石榴花志愿服务队")
    world.department = OrganisationFactory(
        name="昆都仑区委宣传部", category="party_department", place=world.kundulun, city=world.baotou
    )
    for article, body in ((world.hohhot_article, world.team), (world.baotou_article, world.department)):
        OrganisationMentionFactory(article=article, text=body.name, organisation=body)


def _add_initiatives(world: SimpleNamespace) -> None:
    world.lark = InitiativeFactory(
        name="“云雀”志愿服务品牌", kind="brand", city=world.hohhot, started_on=datetime.date(2023, 1, 1),
        started_precision="year", started_text="2023年", places=[world.xincheng], organisers=[world.team],
    )  # fmt: skip
    world.lark.names.create(name="云雀", key="150100/云雀")
    world.lights = InitiativeFactory(
        name="“三色灯”工作机制", kind="mechanism", city=world.baotou, organisers=[world.department]
    )
    world.bookroom = InitiativeFactory(
        name="“晨光”书屋", kind="facility", city=world.ordos, places=[world.dalad]
    )
    for article, initiative in (
        (world.hohhot_article, world.lark),
        (world.baotou_article, world.lights),
        (world.ordos_article, world.bookroom),
    ):
        InitiativeMentionFactory(article=article, text=initiative.name, initiative=initiative)


def _add_metrics(world: SimpleNamespace) -> None:
    year_end = {
        "as_of_on": datetime.date(2024, 12, 31),
        "as_of_precision": "day",
        "as_of_text": "截至2024年底",
    }
    of_lark = {"article": world.hohhot_article, "initiative": world.lark, "city": world.hohhot}
    of_lights = {"article": world.baotou_article, "initiative": world.lights, "city": world.baotou}
    of_room = {"article": world.ordos_article, "initiative": world.bookroom, "city": world.ordos}
    world.hours = MetricFactory(
        **of_lark, **year_end, text="35万余小时", value=350000, unit="小时", qualifier="over", subject="服务"
    )
    world.people = MetricFactory(**of_lark, text="近百人", value=100, unit="人", qualifier="nearly")
    world.communities = MetricFactory(
        article=world.hohhot_article, city=world.hohhot, place=world.xincheng, organisation=world.team,
        text="3个", value=3, unit="个", subject="社区",
    )  # fmt: skip
    world.visits = MetricFactory(**of_lights, text="9624次", value=9624, unit="次", subject="走访群众")
    world.monthly = MetricFactory(
        **of_lights,
        text="至少1次",
        value=1,
        unit="次",
        qualifier="at_least",
        subject="走访",
        status="planned",
    )
    world.books = MetricFactory(
        **of_room, text="约2000册", value=2000, unit="册", qualifier="about", subject="藏书"
    )
    world.area = MetricFactory(
        **of_room,
        text="300-500平方米",
        value=300,
        upper=500,
        unit="平方米",
        qualifier="range",
        subject="开放",
    )


def mix_up(world: SimpleNamespace) -> None:
    """Makes the team stand for two: another article mentions one too, with a figure and an initiative."""
    world.elsewhere = OrganisationMentionFactory(
        article=world.ordos_article, text="“晨光”书屋", organisation=world.team
    )
    world.bookroom.organisers.add(world.team)
    Metric.objects.filter(pk=world.books.pk).update(organisation=world.team)
