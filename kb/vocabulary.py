"""Every closed list of the knowledge base: its values, and the Chinese label of each.

The values are what DOMAIN.md's terms are called in files, tables and answers; the labels are what
people read. This module knows no Django, so that the extractor may use it too.
"""

from enum import StrEnum


class Vocabulary(StrEnum):
    """A closed list whose members are strings that carry a Chinese label."""

    label: str

    def __new__(cls, value: str, label: str) -> "Vocabulary":
        """The member for a stored value and the label that people read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and label, in the order of the list, as form fields take them."""
        return [(member.value, member.label) for member in cls]


class ArticleKind(Vocabulary):
    """What sort of text an article is."""

    REPORT = "report", "报道"
    COMMENTARY = "commentary", "评论"
    BRIEF = "brief", "简讯"
    PHOTO = "photo", "图片新闻"


class CreditRole(Vocabulary):
    """In which role a person is credited with an article."""

    REPORTER = "reporter", "记者"
    INTERN = "intern", "实习生"
    CORRESPONDENT = "correspondent", "通讯员"
    PHOTOGRAPHER = "photographer", "摄影"
    AUTHOR = "author", "作者"


class PlaceLevel(Vocabulary):
    """Where a place stands in the administrative order, from the widest to the narrowest."""

    REGION = "region", "省级"
    CITY = "city", "盟市"
    COUNTY = "county", "旗县区"
    ZONE = "zone", "功能区"
    TOWNSHIP = "township", "苏木乡镇街道"
    VILLAGE = "village", "嘎查村社区"
    SITE = "site", "场所"


class OrganisationCategory(Vocabulary):
    """What sort of body an organisation is."""

    PARTY_COMMITTEE = "party_committee", "党委（党工委）"
    PARTY_GENERAL_BRANCH = "party_general_branch", "党总支"
    PARTY_BRANCH = "party_branch", "党支部"
    PARTY_DEPARTMENT = "party_department", "党的工作部门"
    GOVERNMENT = "government", "政府部门"
    MASS_ORGANISATION = "mass_organisation", "群团组织"
    INSTITUTION = "institution", "事业单位"
    ENTERPRISE = "enterprise", "企业"
    COMMUNITY = "community", "社区（居委会）"
    VOLUNTEER_TEAM = "volunteer_team", "志愿服务队"
    MEDIA = "media", "媒体"
    OTHER = "other", "其他"


class InitiativeKind(Vocabulary):
    """What sort of named undertaking an initiative is."""

    CAMPAIGN = "campaign", "活动"
    BRAND = "brand", "品牌"
    MECHANISM = "mechanism", "机制"
    PROJECT = "project", "项目"
    FACILITY = "facility", "阵地"
    EVENT = "event", "一次性活动"


class Qualifier(Vocabulary):
    """How vague the text leaves a figure."""

    EXACT = "exact", "正好"
    OVER = "over", "余"
    NEARLY = "nearly", "近"
    ABOUT = "about", "约"
    AT_LEAST = "at_least", "至少"
    AT_MOST = "at_most", "至多"
    RANGE = "range", "区间"


class MetricStatus(Vocabulary):
    """Whether a figure tells what was done, or what is to be done."""

    REPORTED = "reported", "已完成"
    PLANNED = "planned", "计划"


class DatePrecision(Vocabulary):
    """How precise a date in the text is."""

    YEAR = "year", "年"
    MONTH = "month", "月"
    DAY = "day", "日"


class RecordKind(Vocabulary):
    """The kinds of record that a page yields."""

    ARTICLE = "article", "文章"
    PLACE = "place", "地名"
    ORGANISATION = "organisation", "组织"
    INITIATIVE = "initiative", "举措"
    METRIC = "metric", "数据"


class DoubtReason(Vocabulary):
    """Why the reading of a passage needs a person's eye."""

    UNRESOLVED = "unresolved", "未能确定所指"
    AMBIGUOUS = "ambiguous", "有多种可能"
    NO_SUBJECT = "no_subject", "数据缺少统计对象"
    LOW_CONFIDENCE = "low_confidence", "把握不大"
    POSSIBLE_DUPLICATE = "possible_duplicate", "可能重复"
    DIVERGENCE = "divergence", "与新的读法不同"
    LAYOUT = "layout", "版面归属不明"


class FurnitureKind(Vocabulary):
    """What a line of a page is that belongs to no article."""

    COLUMN = "column", "栏目名"
    SLOGAN = "slogan", "版面口号"
    DUTY_EDITOR = "duty_editor", "值班编辑"
    PAGE_NUMBER = "page_number", "版次"
    DATE = "date", "出版日期"
    NEWSPAPER = "newspaper", "报名"
    JUMP = "jump", "转版提示"
    GLYPH = "glyph", "零散符号"
    CAPTION = "caption", "图片说明"
    NAVIGATION = "navigation", "网页导航"
    UNKNOWN = "unknown", "未归属"


class RecordState(Vocabulary):
    """Whether a row counts, or a person has found it wrong; a rejected row is kept so that it stays away."""

    ASSERTED = "asserted", "有效"
    REJECTED = "rejected", "已否定"


class RecordOrigin(Vocabulary):
    """Who put a row there: the importer, which may take it back, or a person, whose word stays."""

    IMPORTED = "imported", "导入"
    MANUAL = "manual", "人工录入"


class ReviewState(Vocabulary):
    """How far the review of a doubtful passage has come."""

    OPEN = "open", "待审核"
    ACCEPTED = "accepted", "已采纳"
    REJECTED = "rejected", "已否定"
    SKIPPED = "skipped", "已跳过"


class DivergenceState(Vocabulary):
    """What a person has decided where a reading says something else than they wrote."""

    OPEN = "open", "待决定"
    KEPT = "kept", "保留人工"
    TAKEN = "taken", "采用导入"


class ChangeAction(Vocabulary):
    """What a transaction did to a record."""

    CREATE = "create", "新建"
    UPDATE = "update", "修改"
    MERGE = "merge", "合并"
    DELETE = "delete", "删除"


class HistoryAction(Vocabulary):
    """What kind of change a row of a record's history tells."""

    CREATE = "create", "新建"
    UPDATE = "update", "修改"
    LOCK = "lock", "锁定"
    UNLOCK = "unlock", "解除锁定"
    REJECT = "reject", "否定"
    ASSERT = "assert", "恢复为有效"
    REVIEW = "review", "审核"
    MERGE = "merge", "合并"
    UNMERGE = "unmerge", "撤销合并"
    SPLIT = "split", "拆分"
    RESTORE = "restore", "恢复旧版本"
    IMPORT = "import", "导入更新"
    UNRECORDED = "unrecorded", "未登记的改动"
    DELETE = "delete", "删除"


class DeliveryState(Vocabulary):
    """How far the delivery of a message to a webhook has come."""

    WAITING = "waiting", "等待"
    TAKEN = "taken", "送达"
    GIVEN_UP = "given_up", "放弃"
