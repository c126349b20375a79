"""Every compiled pattern of the program, and the strings that would make it slow if it could be."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

PACKAGES = ("importers", "kb", "api")
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
MANY = 20
"""A repetition that may go on for longer than this can be made slow."""

MISFITS = ("\n", "＠", "乙")
"""What an attack ends with, so that what went before has to be given back."""


@dataclass(frozen=True)
class Known:
    """A pattern with the module and the name that it stands under."""

    name: str
    pattern: re.Pattern[str]


def modules() -> Iterator[ModuleType]:
    """Every module of the program; migrations and commands hold no patterns of their own."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not any(part in found.name for part in (".migrations", ".commands", ".wsgi", ".asgi")):
                yield importlib.import_module(found.name)


def known_patterns() -> list[Known]:
    """Each pattern once, in the order of its module and name."""
    found: dict[int, Known] = {}
    for module in modules():
        for name, value in sorted(vars(module).items()):
            for pattern in _patterns_in(value):
                found.setdefault(id(pattern), Known(f"{module.__name__}.{name}", pattern))
    return list(found.values())


def _patterns_in(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """The patterns in a value: itself, or what its container holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for item in [*value.keys(), *value.values()]:
            yield from _patterns_in(item, depth - 1)
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _patterns_in(item, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns_in(getattr(value, field.name), depth - 1)


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Strings of about a length: each open repetition at work for long, then something that does not fit."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen: set[tuple[str, str]] = set()
    for before, body in [*_repeats(tree, ""), ("", _sample(tree) or "甲")]:
        if body and (before, body) not in seen:
            seen.add((before, body))
            for misfit in MISFITS:
                yield before + body * max(1, (length - len(before)) // len(body)) + misfit


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each open repetition of a parsed pattern: a string that leads to it, and one turn of it."""
    for code, argument in tree:
        if code in REPEATS:
            _, most, body = argument
            if most > MANY:
                yield before, _sample(body)
            yield from _repeats(body, before)
        elif code is codes.SUBPATTERN:
            yield from _repeats(argument[-1], before)
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(argument[1], before)
        before += _sample([(code, argument)])


def _sample(tree: Any) -> str:
    """A short string that a parsed pattern matches, near enough."""
    return "".join(_one(code, argument) for code, argument in tree)


def _one(code: Any, argument: Any) -> str:
    """What one node of a parsed pattern matches."""
    if code is codes.LITERAL:
        return chr(argument)
    if code in (codes.ANY, codes.NOT_LITERAL):
        return "甲"
    if code is codes.IN:
        return _member(argument)
    if code in REPEATS:
        return _sample(argument[2]) * max(1, argument[0])
    if code is codes.SUBPATTERN:
        return _sample(argument[-1])
    if code is codes.BRANCH:
        return _sample(argument[1][0])
    return ""


CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "甲",
    codes.CATEGORY_NOT_SPACE: "甲",
    codes.CATEGORY_NOT_DIGIT: "甲",
    codes.CATEGORY_NOT_WORD: "，",
}


def _member(items: Any) -> str:
    """A character of a class; of a negated one, a character that everyday text is made of."""
    if items[0][0] is codes.NEGATE:
        return "甲"
    code, argument = items[0]
    if code is codes.RANGE:
        return chr(argument[0])
    return CATEGORIES[argument] if code is codes.CATEGORY else chr(argument)
