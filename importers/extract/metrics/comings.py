"""Undertakings that a sentence names last, after the figures that are theirs."""

import re

from importers.extract.metrics.weights import Topic

_CORE = re.compile(r"“([^”]{2,40})”")
# `这个300平方米的展厅……，是某镇打造的“…”`: a thing whose measures come before its name.
_THIS = re.compile("[“‘]?这[个座处间家支所片]")
_IS_THE = re.compile("[，是]是?[^，。；！？“”]{2,30}(?:打造|建设|建成|创建|推出|设立|开办|搭建)的“?$")


def core_of(name: str) -> str:
    """What stands in quotes in a name, or ""."""
    match = _CORE.search(name)
    return match[1] if match else ""


def comes_to(plain: str, sentence: int, topic: Topic) -> bool:
    """Whether a sentence, from its start on, tells of what it only names with this topic.

    `设立9个“大院”，划出40个“小院”，建起“大院+小院”模式`: it tells of the parts, and then of the whole.
    """
    parts = core_of(topic.name).split("+")
    if len(parts) > 1 and any(plain.find(f"“{part}”", sentence, topic.start) >= 0 for part in parts):
        return True
    return bool(_THIS.match(plain, sentence) and _IS_THE.search(plain, sentence, topic.start))
