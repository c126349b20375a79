"""Who carries an undertaking out, where, and since when: read from the words around its name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from importers.extract.context import ArticleContext, LocatedName
from importers.extract.dates.find import IssueDate
from importers.extract.initiatives.beginnings import sentence_at, started
from importers.extract.initiatives.merging import Undertaking
from importers.extract.initiatives.quoted import Candidate
from importers.extract.initiatives.subjects import Subject
from importers.extract.records import DateText, OrganisationMention
from importers.extract.text import BodyText, plain_form
from kb.vocabulary import PlaceLevel

_STOP = re.compile("[。！？；\n]")
_HOSTS = re.compile("(?:等?(?:联合|共同)?)(?:主办|承办|举办|发起|组织|牵头|开展|实施|打造|创办)")
_DIRECT_LINK = re.compile(
    "的?|(?:联合|共同|集中|精心)?(?:开展|举办|推出|组织|打造|创建|创新|实施|推行|设立|发起)(?:了|的)?"
)
_VISITED = re.compile("(?:走进|来到|前往|深入|赴|在|到|向|为|对|依托|参观|督促|邀请|帮助|指导|参加|做好)了?$")
_BY_PLAN = re.compile("(?:按照|根据|按|依照)$")
_ARRANGED = re.compile("的?统一(?:安排|部署|组织|要求)")
_WHERE = re.compile("(?:在|赴|走进|来到|前往|深入|位于|进)$")
_APART = re.compile("[，。；：、“”]")
# 一场“甲乙”读书会在丙社区举行: it is told behind the name where it was held.
_HELD_IN = re.compile("”?[^，。；！？：“”\n在]{0,12}在$")
_HELD = re.compile("[^，。；！？：“”\n]{0,16}(?:举行|举办|召开|启动|开展|上演|开讲|开课|开赛)")

# 甲镇推行…, 乙街道还组织…; 甲镇中心小学, 乙街道执法队 are bodies of another name.
_ACTS = re.compile(
    "[，“还也则又将先把以从在为因针围立依按坚积持深聚紧探推打举启搭构邀整引抓]|建[立起成设]|开[展设启]|实[施行]|设[立置]|成立|创[新建办]|通过|联合|携手|会同|与"
    "|结合|组[织建]|全[面力]|大力|不断|发[挥动起布]|制[定作]"
)

_USED = re.compile("(?:^|[，。；！？\n])(?:依托|通过|利用|借助|以|围绕|按照|运用)[^，。；！？“”\n]{0,6}$")
# 街道推出“乙丙”: the one township that the article is about.
_BARE_TOWNSHIP = re.compile(
    "(?:^|[，。；！？\n])(?:该?街道|镇里|镇上|乡里|苏木|该[镇乡])(?:还|又|则|也)?(?:联合[^，。；！？\n]{2,16}?)?(?:推[出行]|打造|创[新建]|开[展设]|建[立起成]|实施|设立|探索|启动)[^，。；！？\n]{0,12}$"
)
_REGIONAL = re.compile("(?:自治区|全区|全国)(?:党委|政府)?(?:级的?|组织|统一|部署|开展|实施|推行){0,3}的?$")


class Facts(Struct, frozen=True):
    """What the words around tell of an undertaking."""

    organisers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    city: str | None = None
    started: DateText | None = None


class Surroundings:
    """The text around the names of one article: who acts in it, and where."""

    def __init__(
        self,
        text: BodyText,
        context: ArticleContext,
        organisations: tuple[OrganisationMention, ...],
        acting: Sequence[Subject],
    ) -> None:
        """Puts in order who acts in each clause, once for all names."""
        self.text = text
        self.context = context
        self.organisations = organisations
        self.acting = acting
        self._starts = [s.start for s in self.acting]
        self._issue = IssueDate.parse(context.page.issue_date or context.page.year)
        self._ends = [o.end for o in organisations]
        self._named = [name.start for name in context.names]
        self._by_name = {o.name: o for o in organisations}
        self._protagonist = self._first_of_all()

    def facts(self, undertaking: Undertaking) -> Facts:
        """Organisers, places, city and beginning, from the first mention that tells each."""
        found = undertaking.found
        if undertaking.nationwide:
            return Facts()
        organisers = (
            next(filter(None, map(self._near, found)), ())
            or self._of_repeats(undertaking)
            or next(filter(None, map(self._township, found)), ())
            or next(filter(None, map(self._after, found)), ())
            or next(filter(None, map(self._others, found)), ())
            or self._only_actor(undertaking)
        )
        places = next(filter(None, map(self.places, found)), ())
        dates = (started(c, self.text, self._issue, undertaking.kind) for c in found)
        begun = next(filter(None, dates), None)
        return Facts(organisers, places, self.city(found), begun)

    def _after(self, found: Candidate) -> tuple[str, ...]:
        """Who acts next in its paragraph where nobody acts before it: 这样的小屋叫“…”。甲社区党委把…."""
        index = bisect_left(self._starts, found.end)
        if self._in_paragraph(found.start) is not None or index == len(self.acting):
            return ()
        same = self.text.plain.find("\n", found.end, self._starts[index]) < 0
        return self.acting[index].organisers if same else ()

    def _near(self, found: Candidate) -> tuple[str, ...]:
        """Who sets it up by the words of its paragraph, where somebody acts in it."""
        told = self._named_hosts(found) or self._right_before(found)
        return self._others(found) if told or self._in_paragraph(found.start) else ()

    def _others(self, found: Candidate) -> tuple[str, ...]:
        """Who sets it up; a school or a team that bears the name does not set itself up."""
        return tuple(name for name in self.organisers(found) if name.strip("“”") != found.core)

    def organisers(self, found: Candidate) -> tuple[str, ...]:
        """Canonical names of who sets it up: the hosts named after it, those right before, else who acts."""
        told = self._named_hosts(found) or self._right_before(found)
        if told or self._is_a_places(found.start):
            return told
        start, _ = sentence_at(self.text, found.start)
        subject = self._using(found) or self.subject(found.start)
        if subject is None or subject.start < start:
            told = self._arranging(start, found.start)
        return told or (subject.organisers if subject else ())

    def _is_a_places(self, start: int) -> bool:
        """Whether a name is said to be a place's (甲嘎查的“乙营地”) in a paragraph where nobody acts."""
        index = bisect_left(self._named, start) - 1
        near = (
            index >= 0 and self.context.names[index].end == start - 1 and self.text.plain[start - 1] == "的"
        )
        return near and self._in_paragraph(start) is None

    def _arranging(self, start: int, end: int) -> tuple[str, ...]:
        """Who has arranged what a sentence tells of: 按照旗委组织部统一安排，此次活动的主题是“…”."""
        plain = self.text.plain
        first = bisect_right(self._ends, start)
        for organisation in self.organisations[first : first + 3]:
            if organisation.end <= end and _ARRANGED.match(plain, organisation.end):
                return (organisation.name,) if _BY_PLAN.search(plain, start, organisation.start) else ()
        return ()

    def _of_repeats(self, undertaking: Undertaking) -> tuple[str, ...]:
        """Who acts where the name is only repeated; for names that just a place acts upon elsewhere."""
        acting = (self._in_paragraph(start) for start, _ in undertaking.repeated)
        return next((s.organisers for s in acting if s and s.organisers), ())

    def _only_actor(self, undertaking: Undertaking) -> tuple[str, ...]:
        """The one body that acts in the whole article, for what its headline names."""
        if f"“{undertaking.found[0].core}”" not in plain_form(self.context.draft.title):
            return ()
        core = undertaking.found[0].core
        bodies = {s.organisers for s in self.acting if s.organisers and core not in "".join(s.organisers)}
        return bodies.pop() if len(bodies) == 1 else ()

    def _township(self, found: Candidate) -> tuple[str, ...]:
        """The township-level place that acts, as a body: 甲旗乙镇推行“…”; a banner or city is none."""
        own = self.context.township
        bare = _BARE_TOWNSHIP.search(self.text.plain, max(0, found.start - 40), found.start) if own else None
        if own is not None and bare is not None:
            first, last = bisect_right(self._ends, bare.start()), bisect_right(self._ends, found.start)
            joined = (o.name for o in self.organisations[first:last] if o.start > bare.start())
            county = own.parent if own.parent and own.parent != own.city else ""
            return tuple(dict.fromkeys((f"{county}{own.official}", *joined)))
        subject = self._using(found) or self.subject(found.start)
        if subject is None or subject.place is None or subject.organisers:
            return ()
        location = subject.place.location
        acts = _ACTS.match(self.text.plain, subject.end)
        if location.level != PlaceLevel.TOWNSHIP or not acts:
            return ()
        above = location.parent if location.parent != location.city else None
        return (f"{above or ''}{location.official}",)

    def _using(self, found: Candidate) -> Subject | None:
        """Who acts right behind a clause that opens with the name: 依托“…”平台，甲局…."""
        end = found.head.end if found.head else found.end
        if not _USED.search(self.text.plain, max(0, found.start - 12), found.start):
            return None
        index = bisect_right(self._starts, end)
        near = index < len(self.acting) and self._starts[index] <= end + 1
        return self.acting[index] if near and self.text.plain.startswith("，", end) else None

    def _named_hosts(self, found: Candidate) -> tuple[str, ...]:
        """Who hosts it by the words after its name: “…”活动由甲局、乙局主办."""
        by = self.text.plain.find("由", found.end, found.end + 24)
        if by < 0 or _STOP.search(self.text.plain, found.end, by):
            return ()
        index = bisect_right(self._ends, by)
        near = [o for o in self.organisations[index : index + 6] if by < o.start < by + 60]
        if not near or near[0].start != by + 1 or not _HOSTS.match(self.text.plain, near[-1].end):
            return ()
        return tuple(dict.fromkeys(o.name for o in near))

    def _right_before(self, found: Candidate) -> tuple[str, ...]:
        """Who stands right before its name: 甲公司“…”主题党日活动, 甲局推出的“…”."""
        index = bisect_right(self._ends, found.start) - 1
        if index < 0 or self._ends[index] < found.start - 8:
            return ()
        organisation = self.organisations[index]
        visited = _VISITED.search(self.text.plain, max(0, organisation.start - 3), organisation.start)
        if visited or not _DIRECT_LINK.fullmatch(self.text.plain, organisation.end, found.start):
            return ()
        subject = self.subject(organisation.start + 1)
        return subject.organisers if subject and subject.end >= organisation.end else (organisation.name,)

    def subject(self, pos: int) -> Subject | None:
        """Who acts at a position: the last subject of the paragraph before it, else the article's own."""
        return self._in_paragraph(pos) or self._protagonist

    def _in_paragraph(self, pos: int) -> Subject | None:
        """Who acts at a position by the words of its own paragraph."""
        index = bisect_right(self._starts, pos - 1) - 1
        if index >= 0 and self.text.plain.find("\n", self._starts[index], pos) < 0:
            return self.acting[index]
        return None

    def _first_of_all(self) -> Subject | None:
        """Who the article is about: whom its kicker names, else its first subject."""
        kicker = self.context.draft.kicker
        if kicker:
            for organisation in self.organisations:
                if kicker in (organisation.name, organisation.surface):
                    return Subject(organisation.start, organisation.end, (organisation.name,))
        return self.acting[0] if self.acting else None

    def places(self, found: Candidate) -> tuple[str, ...]:
        """Official names of where it is carried out: 在… before it, else where those who act are."""
        told = self._told_place(found)
        if told:
            return (told.location.official,)
        organisers = self.organisers(found)
        named = (self._by_name[name].place for name in organisers)
        subject = None if organisers else self.subject(found.start)
        acting = subject.place.location.official if subject and subject.place else None
        return tuple(dict.fromkeys(place for place in (*named, acting) if place))

    def _told_place(self, found: Candidate) -> LocatedName | None:
        """The place that 在 or 走进 names in its sentence before it: in 在甲街道办事处乙社区 the last."""
        start, _ = sentence_at(self.text, found.start)
        first, last = bisect_left(self._named, start), bisect_right(self._named, found.start)
        told = None
        for name in self.context.names[first:last][-12:]:
            if name.end > found.start:
                break
            leads = _WHERE.search(self.text.plain, max(0, name.start - 2), name.start)
            if leads or (told and not _APART.search(self.text.plain, told.end, name.start)):
                told = name
        return told or self._held_in(found, bisect_left(self._named, found.end))

    def _held_in(self, found: Candidate, first: int) -> LocatedName | None:
        """The last of the places side by side behind its name in which it was held."""
        names = self.context.names[first : first + 6]
        if not names or not _HELD_IN.fullmatch(self.text.plain, found.end, names[0].start):
            return None
        last = names[0]
        for name in names[1:]:
            last = name if name.start == last.end else last
        return last if _HELD.match(self.text.plain, last.end) else None

    def city(self, found: tuple[Candidate, ...]) -> str | None:
        """The city it belongs to: the article's, unless the autonomous region sets it up."""
        if any(regional(c, self.text) for c in found):
            return None
        subject = self.subject(found[0].start)
        if (
            subject
            and subject.place
            and not subject.organisers
            and subject.place.location.level == PlaceLevel.REGION
        ):
            return None
        return self.context.city.official if self.context.city else self._city_of(subject)

    def _city_of(self, subject: Subject | None) -> str | None:
        """The one city of the acting organisations."""
        names = subject.organisers if subject else ()
        cities = {self._by_name[name].city for name in names} - {None}
        return cities.pop() if len(cities) == 1 else None


def regional(found: Candidate, text: BodyText) -> bool:
    """Whether it is the autonomous region's: 自治区“…”活动, 自治区开展的“…”活动."""
    left = text.plain[max(0, found.start - 10) : found.start]
    return bool(_REGIONAL.search(left))
