"""How long the extractor takes for the seed pages, against jieba cutting the same text into words."""

import logging
import time
from pathlib import Path

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from tests.bench.measure import Rounds, Row, Setting, at_most, by_turns

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
REPEATS = 200


def extraction_against_jieba(setting: Setting) -> Rounds:
    """All stages of `extract_page` on every seed page, warm, against `jieba.lcut`."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    rounds = setting.rounds(10)
    each = 2 if setting.quick else REPEATS // rounds
    pages = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))] * each
    gazetteer = load_gazetteer()
    return by_turns(
        lambda: [extract_page(page, gazetteer=gazetteer) for page in pages],
        lambda: [jieba.lcut(page) for page in pages],
        rounds,
        clock=time.process_time,
    )


ROWS = (
    Row(
        "extract-jieba",
        "`extract_page`，五个种子版面各 200 遍，单进程、已预热（处理器时间）",
        "`jieba.lcut` 同样的文字",
        at_most(0.5),
        extraction_against_jieba,
        bound="造对象、切字符串和函数调用本身，见“识别”一节",
    ),
)
