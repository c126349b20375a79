"""Answers about organisations and initiatives: which one is meant, or a new one of that name."""

from typing import Any, ClassVar

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kb.models import (
    Initiative,
    InitiativeMention,
    InitiativeName,
    Organisation,
    OrganisationMention,
    OrganisationName,
    Place,
)
from kb.models.base import KEY_LENGTH
from kb.names import normalise, scoped_key
from kb.review.answers.base import MOST, Answers, Option, Search, chosen, is_row, suggested
from kb.review.answers.places import search
from kb.review.answers.surroundings import COUNTIES_FIRST, Surroundings, above, surroundings
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError
from kb.vocabulary import DoubtReason, InitiativeKind, OrganisationCategory, PlaceLevel
from kb.web import links

QUOTES = '“”‘’「」『』《》"'


class EntityAnswers(Answers):
    """Which shared entity a name means."""

    model: ClassVar[Any]
    names: ClassVar[Any]

    @classmethod
    def link(cls) -> str:
        """The name of the entity's model: `organisation`."""
        return cls.model._meta.model_name or ""

    def known(self, more: Q) -> list[Any]:
        """Entities that bear the printed name or a candidate's, or that a condition selects."""
        candidates = [name.split("（")[0] for name in self.doubt.candidates if isinstance(name, str)]
        bare = self.doubt.text.strip(QUOTES)
        borne = self.names.objects.filter(name__in=[self.doubt.text, bare, f"“{bare}”", *candidates])
        rows = self.model.objects.filter(Q(pk__in=borne.values(self.link())) | more)
        return list(self.counted(rows))

    def counted(self, rows: QuerySet) -> QuerySet:
        """Entities that count, with how often each is mentioned."""
        table: Any = self.evidence
        mentions = table.objects.filter(**{self.link(): OuterRef("pk")}).order_by()
        count = mentions.values(self.link()).annotate(count=Count("pk")).values("count")
        often = Coalesce(Subquery(count), 0)
        return rows.asserted().annotate(mentioned=often).select_related("city")[:50]  # type: ignore[attr-defined]

    def options_of(self, rows: list[Any], around: Surroundings) -> list[Option]:
        """Known entities as options, those of the article's 盟市 first, the only fitting one suggested."""
        rows.sort(key=lambda row: (-around.nearness(None, row.city_id), -row.mentioned, row.pk))
        fits = [row for row in rows if around.nearness(None, row.city_id)]
        options = [self.option(row, around) for row in rows[:MOST]]
        return suggested(options, len(fits) == 1 and self.doubt.reason == DoubtReason.AMBIGUOUS)

    def option(self, row: Any, around: Surroundings | None = None) -> Option:
        """A known entity as an option."""
        mentioned = getattr(row, "mentioned", 0)
        often = _("库中出现 %(count)d 次") % {"count": mentioned} if mentioned else ""
        fitting = around.features(None, row.city_id) if around else ()
        features = (self.sort(row), row.city.name if row.city else _("无盟市"), often, *fitting)
        url = links.admin_record(self.link(), row.pk)
        return Option(f"known:{row.pk}", row.name, tuple(filter(None, features)), url)

    def sort(self, row: Any) -> str:
        """What sort of entity it is, in one word."""
        raise NotImplementedError

    def typed(self, words: str) -> Search:
        """The one entity of a name, or those that a search finds."""
        exact = self.model.objects.filter(names__name=words).select_related("city")
        return search(exact, self.model.objects.select_related("city"), words, self.option)

    def take_known(self, value: str, ledger: Ledger) -> str:
        """Ties the name to a known entity."""
        return self.tie(chosen(self.model, value), ledger)

    def tie(self, row: Any, ledger: Ledger) -> str:
        """Ties the name to an entity."""
        self.put(ledger, **{f"{self.link()}_id": row.pk}, name=row.name)
        return row.name

    def named(self, name: str, city: Place | None, ledger: Ledger, about: dict[str, Any]) -> Any:
        """The entity of a name within a 盟市, made where there is none."""
        key = scoped_key(city.own_key() if city else "", name)[:KEY_LENGTH]
        known = self.names.objects.filter(key=key).select_related(self.link()).first()
        if known:
            return getattr(known, self.link())
        row = self.model(name=name, **about)
        ledger.make(row)
        return row


class OrganisationAnswers(EntityAnswers):
    """Which body a short name means."""

    evidence, model, names = OrganisationMention, Organisation, OrganisationName
    rights = ("kb.change_organisationmention", "kb.add_organisation")

    def question(self) -> str:
        """What is asked."""
        return _("这里的“%(text)s”是哪个组织？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """Bodies of the 盟市 whose names end so; then the name put behind a place of the article."""
        around = surroundings(self.doubt)
        near = Q(city=around.city_id, name__endswith=self.doubt.text) if around.city_id else Q(pk=None)
        rows = self.known(near)
        known = self.options_of(rows, around)
        if self.doubt.reason == DoubtReason.AMBIGUOUS and known:
            return known
        borne = {normalise(row.name) for row in rows}
        new = [
            Option(
                f"at:{place.pk}", self.name_at(place), (_("新建"), _("文中的%(place)s") % {"place": place})
            )
            for place in above(around, self.doubt.text, COUNTIES_FIRST)
            if normalise(self.name_at(place)) not in borne
        ]
        return [*known[: MOST - min(len(new), 3)], *new][:MOST]

    def name_at(self, place: Place) -> str:
        """The full name of the body at a place."""
        return f"{place.name}{self.doubt.text}"

    def sort(self, row: Organisation) -> str:
        """The category."""
        return str(row.get_category_display())

    def typed_label(self) -> str:
        """What may be typed."""
        return _("别的组织：输入名称")

    def keep_label(self) -> str:
        """What accepting means."""
        return _("是组织，所指不定") if is_row(self.row()) else ""

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是具名的组织")

    def take_at(self, value: str, ledger: Ledger) -> str:
        """Ties the name to the body of that name at a place, made where there is none."""
        place = chosen(Place, value)
        city = place if place.level == PlaceLevel.CITY else place.city
        alike = Organisation.objects.filter(city=city, name__endswith=self.doubt.text).first()
        category = alike.category if alike else OrganisationCategory.OTHER.value
        about = {"category": category, "place": place, "city": city, "source_article": self.doubt.article}
        return self.tie(self.named(self.name_at(place), city, ledger, about), ledger)


class InitiativeAnswers(EntityAnswers):
    """Whether quoted words name an initiative, and which."""

    evidence, model, names = InitiativeMention, Initiative, InitiativeName
    rights = ("kb.change_initiativemention", "kb.add_initiative")

    def question(self) -> str:
        """What is asked."""
        if self.doubt.reason == DoubtReason.AMBIGUOUS:
            return _("这里的%(text)s是哪一个举措？") % {"text": self.doubt.text}
        return _("%(text)s是一个举措的名字吗？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """Initiatives of that name; then, where the words may be a new one, of what kind it is."""
        around = surroundings(self.doubt)
        known = self.options_of(self.known(Q(pk=None)), around)
        if self.doubt.reason == DoubtReason.AMBIGUOUS:
            return known
        words = _("是，%(kind)s")
        kinds = [Option(f"kind:{kind.value}", words % {"kind": _(kind.label)}) for kind in InitiativeKind]
        return [*known[: MOST - len(kinds)], *kinds]

    def sort(self, row: Initiative) -> str:
        """The kind."""
        return str(row.get_kind_display())

    def typed_label(self) -> str:
        """What may be typed."""
        return _("已有的举措：输入名称")

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是举措")

    def take_kind(self, value: str, ledger: Ledger) -> str:
        """Makes an initiative of the quoted words."""
        kind = next((kind for kind in InitiativeKind if kind.value == value), None)
        if kind is None:
            raise RefusedError(_("没有这个选项。"))
        article = self.doubt.article
        city = article.city if article else None
        about = {"kind": kind.value, "city": city, "source_article": article}
        name = self.tie(self.named(self.doubt.text, city, ledger, about), ledger)
        return f"{name}（{_(kind.label)}）"
