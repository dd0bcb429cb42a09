"""Whose duties are meant: a body named by id or in words, and which rows it has to keep.

>>> from assistant.knowledge import load_knowledge
>>> knowledge = load_knowledge()
>>> saihan = read_subject("赛罕区委政法委", knowledge.actors)
>>> saihan.actor, str(saihan.level), saihan.place
('commission.banner', 'banner', '赛罕区')
>>> [bears(saihan, knowledge.rules.get(id), knowledge.actors) for id in ("r17.2", "r16.2", "r34.3")]
[True, False, True]
>>> read_subject("北京市委政法委", knowledge.actors)
Traceback (most recent call last):
index.errors.ActorError: "北京市委政法委" is outside the region that the regulation is for; name a body of it, for example 旗县党委政法委 or 赛罕区委政法委
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass

from assistant.kinship import has_duties_of
from assistant.knowledge import Knowledge
from assistant.said import Said
from index.actors import ActorTable
from index.errors import ActorError, InputError
from index.limits import LimitKind
from index.places import Level
from index.rules import Modality, Rule
from index.text import Script, convert

__all__ = ["Subject", "bears", "heir_of", "is_duty", "read_subject", "recurring_bearers"]

_UNBOUND = (Modality.MAY, Modality.IS)
_EXAMPLE = "name a body of it, for example 旗县党委政法委 or 赛罕区委政法委"
# Parts that any political and legal organ may come to play, not bodies of their own.
_ROLES = frozenset({"organ.local", "organ.inspected"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A body whose duties are asked for."""

    actor: str
    """Most specific id: ``commission.banner`` for 赛罕区委政法委."""
    level: Level | None
    place: str | None
    name: Said
    """As it was named where that was in words, else the table's name."""


def read_subject(text: str, actors: ActorTable) -> Subject:
    """The one body that ``text`` names: by id (commission.banner), by kind (旗县党委政法委)
    or by place (赛罕区委政法委).

    Raises :class:`InputError` for an empty text, :class:`ActorError` for one that names no
    body, several, or one elsewhere.
    """
    written = " ".join(text.split())
    if not written:
        raise InputError("", "no body is named", _EXAMPLE.replace("of it, ", ""))
    shown = written[:40]
    if written in actors:
        actor = actors.get(written)
        return Subject(actor.id, actor.level, None, Said(actor.name, actor.en))
    found = actors.find(written)
    if len(found) != 1:
        fault = "names more than one body" if found else "is no body of the regulation"
        raise ActorError("", f'"{shown}" {fault}', _EXAMPLE)
    mention = found[0]
    rest = (written[: mention.span.start] + written[mention.span.end :]).strip(" 的，。,.")
    if rest.lower() not in ("", "the", "各", "某"):
        left = f'"{rest[:40]}" is left over beside "{mention.span.of(written)[:40]}"'
        raise ActorError("", left, _EXAMPLE)
    if mention.foreign:
        fault = f'"{shown}" is outside the region that the regulation is for'
        raise ActorError("", fault, _EXAMPLE)
    actor = actors.get(mention.actor)
    own = Said(actor.name, actor.en)
    if mention.place:
        own = Said(f"{actor.name}（{mention.place}）", f"{actor.en} ({mention.place})")
    words = mention.span.of(written)
    chinese = Said(convert(words, Script.SIMPLIFIED), own.en)
    name = Said(own.zh, words) if words.isascii() else chinese
    return Subject(actor.id, mention.level, mention.place, name)


def heir_of(subject: Subject, bearer: str, actors: ActorTable) -> str | None:
    """Why ``subject`` has the duties of ``bearer``: ``own`` (it is that body, or a kind of
    it), ``group`` (organ and Party group, of which people name the one for the other),
    ``role`` (any organ may become the one inspected); None where it has not.

    A general body has no duty of one level. Who has whose duties is the checker's judgement
    too (:mod:`assistant.kinship`), but for its readiness to take a court for its president.
    """
    one, other = actors.get(subject.actor), actors.get(bearer)
    if actors.is_a(one.id, other.id):
        agree = subject.level is None or other.level is None or subject.level == other.level
        return "own" if agree else None
    if bearer in _ROLES:
        return "role" if has_duties_of(actors, one.id, "organ") else None
    paired = actors.family(bearer) in ("organ", "group")
    return "group" if paired and has_duties_of(actors, one.id, bearer) else None


def bears(subject: Subject, rule: Rule, actors: ActorTable) -> bool:
    """Whether ``subject`` has the duty of ``rule``."""
    return any(heir_of(subject, bearer, actors) for bearer in rule.bearers)


def is_duty(rule: Rule) -> bool:
    """Whether the row binds: a power (可以) or a definition does not."""
    return rule.modality not in _UNBOUND


def recurring_bearers(knowledge: Knowledge) -> tuple[str, ...]:
    """The actors to whom the rows give duties that recur, in the order of the actor table."""
    found = {
        bearer
        for rule in knowledge.rules
        if rule.time is not None and rule.time.kind is LimitKind.FREQUENCY and is_duty(rule)
        for bearer in rule.bearers
    }
    return tuple(actor.id for actor in knowledge.actors if actor.id in found)
