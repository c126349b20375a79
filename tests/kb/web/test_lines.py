from kb.web.lines import CONTEXT, excerpt

TEXT = "\n".join(f"行{number}" for number in range(1, 41))


def test_the_lines_of_the_article_are_marked_and_far_ones_folded():
    lines = excerpt(TEXT, [[10, 12], [30, 30]])
    assert [line.number for line in lines if line.is_own] == [10, 11, 12, 30]
    assert next(line.text for line in lines if line.is_own) == "行10"
    folded = [(line.number, line.hidden) for line in lines if line.hidden]
    assert folded == [(1, 9 - CONTEXT), (17, 9), (35, 6)]


def test_the_whole_page_has_every_line_once():
    lines = excerpt(TEXT, [[10, 12]], whole=True)
    assert [line.number for line in lines] == list(range(1, 41))
    assert not any(line.hidden for line in lines)


def test_parts_that_stand_apart_out_of_order_or_past_the_end_are_shown_where_they_are():
    lines = excerpt("一\n二\n三", [[3, 9], [1, 1], [0, 0]])
    assert [(line.text, line.is_own) for line in lines] == [("一", True), ("二", False), ("三", True)]


def test_only_line_feeds_end_a_line():
    assert [line.text for line in excerpt("一\r\n二\x0b三\u2028四", [[1, 2]])] == ["一", "二\x0b三\u2028四"]
