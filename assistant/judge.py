"""One clause against one row, slot by slot.

A slot either agrees with the row, differs from it (with the right words), or is something
that the row does not speak of. Nothing here chooses a row; :mod:`assistant.check` does.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.claims import ClauseReading, SentenceReading
from assistant.conduct import Conduct
from assistant.findings import FindingKind
from assistant.grams import stem
from assistant.measures import find_thresholds, severity
from assistant.polarity import Force
from assistant.roles import Party, Role
from assistant.segment import make_view
from index.actors import ActorMention, ActorTable, Kind, Relation
from index.anchors import AnchorEvent, anchor_event
from index.limits import Comparison, LimitKind, TimeLimit, TimeMention
from index.places import Level
from index.rules import Modality, Recipient, Rule
from index.text import Span

__all__ = ["Fit", "Row", "Slot", "judge"]


class Fit(enum.StrEnum):
    """How a slot stands to a row."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = "silent"
    """The row says nothing of the kind, so it cannot bear the claim out."""
    UNSAID = "unsaid"
    """As silent, but no claim by itself: a receiver where the row names none."""
    NEUTRAL = "neutral"
    """Neither for nor against."""


class Fault(enum.StrEnum):
    """What is wrong with a slot, for the explanation."""

    AMOUNT = "amount"
    COUNT = "count"
    COMPARISON = "comparison"
    ANCHOR = "anchor"
    DENIED = "denied"
    WORD = "word"
    BEARER = "bearer"
    LEVEL = "level"
    RECIPIENT = "recipient"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    EXEMPTED = "exempted"
    REVERSED = "reversed"
    SILENCE = "silence"
    NAMED = "named"
    CONDUCT = "conduct"


@dataclass(frozen=True, slots=True)
class Slot:
    """One element of a clause, compared. ``expected`` is simplified Chinese, or an actor
    or limit still to be put in words, when it differs."""

    kind: FindingKind
    span: Span
    fit: Fit
    fault: Fault | None = None
    limit: TimeLimit | None = None
    """The right amount, when the fault is in the time."""
    actors: tuple[tuple[str, Relation | None], ...] = ()
    """The right actors, when the fault is in the actor."""
    words: str | None = None
    """The right words as the regulation has them."""
    weak: bool = False
    """Whether the fault rests on a role that no case marker shows."""


_BOUND = re.compile(r"[^\w\u4e00-\u9fff ]")


class Row:
    """A rule with what comparing needs, made once."""

    def __init__(self, rule: Rule, actors: ActorTable, around: str) -> None:
        self.rule = rule
        self.table = actors
        self.quote = make_view(rule.quote)
        self.around = make_view(around)
        self.statement = make_view(rule.statement)
        self.statement_en = make_view(rule.statement_en)
        self._named = tuple(m for m in actors.find(self.quote) if m.actor != "regulation")
        self._named_en = tuple(m for m in actors.find(self.statement_en) if m.actor != "regulation")
        self.threshold = next(iter(find_thresholds(self.quote)), None)
        self.condition = make_view(rule.condition or "\n")
        self.steady = "不变" in self.quote
        self.severity = severity(make_view(rule.event or rule.statement))
        act = make_view(rule.action)
        self.verbs = frozenset(act[i : i + 2] for i in range(len(act) - 1)) | {
            g for t in rule.topics for g in _pairs(make_view(t)) if g[0] in act or g[1] in act
        }
        self.prompt = any(w in self.quote for w in ("及时", "立即", "第一时间"))
        self.permits = bool(re.search(r"可以|可(?![能靠行])", self.quote))
        self.negates = bool(re.search(r"不|无|未", self.quote))

    def named(self, english: bool) -> tuple[ActorMention, ...]:
        """Whom the row names, in the words of the language of the text."""
        return self._named_en if english else self._named

    def has(self, view: str, span: Span) -> bool:
        """Whether the words at ``span`` stand in the row with the same words around them."""
        said = span.of(view)
        after = _BOUND.split(view[span.end : span.end + 2])[0]
        before = _BOUND.split(view[max(0, span.start - 2) : span.start])[-1]
        return bool(before or after) and any(
            before + said + after in own for own in (self.quote, self.statement, self.statement_en)
        )

    def bearer_ids(self) -> tuple[str, ...]:
        return tuple(b for b in self.rule.bearers if b != "regulation")


def _pairs(text: str) -> Iterable[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


def judge(row: Row, sentence: SentenceReading, clause: ClauseReading, view: str,
          subjects: tuple[Party, ...]) -> tuple[Slot, ...]:  # fmt: skip
    """Every slot of ``clause`` against ``row``. ``subjects`` are the bearers in force, those
    of the clause itself or of an earlier one."""
    slots: list[Slot] = []
    for mention in clause.times:
        denied = sentence.is_denied(mention.span)
        done = sentence.conduct
        if (
            done is not None
            and not denied
            and not mention.negated
            and mention.limit.kind is not LimitKind.EFFECTIVE
        ):
            slot = compare_conduct(mention, row, done)
            if slot is not None:
                slots.append(slot)
            continue
        slots.extend(compare_time(mention, row, denied))
    slots.extend(compare_parties(row, sentence, clause, view, subjects))
    slots.extend(compare_thresholds(row, sentence, clause))
    slots.extend(compare_anchors(row, sentence, clause))
    slots.extend(compare_units(row, sentence, clause))
    slots.extend(compare_force(row, sentence, clause, view))
    return tuple(slots)


# ── Time ────────────────────────────────────────────────────────────────────────────────────

_NUMERIC = frozenset({LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.THRESHOLD})
_CONFLICT = {
    AnchorEvent.OCCURRENCE: {
        AnchorEvent.REPORT, AnchorEvent.KNOWLEDGE, AnchorEvent.END, AnchorEvent.FEEDBACK,
        AnchorEvent.ACCEPTANCE,
    },
    AnchorEvent.END: {
        AnchorEvent.FEEDBACK, AnchorEvent.OCCURRENCE, AnchorEvent.ACCEPTANCE, AnchorEvent.ISSUE,
        AnchorEvent.BEFORE_MEETING,
    },
    AnchorEvent.FEEDBACK: {
        AnchorEvent.END, AnchorEvent.OCCURRENCE, AnchorEvent.ACCEPTANCE, AnchorEvent.ISSUE,
        AnchorEvent.AFTER_MEETING,
    },
}  # fmt: skip


def compare_conduct(mention: TimeMention, row: Row, done: Conduct) -> Slot | None:
    """What was done against what the row asks, and what the text says of it."""
    ours = row.rule.time
    kind = FindingKind.TIME_LIMIT
    if ours is None or ours.kind in (LimitKind.EFFECTIVE, LimitKind.ANYTIME):
        return Slot(kind, mention.span, Fit.SILENT)
    if mention.limit.kind in (LimitKind.IMMEDIATE, LimitKind.ANYTIME):
        return None
    keeps = done.keeps(mention, ours)
    if keeps is None and mention.bare:
        return None  # 去年四个季度: a stretch of time, no limit
    if keeps is None:
        return Slot(kind, mention.span, Fit.SILENT)
    if keeps is (done.kept is not False):
        return Slot(kind, mention.span, Fit.AGREES)
    return Slot(kind, mention.span, Fit.DIFFERS, Fault.CONDUCT, ours)


def compare_time(mention: TimeMention, row: Row, denied: bool) -> Iterable[Slot]:
    """A time limit against the row's."""
    ours, theirs = row.rule.time, mention.limit
    kind = FindingKind.TIME_LIMIT
    denied = denied or mention.negated

    def slot(fit: Fit, fault: Fault | None = None, span: Span | None = None,
             limit: TimeLimit | None = None) -> Slot:  # fmt: skip
        return Slot(kind, span or mention.span, fit, fault, limit)

    if theirs.kind is LimitKind.ANYTIME:
        return [slot(Fit.AGREES if ours is not None and ours.kind is theirs.kind else Fit.NEUTRAL)]
    if theirs.kind is LimitKind.EFFECTIVE:
        return (
            []
            if ours is None or ours.kind is not LimitKind.EFFECTIVE
            else [_effective(mention, ours, denied)]
        )
    if theirs.kind is LimitKind.IMMEDIATE:
        if ours is not None and ours.kind is LimitKind.IMMEDIATE:
            if denied or mention.waived:
                return [slot(Fit.DIFFERS, Fault.DENIED, None, ours)]
            return [slot(Fit.AGREES)]
        return [slot(Fit.AGREES if row.prompt and not denied else Fit.NEUTRAL)]
    if ours is None or ours.kind in (LimitKind.EFFECTIVE, LimitKind.ANYTIME):
        return [slot(Fit.NEUTRAL if denied or mention.waived else Fit.SILENT)]
    if ours.kind is LimitKind.IMMEDIATE:
        if theirs.kind is LimitKind.FREQUENCY:
            return [slot(Fit.SILENT)]
        if denied or mention.waived:
            return [slot(Fit.NEUTRAL)]
        return [slot(Fit.DIFFERS, Fault.WORD, None, ours)]
    if theirs.quantity is None and theirs.kind is not LimitKind.BY and theirs.date is None:
        if ours.quantity is None:
            return [slot(Fit.AGREES if theirs.word == ours.word else Fit.SILENT)]
        return [slot(Fit.NEUTRAL if theirs.word == "定期" else Fit.SILENT)]
    if ours.quantity is None:
        if ours.kind is LimitKind.BY or theirs.kind is LimitKind.BY:
            same = theirs.kind is LimitKind.BY and theirs.same_amount(ours)
            if theirs.kind is LimitKind.FREQUENCY:
                return [slot(Fit.SILENT)]
            return [
                slot(Fit.AGREES) if same else slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
            ]
        return [
            slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
        ]  # 定期, and a number is given
    return [_amounts(mention, ours, denied, slot)]


def _amounts(
    mention: TimeMention, ours: TimeLimit, denied: bool, slot: Callable[..., Slot]
) -> Slot:
    theirs = mention.limit
    frequency = LimitKind.FREQUENCY
    if (ours.kind is frequency) != (theirs.kind is frequency):
        if theirs.kind is LimitKind.BY:
            return slot(Fit.SILENT)
        if mention.bare and theirs.unit is not None and theirs.quantity is not None:
            theirs = replace(theirs, kind=ours.kind, times=ours.times)
        elif ours.kind is frequency and theirs.kind is LimitKind.WITHIN:
            theirs = replace(theirs, kind=frequency, times=ours.times)  # 一年之内开一次
        else:
            return slot(Fit.SILENT)
    if theirs.kind is LimitKind.BY:
        if denied or mention.waived:
            return slot(Fit.NEUTRAL)
        return slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
    same = theirs.same_amount(ours)
    if denied or mention.waived:
        return slot(Fit.DIFFERS, Fault.DENIED, mention.amount, ours) if same else slot(Fit.NEUTRAL)
    if not same:
        if ours.kind is frequency:
            period = replace(theirs, times=ours.times).same_amount(ours)
            if period and mention.count is not None:
                return slot(Fit.DIFFERS, Fault.COUNT, mention.count, ours)
        return slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
    if _opposed(theirs, ours):
        return slot(Fit.DIFFERS, Fault.COMPARISON, mention.span, ours)
    if {theirs.kind, ours.kind} == {LimitKind.WITHIN, LimitKind.ADVANCE} and not mention.bare:
        return slot(Fit.DIFFERS, Fault.COMPARISON, mention.span, ours)
    if theirs.anchor and ours.anchor:
        a, b = anchor_event(theirs.anchor), anchor_event(ours.anchor)
        if a is not None and b is not None and a in _CONFLICT.get(b, ()):
            return slot(Fit.DIFFERS, Fault.ANCHOR, mention.anchor or mention.span, ours)
    return slot(Fit.AGREES)


_UP = frozenset({Comparison.AT_LEAST, Comparison.MORE_THAN})
_DOWN = frozenset({Comparison.AT_MOST, Comparison.LESS_THAN})


def _opposed(theirs: TimeLimit, ours: TimeLimit) -> bool:
    """Whether one bounds from below what the other bounds from above."""
    down = _DOWN
    if ours.kind is LimitKind.FREQUENCY and ours.comparison is not Comparison.AT_MOST:
        return theirs.comparison in down
    if (
        theirs.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
        and ours.comparison is not None
    ):
        pass
    return (ours.comparison in _UP and theirs.comparison in down) or (
        ours.comparison in down and theirs.comparison in _UP
    )


def _effective(mention: TimeMention, ours: TimeLimit, denied: bool) -> Slot:
    theirs = mention.limit
    kind = FindingKind.EFFECTIVE
    if theirs.date is not None:
        same = theirs.date == ours.date
    else:  # 自发布之日起: the day of issue is the day of effect
        same = theirs.quantity is None
    if denied:
        same = not same
        if same:
            return Slot(kind, mention.span, Fit.NEUTRAL)
    if same:
        return Slot(kind, mention.amount, Fit.AGREES)
    return Slot(kind, mention.amount, Fit.DIFFERS, Fault.AMOUNT, ours)


# ── Actors ──────────────────────────────────────────────────────────────────────────────────


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
    return _kin(table, mention.actor, actor) and _levels_agree(mention, actor, table)


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
        fit = bearer_slot(row, party, view)
        if fit is None:
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


def _own_level(subjects: Iterable[Party]) -> Level | None:
    for party in subjects:
        if party.mention is not None and party.mention.level is not None:
            return party.mention.level
        if party.level is not None:
            return party.level
    return None


_FORMAL = frozenset({Kind.PARTY, Kind.ORGAN, Kind.GROUP, Kind.OFFICE, Kind.OUTSIDE, Kind.BODY})


def bearer_slot(row: Row, party: Party, view: str) -> Slot | None:
    """The one who acts, against the row's bearers."""
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
    if english and row.has(view, party.span):
        return None
    if any(match_actor(mention, b, table) for b in ids):
        if mention.relation is not None and not _relation_fits(row, party):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.BEARER, actors=right, weak=weak)
        return Slot(kind, party.span, Fit.AGREES)
    if any(broader(mention, b, table) for b in ids):
        if mention.relation is Relation.HIGHER and not _relation_fits(row, party):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.BEARER, actors=right, weak=weak)
        if party.every and all(table.get(b).level is not None for b in ids):
            return Slot(kind, party.span, Fit.DIFFERS, Fault.LEVEL, actors=right)
        return Slot(kind, party.span, Fit.NEUTRAL)
    if row.has(view, party.span):
        return None
    if weak and any(
        mention.level in (None, n.level)
        and (match_actor(mention, n.actor, table) or broader(mention, n.actor, table))
        for n in row.named(english)
    ):
        return None  # another of those whom the row names: its object, perhaps
    if table.get(mention.actor).kind not in _FORMAL and weak:
        return None
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
            match_actor(p.mention, n.actor, table) or broader(p.mention, n.actor, table)
            for p in here
            if p.mention is not None
        )
        and not any(_kin(table, n.actor, b) for b in row.bearer_ids())
    ]
    if not free:
        return
    for party in here:
        assert party.mention is not None
        if party.role is not Role.OBJECT:
            continue
        known = any(
            match_actor(party.mention, a, table) or broader(party.mention, a, table)
            for a in (
                *(n.actor for n in named),
                *row.rule.bearers,
                *(r.actor for r in row.rule.recipients),
            )  # fmt: skip
            if a in table
        )
        if known or party.span.of(view) in row.around or row.has(view, party.span):
            continue
        if table.get(party.mention.actor).kind not in _FORMAL:
            continue
        right = tuple((n.actor, n.relation) for n in free[:1])
        yield Slot(FindingKind.ACTOR, party.span, Fit.DIFFERS, Fault.NAMED, actors=right, weak=True)


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


def compare_anchors(row: Row, sentence: SentenceReading, clause: ClauseReading) -> Iterable[Slot]:
    """从接到报告时起算: the event counted from, told apart from the amount."""
    ours = row.rule.time
    if ours is None or ours.anchor is None:
        return
    right = anchor_event(ours.anchor)
    phrases = clause.anchors
    if not phrases and clause.times and not any(t.limit.anchor for t in clause.times):
        before = [c for c in sentence.clauses if c.span.end <= clause.span.start][-1:]
        phrases = tuple(a for c in before if not c.times for a in c.anchors)
    for anchor in phrases:
        said = anchor_event(anchor.words)
        if said is None or right is None:
            continue
        denied = sentence.is_denied(anchor.span)
        wrong = said in _CONFLICT.get(right, ())
        if wrong != denied:
            yield Slot(FindingKind.TIME_LIMIT, anchor.span, Fit.DIFFERS, Fault.ANCHOR, ours)
        elif not denied and said is right:
            yield Slot(FindingKind.TIME_LIMIT, anchor.span, Fit.AGREES)


def compare_units(row: Row, sentence: SentenceReading, clause: ClauseReading) -> Iterable[Slot]:
    """按工作日计算, in calendar days: the unit named without an amount."""
    ours = row.rule.time
    if ours is None or ours.unit is None:
        return
    for unit in clause.units:
        denied = sentence.is_denied(unit.span)
        same = unit.unit is ours.unit
        if same != denied:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.AGREES)
        elif not same and not denied:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.DIFFERS, Fault.AMOUNT, ours)
        else:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.DIFFERS, Fault.DENIED, ours)


# ── Force ───────────────────────────────────────────────────────────────────────────────────

_DUTY = frozenset({Modality.SHALL, Modality.MUST, Modality.GENERALLY})
_ASKS_NUMBER = re.compile(
    r"几|多少|具体|天数|小时|时限|期限|次数|频次|频率|周期|时间|日期|多久|number|how often|frequency|deadline|time limit|period|hours|days|fixed|figure"
)


def compare_force(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """Must, may, need not, against the row's modality."""
    rule = row.rule
    duty = rule.modality in _DUTY
    if row.steady:
        yield from _steady(row, sentence, clause, view)
        return
    if duty and not row.negates:
        yield from _plainly_denied(row, sentence, clause, view)
    for mark in clause.marks:
        if sentence.is_denied(mark.span):
            if mark.force is Force.MUST and duty and _only_force(sentence, mark.span):
                yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.WEAKENED)
            continue
        if any(t.span.contains(mark.span) for t in clause.times):
            continue
        match mark.force:
            case Force.MUST:
                if rule.modality is Modality.GENERALLY and mark.span.of(view) == "一律":
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.STRENGTHENED)
                    continue
                strict = mark.span.of(view) in ("一律", "必须", "务必", "must", "mandatory")
                if duty or rule.modality is Modality.IS:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif row.permits:
                    fit = Fit.DIFFERS if strict or rule.modality is Modality.MAY else Fit.NEUTRAL
                    yield Slot(FindingKind.MODALITY, mark.span, fit, Fault.STRENGTHENED)
            case Force.MAY | Force.OPTIONAL:
                if rule.modality is not Modality.MAY and not _governs(row, clause, view, mark.span):
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.UNSAID)
                    continue
                if rule.modality is Modality.MAY:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif duty and not row.permits:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.DIFFERS, Fault.WEAKENED)
            case Force.EXEMPT | Force.FORBID:
                if not _governs(row, clause, view, mark.span):
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.UNSAID)
                    continue
                if rule.modality is Modality.MAY and mark.force is Force.EXEMPT:
                    yield Slot(FindingKind.MODALITY, mark.span, Fit.AGREES)
                elif _says_so(row, view, mark.span) or any(t.waived for t in clause.times):
                    yield Slot(FindingKind.ACTION, mark.span, Fit.NEUTRAL)
                elif duty or rule.modality in (Modality.IS, Modality.MAY):
                    fault = Fault.EXEMPTED if mark.force is Force.EXEMPT else Fault.REVERSED
                    yield Slot(FindingKind.ACTION, mark.span, Fit.DIFFERS, fault)
            case Force.SILENT:
                yield _silence(row, clause, view, mark.span)
            case Force.GENERALLY:
                pass


_PLAIN_NOT = re.compile(r"不(?:再|会|用|去|予)?(?P<verb>[\u4e00-\u9fff]{1,2})")


def _plainly_denied(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """不设, 不抄送: the row's verb with a bare 不 before it."""
    act = make_view(row.rule.action)
    for match in _PLAIN_NOT.finditer(view, clause.span.start, clause.span.end):
        verb = match["verb"]
        alone = match.start("verb") + 1 >= clause.span.end or len(verb) == 1
        if verb[:2] == act[:2] or (alone and verb[0] == act[0]):
            span = Span(match.start(), match.end())
            taken = any(m.span.overlaps(span) for m in clause.marks)
            if not taken and not sentence.is_denied(span):
                yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED)


_CHANGE = re.compile(
    r"(?P<not>(?:没有?|未|不|并未|并不)(?:发生|会|曾|予以|作|因此)?)?(?:改?变化?|调整)|(?P<more>不再|消失|终止|解除|取消|脱离)|\b(?P<not_en>unchanged|(?:not|no) (?:be )?chang\w*)|\b(?P<more_en>no longer|ceas\w+|end(?:s|ed)|chang\w+)"
)


def _steady(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """关系不变: what the text says of change."""
    for match in _CHANGE.finditer(view, clause.span.start, clause.span.end):
        span = Span(match.start(), match.end())
        same = bool(match["not"] or match["not_en"]) != sentence.is_denied(span)
        if same:
            yield Slot(FindingKind.ACTION, span, Fit.AGREES)
        else:
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.REVERSED, words="关系不变")


_EN_NEXT = re.compile(r"\s+(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?(\w+)")


def _governs(row: Row, clause: ClauseReading, view: str, mark: Span) -> bool:
    """Whether the word of force bears on what the row is about: its verb follows, or nothing
    does (抄送就不必了)."""
    after = view[mark.end : clause.span.end]
    if mark.of(view).isascii():
        following = _EN_NEXT.match(after)
        if following is None:
            return True
        same = re.findall(rf"\b{re.escape(mark.of(view))}{_EN_NEXT.pattern}", row.statement_en)
        return stem(following[1]) not in {stem(word) for word in same}
    act = make_view(row.rule.action)
    lead = after.lstrip("以就也都再去来先直接选择决定是否")
    if lead[:1] and lead[0] in act:
        return True
    duty = re.compile(rf"(?:应当|必须|一般){re.escape(lead[:2])}[^,。;]*")
    for own in (row.quote, row.statement):
        found = duty.search(own)
        if found is not None and not found[0].endswith("的"):  # 必须临机处置的 is a condition
            return True
    if lead[:2] in row.quote and lead[:2] not in row.verbs:
        return False  # 可以委托副书记召集: the row has this verb too, and not as its own
    rest = re.sub(r"[的了吧呢啊是也就行”」』\s)]", "", after)
    if not rest:
        return True
    return any(gram in after for gram in row.verbs)


def _only_force(sentence: SentenceReading, span: Span) -> bool:
    zone = next(z for z in sentence.denied if z.contains(span))
    return len(zone) <= len(span) + 4


def _says_so(row: Row, view: str, mark: Span) -> bool:
    """Whether the row itself negates the same word: 不能召开会议, 不得超过."""
    after = view[mark.end : mark.end + 2]
    return (
        bool(after)
        and row.negates
        and bool(re.search(rf"(?:不|无|未)[^,。;]{{0,2}}{re.escape(after)}", row.quote))
    )


def _silence(row: Row, clause: ClauseReading, view: str, span: Span) -> Slot:
    asks = _ASKS_NUMBER.search(view, clause.span.start, clause.span.end)
    named = [g for g in _pairs(view[span.start : clause.span.end]) if g in row.quote]
    limit = row.rule.time
    numeric = limit is not None and (limit.quantity is not None or limit.date is not None)
    if asks:
        if numeric:
            return Slot(FindingKind.TIME_LIMIT, span, Fit.DIFFERS, Fault.SILENCE, limit=limit)
        return Slot(FindingKind.TIME_LIMIT, span, Fit.AGREES)
    if not named:  # 没有规定罚款: of what the row does not speak of
        return Slot(FindingKind.ACTION, span, Fit.NEUTRAL)
    return Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.SILENCE)
