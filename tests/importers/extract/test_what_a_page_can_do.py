"""What the layout and the bylines of a page can do, each thing on a small page of its own."""

import pytest

from importers.extract.layout.rest import uncovered_lines
from importers.extract.records import PageLayout
from kb.vocabulary import ArticleKind, CreditRole, FurnitureKind
from tests.importers.extract.front_door import only, prose, read

DAIRY = (
    "　　入春以来，牧区的接羔点昼夜亮着灯。党员轮班守在圈舍，帮牧民给羊羔打耳标、\n"
    "配奶粉，还请来兽医现场讲课。牧民说，往年最愁的就是这一个月，今年心里有了底。\n"
)
ORCHARD = (
    "　　山坡上的果园开了花，技术员蹲在树下教果农疏花授粉。党支部把剪枝课搬到地头，\n"
    "学会的人再去教邻居，不出半个月，整个沟里的果农都学会了新剪法。\n"
)


def titles(record):
    return [article.draft.title for article in record.articles]


def credits_of(article):
    return [(credit.name, credit.role) for credit in article.draft.authors]


class TestLayout:
    def test_a_headline_before_its_body(self):
        assert titles(read("接羔点夜里也亮灯\n\n" + DAIRY)) == ["接羔点夜里也亮灯"]

    def test_a_headline_after_its_body(self):
        page = (
            f"{DAIRY}\n牧区接羔点昼夜亮灯\n\n本报记者 方圆\n\n"
            f"{ORCHARD}\n果园剪枝课搬到地头\n\n本报记者 苗青\n"
        )
        first, second = read(page).articles
        assert (first.draft.title, first.body[:4]) == ("牧区接羔点昼夜亮灯", "入春以来")
        assert (second.draft.title, second.body[:4]) == ("果园剪枝课搬到地头", "山坡上的")

    def test_headlines_far_from_their_bodies(self):
        second = "　　本报讯（记者 方圆）" + ORCHARD.strip() + "\n"
        record = read("果园地头上剪枝课\n\n牧区接羔点昼夜亮灯\n\n" + DAIRY + "\n" + second)
        by_title = {article.draft.title: article.body for article in record.articles}
        assert "羊羔" in by_title["牧区接羔点昼夜亮灯"]
        assert "疏花" in by_title["果园地头上剪枝课"]

    @pytest.mark.parametrize(
        ("lines", "title"),
        [
            ("接羔点昼夜亮灯，\n党员轮班守圈舍", "接羔点昼夜亮灯，党员轮班守圈舍"),
            ("接羔点昼夜亮灯\n党员轮班守圈舍", "接羔点昼夜亮灯 党员轮班守圈舍"),
            ("牧区接羔点的\n夜灯亮了", "牧区接羔点的夜灯亮了"),
            ("灯亮了，\n羔稳了，\n牧民的心也安了", "灯亮了，羔稳了，牧民的心也安了"),
        ],
    )
    def test_a_headline_on_two_or_three_lines(self, lines, title):
        assert titles(read(lines + "\n\n" + DAIRY)) == [title]

    def test_a_kicker_a_headline_and_a_sub_headline(self):
        article = only("镶黄旗：\n接羔点夜里也亮灯\n——党员轮班守圈舍的故事\n\n" + DAIRY)
        assert (article.draft.kicker, article.draft.title) == ("镶黄旗", "接羔点夜里也亮灯")
        assert article.city == "锡林郭勒盟"

    @pytest.mark.parametrize("line", ["接羔点的灯光", "牧区接羔点昼夜亮灯", "好日子在后头"])
    @pytest.mark.parametrize("title", ["接羔点夜里也亮灯", "党员轮班值守到天明"])
    def test_a_kicker_and_a_headline_outweigh_a_short_line_after_the_body(self, title, line):
        article = only(f"镶黄旗：\n{title}\n\n{DAIRY}\n{line}\n")
        assert (article.draft.kicker, article.draft.title) == ("镶黄旗", title)

    @pytest.mark.parametrize(
        "line", ["\ue0c3接羔点夜里也亮灯", "接羔点夜里也亮灯\ue0c3", "\ue0c3 接羔点夜里也亮灯 \ue0c4"]
    )
    def test_an_icon_beside_the_only_headline(self, line):
        article = only(f"{line}\n\n{DAIRY}")
        assert (article.draft.title, article.draft.column) == ("接羔点夜里也亮灯", None)

    def test_an_icon_beside_a_columns_name_alone_on_the_page(self):
        article = only(f"\ue0c3草原新风貌故事\n\n{DAIRY}")
        assert (article.draft.title, article.draft.column) == ("", "草原新风貌故事")

    @pytest.mark.parametrize("second", ["果园地头上剪枝课", "果园地头剪枝课"])
    def test_two_headlines_between_two_bodies(self, second):
        record = read(f"{DAIRY}\n接羔点昼夜亮灯\n\n{second}\n\n{ORCHARD}")
        assert titles(record) == ["接羔点昼夜亮灯", second]

    @pytest.mark.parametrize("gap", ["", "\n"])
    @pytest.mark.parametrize("swapped", [False, True])
    def test_two_headlines_before_two_bodies(self, swapped, gap):
        row = ["牧区接羔点昼夜亮灯", "果园剪枝课搬到地头"]
        record = read("\n\n".join(row[::-1] if swapped else row) + f"\n\n{DAIRY}{gap}{ORCHARD}")
        assert [(a.draft.title, a.body[:2]) for a in record.articles] == [(row[0], "入春"), (row[1], "山坡")]

    def test_several_short_lines_around_one_body(self):
        article = only("草原新语\n\n镶黄旗：\n接羔点夜里也亮灯\n\n本报记者 方圆\n\n" + DAIRY + "\n第3版\n")
        assert (article.draft.kicker, article.draft.title) == ("镶黄旗", "接羔点夜里也亮灯")
        assert "版" not in article.body

    def test_two_texts_in_interleaved_columns(self):
        page = (
            "接羔点夜里也亮灯\n\n果园地头上剪枝课\n\n"
            "　　本报讯（记者 方圆）入春以来，牧区的接羔点\n"
            "昼夜亮着灯。党员轮班守在圈舍，帮牧民给羊羔打耳\n\n"
            "　　本报讯（记者 苗青）山坡上的果园开了花，技术\n"
            "员蹲在树下教果农疏花授粉。党支部把剪枝课搬到地\n\n"
            "标、配奶粉，还请来兽医现场讲课，牧民听得认真。\n\n"
            "头，学会的人再去教邻居，不出半个月都学会了。\n"
        )
        first, second = read(page).articles
        assert "给羊羔打耳标、配奶粉" in first.body
        assert "搬到地头，学会的人" in second.body

    @pytest.mark.parametrize("mark", ["●", "■", "◆", "▲"])
    def test_a_round_up_of_marked_items(self, mark):
        items = [
            "镶黄旗税务局党支部日前上门讲解减税政策，解答牧户提问32个。",
            "多伦县第二小学党支部近日为留守学生送去棉衣45件，教师结对辅导功课。",
            "太仆寺旗医院党总支上周到敬老院开展义诊，为老人量血压、测血糖，服务60人次。",
        ]
        record = read("简讯\n\n" + "\n".join(f"　　{mark}{item}" for item in items) + "\n")
        assert [article.body for article in record.articles] == items
        assert {article.draft.kind for article in record.articles} == {ArticleKind.BRIEF}

    def test_a_round_up_of_numbered_items(self):
        items = [
            "镶黄旗税务局党支部日前上门讲解减税政策，解答牧户提问32个。",
            "多伦县第二小学党支部近日为留守学生送去棉衣45件，教师结对辅导功课。",
            "太仆寺旗医院党总支上周到敬老院开展义诊，为老人量血压、测血糖，服务60人次。",
        ]
        lines = [f"　　{number}.{item}" for number, item in enumerate(items, 1)]
        record = read("一周简讯\n\n" + "\n".join(lines) + "\n")
        assert [article.body for article in record.articles] == items

    def test_a_caption_in_the_middle_of_a_sentence(self):
        page = (
            "接羔点夜里也亮灯\n\n"
            "　　入春以来，牧区的接羔点昼夜亮着灯。党员轮班守在圈舍，帮牧民给羊羔打耳标、\n"
            "配奶粉，还请来兽医\n\n"
            "　　图为志愿者在果园里教果农剪枝。\n本报记者 方圆 摄\n\n"
            "现场讲课。牧民说，往年最愁的就是这一个月，今年心里有了底。\n"
        )
        record = read(page)
        main = next(article for article in record.articles if "打耳标" in article.body)
        assert "请来兽医现场讲课" in main.body
        assert "剪枝" not in main.body

    def test_a_commentary_with_no_title(self):
        page = (
            "　　基层干部要把脚步迈进最远的牧户，把难题记在本上。我们必须坚持问题导向，做到件件有回音。"
            "只有如此，政策才能落到实处。\n"
            "　　干事创业贵在持之以恒，切不可一阵风。我们要久久为功，才能赢得民心。\n"
        )
        article = only(page)
        assert (article.draft.title, article.draft.kind) == ("", ArticleKind.COMMENTARY)

    def test_a_commentary_of_a_few_lines(self):
        article = prose(
            "治沙不能靠一阵风。我们必须把树种在心里，一年接着一年干。"
            "只有这样，沙地才会变绿。决不能让种下的树没有人管。"
        )
        assert (article.draft.title, article.draft.kind) == ("", ArticleKind.COMMENTARY)

    def test_a_few_lines_that_tell_are_no_commentary(self):
        article = prose(
            "镶黄旗的护林员说，我们必须守好林子，只有这样才安心，决不能松劲。4月，他们种下树苗320棵。"
        )
        assert article.draft.kind is ArticleKind.REPORT

    @pytest.mark.parametrize("line", ["版权所有 青泉新报社", "青泉新报社 版权所有", "蒙ICP备05001234号"])
    def test_a_web_pages_copyright_is_no_column(self, line):
        record = read(f"接羔点夜里也亮灯\n\n{DAIRY}\n{line}\n")
        assert [article.draft.column for article in record.articles] == [None]
        assert [part.kind for part in record.furniture] == [FurnitureKind.NAVIGATION]

    def test_markdown_leaves_no_trace(self):
        article = only("## 接羔点夜里也亮灯\n\n" + DAIRY.replace("兽医", "**兽医**").replace("　　", ""))
        assert article.draft.title == "接羔点夜里也亮灯"
        assert "请来兽医现场" in article.body

    def test_half_width_punctuation_and_straight_quotes(self):
        article = prose('镶黄旗委组织部推出"护羔灯"志愿服务项目,服务牧户320户,发放奶粉1,200袋。')
        assert [m.name for m in article.initiatives] == ["“护羔灯”志愿服务项目"]
        assert [(m.value, m.unit) for m in article.metrics] == [(320, "户"), (1200, "袋")]

    def test_corner_quotes(self):
        article = prose("镶黄旗委组织部推出『护羔灯』志愿服务项目，服务牧户320户。")
        assert [m.name for m in article.initiatives] == ["“护羔灯”志愿服务项目"]

    def test_private_use_glyphs_are_gone(self):
        article = only("接羔点夜里也亮灯\n\n" + DAIRY.replace("兽医", "\ue0c4兽医") + "\ue0c3\ue0c4\n")
        assert article.draft.title == "接羔点夜里也亮灯"
        assert "请来兽医现场" in article.body

    def test_words_spaced_out_to_fill_a_line(self):
        article = only("接羔点夜里也亮灯\n\n" + DAIRY.replace("党员轮班守在圈舍", "党 员 轮 班 守 在 圈 舍"))
        assert "党员轮班守在圈舍" in article.body

    def test_slogans_duties_numbers_and_dates_are_furniture(self):
        record = read(
            "2023年4月2日 星期日\n第3版\n责任编辑：沈平 版式：方圆\n\n接羔点夜里也亮灯\n\n"
            + DAIRY
            + "\n全心全意为人民服务\n"
        )
        kinds = {part.kind for part in record.furniture}
        assert {FurnitureKind.DATE, FurnitureKind.PAGE_NUMBER, FurnitureKind.DUTY_EDITOR} <= kinds
        assert (titles(record), record.issue_date) == (["接羔点夜里也亮灯"], "2023-04-02")

    @pytest.mark.parametrize("line", ["全心全意为人民服务", "听党话 感党恩 跟党走", "勤政 廉洁 高效"])
    def test_a_slogan_alone_on_a_line_is_no_column(self, line):
        record = read(f"接羔点夜里也亮灯\n\n{DAIRY}\n{line}\n")
        assert [article.draft.column for article in record.articles] == [None]
        assert [part.kind for part in record.furniture] == [FurnitureKind.SLOGAN]

    def test_a_second_dateline_begins_another_text(self):
        page = (
            "　　本报锡林浩特4月2日电（记者 方圆）" + DAIRY.strip() + "\n"
            "　　本报包头4月3日电（记者 苗青）" + ORCHARD.strip() + "\n"
        )
        record = read(page)
        assert len(record.articles) == 2
        assert [article.city for article in record.articles] == ["锡林郭勒盟", "包头市"]

    def test_a_reprint_line(self):
        article = only("接羔点夜里也亮灯\n\n" + DAIRY + "（转自《草原新报》）\n")
        assert article.draft.reprinted_from == "草原新报"
        assert "草原新报" not in article.body

    @pytest.mark.parametrize("note", ["（下转第二版）", "（上接第一版）"])
    def test_notes_of_a_jump_are_no_text(self, note):
        page = "接羔点夜里也亮灯\n\n" + (
            f"{note}\n{DAIRY}" if "上接" in note else DAIRY.rstrip("\n") + f"{note}\n"
        )
        record = read(page)
        assert all("版" not in article.body for article in record.articles)

    def test_every_line_is_accounted_for(self):
        page = "镶黄旗：\n接羔点夜里也亮灯\n\n" + DAIRY + "\n果园地头上剪枝课\n\n" + ORCHARD + "\n第3版\n"
        record = read(page)
        layout = PageLayout(tuple(article.draft for article in record.articles), record.furniture)
        assert uncovered_lines(page, layout) == ()


class TestBylines:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("本报记者 方圆", [("方圆", CreditRole.REPORTER)]),
            ("见习记者 方圆", [("方圆", CreditRole.INTERN)]),
            ("本报记者 方圆 实习生 苗青云", [("方圆", CreditRole.REPORTER), ("苗青云", CreditRole.INTERN)]),
            (
                "本报记者 方圆 通讯员 苗青云",
                [("方圆", CreditRole.REPORTER), ("苗青云", CreditRole.CORRESPONDENT)],
            ),
            ("□方圆", [("方圆", CreditRole.AUTHOR)]),
            ("（方圆 苗青云）", [("方圆", CreditRole.AUTHOR), ("苗青云", CreditRole.AUTHOR)]),
            ("本报记者 刘　悦 沈　平", [("刘悦", CreditRole.REPORTER), ("沈平", CreditRole.REPORTER)]),
            ("本报记者 阿拉腾苏布德", [("阿拉腾苏布德", CreditRole.REPORTER)]),
            ("本报记者 巴图·孟克", [("巴图·孟克", CreditRole.REPORTER)]),
        ],
    )
    def test_a_line_below_the_headline(self, line, expected):
        assert credits_of(only(f"接羔点夜里也亮灯\n\n{line}\n\n{DAIRY}")) == expected

    @pytest.mark.parametrize("line", ["本报记者 方圆 文/图", "文/图 本报记者 方圆", "本报记者 方圆 摄影报道"])
    def test_who_wrote_and_photographed(self, line):
        article = only(f"接羔点夜里也亮灯\n\n{line}\n\n{DAIRY}")
        assert {name for name, _role in credits_of(article)} == {"方圆"}
        assert "方圆" not in article.body

    def test_a_photographer_closes_a_caption(self):
        article = only("　　4月2日，镶黄旗的党员志愿者在接羔点帮牧民给羊羔喂奶。 本报记者 方圆 摄\n")
        assert credits_of(article) == [("方圆", CreditRole.PHOTOGRAPHER)]
        assert article.draft.kind is ArticleKind.PHOTO
        assert article.body.endswith("喂奶。")
