"""Pages follow one another without gaps or repeats, whatever is written meanwhile."""

import pytest

from tests.factories import InitiativeFactory, MetricFactory


def walk(ask, path, **params):
    """All records of a list, page by page, and the addresses of its pages."""
    records, addresses, answer = [], [], ask(path, params)
    while True:
        records += answer["results"]
        if not answer["next"]:
            return records, addresses
        addresses.append(answer["next"])
        answer = ask(answer["next"])


@pytest.mark.parametrize("ordering", ["id", "-id", "started", "-started", "kind,-name", "-updated_at"])
@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_together_are_the_list(ask, world, ordering, size):
    for number in range(5):
        InitiativeFactory(started_on=None if number % 2 else f"202{number}-01-01",
                          started_precision="" if number % 2 else "year")  # fmt: skip
    whole = [row["id"] for row in ask("initiatives/", ordering=ordering)["results"]]
    assert len(whole) == 8
    paged, _ = walk(ask, "initiatives/", ordering=ordering, page_size=size)
    assert [row["id"] for row in paged] == whole


@pytest.mark.parametrize("ordering", ["value", "-value", "high", "-low"])
def test_previous_leads_back(ask, world, ordering):
    first = ask("metrics/", ordering=ordering, page_size=3)
    second = ask(first["next"])
    third = ask(second["next"])
    assert first["previous"] is None
    assert third["next"] is None
    assert ask(third["previous"])["results"] == second["results"]
    back = ask(ask(third["previous"])["previous"])
    assert back["results"] == first["results"]
    assert back["previous"] is None


def test_records_without_a_value_come_last_in_both_directions(ask):
    for ordering in ("started", "-started"):
        rows = ask("initiatives/", ordering=ordering)["results"]
        assert [row["started"] is None for row in rows] == [False, True, True]


def test_rows_written_while_a_client_pages_neither_repeat_nor_hide_others(ask, world):
    first = ask("metrics/", ordering="value", page_size=3)
    seen = [row["id"] for row in first["results"]]
    MetricFactory(value=0, text="0人")
    world.people.delete()
    rest, _ = walk(ask, first["next"])
    later = [row["id"] for row in rest]
    assert not set(seen) & set(later)
    assert len(seen + later) == len(set(seen + later))


def test_the_count_is_told_on_demand(ask):
    assert ask("metrics/", count="true", page_size=2)["count"] == 7
    assert ask("metrics/", count="true", unit="次")["count"] == 2


def test_a_cursor_of_another_ordering_is_refused(ask):
    answer = ask("metrics/", ordering="value", page_size=2)
    cursor = answer["next"].split("cursor=")[1].split("&")[0]
    assert ask("metrics/", ordering="-value", cursor=cursor, status=400)["code"] == "invalid_cursor"
