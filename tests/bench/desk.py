"""The pages where people work, at 100,000 articles against 1,000: the time, and the number of queries."""

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.bench.asking import asker
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most, timed
from tests.bench.store import use

LARGE, SMALL = 500_000, 5_000
"""Figures in the databases; there is an article to every five."""

CALLS = 5
MOST_QUERIES = {"review/": 18, "": 16}
"""Queries of a page; any other takes 12 at most."""
READER = "bench"

PAGES = {
    "articles": ("管理：文章列表", "admin/kb/article/"),
    "article-search": ("管理：文章列表，检索", "admin/kb/article/?q=志愿服务"),
    "article-city": ("管理：文章列表，一个盟市", "admin/kb/article/?in_city={city}"),
    "article-year": ("管理：文章列表，一年", "admin/kb/article/?issue=2020"),
    "article-city-year": ("管理：文章列表，一个盟市，一年", "admin/kb/article/?in_city={city}&issue=2020"),
    "metrics": ("管理：数据列表", "admin/kb/metric/"),
    "metrics-sums": (
        "管理：数据列表，一个盟市、一个单位，带合计",
        "admin/kb/metric/?in_city={city}&unit=人次",
    ),
    "metrics-review": ("管理：数据列表，有待审核的", "admin/kb/metric/?review=open"),
    "organisations": ("管理：组织列表", "admin/kb/organisation/"),
    "initiatives": ("管理：举措列表", "admin/kb/initiative/"),
    "places": ("管理：地名列表", "admin/kb/place/"),
    "mentions": ("管理：组织出处列表", "admin/kb/organisationmention/"),
    "names": ("管理：组织别称列表", "admin/kb/organisationname/"),
    "pages": ("管理：版面列表", "admin/kb/page/"),
    "duplicates": (
        "管理：可能重复的组织（比较的结果留用一会儿）",
        "admin/kb/merge/duplicates/organisations/",
    ),
    "doubts": ("管理：待审核列表", "admin/kb/doubt/"),
    "review": ("待审核：下一条", "review/"),
    "evidence": ("对照原文", "articles/1/"),
    "overview": ("总览（结果留用一会儿）", ""),
    "city": ("盟市页（结果留用一会儿）", "cities/150100/"),
}
"""What is asked, under `/`, by the name of its row."""

BOUNDS = {
    "metrics-review": "从未了结的疑问找起；疑问也多百倍，都要看一遍",
    "article-city-year": "1,000 篇里只有 19 篇，一页不满 50 行；其余的时间是显示多出来的行",
    "overview-anew": "按年份计数要读全部数据；网页用的是留用的结果，不等它",
}
"""What bounds a row, by its name."""


def large_against_small(path: str, setting: Setting, *, anew: bool = False) -> Rounds:
    """The same page of both databases by turns; fails where its queries are too many, or grow with the rows.

    `anew` has it made each time, without what is kept of earlier answers.
    """
    pairs = []
    counts: dict[int, int] = {}
    for _ in range(setting.rounds(5)):
        pair = []
        for metrics in (LARGE, SMALL):
            use(setting.database, setting.size(metrics))
            ask = _asker(path)
            forget = _forget if anew else None
            forget and forget()
            counts[metrics] = _queries(ask)
            pair.append(statistics.median(_timed(ask, forget) for _ in range(CALLS)))
        pairs.append((pair[0], pair[1]))
    assert counts[LARGE] <= min(counts[SMALL], MOST_QUERIES.get(path, 12)), counts
    return Rounds(tuple(pairs))


def _asker(path: str) -> Callable[[], bytes]:
    """A function that asks for a page as somebody who may see everything, after what is kept is forgotten."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    from kb.models import Place

    user, _made = User.objects.get_or_create(username=READER, is_staff=True, is_superuser=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    _forget()
    city = Place.objects.get(code="150100").pk
    signed_in = {"HTTP_COOKIE": f"sessionid={session.session_key}", "HTTP_ACCEPT": "text/html"}
    ask = asker(path.format(city=city), "/", **signed_in)
    ask()
    return ask


def _forget() -> None:
    from django.core.cache import cache

    cache.clear()


def _timed(ask: Callable[[], bytes], forget: Callable[[], None] | None) -> float:
    """Seconds of one call."""
    if forget:
        forget()
    return timed(ask)


def _queries(ask: Callable[[], bytes]) -> int:
    """How many statements a call runs."""
    from django.db import connection

    found: list[Any] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        found.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        ask()
    return len(found)


def _row(name: str, what: str, path: str, **more: Any) -> Row:
    return Row(
        f"desk-{name}", f"{what}：10 万篇文章", "1,000 篇文章", at_most(2.0),
        partial(large_against_small, path, **more), databases=BOTH, metrics=(LARGE, SMALL),
        bound=BOUNDS.get(name, ""),
    )  # fmt: skip


ROWS = (
    *(_row(name, what, path) for name, (what, path) in PAGES.items()),
    _row("overview-anew", "总览，重新数一遍", "", anew=True),
)
