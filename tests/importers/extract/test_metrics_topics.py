"""What a figure is about: initiative, organisation, place and city."""

import pytest

from importers.extract.context import LocatedName, Location
from importers.extract.records import InitiativeMention
from kb.vocabulary import (
    InitiativeKind,
    PlaceLevel,
)
from tests.importers.extract.metrics_world import initiative, metrics_of, organisation


def linked(body, *mentions):
    return [metric.initiative for metric in metrics_of(body, mentions)]


def test_a_figure_is_about_the_initiative_that_it_counts():
    body = "开展“敲门行动”，建成4家“暖蜂小站”，开设“星空夜校”课程26期。"
    mentions = [
        initiative(body, "“敲门行动”"),
        initiative(body, "“暖蜂小站”", InitiativeKind.FACILITY),
        initiative(body, "“星空夜校”", InitiativeKind.FACILITY),
    ]
    assert linked(body, *mentions) == ["“暖蜂小站”", "“星空夜校”"]


def test_a_figure_is_about_what_its_sentence_carries_out():
    body = "积极开展“敲门行动”，动员青年担任“银发管家”，走访老人120户、修灯60盏。"
    mentions = [
        initiative(body, "“敲门行动”"),
        initiative(body, "“银发管家”", InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“敲门行动”", "“敲门行动”"]


def test_the_sentences_behind_go_on_about_it_and_another_paragraph_does_not():
    body = "开展“敲门行动”。成立3个小组，入户摸底。截至目前，走访120户。\n村里修路26公里。"
    other = "另有“夜谈会”。"
    mentions = [initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“敲门行动”", "“敲门行动”", None]
    assert linked(body + other, *mentions, initiative(body + other, "“夜谈会”")) == [
        "“敲门行动”",
        "“敲门行动”",
        None,
    ]


def test_a_sentence_that_says_the_activity_refers_back_over_a_paragraph():
    body = "学校举办“夜谈会”。\n活动累计发放手册300份。\n活动开展以来，共有12个班参加。\n另有“敲门行动”。"
    mentions = [initiative(body, "“夜谈会”"), initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“夜谈会”"] * 2


def test_a_figure_is_about_the_platform_that_its_clause_calls_by_its_kind():
    body = "依托“码上议”小程序，街道推行“扫码提、网格办”机制，平台注册用户2.1万人，受理诉求3300件。"
    mentions = [
        initiative(body, "“码上议”小程序", InitiativeKind.FACILITY),
        initiative(body, "“扫码提、网格办”机制", InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“码上议”小程序"] * 2


@pytest.mark.parametrize(
    ("body", "surface", "tied"),
    [
        ("镇党委组织40名党员走进敬老院，开展“情暖重阳”活动，打扫房间16间。", "“情暖重阳”活动", [True, True]),
        ("镇党委整合周边5个村的资源，打造“长城下”线路，接待游客800人。", "“长城下”线路", [True, True]),
        ("针对65名外出党员，支部建立“红云”微信群。", "“红云”微信群", [True]),
        ("镇里投资60万元，建起“花开”大院，演出33场。", "“花开”大院", [True, True]),
        ("购置3辆面包车，打造“移动大厅”。", "“移动大厅”", [True]),
        ("旗里确定3个社区为试点，推行“双月谈”机制。", "“双月谈”机制", [True]),
        ("选4家医院作为示范点，结合义诊、包联等工作，开展“情暖重阳”活动。", "“情暖重阳”活动", [True]),
        ("镇里打造3个示范点，村民点赞，开展“情暖重阳”活动。", "“情暖重阳”活动", [False]),
        ("去年修路26公里，今年开展“情暖重阳”活动。", "“情暖重阳”活动", [False]),
        ("组织40名党员开会。随后，开展“情暖重阳”活动。", "“情暖重阳”活动", [False]),
    ],
)
def test_a_figure_is_about_the_undertaking_that_begins_with_it(body, surface, tied):
    assert [name is not None for name in linked(body, initiative(body, surface))] == tied


def test_a_nationwide_campaign_that_only_says_since_when_is_not_what_a_figure_is_about():
    body = "党史学习教育开展以来，街道组织6个社区的党员开展“敲门行动”，走访120户。"
    mentions = [initiative(body, "党史学习教育"), initiative(body, "“敲门行动”")]
    assert linked(body, *mentions) == ["“敲门行动”"] * 2


def test_a_name_that_comes_back_outweighs_a_mechanism_set_up_on_the_way():
    body = "镇里启动“红柳先锋”项目。\n建立“村民点题”机制，与42家单位结成“红柳先锋”伙伴，解难题130个。"
    again = body.rindex("“红柳先锋”")
    mentions = [
        InitiativeMention("“红柳先锋”项目", "“红柳先锋”", at, at + 6, InitiativeKind.PROJECT)
        for at in (body.index("“红柳先锋”"), again)
    ]
    mechanism = initiative(body, "“村民点题”机制", InitiativeKind.MECHANISM)
    assert linked(body, *mentions, mechanism) == ["“红柳先锋”项目"] * 2


def test_a_sentence_that_turns_to_something_else_is_about_its_own_undertaking():
    body = "实施“能人回乡”计划，动员27名能人返乡。同时，选派12名技术员，挂牌成立“田间学堂”，累计开课58期。"
    mentions = [initiative(body, "“能人回乡”计划"), initiative(body, "“田间学堂”", InitiativeKind.FACILITY)]
    assert linked(body, *mentions) == ["“能人回乡”计划", "“田间学堂”", "“田间学堂”"]


def test_the_figures_of_another_body_are_not_tied_to_what_the_sentence_before_carries_out():
    body = "旗工会开展“敲门行动”，走访120户。旗医院免费体检420人次。"
    bodies = [organisation(body, "旗工会"), organisation(body, "旗医院")]
    found = metrics_of(body, [initiative(body, "“敲门行动”")], bodies)
    assert [metric.initiative for metric in found] == ["“敲门行动”", None]


def test_a_word_of_the_name_ties_figures_of_a_later_paragraph():
    body = "旗委推行“1+3”联户制度。\n今年以来，全旗联户干部代办事项940件。\n村里修路26公里。"
    mentions = [initiative(body, "“1+3”联户制度", InitiativeKind.MECHANISM)]
    assert linked(body, *mentions) == ["“1+3”联户制度", None]


def test_a_list_of_a_campaign_stands_for_the_campaign():
    body = "推进“敲门行动”。分类建立“敲门行动”清单，干部收集困难71条。"
    listed = body.index("“敲门行动”清单")
    mentions = [
        initiative(body, "“敲门行动”"),
        InitiativeMention("“敲门行动”清单", "“敲门行动”清单", listed, listed + 8, InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == ["“敲门行动”"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("旗里开展送戏下乡、送医下乡系列活动，演出60场。", ["送戏下乡、送医下乡系列活动"]),
        ("对6个院落“扩门改窗”整修。新铺地砖80平方米。", ["“扩门改窗”", "“扩门改窗”"]),
        ("推行“夜话小院”，收到建议60条。", ["“夜话小院”"]),
        ("以5项行动（青年书屋、模范班组、安全岗哨）为载体，建成模范先进班组16个。", [None, "模范班组"]),
        ("疏通“毛细血管”，收到建议60条。", [None]),
    ],
)
def test_a_practice_ties_figures_together_without_being_an_initiative(body, names):
    assert linked(body)[-len(names) :] == names


def test_the_organisation_is_the_sentences_the_place_the_paragraphs_and_the_city_the_articles():
    body = "红柳湾镇党支部走访20户。修桥3座。"
    party = organisation(body, "红柳湾镇党支部")
    home = Location("锡林郭勒盟", PlaceLevel.CITY)
    town = Location("红柳湾镇", PlaceLevel.TOWNSHIP, city="锡林郭勒盟")
    name = LocatedName(0, 4, "红柳湾镇", town)
    first, second = metrics_of(body, organisations=[party], city=home, names=(name,))
    assert (first.organisation, first.place, first.city) == ("红柳湾镇党支部", "红柳湾镇", "锡林郭勒盟")
    assert (second.organisation, second.place, second.city) == (None, "红柳湾镇", "锡林郭勒盟")


def test_what_follows_a_list_is_about_none_of_its_items_alone():
    body = "开展“暖冬行动”。组织开展“敲门”“送学”和“护苗”志愿服务。今年以来，服务老人320人次。"
    mentions = [initiative(body, f"“{name}”") for name in ("暖冬行动", "敲门", "送学", "护苗")]
    assert linked(body, *mentions) == ["“暖冬行动”"]
    alone = body.removeprefix("开展“暖冬行动”。")
    assert linked(alone, *(initiative(alone, f"“{name}”") for name in ("敲门", "送学", "护苗"))) == [None]


def test_a_sentence_that_a_name_opens_is_about_it_and_not_about_its_occasion():
    body = "“巧手坊”是东街社区以开展“暖巷”工作为契机的新尝试。坊内有裁缝、修锁等业态，提供服务20余项。"
    mentions = [initiative(body, "“巧手坊”", InitiativeKind.FACILITY), initiative(body, "“暖巷”")]
    assert linked(body, *mentions) == ["“巧手坊”"]


def test_a_figure_behind_the_head_words_of_a_name_counts_it():
    body = "实施“双认”项目。投资30万元建成“林下人家”户外歇脚服务站点3处。"
    place = InitiativeMention("“林下人家”户外歇脚服务站点", "“林下人家”", 17, 23, InitiativeKind.FACILITY)
    assert body[17:23] == place.surface
    found = linked(body, initiative(body, "“双认”", InitiativeKind.PROJECT), place)
    assert found[-1] == place.name


def test_what_another_body_began_in_between_is_not_about_the_undertaking_before():
    body = "开展“护苗”行动。依托东街党校，打造干部队伍。开设培训8期。"
    assert linked(body, initiative(body, "“护苗”行动")) == ["“护苗”行动"]
    found = metrics_of(body, [initiative(body, "“护苗”行动")], [organisation(body, "东街党校")])
    assert [metric.initiative for metric in found] == [None]


def test_bodies_that_a_figure_counts_and_bodies_that_are_followed_do_not_act():
    body = "东街党委选定青石局、红柳局等6家单位作为示范点。落实旗委“护苗”部署，走访120户。"
    bodies = [organisation(body, name) for name in ("东街党委", "青石局", "红柳局", "旗委")]
    assert [metric.organisation for metric in metrics_of(body, (), bodies)] == ["东街党委", None]


def test_what_is_counted_beside_other_things_is_not_what_they_are_about():
    body = "推行“点单派单”模式。截至目前，完成“暖冬”项目6个，认领心愿59个。"
    mentions = [
        initiative(body, "“点单派单”模式", InitiativeKind.MECHANISM),
        initiative(body, "“暖冬”项目", InitiativeKind.PROJECT),
    ]
    assert linked(body, *mentions) == ["“暖冬”项目", "“点单派单”模式"]


def test_what_is_done_by_several_means_together_is_about_none_of_them():
    body = "依托“双认”管理、干部“四步工作法”等载体，常态化服务，解决困难520个。"
    mentions = [
        initiative(body, "“双认”管理", InitiativeKind.MECHANISM),
        initiative(body, "“四步工作法”", InitiativeKind.MECHANISM),
    ]
    assert linked(body, *mentions) == [None]


def test_the_parts_come_before_the_name_of_the_whole():
    body = "根据9个小区设立9个“大院”，又按楼栋划出40个“小院”，建起“大院+小院”模式。另有“夜谈会”。"
    whole = initiative(body, "“大院+小院”", InitiativeKind.MECHANISM)
    assert linked(body, whole, initiative(body, "“夜谈会”")) == ["“大院+小院”"] * 3


def test_a_things_measures_come_before_its_name():
    body = "这个200平方米的排练厅，添了音响，是柳河镇为居民打造的“百姓舞台”。另有“夜谈会”。"
    stage = initiative(body, "“百姓舞台”", InitiativeKind.FACILITY)
    assert linked(body, stage, initiative(body, "“夜谈会”")) == ["“百姓舞台”"]


def test_what_another_body_sets_up_in_a_sentence_is_what_its_figures_are_about():
    body = "东街党工委推出“代办”制度。东社区党委把车棚改成“灶台”，日均就餐70余人。"
    mentions = [
        initiative(body, "“代办”制度", InitiativeKind.MECHANISM),
        initiative(body, "“灶台”", InitiativeKind.FACILITY),
    ]
    bodies = [organisation(body, "东街党工委"), organisation(body, "东社区党委")]
    assert [metric.initiative for metric in metrics_of(body, mentions, bodies)] == ["“灶台”"]


def test_by_what_means_a_sentence_goes_on_is_what_its_figures_are_about():
    body = "社区探索“课后一件事”机制，认领难事。靠着这个机制，社区修好路灯47盏。另有“夜谈会”。"
    mentions = [initiative(body, "“课后一件事”机制", InitiativeKind.MECHANISM), initiative(body, "“夜谈会”")]
    assert linked(body, *mentions) == ["“课后一件事”机制"]


def test_the_channels_that_are_joined_come_before_the_platform():
    body = "区里牵头打通热线、信访等6个渠道，建起“民声通”平台。诉求由区级平台接收，受理31件。另有“夜谈会”。"
    mentions = [initiative(body, "“民声通”平台", InitiativeKind.FACILITY), initiative(body, "“夜谈会”")]
    assert linked(body, *mentions) == ["“民声通”平台"] * 2


def test_a_platform_called_by_its_kind_once_it_is_online():
    body = "建起“民声通”平台。主任说，平台上线以来，注册用户已突破9万人。另有“夜谈会”。"
    mentions = [initiative(body, "“民声通”平台", InitiativeKind.FACILITY), initiative(body, "“夜谈会”")]
    assert linked(body, *mentions) == ["“民声通”平台"]


def test_a_sentence_of_the_same_day_is_about_the_occasion():
    body = "税务局开展“税惠草原”联建活动。\n当天，干部走进5户人家，发放明白卡200张。\n另有“夜谈会”。"
    occasion = initiative(body, "“税惠草原”联建活动", InitiativeKind.EVENT)
    assert linked(body, occasion, initiative(body, "“夜谈会”")) == ["“税惠草原”联建活动"] * 2


def test_a_way_of_working_is_what_the_text_is_most_surely_about():
    body = "打造“马兰花”云平台。牧民开起“羊铺”。\n目前，这一做法已在61个嘎查铺开。"
    mentions = [initiative(body, name, InitiativeKind.FACILITY) for name in ("“马兰花”云平台", "“羊铺”")]
    assert linked(body, *mentions) == ["“马兰花”云平台"]


def test_a_list_is_not_counted_by_its_last_item_and_a_team_acts_for_its_name():
    body = "推行“一支部一品”创建，培育“税风”“税心”等品牌8个。“税风”服务队上门752次。"
    mentions = [
        initiative(body, "“一支部一品”创建"),
        initiative(body, "“税风”", InitiativeKind.BRAND),
        initiative(body, "“税心”", InitiativeKind.BRAND),
    ]
    again = body.rindex("“税风”")
    mentions.append(InitiativeMention("“税风”", "“税风”", again, again + 4, InitiativeKind.BRAND))
    assert linked(body, *mentions) == ["“一支部一品”创建", "“税风”"]


def test_each_part_of_a_sentence_is_about_its_own_undertaking():
    body = "旗妇联打造“巧手小院”43处，就业60人；旗委统战部搭建“同心厅”，办成实事85件。"
    mentions = [initiative(body, f"“{name}”", InitiativeKind.FACILITY) for name in ("巧手小院", "同心厅")]
    assert linked(body, *mentions) == ["“巧手小院”", "“巧手小院”", "“同心厅”"]


def test_persons_are_of_what_the_next_sentence_says_that_they_are_of():
    body = "20多名志愿者在田里忙。他们来自旗农牧局打造的“麦浪”品牌。村里修路26公里。"
    assert linked(body, initiative(body, "“麦浪”品牌", InitiativeKind.BRAND))[0] == "“麦浪”品牌"
    other = "20多名志愿者在田里忙。他们唱起“麦浪”歌。"
    assert linked(other, initiative(other, "“麦浪”歌", InitiativeKind.BRAND)) == [None]


@pytest.mark.parametrize(
    ("paragraph", "tied"),
    [
        ("今年，县里在12个镇设点，选聘代办员40名。", [True, True]),
        ("多伦县地处山区，辖12个镇。", [False]),
        ("镇里有农户118户，人均耕地2亩。", [False, False]),
        ("“我家养了20头牛。”村民说。", [False]),
        ("村里还推行“敲门行动”，走访30户。", [False]),
    ],
)
def test_a_paragraph_that_names_nothing_is_about_what_the_headline_names(paragraph, tied):
    body = "这里推行“红柳代办”机制，村民少跑腿。\n" + paragraph
    mentions = [initiative(body, "“红柳代办”机制", InitiativeKind.MECHANISM)]
    if "“敲门行动”" in body:
        mentions.append(initiative(body, "“敲门行动”"))
    found = metrics_of(body, mentions, title="“红柳代办”跑起来")
    assert [metric.initiative == "“红柳代办”机制" for metric in found] == tied
    assert all(metric.initiative != "“红柳代办”机制" for metric in metrics_of(body, mentions, title="代办"))


def test_what_a_paragraph_comes_to_is_what_the_next_one_begins_with():
    body = "街口那间小屋，是街道为骑手建的“暖心屋”。\n42平方米的屋子里，微波炉、充电柜齐全。村里修路26公里。"
    house = initiative(body, "“暖心屋”", InitiativeKind.FACILITY)
    assert linked(body, house) == ["“暖心屋”", None]


def test_a_school_goes_on_over_the_years_that_the_next_sentence_sums_up():
    body = "旗里办起“田间学院”，聘请28名教员。学院每年开班6期。两年下来，结业学员140人。"
    school = initiative(body, "“田间学院”", InitiativeKind.FACILITY)
    assert linked(body, school) == ["“田间学院”"] * 3


def test_those_who_are_organised_are_of_what_they_make_up():
    body = "街道把商圈里的17名商户组织起来，组成“热心人”。"
    assert linked(body, initiative(body, "“热心人”", InitiativeKind.BRAND)) == ["“热心人”"]


def test_a_place_of_service_is_called_by_the_end_of_its_name():
    body = "同样的小站叫“松涛暖屋”。社区把锅炉房改造成280平方米的暖屋，接待9300人次。村里修路26公里。"
    house = initiative(body, "“松涛暖屋”", InitiativeKind.FACILITY)
    assert linked(body, house)[::2] == ["“松涛暖屋”", None]


def test_figures_of_speech_are_of_the_place_where_it_is_spoken():
    body = "“这个月排查危房11次，给3户修了房顶。”在“邻家大姐”驿站里，志愿者们说。"
    assert linked(body, initiative(body, "“邻家大姐”", InitiativeKind.FACILITY)) == ["“邻家大姐”"] * 2
    other = "“这个月排查危房11次。”队长说。大家来到“邻家大姐”驿站。"
    assert linked(other, initiative(other, "“邻家大姐”", InitiativeKind.FACILITY)) == [None]


def test_those_who_join_make_up_what_they_set_up():
    body = "29家小店和3个支部共同签约，成立“邻里行”联盟。村里修路26公里。"
    assert (
        linked(body, initiative(body, "“邻里行”联盟", InitiativeKind.MECHANISM))[:2] == ["“邻里行”联盟"] * 2
    )


def test_how_something_began_is_told_before_its_name():
    body = "旗委派出7名干部谋划老街更新，“红炉计划”由此起步。"
    assert linked(body, initiative(body, "“红炉计划”")) == ["“红炉计划”"]
