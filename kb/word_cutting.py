"""Cuts Chinese text into jieba's words, by jieba's dictionary and its likeliest path, without its guesses.

The same words as jieba.cut and cut_for_search with HMM=False give (a test holds them side by side), quicker:
the words that begin at a sign are weighed as they are found, and no table of them is made. What was looked up
lately is in a table that has room in the processor's cache; half a million words have none.
"""

import logging
import re
from functools import cache
from math import inf, log

_BLOCK = re.compile("([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")
"""What is cut by the dictionary; anything else stands for itself, sign by sign."""

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


LATELY = 60_000
"""Words and beginnings of words that are kept as looked up lately, some 10 MB."""


@cache
def _dictionary() -> tuple[dict[str, int], float]:
    """How often each word and each beginning of one (0) occurs, and the logarithm of their sum.

    Loading it takes about a second: only where words are cut.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba.dt.FREQ, log(jieba.dt.total)


class _Weights(dict[str, float | None]):
    """The weight of each word that was looked up lately: 0 for a mere beginning of one, None for neither."""

    def __missing__(self, word: str) -> float | None:
        if len(self) >= LATELY:
            self.clear()
        frequency, total = _dictionary()
        found = frequency.get(word)
        weight = self[word] = log(found) - total if found else found
        return weight


_WEIGHTS = _Weights()


def cut(text: str) -> list[str]:
    """The words of a text in order, none inside another, with all that stands between them."""
    found: list[str] = []
    for number, part in enumerate(_BLOCK.split(text)):
        if number % 2:
            _add_words(part, found)
        else:
            found += part
    return found


def cut_finely(text: str) -> list[str]:
    """The words of a text, each behind the shorter words of two and three signs inside it."""
    weights = _WEIGHTS
    found: list[str] = []
    for word in cut(text):
        size = len(word)
        if size > 2:
            found += [word[i : i + 2] for i in range(size - 1) if weights[word[i : i + 2]]]
            if size > 3:
                found += [word[i : i + 3] for i in range(size - 2) if weights[word[i : i + 3]]]
        found.append(word)
    return found


def _add_words(block: str, found: list[str]) -> None:
    """Adds the words along the likeliest path through a block; Latin letters and digits in a row are one."""
    ends = _likeliest(block)
    begin, run = 0, ""
    while begin < len(block):
        end = ends[begin]
        word = block[begin:end]
        is_sign = end - begin == 1
        begin = end
        if is_sign and word in _LATIN:
            run += word
            continue
        if run:
            found.append(run)
            run = ""
        found.append(word)
    if run:
        found.append(run)


def _likeliest(block: str) -> list[int]:
    """Where the word that begins at each sign ends on the likeliest path to the block's end."""
    weights, total = _WEIGHTS, _dictionary()[1]
    size = len(block)
    scores, ends = [0.0] * (size + 1), [0] * size
    for begin in range(size - 1, -1, -1):
        best, best_end, end = -inf, begin + 1, begin + 1
        weight = weights[block[begin]]
        while weight is not None:
            if weight and (score := weight + scores[end]) >= best:
                best, best_end = score, end
            if end == size:
                break
            end += 1
            weight = weights[block[begin:end]]
        scores[begin] = best if best > -inf else scores[begin + 1] - total
        ends[begin] = best_end
    return ends
