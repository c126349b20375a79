"""How a text can name places, organisations and initiatives, each way in a sentence of its own."""

import pytest

from kb.vocabulary import InitiativeKind
from tests.importers.extract.front_door import only, prose, read

DAIRY = (
    "　　入春以来，牧区的接羔点昼夜亮着灯。党员轮班守在圈舍，帮牧民给羊羔打耳标、\n"
    "配奶粉，还请来兽医现场讲课。牧民说，往年最愁的就是这一个月，今年心里有了底。\n"
)
ORCHARD = (
    "　　山坡上的果园开了花，技术员蹲在树下教果农疏花授粉。党支部把剪枝课搬到地头，\n"
    "学会的人再去教邻居，不出半个月，整个沟里的果农都学会了新剪法。\n"
)


def places_of(article):
    return {mention.surface: (mention.official, mention.city) for mention in article.places}


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "surface", "official", "city"),
        [
            ("伊旗的牧民说，草场绿了。", "伊旗", "伊金霍洛旗", "鄂尔多斯市"),
            ("科右中旗的牧民说，草场绿了。", "科右中旗", "科尔沁右翼中旗", "兴安盟"),
            ("和林格尔新区的路灯亮了。", "和林格尔新区", "和林格尔新区", "呼和浩特市"),
            ("他从兴和县赶来，路上走了两个小时。", "兴和县", "兴和县", "乌兰察布市"),
            ("五原县的葵花开了。", "五原县", "五原县", "巴彦淖尔市"),
        ],
    )
    def test_short_forms_zones_and_names_that_contain_another(self, text, surface, official, city):
        assert places_of(prose(text)) == {surface: (official, city)}

    def test_a_compound_form_goes_to_its_last_part(self):
        found = places_of(prose("活动走进了包头市昆都仑区少先路街道，居民围了一圈。"))
        assert found["少先路街道"] == ("少先路街道", "包头市")

    def test_townships_villages_and_sites(self):
        text = "在镶黄旗新宝拉格镇，汇宗嘎查的牧民聚到乌兰公园，学唱新歌。"
        found = places_of(prose(text))
        assert {surface: city for surface, (_, city) in found.items()} == {
            "镶黄旗": "锡林郭勒盟",
            "新宝拉格镇": "锡林郭勒盟",
            "汇宗嘎查": "锡林郭勒盟",
            "乌兰公园": "锡林郭勒盟",
        }

    def test_a_place_only_inside_an_organisation(self):
        article = prose("镶黄旗委组织部派出工作队，帮牧户修圈舍。")
        assert article.places == ()
        assert [(o.name, o.city) for o in article.organisations] == [("镶黄旗委组织部", "锡林郭勒盟")]

    @pytest.mark.parametrize(
        "text",
        [
            "志愿者在中山西路清扫积雪。",
            "老党员田长春把账本摊在桌上，一笔一笔算给大家听。",
            "全旗评出五面红旗村，大家都来取经。",
        ],
    )
    def test_what_only_looks_like_a_place(self, text):
        assert {"山西", "长春", "五面红旗村", "红旗村"}.isdisjoint(places_of(prose(text)))

    def test_a_misprint(self):
        assert places_of(prose("准格尔期的牧民说，草场绿了。")) == {"准格尔期": ("准格尔旗", "鄂尔多斯市")}

    def test_a_place_outside_the_region(self):
        found = places_of(prose("采购商从河北省张家口市赶来。"))
        assert found == {"河北省": ("河北省", None), "张家口市": ("张家口市", "张家口市")}

    def test_a_city_that_its_page_never_names(self):
        record = read(
            "镶黄旗：\n接羔点夜里也亮灯\n\n"
            + DAIRY
            + "\n多伦县：\n果园地头上剪枝课\n\n"
            + ORCHARD
            + "\n正蓝旗的奶食品也上了市。全盟的牧户都来取经。\n"
        )
        assert record.home_city == "锡林郭勒盟"

    def test_a_city_from_the_newspapers_name(self):
        record = read("乌海日报\n2023年4月2日 星期日\n\n接羔点夜里也亮灯\n\n" + DAIRY.replace("牧区", "全市"))
        assert (record.home_city, record.articles[0].city) == ("乌海市", "乌海市")

    @pytest.mark.parametrize(
        ("text", "organisation"),
        [
            ("镶黄旗草场绿了。该旗教育局党委组织教师家访。", "镶黄旗教育局党委"),
            ("海勃湾区修了新路。我区教育局党委组织教师家访。", "海勃湾区教育局党委"),
        ],
    )
    def test_words_that_point_to_a_place(self, text, organisation):
        assert organisation in {o.name for o in prose(text).organisations}


class TestOrganisations:
    @pytest.mark.parametrize(
        ("kicker", "text", "name"),
        [
            ("海勃湾区", "近日，区委组织部派出工作队，帮居民修路灯。", "海勃湾区委组织部"),
            ("镶黄旗", "近日，旗委宣传部派出宣讲队，走进牧户。", "镶黄旗委宣传部"),
            ("乌海市", "近日，市直机关工委组织党员清扫积雪。", "乌海市直机关工委"),
        ],
    )
    def test_implied_parents(self, kicker, text, name):
        article = only(f"{kicker}：\n冬日里的一束光\n\n　　{text}\n")
        assert [o.name for o in article.organisations] == [name]

    def test_a_town_s_committee_and_a_community_s_branch(self):
        article = prose(
            "镶黄旗新宝拉格镇的雪化了。镇党委组织党员清沟渠。滨河社区党支部也来帮忙，社区党支部书记带头。"
        )
        names = {o.name for o in article.organisations}
        assert any(name.endswith("新宝拉格镇党委") for name in names)
        assert any(name.endswith("滨河社区党支部") for name in names)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("镶黄旗税务局上门服务。该局为牧户办证30本。", "镶黄旗税务局"),
            ("镶黄旗税务局党支部上门服务。该支部为牧户办证30本。", "镶黄旗税务局党支部"),
        ],
    )
    def test_words_that_point_to_a_body(self, text, name):
        assert [o.name for o in prose(text).organisations] == [name, name]

    @pytest.mark.parametrize(
        "text",
        [
            "镶黄旗税务局、水利局、教育局党支部一起清扫积雪。",
            "镶黄旗税务局党支部、水利局党支部、教育局党支部一起清扫积雪。",
        ],
    )
    def test_lists_with_one_shared_parent_or_tail(self, text):
        names = [o.name for o in prose(text).organisations]
        assert names == ["镶黄旗税务局党支部", "镶黄旗水利局党支部", "镶黄旗教育局党支部"]

    def test_dual_leadership(self):
        text = "镶黄旗供电公司党支部受镶黄旗委组织部和国网锡林郭勒供电公司党委双重领导。"
        names = [o.name for o in prose(text).organisations]
        assert names == ["镶黄旗供电公司党支部", "镶黄旗委组织部", "国网锡林郭勒供电公司党委"]

    def test_joint_ones_are_two_bodies(self):
        article = prose("镶黄旗税务局党支部与镶黄旗水利局党支部联合清扫积雪，又携手多伦县教育局送去图书。")
        names = {o.name for o in article.organisations}
        assert {"镶黄旗税务局党支部", "镶黄旗水利局党支部", "多伦县教育局"} <= names

    def test_one_body_under_two_names_is_one(self):
        article = prose("中共镶黄旗委员会组织部派出工作队。镶黄旗委组织部还送去饲草。")
        assert len({o.name for o in article.organisations}) == 1


class TestInitiatives:
    @pytest.mark.parametrize(
        ("text", "name", "kind"),
        [
            ("镶黄旗委组织部推出“护羔灯”志愿服务项目。", "“护羔灯”志愿服务项目", InitiativeKind.PROJECT),
            ("镶黄旗委组织部打造党建品牌“护羔灯”。", "“护羔灯”", InitiativeKind.BRAND),
            (
                "镶黄旗委组织部建立“羊倌吹哨、干部报到”工作机制。",
                "“羊倌吹哨、干部报到”工作机制",
                InitiativeKind.MECHANISM,
            ),
            (
                "镶黄旗委组织部开展“‘护羔灯’进草原”主题党日活动。",
                "“‘护羔灯’进草原”主题党日活动",
                InitiativeKind.EVENT,
            ),
        ],
    )
    def test_quoted_names(self, text, name, kind):
        (found,) = {(m.name, m.kind) for m in prose(text).initiatives}
        assert found[1] is kind
        assert name.strip("“”") in found[0]

    def test_an_unbalanced_quote(self):
        article = prose("镶黄旗委组织部推出“护羔灯志愿服务项目，服务牧户320户。")
        assert [m.text for m in article.metrics] == ["320户"]

    def test_several_in_one_list(self):
        article = prose("镶黄旗委组织部打造了“护羔灯”“暖圈行”“牧歌汇”等党建品牌。")
        names = "".join(m.name for m in article.initiatives)
        assert all(name in names for name in ("护羔灯", "暖圈行", "牧歌汇"))

    def test_a_name_without_quotes(self):
        article = prose("镶黄旗委组织部深入实施北疆先锋工程，评选先锋户30户。")
        assert [m.name for m in article.initiatives] == ["北疆先锋工程"]

    def test_nationwide_against_local(self):
        article = prose("党史学习教育开展以来，镶黄旗委组织部推出“护羔灯”志愿服务项目。")
        assert {m.name: m.city for m in article.initiatives} == {
            "党史学习教育": None,
            "“护羔灯”志愿服务项目": "锡林郭勒盟",
        }

    def test_who_where_and_since_when(self):
        article = prose("2022年3月，镶黄旗委组织部在新宝拉格镇推出“护羔灯”志愿服务项目。")
        (found,) = article.initiatives
        assert found.organisers == ("镶黄旗委组织部",)
        assert "新宝拉格镇" in found.places
        assert found.started is not None
        assert found.started.iso == "2022-03"

    @pytest.mark.parametrize(
        "text",
        [
            "党员要当好群众的“贴心人”，打通服务“神经末梢”。",
            "大家唱响“幸福是奋斗出来的”主旋律。",
            "会议印发了《关于加强草原防火工作的通知》。",
        ],
    )
    def test_slogans_scare_quotes_and_documents_are_none(self, text):
        assert prose(text).initiatives == ()
