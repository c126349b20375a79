"""Quoted names: which words in quotes name an undertaking, and how the name reads."""

import pytest

from importers.extract.initiatives.evidence import HEAD_EVIDENCE, OBJECTIONS, OTHER_EVIDENCE
from kb.vocabulary import ArticleKind
from tests.importers.extract.initiatives_world import names, read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a head word after the name
        ("全镇开展“敲门问需”志愿服务活动，解难题300件。", ["“敲门问需”志愿服务活动"]),
        ("旗供电公司着力擦亮“草原明灯”党建品牌。", ["“草原明灯”党建品牌"]),
        ("嘎查推行“牧户点单、支部派单”工作机制。", ["“牧户点单、支部派单”工作机制"]),
        ("探索“支部+合作社+牧户”的发展模式，收入翻番。", ["“支部+合作社+牧户”发展模式"]),
        ("实施“青苗储备”计划，培养后备力量56名。", ["“青苗储备”计划"]),
        ("社区的“夕阳暖”项目让老人吃上热饭。", ["“夕阳暖”项目"]),
        ("大厅里的“帮办代办”窗口排起了队。", ["“帮办代办”窗口"]),
        ("县里实施“领头雁”培优计划，选派干部30名。", ["“领头雁”培优计划"]),
        ("乡里当好“领头雁”，带动群众增收。", []),
        # a head word before it
        ("打造党建品牌“锡盟先锋”，形成示范。", ["“锡盟先锋”品牌"]),
        # the object of a verb that sets up
        ("街道建成“红领驿家”，骑手有了歇脚处。", ["“红领驿家”"]),
        ("乡里成立“乡贤议事厅”，大事一起商量。", ["“乡贤议事厅”"]),
        ("企业推出“周末学习日”，组织职工读书。", ["“周末学习日”"]),
        # the name says itself what it is
        ("党员在“牧民之声工作室”值班。", ["“牧民之声工作室”"]),
        ("他把三年的做法概括为“四步议事法”。", ["“四步议事法”"]),
        ("全旗建成“骑手暖房”38处。", ["“骑手暖房”"]),
        ("利用闲置校舍打造“农闲课堂”。", ["“农闲课堂”"]),
        ("党员“双包、双带、双促”星级管理。", ["“双包、双带、双促”星级管理"]),
        ("结合“我为牧民找销路”、结对帮扶等工作，解难题30件。", ["“我为牧民找销路”"]),
        ("推出“四个一”学习法，即每周一次夜读。", ["“四个一”学习法"]),
        ("支部建立“草原红云”微信群，每周推送内容。", ["“草原红云”微信群"]),
        ("构建“乡党委—村支部—联系户”三级组织链条。", ["“乡党委—村支部—联系户”三级组织链条"]),
        ("合作社注册了“沙枣红”商标。", ["“沙枣红”商标"]),
        ("党员凭积分到村里的“同心超市”兑换米面。", ["“同心超市”"]),
        ("服务站是落实旗委“五帮三带行动”的一项重要举措。", ["“五帮三带行动”"]),
        # lists with one head word
        (
            "评出了“和美庭院”“清洁人家”等评选活动的优胜者。",
            ["“和美庭院”评选活动", "“清洁人家”评选活动"],
        ),
        (
            "推广牧区“马背议事”和城镇“楼道议事”基层治理模式。",
            ["“马背议事”基层治理模式", "“楼道议事”基层治理模式"],
        ),
        (
            "开展“护草原、守家园”、“邻里帮”巾帼志愿服务等活动。",
            ["“护草原、守家园”活动", "“邻里帮”巾帼志愿服务"],
        ),
        # a theme names the day
        ("支部以“守护碧水”为主题的党日活动如期举行。", ["“守护碧水”主题党日活动"]),
        ("以“书香润草原”为主题，组织开展读书分享会。", ["“书香润草原”主题读书分享会"]),
        # parts of a name quoted, one name of two parts
        ("工会办起青春“诗”语朗诵会。", ["青春“诗”语朗诵会"]),
        ("开设“廉”心讲堂，讲家风故事。", ["“廉”心讲堂"]),
        ("完善“五学”联动的“链条式”培训模式。", ["“五学”联动的“链条式”培训模式"]),
        # a noun that a verb is a part of
        ("镇里建立“一户一卡、一月一访”推进机制。", ["“一户一卡、一月一访”推进机制"]),
        # a series goes by the noun before it
        ("旗委组织部推出“毡房夜话”红色沙龙系列主题活动。", ["“毡房夜话”红色沙龙"]),
        ("苏木开展“守望”系列志愿服务活动。", ["“守望”系列志愿服务活动"]),
        # what something was made into; a grading of several parts
        ("社区把车棚改成120平方米的“老友灶”，还要再建3处‘暖阳角’。", ["“老友灶”", "“暖阳角”"]),
        ("开展“分类定级、逐级晋位”评定，动真格。", ["“分类定级、逐级晋位”评定"]),
        ("牧民在平台上开起“云上羊铺”，半年卖羊肉7吨。", ["“云上羊铺”"]),
        # how far a chain reaches
        (
            "健全“镇党委—村党支部—网格党小组”一贯到底的组织架构。",
            ["“镇党委—村党支部—网格党小组”组织架构"],
        ),
        ("支部开展“护绿寻宝”的趣味游戏。", ["“护绿寻宝”趣味游戏"]),
        # the theme of an occasion, and what a name is said to be
        ("这次主题党日活动的主题是“护绿我先行”，来了40名党员。", ["“护绿我先行”主题党日活动"]),
        ("“银龄帮”是西苑街道党工委打造的党建服务品牌。", ["“银龄帮”党建服务品牌"]),
        ("“好邻居”是大家对他的称呼。", []),
        # it is called so, in other words
        ("怎么让牧民少跑腿？镇党委的答案是“驼铃信使”。", ["“驼铃信使”"]),
        ("他打开的小程序，叫“云上敖包”。", ["“云上敖包”"]),
        ("居民用“码上问”提诉求，通过“码上问”看进度。", ["“码上问”"]),
        ("链上企业定下“四统两保”的规矩，价钱稳了。", ["“四统两保”规矩"]),
        ("有难题就开“屋檐会”。两年来，“屋檐会”议定实事97件。", ["“屋檐会”"]),
        ("在红石镇，同样的小站点叫“松涛暖屋”。", ["“松涛暖屋”"]),
        ("社区引来“老班长调解室”。", ["“老班长调解室”"]),
        ("“楼管家”每周走访3户，服务好。", []),
        ("大厅推出“容缺办、上门办”举措，群众说好。", ["“容缺办、上门办”举措"]),
        # what it has become, and what a list of means begins with
        ("退休教师值班的“放学小课桌”成了孩子们的好去处。", ["“放学小课桌”"]),
        ("“老大难”成了过去。", []),
        ("依托“全域结对”、老党员“双进双帮”机制等载体，收集意见80条。", ["“全域结对”", "“双进双帮”机制"]),
        # the words that a quoted name goes by are no second name
        ("旗委老干部局打造“晚霞红”银龄党建品牌。", ["“晚霞红”银龄党建品牌"]),
        ("以“帮您跑”党建品牌创建为牵引，服务下沉。", ["“帮您跑”党建品牌"]),
        # what one opens on a telephone
        ("牧民通过“码上问支书”在线留言。", ["“码上问支书”"]),
        # quotes misprinted, nested, straight, Japanese
        ("一场“理论进毡房“宣讲活动开始了。", ["“理论进毡房”宣讲活动"]),
        ("他说：“村里办了‘幸福小院’食堂，老人有热饭。大家都夸好。”", ["“幸福小院”食堂"]),
        ('旗医院推出"夜间门诊"服务，方便牧民。', ["“夜间门诊”服务"]),
        ("林场打造『绿野先锋』品牌。", ["“绿野先锋”品牌"]),
    ],
)
def test_names_of_undertakings(body, expected):
    assert names(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "干部打通服务牧民的“最后一公里”。",
        "织密安全生产“防护网”，跑出项目建设“加速度”。",
        "村“两委”班子换届后，“三会一课”制度更加规范。",
        "增强“四个意识”，做到“两个维护”。",
        "提供“保姆式”服务、“一站式”办理。",
        "解决了牧民“急难愁盼”问题。",
        "荣获“全区先进基层党组织”称号。",
        "当选“最美护林员”，大家都来祝贺。",
        "书记说：“我们要让牧民过上好日子。”",
        "坚持“支部建在网格上”，力量下沉。",
        "印发《关于开展“岗位建功”竞赛的通知》。",
        "“红马甲”志愿者来到毡房。",
        "牢固树立“两山”理念，推动“三农”工作。",
        "划分“大网格”12个、“小网格”96个。",
        "“百姓点题”的方式受到欢迎。",
        "用“土话”讲“普通话”。",
        "让主题党日“活”起来、“实”起来。",
        "推动科技成果“飞入寻常牧户”。",
        "大伙儿把他叫作“活档案”，说她们俩是“铁算盘”。",
    ],
)
def test_quoted_words_that_name_nothing(body):
    assert names(body) == []


def test_a_name_in_the_balance_is_shown_to_a_person():
    found, doubts = read("培育“清风拂草原”的良好氛围。")
    assert not found
    assert [d.text for d in doubts] == ["“清风拂草原”"]
    assert doubts[0].confidence < 0.5


def test_what_the_headline_names_and_the_text_comes_back_to_is_a_name():
    body = "“驼铃信使”一趟跑上百里。牧民都盼着“驼铃信使”来。"
    assert names(body, title="“驼铃信使”送学到草场") == ["“驼铃信使”"]
    assert names(body, title="送学到草场") == []
    assert names(body, title="“驼铃信使”送学到草场", kind=ArticleKind.COMMENTARY) == []
    called = "十几名商户组成“热心人”。上半年，“热心人”跑办贷款80万元。"
    assert names(called, title="商圈来了“热心人”") == ["“热心人”"]
    assert names("送学的“驼铃信使”来了。", title="“驼铃信使”送学到草场") == []


def test_every_piece_of_evidence_says_what_it_is_and_carries_an_example():
    table = [*HEAD_EVIDENCE, *OTHER_EVIDENCE, *OBJECTIONS]
    assert all(weight and "“" in example for _, weight, _, example in table)
    assert len({reason for reason, *_ in table}) == len(table)
    assert all(weight < 0 for _, weight, *_ in OBJECTIONS)
