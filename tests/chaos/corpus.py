"""Texts that nobody should hand in: each can be made of any length, so that its time can be compared."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.chaos.patterns import attacks, known_patterns

PIECES = {
    "round bullets": "●",
    "bullets on lines": "●\n",
    "bulleted items": "●某村办起夜校。\n",
    "one character": "党",
    "quotes that only open": "“",
    "quotes that only close": "”",
    "quoted characters": "“甲”",
    "quotes in quotes": "“甲‘乙",
    "straight quotes": '"',
    "corner quotes": "「甲",
    "titles": "《甲》",
    "open brackets": "（",
    "brackets": "（甲乙）",
    "bracketed names": "（记者 林溪）",
    "black brackets": "【",
    "figures": "12人，",
    "figures without end": "1234567890",
    "decimals": "1.2.3.4.",
    "commas in figures": "1,234,",
    "ranges": "1-2-",
    "ranges in words": "3至5万",
    "per cent": "5%",
    "many multipliers": "千百十万亿",
    "chinese numerals": "一二三四五六七八九",
    "ordinals": "第一第二",
    "circled numbers": "①②③",
    "full-width digits": "１２３",
    "dates": "2023年5月1日",
    "months": "5月",
    "since": "今年以来，",
    "until": "截至目前",
    "spaces": " ",
    "wide spaces": "　",
    "tabs": "\t",
    "empty lines": "\n",
    "lines of spaces": " \n",
    "spaced characters": "党 建 ",
    "no-break spaces": "\xa0",
    "zero-width spaces": "\u200b",
    "form feeds": "\f",
    "right-to-left marks": "\u200f党",
    "right-to-left overrides": "\u202e党\u202c",
    "private use": "\ue000",
    "private use in text": "党\uf0b7建",
    "replacement characters": "\ufffd",
    "byte-order marks": "\ufeff",
    "combining marks": "e\u0301\u0302",
    "beyond the basic plane": "𠀀",
    "emoji": "👩‍👩‍👧",
    "unit separators": "\x1f",
    "escapes": "\x1b[31m",
    "backspaces": "\x08",
    "line separators": "\u2028",
    "carriage returns": "\r\n",
    "towns": "镇",
    "administrative words": "市县区镇乡村",
    "banners": "旗盟",
    "places": "新城区鹿苑镇柳叶村",
    "places in a list": "新城区、",
    "branches": "党支部",
    "departments": "区委组织部",
    "governments": "人民政府",
    "organisations in a list": "甲村党支部、乙村党支部、",
    "parents": "中共某市委某局党委某所党支部",
    "head words": "活动项目工程机制",
    "named initiatives": "“甲乙”活动",
    "quoted brands": "“甲+乙”党建品牌，",
    "unquoted initiatives": "开展主题党日活动",
    "bylines": "本报讯（记者 林溪）",
    "byline rows": "记者 林溪 ",
    "datelines": "本报鄂尔多斯6月29日电",
    "names": "林溪、周牧云、",
    "sources": "来源：某报 ",
    "photos": "林溪 摄\n",
    "headlines": "红灯照亮老街 新风吹进人家\n",
    "slogans": "——奋进新征程——\n",
    "page numbers": "第3版\n",
    "column names": "■基层观察\n",
    "kickers": "玉泉区：\n",
    "short lines": "党建\n",
    "one letter a line": "党\n",
    "sentences": "某某区开展活动12场，服务群众300余人次。",
    "full stops": "。",
    "commas": "，",
    "pauses": "、",
    "colons": "：",
    "semicolons": "；",
    "dashes": "——",
    "dots": "·",
    "crosses": "×",
    "ellipses": "……",
    "hashes": "#",
    "headings": "# 题\n\n",
    "stars": "**",
    "links": "[甲](乙)",
    "tables": "|甲|乙|\n",
    "rules": "---\n",
    "tags": "<div>",
    "open tags": "<",
    "entities": "&amp;",
    "scripts": "<script>alert(1)</script>",
    "latin": "a",
    "words": "lorem ipsum ",
    "urls": "http://a.example/",
    "mails": "a@b.cn ",
    "formulas": "=1+1\t",
    "sql": "';--",
    "percents": "%s%n",
    "braces": "{{7*7}}",
    "backslashes": "\\",
    "numbers of a law": "〔2023〕5号",
    "slashes": "/",
}


def _plain(piece: str, length: int) -> str:
    return piece * max(1, length // len(piece))


def _in_a_report(piece: str, length: int) -> str:
    return f"老街亮起新灯\n\n　　本报讯（记者 林溪）新城区{_plain(piece, length)}服务群众300余人次。\n"


def _wrapped(piece: str, length: int) -> str:
    text = _plain(piece, length).replace("\n", "")
    lines = [text[at : at + 20] for at in range(0, len(text), 20)]
    return "老街亮起新灯\n\n　　本报讯（记者 林溪）新城区推出\n" + "\n".join(lines) + "。\n"


def _in_many_reports(piece: str, length: int) -> str:
    one = f"灯火{_plain(piece, 100)[:100]}\n\n　　本报讯（记者 林溪）新城区{_plain(piece, 200)[:200]}。\n\n"
    return one * (length // len(one) + 1)


FRAMES: dict[str, Callable[[str, int], str]] = {
    "alone": _plain,
    "in a report": _in_a_report,
    "wrapped": _wrapped,
    "in many reports": _in_many_reports,
}


@dataclass(frozen=True)
class Hostile:
    """A text by its name; `make(length)` writes it about that long."""

    name: str
    make: Callable[[int], str]


def shapes() -> Iterator[Hostile]:
    """Each piece, repeated, in each frame."""
    for (name, piece), (frame, put) in itertools.product(PIECES.items(), FRAMES.items()):
        yield Hostile(f"{name}, {frame}", lambda length, piece=piece, put=put: put(piece, length))


def expression_bombs() -> Iterator[Hostile]:
    """For every pattern of the extractor, the strings that would make it slow, in a report."""
    for known in known_patterns():
        if known.name.startswith("importers."):
            for number, _ in enumerate(attacks(known.pattern, 100)):
                yield Hostile(
                    f"{known.name} #{number}",
                    lambda length, pattern=known.pattern, number=number: _in_a_report(
                        next(itertools.islice(attacks(pattern, length), number, None)), 0
                    ),
                )


def hostile_texts() -> list[Hostile]:
    """All of them."""
    return [*shapes(), *expression_bombs()]
