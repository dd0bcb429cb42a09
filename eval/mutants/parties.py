"""Parties made wrong: who, to whom, at which level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.mutants.changes import Change, Subject, put, put_others
from eval.mutants.facts import Facts, timed
from eval.mutants.markup import Slot
from index.actors import Level, Relation
from index.rules import Rule

__all__ = ["bearer", "level", "recipient", "relation"]

_BODIES: dict[str, tuple[str, str]] = {
    "government": ("人民政府", "people's government"),
    "discipline-inspection": ("纪委", "discipline inspection commission"),
    "congress": ("人大常委会", "people's congress"),
    "organisation-dept": ("党委组织部", "organisation department of the Party committee"),
    "propaganda-dept": ("党委宣传部", "publicity department of the Party committee"),
    "committee": ("党委", "Party committee"),
    "commission": ("党委政法委员会", "political and legal affairs commission"),
    "group": (
        "政法单位党组（党委）",
        "leading Party group (Party committee) of a political and legal organ",
    ),
}
_PLURALS = {
    "government": "people's governments",
    "discipline-inspection": "discipline inspection commissions",
    "congress": "people's congresses",
    "organisation-dept": "organisation departments of Party committees",
    "propaganda-dept": "publicity departments of Party committees",
    "committee": "Party committees",
    "commission": "political and legal affairs commissions",
    "group": "leading Party groups (Party committees) of political and legal organs",
}
_OFFICES = {
    "government.head": "人民政府主要负责同志",
    "court-president": "人民法院院长",
    "member.commission": "党委政法委员会委员",
    "organisation-dept": "党委组织部负责同志",
}
_PREFIX = re.compile(
    "各级|事发地|同级|上级|下级|内蒙古自治区|自治区|盟市|旗县（市、区）|旗县区|旗县"
    "|[^党委]{2,6}?[市盟旗县区](?=委|公安|人民)"
)
_LEVEL_NAMES = {
    Level.REGION: ("自治区", "regional"),
    Level.LEAGUE: ("盟市", "league/city"),
    Level.BANNER: ("旗县（市、区）", "banner/county"),
}
_PLACES = {
    Level.LEAGUE: ("鄂尔多斯市", "呼伦贝尔市", "通辽市"),
    Level.BANNER: ("赛罕区", "达拉特旗", "锡林浩特市"),
}
_ORDERS = frozenset({25, 26, 27, 28})


def bearer(subject: Subject, facts: Facts) -> Iterator[Change]:
    """党委政法委员会应当… → 人民政府应当…"""
    rule, actors = subject.rule, facts.knowledge.actors
    for mark in subject.marks(Slot.BEARER):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        kinds = {str(actors.get(b).kind) for b in rule.bearers}
        if kinds & {"persons", "text"}:
            continue
        said = subject.said(mark.span)
        offices = "office" in kinds
        if offices and subject.lang == "en":
            continue
        words: list[str] = []
        for actor in _OFFICES if offices else _BODIES:
            if not facts.free_bearer(rule, actor):
                continue
            if actor in ("group", "committee", "commission") and not _may_swap(rule, actor):
                continue
            words.append(
                _english_body(said, actor)
                if subject.lang == "en"
                else _prefix(said) + (_OFFICES[actor] if offices else _BODIES[actor][0])
            )
        yield from put(subject, mark.span, subject.pick(words))


def _may_swap(rule: Rule, actor: str) -> bool:
    """Whether a body of the regulation itself may be named: not among the long lists of
    24 to 30, where nearly everybody reports nearly everything, nor as whose inspection it is
    (党委的政治督察): a commission is its committee's."""
    article = rule.provision.article
    return article not in _ORDERS | {24, 29, 30, 38, 45} and not (
        actor == "committee" and article in range(40, 44)
    )


def _prefix(said: str) -> str:
    found = _PREFIX.match(said)
    return found[0] if found is not None else ""


def _english_body(said: str, actor: str) -> str:
    """``actor`` in the number, case and level of ``said``."""
    name = _BODIES[actor][1]
    level = next((en for _, en in _LEVEL_NAMES.values() if en in said), "")
    plural = said.split(" ")[0] in ("Political", "political", "Party") and "ommissions" in said
    plural = plural or said.startswith("Party committees")
    if plural:
        words = _PLURALS[actor]
    else:
        article = "the" if said[:1] in "Tt" else "a"
        words = f"{article} {level + ' ' if level else ''}{name}"
        words = re.sub(r"^a (?=[aeio])", "an ", words)
    return words[0].upper() + words[1:] if said[0].isupper() else words


_RELATIONS = {"同级": Relation.SAME, "上级": Relation.HIGHER, "下级": Relation.LOWER}


def recipient(subject: Subject, facts: Facts) -> Iterator[Change]:
    """向同级党委报告 → 向同级人民政府报告."""
    for mark in subject.marks(Slot.RECIPIENT):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        said = subject.said(mark.span)
        if subject.lang == "en":
            bodies = [
                _BODIES[a][1]
                for a in ("government", "discipline-inspection", "congress")
                if facts.free_recipient(subject.rule, a, None)
            ]
            if "'s " in said:
                bodies = [f"{said.split(chr(39))[0]}'s {b}" for b in bodies]
            yield from put(subject, mark.span, subject.pick(bodies))
            continue
        prefix = _prefix(said)
        relation = _RELATIONS.get(prefix)
        words = [
            prefix + name
            for actor, (name, _) in _BODIES.items()
            if facts.free_recipient(subject.rule, actor, relation)
            # with a number, no other row of the regulation can owe the same
            and (actor not in ("committee", "commission", "group") or timed(subject.rule))
            and actor != "propaganda-dept"
        ]
        yield from put(subject, mark.span, subject.pick(words))


def relation(subject: Subject, facts: Facts) -> Iterator[Change]:
    """同级 → 上级."""
    for mark in subject.marks(Slot.RELATION):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        said = subject.said(mark.span)
        rule = subject.rule
        names = {"同级": "same", "上级": "higher", "下级": "lower"}
        orders = rule.provision.article in _ORDERS
        words: list[str] = []
        for name, kind in _RELATIONS.items():
            # what is owed to a higher level is often owed to the next as well
            if name == said or (orders and kind is not Relation.LOWER):
                continue
            if not facts.free_relation(rule, kind):
                continue
            words.append(name)
        if subject.lang == "en":
            tail = "-level" if said.endswith("-level") else ""
            words = [w for w in (names[n] + tail for n in words) if w != said]
        yield from put(subject, mark.span, subject.pick(words))


def level(subject: Subject, facts: Facts) -> Iterator[Change]:
    """盟市党委政法委员会 → 旗县（市、区）党委政法委员会."""
    bearers = list(subject.marks(Slot.BEARER))
    for mark in subject.marks(Slot.LEVEL):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        said = subject.said(mark.span)
        own = any(b.span.contains(mark.span) for b in bearers)
        mine = _level_of(said, facts)
        words: list[str] = []
        for other in _LEVEL_NAMES:
            if other is not mine and (not own or facts.free_level(subject.rule, other)):
                words += _names_at(other, said)
        yield from put(subject, mark.span, subject.pick(words))


_WORDS = {"自治区": Level.REGION, "内蒙古": Level.REGION, "盟市": Level.LEAGUE}
_WORDS_EN = {"regional": Level.REGION, "autonomous region": Level.REGION}


def _level_of(said: str, facts: Facts) -> Level | None:
    for words, found in {**_WORDS, **_WORDS_EN}.items():
        if said == words:
            return found
    if said.startswith(("旗县", "banner")):
        return Level.BANNER
    if said.startswith("league"):
        return Level.LEAGUE
    (place,) = facts.knowledge.actors.find_places(said)
    return place.level


def _names_at(level: Level, said: str) -> tuple[str, ...]:
    """What may stand for ``said`` at ``level``: a place for a place."""
    chinese, english = _LEVEL_NAMES[level]
    if said.isascii():
        return (english.split("/")[0] if said == "autonomous region" else english,)
    if said not in _WORDS and not said.startswith("旗县"):
        return _PLACES.get(level, ())
    return (chinese,)
