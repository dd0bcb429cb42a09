"""Everyone else whom a clause names: in no marked role, as owner, delegate or counterpart,
and the level from which a rule applies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.kinship import FORMAL, body_of, broader, has_duties_of, match_actor, relation_to
from assistant.roles import Party, Role
from assistant.slots import Fault, Fit, Row, Slot
from index.actors import Relation

__all__ = ["compare_others", "compare_thresholds"]


def compare_others(
    row: Row,
    sentence: SentenceReading,
    clause: ClauseReading,
    view: str,
    subjects: tuple[Party, ...],
) -> Iterable[Slot]:
    """Whoever is named without being said to act or to be told."""
    yield from _substituted(row, sentence, clause, view)
    yield from _owners(row, sentence, clause, view)
    yield from _delegates(row, sentence, clause, view)
    yield from _counterparts(row, sentence, clause, subjects)


_MIRROR = {
    Relation.SAME: Relation.SAME, Relation.HIGHER: Relation.LOWER, Relation.LOWER: Relation.HIGHER,
}  # fmt: skip
_ENTRUSTS = re.compile(r"委托(?:给|由|的)?(?:一[名位个])?(?:其他)?$")


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
            and (p.role not in (Role.BEARER, Role.SUBJECT) or p.mention.relation is not None)
        )
        and not (
            n.relation is None and any(has_duties_of(table, n.actor, b) for b in row.bearer_ids())
        )
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
        if table.get(party.mention.actor).kind not in FORMAL:
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
        if table.get(mention.actor).kind in FORMAL and not any(
            match_actor(mention, b, table) or broader(mention, b, table) for b in ids
        ):
            right = tuple((b, None) for b in ids)
            yield Slot(FindingKind.ACTOR, party.span, Fit.DIFFERS, Fault.BEARER, actors=right)


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
                    match_actor(other, named.actor, table) or body_of(other, named.actor, table)
                ):
                    continue
                relation = relation_to(other, own.level)
                if relation is not None and relation is not named.relation:
                    yield Slot(
                        FindingKind.ACTOR, bearer.span, Fit.DIFFERS, Fault.LEVEL,
                        actors=((borne[0], _MIRROR[named.relation]),),
                    )  # fmt: skip
                    return


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
