"""What stands beside the articles: captions, columns' names, mastheads, a web page's frame."""

from kb.vocabulary import ArticleKind, FurnitureKind
from tests.importers.extract.layout_world import WRAPPED, names, only, read

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
    assert (article.kicker, article.title) == ("海林市", "以“银龄课堂”点亮老年生活")
    assert article.reprinted_from == "江滨日报"
    assert names(article) == [("郑文博", "author")]


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


def test_a_columns_name_a_headline_and_a_name_right_above_prose():
    page = "◇理论与实践\n守住小节\n李建国\n" + "我们必须守住小节，才能立得住大节，要防微杜渐。\n" * 5
    article = only(page)
    assert (article.title, article.column, names(article)) == (
        "守住小节",
        "理论与实践",
        [("李建国", "author")],
    )
    assert article.kind is ArticleKind.COMMENTARY


ROWS = """\
● 数说

一渠清水这一年

★新修主干渠        36 公里
★配套水闸          418 座
★节水                1.46 亿立方米
"""


def test_a_list_of_figures_is_one_text():
    page = f"□本报记者 高远\n\n{WRAPPED}\n{ROWS}"
    rows = read(page).articles[-1]
    assert (rows.column, rows.title) == ("数说", "一渠清水这一年")
    assert rows.body.split("\n") == ["★新修主干渠36公里", "★配套水闸418座", "★节水1.46亿立方米"]


def test_two_rows_with_figures_are_no_list():
    page = "★支部联建 12 个\n\n●近日，红柳乡妇联组织妇女义诊，来了80人。（方圆）\n"
    assert "支部联建" not in only(page).body


def test_what_another_page_begins_is_a_text_of_its_own():
    page = (
        "□本报记者 高远\n\n双河市总工会把歇脚站建到工地，职工都说好。\n\n"
        "上接第一版\n\n（上接第一版）此外，全市还对217个站点评星。评出五星站点56个。\n"
    )
    first, second = read(page).articles
    assert first.body == "双河市总工会把歇脚站建到工地，职工都说好。"
    assert second.body == "此外，全市还对217个站点评星。评出五星站点56个。"


def test_a_byline_above_an_opening_without_names_is_that_texts():
    page = (
        "□方圆\n\n双河市总工会把歇脚站建到工地。职工都说好。\n\n工地上的歇脚站\n\n"
        "□高远 唐莉\n\n本报讯 2月28日，青石镇妇联组织义诊。来了80人。\n\n义诊到了青石镇\n"
    )
    first, second = read(page).articles
    assert names(first) == [("方圆", "author")]
    assert names(second) == [("高远", "author"), ("唐莉", "author")]


def test_a_caption_of_one_line_between_sections_leaves_the_report_whole():
    page = """\
从“独唱”到“合唱”
——柳河镇党建观察

□本报记者 方圆

柳河镇党委把党员编进网格，哪家有事
就到哪家去，居民都说网格员像自家人。
织密“一张网”
“灯坏了，拍张照片就有人管。”居民刘
芳说，现在办事不用跑远路。

柳河镇网格员（右）教居民使用小程序反映身边的难题。
本报记者 方圆 摄

镇里还在每个小区挑选威望高的老党员，
把疙瘩解在萌芽里，去年调解纠纷84起。
"""
    report, picture = read(page).articles
    assert (report.title, picture.kind) == ("从“独唱”到“合唱”", ArticleKind.PHOTO)
    paragraphs = report.body.split("\n")
    assert paragraphs[1] == "织密“一张网”"
    assert paragraphs[-1].endswith("去年调解纠纷84起。")


def test_a_short_report_with_a_headline_of_its_own_is_no_brief():
    page = "双河快讯\n\n工地有了歇脚站\n\n本报讯（记者 高远）近日，歇脚站建到了工地。\n"
    (article,) = read(page).articles
    assert (article.kind, article.column) == (ArticleKind.REPORT, "双河快讯")


def test_a_headline_under_its_kicker_in_the_middle_of_a_text_is_its_title():
    page = """\
组工视线

□本报记者 方圆

柳河镇把十几家合作社拉到一起，统一供种、统一收购，秋后
还管收，薯农心里有了底，去年户均增收5300元。

柳河镇：
一颗土豆连起共富路

镇里还把课堂设在垄沟里，聘请28名土专家当教员，每年冬春
各办一期班，结业学员2140人。
"""
    article = only(page)
    assert (article.kicker, article.title, article.column) == ("柳河镇", "一颗土豆连起共富路", "组工视线")
    assert len(article.body.split("\n")) == 2


def test_a_text_that_reports_nothing_is_a_commentary():
    argument = "小板凳不起眼，却最能拉近距离。肯坐小板凳，就听得到真话；坐得住小板凳，疙瘩就解得开。" * 3
    kinds = [
        only(f"坐热小板凳\n\n□沈平\n\n{text}\n").kind for text in (argument, argument + "去年开会12次。")
    ]
    assert kinds == [ArticleKind.COMMENTARY, ArticleKind.REPORT]
