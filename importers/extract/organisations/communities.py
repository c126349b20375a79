"""Communities that a text names as bodies: `某某社区组织党员`, not `某某社区居民`."""

import re

from importers.extract.organisations.bodies import Body, Taken
from importers.extract.organisations.ground import Ground
from importers.extract.organisations.heads import Head
from importers.extract.organisations.tails import Need, Tail
from kb.vocabulary import OrganisationCategory as Category
from kb.vocabulary import PlaceLevel

# What a community does; after its name such a word makes it the one that acts.
_ACTS = re.compile(
    "(?:还|也|又|已|正|将|先后|相继|充分|积极|主动|不断|持续|大力|深入|扎实|全面|始终|共同|及时|专门|定期|创新)?"
    "(?:以|坚持|通过|组织|开展|依托|联合|携手|会同|聚焦|整合|创新|打造|推行|推出|探索|建立|结合|着力|紧扣|围绕|立足|成立|组建|举办|召开|"
    "邀请|秉承|利用|发挥|推动|推进|实施|采取|搭建|构建|针对|把|为居民|设立|开设|动员|发动|引导|协调|统筹|启动|深化|做实|抓实|承办|获|荣获)"
)
_PARTNER = re.compile("(?:联合|携手|会同|协同)$")
# 在兴隆社区举办: the place where somebody else acts.
_SCENE = re.compile("(?:在|到|进|入|于|往|赴|回)$")
_COMMUNITY = Tail("社区", Category.COMMUNITY, Need.HEAD)


def acting_communities(ground: Ground, bodies: list[Body]) -> list[Body]:
    """A body for each place name of a community that acts or is acted with, outside other bodies' names."""
    plain, found = ground.plain, []
    taken = Taken(bodies)
    for name in ground.places.names:
        is_community = name.location.level == PlaceLevel.VILLAGE and name.surface.endswith("社区")
        if not is_community or taken.overlaps(name.start, name.end):
            continue
        if _is_scene(ground, name.start):
            continue
        if _ACTS.match(plain, name.end) or _PARTNER.search(plain, max(0, name.start - 2), name.start):
            head = ground.places.of_location(name.location, name.start, name.end)
            found.append(_acting(plain, name.start, name.end, head))
    return found


def _is_scene(ground: Ground, start: int) -> bool:
    """Whether the chain of places that a community ends stands after a word for where (`在`)."""
    start = ground.places.chain_start(start)
    return _SCENE.search(ground.plain, max(0, start - 1), start) is not None


def _acting(plain: str, start: int, end: int, head: Head) -> Body:
    """The body of a community, named with the places that the text prints before it."""
    text = plain[start:end]
    return Body(start, end, end - len("社区"), _COMMUNITY, text, Category.COMMUNITY, head.prefix, head)
