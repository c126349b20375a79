"""Quoted spans of a text, also nested, misprinted and several in a list.

Print shows quotes within quotes (`“他们叫它‘甲乙’驿站”`), an opening sign where a closing one is meant
(`“甲乙“开始了`), and names that share one head word (`“甲”“乙”和“丙”等品牌`).
"""

import re

from msgspec import Struct

_MARK = re.compile("[“”‘’\n]")
_OPENING = {"”": "“", "’": "‘"}
_LONGEST = 48
"""A longer quotation is speech; the longest names, two slogans and their organisers, have about 40 signs."""

_SPEECH = re.compile("[。！？；\n]")
# What may stand between the names of one list: 、 和 以及, or 和 with a word of its own
# (`“甲”和城市社区“乙”工作模式`).
_JOINT = re.compile(
    "(?:[、和与及或]|以及|，以及|、以及)?|(?:和|以及)[^，。；：、的了在以通过着“”‘’（）]{1,5}"
)


class Quoted(Struct, frozen=True):
    """A quotation: its span with the signs, and the words within."""

    start: int
    end: int
    inner: str


def quoted_spans(plain: str) -> list[Quoted]:
    """All quotations short enough for a name, in order of their start; inner ones follow outer ones."""
    if "”" not in plain and "’" not in plain and "“" not in plain and "‘" not in plain:
        return []
    spans: list[Quoted] = []
    stack: list[tuple[int, str]] = []
    marks = [(m.start(), m[0]) for m in _MARK.finditer(plain)]
    for index, (at, sign) in enumerate(marks):
        if sign == "\n":
            stack.clear()
        elif sign in _OPENING:
            _close(plain, stack, at, _OPENING[sign], spans)
        elif stack and stack[-1][1] == sign and _misprinted(plain, stack, at, marks[index + 1 : index + 2]):
            _close(plain, stack, at, sign, spans)
        else:
            stack.append((at, sign))
    return sorted(spans, key=lambda quoted: (quoted.start, -quoted.end))


def _close(plain: str, stack: list[tuple[int, str]], at: int, opening: str, spans: list[Quoted]) -> None:
    """Adds the quotation that a sign at `at` closes, if one is open and short; takes it from the stack."""
    if len(stack) > 1 and stack[-1][1] != opening and stack[-2][1] == opening:
        stack.pop()
    if not stack or stack[-1][1] != opening:
        return
    start, _ = stack.pop()
    if at - start > _LONGEST:
        return
    inner = plain[start + 1 : at]
    if inner.strip() and not _SPEECH.search(inner):
        spans.append(Quoted(start, at + 1, inner))


def _misprinted(plain: str, stack: list[tuple[int, str]], at: int, following: list[tuple[int, str]]) -> bool:
    """Whether an opening sign like the last one closes it: near, and nothing closes this one."""
    start, sign = stack[-1]
    if at - start > _LONGEST or _SPEECH.search(plain, start, at):
        return False
    return not following or following[0][1] in (sign, "\n")


def quote_lists(plain: str, spans: list[Quoted]) -> list[list[Quoted]]:
    """The quotations in lists that share what stands before and after; mostly lists of one."""
    lists: list[list[Quoted]] = []
    last: Quoted | None = None
    for quoted in spans:
        if last and last.end <= quoted.start <= last.end + 8 and _joined(plain, last.end, quoted.start):
            lists[-1].append(quoted)
        else:
            lists.append([quoted])
        last = quoted
    return lists


def _joined(plain: str, start: int, end: int) -> bool:
    """Whether nothing, or what joins the names of one list, stands between two quotations."""
    return start == end or _JOINT.fullmatch(plain, start, end) is not None
