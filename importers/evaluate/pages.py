"""Annotations and readings from files, and one scored against the other."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from importers.evaluate.scoring import score_page
from importers.evaluate.tally import Report
from importers.extract.records import ArticleRecord
from importers.extract_file import article_object, extract_text
from importers.sources import SourceError, find_files, read_source

Page = dict[str, Any]


def annotations(folder: Path) -> list[Page]:
    """The annotated pages of a folder: files `NNN.json`, each with the number of its page as `seed`."""
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise SourceError(f"{folder}：没有标注文件（*.json），请检查 --gold 的目录")
    return [_annotation(path) for path in paths]


def _annotation(path: Path) -> Page:
    """One annotated page; raises SourceError where the file is none."""
    try:
        page = json.loads(path.read_text(encoding="utf-8"))
        return {"seed": str(page["seed"]), "articles": list(page["articles"])}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path}：不是标注文件（{error!r}）") from error


def page_file(folder: Path, number: str) -> Path:
    """The page file whose name begins with a number."""
    found = [path for path in find_files([folder]) if path.name.startswith(number)]
    if not found:
        raise SourceError(f"{folder}：没有以 {number} 开头的版面文件")
    return found[0]


def read_pages(paths: Iterable[Path]) -> dict[str, Page]:
    """What the extractor reads from files now, by file name."""
    found = {}
    for path in paths:
        source = read_source(path)
        record = extract_text(source.text, source.facts)
        found[path.name] = {"articles": [_with_places(article) for article in record.articles]}
    return found


def _with_places(article: ArticleRecord) -> Page:
    """An article as it is printed, and the places of its figures and initiatives, which are not."""
    printed = article_object(article)
    for row, metric in zip(printed["metrics"], article.metrics, strict=True):
        row["place"] = metric.place
    for row, initiative in zip(printed["initiatives"], article.initiatives, strict=True):
        row["places"] = list(initiative.places)
    return printed


def printed_pages(path: Path) -> dict[str, Page]:
    """What an earlier run of `extract` printed, by file name; raises SourceError where it is none."""
    found = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}：无法读取，应是一次 extract 的输出（{error}）") from error
    for number, line in enumerate(lines, 1):
        try:
            page = json.loads(line)
            found[Path(page["file"]).name] = page
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"{path}：第 {number} 行不是 extract 的输出（{error!r}）") from error
    return found


def score(annotated: Iterable[Page], read: dict[str, Page], files: dict[str, Path]) -> Report:
    """The report on pages that were read; `files` gives the source file of each annotation's number."""
    report = Report()
    for page in annotated:
        path = files[page["seed"]]
        lines = read_source(path).text.split("\n")
        score_page(report, page, read.get(path.name, {}), lines)
    return report
