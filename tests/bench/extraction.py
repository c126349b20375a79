"""How long the extractor takes for the seed pages, against jieba cutting the same text into words."""

import logging
from pathlib import Path

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from tests.bench.measure import Ratio, compare

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
REPEATS = 5


def extraction_against_jieba() -> Ratio:
    """All stages of `extract_page` on every seed page, warm, against `jieba.lcut`."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    pages = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))] * REPEATS
    gazetteer = load_gazetteer()
    return compare(
        "extract_page against jieba.lcut",
        lambda: [extract_page(page, gazetteer=gazetteer) for page in pages],
        lambda: [jieba.lcut(page) for page in pages],
        goal=0.5,
    )


def main() -> None:
    """Prints the ratio."""
    print(extraction_against_jieba())


if __name__ == "__main__":
    main()
