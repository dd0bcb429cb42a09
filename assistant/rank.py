"""Ranking: dense, lexical and structural evidence, fused over rule rows and provisions.

Rule rows are what answers are made of; provisions are what users cite. Both are scored by
the same two text channels; rows get, on top, the agreement of their slots with the
question's: level, actor, kind of time limit, recipient, cited article. A provision is as
good as the better of its own text and its best row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex, bigrams
from assistant.question import Intent, Question
from assistant.reading import part_questions
from index.actors import Level
from index.embed import Embedder, Vectors
from index.nodes import provision_passages
from index.regulation import ProvisionId
from index.rules import Rule
from index.store import VectorIndex
from index.timelimit import LimitKind

__all__ = ["RankedProvision", "RankedRule", "Ranker", "Ranking", "Weights"]

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How evidence adds up; tuned on the development cases (`make eval`)."""

    dense: float = 0.55
    lexical: float = 0.45
    # e5 similarities of this text lie in a narrow band; it is stretched to 0…1.
    dense_floor: float = 0.76
    dense_ceiling: float = 0.93
    level_match: float = 0.05
    level_clash: float = -0.15
    level_unasked: float = -0.04
    bearer_match: float = 0.06
    bearer_clash: float = -0.05
    recipient_match: float = 0.02
    recipient_clash: float = -0.12
    time_match: float = 0.06
    time_clash: float = -0.05
    time_missing: float = -0.03
    recipient_wanted: float = 0.05
    effective_wanted: float = 0.10
    consequence_wanted: float = 0.35
    event_match: float = 0.03
    event_clash: float = -0.10
    cited: float = 0.50


@dataclass(frozen=True, slots=True)
class RankedRule:
    """A row with its score and where the score comes from."""

    rule: Rule
    score: float
    dense: float
    lexical: float
    slots: float

    @property
    def base(self) -> float:
        """The score without slots: how well the texts alone agree."""
        return self.score - self.slots

    @property
    def aboutness(self) -> float:
        """How much the row is about what was asked; measured on dev cases, where it parts
        what the text treats from what it does not better than the score does."""
        return self.dense + 0.6 * self.lexical


@dataclass(frozen=True, slots=True)
class RankedProvision:
    """A provision with its score."""

    provision: ProvisionId
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything that was ranked for one question, best first."""

    rules: tuple[RankedRule, ...]
    provisions: tuple[RankedProvision, ...]
    dense_used: bool = True
    parts: tuple[Ranking, ...] = ()
    """Of a comparison: one ranking for each thing compared."""

    @property
    def best(self) -> RankedRule:
        """The first row."""
        return self.rules[0]


# Topic words that mark a row as one on breaches of the regulation.
_CONSEQUENCE = frozenset({"追责", "问责", "后果", "责任追究"})


class Ranker:
    """Scores all rows and provisions of one regulation for a question.

    Works without vectors (lexical and structural evidence only) until
    :meth:`attach` hands them over.
    """

    def __init__(self, knowledge: Knowledge, weights: Weights | None = None) -> None:
        self._knowledge = knowledge
        self._weights = weights or Weights()
        self._rules = tuple(knowledge.rules)
        passages = list(provision_passages(knowledge.regulation))
        self._provisions = tuple(ProvisionId.parse(p.key) for p in passages)
        self._place = {str(p): i for i, p in enumerate(self._provisions)}
        self._row = {rule.id: i for i, rule in enumerate(self._rules)}
        self._rule_texts = LexicalIndex(_rule_text(rule) for rule in self._rules)
        self._provision_texts = LexicalIndex(p.text for p in passages)
        self._home = self._homes()
        self._levels = tuple(self._levels_of(rule) for rule in self._rules)
        self._events = _Events(rule.event for rule in self._rules if rule.event)
        self._vectors: tuple[VectorIndex, Embedder] | None = None

    def attach(self, vectors: VectorIndex, embedder: Embedder) -> None:
        """Add dense evidence from now on."""
        self._vectors = (vectors, embedder)

    @property
    def has_vectors(self) -> bool:
        """Whether dense evidence is in use."""
        return self._vectors is not None

    def _homes(self) -> tuple[int, ...]:
        """For each row, the place of the smallest indexed provision that holds it."""
        homes = []
        for rule in self._rules:
            name = rule.provision
            for candidate in (name, ProvisionId(name.regulation, name.article, name.suffix)):
                if str(candidate) in self._place:
                    homes.append(self._place[str(candidate)])
                    break
        return tuple(homes)

    def _levels_of(self, rule: Rule) -> frozenset[Level]:
        found = (self._knowledge.actors.get(b).level for b in rule.bearers)
        return frozenset(level for level in found if level is not None)

    def rank(self, question: Question) -> Ranking:
        """Rank everything for ``question``."""
        queries = [(1.0, question.focus or question.plain)]
        if question.context:
            queries = [
                (1.0 - question.context_weight / 2, question.focus or question.plain),
                (question.context_weight, f"{question.context} {question.focus}"),
            ]
        rule_lexical = self._mix(queries, self._rule_texts)
        provision_lexical = self._mix(queries, self._provision_texts)
        w = self._weights
        if self._vectors is not None:
            text = (
                question.plain if not question.context else f"{question.context} {question.plain}"
            )
            rule_dense, provision_dense = self._dense(text)
            rule_base = w.dense * rule_dense + w.lexical * rule_lexical
            provision_base = w.dense * provision_dense + w.lexical * provision_lexical
        else:
            rule_dense = np.zeros(len(self._rules), dtype=np.float32)
            rule_base, provision_base = rule_lexical, provision_lexical
        slots = self._slots(question)
        total = rule_base + slots
        order = np.argsort(-total, kind="stable")
        rules = tuple(
            RankedRule(
                self._rules[i],
                float(total[i]),
                float(rule_dense[i]),
                float(rule_lexical[i]),
                float(slots[i]),
            )
            for i in order[:24]
        )
        provisions = provision_base * np.float32(0.95)
        for citation in question.own_citations:
            for name in citation.provisions:
                if (place := self._place.get(str(name))) is not None:
                    provisions[place] += 1
        np.maximum.at(provisions, list(self._home), total)
        places = np.argsort(-provisions, kind="stable")[:10]
        return Ranking(
            rules,
            tuple(RankedProvision(self._provisions[i], float(provisions[i])) for i in places),
            self._vectors is not None,
            tuple(self.rank(part) for part in part_questions(question, self._knowledge)),
        )

    @staticmethod
    def _mix(queries: Iterable[tuple[float, str]], texts: LexicalIndex) -> Scores:
        parts = [weight * texts.scores(query).best for weight, query in queries]
        total: Scores = np.sum(parts, axis=0, dtype=np.float32)
        return total

    def _dense(self, text: str) -> tuple[Scores, Scores]:
        assert self._vectors is not None
        vectors, embedder = self._vectors
        query: Vectors = embedder.embed_queries([text])[0]
        found = []
        for collection, places in (
            (vectors.rules, self._row),
            (vectors.provisions, self._place),
        ):
            scores = np.zeros(len(places), dtype=np.float32)
            for key, score in collection.search(query, len(collection)):
                if key in places:
                    scores[places[key]] = score
            w = self._weights
            band = w.dense_ceiling - w.dense_floor
            found.append(np.clip((scores - w.dense_floor) / band, 0, 1.2).astype(np.float32))
        return found[0], found[1]

    def _slots(self, question: Question) -> Scores:
        w = self._weights
        out = np.zeros(len(self._rules), dtype=np.float32)
        named = {m.actor for m in question.actors if not m.foreign and m.actor}
        # People say 法院 for its leading Party group too.
        actors = self._knowledge.actors
        named |= {g for n in named if (g := f"{actors.family(n)}.group") in actors}
        levels = question.levels - {Level.CENTRAL}
        cited = [p for c in question.own_citations for p in c.provisions]
        events = self._events.named(question.focus)
        for i, rule in enumerate(self._rules):
            out[i] = self._slot_score(question, rule, self._levels[i], named, levels, cited)
            if events and rule.event:
                out[i] += w.event_match if rule.event in events else w.event_clash
        return out

    def _may_bear(self, named: str, bearer: str) -> bool:
        """Whether a row's bearer can be the actor named: one is a kind of the other, or the
        bearer is a role (事发地政法单位) of what the actor named is a kind of."""
        actors = self._knowledge.actors
        if actors.is_a(named, bearer) or actors.is_a(bearer, named):
            return True
        return any(actors.is_a(named, parent) for parent in actors.get(bearer).is_a)

    def _other_level(self, named: set[str], rule: Rule) -> bool:
        """Whether the question names a recipient of this row's family, but at another level:
        报给旗委政法委 is not the report to the region's commission."""
        actors = self._knowledge.actors
        for recipient in rule.recipients:
            level = actors.get(recipient.actor).level
            kin = [n for n in named if actors.family(n) == actors.family(recipient.actor)]
            levels = {actors.get(n).level for n in kin} - {None}
            if level is not None and levels and level not in levels:
                return True
        return False

    def _slot_score(
        self,
        question: Question,
        rule: Rule,
        own_levels: frozenset[Level],
        named: set[str],
        levels: frozenset[Level],
        cited: list[ProvisionId],
    ) -> float:
        w, actors = self._weights, self._knowledge.actors
        score = 0.0
        if levels and own_levels:
            score += w.level_match if levels & own_levels else w.level_clash
        elif own_levels:
            score += w.level_unasked
        if self._other_level(named, rule):
            score += w.recipient_clash
        if named:
            if any(self._may_bear(name, bearer) for name in named for bearer in rule.bearers):
                score += w.bearer_match
            elif any(actors.is_a(n, r.actor) for n in named for r in rule.recipients):
                score += w.recipient_match
            else:
                score += w.bearer_clash
        intent = question.intent
        wants_time = question.asks & {Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO}
        if wants_time or (intent is Intent.YES_NO and question.limits):
            if rule.time is None:
                score += w.time_missing
            elif (rule.time.kind is LimitKind.FREQUENCY) == (Intent.FREQUENCY in question.asks):
                score += w.time_match
            elif Intent.YES_NO is not intent:
                score += w.time_clash
        if Intent.RECIPIENT in question.asks and rule.recipients:
            score += w.recipient_wanted
        if (
            Intent.EFFECTIVE in question.asks
            and rule.time
            and rule.time.kind is LimitKind.EFFECTIVE
        ):
            score += w.effective_wanted
        if Intent.CONSEQUENCE in question.asks and _CONSEQUENCE & set(rule.topics):
            score += w.consequence_wanted
        if any(c.covers(rule.provision) for c in cited):
            score += w.cited
        return score


class _Events:
    """The kinds of event that rows are about, told apart by the words that they do not share."""

    def __init__(self, events: Iterable[str]) -> None:
        grams = {event: bigrams(event) for event in events}
        counts = Counter(gram for found in grams.values() for gram in found)
        common = {gram for gram, count in counts.items() if count > len(grams) / 2}
        self._grams = {event: found - common for event, found in grams.items()}

    def named(self, text: str) -> frozenset[str]:
        """The events that ``text`` agrees with best; empty when it names none."""
        asked = bigrams(text)
        overlap = {event: len(grams & asked) for event, grams in self._grams.items()}
        best = max(overlap.values(), default=0)
        return frozenset(e for e, count in overlap.items() if best and count == best)


def _rule_text(rule: Rule) -> str:
    """What a row can be found by."""
    topics = " ".join(rule.topics)
    return (
        f"{rule.statement} {rule.quote} {topics} {topics}"
        f" {rule.statement_en.lower()} {' '.join(rule.topics_en).lower()}"
    )
