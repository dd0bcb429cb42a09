"""Everyone whom a clause names against those whom a row names: bearers, recipients, levels."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.roles import Party, Role
from assistant.slots import Fault, Fit, Row, Slot
from index.actors import ActorMention, ActorTable, Kind, Relation
from index.places import Level
from index.rules import Recipient
from index.text import Span

__all__ = ["compare_parties", "compare_thresholds", "match_actor"]


def _levels_agree(mention: ActorMention, actor: str, table: ActorTable) -> bool:
    level = table.get(actor).level
    return mention.level is None or level is None or mention.level == level


@functools.lru_cache(maxsize=4096)
def _kin(table: ActorTable, one: str, two: str) -> bool:
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
    if actor == "organ.local" and _kin(table, mention.actor, "organ"):
        return True  # whichever organ it is: it is the one of the place
    return _kin(table, mention.actor, actor) and _levels_agree(mention, actor, table)


def _of(mention: ActorMention, actor: str, table: ActorTable) -> bool:
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
    return _kin(table, actor, mention.actor) and _levels_agree(mention, actor, table)


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
    yield from _substituted(row, sentence, clause, view)
    yield from _owners(row, sentence, clause, view)
    yield from _delegates(row, sentence, clause, view)
    yield from _counterparts(row, sentence, clause, subjects)


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


_FORMAL = frozenset({Kind.PARTY, Kind.ORGAN, Kind.GROUP, Kind.OFFICE, Kind.OUTSIDE, Kind.BODY})


_TOPIC = re.compile(
    r"(?:也|都|均|同样|还)*(?:要|应当?|须|得|需)?(?:同时|一并|也)*(?:报告?|报送|抄送|送|请示|通报)(?:一份)?(?=[,。;:!?\n]|$)"
)


def _acts_so(act: str, view: str, party: Span) -> bool:
    """Whether the one at ``party`` is said to be who does ``act``: 协助的，是政法委."""
    before = view[max(0, party.start - 60) : party.start]
    cleft = re.search(r"(?:的|者)[,，]?(?:则|就|便)?(?:应当?|必须)?是$", before.rstrip())
    return cleft is not None and act in before


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
        (match_actor(mention, a, table) or _of(mention, a, table))
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
        if inner and named.span.of(row.quote) and _acts_so(act, view, party.span):
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
    if table.get(mention.actor).kind not in _FORMAL and weak:
        return None
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


_ORDER = {Level.CENTRAL: 0, Level.REGION: 1, Level.LEAGUE: 2, Level.BANNER: 3, Level.TOWNSHIP: 4}


def _relation(mention: ActorMention, own: Level | None) -> Relation | None:
    if mention.relation is not None:
        return mention.relation
    if own is None or mention.level is None:
        return None
    mine, other = _ORDER[own], _ORDER[mention.level]
    if mine == other:
        return Relation.SAME
    return Relation.HIGHER if other < mine else Relation.LOWER


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
    relation = _relation(mention, own)
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
        paired = tuple(r for b, r in row.rule.pairs if _kin(row.table, agent, b))
        if paired:
            return paired
    return row.rule.recipients


def _right(
    row: Row, recipients: tuple[Recipient, ...] | None = None
) -> tuple[tuple[str, Relation | None], ...]:
    chosen = row.rule.recipients if recipients is None else recipients
    return tuple((r.actor, r.relation) for r in chosen)


def _substituted(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """An actor in no marked role that stands where the row has another."""
    table = row.table
    english = clause.span.of(view).isascii()
    named = row.named(english)
    if not named:
        return
    here = [p for p in clause.parties if p.mention is not None and not sentence.is_denied(p.span)]
    free = [
        n
        for n in named
        if not any(
            (match_actor(p.mention, n.actor, table) or broader(p.mention, n.actor, table))
            and (n.relation is None or p.mention.relation in (None, n.relation))
            for p in here
            if p.mention is not None
        )
        and not (n.relation is None and any(_kin(table, n.actor, b) for b in row.bearer_ids()))
    ]
    if not free:
        return
    for party in here:
        assert party.mention is not None
        if party.role is not Role.OBJECT:
            continue
        mine = party.mention.relation
        relations = {
            relation
            for a, relation in (
                *((n.actor, n.relation) for n in named),
                *((b, None) for b in row.rule.bearers),
                *((r.actor, r.relation) for r in row.rule.recipients),
            )
            if a in table
            and (match_actor(party.mention, a, table) or broader(party.mention, a, table))
        }
        told = relations - {None}
        known = bool(relations) and (mine is None or not told or mine in told)
        if known or party.span.of(view) in row.around or row.has(view, party.span):
            continue
        if table.get(party.mention.actor).kind not in _FORMAL:
            continue
        right = tuple((n.actor, n.relation) for n in free[:1])
        yield Slot(FindingKind.ACTOR, party.span, Fit.DIFFERS, Fault.NAMED, actors=right, weak=True)


def _owners(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """纪委的政治督察: whose work it is, where the row tells of another's."""
    table, ids = row.table, row.bearer_ids()
    for party in clause.parties:
        mention = party.mention
        if party.role is not Role.OBJECT or mention is None or sentence.is_denied(party.span):
            continue
        what = view[party.span.end + 1 : party.span.end + 5]
        if view[party.span.end : party.span.end + 1] != "的" or f"的{what}" not in row.statement:
            continue
        owner = row.statement[: row.statement.index(f"的{what}")]
        if not any(owner.endswith(row.statement_names(b)) for b in ids):
            continue
        if table.get(mention.actor).kind in _FORMAL and not any(
            match_actor(mention, b, table) or broader(mention, b, table) for b in ids
        ):
            right = tuple((b, None) for b in ids)
            yield Slot(FindingKind.ACTOR, party.span, Fit.DIFFERS, Fault.BEARER, actors=right)


_ENTRUSTS = re.compile(r"委托(?:给|由|的)?(?:一[名位个])?(?:其他)?$")


def _delegates(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """委托副书记召集: to whom the row lets its bearer delegate."""
    table = row.table
    english = clause.span.of(view).isascii()
    for party in clause.parties:
        lead = view[max(clause.span.start, party.span.start - 6) : party.span.start]
        if party.mention is None or not _ENTRUSTS.search(lead) or sentence.is_denied(party.span):
            continue
        allowed = [
            n for n in row.named(english)
            if _ENTRUSTS.search(row.quote[max(0, n.span.start - 6) : n.span.start])
        ]  # fmt: skip
        if allowed and not any(
            match_actor(party.mention, n.actor, table) or broader(party.mention, n.actor, table)
            for n in allowed
        ):
            right = tuple((n.actor, n.relation) for n in allowed)
            yield Slot(FindingKind.ACTOR, party.span, Fit.DIFFERS, Fault.NAMED, actors=right)


def _counterparts(
    row: Row, sentence: SentenceReading, clause: ClauseReading, subjects: tuple[Party, ...]
) -> Iterable[Slot]:
    """同级, 下级 in the row, against the levels of the two that the text names: 玉泉区法院党组's
    meeting is not attended from 呼和浩特市委政法委."""
    table = row.table
    for bearer in subjects:
        own = bearer.mention
        if own is None or own.level is None or own.relation is not None:
            continue
        borne = [b for b in row.bearer_ids() if match_actor(own, b, table)]
        if not borne:
            continue
        for named in row.named(english=False):
            if named.relation is None:
                continue
            for party in _others(sentence, clause, bearer):
                other = party.mention
                assert other is not None
                if other.relation is not None or not (
                    match_actor(other, named.actor, table) or _of(other, named.actor, table)
                ):
                    continue
                relation = _relation(other, own.level)
                if relation is not None and relation is not named.relation:
                    yield Slot(
                        FindingKind.ACTOR, bearer.span, Fit.DIFFERS, Fault.LEVEL,
                        actors=((borne[0], _MIRROR[named.relation]),),
                    )  # fmt: skip
                    return


_MIRROR = {
    Relation.SAME: Relation.SAME, Relation.HIGHER: Relation.LOWER, Relation.LOWER: Relation.HIGHER,
}  # fmt: skip


def _others(sentence: SentenceReading, clause: ClauseReading, bearer: Party) -> Iterable[Party]:
    """Whom else the sentence has named by the end of a clause, not as one who is told."""
    for other in sentence.clauses:
        if other.span.start <= clause.span.start:
            for party in other.parties:
                if (
                    party is not bearer
                    and party.mention is not None
                    and party.role is not Role.RECIPIENT
                ):
                    yield party


def compare_thresholds(
    row: Row, sentence: SentenceReading, clause: ClauseReading
) -> Iterable[Slot]:
    """旗县以上, 苏木乡镇以上: from which level up."""
    if row.threshold is None:
        return
    for threshold in clause.thresholds:
        denied = sentence.is_denied(threshold.span)
        same = threshold.level is row.threshold.level
        if same and not denied:
            yield Slot(FindingKind.ACTOR, threshold.span, Fit.AGREES)
        elif same or not denied:
            words = row.threshold.span.of(row.quote)
            yield Slot(FindingKind.ACTOR, threshold.span, Fit.DIFFERS, Fault.NAMED, words=words)
