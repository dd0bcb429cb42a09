"""Whether the one whom a text names is the one whom a row names, or a kind of it."""

from __future__ import annotations

import functools

from index.actors import ActorMention, ActorTable, Kind, Relation
from index.places import Level

__all__ = ["FORMAL", "body_of", "broader", "has_duties_of", "match_actor", "relation_to"]

FORMAL = frozenset({Kind.PARTY, Kind.ORGAN, Kind.GROUP, Kind.OFFICE, Kind.OUTSIDE, Kind.BODY})
"""Kinds of bodies and offices that stand for themselves, and are no group of persons."""


def _levels_agree(mention: ActorMention, actor: str, table: ActorTable) -> bool:
    level = table.get(actor).level
    return mention.level is None or level is None or mention.level == level


@functools.lru_cache(maxsize=4096)
def has_duties_of(table: ActorTable, one: str, two: str) -> bool:
    """Whether ``one`` has the duties of ``two``: a kind of it, or the organ whose Party group
    it is (people name the court where the text names its Party group)."""
    if one not in table or two not in table:
        return False
    if table.is_a(one, two):
        return True
    for organ, group in (("organ", "group"), ("group", "organ")):
        if table.is_a(one, organ) and table.get(two).id.split(".")[0] == group:
            level = table.get(two).level
            return level is None or level == table.get(one).level
    return False


def match_actor(mention: ActorMention, actor: str, table: ActorTable) -> bool:
    """Whether the one named has the role that the text gives to ``actor``."""
    if mention.actor == "party-org" and mention.relation is Relation.HIGHER:
        return actor == "party-org.higher"
    if actor == "organ.local" and has_duties_of(table, mention.actor, "organ"):
        return True  # whichever organ it is: it is the one of the place
    return has_duties_of(table, mention.actor, actor) and _levels_agree(mention, actor, table)


def body_of(mention: ActorMention, actor: str, table: ActorTable) -> bool:
    """Whether the one named is the body that ``actor`` belongs to: 党组 for its 领导班子."""
    body = actor.split(".")[0]
    return body != actor and body in table and match_actor(mention, body, table)


def broader(mention: ActorMention, actor: str, table: ActorTable) -> bool:
    """Whether the one named is more general than ``actor``: 政法委 for 盟市党委政法委."""
    if mention.actor not in table or actor not in table:
        return False
    family = actor.split(".")[0]
    if mention.actor == family and mention.level is None and family in ("organ", "party-org"):
        return True  # 单位 for 被监督检查单位
    return has_duties_of(table, actor, mention.actor) and _levels_agree(mention, actor, table)


_ORDER = {Level.CENTRAL: 0, Level.REGION: 1, Level.LEAGUE: 2, Level.BANNER: 3, Level.TOWNSHIP: 4}


def relation_to(mention: ActorMention, own: Level | None) -> Relation | None:
    """同级, 上级 or 下级, as the mention says or as its level is to ``own``."""
    if mention.relation is not None:
        return mention.relation
    if own is None or mention.level is None:
        return None
    mine, other = _ORDER[own], _ORDER[mention.level]
    if mine == other:
        return Relation.SAME
    return Relation.HIGHER if other < mine else Relation.LOWER
