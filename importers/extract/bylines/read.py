"""Who made an article: the lines that are credits and nothing else.

A credit is a row of role words and names and nothing else (`本报记者 张某 实习生 李某`); one foreign
word among them and the line is no credit, so that prose about reporters stays prose.
"""

import re

from msgspec import Struct

from importers.extract.clean import WRAP
from importers.extract.names import begins_like_name, can_be_name, is_mongolian, is_person
from importers.extract.records import Credit
from importers.extract.trie import run_of
from kb.vocabulary import CreditRole

MARKS = "□■◎◇◆○●△▲☆★▢◻◼⬜※"

# What may stand before 记者: 本报, 首席, 驻海拉尔, 某某日报.
_DESK = (
    r"(?:本[报刊网台]|全媒体|融媒体?|首席|特派|特约|特邀|高级|驻[一-龥]{2,4}"
    r"|[一-龥]{2,6}(?:日报|晚报|网|社|台|中心)){0,3}"
)
# The longest words first: 见习记者 before 记者. 见习 and 实习 make an intern of a reporter.
_ROLES: tuple[tuple[str, CreditRole], ...] = (
    (r"(?:见习|实习)(?:记者|编辑|生)?|见习生", CreditRole.INTERN),
    (r"(?:本报)?(?:特约|特邀)?通讯员", CreditRole.CORRESPONDENT),
    (_DESK + r"(?:记者|采访人员)", CreditRole.REPORTER),
    (r"摄影师?|摄像|图片|图(?=[/／：:])|拍摄", CreditRole.PHOTOGRAPHER),
    (
        r"(?:本报|特约|首席){0,2}评论员|作者|撰文|撰稿|执笔|文字|文(?=[/／：:])|供稿|采写|采访",
        CreditRole.AUTHOR,
    ),
)
_ROLE = re.compile("|".join(f"(?P<r{i}>{words})" for i, (words, _) in enumerate(_ROLES)))
# 本报记者 某某 摄, 摄影报道: whoever is named took the picture.
_TAKEN = re.compile(r"(?:摄影报道|摄影|摄像|拍摄|[/／]摄|[/／]图|摄)$")
_WORDS_AND_PICTURES = re.compile(
    r"(?:文[/／、·]?图|图[/／、]?文|文并摄|文字[/／、]图片|文[/／、]摄影|文[/／]摄)[/／：: ]*"
)
_REPORTS = re.compile(r"(?:采写|综合|整理)?(?:报道|发自[一-龥]{2,6})$")
_SEPARATOR = re.compile(run_of(" 、，,/／：:;；|"))

REPRINT = re.compile(
    r"(?:转自|转载自|来源|摘自|选自|原载于?|稿源|据|本文来源|信息来源|文章来源)[:： ]*"
    r"[《“]?([^《》”（）。：\x1f]{2,30}?)[》”]?"
    r"(?:[ ，,]*(?:报道|消息|\d{4}[-年./]\S{0,12}|有删[减节改]|等))?"
)
# Without one of these a line is no credit, unless a bare name may be one.
_HINT = re.compile(
    "记者|通讯员|采访|实习|见习|摄|文[/／、]|图[/／、]|作者|撰|供稿|评论员|来源|稿源|转自|摘自|选自|转载|原载|编辑部"
)
_SET_OFF = frozenset(MARKS + "（(")
_META_FIELD = re.compile(
    r"(来源|稿源|信息来源|文章来源|作者|记者|通讯员|责任编辑|编辑|审核|校对|发布(?:时间|日期|者|人|单位)|时间|日期"
    r"|(?:浏览|点击|阅读)(?:次数|量|数)?|字[体号])[:：][ ]?"
)
_META_DAY = re.compile(r"\[?\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?\]?(?:[ ]\d{1,2}:\d{2}(?::\d{2})?)?[ ]?")
# （作者单位：……）, （图片由……提供）, （完）: set apart from the text, and no person's name.
NO_CREDIT = re.compile(
    r"(?:作者|笔者|本文作者|执笔人?)(?:单位|系|为|工作于|现任|供职于|均?来自)[:： ]?"
    r"|图片由|资料图片?|(?:完|待续)$"
)
# The unit that an author comes from: 某某旗委组织部 before the name.
_UNIT = re.compile("[一-龥]{4,24}[委部局校会院社队司办组所团府站厂心区县旗镇乡村处]")
# A byline that names no person: 本报评论员, □某某区委宣传部.
_NO_PERSON = re.compile(
    r"(?:[一-龥]{2,4})?(?:首席|特约)?评论员|本[报刊]编辑部"
    r"|[□◎][ ]?[一-龥]{4,24}[委部局校会院社队司办组所团府站厂]"
)


class Byline(Struct, frozen=True):
    """What a credit says: the persons in the order of print, a reprinted source, a dateline."""

    authors: tuple[Credit, ...] = ()
    reprinted_from: str | None = None
    dateline: str | None = None
    photo: bool = False
    """It credits whoever took a picture, as the last words of a caption do."""


def hints_at_credit(text: str) -> bool:
    """Whether a line has a word or begins with a sign as credits have them."""
    return text[:1] in _SET_OFF or _HINT.search(text) is not None


def read_byline(text: str, *, bare_names: bool = False) -> Byline | None:
    """What a line that is nothing but a credit says; None where it is something else.

    A mark (□, ■, ◎) or a role word makes a credit of names; `bare_names` takes names alone for one.
    """
    text = text.strip(WRAP + " ")
    if len(text) > 80 or not (bare_names or hints_at_credit(text)):
        return None
    if _NO_PERSON.fullmatch(text) or NO_CREDIT.match(text.strip("（()） ")):
        return Byline()
    meta = _read_meta(text)
    if meta is not None:
        return meta
    inner = text.lstrip(MARKS + " ").strip()
    if inner[:1] in "（(" and inner[-1:] in "）)":
        inner, bare_names = inner[1:-1].strip(), True
    reprint = REPRINT.fullmatch(inner)
    if reprint and not inner.startswith("据"):
        return Byline(reprinted_from=source_name(reprint[1]))
    # ■ and ◆ set off a column's name as well as an author's: the name must look like one.
    return read_names(inner, marked=text[:1] in "□◎", bare_names=bare_names or text[:1] in MARKS)


def _read_meta(text: str) -> Byline | None:
    """What the line under a web page's headline says: 来源：…… 发布时间：…… 作者：…… 浏览量：……."""
    text = text.strip("（()） ")
    fields = list(_META_FIELD.finditer(text))
    dated = _META_DAY.match(text)
    prefix = _META_DAY.sub("", text[: fields[0].start()]).strip() if fields else text
    if len(fields) < (1 if dated else 2) or len(prefix) > 12 or "。" in text:
        return None
    authors: list[Credit] = []
    source = None
    for field, after in zip(fields, [*fields[1:], None], strict=True):
        value = text[field.end() : after.start() if after else len(text)].strip(" |｜[]【】")
        if field[1].endswith(("来源", "稿源")):
            source = source_name(_META_DAY.sub("", value)) or source
        elif field[1] in ("作者", "记者", "通讯员"):
            read = read_names(f"{field[1]} {value}", marked=True, bare_names=True)
            authors.extend(read.authors if read else ())
    return Byline(tuple(authors), source)


def source_name(text: str) -> str:
    """The publication's name without its marks and spaces."""
    return text.replace(WRAP, "").strip(" 《》“”，,")


def read_names(text: str, *, marked: bool, bare_names: bool) -> Byline | None:
    """The byline in a row of role words and names, None where anything else stands in it."""
    both = _WORDS_AND_PICTURES.search(text)
    text = (_WORDS_AND_PICTURES.sub(" ", text) if both else text).strip()
    taken = None if both else _TAKEN.search(text)
    reports = _REPORTS.search(text)
    tail = taken or reports
    groups = _groups((text[: tail.start()] if tail else text).strip(" /／"))
    if not groups or (not both and not tail and not marked and not bare_names and groups[0][0] is None):
        return None
    sure = marked or bool(tail) or (both is not None and both[0][1] in "/／")
    if not all(_acceptable(role, names, sure) for role, names in groups):
        return None
    default = CreditRole.PHOTOGRAPHER if taken else CreditRole.AUTHOR
    credits = [
        Credit(name, CreditRole.PHOTOGRAPHER if taken and not _apart(groups) else role or default)
        for role, names in groups
        for name in names
    ]
    return Byline(tuple(dict.fromkeys(credits)), photo=bool(taken) or _all_photographers(credits))


def _apart(groups: list[tuple[CreditRole | None, list[str]]]) -> bool:
    """Whether words and pictures are credited to different people (文/某某 图/某某)."""
    return any(role in (CreditRole.PHOTOGRAPHER, CreditRole.AUTHOR) for role, _ in groups)


def _all_photographers(credits: list[Credit]) -> bool:
    return bool(credits) and all(credit.role is CreditRole.PHOTOGRAPHER for credit in credits)


def _acceptable(role: CreditRole | None, names: list[str], marked: bool) -> bool:
    """Whether the names of one group are names: after a role word loosely, standing alone strictly."""
    if role is None and not marked:
        return bool(names) and all(map(is_person, names))
    if role is None:
        return bool(names) and all(can_be_name(name) and (len(name) < 4 or is_person(name)) for name in names)
    return len(names) <= 12 and all(map(can_be_name, names))


def _groups(text: str) -> list[tuple[CreditRole | None, list[str]]]:
    """Role and names of each group of a credit, in order; a role of None where no word gives one."""
    groups: list[tuple[CreditRole | None, list[str]]] = []
    for word in _SEPARATOR.split(text):
        role, rest = _split_role(word)
        if role is not None and rest and not is_person(rest.replace(WRAP, "")):
            return []  # 记者采访了 begins like a credit and is none
        if role is not None or not groups:
            groups.append((role, []))
        if rest and not _UNIT.fullmatch(rest):
            groups[-1][1].append(rest)
    joined = [(role, _whole_names(names)) for role, names in groups]
    return (
        joined
        if all(names or role is not None for role, names in joined) and any(n for _, n in joined)
        else []
    )


def _split_role(word: str) -> tuple[CreditRole | None, str]:
    """The role that a word begins with and the rest of it: 通讯员某某 → correspondent, 某某."""
    match = _ROLE.match(word)
    if match:
        role = next(role for i, (_, role) in enumerate(_ROLES) if match[f"r{i}"])
        return role, word[match.end() :]
    if word in ("文", "图"):
        return (CreditRole.AUTHOR if word == "文" else CreditRole.PHOTOGRAPHER), ""
    return None, "" if word in ("本报", "本刊") else word


def _whole_names(parts: list[str]) -> list[str]:
    """Names whose signs stood apart or were wrapped: 刘, 悦 → 刘悦; 吕⏎喜燕 → 吕喜燕."""
    names: list[str] = []
    single = False
    for part in parts:
        pieces = _unwrap_name(part)
        if single and len(part) == 1:
            names[-1] += part
            single = False
            continue
        names.extend(pieces)
        single = len(part) == 1
    return names


def _unwrap_name(part: str) -> list[str]:
    """The one or two names in a word that a line's end may cut: a full name on each side makes two."""
    if WRAP not in part:
        return [part]
    before, _, after = part.partition(WRAP)
    after = after.replace(WRAP, "")
    both_whole = is_person(before) and is_person(after) and begins_like_name(after)
    return [before, after] if both_whole and not is_mongolian(before + after) else [before + after]
