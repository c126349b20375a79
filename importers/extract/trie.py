"""Regular expressions that are fast to search for: lists of many words, runs of some signs."""

import re
from collections.abc import Iterable

_Node = dict[str, "_Node"]


def trie_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at a place (`市委|市委办` → `市委(?:办)?`).

    The signs that the words begin with are asked first: at most places of a text none stands.
    """
    root: _Node = {}
    for word in words:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    beginnings = "".join(re.escape(sign) for sign in root)
    return f"(?=[{beginnings}]){_pattern(root)}" if len(root) > 1 else _pattern(root)


def run_of(signs: str) -> str:
    """A pattern of one or more of some signs (`0-9万`), as those of a class are written.

    Its first sign is written apart: a pattern that begins with a class that is not repeated lets a search
    pass over all other signs at once, ten times as fast as by trying the pattern at each.
    """
    return f"[{signs}][{signs}]*"


def _pattern(node: _Node) -> str:
    """The pattern of what may follow at a node; `""` among its keys marks the end of a word."""
    branches = [re.escape(sign) + _pattern(rest) for sign, rest in node.items() if sign]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body
