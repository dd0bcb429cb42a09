"""How the slots of rule rows agree with a question's: level, bearer, recipient, time, event.

Everything that depends on the rows alone is a mask over all rows, made once; a question
then costs a handful of vector operations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.lexical import Scores, bigrams
from assistant.question import Intent, Question
from index.actors import ActorTable, Level
from index.rules import Rule
from index.timelimit import LimitKind

__all__ = ["Agreement", "Events", "SlotWeights"]

Mask = NDArray[np.bool_]

# Topic words that mark a row as one on breaches of the regulation.
_CONSEQUENCE = frozenset({"追责", "问责", "后果", "责任追究"})
_TIME_INTENTS = frozenset({Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO})


@dataclass(frozen=True, slots=True)
class SlotWeights:
    """What each agreement adds to a row's score, each clash takes off; tuned on dev cases."""

    level_match: float = 0.05
    level_clash: float = -0.15
    level_unasked: float = -0.04
    bearer_match: float = 0.06
    bearer_clash: float = -0.05
    recipient_match: float = 0.02
    recipient_clash: float = -0.12
    recipient_wanted: float = 0.05
    time_match: float = 0.06
    time_clash: float = -0.05
    time_missing: float = -0.03
    effective_wanted: float = 0.10
    consequence_wanted: float = 0.35
    relation_match: float = 0.05
    relation_clash: float = -0.08
    event_match: float = 0.03
    event_clash: float = -0.10
    cited: float = 0.50


class Agreement:
    """Scores of all rows by their slots."""

    def __init__(
        self, rules: Sequence[Rule], actors: ActorTable, weights: SlotWeights | None = None
    ) -> None:
        self._rules = tuple(rules)
        self._actors = actors
        self._weights = weights or SlotWeights()
        self._levels = [
            frozenset(lv for b in r.bearers if (lv := actors.get(b).level) is not None)
            for r in self._rules
        ]
        self._of_level = self._mask(bool(levels) for levels in self._levels)
        self._at = {level: self._mask(level in found for found in self._levels) for level in Level}
        self._timed = self._mask(r.time is not None for r in self._rules)
        self._recurring = self._of_kind(LimitKind.FREQUENCY)
        self._effective = self._of_kind(LimitKind.EFFECTIVE)
        self._to_someone = self._mask(bool(r.recipients) for r in self._rules)
        self._breaches = self._mask(bool(_CONSEQUENCE & set(r.topics)) for r in self._rules)
        self.events = Events(self._rules)
        self._bearing: dict[str, Mask] = {}
        self._receiving: dict[str, Mask] = {}

    @staticmethod
    def _mask(values: Iterable[bool]) -> Mask:
        return np.fromiter(values, dtype=np.bool_)

    def _of_kind(self, kind: LimitKind) -> Mask:
        return self._mask(r.time is not None and r.time.kind is kind for r in self._rules)

    def scores(self, question: Question) -> Scores:
        """Sum of agreements and clashes, one number a row."""
        w = self._weights
        out = np.zeros(len(self._rules), dtype=np.float32)
        self._add_levels(out, question.levels - {Level.CENTRAL})
        self._add_parties(out, self._named(question))
        self._add_relations(out, question)
        self._add_time(out, question)
        if Intent.RECIPIENT in question.asks:
            out += w.recipient_wanted * self._to_someone
        if Intent.EFFECTIVE in question.asks:
            out += w.effective_wanted * self._effective
        if Intent.CONSEQUENCE in question.asks:
            out += w.consequence_wanted * self._breaches
        if events := self.events.named(question.focus):
            for i, rule in enumerate(self._rules):
                if rule.event:
                    out[i] += w.event_match if rule.event in events else w.event_clash
        if cited := [p for c in question.own_citations for p in c.provisions]:
            out += w.cited * self._mask(
                any(name.covers(r.provision) for name in cited) for r in self._rules
            )
        return out

    def _add_levels(self, out: Scores, levels: frozenset[Level]) -> None:
        w = self._weights
        if not levels:
            out += w.level_unasked * self._of_level
            return
        agree = np.logical_or.reduce([self._at[level] for level in levels])
        out += w.level_match * agree + w.level_clash * (self._of_level & ~agree)

    def _named(self, question: Question) -> frozenset[str]:
        named = {m.actor for m in question.actors if not m.foreign}
        # People say 法院 for its leading Party group too.
        groups = {f"{self._actors.family(n)}.group" for n in named}
        return frozenset(named | {g for g in groups if g in self._actors})

    def _add_parties(self, out: Scores, named: frozenset[str]) -> None:
        if not named:
            return
        w = self._weights
        bearing = np.logical_or.reduce([self._bears(n) for n in named])
        receiving = np.logical_or.reduce([self._receives(n) for n in named]) & ~bearing
        out += w.bearer_match * bearing + w.recipient_match * receiving
        out += w.bearer_clash * ~(bearing | receiving)
        out += w.recipient_clash * self._mask(self._other_level(named, r) for r in self._rules)

    def _add_relations(self, out: Scores, question: Question) -> None:
        """报给同级政法委: rows that report to just that relation, against rows that report to
        the same family at another place."""
        w, family = self._weights, self._actors.family
        wanted = {(family(m.actor), m.relation) for m in question.actors if m.relation}
        for who, relation in wanted:
            for i, rule in enumerate(self._rules):
                there = {r.relation for r in rule.recipients if family(r.actor) == who}
                if there:
                    out[i] += w.relation_match if relation in there else w.relation_clash

    def _bears(self, named: str) -> Mask:
        if named not in self._bearing:
            self._bearing[named] = self._mask(
                any(self._may_bear(named, bearer) for bearer in rule.bearers)
                for rule in self._rules
            )
        return self._bearing[named]

    def _may_bear(self, named: str, bearer: str) -> bool:
        """Whether a row's bearer can be the actor named: one is a kind of the other, or the
        bearer is a role (事发地政法单位) of what the actor named is a kind of."""
        is_a = self._actors.is_a
        if is_a(named, bearer) or is_a(bearer, named):
            return True
        return any(is_a(named, parent) for parent in self._actors.get(bearer).is_a)

    def _receives(self, named: str) -> Mask:
        if named not in self._receiving:
            self._receiving[named] = self._mask(
                any(self._actors.is_a(named, r.actor) for r in rule.recipients)
                for rule in self._rules
            )
        return self._receiving[named]

    def _other_level(self, named: frozenset[str], rule: Rule) -> bool:
        """Whether the question names a recipient of this row's family, but at another level:
        报给旗委政法委 is not the report to the region's commission."""
        actors = self._actors
        for recipient in rule.recipients:
            level = actors.get(recipient.actor).level
            if level is None:
                continue
            family = actors.family(recipient.actor)
            levels = {actors.get(n).level for n in named if actors.family(n) == family} - {None}
            if levels and level not in levels:
                return True
        return False

    def _add_time(self, out: Scores, question: Question) -> None:
        w = self._weights
        asked = bool(question.asks & _TIME_INTENTS)
        judged = question.intent is Intent.YES_NO
        if not asked and not (judged and question.limits):
            return
        fitting = self._recurring if Intent.FREQUENCY in question.asks else ~self._recurring
        out += w.time_missing * ~self._timed + w.time_match * (self._timed & fitting)
        if not judged:
            out += w.time_clash * (self._timed & ~fitting)


class Events:
    """The kinds of event that rows are about, told apart by the words that they do not share."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        named = {r.event: r.event_en or "" for r in rules if r.event}
        grams = {event: bigrams(event) | set(en.split()) for event, en in named.items()}
        counts = Counter(gram for found in grams.values() for gram in found)
        self._grams = grams
        self._common = {gram for gram, count in counts.items() if count > len(grams) / 2}

    def named(self, text: str) -> frozenset[str]:
        """The events that folded ``text`` agrees with best; empty when it names none."""
        asked = bigrams(text) | set(re.findall(r"[a-z]+", text))
        shared = {event: grams & asked for event, grams in self._grams.items()}
        best = max(map(len, shared.values()), default=0)
        return frozenset(e for e, g in shared.items() if len(g) == best and g - self._common)
