"""Answers about places: which one a name means, or in which place a new one of that name lies."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kb.models import Place, PlaceMention, PlaceName
from kb.models.base import KEY_LENGTH
from kb.names import scoped_key
from kb.review.answers.base import MOST, Answers, Option, Search, chosen, suggested
from kb.review.answers.surroundings import NARROWEST_FIRST, Surroundings, above, described, surroundings
from kb.review.ledger import Ledger
from kb.vocabulary import DoubtReason, PlaceLevel
from kb.web import links

TAILS = (
    (("街道", "苏木", "镇", "乡"), PlaceLevel.TOWNSHIP),
    (("嘎查", "社区", "村", "屯", "队"), PlaceLevel.VILLAGE),
    (("开发区", "园区", "新区"), PlaceLevel.ZONE),
    (("区", "县", "旗", "市"), PlaceLevel.COUNTY),
)
"""The level that the end of a name says, the first that fits."""


def level_of(name: str) -> PlaceLevel:
    """The level of a place that only its name is known of."""
    return next((level for tails, level in TAILS if name.endswith(tails)), PlaceLevel.SITE)


class PlaceAnswers(Answers):
    """Which place a name means."""

    evidence = PlaceMention
    rights = ("kb.change_placemention", "kb.add_place")

    def question(self) -> str:
        """What is asked."""
        if self.doubt.reason == DoubtReason.AMBIGUOUS:
            return _("这里的“%(text)s”指哪个地方？") % {"text": self.doubt.text}
        return _("“%(text)s”在哪里？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """Places that bear the name, those that fit the article first; then where a new one may lie."""
        around = surroundings(self.doubt)
        candidates = [name for name in self.doubt.candidates if isinstance(name, str)]
        rows = list(with_mentions(Place.objects.filter(borne([self.doubt.text, *candidates]))))
        rows.sort(key=lambda row: (-around.nearness(row.pk, row.city_id), -row.mentioned, row.pk))
        fits = [row for row in rows if around.nearness(row.pk, row.city_id)]
        known = [place_option(row, around) for row in rows[:MOST]]
        new = [below_option(self.doubt.text, place) for place in self._above(around, rows)]
        return suggested([*known, *new][:MOST], len(fits) == 1)

    def _above(self, around: Surroundings, rows: list[Place]) -> list[Place]:
        """Where a new place may lie; nowhere for a name whose every reading is known."""
        if self.doubt.reason == DoubtReason.AMBIGUOUS and rows:
            return []
        level = list(PlaceLevel).index(level_of(self.doubt.text))
        taken = {row.parent_id for row in rows}
        wide = [place for place in above(around, self.doubt.text, NARROWEST_FIRST) if place.pk not in taken]
        levels = [each.value for each in PlaceLevel]
        return [place for place in wide if levels.index(place.level) < level]

    def typed_label(self) -> str:
        """What may be typed."""
        return _("别的地方：输入名称")

    def typed(self, words: str) -> Search:
        """The one place of a name, or those that a search finds."""
        return search(Place.objects.filter(names__name=words), Place.objects.all(), words, place_option)

    def keep_label(self) -> str:
        """What accepting means."""
        return _("是地名，所指不定")

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是地名")

    def take_place(self, value: str, ledger: Ledger) -> str:
        """Ties the name to a place."""
        place = chosen(Place, value)
        self.put(ledger, place_id=place.pk, official=place.name)
        return place.name

    def take_below(self, value: str, ledger: Ledger) -> str:
        """Ties the name to a place of that name within another one, made where there is none."""
        upper = chosen(Place, value)
        key = scoped_key(upper.own_key(), self.doubt.text)[:KEY_LENGTH]
        known = PlaceName.objects.filter(key=key).select_related("place").first()
        place = known.place if known else self._new(upper, ledger)
        self.put(ledger, place_id=place.pk, official=place.name)
        return f"{upper.name} · {place.name}"

    def _new(self, upper: Place, ledger: Ledger) -> Place:
        city = upper if upper.level == PlaceLevel.CITY else upper.city
        place = Place(name=self.doubt.text, level=level_of(self.doubt.text).value, parent=upper, city=city)
        ledger.make(place)
        return place


def borne(names: list[str]) -> Q:
    """The places that bear one of some names."""
    return Q(pk__in=PlaceName.objects.filter(name__in=names).values("place"))


def with_mentions(rows: QuerySet) -> QuerySet:
    """Places that count, with how often each is mentioned, and with what describes them."""
    counted = PlaceMention.objects.filter(place=OuterRef("pk")).order_by().values("place")
    count = Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)
    return rows.asserted().annotate(mentioned=count).select_related("city", "parent")[:50]  # type: ignore[attr-defined]


def place_option(place: Place, around: Surroundings | None = None) -> Option:
    """A place as an option, with what tells it from others."""
    mentioned = getattr(place, "mentioned", 0)
    often = (_("库中出现 %(count)d 次") % {"count": mentioned},) if mentioned else ()
    fitting = around.features(place.pk, place.city_id) if around else ()
    url = links.admin_record("place", place.pk)
    return Option(f"place:{place.pk}", place.name, (*described(place), *often, *fitting), url)


def below_option(text: str, upper: Place) -> Option:
    """A new place within another one as an option."""
    lies_in = upper.city.name if upper.city and upper.city_id != upper.pk else ""
    features = tuple(filter(None, (_("新建"), _(level_of(text).label), lies_in)))
    return Option(f"below:{upper.pk}", f"{upper.name} · {text}", features)


def search(exact: QuerySet, every: QuerySet, words: str, shown: object) -> Search:
    """The one row of a name, else what a text search finds."""
    rows = list(exact.asserted().distinct()[: MOST + 1])  # type: ignore[attr-defined]
    is_exact = len(rows) == 1
    rows = rows or list(every.asserted().with_text(words)[:MOST])  # type: ignore[attr-defined]
    return Search(tuple(shown(row) for row in rows[:MOST]), is_exact)  # type: ignore[operator]
