"""Whether a few signs are a person's name: Han names by their surname, Mongolian ones by their sound.

Used where print gives nothing but the name (a bare byline, （某某 某某） at the end); after 记者 or 摄
any short run of signs is taken for a name.
"""

import re

from importers.extract.clean import HAN

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄"
    "米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松"
    "井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰"
    "从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴"
    "瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚"
    "那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖闫代候仝岳帅亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟"
    "言福覃辜麦信初及官仉仵宝布齐赛娜萨塔莎阿晋楚仓弥苑占战门"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|令狐|端木|呼延|拓跋|夏侯|独孤|南宫"
_HAN_NAME = re.compile(f"(?:{_COMPOUND})[{HAN}]{{1,2}}|[{HAN}]{{2,3}}")

# The signs with which Mongolian names are written down: 阿拉坦其其格, 乌兰托娅, 苏布道.
_MONGOLIAN = frozenset(
    "阿安敖奥巴白拜包宝毕勃博布查朝楚达代丹道德迪都鄂额恩尔凤嘎嘠高戈格根古哈海和呼花吉佳金卡克拉腊来兰乐勒莉林"
    "龙鲁伦罗玛满芒梅门孟米明莫木慕牧穆那娜乃楠尼娘努诺其奇齐钦琴青清仁日荣如瑞萨赛桑色森沙莎珊山舍升胜斯苏素索"
    "塔泰坦特腾提图托娃旺韦温文翁乌吾希锡喜夏晓雅娅亚彦仪伊音英优玉云扎哲珠珍孜卓套赫力贵亮嘉晨楞依罕沁吐央孛札荣茹朗仓扬德勤"
)
_FEW_NAMES = re.compile(f"[{HAN}]{{2,9}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,2}}")

# Two to four signs that a surname may begin and that are still no name: 高质量, 党支部, 通讯员.
_NO_NAME = re.compile(
    "党[建员委支课风史旗群章纪务校费性心媒政]|组织|[视观]点|阵地|平台|文明|文化|高[质端效铁考校]|全[市区县旗面国体民年盟域]"
    "|时[评代政讯事]|国[家务际企庆]|广[场告大播角]|公[安告司示益开交益园路]|方[案法式针向]|经[济验]|成[果效绩]|连[载线日]"
    "|关[注于键爱]|都市|强[化国军]|应急|常[态委]|东[西方]|和谐|新[闻华城]|乐[园活]|明[天日星]|平[安等凡]|通[知讯告辽报过]"
    "|向[前导上阳]|信[息访箱]|年[度轻终]|双[报减拥创]|居[民委]|农[业村民牧]|牧[区民业场]|师[生资]|利[民企]|边[疆境关]|石榴|满意"
    "|安[全居]|马上|金融|青[年春少城]|红[色旗船]|言论|曲艺|家[园风庭长]|解[读放惑码]|从严|充电|封面|索引|尚德|图[片文说]|照片"
    "|福利|达标|特[色写稿]|初心|赛事|阳光|官方|爱[心国]|融媒|路[线上]|管理|支部|花[絮边]|章程|史[话料]|相关|步[伐履]|钟声|山[水乡]"
    "|景[区点]|龙头|谈[话心]|计划|施[工政]|任[务免]|包联|巴士|白[天云]|其[他它中]|呼[和声吁]|乌[海兰]|赤峰|包头|布[局置]|云[端上]|宣[传讲]"
    "|为民|一线|社区|街道|服务|基层|群众|代表|先锋|堡垒|风采|进行|省级|市级|略$|完$|续$"
)


def is_person(name: str) -> bool:
    """Whether the signs by themselves can be a person's name, as a reader would take them."""
    if _NO_NAME.match(name):
        return False
    if "·" in name:
        return bool(_FEW_NAMES.fullmatch(name))
    if _HAN_NAME.fullmatch(name) and (name[0] in _SURNAMES or name[:2] in _COMPOUND.split("|")):
        return True
    return len(name) >= 3 and is_mongolian(name)


def is_mongolian(name: str) -> bool:
    """Whether all signs are such as Mongolian names are written with; 3 to 9 of them."""
    return 3 <= len(name) <= 9 and all(sign in _MONGOLIAN for sign in name)


def can_be_name(name: str) -> bool:
    """Whether the signs can be a name after a word such as 记者: 2 to 4 signs, longer if Mongolian."""
    if not _FEW_NAMES.fullmatch(name):
        return False
    if len(name) <= 4 or "·" in name:
        return True
    return len(name) <= 9 and sum(sign in _MONGOLIAN for sign in name) >= 0.8 * len(name)


def begins_like_name(name: str) -> bool:
    """Whether the first sign is a surname's, or one that Mongolian names begin with."""
    return name[:1] in _SURNAMES or name[:2] in _COMPOUND.split("|")
