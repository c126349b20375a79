"""Builds rows for tests; every span quotes the body that it stands in."""

import hashlib

import factory
from factory.django import DjangoModelFactory

from kb import models


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    name = factory.Sequence(lambda n: f"第{n}镇")
    level = "township"


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = models.Publication

    name = factory.Sequence(lambda n: f"第{n}日报")


class PageFactory(DjangoModelFactory):
    class Meta:
        model = models.Page

    source_file = factory.Sequence(lambda n: f"page{n}.txt")
    sha256 = factory.LazyAttribute(lambda page: hashlib.sha256(page.source_file.encode()).hexdigest())
    encoding = "utf-8"
    raw_text = "一版文字"
    importer_version = "test"


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    page = factory.SubFactory(PageFactory)
    ordinal = factory.Sequence(lambda n: n)
    first_line = factory.SelfAttribute("ordinal")
    lines = factory.LazyAttribute(lambda article: [[article.first_line, article.first_line]])
    title = factory.Sequence(lambda n: f"第{n}篇")
    kind = "report"
    body = "正文。"


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = models.Author
        django_get_or_create = ("key",)

    name = factory.Sequence(lambda n: f"作者{n}")
    key = factory.SelfAttribute("name")


class CreditFactory(DjangoModelFactory):
    class Meta:
        model = models.Credit

    article = factory.SubFactory(ArticleFactory)
    author = factory.SubFactory(AuthorFactory)
    role = "reporter"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = factory.Sequence(lambda n: f"第{n}党支部")
    category = "party_branch"


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = models.Initiative
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"“第{n}号”活动")
    kind = "campaign"

    @factory.post_generation
    def organisers(self, create, organisers, **_):
        if create and organisers:
            self.organisers.set(organisers)

    @factory.post_generation
    def places(self, create, places, **_):
        if create and places:
            self.places.set(places)


class EvidenceFactory(DjangoModelFactory):
    """A span of an article: give `text`, and the span is where the body first has it."""

    class Meta:
        abstract = True

    article = factory.SubFactory(ArticleFactory, body=factory.SelfAttribute("..text"))
    text = "词"
    start = factory.LazyAttribute(lambda row: row.article.body.index(row.text))
    end = factory.LazyAttribute(lambda row: row.start + len(row.text))


class PlaceMentionFactory(EvidenceFactory):
    class Meta:
        model = models.PlaceMention

    official = factory.LazyAttribute(lambda row: row.place.name if row.place else row.text)
    place = None


class OrganisationMentionFactory(EvidenceFactory):
    class Meta:
        model = models.OrganisationMention

    name = factory.LazyAttribute(lambda row: row.organisation.name if row.organisation else row.text)
    organisation = None


class InitiativeMentionFactory(EvidenceFactory):
    class Meta:
        model = models.InitiativeMention

    name = factory.LazyAttribute(lambda row: row.initiative.name if row.initiative else row.text)
    initiative = None


class MetricFactory(EvidenceFactory):
    class Meta:
        model = models.Metric

    text = "12人"
    value = 12
    unit = "人"
    qualifier = "exact"
    subject = "参加"
    status = "reported"


class DoubtFactory(DjangoModelFactory):
    class Meta:
        model = models.Doubt

    kind = "place"
    reason = "ambiguous"
    article = factory.SubFactory(ArticleFactory)
    page = factory.SelfAttribute("article.page")
    start = 0
    end = 2
    text = factory.LazyAttribute(lambda row: row.article.body[row.start : row.end])


class DivergenceFactory(DjangoModelFactory):
    """A newer reading of a figure's subject, which a person had corrected."""

    class Meta:
        model = models.Divergence
        exclude = ("row",)

    row = factory.SubFactory(MetricFactory, locked=["subject"])
    model = "metric"
    record_id = factory.SelfAttribute("row.pk")
    name = factory.SelfAttribute("row.text")
    field = "subject"
    read = {"subject": "听课"}  # noqa: RUF012
    article = factory.SelfAttribute("row.article")
