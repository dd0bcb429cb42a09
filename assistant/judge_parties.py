"""Everyone whom a clause names against those whom a row names: bearers, recipients, levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.judge_others import compare_others
from assistant.kinship import FORMAL, body_of, broader, has_duties_of, match_actor, relation_to
from assistant.roles import Party, Role
from assistant.slots import Fault, Fit, Row, Slot
from index.actors import Kind, Relation
from index.places import Level
from index.rules import Recipient
from index.text import Span

__all__ = ["compare_parties"]


def compare_parties(
    row: Row,
    sentence: SentenceReading,
    clause: ClauseReading,
    view: str,
    subjects: tuple[Party, ...],
) -> Iterable[Slot]:
    """Everyone whom the clause names against those whom the row names."""
    bearers: list[Slot] = []
    for party in subjects:
        if party.role not in (Role.BEARER, Role.SUBJECT):
            continue
        fit = bearer_slot(row, party, view, sentence.conduct is not None)
        if fit is None or (fit.fit is Fit.DIFFERS and _in_condition(row, party, view)):
            continue
        inherited = party not in clause.parties
        if inherited and fit.fit is Fit.DIFFERS and fit.fault is not Fault.LEVEL:
            fit = replace(fit, fit=Fit.UNSAID)  # of an earlier clause: only its level binds
        if sentence.is_denied(party.span):
            if fit.fit is Fit.AGREES:
                fit = replace(fit, fit=Fit.DIFFERS, fault=Fault.DENIED,
                              actors=tuple((b, None) for b in row.bearer_ids()))  # fmt: skip
            else:
                continue
        bearers.append(fit)
    yield from bearers
    level = _own_level(subjects)
    others = [p for p in clause.parties if p.role is Role.RECIPIENT]
    for party in others:
        if party.given and not row.rule.recipients:
            borne = bearer_slot(row, replace(party, role=Role.BEARER), view)
            if borne is not None and not sentence.is_denied(party.span):
                yield borne
            continue
        agents = [s.mention.actor for s in subjects if s.mention and s.span.end <= party.span.start]
        agents = agents or [s.mention.actor for s in subjects if s.mention]
        agent = agents[-1] if agents else None
        slot = recipient_slot(row, party, level, agent, view)
        if sentence.is_denied(party.span):
            if slot is not None and slot.fit is Fit.AGREES:
                yield replace(slot, fit=Fit.DIFFERS, fault=Fault.DENIED, actors=_right(row))
            continue
        if slot is not None:
            yield slot
    yield from compare_others(row, sentence, clause, view, subjects)


def _in_condition(row: Row, party: Party, view: str) -> bool:
    """Whether the party is named in the row's condition: those whom the rule is applied to
    (领导干部违反本办法的，由…约谈) stand first in the sentence without bearing the duty."""
    words = party.span.of(view)
    return row.rule.condition is not None and words in row.rule.condition


def _own_level(subjects: Iterable[Party]) -> Level | None:
    for party in subjects:
        if party.mention is not None and party.mention.level is not None:
            return party.mention.level
        if party.level is not None:
            return party.level
    return None


_TOPIC = re.compile(
    r"(?:也|都|均|同样|还)*(?:要|应当?|须|得|需)?(?:同时|一并|也)*(?:报告?|报送|抄送|送|请示|通报)(?:一份)?(?=[,。;:!?\n]|$)"
)


def _acts_so(act: str, view: str, party: Span, *, plain: bool) -> bool:
    """Whether the one at ``party`` is said to do ``act``: 协助的，是政法委; ``plain`` when
    政法委协助 says so too, because no level is named."""
    before = view[max(0, party.start - 60) : party.start]
    cleft = re.search(r"(?:的|者)[,，]?(?:则|就|便)?(?:应当?|必须)?是$", before.rstrip())
    return (cleft is not None and act in before) or (
        plain and act in view[party.end : party.end + 4]
    )


def bearer_slot(row: Row, party: Party, view: str, done: bool = False) -> Slot | None:
    """The one who acts, against the row's bearers; ``done`` in a story of conduct."""
    ids = row.bearer_ids()
    kind, weak = FindingKind.ACTOR, party.role is Role.SUBJECT
    right = tuple((b, None) for b in ids)
    if party.level is not None:
        levels = {row.table.get(b).level for b in ids}
        if not levels or None in levels:
            return None
        if party.level in levels:
            return Slot(kind, party.span, Fit.AGREES)
        return Slot(kind, party.span, Fit.DIFFERS, Fault.LEVEL, actors=right)
    if party.mention is None:
        if not ids or party.span.of(view) in row.around:
            return None
        return Slot(kind, party.span, Fit.DIFFERS, Fault.BEARER, actors=right)
    mention, table = party.mention, row.table
    if mention.foreign:
        return Slot(kind, party.span, Fit.SILENT)
    if not ids:
        if row.has(view, party.span) or weak:
            return None
        return Slot(kind, party.span, Fit.UNSAID)
    english = party.span.of(view).isascii()
    borne = any(match_actor(mention, b, table) for b in ids)
    if english and not borne and row.has(view, party.span):
        return None
    if borne:
        if mention.relation is not None and not _relation_fits(row, party):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.BEARER, actors=right, weak=weak)
        return Slot(kind, party.span, Fit.AGREES)
    others = [(n.actor, n.relation) for n in row.named(english)]
    others += [(r.actor, r.relation) for r in row.rule.recipients]
    if done and any(
        (match_actor(mention, a, table) or body_of(mention, a, table))
        and mention.relation in (None, relation)
        for a, relation in others
    ):
        return None  # a story tells what the others did as well
    if any(broader(mention, b, table) for b in ids):
        if mention.relation is Relation.HIGHER and not _relation_fits(row, party):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.BEARER, actors=right, weak=weak)
        if party.every and all(table.get(b).level is not None for b in ids):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.LEVEL, actors=right)
        return Slot(kind, party.span, Fit.NEUTRAL)
    if row.has(view, party.span):
        return None
    after = view[party.span.end : party.span.end + 40]
    for named in row.named(english):
        act = row.quote[named.span.end : named.span.end + 2]
        inner = match_actor(mention, named.actor, table) and not english and len(act) == 2
        if (
            inner
            and named.span.of(row.quote)
            and _acts_so(act, view, party.span, plain=mention.level is None)
        ):
            return Slot(kind, party.span, Fit.AGREES)  # 党委建立政法委协助的机制: 政法委 assists
    if _TOPIC.match(after) and any(
        match_actor(mention, r.actor, table) or broader(mention, r.actor, table)
        for r in row.rule.recipients
    ):
        return None  # 同级党委要报: to whom, not who
    relative = re.match(r"[^,。;]{1,8}的", view[party.span.end : party.span.end + 9])
    if relative and any(match_actor(mention, n.actor, table) for n in row.named(english)):
        return None  # 由党委统筹的重大事项: said of the matter, in the row as well
    if weak and any(
        mention.level in (None, n.level)
        and (match_actor(mention, n.actor, table) or broader(mention, n.actor, table))
        for n in row.named(english)
    ):
        return None  # another of those whom the row names: its object, perhaps
    if table.get(mention.actor).kind not in FORMAL and weak:
        return None
    if mention.relation is not None and any(
        mention.relation is n.relation and match_actor(mention, n.actor, table)
        for n in row.named(english)
    ):
        return None  # 同级政法单位也在内: another whom the row names
    if weak and mention.relation is not None:
        return None  # 同级甲, 下级乙: beside somebody else, who acts
    if weak and all(table.get(b).kind is Kind.PERSONS for b in ids):
        return None  # 旗法院老李: the body of the one who is meant
    same_family = any(table.get(b).id.split(".")[0] == mention.actor.split(".")[0] for b in ids)
    fault = Fault.LEVEL if same_family else Fault.BEARER
    return Slot(kind, party.span, Fit.DIFFERS, fault, actors=right, weak=weak and not same_family)


def _relation_fits(row: Row, party: Party) -> bool:
    """上级X may bear a duty only where the row says so; 下级 and 同级 are harmless."""
    assert party.mention is not None
    if party.mention.relation is not Relation.HIGHER:
        return True
    return bool(row.rule.pairs)


def recipient_slot(
    row: Row, party: Party, own: Level | None, agent: str | None, view: str
) -> Slot | None:
    """The one reported to, against the row's recipients."""
    kind = FindingKind.RECIPIENT
    recipients = _recipients(row, agent)
    right = _right(row, recipients)
    if party.mention is None:
        if not recipients or party.span.of(view) in row.around:
            return None
        return Slot(kind, party.span, Fit.DIFFERS, Fault.RECIPIENT, actors=right)
    mention, table = party.mention, row.table
    if mention.foreign:
        return Slot(kind, party.span, Fit.SILENT)
    if not recipients:
        english = party.span.of(view).isascii()
        named = any(match_actor(mention, n.actor, table) for n in row.named(english))
        return Slot(kind, party.span, Fit.NEUTRAL if named else Fit.UNSAID)
    english = party.span.of(view).isascii()
    relation = relation_to(mention, own)
    open_ = False
    for recipient in recipients:
        same = match_actor(mention, recipient.actor, table)
        if not same and broader(mention, recipient.actor, table):
            if mention.relation is not None and table.get(recipient.actor).level is not None:
                open_ = True  # 同级政法委 may or may not be the region's
                continue
            same = True
        if not same and recipient.actor == "party-org.higher":
            same = relation is Relation.HIGHER and table.get(mention.actor).kind is Kind.PARTY
            same = same or mention.actor in ("party-org", "party-centre")
        if not same:
            continue
        if (
            recipient.relation is not None
            and relation is not None
            and relation is not recipient.relation
        ):
            continue
        return Slot(kind, party.span, Fit.AGREES)
    if open_:
        return Slot(kind, party.span, Fit.SILENT)
    if row.has(view, party.span):
        return Slot(kind, party.span, Fit.NEUTRAL)
    # 上级政法单位 beside 同级政法委: named in the row, if not as its recipient
    if any(
        match_actor(mention, n.actor, table) and (relation is None or n.relation is relation)
        for n in row.named(english)
    ) and not any(match_actor(mention, b, table) for b in row.bearer_ids()):
        return Slot(kind, party.span, Fit.NEUTRAL)
    return Slot(kind, party.span, Fit.DIFFERS, Fault.RECIPIENT, actors=right)


def _recipients(row: Row, agent: str | None) -> tuple[Recipient, ...]:
    if row.rule.pairs and agent is not None and agent in row.table:
        paired = tuple(r for b, r in row.rule.pairs if has_duties_of(row.table, agent, b))
        if paired:
            return paired
    return row.rule.recipients


def _right(
    row: Row, recipients: tuple[Recipient, ...] | None = None
) -> tuple[tuple[str, Relation | None], ...]:
    chosen = row.rule.recipients if recipients is None else recipients
    return tuple((r.actor, r.relation) for r in chosen)
