"""Text into search tokens, and a query into terms. Knows no database.

    志愿 书屋           both words, in any order
    “开放日” or "开放日"  these characters in a row
    书屋 -学校          the first word without the second

Any characters are a valid query; what has neither letter nor digit nor character finds nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kb.word_cutting import cut, cut_finely

LONGEST_TOKEN = 100
"""Characters of one token that are kept; a longer run is no word, and PostgreSQL takes 2,046 bytes."""

_TERM = re.compile(r'((?<!\S)-)?(?:"([^"]+)"|“([^”]+)”|([^\s"“”]+))')
_PIECE = re.compile(r"[0-9a-z_]+|\w")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a query: a word or a phrase, wanted or unwanted."""

    text: str
    is_phrase: bool = False
    is_wanted: bool = True


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query, each once, in order.

    `书屋 -"开放 日"` gives the word 书屋, and the phrase 开放 日 as unwanted. A lone quote or minus
    sign is no term.
    """
    found: dict[Term, None] = {}
    for minus, straight, curly, word in _TERM.findall(query):
        phrase = straight or curly
        term = Term(phrase or word, bool(phrase), not minus)
        if term.text.strip("-") or term.is_phrase:
            found[term] = None
    return tuple(found)


def plain(text: str) -> str:
    """The text in the one form that both sides are compared in: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def pieces(text: str) -> list[str]:
    """The single characters of a text, letters and digits in runs: `A4纸` gives a4 and 纸."""
    return [piece[:LONGEST_TOKEN] for piece in _PIECE.findall(plain(text))]


def words_of_text(text: str) -> list[str]:
    """The words of a text to be found, in order, with the shorter words inside longer ones."""
    return _cleaned(cut_finely(plain(text)))


def words_of_query(text: str) -> list[str]:
    """The words of a term to be looked for, none inside another."""
    return _cleaned(cut(plain(text)))


def _cleaned(parts: Iterable[str]) -> list[str]:
    """The parts of a cut text that are words: `3.5` gives 3 and 5, punctuation nothing."""
    found: list[str] = []
    for part in parts:
        if part.isalnum():
            found.append(part[:LONGEST_TOKEN])
        else:
            found += [word[:LONGEST_TOKEN] for word in _WORD.findall(part)]
    return found
