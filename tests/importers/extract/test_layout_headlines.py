"""Which headline, kicker and section belongs to which text."""

import pytest

from kb.vocabulary import ArticleKind, CreditRole, DoubtReason
from tests.importers.extract.layout_world import WRAPPED, names, only, read, titles


def test_a_piece_of_a_sentence_between_blank_lines_is_no_headline():
    page = """\
□本报记者 唐莉

经过半个月的筹备，由柳河镇党委和双

河市文旅公司共同开办的研学营地迎来
首批学生，营地有帐篷36顶，可以住下
两百人。

村民说，双河市来的孩子们住得开心。
"""
    assert only(page).body.startswith("经过半个月的筹备，由柳河镇党委和双河市文旅公司共同开办")


def test_a_spaced_out_line_cut_off_by_a_blank_line_is_no_headline():
    article = only(
        """
□本报记者 高原

去年以来，沙日塔拉镇把合作社办到了草场边，
牧民在家门口就能卖羊毛、领分红。

在 河 东 嘎 查 的 锡 林 郭 勒 云 岭 毛 绒 制 品 有 限

公司车间里，二十多名牧民正在分拣羊绒，脸上
挂满笑容。
"""
    )
    assert "云岭毛绒制品有限公司车间里" in article.body


TWO_UNITS = """\
北岭镇：

田埂上的“流动党课”

南川街道：

楼道里的“微议事厅”

本报讯（记者 方圆）今年以来，南川街道把议事桌搬进楼
道，居民有事坐下来商量，已解决停车、漏水等难题48件，
参加议事的居民有960人次。

本报讯（通讯员 苗青）农忙时节，北岭镇的党员讲师走上田
埂，利用歇晌的工夫给种粮户讲政策、讲技术，已开课35场，
听课群众2100多人次。
"""


def test_headlines_far_from_their_bodies_find_them_by_kicker_and_words():
    south, north = read(TWO_UNITS).articles
    assert (south.kicker, south.title) == ("南川街道", "楼道里的“微议事厅”")
    assert (north.kicker, north.title) == ("北岭镇", "田埂上的“流动党课”")


def test_a_headline_after_its_body():
    page = WRAPPED + "\n双河市总工会：\n\n工地上有了\n“歇脚屋”\n"
    article = only(page)
    assert (article.title, article.kicker) == ("工地上有了“歇脚屋”", "双河市总工会")
    assert article.heading_lines == ((10, 10), (12, 13))


def test_a_unit_over_a_headline_is_its_kicker():
    page = "江滨市直机关工委\n\n四季志愿暖邻里\n\n□方圆\n\n今年以来，江滨市直机关工委组织志愿者走进社区。\n"
    assert (only(page).kicker, only(page).title) == ("江滨市直机关工委", "四季志愿暖邻里")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("为民办事\n不打烊", "为民办事 不打烊"),
        ("风灾过后，\n修圈队来了", "风灾过后，修圈队来了"),
        ("学深悟透做好新时代的\n\n组织工作", "学深悟透做好新时代的组织工作"),
        ("“书记就像\n邻家大哥”", "“书记就像邻家大哥”"),
        ("柳河镇推进\n\n『一户一策』\n\n工作见实效", "柳河镇推进『一户一策』工作见实效"),
        ("从“单干”到“抱团”\n\n——柳河镇联村党委观察", "从“单干”到“抱团”"),
    ],
)
def test_parts_of_a_headline(lines, title):
    page = f"{lines}\n\n本报记者 方圆\n\n柳河镇党委带着大家干，书记就像邻家大哥一样做工作。\n"
    assert only(page).title == title


def test_sub_headlines_belong_to_the_text():
    page = """\
## 擦亮“小窗口” 办好大民生

□本报记者 唐莉

双河市行政审批局把窗口设为党员示范岗。

## 做减法,材料再少一点

去年以来,大厅精简材料210份。

## 做加法,服务再多一点

窗口延时服务1600余件,群众满意。
"""
    article = only(page)
    assert article.title == "擦亮“小窗口” 办好大民生"
    assert "\n做减法,材料再少一点\n" in article.body


def test_numbered_sections_belong_to_the_text():
    page = (
        "银龄课堂开课了\n\n"
        "柳河街道办起课堂。\n\n"
        "一、抓队伍\n\n"
        "选聘讲师46名。\n\n"
        "（二）抓阵地\n\n"
        "今年改造教室3间。\n"
    )
    assert titles(page) == ["银龄课堂开课了"]


def test_lower_markdown_levels_are_sections():
    page = (
        "## 北河区红色物业\n\n"
        "北河区成立服务站。\n\n"
        "### 建队伍\n\n"
        "选派56名。\n\n"
        "## 云山县农家党校\n\n"
        "云山县把课堂搬进农家院。\n"
    )
    assert titles(page) == ["北河区红色物业", "云山县农家党校"]


def test_headlines_and_texts_by_turns():
    page = """\
红星社区办起邻里食堂

近日，红星社区把闲置的活动室改成食堂，每天供应午餐六十余份。
（苏宁）

流动书屋开进牧点

3月10日，白河县图书馆的流动书屋开进牧点，送去图书500册。（记者 高娃 通讯员 乌云）
"""
    first, second = read(page).articles
    assert (first.title, names(first)) == ("红星社区办起邻里食堂", [("苏宁", "author")])
    assert (second.title, names(second)) == (
        "流动书屋开进牧点",
        [("高娃", "reporter"), ("乌云", "correspondent")],
    )


def test_a_commentary_without_a_headline():
    page = (
        "□沈平\n\n"
        "年轻干部是未来。我们必须把他们放到一线去，只有经过磨炼，才能担当重任。\n\n"
        "我们要为干事者撑腰，决不能让实干的人吃亏，才能让他们放手去干，才能干出样子来，必须久久为功。\n"
    )
    article = only(page)
    assert (article.title, article.kind) == ("", ArticleKind.COMMENTARY)


def test_briefs_with_headlines_of_their_own():
    page = (
        "◆河西镇举办培训班\n\n"
        "4月8日，河西镇86人参加培训。（刘洋）\n\n"
        "◆水务局巡河护清流\n\n"
        "水务局党员清理垃圾3车。（赵强）\n"
    )
    articles = read(page).articles
    assert [(a.title, a.kind) for a in articles] == [
        ("河西镇举办培训班", ArticleKind.BRIEF),
        ("水务局巡河护清流", ArticleKind.BRIEF),
    ]


def test_roles_under_a_headline_whose_text_is_elsewhere():
    page = (
        WRAPPED
        + "\n学用结合，\n做实党员教育\n◎沈平\n\n■新语\n\n"
        + "我们必须学用结合，做实党员教育，才能见到成效。\n" * 3
    )
    last = read(page).articles[-1]
    assert last.title == "学用结合，做实党员教育"
    assert names(last) == [("沈平", CreditRole.AUTHOR.value)]


def test_a_headline_that_fits_two_texts_is_doubtful():
    page = "近日，甲村党员修路。 沈平 摄\n\n爱心满人间\n\n近日，乙村党员修桥。 方圆 摄\n"
    (doubt,) = read(page).doubts
    assert doubt.reason is DoubtReason.LAYOUT
    assert doubt.text == "爱心满人间"


LATE = """\
擦亮“小窗口”

本报记者 唐莉

“以前跑四趟，现在一趟就办完。”双河市的
店主贾云飞说，窗口的党员帮他填好了表，
还把执照送到家门口，省下半天工夫。

6月3日，南岗县大洼村的榨油坊飘
出油香。村党支部牵头建起榨油坊，
村集体上半年增收18万元，吸纳村
民就近务工，户户都有分红。

南岗县
大洼村的油坊“榨”出好日子
本报记者 方圆 通讯员 苗青
"""


def test_a_headline_with_a_byline_after_its_text_shows_where_that_text_begins():
    first, second = read(LATE).articles
    assert (first.title, names(first)) == ("擦亮“小窗口”", [("唐莉", "reporter")])
    assert (second.kicker, second.title) == ("南岗县", "大洼村的油坊“榨”出好日子")
    assert second.body.startswith("6月3日，南岗县")
    assert names(second) == [("方圆", "reporter"), ("苗青", "correspondent")]


def test_a_kicker_below_its_headline():
    page = "□沈平\n\n柳河镇的党课开在马背上，老党员都爱听。\n\n云上支部连起草原\n\n柳河镇：\n"
    assert (only(page).title, only(page).kicker) == ("云上支部连起草原", "柳河镇")


def test_a_kicker_in_the_headlines_line():
    page = """\
西岗区：夜校办到家门口

本报讯（记者 李楠）西岗区开办夜校，460名党员参加。

东港镇：

干部下沉解难题

本报讯（通讯员 金凤）东港镇组织干部下沉，解决难题49件。
"""
    first, second = read(page).articles
    assert (first.kicker, first.title) == ("西岗区", "夜校办到家门口")
    assert (second.kicker, second.title) == ("东港镇", "干部下沉解难题")


def test_a_sub_headline_tells_whose_the_headline_is():
    page = """\
启航新征程 建功新时代

把“烦心事”办成“暖心事”

——柳河街道办实事纪实

本报记者 唐莉

水管换了，路灯亮了，柳河街道的居民心里踏实多了。

●近日，南岗县图书馆送书下乡。 （沈平）
"""
    report, _ = read(page).articles
    assert report.title == "把“烦心事”办成“暖心事”"


def test_a_headline_right_above_wrapped_prose():
    page = """\
“邻长制”连起千家万户
江城市红旗区大桥街道探
索实行邻长制，把每十户居民
划为一个邻里单元，由党员担
任邻长，街道共选出邻长五百
名。
（胡杨 摄影报道）
暖心饺子送环卫
冬至当天，江城市红旗区城
管局党支部组织党员包了三
千个饺子，送到环卫工人手
中。
（白桦）
"""
    assert titles(page) == ["“邻长制”连起千家万户", "暖心饺子送环卫"]


def test_sections_right_above_prose():
    page = """\
本报讯（记者 秦朗）去年以来，西河镇的干部每周入户两天，记录
群众的诉求，限时办理。
记账先要见面
在后湾村，村干部陆军每天傍晚都到村口的大槐树下坐一坐，听
村民说说心里话。
"""
    assert only(page).body.split("\n")[1] == "记账先要见面"


@pytest.mark.parametrize("title", ["新课堂：夜校办到家门口", "书记说：夜校办到家门口"])
def test_a_topic_before_a_colon_is_no_kicker(title):
    page = f"{title}\n\n本报讯（记者 李楠）西岗区开办夜校，460名党员参加。\n"
    assert (only(page).kicker, only(page).title) == (None, title)
