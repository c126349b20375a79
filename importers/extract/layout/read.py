"""Page text → its articles and its furniture: the layout stage, from end to end.

Lines → blocks (layout_blocks) → bodies (layout_bodies); headline blocks → headlines (layout_heads)
→ whose they are (layout_pairing); what is left names a column (layout_columns) or is furniture.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from importers.extract.bylines.read import Byline
from importers.extract.clean import WRAP, SourceLine, source_lines, tidy_prose
from importers.extract.layout.blocks import Block, BlockKind, read_blocks
from importers.extract.layout.bodies import assemble
from importers.extract.layout.columns import Page, assign_columns
from importers.extract.layout.furniture import is_column_name
from importers.extract.layout.heads import Headline, headlines, is_slogan, join_title
from importers.extract.layout.junctions import Junctions, reclaim_prose
from importers.extract.layout.kinds import article_kind
from importers.extract.layout.pairing import Evidence, pair
from importers.extract.layout.rest import column_lines, furniture
from importers.extract.layout.state import Bodies, Body
from importers.extract.records import ArticleDraft, Credit, Doubt, PageLayout
from kb.vocabulary import ArticleKind, CreditRole, DoubtReason, RecordKind

_JUMP = re.compile(
    r"[（(]?(?:紧?[下上][转接])第?[A-D]?[一二三四五六七八九十\d]{1,3}版[^（）()。]{0,24}[）)]?"
)
_JUMPS = ("下转", "上转", "下接", "上接")
_LONGEST_SECTION = 6
"""A section's name is two words at most: 工会之声."""
_LEAST_TITLE = 9
"""A headline that is left over and shares no word with its text is one only if it is as long as a clause."""
END = "\n"
"""Ends a paragraph."""
_BULLET = re.compile(r"[●■◆▲★◇○▶►※☆▪•◎❖✦♦▼①-⑳❶-❿][ ]?|\d{1,2}[.．、](?!\d)[ ]?")
# A headline part with a verb's complement is no column's name: 阵地活起来.
_SAYS_SOMETHING = re.compile("(?:起来|下去|出来|上来|进来|下来|到底|到家|到位|[了吗吧呢])[！!？?”]?$")


@dataclass(slots=True)
class _Reading:
    """Everything that is known of a page while its articles are put together."""

    blocks: list[Block]
    bodies: list[Body]
    texts: list[str]
    titles: dict[int, list[Headline]]
    """Headlines of each body's number, in the order of print."""
    columns: dict[int, str]
    head_bylines: dict[int, Block]
    following: dict[int, int]
    """For each line with text the number of the next one."""
    kinds: dict[tuple[int, str], ArticleKind]
    """The kinds that are known by now, by the body's number and its column."""


def read_layout(text: str) -> PageLayout:
    """The articles of a page with their titles and credits, what stands between them, and doubts.

    Takes the page's text as it came (any text is allowed); articles are in the order of their first
    lines. Every line with text belongs to an article's `lines` or `heading_lines`, or to furniture.
    """
    return layout_of(source_lines(text))


def layout_of(lines: list[SourceLine]) -> PageLayout:
    """The layout of a page whose lines were read already."""
    blocks = read_blocks(lines)
    following = dict(pairwise([line.number for line in lines if line.text]))
    junctions = Junctions(blocks)
    blocks = reclaim_prose(blocks, junctions)
    made = assemble(blocks, junctions)
    texts = [body_text(body) for body in made.bodies]
    heads = headlines(blocks, made.heads)
    evidence = Evidence(texts)
    sections, heads = _without_sections(blocks, heads)
    pairing = pair(heads, made.bodies, evidence)
    titles, left = _with_parts(heads, pairing.body_of, evidence)
    _title_in_order(titles, left, made.bodies)
    _promote_lone_heads(blocks, made, titles)
    reading = _Reading(blocks, made.bodies, texts, titles, {}, made.head_bylines, following, {})
    names = column_lines(blocks, left + sections)
    reading.columns = assign_columns(_page(reading, names, evidence))
    articles = tuple(_article(reading, number) for number in range(len(made.bodies)) if texts[number])
    doubts = [
        _doubt(heads[h].title, blocks[heads[h].place], (texts[b], texts[c])) for h, b, c in pairing.even
    ]
    doubts += [_doubt(join_title([blocks[h].text]), blocks[h], ()) for h in made.doubtful]
    return PageLayout(
        articles, furniture(lines, blocks, articles, {place for place, _ in names}), tuple(doubts)
    )


def body_text(body: Body) -> str:
    """The text of a body: its paragraphs one a line, wraps undone, credits and jump notes left out."""
    paragraphs: list[str] = []
    prose: list[str] = []
    for block in body.blocks:
        if block.kind is BlockKind.HEAD:
            paragraphs.extend(_tidied(prose))
            paragraphs.append(join_title(block.text.split(WRAP)))
            prose = []
        else:
            prose.append(block.text + (END if block.complete else WRAP))
    paragraphs.extend(_tidied(prose))
    if paragraphs and body.bullet:
        paragraphs[0] = _BULLET.sub("", paragraphs[0], count=1)
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def _tidied(prose: list[str]) -> list[str]:
    """The paragraphs in pieces of prose that end with END or go on over a WRAP."""
    text = "".join(prose)
    if "版" in text and any(word in text for word in _JUMPS):
        text = _JUMP.sub("", text)
    return [tidy_prose(paragraph) for paragraph in text.split(END)]


def _with_parts(
    heads: list[Headline], body_of: dict[int, int], evidence: Evidence
) -> tuple[dict[int, list[Headline]], list[Headline]]:
    """The headlines of each body, parts of one headline together, and the headlines left over."""
    titles: dict[int, list[Headline]] = {body: [heads[h]] for h, body in body_of.items()}
    left: list[Headline] = []
    for h, head in enumerate(heads):
        if h in body_of:
            continue
        beside = [n for n in (h + 1, h - 1) if n in body_of and heads[n].cluster == head.cluster]
        beside = [n for n in beside if n < h or not heads[n].kicker]
        target = next((body_of[n] for n in beside if _is_part(head, body_of[n], evidence)), None)
        if target is None:
            left.append(head)
        else:
            titles[target] = sorted([*titles[target], head], key=lambda part: part.place)
    return titles, left


def _title_in_order(titles: dict[int, list[Headline]], left: list[Headline], bodies: list[Body]) -> None:
    """Gives a text without a headline the one that stands next after the headline of the text before it.

    Both headlines stand in one row above both texts; the one left over says nothing of its text's words.
    """
    for number, body in enumerate(bodies[1:], start=1):
        before = titles.get(number - 1)
        if number in titles or not before or body.bullet or body.caption:
            continue
        after = [
            head for head in left if head.cluster == before[-1].cluster and head.place > before[-1].place
        ]
        long = (head for head in after if len(head.title) >= _LEAST_TITLE and head.place < body.start)
        head = next(long, None)
        if head is not None:
            titles[number] = [head]
            left.remove(head)


def _without_sections(blocks: list[Block], heads: list[Headline]) -> tuple[list[Headline], list[Headline]]:
    """The short lines that name a section, and the headlines without them.

    In Markdown a section's name is marked and the headline under it is not, or the other way round.
    """
    sections: list[Headline] = []
    titles = heads[-1:]
    for head, below in reversed(list(pairwise(heads))):
        marks = bool(blocks[head.place].heading), bool(blocks[titles[0].place].heading)
        short = len(head.title) <= _LONGEST_SECTION and len(titles[0].title) > len(head.title)
        if short and not head.kicker and head.cluster == below.cluster and marks[0] != marks[1]:
            sections.insert(0, head)
        else:
            titles.insert(0, head)
    return sections, titles


def _is_part(head: Headline, body: int, evidence: Evidence) -> bool:
    """Whether a headline that no body claims is a second line of the one beside it."""
    if is_column_name(head.title) or is_slogan(head.title):
        return False
    shared = evidence.shared_words(head.title, body)
    if _SAYS_SOMETHING.search(head.title):
        return True
    return shared >= 0.12 and len(head.title) > 10


def _promote_lone_heads(blocks: list[Block], made: Bodies, titles: dict[int, list[Headline]]) -> None:
    """Makes a title of the single sub-headline of a text that has no other headline."""
    for number, body in enumerate(made.bodies):
        if body.own_head is not None:
            titles[number] = [_headline(blocks, body.own_head)]
        elif number not in titles and len(body.inner_heads) == 1 and not body.bullet:
            titles[number] = [_headline(blocks, body.inner_heads[0])]


def _headline(blocks: list[Block], index: int) -> Headline:
    """The headline that a single block makes, without its bullet."""
    return Headline([index], join_title(_BULLET.sub("", blocks[index].text).split(WRAP)), cluster=index)


def _page(reading: _Reading, names: list[tuple[int, str]], evidence: Evidence) -> Page:
    """What the assignment of columns needs to know of a page."""
    places = [(h.place, h.cluster, body) for body, parts in reading.titles.items() for h in parts]
    opinions = frozenset(
        number
        for number, body in enumerate(reading.bodies)
        if not body.bullet and _kind(reading, number) is ArticleKind.COMMENTARY
    )
    return Page(reading.bodies, places, names, opinions, evidence)


def _kind(reading: _Reading, number: int) -> ArticleKind:
    """The kind of a body's article."""
    column = reading.columns.get(number, "")
    if (number, column) not in reading.kinds:
        text, authors, title = reading.texts[number], _authors(reading, number), _title(reading, number)
        caption, bullet = reading.bodies[number].caption, reading.bodies[number].bullet
        kind = article_kind(text, authors, caption=caption, bullet=bullet, title=title, column=column)
        reading.kinds[number, column] = kind
    return reading.kinds[number, column]


def _bylines(reading: _Reading, number: int) -> list[Byline]:
    """All credits of a body, those under its headline too."""
    parts = reading.titles.get(number, [])
    under = [
        reading.head_bylines[i].byline for part in parts for i in part.blocks if i in reading.head_bylines
    ]
    return [byline for byline in under if byline is not None] + reading.bodies[number].bylines


def _authors(reading: _Reading, number: int) -> tuple[Credit, ...]:
    """The persons credited with a body's article, each once, in the order of print.

    Whoever took a picture is not credited a second time where a byline stands under its headline too.
    """
    authors = dict.fromkeys(author for byline in _bylines(reading, number) for author in byline.authors)
    if not reading.bodies[number].caption or len(authors) < 2:
        return tuple(authors)
    took = {author.name for author in authors if author.role is CreditRole.PHOTOGRAPHER}
    return tuple(a for a in authors if a.role is CreditRole.PHOTOGRAPHER or a.name not in took)


def _title(reading: _Reading, number: int) -> str:
    """The headline of a body's article in one line, "" where the page gives none."""
    return join_title([part.title for part in reading.titles.get(number, []) if part.title])


def _article(reading: _Reading, number: int) -> ArticleDraft:
    """The article of a body with its headline and credits."""
    body = reading.bodies[number]
    bylines = _bylines(reading, number)
    parts = reading.titles.get(number, [])
    # A sub-headline of the body may have been made its title.
    promoted = {id(reading.blocks[i]) for part in parts for i in part.blocks}
    own = [block for block in body.blocks if id(block) not in promoted]
    lines = ranges([line for block in own for line in block.lines], reading.following)
    heading = [reading.blocks[i] for part in parts for i in part.blocks]
    heading += [reading.head_bylines[i] for part in parts for i in part.blocks if i in reading.head_bylines]
    text = reading.texts[number]
    return ArticleDraft(
        title=_title(reading, number),
        kind=_kind(reading, number),
        body=text,
        lines=lines,
        kicker=next((part.kicker for part in parts if part.kicker), None),
        column=reading.columns.get(number),
        authors=_authors(reading, number),
        dateline=next((byline.dateline for byline in bylines if byline.dateline), None),
        reprinted_from=next((byline.reprinted_from for byline in bylines if byline.reprinted_from), None),
        heading_lines=ranges(
            sorted((line for block in heading + body.credit_blocks for line in block.lines), key=_number), {}
        ),
    )


def _number(line: SourceLine) -> int:
    """A line's number in the source."""
    return line.number


def ranges(lines: list[SourceLine], following: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Inclusive ranges of line numbers in reading order.

    `following` gives the next line that has text: blank lines between two of the lines close up.
    """
    result: list[tuple[int, int]] = []
    for line in lines:
        last = result[-1][1] if result else None
        if last is not None and line.number in (last + 1, following.get(last)):
            result[-1] = (result[-1][0], line.number)
        else:
            result.append((line.number, line.number))
    return tuple(result)


def _doubt(title: str, block: Block, candidates: tuple[str, ...]) -> Doubt:
    """A headline whose place the page leaves open; the candidates are the bodies' first words."""
    note = f"第 {block.first} 行：" + ("与两篇文字都相合" if candidates else "是标题还是小标题")
    shown = tuple(text[:24] for text in candidates)
    return Doubt(RecordKind.ARTICLE, DoubtReason.LAYOUT, title, 0, 0, note, shown)
