"""Columns and sections: which articles a standing name belongs to, and which line is one."""

from tests.importers.extract.layout_world import names, read, titles

REPORT = (
    "近日，双河市总工会把歇脚站建到了工地，为农民工提供热水和充电服务，目前已建成62个，服务职工3200人次。"
)
COMMENT = (
    "我们必须把干部放到一线去。只有经过磨炼，才能担当重任。我们要久久为功，决不能半途而废，才能干出样子来。"
)

OF_KINDS = f"""\
双河时评

双河短波

□沈平

{COMMENT * 3}

□本报记者 高远

{REPORT}

●近日，青石镇团委为学校送去图书300册。（苗青）

●日前，红柳乡妇联组织妇女义诊，来了80人。（方圆）

工地上的歇脚站

久久为功方能见实效
"""


def test_a_name_that_tells_its_kind_claims_the_texts_of_that_kind():
    columns = [article.column for article in read(OF_KINDS).articles]
    assert columns == ["双河时评", None, "双河短波", "双河短波"]


def test_a_marked_name_over_an_unmarked_headline_is_a_section():
    page = f"## 工会之声\n\n歇脚有了站\n工地农民工喝上热水\n\n□本报记者 高远\n\n{REPORT}\n"
    (article,) = read(page).articles
    assert (article.column, article.title) == ("工会之声", "歇脚有了站 工地农民工喝上热水")


def test_an_unmarked_name_over_a_marked_headline_is_a_section():
    page = f"双河先锋\n\n工会之声\n\n## 工地农民工喝上热水\n\n□本报记者 高远\n\n{REPORT}\n"
    (article,) = read(page).articles
    assert (article.column, article.title) == ("工会之声", "工地农民工喝上热水")


INTERRUPTED = """\
## 板凳会说出心里话

□本报记者 高远

树底下一坐，啥话都能说。青石镇推开板凳会，由镇干部轮流坐板凳、听民声，小事不过夜，大事有回音。

今年以来，青石镇开板凳会1120场，收集诉求2306件，办结2200件，镇干部包案化解积案12件。

6月12日，红柳乡卫生院在乡中学为400名学生查视力。 沈平 摄

## 义诊进校园

为把好事办好，青石镇给板凳会立规矩，每场到会群众不少于15人，诉求3日内办结，镇干部包案到人。

## 工地农民工喝上热水

□本报记者 方圆

近日，双河市总工会把歇脚站建到了工地，为农民工提供热水和充电服务，目前已建成62个。
"""


def test_a_text_goes_on_behind_a_picture_and_its_title():
    articles = read(INTERRUPTED).articles
    assert [article.title for article in articles] == [
        "板凳会说出心里话",
        "义诊进校园",
        "工地农民工喝上热水",
    ]
    assert articles[0].body.endswith("镇干部包案到人。")
    assert articles[1].body.endswith("学生查视力。")


def test_a_headline_of_the_texts_own_words_begins_it():
    other = INTERRUPTED.replace("## 义诊进校园", "## 板凳会立规矩")
    assert "板凳会立规矩" in titles(other)
    assert not read(other).articles[0].body.endswith("镇干部包案到人。")


def test_whoever_took_the_picture_is_credited_once():
    page = (
        "## 热水送到工地\n\n□本报记者 高远\n\n"
        "双河市总工会把歇脚站建到工地。图为6月3日，职工在歇脚站喝水。本报记者 高远 通讯员 沈平 摄\n"
    )
    (article,) = read(page).articles
    assert names(article) == [("高远", "photographer"), ("沈平", "photographer")]


def test_words_and_picture_by_one_hand_close_a_caption():
    page = (
        f"## 工地农民工喝上热水\n\n□本报记者 高远\n\n{REPORT * 8}\n\n"
        "红柳乡抢收红干椒。图为9月5日，队员采摘。\n\n额尔敦 文/图\n\n抢收红干椒\n"
    )
    report, photo = read(page).articles
    assert (photo.title, photo.kind.value, names(photo)) == ("抢收红干椒", "photo", [("额尔敦", "author")])
    assert report.body.endswith("服务职工3200人次。")


def test_a_headline_without_its_texts_words_is_the_texts_whose_turn_it_is():
    other = "区里成立骑手党支部17个，兜底管理党员133名，骑手报到有了家，随手拍线索9847条，办结率为97.5%。"
    page = (
        f"工地农民工喝上热水\n\n创新实践\n\n小小的人物汇成大能量\n\n本报讯（记者 高远）{REPORT}\n\n"
        f"本报讯（记者 方圆）{other}\n"
    )
    assert titles(page) == ["工地农民工喝上热水", "小小的人物汇成大能量"]


LISTED = f"""\
双河时评

先锋在基层

□沈平

{REPORT}

工地上的歇脚站

□方圆

{COMMENT * 3}

□高远

{REPORT.replace("双河市总工会", "青石镇工会")}

青石镇有了歇脚站
"""


def test_a_section_listed_over_all_texts_holds_every_report():
    columns = [article.column for article in read(LISTED).articles]
    assert columns == ["先锋在基层", "双河时评", "先锋在基层"]


def test_a_section_named_beside_a_report_holds_that_one():
    page = LISTED.replace("先锋在基层\n\n□沈平", "□沈平").replace("□高远", "先锋在基层\n\n□高远")
    assert next(article.column for article in read(page).articles) is None


def test_dispatches_under_the_name_of_a_round_up_run_in_it_up_to_the_next_name():
    lead = "本报讯（记者 高远）"
    page = f"""\
双河快讯

歇脚站建到工地

{lead}{REPORT}

工地上有了歇脚站

{lead}{REPORT}

一周速览

●近日，青石镇团委为学校送去图书300册。（苗青）

●日前，红柳乡妇联组织妇女义诊，来了80人。（方圆）
"""
    columns = [article.column for article in read(page).articles]
    assert columns == ["双河快讯", "双河快讯", "一周速览", "一周速览"]
