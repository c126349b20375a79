"""Whose a figure is: the body that acts last before it in its sentence, or the one that the heading names.

`甲局走访12户，乙局走访9户`: each its own. `组建“某某队”，宣讲46场`: what is set up acts from there on.
`公司建成3座`: the company named before. A place or several bodies that act together leave it open, and so do
counted persons who act themselves (`，40名党员参加`): a wrong body is worse than none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec import Struct

from importers.extract.context import ArticleContext
from importers.extract.initiatives.subjects import Subject
from importers.extract.metrics.figures import Figure
from importers.extract.records import OrganisationMention
from importers.extract.text import plain_form

# 甲局、乙局等: the bodies before a figure that it counts.
_ETC = re.compile(r"[^，。；！？\n]{0,4}等")
_LISTED = re.compile(r"[、和与及]|以及")
_SETS_UP = re.compile(r"(?:组建|成立|组成)(?:了|(?P<of>的))?“?$")
_SET_UP_SIGNS = frozenset("建立成了的“")
_FARTHEST_SET_UP = 4
_CLAUSE_ENDS = frozenset("，。；！？：\n ") | {""}
# 抽调47名骨干，组建: those who are counted make up what is set up next.
_PERSONS = frozenset("名人位")
_CHOSEN = re.compile("(?:抽调|抽选|挑选|选聘|遴选|招募|选派)$")
_MUSTERED = re.compile(r"[^，。；！？\n]{0,16}，(?:组建|成立|组成)了?“?")
# 截至目前，共走进64家: the sentence goes on about the body that the heading names.
_GOES_ON = re.compile(
    r"(?:仅|截至|截止|今年|去年|近年|目前|同时|此外|累计|几年|一年|[\d一二三四五六七八九十两]+(?:年|个月))"
)
# 组建9支“某某队”: a name in quotes within a clause is no subject.
_QUOTED_OBJECT = re.compile(r"[^，。；！？：\n ]“$")
_THIS = frozenset("该我本")
# 公司建成…: the company named before. 26名队员为居民体检, 全镇评出: they act, and no body that is known.
# A search that begins with one of few signs is much faster than one that looks back from every sign.
_WORDS = re.compile(
    r"[，。；！？\n前来](?=[公集合联社服宣小调协首约近\d一二三四五六七八九十百千万数余多全各村嘎居牧农群党队])"
    r"(?:(?P<kind>公司|集团|合作社|联合社|社区|服务队|宣讲队|宣讲团|小分队|调解团|协会)"
    r"(?![里内的、和党]|书记|居民|居委|干部|成员|队员|负责|主任|工作|服务|网格|治理|建设|党员|民警|志愿)"
    r"|(?<![前来])(?:首批|约|近)?[\d一二三四五六七八九十百千万数余多]+[名位人](?![次均])"
    r"|全[旗县市区盟镇乡村]|各[级地]|(?:村|嘎查)(?:里|“两委”|集体)"
    r"|(?:[居村牧农]民|群众|党员|队员)(?![^，。；！？\n]{0,3}率))"
)
# 这样的书屋甲党委目前打造了4处: what is counted comes first, the body acts in this clause alone.
_ACTS_THERE = re.compile(r"(?:目前|现已|已|共|先后|累计)[^，。；！？\n]*")
_ACTS_THERE_SIGNS = frozenset("目现已共先累")
_TOUCHED = re.compile(r"[向对与和为给由同在、的]$|落实$|贯彻$|执行$|按照$|根据$|联合$|会同$|据$")


_SENTENCE_END = re.compile("[。！？\n]")


class _Actor(Struct, frozen=True):
    """From `start` on a body acts, or somebody who is none that is known."""

    start: int
    name: str | None


class Bodies(Struct, frozen=True):
    """Those who act in an article, in order, ready to be asked whose a figure is."""

    plain: str
    organisations: tuple[OrganisationMention, ...]
    starts: tuple[int, ...]
    actors: tuple[_Actor, ...]
    actor_starts: tuple[int, ...]
    home: str | None
    """The one body that the line above the headline names."""

    @classmethod
    def of(
        cls,
        plain: str,
        context: ArticleContext,
        organisations: tuple[OrganisationMention, ...],
        acting: Iterable[Subject],
    ) -> "Bodies":
        """The actors of an article; `organisations` in order of their start."""
        if not organisations:
            return cls(plain, (), (), (), (), None)
        found = (
            *_subjects(plain, acting),
            *_set_up(plain, organisations),
            *_behind(plain, organisations),
            *_told_by_words(plain, organisations),
        )
        actors = tuple(sorted(found, key=lambda actor: actor.start))
        return cls(
            plain,
            organisations,
            tuple(body.start for body in organisations),
            actors,
            tuple(actor.start for actor in actors),
            _home(context, organisations),
        )

    def of_figure(self, figure: Figure, sentence: int) -> str | None:
        """Name of the body whose figure this is, or None."""
        if not self.organisations:
            return None
        if body := self._made_up_by(figure):
            return body
        at = bisect_left(self.actor_starts, self._before_counted(figure)) - 1
        if at >= 0 and self.actor_starts[at] >= sentence:
            return self.actors[at].name
        return self.home if self.home and _GOES_ON.match(self.plain, sentence) else None

    def _made_up_by(self, figure: Figure) -> str | None:
        """Name of the body that the next clause sets up of the persons that a figure counts."""
        if figure.unit[:1] not in _PERSONS or not _CHOSEN.search(
            self.plain, max(0, figure.start - 2), figure.start
        ):
            return None
        mustered = _MUSTERED.match(self.plain, figure.end)
        # The match may have taken the quote with which the name begins.
        at = bisect_left(self.starts, mustered.end() - 1) if mustered else len(self.starts)
        is_next = mustered and at < len(self.starts) and self.starts[at] <= mustered.end()
        return self.organisations[at].name if is_next else None

    def _before_counted(self, figure: Figure) -> int:
        """Before where those stand who may act: the figure, or bodies that it counts (`甲局、乙局等6家`)."""
        bodies, plain = self.organisations, self.plain
        at = bisect_left(self.starts, figure.start)
        if not at or not _ETC.fullmatch(plain, bodies[at - 1].end, figure.start):
            return figure.start + 1
        at -= 1
        while at and _LISTED.fullmatch(plain, bodies[at - 1].end, bodies[at].start):
            at -= 1
        return bodies[at].start


def _subjects(plain: str, acting: Iterable[Subject]) -> Iterator[_Actor]:
    """Those who stand where subjects stand; of several none is the one."""
    last = _Actor(0, None)
    for subject in acting:
        if _QUOTED_OBJECT.search(plain, max(0, subject.start - 2), subject.start):
            continue
        name = subject.organisers[0] if len(subject.organisers) == 1 else None
        if name and plain[subject.start] in _THIS and _interrupts(plain, last, subject.start, name):
            name = None
        last = _Actor(subject.start, name)
        yield last


def _set_up(plain: str, organisations: tuple[OrganisationMention, ...]) -> Iterator[_Actor]:
    """The bodies that a clause sets up at its end, or says to have been set up."""
    for body in organisations:
        if plain[body.start - 1 : body.start] not in _SET_UP_SIGNS:
            continue
        found = _SETS_UP.search(plain, max(0, body.start - _FARTHEST_SET_UP), body.start)
        if found and (found["of"] or plain[body.end : body.end + 1] in _CLAUSE_ENDS):
            yield _Actor(body.end, body.name)


def _behind(plain: str, organisations: tuple[OrganisationMention, ...]) -> Iterator[_Actor]:
    """The bodies that act behind what is counted, to the end of their clause."""
    for body in organisations:
        if plain[body.end : body.end + 1] not in _ACTS_THERE_SIGNS:
            continue
        clause = _ACTS_THERE.match(plain, body.end)
        before = plain[max(0, body.start - 2) : body.start]
        if clause and before[-1:] not in _CLAUSE_ENDS and not _TOUCHED.search(before):
            yield _Actor(body.start, body.name)
            yield _Actor(clause.end(), None)


def _told_by_words(plain: str, organisations: tuple[OrganisationMention, ...]) -> Iterator[_Actor]:
    """Others who act, and the bodies that `公司` and the like stand for: the last before of that kind."""
    starts = [body.start for body in organisations]
    # With a line's end before it, a word that begins the text is found like any other.
    for match in _WORDS.finditer(f"\n{plain}"):
        kind, start = match["kind"], match.start()
        if kind is None:
            yield _Actor(start, None)
        elif start not in starts:
            before = organisations[: bisect_left(starts, start)]
            yield _Actor(
                start, next((body.name for body in reversed(before) if body.name.endswith(kind)), None)
            )


def _home(context: ArticleContext, organisations: tuple[OrganisationMention, ...]) -> str | None:
    """The one body that the line above the headline names."""
    kicker = context.draft.kicker and plain_form(context.draft.kicker).strip()
    named = {body.name for body in organisations if body.name.endswith(kicker)} if kicker else set()
    return named.pop() if len(named) == 1 else None


def _interrupts(plain: str, last: _Actor, start: int, name: str) -> bool:
    """Whether another body acts in the sentence before what 该局 seems to stand for: `甲所…，该局`."""
    is_part = last.name is None or name.startswith(last.name) or last.name.startswith(name)
    return not is_part and not _SENTENCE_END.search(plain, last.start, start)
