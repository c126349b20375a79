"""Whole small pages: what is an article, in which order its lines are read, and whose the rest is."""

import pytest

from importers.extract.layout.read import read_layout
from importers.extract.layout.rest import uncovered_lines
from importers.extract.records import ArticleDraft, PageLayout
from kb.vocabulary import ArticleKind, CreditRole, DoubtReason, FurnitureKind


def read(page: str) -> PageLayout:
    """The layout of a page, of which no line may be left over."""
    layout = read_layout(page)
    assert uncovered_lines(page, layout) == ()
    return layout


def only(page: str) -> ArticleDraft:
    """The one article of a page."""
    (article,) = read(page).articles
    return article


def titles(page: str) -> list[str]:
    return [article.title for article in read(page).articles]


def names(article: ArticleDraft) -> list[tuple[str, str]]:
    return [(author.name, author.role.value) for author in article.authors]


# ---------------------------------------------------------------- paragraphs

WRAPPED = """\
本报讯（记者 高远）近日，双河市
总工会把“职工驿站”建到了建筑工

地，为农民工提供热水和充电服务。
目前已建成驿 站 62 个。

下一步，工会还要在物流园区增设驿
站20个。
"""


def test_wrapped_lines_are_joined_and_a_blank_line_in_a_sentence_is_no_paragraph():
    article = only(WRAPPED)
    first, second = article.body.split("\n")
    assert (
        first
        == "近日，双河市总工会把“职工驿站”建到了建筑工地，为农民工提供热水和充电服务。目前已建成驿站62个。"
    )
    assert second == "下一步，工会还要在物流园区增设驿站20个。"
    assert article.lines == ((1, 8),)


def test_a_line_that_opens_with_a_quotation_mark_goes_on_after_a_blank_line():
    article = only("本报讯 今年以来，柳河镇打造了\n\n“百姓茶馆”议事点，听取群众意见，办\n成实事41件。\n")
    assert article.body == "今年以来，柳河镇打造了“百姓茶馆”议事点，听取群众意见，办成实事41件。"


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


def test_indented_paragraphs_without_blank_lines():
    page = (
        "　　六月的西梁县，麦浪翻滚，农技员\n正在地头讲课。\n　　“听了课，心里有底了。”种粮大户\n耿福说。\n"
    )
    assert only(page).body.split("\n") == [
        "六月的西梁县，麦浪翻滚，农技员正在地头讲课。",
        "“听了课，心里有底了。”种粮大户耿福说。",
    ]


def test_jump_notes_are_no_text():
    article = only("（上接第一版）\n\n全市建成书屋31个。\n\n各村轮流开放。（下转第二版）\n")
    assert article.body == "全市建成书屋31个。\n各村轮流开放。"


# ---------------------------------------------------------------- headlines

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


def test_text_without_blank_lines_between_articles():
    page = (
        "西岗区：夜校办到家门口\n"
        "本报讯（记者李楠）近日，西岗区开办夜校，有460名党员参加。\n"
        "东港镇：干部下沉解难题\n"
        "本报讯（通讯员 金凤）东港镇组织干部下沉到村，解决问题49件。\n"
    )
    assert titles(page) == ["西岗区：夜校办到家门口", "东港镇：干部下沉解难题"]


def test_a_commentary_without_a_headline():
    page = (
        "□沈平\n\n"
        "年轻干部是未来。我们必须把他们放到一线去，只有经过磨炼，才能担当重任。\n\n"
        "我们要为干事者撑腰，决不能让实干的人吃亏，才能让他们放手去干，才能干出样子来，必须久久为功。\n"
    )
    article = only(page)
    assert (article.title, article.kind) == ("", ArticleKind.COMMENTARY)


# ---------------------------------------------------------------- broken and interleaved texts

CAPTION_INSIDE = """\
□本报记者 何欣

双河市行政审批局党总支把窗口设为党员示范岗，推出多项服务，让群众少

近日，双河市第二小学开展合唱比赛，全校18个班级参加。图为比赛现场。 通讯员 柳青 摄

## 小窗口里的大民生

跑腿、好办事。截至5月底，窗口共办理延时服务3200余件。
"""


def test_a_caption_in_the_middle_of_a_sentence():
    report, photo = read(CAPTION_INSIDE).articles
    assert "让群众少跑腿、好办事。" in report.body
    assert report.title == "小窗口里的大民生"
    assert report.lines == ((3, 3), (9, 9))
    assert (photo.kind, names(photo)) == (ArticleKind.PHOTO, [("柳青", "photographer")])


def test_two_texts_in_interleaved_columns():
    page = """\
本报讯（记者 高远）近日，双河市
总工会把“职工驿站”建到了建筑工地，
为农民工提供热水、充电、维权咨询等
服务。全市驿站累计服务职工3.4万
人次，受到工人们

本报讯（记者 苗青）“以前下雨天
孩子没地方玩，现在有了活动室。”清
泉社区居民柳月说。清泉社区腾出办公
用房建成儿童活动室、阅览室，并安排

欢迎。
工会负责人介绍，下一步还要在物流
园区增设驿站，让更多职工歇歇脚。

志愿者每天轮流值守。儿童活动室开
放以来，孩子们天天来阅览室看书。
"""
    first, second = read(page).articles
    assert "受到工人们欢迎。" in first.body
    assert "并安排志愿者每天轮流值守。" in second.body


def test_a_second_dateline_begins_a_second_text():
    page = (
        "新华社海口7月1日电（记者 周正）海口市举行志愿服务行动。\n\n新华社三亚7月2日电 三亚市启动书屋建设。\n"
    )
    assert [article.dateline for article in read(page).articles] == ["海口7月1日", "三亚7月2日"]


# ---------------------------------------------------------------- briefs, photos, columns


@pytest.mark.parametrize("bullet", ["●", "■", "◆", "▲", "★"])
def test_round_ups(bullet):
    page = (
        "支部动态\n\n"
        f"{bullet}近日，水务局党支部沿河巡查，\n清理垃圾3车。\n\n（赵强）\n\n"
        f"{bullet}4月8日，河西镇举办培训班，\n86人参加。 （刘洋）\n"
    )
    articles = read(page).articles
    assert [article.kind for article in articles] == [ArticleKind.BRIEF] * 2
    assert [article.column for article in articles] == ["支部动态"] * 2
    assert [names(article) for article in articles] == [[("赵强", "author")], [("刘洋", "author")]]
    assert articles[0].body == "近日，水务局党支部沿河巡查，清理垃圾3车。"


def test_numbered_round_ups():
    page = "1. 近日，东岭县农牧局帮助农户春耕。（陈涛）\n2. 日前，东岭县司法局举办讲座。（吴刚）\n"
    articles = read(page).articles
    assert [article.kind for article in articles] == [ArticleKind.BRIEF] * 2
    assert articles[1].body == "日前，东岭县司法局举办讲座。"


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


def test_a_list_inside_a_report_is_no_round_up():
    page = "本报讯（记者 方圆）双河市推出三项措施：\n\n1.开办夜校，每周上课。\n\n2.设立热线，当天回复。\n"
    assert "2.设立热线，当天回复。" in only(page).body


def test_short_headlines_around_captions():
    page = """\
连日来，南岗县融媒体中心党员深入
牧区拍摄纪录片，记录牧民生活。
　　本报记者 苏和 摄

镜头对准基层

近日，南岗县税务局党员走进企业，
讲解政策18条。 沈平 摄

上门送政策

■影像
"""
    first, second = read(page).articles
    assert (first.title, first.column) == ("镜头对准基层", "影像")
    assert (second.title, second.column) == ("上门送政策", "影像")
    assert {first.kind, second.kind} == {ArticleKind.PHOTO}


def test_a_caption_of_two_paragraphs():
    page = "日前，双河市骑手党支部开展培训，\n学习安全知识。\n\n图为骑手们在实战演练。\n\n■本报记者 沈平 摄\n"
    article = only(page)
    assert article.kind is ArticleKind.PHOTO
    assert article.body.endswith("\n图为骑手们在实战演练。")


def test_bare_lines_under_pictures_are_furniture():
    page = (
        "柳河社区读书会。\n\n"
        "柳河镇办起大食堂\n\n"
        "□沈平\n\n"
        "柳河镇办起大食堂，老人吃上热饭。\n\n\n\n"
        "党员为群众理发。\n\n\n"
    )
    layout = read(page)
    assert [article.body for article in layout.articles] == ["柳河镇办起大食堂，老人吃上热饭。"]
    assert [piece.kind for piece in layout.furniture] == [FurnitureKind.CAPTION] * 2


def test_a_marked_column_name_governs_the_text_below_it():
    page = WRAPPED + "\n■新语\n\n□沈平\n\n双河市的秋天来得早，干部下乡更要赶早。\n"
    assert [article.column for article in read(page).articles] == [None, "新语"]


def test_a_column_name_before_another_one_belongs_to_the_text_above():
    page = (
        WRAPPED + "\n工地上的“职工驿站”\n\n看点\n\n■新语\n\n□沈平\n\n双河市的秋天来得早，干部下乡更要赶早。\n"
    )
    assert [article.column for article in read(page).articles] == ["看点", "新语"]


def test_a_study_campaign_and_a_pages_name_on_one_line():
    page = (
        "学习宣传贯彻省委全会精神春风满园\n\n柳河镇：\n\n宣讲进农家\n\n"
        + "本报讯（记者 方圆）柳河镇的宣讲队走进农家，讲省委全会精神。\n"
    )
    assert only(page).column == "学习宣传贯彻省委全会精神"


def test_mastheads_and_duties_are_furniture():
    page = "江滨日报\n2023年4月2日 星期日\n第3版\n■值班编辑 方圆\n新闻热线：0470-123456\n\n" + WRAPPED
    kinds = [piece.kind for piece in read(page).furniture]
    assert kinds == [
        FurnitureKind.NEWSPAPER,
        FurnitureKind.DATE,
        FurnitureKind.PAGE_NUMBER,
        FurnitureKind.DUTY_EDITOR,
        FurnitureKind.DUTY_EDITOR,
    ]


def test_a_web_pages_article():
    page = """\
海林市：以“银龄课堂”点亮老年生活

来源：江滨日报 发布时间：2023-05-08 10:20 作者：郑文博

　　“手机缴费我也学会了！”海林市柳河街道居民孙桂兰说。

　　今年以来，海林市选聘讲师46名。

（责任编辑：王丽）
"""
    article = only(page)
    assert (article.title, article.reprinted_from) == ("海林市：以“银龄课堂”点亮老年生活", "江滨日报")
    assert names(article) == [("郑文博", "author")]


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


# ---------------------------------------------------------------- pages set from the bottom up

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


def test_alternating_columns_are_told_apart_by_the_units_that_they_name():
    page = """\
一条街的新邻居

□本报记者 高娃

双河市西关街道有条商业街，商户
挤在一公里长的街面上。如何破题？

本报讯（记者 苗青）连日来，柳河镇
的工地机声隆隆，项目已经开工。

西关街道牵头成立联盟，吸纳商户
党员参加，每月开会，解决油烟

“支部就建在工地上。”柳河镇的项
目支部书记说。镇里每天调度。

直排等问题。西关街道的投诉少了。
"""
    first, second = read(page).articles
    assert first.body.endswith("每月开会，解决油烟直排等问题。西关街道的投诉少了。")
    assert second.body.endswith("镇里每天调度。")
    assert first.lines == ((5, 6), (11, 12), (17, 17))


def test_a_kicker_below_its_headline():
    page = "□沈平\n\n柳河镇的党课开在马背上，老党员都爱听。\n\n云上支部连起草原\n\n柳河镇：\n"
    assert (only(page).title, only(page).kicker) == ("云上支部连起草原", "柳河镇")


def test_a_kicker_in_the_headlines_line_where_the_page_has_others_above_the_line():
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


def test_numbered_pictures():
    page = (
        "图片新闻\n\n①近日，南岗县组织义诊。\n\n本报记者 苏和 摄\n\n②柳河镇党员在植树。\n\n文/沈平 图/方圆\n"
    )
    articles = read(page).articles
    assert [(article.kind, article.column) for article in articles] == [(ArticleKind.PHOTO, "图片新闻")] * 2


def test_a_web_pages_path_names_the_column():
    page = "首页 > 基层动态 > 双河市\n\n讲师团进农家院\n\n双河市的讲师团走进农家院。\n\n【打印】【关闭】\n"
    assert only(page).column == "基层动态"


def test_a_pages_own_name_beside_its_number_is_no_column():
    page = "双河日报\n2024年10月11日 星期五\n要 闻\n2\n\n" + WRAPPED
    layout = read(page)
    assert layout.articles[0].column is None
    assert FurnitureKind.COLUMN not in {piece.kind for piece in layout.furniture}


def test_a_caption_whose_first_lines_a_blank_line_cuts_off():
    page = "10月9日，南岗县西关街道联合医院举办\n\n“重阳敬老 情暖夕阳”活动，为老人义诊。\n\n沈平 摄\n"
    article = only(page)
    assert article.kind is ArticleKind.PHOTO
    assert article.body == "10月9日，南岗县西关街道联合医院举办“重阳敬老 情暖夕阳”活动，为老人义诊。"


def test_lines_of_icons_and_rules_are_glyphs():
    kinds = [piece.kind for piece in read("\ue0a1\ue0a2\n\n" + WRAPPED + "\n---\n").furniture]
    assert kinds == [FurnitureKind.GLYPH] * 2


# ---------------------------------------------------------------- headlines right above their text


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


def test_a_columns_name_a_headline_and_a_name_right_above_prose():
    page = "◇理论与实践\n守住小节\n李建国\n" + "我们必须守住小节，才能立得住大节，要防微杜渐。\n" * 5
    article = only(page)
    assert (article.title, article.column, names(article)) == (
        "守住小节",
        "理论与实践",
        [("李建国", "author")],
    )
    assert article.kind is ArticleKind.COMMENTARY


def test_sections_right_above_prose():
    page = """\
本报讯（记者 秦朗）去年以来，西河镇的干部每周入户两天，记录
群众的诉求，限时办理。
记账先要见面
在后湾村，村干部陆军每天傍晚都到村口的大槐树下坐一坐，听
村民说说心里话。
"""
    assert only(page).body.split("\n")[1] == "记账先要见面"


def test_an_editors_note_is_no_article():
    page = "编者按：本报今起开设专栏。\n\n西河镇的三本账\n\n本报记者 秦朗\n\n西河镇推行三本账工作法。\n"
    assert only(page).body == "西河镇推行三本账工作法。"
