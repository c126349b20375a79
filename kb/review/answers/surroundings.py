"""What stands around a doubt: the places that its article names, from which its own place can be told."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kb.models import Doubt, Place, PlaceMention
from kb.vocabulary import PlaceLevel, RecordState

NARROWEST_FIRST = (PlaceLevel.TOWNSHIP, PlaceLevel.COUNTY, PlaceLevel.CITY)
COUNTIES_FIRST = (PlaceLevel.COUNTY, PlaceLevel.CITY, PlaceLevel.TOWNSHIP)

MOST_OF_A_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places of an article, those of its page, and what the article and the page are about."""

    here: tuple[Place, ...]
    """Places that the article names, most frequent first, then what it is about."""
    city_id: int | None

    def nearness(self, place_id: int | None, city_id: int | None) -> int:
        """How well a place fits: named in the article, or at least in its 盟市."""
        return 2 * any(place.pk == place_id for place in self.here) + (city_id == self.city_id is not None)

    def features(self, place_id: int | None, city_id: int | None) -> tuple[str, ...]:
        """The same in words."""
        named = _("文中提到") if any(place.pk == place_id for place in self.here) else ""
        same = _("与文章同一盟市") if city_id is not None and city_id == self.city_id else ""
        return tuple(words for words in (named, same) if words)


def surroundings(doubt: Doubt) -> Surroundings:
    """The surroundings of a doubt; one query. Its article and page are to be joined already."""
    rows = PlaceMention.objects.filter(
        article=doubt.article_id, place__isnull=False, state=RecordState.ASSERTED.value
    )
    counted = Counter(mention.place for mention in rows.select_related("place__city", "place__parent"))
    named = [place for place, _count in counted.most_common() if place]
    about = doubt.article.city if doubt.article else None
    home = doubt.page.home_city
    here = dict.fromkeys([*named, *(place for place in (about, home) if place)])
    city = about or home
    return Surroundings(tuple(here), city.pk if city else None)


def above(around: Surroundings, text: str, levels: tuple[PlaceLevel, ...]) -> list[Place]:
    """Places of the article in which something of this name may lie, in the order of these levels."""
    found: list[Place] = []
    for level in levels:
        of_level = [place for place in around.here if place.level == level and place.name != text]
        found += of_level[:MOST_OF_A_LEVEL]
    return found


def described(place: Place) -> tuple[str, ...]:
    """What tells a place from others of its name: level, what it lies in, code."""
    lies_in = [each.name for each in (place.parent, place.city) if each and each.pk != place.pk]
    words = (place.get_level_display(), " · ".join(dict.fromkeys(lies_in)), place.code or "")
    return tuple(str(word) for word in words if word)
