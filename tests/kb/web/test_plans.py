"""The lists that numbers lead to are read along an index, one page of it, however many records there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.web.lists import A_PAGE
from tests.api.test_plans import sorts

ALONG_AN_INDEX = [
    "metrics/",
    "metrics/?unit=人次",
    "metrics/?city=150100",
    "metrics/?city=150100&unit=小时",
    "metrics/?status=planned",
    "metrics/?as_of=2024",
    "metrics/?as_of=2024&status=reported",
    "metrics/?as_of=2024&city=150100",
    "metrics/?as_of=2024&after={hours}",
    "metrics/?organisation={team}",
    "metrics/?initiative={lark}",
    "articles/",
    "articles/?city=150100",
    "articles/?kind=report",
    "initiatives/",
    "initiatives/?kind=brand",
    "initiatives/?city=150100",
    "initiatives/?city=150100&kind=brand",
    "initiatives/?city=150100&after=999",
    "organisations/",
    "organisations/?category=party_branch",
    "organisations/?city=150100",
    "organisations/?city=150100&category=volunteer_team",
    "places/?level=county",
    "places/?city=150100",
    "pages/",
    "pages/?city=150100",
]


@pytest.mark.parametrize("path", ALONG_AN_INDEX)
def test_a_page_of_a_list_is_read_along_an_index(look, world, path):
    path = path.format(hours=world.hours.pk, team=world.team.pk, lark=world.lark.pk)
    with CaptureQueriesContext(connection) as queries:
        look(f"/lists/{path}")
    [sql] = [each["sql"] for each in queries if each["sql"].endswith(f"LIMIT {A_PAGE + 1}")]
    assert not sorts(sql), sql
