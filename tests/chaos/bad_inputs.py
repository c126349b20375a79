"""The whole corpus of hostile texts: a result or a clear error, in time in proportion, in bounded memory."""

import resource
import statistics
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import django

from importers.extract_file import extract_text
from importers.sources import SourceError, source_of
from tests.chaos.corpus import hostile_texts
from tests.chaos.pace import Pace, cost, pace
from tests.chaos.report import Part

LENGTH, STEP = 2_000, 40
MOST_MEMORY = 1_500_000
"""Kilobytes that reading the longest of them may take."""

GIANTS = {
    "一百万个 ●": "●" * 1_000_000,
    "一百万个数字": "1234567890" * 100_000,
    "一百万个数据": "12人，" * 250_000,
    "一行一百万字": "灯下夜校\n\n　　本报讯（记者 林溪）" + "某镇办起夜校" * 166_000 + "。",
    "一百万层引号": "“" * 500_000 + "”" * 500_000,
    "一百万个换行": "\n" * 1_000_000,
}

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "big5",
    "latin-1",
    "cp437",
)
WORDS = "灯下夜校\n\n　　本报讯（记者 林溪）固阳县白桦镇推出“小马灯”夜校项目，办班12场，服务群众300人次。\n"


def measure(at: int) -> list[tuple[str, Pace | str]]:
    """The paces of some texts of the corpus by their place in it; a word instead where reading failed."""
    extract_text(WORDS)  # what a process loads once belongs to no text
    found: list[tuple[str, Pace | str]] = []
    for hostile in hostile_texts()[at : at + STEP]:
        try:
            found.append((hostile.name, pace(extract_text, hostile.make, LENGTH)))
        except Exception as error:
            found.append((hostile.name, repr(error)[:200]))
    return found


def bytes_at_random_places() -> list[tuple[str, bytes]]:
    """A page in many encodings: whole, cut off in many places, with a byte put in, twisted."""
    made = []
    for encoding in ENCODINGS:
        data = WORDS.encode(encoding, errors="ignore")
        made.append((encoding, data))
        made += [
            (f"{encoding} cut at {at}", data[:at]) for at in range(1, len(data), max(1, len(data) // 12))
        ]
        made += [
            (f"{encoding} with {byte:02x}", data[:20] + bytes([byte]) + data[20:]) for byte in (0, 0x80, 0xFF)
        ]
        made.append((f"{encoding} backwards", data[::-1]))
    return made


def read_bytes() -> Counter[str]:
    """How the bytes end: a text, or an error that tells what to do; anything else counts by name."""
    ends: Counter[str] = Counter()
    for _, data in bytes_at_random_places():
        try:
            source = source_of(data, Path("page.txt"))
            extract_text(source.text)
            ends["读出文字"] += 1
        except SourceError:
            ends["说明原因的错误"] += 1
        except Exception as error:
            ends[repr(error)[:80]] += 1
    return ends


def giant(name: str) -> tuple[str, float, int]:
    """A giant's name, the seconds that it takes, and the kilobytes that the process came to hold."""
    taken = cost(extract_text, GIANTS[name])
    return name, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run() -> Part:
    """All texts, all giants, all bytes."""
    part = Part("inputs")
    extract_text(WORDS)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=django.setup) as both:
        found = [each for some in both.map(measure, range(0, len(hostile_texts()), STEP)) for each in some]
    found = [(f"{number} {name}", each) for number, (name, each) in enumerate(found)]
    paces = {name: each for name, each in found if isinstance(each, Pace)}
    failed = {name: each for name, each in found if not isinstance(each, Pace)}
    steep = {name: each for name, each in paces.items() if not each.is_linear}
    growth = statistics.median(each.growth for each in paces.values() if each.short > 0.001)
    worst = max(each.growth for each in paces.values() if each.long > 0.05) if paces else 0
    part.add(
        "敌意文本（百余种片段 × 4 种版面；针对每个正则式的字符串）",
        len(found),
        f"{len(paces)} 个读出结果，{len(failed)} 个出错",
    )
    part.add(
        f"{LENGTH} 字与 4 倍长的耗时之比，除以 4",
        len(paces),
        f"中位数 {growth:.2f}；耗时 50 毫秒以上的最大 {worst:.2f}",
    )
    part.demand(not failed, f"出错：{dict(list(failed.items())[:5])}")
    part.demand(not steep, f"超过线性：{dict(list(steep.items())[:5])}")
    for name in GIANTS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            _, taken, memory = alone.submit(giant, name).result()
        part.add(name, 1, f"读出结果；内存最多 {memory // 1024} MB")
        part.demand(memory < MOST_MEMORY, f"{name} 占了 {memory} kB")
        part.demand(taken < 120, f"{name} 用了 {taken:.0f} 秒")
    ends = read_bytes()
    part.add(
        "各种编码的字节：完整、截断、插入、颠倒",
        sum(ends.values()),
        "、".join(f"{n} 个{w}" for w, n in ends.items()),
    )
    part.demand(set(ends) <= {"读出文字", "说明原因的错误"}, f"字节：{ends}")
    return part
