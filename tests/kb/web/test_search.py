from tests.factories import InitiativeFactory

QUERIES = 7


def test_one_query_finds_articles_initiatives_organisations_and_figures(look, world):
    text = look("/search/?q=服务")
    assert look.queries == QUERIES
    for words in ("云雀飞进寻常巷", "“云雀”志愿服务品牌", "新城区石榴花志愿服务队", "35万余小时"):
        assert words in text
    assert f'href="/lists/metrics/?initiative={world.lark.pk}"' in text


def test_the_number_of_queries_does_not_grow_and_more_lead_to_all(look, world):
    for number in range(12):
        InitiativeFactory(name=f"“服务{number}号”活动", organisers=[world.team], city=world.ordos)
    text = look("/search/?q=服务")
    assert look.queries == QUERIES
    assert 'href="/lists/initiatives/?q=%E6%9C%8D%E5%8A%A1"' in text


def test_nothing_asked_and_nothing_found(look, world):
    assert "输入一个或几个词" in look("/search/")
    assert look.queries == 0
    assert "没有找到" in look("/search/?q=火星移民")
    assert "没有找到" in look("/search/?q=%00“（")


def test_the_query_is_escaped_where_it_is_shown(look, world):
    text = look('/search/?q="><script>alert(1)</script>')
    assert "<script>alert" not in text
