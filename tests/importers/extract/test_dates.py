"""Times in a sentence: what they cover, with and without the issue date of the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.extract.dates.find import IssueDate, anniversary_year, find_times, resolve_date

ISSUE = IssueDate.parse("2024-09-12")


def covered(sentence, issue=None):
    """The ends of the last time that the sentence names, as strings."""
    times = find_times(sentence, 0, len(sentence), issue)
    since = next((t.period_from for t in reversed(times) if t.period_from), None)
    until = next((t.as_of for t in reversed(times) if t.as_of), None)
    return (since and str(since), until and str(until))


@pytest.mark.parametrize(
    ("sentence", "since", "until"),
    [
        ("2019年以来，建成水厂3座。", "2019", None),
        ("自2021年起，每年植树500棵。", "2021", None),
        ("自2021年7月起，夜校开课20次。", "2021-07", None),
        ("2020年3月以来，接诉80件。", "2020-03", None),
        ("今年以来，走访40户。", "今年以来", None),
        ("自今年3月份以来，走访40户。", "今年3月份以来", None),
        ("年初以来，走访40户。", "年初以来", None),
        ("近年来，修路30公里。", "近年来", None),
        ("三年来，修路30公里。", "三年来", None),
        ("入冬以来，供煤60吨。", "入冬以来", None),
        ("自驿站启用以来，已服务司机60人次。", "自驿站启用以来", None),
        ("截至目前，办结90件。", None, "截至目前"),
        ("截止目前，办结90件。", None, "截止目前"),
        ("到目前为止，办结90件。", None, "到目前为止"),
        ("目前，全镇有合作社12家。", None, "目前"),
        ("目前已办结90件。", None, "目前"),
        ("截至2022年底，办结90件。", None, "2022-12-31"),
        ("截至2022年6月，办结90件。", None, "2022-06-30"),
        ("截至2022年6月15日，办结90件。", None, "2022-06-15"),
        ("截至去年底，办结90件。", None, "截至去年底"),
        ("仅2020年，接访70批次。", "2020", "2020-12-31"),
        ("2020年，接访70批次。", "2020", "2020-12-31"),
        ("2020年上半年，接访70批次。", "2020-01", "2020-06-30"),
        ("2020年第三季度，接访70批次。", "2020-07", "2020-09-30"),
        ("2019年至2021年，接访70批次。", "2019", "2021-12-31"),
        ("2019-2021年，接访70批次。", "2019", "2021-12-31"),
        ("去年，接访70批次。", "去年", "去年"),
        ("今年上半年，接访70批次。", "今年上半年", "今年上半年"),
        ("春节期间，慰问70户。", "春节期间", "春节期间"),
        ("5月23日，分会捐书200册。", "5月23日", "5月23日"),
        ("2019年以来，截至目前，建成3座。", "2019", "截至目前"),
        ("近日，演出开始。", None, None),
        ("印发2020年度计划3份。", None, None),
        ("讨论2020年的工作。", None, None),
    ],
)
def test_without_an_issue_date_only_explicit_dates_are_resolved(sentence, since, until):
    assert covered(sentence) == (since, until)


@pytest.mark.parametrize(
    ("sentence", "since", "until"),
    [
        ("今年以来，走访40户。", "2024", None),
        ("去年以来，走访40户。", "2023", None),
        ("今年3月份以来，走访40户。", "2024-03", None),
        ("年初以来，走访40户。", "2024", None),
        ("截至目前，办结90件。", None, "2024-09-12"),
        ("目前，全镇有合作社12家。", None, "2024-09-12"),
        ("截至去年底，办结90件。", None, "2023-12-31"),
        ("截至6月底，办结90件。", None, "2024-06-30"),
        ("去年，接访70批次。", "2023", "2023-12-31"),
        ("今年，接访70批次。", "2024", None),
        ("今年上半年，接访70批次。", "2024-01", "2024-06-30"),
        ("上半年，接访70批次。", "2024-01", "2024-06-30"),
        ("5月23日，分会捐书200册。", "2024-05-23", "2024-05-23"),
        ("11月2日，分会捐书200册。", "2023-11-02", "2023-11-02"),
        ("春节期间，慰问70户。", "春节期间", "春节期间"),
    ],
)
def test_the_issue_date_resolves_relative_times(sentence, since, until):
    assert covered(sentence, ISSUE) == (since, until)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2021年", "2021"),
        ("2021年7月", "2021-07"),
        ("2021年7月3日", "2021-07-03"),
        ("7月3日", "2024-07-03"),
        ("12月3日", "2023-12-03"),
        ("去年", "2023"),
        ("2021年13月", None),
        ("2月30日", None),
        ("某日", None),
    ],
)
def test_a_date_by_itself(words, iso):
    date = resolve_date(words, "2024-09-12")
    assert (date.text, date.iso) == (words, iso)


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("6月27日，为庆祝建党98周年，学校举办比赛。", "2019"),
        ("为纪念中国共产党成立95周年，嘎查放电影。街上挂满红旗，庆祝建党95周年。", "2016"),
        ("庆祝建党98周年之际，广场上唱起纪念新中国成立70周年的歌。", "2019"),
        ("为迎接建党100周年，学校举办比赛。", None),
        ("2011年，为庆祝建党90周年，村里修了路。", None),
        ("去年，为庆祝建党90周年，村里修了路。今天，大家庆祝建党91周年。", "2012"),
        ("有的村庆祝建党90周年，有的村庆祝建党95周年。", None),
        ("近日，学校举办比赛。", None),
    ],
)
def test_an_anniversary_that_is_kept_tells_the_year(body, year):
    kept = anniversary_year(body)
    assert (kept.iso if kept else None) == year


def test_a_month_and_day_without_an_issue_date_stay_words():
    assert resolve_date("7月3日").iso is None


@pytest.mark.parametrize("text", [None, "", "2024-13-01", "2024-02-30", "0000", "yesterday", "２０２４"])
def test_what_is_no_issue_date_gives_none(text):
    assert IssueDate.parse(text) is None


@given(st.dates())
def test_an_iso_date_is_its_own_printed_form(date):
    assert IssueDate.parse(date.isoformat()).iso == date.isoformat()


@given(
    st.text(alphabet="自从今去前年月日以来起截至目前底初上半期间春节仅第一季度0123456789，。", max_size=60),
    st.sampled_from([None, ISSUE]),
)
def test_any_words_give_times_inside_them_in_order(text, issue):
    times = find_times(text, 0, len(text), issue)
    assert [time.start for time in times] == sorted(time.start for time in times)
    for time in times:
        assert 0 <= time.start < time.end <= len(text)
        for date in (time.period_from, time.as_of):
            assert date is None or (date.text and date.text in text)
