"""Compares what was read from a page with its annotation, row by row and field by field.

A name counts once an article, however often it stands there; a metric counts each time. Annotated rows
marked `"strict": false` are borderline: they are never counted, found or not.
"""

from collections import defaultdict
from typing import Any

from importers.evaluate.links import annotated_links, score_links
from importers.evaluate.tally import Report
from importers.evaluate.texts import alike, body_of_lines, likeness, plain, same_body

Row = dict[str, Any]

ARTICLE_FIELDS = ("kind", "kicker", "column", "city", "reprinted_from")
NAMED_FIELDS = {
    "places": ("city", "official"),
    "organisations": ("name", "category", "city"),
    "initiatives": ("kind", "city", "started"),
}
METRIC_FIELDS = ("city", "period_from", "as_of", "status")


def score_page(report: Report, annotated: Row, read: Row, lines: list[str]) -> None:
    """Adds a page to a report; `lines` are those of its source file."""
    wanted, found = annotated["articles"], read.get("articles", [])
    bodies = [body_of_lines(lines, article["lines"]) for article in wanted]
    pairs, links = _pairs(bodies, found), annotated_links(wanted)
    for index, article in enumerate(wanted):
        if index in pairs:
            _score_article(report, article, bodies[index], found[pairs[index]], links)
        elif _is_strict(article):
            _miss_article(report, article)
    for index, article in enumerate(found):
        if index not in pairs.values():
            report.line("articles").spurious.append(f"{annotated['seed']} {article.get('title')!r}")


def _is_strict(row: Row) -> bool:
    """Whether a row counts."""
    return bool(row.get("strict", True))


def _pairs(bodies: list[str], found: list[Row]) -> dict[int, int]:
    """For each annotated article the one read that is most like it, the surest pairs first."""
    scores = [
        (likeness(body, article.get("body", "")), -index, -other)
        for index, body in enumerate(bodies)
        for other, article in enumerate(found)
    ]
    pairs: dict[int, int] = {}
    for score, index, other in sorted(scores, reverse=True):
        if score > 0.2 and -index not in pairs and -other not in pairs.values():
            pairs[-index] = -other
    return pairs


def _miss_article(report: Report, article: Row) -> None:
    """Counts an article that was not read, with all that stands in it."""
    where = article["id"]
    report.line("articles").missed.append(f"{where} {article['title']}")
    for kind in (*NAMED_FIELDS, "metrics"):
        for row in filter(_is_strict, article[kind]):
            report.line(kind).missed.append(f"{where} {_shown(row)}（文章没有读出）")


def _shown(row: Row) -> str:
    """What a row is called in a report."""
    return row.get("name") or row.get("surface") or row.get("text") or ""


def _score_article(report: Report, wanted: Row, body: str, read: Row, links: frozenset[str]) -> None:
    """Compares an article; of a borderline one only the spans are looked at."""
    where = wanted["id"]
    _check_spans(report, read, where)
    if not _is_strict(wanted):
        return
    is_whole = same_body(wanted, body, read.get("body", ""))
    report.line("articles").note(is_whole, f"{where} {wanted['title']}：正文不同")
    titles = {plain(title) for title in (wanted["title"], *wanted.get("accept_titles", []))}
    report.line("articles.title").note(
        plain(read.get("title")) in titles, f"{where} {wanted['title']!r} ≠ {read.get('title')!r}"
    )
    for field in ARTICLE_FIELDS:
        _compare(report, f"articles.{field}", wanted, read, field, where)
    _score_authors(report, wanted, read, where)
    for kind in NAMED_FIELDS:
        _score_named(report, kind, wanted[kind], read.get(kind, []), links, where)
    _score_metrics(report, wanted["metrics"], read.get("metrics", []), links, where)


def _check_spans(report: Report, article: Row, where: str) -> None:
    """Counts for every row whether its span quotes the body."""
    body = article.get("body", "")
    for kind in (*NAMED_FIELDS, "metrics"):
        for row in article.get(kind, []):
            printed = row.get("text" if kind == "metrics" else "surface") or ""
            quoted = body[row["start"] : row["end"]]
            is_quote = bool(printed) and "".join(quoted.split()) == "".join(printed.split())
            report.line("evidence").note(is_quote, f"{where} {printed!r} ≠ {quoted!r}")


def _compare(report: Report, line: str, wanted: Row, read: Row, field: str, where: str) -> None:
    """Compares a field that the annotation gives."""
    value = wanted.get(field)
    if value in (None, ""):
        return
    is_same = plain(value) == plain(read.get(field))
    report.line(line).note(is_same, f"{where} {value!r} ≠ {read.get(field)!r}")
    if not is_same:
        report.confuse(line, str(value), str(read.get(field)))


def _score_authors(report: Report, wanted: Row, read: Row, where: str) -> None:
    """Compares credits: a name in a role."""
    right = {(plain(row["name"]), row["role"]) for row in wanted["authors"]}
    found = {(plain(row["name"]), row["role"]) for row in read.get("authors", [])}
    tally = report.line("articles.authors")
    tally.right += len(right & found)
    tally.missed += [f"{where} {credit}" for credit in sorted(right - found)]
    tally.spurious += [f"{where} {credit}" for credit in sorted(found - right)]


def _annotated_forms(kind: str, row: Row) -> set[str]:
    """The forms under which an annotated row may be found."""
    if kind == "places":
        return {plain(row["surface"])}
    more = row.get("surfaces" if kind == "organisations" else "accept", [])
    return {plain(row["name"]), *(plain(form) for form in more)}


def _read_forms(kind: str, row: Row) -> set[str]:
    """The forms that a row was read with."""
    return {plain(row.get("surface"))} | ({plain(row.get("name"))} if kind != "places" else set())


def _score_named(
    report: Report, kind: str, wanted: list[Row], read: list[Row], links: frozenset[str], where: str
) -> None:
    """Compares rows that are known by a name; what no annotation names is spurious."""
    by_form: dict[str, list[Row]] = defaultdict(list)
    for row in read:
        for form in _read_forms(kind, row):
            by_form[form].append(row)
    for row in filter(_is_strict, wanted):
        match = next(
            (by_form[form][0] for form in sorted(_annotated_forms(kind, row)) if by_form.get(form)), None
        )
        report.line(kind).note(match is not None, f"{where} {_shown(row)}")
        if match:
            _compare_named(report, kind, row, match, where)
            score_links(report, kind, row, match, links, f"{where} {_shown(row)}")
    known = {form for row in wanted for form in _annotated_forms(kind, row)}
    extra = {min(_read_forms(kind, row)): row for row in reversed(read) if not _read_forms(kind, row) & known}
    report.line(kind).spurious += [f"{where} {_shown(row)}" for row in extra.values()]


def _compare_named(report: Report, kind: str, wanted: Row, match: Row, where: str) -> None:
    """Compares the fields of a row that was found."""
    for field in NAMED_FIELDS[kind]:
        _compare(report, f"{kind}.{field}", wanted, match, field, f"{where} {_shown(wanted)}")
    organisers = {plain(name) for name in wanted.get("organisers") or []}
    if organisers:
        found = {plain(name) for name in match.get("organisers") or []} - {""}
        is_same = any(a in b or b in a for a in organisers for b in found)
        report.line(f"{kind}.organisers").note(
            is_same, f"{where} {_shown(wanted)}：{wanted['organisers']} ≠ {sorted(found)}"
        )


def _score_metrics(
    report: Report, wanted: list[Row], read: list[Row], links: frozenset[str], where: str
) -> None:
    """Compares figures, each time that one stands in the text."""
    waiting: dict[str, list[Row]] = defaultdict(list)
    for row in wanted:
        waiting[plain(row["text"])].append(row)
    for row in read:
        queue = _queue(waiting, plain(row.get("text")))
        if not queue:
            report.line("metrics").spurious.append(f"{where} {row.get('text')}（{row.get('subject')}）")
        elif _is_strict(annotated := queue.pop(0)):
            report.line("metrics").right += 1
            _compare_metric(report, annotated, row, f"{where} {annotated['text']}")
            score_links(report, "metrics", annotated, row, links, f"{where} {annotated['text']}")
    left = (row for queue in waiting.values() for row in queue if _is_strict(row))
    report.line("metrics").missed += [f"{where} {row['text']}（{row['subject']}）" for row in left]


def _queue(waiting: dict[str, list[Row]], text: str) -> list[Row]:
    """The annotated figures that a text may be: the same, or a little longer or shorter."""
    if waiting.get(text):
        return waiting[text]
    near = (
        t
        for t in waiting
        if waiting[t] and text and (t in text or text in t) and abs(len(t) - len(text)) <= 3
    )
    return waiting.get(next(near, ""), [])


def _compare_metric(report: Report, wanted: Row, read: Row, where: str) -> None:
    """Compares the fields of a figure that was found."""
    is_same = all(_same_number(wanted.get(field), read.get(field)) for field in ("value", "upper"))
    report.line("metrics.value").note(is_same, f"{where}：{wanted.get('value')} ≠ {read.get('value')}")
    _note(report, "unit", plain(wanted["unit"]) == plain(read.get("unit")), wanted, read, where)
    _note(report, "qualifier", wanted["qualifier"] == read.get("qualifier"), wanted, read, where)
    _note(report, "subject", alike(wanted["subject"], read.get("subject") or ""), wanted, read, where)
    for field in METRIC_FIELDS:
        _compare(report, f"metrics.{field}", wanted, read, field, where)
    if name := plain(wanted.get("initiative")):
        found = plain(read.get("initiative"))
        _note(report, "initiative", bool(found) and (found in name or name in found), wanted, read, where)


def _note(report: Report, field: str, is_same: bool, wanted: Row, read: Row, where: str) -> None:
    """Counts a field of a figure."""
    report.line(f"metrics.{field}").note(is_same, f"{where}：{wanted.get(field)!r} ≠ {read.get(field)!r}")
    if not is_same and field != "subject":
        report.confuse(f"metrics.{field}", str(wanted.get(field)), str(read.get(field)))


def _same_number(one: Any, other: Any) -> bool:
    """Whether two numbers are the same, or both are absent."""
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) < 1e-6
