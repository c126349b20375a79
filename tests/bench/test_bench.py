"""The frame of the measurements: the rows, the figures of their rounds, the written table, the data."""

import pytest

from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract.pipeline import extract_page
from tests.bench import report
from tests.bench.__main__ import chosen, groups
from tests.bench.data import page_texts, templates
from tests.bench.measure import Rounds, Row, at_least, at_most, figures
from tests.bench.registry import TABLES, all_rows, rows_of


def a_row(goal=None, **values):
    return Row(**{
        "name": "a", "what": "甲", "against": "乙", "goal": goal or at_most(2.0), "measure": Rounds, **values
    })  # fmt: skip


@pytest.fixture
def document(tmp_path, monkeypatch):
    path = tmp_path / "performance.md"
    path.write_text(
        "前言\n<!-- measured -->\n<!-- /measured -->\n<!-- desk -->\n<!-- /desk -->\n后记\n", encoding="utf-8"
    )
    monkeypatch.setattr(report, "DOCUMENT", path)
    return path


def test_every_row_has_a_name_of_its_own():
    names = [row.name for row in all_rows()]
    assert len(names) == len(set(names)) > 0


def test_a_ratio_is_that_of_the_medians_with_the_spread_of_the_rounds():
    measured = figures(a_row(), "", Rounds(((2.0, 1.0), (9.0, 3.0), (4.0, 1.0))))
    assert (measured.ratio, measured.low, measured.high) == (4.0, 2.0, 4.0)
    assert not measured.is_reached


def test_a_goal_of_times_as_fast_is_reached_from_its_limit_on():
    assert figures(a_row(at_least(1.8)), "", Rounds(((1.0, 1.8),))).is_reached
    assert not figures(a_row(at_least(1.8)), "", Rounds(((1.0, 1.7),))).is_reached


def test_lines_of_rows_that_were_not_measured_stay_in_the_document(document):
    first, second = a_row(), a_row(name="b", what="丙")
    slow, fast = Rounds(((3.0, 1.0),)), Rounds(((1.0, 1.0),))
    report.write([first, second], [figures(first, "", slow), figures(second, "sqlite", slow)])
    report.write([first], [figures(first, "", fast)])
    text = document.read_text(encoding="utf-8")
    assert text.startswith("前言\n")
    assert text.endswith("后记\n")
    assert "| 甲 | 乙 | – | ≤ 2× | 1.00×（1.00–1.00，1 轮） | 达到 |" in text
    assert "| 丙 | 乙 | SQLite | ≤ 2× | 3.00×（3.00–3.00，1 轮） | 未达到" in text
    assert text.count("| 甲 |") == 1


def test_each_table_is_written_at_its_own_place(document):
    row = a_row()
    report.write([row], [figures(row, "", Rounds(((1.0, 1.0),)))], "desk")
    first, second = document.read_text(encoding="utf-8").split("<!-- desk -->")
    assert ("| 甲 |" in first, "| 甲 |" in second) == (False, True)


def test_the_pages_where_people_work_are_a_table_of_their_own():
    desk = rows_of("desk")
    assert chosen([], "desk") == desk
    assert not {row.name for row in desk} & {row.name for row in chosen([])}
    assert chosen([desk[0].name]) == desk[:1]


def test_every_table_has_its_place_in_the_document():
    text = report.DOCUMENT.read_text(encoding="utf-8")
    assert all(f"<!-- {table} -->" in text and f"<!-- /{table} -->" in text for table in TABLES)


def test_pages_of_the_same_seed_are_the_same_and_no_two_are_alike():
    texts = list(page_texts(15))
    assert texts == list(page_texts(15))
    assert len(set(texts)) == 15
    assert texts != list(page_texts(15, seed=1))


def test_made_pages_say_as_much_as_real_ones():
    def records(page):
        return sum(len(a.metrics) + len(a.places) + len(a.organisations) for a in page.articles)

    real = sum(records(template.record) for template in templates())
    made = sum(records(extract_page(text, gazetteer=load_gazetteer())) for text in page_texts(5))
    assert made == pytest.approx(real, rel=0.1)


def test_lines_stand_in_the_order_of_the_rows_whatever_was_measured_first(document):
    first, second = rows_of("measured")[:2]
    for row in (second, first):
        report.write([row], [figures(row, "", Rounds(((1.0, 1.0),)))])
    text = document.read_text(encoding="utf-8")
    assert 0 < text.index(f"| {first.what} |") < text.index(f"| {second.what} |")


def test_rows_of_a_filled_database_share_a_process_only_where_it_must_be_quick():
    empty, filled, more = a_row(), a_row(name="b", metrics=(10,)), a_row(name="c", metrics=(10,))
    work = [(row, database) for row in (empty, filled, more) for database in ("sqlite", "postgresql")]
    assert groups(work, quick=False) == [[each] for each in work]
    assert [[(row.name, database) for row, database in group] for group in groups(work, quick=True)] == [
        [("a", "sqlite")],
        [("a", "postgresql")],
        [("b", "sqlite"), ("c", "sqlite")],
        [("b", "postgresql"), ("c", "postgresql")],
    ]
