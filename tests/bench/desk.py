"""The pages where people work, at 100,000 articles against 1,000: the time, and the number of queries."""

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.bench.asking import asker
from tests.bench.measure import BOTH, Rounds, Row, Setting, at_most, timed
from tests.bench.store import use

LARGE, SMALL = 1_000_000, 10_000
"""Figures in the databases."""
FIGURES = 10
"""Figures to an article."""

CALLS = 5
A_PAGE = 15
"""Rows of a page where a smaller base has not more of what is asked for: pages are full in both."""
MOST_QUERIES = {"review/?kind=place": 18, "": 14}
"""Queries of a page; any other takes 12 at most."""
READER = "bench"
SIGNS = 1000
"""The length of an article that is shown."""

PAGES = {
    "articles": ("管理：文章列表", "admin/kb/article/"),
    "article-search": ("管理：文章列表，检索", "admin/kb/article/?q=志愿服务"),
    "article-city": ("管理：文章列表，一个盟市", "admin/kb/article/?in_city={city}"),
    "article-year": ("管理：文章列表，一年", "admin/kb/article/?issue=2020"),
    "article-city-year": (
        f"管理：文章列表，一个盟市，一年，每页 {A_PAGE} 篇",
        "admin/kb/article/?in_city={city}&issue=2020",
    ),
    "article-review": ("管理：文章列表，有待审核的", "admin/kb/article/?review=open"),
    "metrics": ("管理：数据列表", "admin/kb/metric/"),
    "metrics-sums": (
        "管理：数据列表，一个盟市、一个单位，带合计",
        "admin/kb/metric/?in_city={city}&unit=人次",
    ),
    "metrics-review": ("管理：数据列表，有待审核的", "admin/kb/metric/?review=open"),
    "metrics-settled": ("管理：数据列表，没有待审核的", "admin/kb/metric/?review=closed"),
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
    # A question of one kind: what is asked about a place takes other queries than about an initiative.
    "review": ("待审核：下一条，问地名的", "review/?kind=place"),
    "evidence": ("对照原文，约一千字的文章", "articles/{article}/"),
    "overview": ("总览（结果留用一会儿）", ""),
    "city": ("盟市页（结果留用一会儿）", "cities/150100/"),
    "list-metrics": ("清单：数据", "lists/metrics/"),
    "list-metrics-unit": ("清单：数据，一个单位", "lists/metrics/?unit=人次"),
    "list-metrics-city": ("清单：数据，一个盟市", "lists/metrics/?city=150100"),
    "list-metrics-year": ("清单：数据，一年", "lists/metrics/?as_of=2020"),
    "list-articles": ("清单：文章", "lists/articles/"),
    "list-articles-city": ("清单：文章，一个盟市", "lists/articles/?city=150100"),
    "list-initiatives-city": ("清单：举措，一个盟市", "lists/initiatives/?city=150100"),
}
"""What is asked, under `/`, by the name of its row."""

BOUNDS = {
    "article-review": "小库里数不到 10,000 条；多出的是数到那里",
    "metrics-review": "小库里数不到 10,000 条；多出的是数到那里",
}
"""What bounds a row, by its name."""


def large_against_small(path: str, setting: Setting, *, anew: bool = False, a_page: int = 0) -> Rounds:
    """The same page of both databases by turns; fails where its queries are too many, or grow with the rows.

    `anew` has it made each time, without what is kept of earlier answers; `a_page` are a list page's rows.
    """
    pairs = []
    counts: dict[int, int] = {}
    _show(a_page)
    for _ in range(setting.rounds(5)):
        pair = []
        for metrics in (LARGE, SMALL):
            use(setting.database, setting.size(metrics), FIGURES)
            ask = _asker(path)
            forget = _forget if anew else None
            if metrics not in counts:
                counts[metrics] = _queries(ask, forget)
            pair.append(statistics.median(_timed(ask, forget) for _ in range(CALLS)))
        pairs.append((pair[0], pair[1]))
    assert counts[LARGE] <= min(counts[SMALL], MOST_QUERIES.get(path, 12)), counts
    return Rounds(tuple(pairs))


def _asker(path: str) -> Callable[[], bytes]:
    """A function that asks for a page as somebody who may see everything, after what is kept is forgotten."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.models.functions import Length

    from kb.models import Article, Place

    user, _made = User.objects.get_or_create(username=READER, is_staff=True, is_superuser=True)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    _forget()
    city = Place.objects.get(code="150100").pk
    lengths = Article.objects.filter(pk__lte=1000).values_list(Length("body"), "pk")
    article = min(lengths, key=lambda found: (abs(found[0] - SIGNS), found))[1]
    signed_in = {"HTTP_COOKIE": f"sessionid={session.session_key}", "HTTP_ACCEPT": "text/html"}
    ask = asker(path.format(city=city, article=article), "/", **signed_in)
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


def _show(a_page: int) -> None:
    """Gives all lists so many rows a page."""
    from django.contrib import admin

    for each in admin.site._registry.values() if a_page else ():
        each.list_per_page = a_page


def _queries(ask: Callable[[], bytes], forget: Callable[[], None] | None) -> int:
    """How many statements a call runs."""
    from django.db import connection

    found: list[Any] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        found.append(sql)
        return execute(sql, *more)

    forget and forget()
    with connection.execute_wrapper(note):
        ask()
    return len(found)


def _row(name: str, what: str, path: str, **more: Any) -> Row:
    return Row(
        f"desk-{name}", f"{what}：10 万篇文章", "1,000 篇文章", at_most(2.0),
        partial(large_against_small, path, **more), databases=BOTH, metrics=(LARGE, SMALL), figures=FIGURES,
        bound=BOUNDS.get(name, ""),
    )  # fmt: skip


ROWS = (
    *(
        _row(name, what, path, **({"a_page": A_PAGE} if name == "article-city-year" else {}))
        for name, (what, path) in PAGES.items()
    ),
    _row("overview-anew", "总览，重新数一遍", "", anew=True),
)
