"""How two printed names are told to be the same, and the keys under which the tables know a name.

A key says where a name holds and what it is: `150104/西菜园街道` is the place of that name in the
banner, county or district 150104. Keys are made of the words as read, so that after two records were
merged the next import still finds the one that is left. No Django here.
"""

import re
import unicodedata

_QUOTES_AND_SPACES = re.compile(r"[\s“”‘’「」『』《》〈〉\"'`＂＇]+")
_INNER_QUOTES = str.maketrans("“”", "‘’")


def normalise(name: str) -> str:
    """The name without quotes and white space, full-width forms made plain, in lower case.

    `“甲乙丙” 党建品牌` and `甲乙丙党建品牌` become the same. A name of nothing but quotes stays as it is.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    # Taking a space out can leave an accent beside the letter that it belongs to, hence once more.
    return unicodedata.normalize("NFKC", _QUOTES_AND_SPACES.sub("", plain)) or plain.strip()


def beyond(beginning: str) -> str:
    """What stands behind all names or keys that begin so, in the order of the signs' numbers."""
    return f"{beginning}\U0010ffff"


def quotable(name: object) -> str:
    """A name as it stands within the quotes of a sentence: `“甲乙”活动` becomes `‘甲乙’活动`."""
    return str(name).translate(_INNER_QUOTES)


def scoped_key(scope: str, name: str) -> str:
    """The key of a name that holds within a scope (a place's code or key; empty for everywhere)."""
    return f"{scope}/{normalise(name)}"
