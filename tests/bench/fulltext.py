"""Full-text search over two hundred thousand articles, against the raw query of the database's own index."""

from tests.bench.asking import asker, driver, medians
from tests.bench.lists_sql import MILLION
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most

WORD = "志愿服务"

FTS5 = """
SELECT a.id, a.title, s.rank FROM kb_article_search s JOIN kb_article a ON a.id = s.rowid
WHERE kb_article_search MATCH ? ORDER BY s.rank, a.id LIMIT 51
"""
TSVECTOR = """
SELECT a.id, a.title, ts_rank(s.kb_article_search, q.q) AS rank
FROM (SELECT %s::tsquery AS q) q, kb_article_search s JOIN kb_article a ON a.id = s.rowid
WHERE s.kb_article_search @@ q.q ORDER BY 3 DESC, a.id LIMIT 51
"""


def against_raw(setting: Setting) -> Rounds:
    """Our list of the best matches, and the rows of the same expression by the index alone."""
    from django.db import connection

    from kb.search import _expression, fts5, tsquery
    from kb.search_text import parse

    expression, raw = _expression(list(parse(WORD))), driver()
    lite = connection.vendor == "sqlite"
    sql, value = (FTS5, fts5(expression)) if lite else (TSVECTOR, tsquery(expression))
    ours = asker(f"articles/?q={WORD}&page_size=50")
    return medians(ours, lambda: raw.execute(sql, (value,)).fetchall(), setting.rounds())


ROWS = (
    Row(
        "fulltext",
        "全文检索 q，二十万篇文章，最相关的 50 篇",
        "FTS5／tsvector 的原始查询",
        at_most(1.5),
        against_raw,
        databases=BOTH,
        metrics=(MILLION,),
    ),
)
