"""The words by which place names without a dictionary are told from the text around them.

They stand in `importers/data/place_words.tsv`. A text is read once for all of them together, the longest
first, so that a longer word hides the shorter ones in it: 村民 hides 村, 和平 hides 和.
"""

from importers.data.tables import rows
from kb.vocabulary import PlaceLevel

_LISTS: dict[str, list[str]] = {}
for _kind, _words in rows("place_words", 2):
    _LISTS.setdefault(_kind, []).extend(_words.split())

_TAIL_LEVELS = (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE, PlaceLevel.ZONE, PlaceLevel.SITE)

TAILS: dict[str, PlaceLevel] = {word: level for level in _TAIL_LEVELS for word in _LISTS[level.value]}
"""The last part of a name (`苏木`, `社区`) and the level that it shows."""

WHOLE: dict[str, PlaceLevel] = {
    word: next(level for tail, level in TAILS.items() if word.endswith(tail)) for word in _LISTS["whole"]
}
"""Names whose stem is a word that cuts elsewhere; they hold right after a place."""

GENERIC = frozenset(_LISTS["generic"])
"""Words that hold a tail and are no name."""

CUTTING = frozenset(_LISTS["cut"])
"""Words and signs after which a name may begin."""

KEPT = frozenset(_LISTS["kept"])
"""Words in which a cutting sign cuts nothing."""

GENERIC_ENDINGS = tuple(_LISTS["ending"])
"""What no stem of a name ends in."""

GENERIC_STEMS = frozenset(_LISTS["stem"])
"""What no stem of a name is."""

DOUBTFUL_STEMS = frozenset(_LISTS["doubtful"])
"""Generic stems that are names right after a place."""

MONGOLIAN_SIGNS = frozenset("".join(_LISTS["mongolian"]))
"""Signs that Mongolian place names are written with."""
